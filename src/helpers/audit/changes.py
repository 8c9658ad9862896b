"""Claims of a change: points, ％増, 前年度比, 倍, and words such as 微減 or 横ばい."""

from dataclasses import replace
from fractions import Fraction

from helpers.audit.case import Case
from helpers.audit.evidence import Number
from helpers.audit.numbers import unit_of
from helpers.audit.quantity import Quantity
from helpers.audit.verdict import (
    FALSE,
    MISLEADING,
    ROUNDING,
    TRUE,
    UNKNOWN,
    Judgement,
    agrees,
    all_of,
)
from helpers.audit.writing import joined, signed, with_unit
from helpers.intervals import Interval
from helpers.problems import Said
from helpers.rounding import printed
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
WITHIN_ERROR = Said("変化は標本誤差の範囲です", "the change is within sampling error")
NO_RATE = Said(
    "0以下になり得る指標に、比や増減率は使えません", "no ratio of a number that can be 0 or less"
)


def judge_change(case: Case) -> Judgement:
    """A change in points, in percent, as a ratio: the text decides which it is."""
    return all_of([_change_of(case, key) for key in case.claim.what])


def _change_of(case: Case, key: str) -> Judgement:
    after = case.newest(key)
    before = case.before(after) if after else None
    if after is None or before is None:
        return case.missing(key)
    claimed, said = case.claim.quantity, _from_to(case, before, after)
    if claimed.unit in ("%", "倍"):
        if min(before.interval.low, after.interval.low) <= 0:
            return Judgement(MISLEADING, said, difference(before, after), (NO_RATE,))
        scale = 100 if claimed.unit == "%" else 1
        part = scale if claimed.way else 0  # 36％増 is what the ratio has above 100
        found = Interval.exactly(scale) * (after.interval / before.interval)
        naive = scale * after.value / before.value - part
        verdict = _held(found - Interval.exactly(part), naive, claimed)
    elif claimed.unit not in ("", _unit_of_change(after)) or (
        claimed.unit == "位" and not claimed.way
    ):
        verdict = FALSE  # 54位 without 上昇 is a rank, not a change of one
    else:
        # 位: nearer the top is a smaller number.
        better = Interval.exactly(-1 if unit_of(after) == "位" else 1)
        change = better * (after.interval - before.interval)
        verdict = _held(change, better.low * (after.value - before.value), claimed)
    right = _right(case, before, after) if verdict == FALSE else Said("", "")
    return Judgement(verdict, said, right, _remarks(case, before, after))


def _held(found: Interval, naive: Fraction, claimed: Quantity) -> str:
    """A change against ``36％増``: of what went down the size is claimed, and 減 said."""
    sign = claimed.way or 1
    return agrees(Interval.exactly(sign) * found, sign * naive, replace(claimed, unit="", way=0))


def _unit_of_change(number: Number) -> str:
    unit = unit_of(number)
    return "ポイント" if unit == "%" else unit


def difference(before: Number, after: Number) -> Said:
    """The change in its own unit: ``3.8ポイント減``; a rank moves up where its number falls."""
    if "・" in after.unit:
        return signed(after.value - before.value, after.known.decimals, "")
    sign = -1 if unit_of(after) == "位" else 1
    change, unit = sign * (after.value - before.value), _unit_of_change(after)
    step = max(before.known.step, after.known.step)
    if after.unit.startswith("万") and "・" not in after.unit:  # 万件, as it is printed
        change, step, unit = change / 10_000, step / 10_000, after.unit
    return signed(change, Quantity(change, step).decimals, unit)


def _right(case: Case, before: Number, after: Number) -> Said:
    """The wordings that the numbers carry: ``前年度比136％、または36％増``."""
    if unit_of(after) in ("%", "ポイント", "位") or min(before.value, after.value) <= 0:
        return difference(before, after)
    decimals = min(case.claim.quantity.decimals, 1)
    percent = 100 * after.value / before.value
    size = with_unit(printed(percent, decimals), "%")
    rate = signed(percent - 100, decimals, "%")
    words = {
        "previous": ("前年度比", "the previous year"),
        "baseline": ("基準値比", "the baseline"),
    }
    ja, en = words.get(case.claim.against, ("", case.naming.dated(before).en))
    return Said(f"{ja}{size.ja}、または{rate.ja}", f"{size.en} of {en}, or {rate.en}")


def _from_to(case: Case, before: Number, after: Number) -> Said:
    name, change = case.naming.key(after.key), difference(before, after)
    old, new = case.naming.dated(before), case.naming.dated(after)
    return Said(
        f"{name.ja} {old.ja}→{new.ja}、{change.ja}{_percent(before, after).ja}",
        f"{name.en} {old.en} → {new.en}, {change.en}{_percent(before, after).en}",
    )


def _percent(before: Number, after: Number) -> Said:
    """``（36.0％増）`` beside a change of counts."""
    points = unit_of(after) in ("%", "ポイント", "点", "位") or "・" in after.unit
    if points or min(before.interval.low, after.interval.low) <= 0:
        return Said("", "")
    change = increase(before, after)
    return Said(f"（{change.ja}）", f" ({change.en})")


def ratio(before: Number, after: Number) -> Said:
    """前年度比: the later number in percent of the earlier, ``136.0％``."""
    value = 100 * after.value / before.value
    return with_unit(printed(value, _decimals(before, after)), "%")


def increase(before: Number, after: Number) -> Said:
    """増減率: ``36.0％増``."""
    return signed(100 * after.value / before.value - 100, _decimals(before, after), "%")


def _decimals(before: Number, after: Number) -> int:
    """One decimal of a percentage where the printed numbers bear it out to one unit, else none."""
    found = Interval.exactly(100) * (after.interval / before.interval)
    return 1 if found.high - found.low <= Fraction(2, 10) else 0


def within_error(before: Number, after: Number) -> bool:
    """Whether two independent samples may differ by chance: half-widths add in squares."""
    if not (before.sampled and after.sampled):
        return False
    margin = sum(((n.high - n.low) / 2) ** 2 for n in (before, after)) ** 0.5
    return abs(float(after.value - before.value)) <= margin


def _remarks(case: Case, before: Number, after: Number) -> tuple[Said, ...]:
    error = (WITHIN_ERROR,) if within_error(before, after) else ()
    return (*case.remarks(before, after), *error)


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
    said, remarks = _from_to(case, before, after), _remarks(case, before, after)
    if verdict in (TRUE, ROUNDING) and degree and degree not in size:
        verdict, remarks = MISLEADING, (*remarks, DEGREES[degree])
    baseline = case.baseline(after)
    if verdict in (TRUE, ROUNDING) and way != "level" and baseline and baseline is not before:
        opposite = _direction(way, baseline, after) == FALSE
        if opposite and "level" not in sizes(*_measures(baseline, after)):
            verdict = MISLEADING
            since = _from_to(case, baseline, after)
            said = joined(
                [said, Said(f"基準値からは {since.ja}", f"from the baseline: {since.en}")]
            )
            right = _both(case, (before, after), (baseline, after))
    return Judgement(
        verdict, said, right if verdict in (FALSE, MISLEADING) else Said("", ""), remarks
    )


def _measures(before: Number, after: Number) -> tuple[float, float, str]:
    return float(after.value - before.value), float(before.value), unit_of(after)


def _direction(way: str, before: Number, after: Number) -> str:
    """Whether the change goes the way that is said, however small it is."""
    if way == "level":
        if unit_of(after) not in POINTS and before.value <= 0 and before.value != after.value:
            return UNKNOWN  # no share of a number that is zero or less
        level = "level" in sizes(*_measures(before, after))
        return TRUE if level or before.value == after.value else FALSE
    sign = (1 if way == "up" else -1) * (-1 if unit_of(after) == "位" else 1)
    change: Fraction = sign * (after.value - before.value)
    if change > 0:
        return TRUE
    gap = Interval.exactly(sign) * (after.interval - before.interval)
    return ROUNDING if change == 0 and gap.high > 0 else FALSE


def _both(case: Case, *pairs: tuple[Number, Number]) -> Said:
    """The change from last year and the one from the baseline, each with its first year."""
    parts = []
    for before, after in pairs:
        change, percent = difference(before, after), _percent(before, after)
        start = case.naming.dated(before)
        parts.append(
            Said(
                f"{start.ja}から{change.ja}{percent.ja}",
                f"{change.en}{percent.en} from {start.en}",
            )
        )
    return joined(parts)
