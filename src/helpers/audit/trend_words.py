"""Claims of a change in words: 増加, 微減, 大きく上昇, 横ばい."""

from fractions import Fraction

from helpers.audit.case import Case
from helpers.audit.changes import change_remarks, from_to
from helpers.audit.differences import difference, percent_beside
from helpers.audit.evidence import Number
from helpers.audit.verdict import FALSE, MISLEADING, ROUNDING, TRUE, UNKNOWN, Judgement, all_of
from helpers.audit.writing import joined
from helpers.intervals import Interval
from helpers.problems import Said
from helpers.trends import LARGE_PERCENT, LARGE_POINTS, POINTS, SLIGHT_PERCENT, SLIGHT_POINTS, sizes

DEGREES = {
    "slight": Said(
        f"「微」「やや」は{SLIGHT_POINTS:g}ポイント、{SLIGHT_PERCENT:g}％までの変化とします",
        f"“slight” is said of up to {SLIGHT_POINTS:g} points or {SLIGHT_PERCENT:g}%",
    ),
    "large": Said(
        f"「大きく」「大幅に」は{LARGE_POINTS:g}ポイント、{LARGE_PERCENT:g}％からの変化とします",
        f"“large” is said of {LARGE_POINTS:g} points or {LARGE_PERCENT:g}% and more",
    ),
}


def judge_trend(case: Case) -> Judgement:
    """A word for a change, against what the sentence means and against the baseline too."""
    return all_of([_trend_of(case, key) for key in case.claim.what])


def _trend_of(case: Case, key: str) -> Judgement:
    after = case.newest(key)
    before = case.before(after) if after else None
    if after is None or before is None:
        return case.missing(key)
    way, degree = case.claim.way, case.claim.degree
    verdict = _direction(way, before, after)
    right = difference(before, after)
    size = sizes(*_measures(before, after))
    said, remarks = from_to(case, before, after), change_remarks(case, before, after)
    if verdict in (TRUE, ROUNDING) and degree and degree not in size:
        verdict, remarks = MISLEADING, (*remarks, DEGREES[degree])
    baseline = case.baseline(after)
    if verdict in (TRUE, ROUNDING) and way != "level" and baseline and baseline is not before:
        opposite = _direction(way, baseline, after) == FALSE
        if opposite and "level" not in sizes(*_measures(baseline, after)):
            verdict = MISLEADING
            since = from_to(case, baseline, after)
            said = joined(
                [said, Said(f"基準値からは {since.ja}", f"from the baseline: {since.en}")]
            )
            right = _both(case, (before, after), (baseline, after))
    return Judgement(
        verdict, said, right if verdict in (FALSE, MISLEADING) else Said("", ""), remarks
    )


def _measures(before: Number, after: Number) -> tuple[float, float, str]:
    return float(after.value - before.value), float(before.value), after.measure


def _direction(way: str, before: Number, after: Number) -> str:
    """Whether the change goes the way that is said, however small it is."""
    if way == "level":
        if after.measure not in POINTS and before.value <= 0 and before.value != after.value:
            return UNKNOWN  # no share of a number that is zero or less
        level = "level" in sizes(*_measures(before, after))
        return TRUE if level or before.value == after.value else FALSE
    sign = (1 if way == "up" else -1) * (-1 if after.measure == "位" else 1)
    change: Fraction = sign * (after.value - before.value)
    if change > 0:
        return TRUE
    gap = Interval.exactly(sign) * (after.interval - before.interval)
    return ROUNDING if change == 0 and gap.high > 0 else FALSE


def _both(case: Case, *pairs: tuple[Number, Number]) -> Said:
    """The change from last year and the one from the baseline, each with its first year."""
    parts = []
    for before, after in pairs:
        change, percent = difference(before, after), percent_beside(before, after)
        start = case.naming.dated(before)
        parts.append(
            Said(
                f"{start.ja}から{change.ja}{percent.ja}",
                f"{change.en}{percent.en} from {start.en}",
            )
        )
    return joined(parts)
