"""A statement held against the numbers: true, explained by rounding, misleading, false, unknown."""

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from helpers.intervals import Interval
from helpers.labels import LABELS
from helpers.problems import Said
from helpers.rounding import printed
from helpers.sentences.evidence import Evidence, Number
from helpers.sentences.naming import Naming
from helpers.sentences.numbers import Quantity, joined, read_quantity, series, signed, with_unit
from helpers.sentences.statement import CHANGES, ORDERS, STATUSES, Statement
from helpers.sentences.verdict import (
    FALSE,
    MISLEADING,
    NOTHING,
    OVERSTATED,
    RIGHT,
    ROUNDING,
    TRUE,
    UNKNOWN,
    Judgement,
    agrees,
    all_of,
)
from helpers.trends import (
    LARGE_PERCENT,
    LARGE_POINTS,
    POINTS,
    SLIGHT_PERCENT,
    SLIGHT_POINTS,
    TENDENCY,
    sizes,
)
from helpers.years import parse_year

SMALL = Said("回答者が30人未満の数値です（参考値）", "fewer than 30 answers: for reference only")


@dataclass(frozen=True)
class Case:
    """What one claim is judged by under one definition.

    Attributes:
        year: the edition's fiscal year.
    """

    claim: Statement
    definition: str
    year: int
    evidence: Evidence
    naming: Naming

    def numbers(self, key: str) -> list[Number]:
        """The numbers of a key for the years that the claim is about, as far as there are any."""
        series = self.evidence.series(key, self.definition)
        years = self.claim.years or [self.claim.year or self.year]
        if self.claim.last:
            years = [year for year in series if year <= self.year][-self.claim.last :]
        return [series[year] for year in years if year in series]

    def newest(self, key: str) -> Number | None:
        """The number of the year that the claim is about."""
        return self.evidence.series(key, self.definition).get(self.claim.year or self.year)

    def before(self, number: Number) -> Number | None:
        """What a change is measured against: last year, the baseline, a year, another key."""
        against = self.claim.against
        if against == "baseline":
            return self.baseline(number)
        if against in self.evidence:
            return self.evidence.series(against, self.definition).get(number.year)
        year = number.year - 1 if against == "previous" else parse_year(against)
        if self.evidence.broken(number.key, self.definition, year, number.year):
            return None  # counted otherwise then: nothing to compare with
        return self.evidence.series(number.key, self.definition).get(year)

    def baseline(self, number: Number) -> Number | None:
        """The baseline of an indicator with a target (``kpi.kpi.page_views.baseline``)."""
        stem, _, category = number.key.rpartition(".")
        known = self.evidence.series(f"{stem}.baseline", self.definition)
        return next(iter(known.values()), None) if category == "actual" else None

    def missing(self, key: str) -> Judgement:
        """No number: which one, and which there are."""
        name, there = self.naming.key(key), self.evidence.all_definitions(key)
        series = there.get(self.definition, {})
        if any(number.flag == "suppressed" for number in series.values()):
            why = Said("秘匿した数値です", "a suppressed number")
            return Judgement(UNKNOWN, Said(f"{name.ja}: {why.ja}", f"{name.en}: {why.en}"))
        years = ", ".join(str(year) for year in sorted(series))
        wanted = self.claim.against if self.newest(key) else (self.claim.year or self.year)
        words = {"previous": ("前年度", "the previous year"), "baseline": ("基準値", "baseline")}
        ja, en = words.get(str(wanted), (f"{wanted}年度", f"FY{wanted}"))
        ja_there, en_there = (
            (f"（あるのは {years}）", f" (there are {years})") if years else ("", "")
        )
        return Judgement(
            UNKNOWN, Said(f"{name.ja}: {ja}の数値がない{ja_there}", f"{name.en}: no {en}{en_there}")
        )

    def remarks(self, *numbers: Number) -> tuple[Said, ...]:
        """What must be known of the numbers."""
        return (SMALL,) if any(number.small for number in numbers) else ()


# Differences between two printed numbers


def unit_of_change(number: Number) -> str:
    """A share changes by points."""
    unit = number.measure
    return "ポイント" if unit == "%" else unit


def difference(before: Number, after: Number) -> Said:
    """The change in its own unit: ``3.8ポイント減``; a rank moves up where its number falls."""
    if "・" in after.unit:
        return signed(after.value - before.value, after.known.decimals, "")
    sign = -1 if after.measure == "位" else 1
    change, unit = sign * (after.value - before.value), unit_of_change(after)
    step = max(before.known.step, after.known.step)
    if after.unit.startswith("万") and "・" not in after.unit:  # 万件, as it is printed
        change, step, unit = change / 10_000, step / 10_000, after.unit
    return signed(change, Quantity(change, step).decimals, unit)


def percent_beside(before: Number, after: Number) -> Said:
    """``（36.0％増）`` beside a change of counts."""
    points = after.measure in ("%", "ポイント", "点", "位") or "・" in after.unit
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
    """Whether two numbers of samples may differ by chance: half-widths add in squares.

    A group is part of its whole: with the share p of the answers, whole less group varies by
    ``half(whole)² + (1 − 2p) half(group)²``, less than two samples that share nobody.
    """
    if not (before.sampled and after.sampled):
        return False
    halves = {id(n): ((n.high - n.low) / 2) ** 2 for n in (before, after)}
    margin = sum(halves.values())
    whole = next((n for n in (before, after) if n.key.split(".")[1] == "total"), None)
    part = after if whole is before else before
    if whole and part.key.split(".")[1] != "total" and part.year == whole.year:
        share = part.n / whole.n if part.n < whole.n else 0.0
        margin = max(0.0, halves[id(whole)] + (1 - 2 * share) * halves[id(part)])
    return abs(float(after.value - before.value)) <= margin**0.5


def _apart_or(judged: Judgement, case: Case, one: Number, other: Number) -> Judgement:
    """What is true of the sample and within its error says too much, and how to say it."""
    if judged.verdict not in RIGHT or not within_error(one, other):
        return judged
    a, b = case.naming.full(one), case.naming.full(other)
    right = Said(
        f"差があるとはいえない（調査では{a.ja}、{b.ja}。差は標本誤差の範囲）",
        f"no difference can be told (in the survey {a.en}, {b.en}; within sampling error)",
    )
    return replace(judged, verdict=OVERSTATED, right=right)


# Numbers themselves


def judge_value(case: Case) -> Judgement:
    """Every number that the claim is about must be the one that is claimed."""
    parts = []
    for key in case.claim.what:
        numbers = case.numbers(key)
        if not numbers:
            parts.append(case.missing(key))
            continue
        years = [_one(case, number, case.claim.quantity) for number in numbers]
        parts.append(_over_years(case, numbers, years))
    whole = all_of(parts)
    return all_of([whole, _peers(case)]) if case.claim.of else whole


def _one(case: Case, number: Number, claimed: Quantity) -> Judgement:
    """One number against one claimed."""
    unit = number.measure
    if claimed.unit and unit != claimed.unit:
        verdict = FALSE
    else:
        verdict = agrees(number.interval, number.value, claimed)
    said = case.naming.full(number)
    right = said if verdict in (FALSE, UNKNOWN) else Said("", "")
    half = claimed.number == 50 and claimed.unit == "%" and claimed.bound
    if verdict in RIGHT and half and number.sampled and number.low <= 50 <= number.high:
        verdict = OVERSTATED
        right = Said(
            f"半数前後（{said.ja}。半数との差は標本誤差の範囲）",
            f"about a half ({said.en}; within sampling error of a half)",
        )
    return Judgement(verdict, said, right, case.remarks(number))


def _over_years(case: Case, numbers: list[Number], parts: list[Judgement]) -> Judgement:
    """Several years are said as a range, with the years that do not fit."""
    whole = all_of(parts)
    if len(numbers) == 1:
        return whole
    ordered = sorted(numbers, key=lambda number: number.value)
    low, high = case.naming.dated(ordered[0]), case.naming.dated(ordered[-1])
    name = case.naming.key(numbers[0].key)
    said = Said(f"{name.ja} {low.ja}〜{high.ja}", f"{name.en} {low.en} to {high.en}")
    wrong = [n for n, part in zip(numbers, parts, strict=True) if part.verdict == FALSE]
    dated = joined([case.naming.dated(number) for number in wrong])
    right = Said(f"{name.ja}は{dated.ja}", f"{name.en}: {dated.en}") if wrong else Said("", "")
    return Judgement(whole.verdict, said, right, whole.remarks)


def _peers(case: Case) -> Judgement:
    """Of how many a rank is: as many as have one."""
    number = case.newest(case.claim.what[0])
    if number is None:
        return case.missing(case.claim.what[0])
    stem, _, _ = number.key.rpartition(".")
    ranked = [
        key
        for key in case.evidence.keys
        if key.rpartition(".")[0] == stem
        and number.year in case.evidence.series(key, case.definition)
    ]
    wanted = series(case.claim.of)[0].number
    if len(ranked) < 2:
        return Judgement(UNKNOWN, Said("比べた数のデータがない", "how many were ranked is unknown"))
    said = Said(f"順位のある市は{len(ranked)}", f"{len(ranked)} cities have a rank")
    if wanted == len(ranked):
        return Judgement(TRUE, said)
    return Judgement(FALSE, said, said)


def judge_series(case: Case) -> Judgement:
    """``22位→16位→18位``: the newest years, one number each."""
    claimed = series(case.claim.claimed)
    parts = []
    for key in case.claim.what:
        known = case.evidence.series(key, case.definition)
        years = case.claim.years or [year for year in known if year <= case.year][-len(claimed) :]
        numbers = [known[year] for year in years if year in known]
        if len(numbers) != len(claimed):
            parts.append(case.missing(key))
            continue
        found = [_one(case, n, c) for n, c in zip(numbers, claimed, strict=True)]
        said = joined([case.naming.dated(number) for number in numbers], "→", " → ")
        worst = all_of(found).verdict
        right = Said("", "") if worst in (TRUE, ROUNDING) else said
        parts.append(Judgement(worst, said, right, case.remarks(*numbers)))
    return all_of(parts)


def judge_share(case: Case) -> Judgement:
    """``share_of``: the first key in percent of the second."""
    part, whole = (case.newest(key) for key in case.claim.what[:2])
    if part is None or whole is None:
        return case.missing(case.claim.what[0 if part is None else 1])
    found = Interval.exactly(100) * part.interval / whole.interval
    naive = 100 * part.value / whole.value
    return _computed(case, [part, whole], "÷", found, naive, "%")


def judge_difference(case: Case) -> Judgement:
    """The first key less the second, as a table prints it."""
    first, second = (case.newest(key) for key in case.claim.what[:2])
    if first is None or second is None:
        return case.missing(case.claim.what[0 if first is None else 1])
    unit = first.measure
    found, naive = first.interval - second.interval, first.value - second.value
    return _computed(case, [first, second], "−", found, naive, "ポイント" if unit == "%" else unit)


def _computed(
    case: Case, numbers: list[Number], sign: str, found: Interval, naive: Fraction, unit: str
) -> Judgement:
    """A number computed from two printed ones, against the one claimed."""
    claimed = case.claim.quantity
    fits = not claimed.unit or claimed.unit == unit
    verdict = agrees(found, naive, claimed) if fits else FALSE
    shown = [with_unit(n.printed, n.unit) for n in numbers]
    result = with_unit(printed(naive, max(claimed.decimals, 1 if sign == "÷" else 0)), unit)
    ja = f"{shown[0].ja} {sign} {shown[1].ja} = {result.ja}"
    en = f"{shown[0].en} {sign} {shown[1].en} = {result.en}"
    if verdict == ROUNDING:
        ja += f"。四捨五入の前の値は {found} のどこかで、{case.claim.claimed} もあり得ます"
        en += f". Before rounding it is in {found}: {case.claim.claimed} is possible"
    said = Said(ja, en)
    right = result if verdict == FALSE else Said("", "")
    return Judgement(verdict, said, right, case.remarks(*numbers))


def judge_order(case: Case) -> Judgement:
    """Which is higher: all in a row, or the first against each of the others; in every year."""
    word, keys = case.claim.claimed, case.claim.what
    years = set.intersection(*({n.year for n in case.numbers(key)} for key in keys))
    if not years:
        return case.missing(next((k for k in keys if not case.numbers(k)), keys[0]))
    pairs = list(itertools.pairwise(keys))
    if not word.endswith("順"):
        pairs = [(keys[0], key) for key in keys[1:]]
    verdicts, wrong = [], []
    near: list[tuple[Number, Number]] = []
    for year in sorted(years):
        of_year = {key: case.evidence.series(key, case.definition)[year] for key in keys}
        for one, other in pairs:
            verdicts.append(_ordered(of_year[one], of_year[other], ORDERS[word]))
            if verdicts[-1] == FALSE:
                wrong += [of_year[one], of_year[other]]
            elif within_error(of_year[one], of_year[other]):
                near.append((of_year[one], of_year[other]))
    worst = FALSE if FALSE in verdicts else ROUNDING if ROUNDING in verdicts else TRUE
    latest = [case.evidence.series(key, case.definition)[max(years)] for key in keys]
    shown = joined([case.naming.full(number) for number in (wrong[:2] or latest)])
    right = shown if worst == FALSE else Said("", "")
    judged = Judgement(worst, shown, right, case.remarks(*latest))
    return _apart_or(judged, case, *near[0]) if near else judged


def _ordered(one: Number, other: Number, sign: int) -> str:
    """Whether ``one`` is higher (sign −1) or lower (sign 1) than ``other``."""
    gap = other.interval - one.interval if sign > 0 else one.interval - other.interval
    naive = sign * (other.value - one.value)
    if naive > 0:
        return TRUE
    return ROUNDING if naive == 0 and gap.high > 0 else FALSE


# Changes


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
    claimed, said = case.claim.quantity, from_to(case, before, after)
    if claimed.unit in ("%", "倍"):
        if min(before.interval.low, after.interval.low) <= 0:
            return Judgement(MISLEADING, said, difference(before, after), (NO_RATE,))
        scale = 100 if claimed.unit == "%" else 1
        part = scale if claimed.way else 0  # 36％増 is what the ratio has above 100
        found = Interval.exactly(scale) * (after.interval / before.interval)
        naive = scale * after.value / before.value - part
        verdict = _held(found - Interval.exactly(part), naive, claimed)
    elif claimed.unit not in ("", unit_of_change(after)) or (
        claimed.unit == "位" and not claimed.way
    ):
        verdict = FALSE  # 54位 without 上昇 is a rank, not a change of one
    else:
        # 位: nearer the top is a smaller number.
        better = Interval.exactly(-1 if after.measure == "位" else 1)
        change = better * (after.interval - before.interval)
        verdict = _held(change, better.low * (after.value - before.value), claimed)
    right = _right(case, before, after) if verdict == FALSE else Said("", "")
    judged = Judgement(verdict, said, right, change_remarks(case, before, after))
    moved = claimed.way or claimed.number > (claimed.unit == "倍")
    return _apart_or(judged, case, before, after) if moved else judged


def _held(found: Interval, naive: Fraction, claimed: Quantity) -> str:
    """A change against ``36％増``: of what went down the size is claimed, and 減 said."""
    sign = claimed.way or 1
    return agrees(Interval.exactly(sign) * found, sign * naive, replace(claimed, unit="", way=0))


def _right(case: Case, before: Number, after: Number) -> Said:
    """The wordings that the numbers carry: ``前年度比136％、または36％増``."""
    if after.measure in ("%", "ポイント", "位") or min(before.value, after.value) <= 0:
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


def from_to(case: Case, before: Number, after: Number) -> Said:
    """Both numbers with their years, and the change: what the data say."""
    name, change = case.naming.key(after.key), difference(before, after)
    old, new = case.naming.dated(before), case.naming.dated(after)
    return Said(
        f"{name.ja} {old.ja}→{new.ja}、{change.ja}{percent_beside(before, after).ja}",
        f"{name.en} {old.en} → {new.en}, {change.en}{percent_beside(before, after).en}",
    )


def change_remarks(case: Case, before: Number, after: Number) -> tuple[Said, ...]:
    """Small bases, and changes that chance may have made."""
    error = (WITHIN_ERROR,) if within_error(before, after) else ()
    return (*case.remarks(before, after), *error)


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
    own_years = case.claim.against != "previous"  # the sentence says from when
    if (
        not own_years
        and verdict in (TRUE, ROUNDING)
        and way != "level"
        and baseline
        and baseline is not before
    ):
        opposite = _direction(way, baseline, after) == FALSE
        if opposite and "level" not in sizes(*_measures(baseline, after)):
            verdict = MISLEADING
            since = from_to(case, baseline, after)
            said = joined(
                [said, Said(f"基準値からは {since.ja}", f"from the baseline: {since.en}")]
            )
            right = _both(case, (before, after), (baseline, after))
    judged = Judgement(
        verdict, said, right if verdict in (FALSE, MISLEADING) else Said("", ""), remarks
    )
    return judged if way == "level" else _apart_or(judged, case, before, after)


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


# Words


# What an indicator is, where a report may easily describe it as something else.
MEANINGS = {
    "daytime_population_index": Said(
        "常住人口100人に対する昼間人口（市外から来る人も数える）",
        "daytime population per 100 residents, people coming in included",
    ),
    "mgap": Said(
        "意欲の差し引きに人口を掛けた量（人数でも割合でもない）",
        "net intent times population: neither persons nor a share",
    ),
}


def judge_description(case: Case) -> Judgement:
    """A number described as another one: false where that other one differs."""
    number, key = case.newest(case.claim.what[0]), case.claim.described
    if number is None:
        return case.missing(case.claim.what[0])
    others = [
        series[number.year]
        for definition in case.evidence.definitions([key])
        if number.year in (series := case.evidence.series(key, definition))
    ]
    if not others:
        return case.missing(key)
    claimed = case.claim.quantity
    bare = claimed.__class__(claimed.number, claimed.step, "", claimed.about)
    fits = [agrees(other.interval, other.value, bare) for other in others]
    said = joined([case.naming.full(number), *(case.naming.full(other) for other in others)])
    if FALSE not in fits:
        return Judgement(TRUE, said)
    return Judgement(FALSE, said, _meaning(case, number, others[0]))


def _meaning(case: Case, number: Number, other: Number) -> Said:
    indicator = number.key.partition(".")[0]
    what = MEANINGS.get(indicator, case.naming.key(number.key))
    name, shown = case.naming.key(number.key), with_unit(number.printed, number.unit)
    instead, value = case.naming.key(other.key), case.naming.number(other)
    by = case.naming.definition(other.definition)
    return Said(
        f"{name.ja} {shown.ja}は「{what.ja}」。{instead.ja}は{value.ja}（{by.ja}）",
        f"{name.en} {shown.en} is the {what.en}; {instead.en}: {value.en} ({by.en})",
    )


def judge_status(case: Case) -> Judgement:
    """``順調``: what the indicators' targets say of each (methods 4).

    One that is level neither bears the word out nor speaks against it.
    """
    found: list[tuple[str, Said]] = []
    for key in case.claim.what:
        stem = ".".join(key.split(".")[1:3])  # kpi.page_views
        year = case.claim.year or case.year
        status = status_of(case.evidence, f"kpi_status.{stem}", year)
        if status is None:
            return case.missing(key)
        progress = case.evidence.series(f"kpi_progress.{stem}", "").get(year)
        name, word = case.naming.key(key), LABELS[status]
        shown = with_unit(progress.printed, progress.unit) if progress else Said("", "")
        rate = Said(f"（進捗率 {shown.ja}）", f" (progress {shown.en})") if progress else shown
        found.append(
            (status, Said(f"{name.ja}: {word[0]}{rate.ja}", f"{name.en}: {word[1]}{rate.en}"))
        )
    said = joined([words for _, words in found])
    held = [status for status, _ in found if status in case.claim.statuses]
    rest = [words for status, words in found if status not in (*case.claim.statuses, "level")]
    if not held:
        neutral = not rest and "on_pace" in case.claim.statuses
        return Judgement(UNKNOWN if neutral else FALSE, said, said)
    if not rest:
        return Judgement(TRUE, said)
    others, claimed = joined(rest), case.claim.claimed
    ja, en = f"「{claimed}」とはいえないもの: {others.ja}", f"not “{claimed}”: {others.en}"
    return Judgement(MISLEADING, said, Said(ja, en))


def status_of(evidence: Evidence, key: str, year: int) -> str | None:
    """The id of a status that is printed in words."""
    number = evidence.all_definitions(key).get("", {}).get(year)
    words = {LABELS[name][0]: name for ids in STATUSES.values() for name in ids}
    return words.get(number.printed) if number else None


# Runs, records, places, targets, tendencies


def judge_run(case: Case) -> Judgement:
    """``3年連続で増加``, ``5年連続で下回る``, ``減少傾向``: each year must bear it out."""
    word, key = case.claim.claimed, case.claim.what[0]
    form = case.claim.form
    known = _until(case, key)
    if len(case.claim.what) > 1:
        other = _until(case, case.claim.what[1])
        known = {year: number for year, number in known.items() if year in other}
    if (case.claim.year or case.year) not in known:
        return case.missing(key)
    years = sorted(known)
    count = int(form["n"]) if form and form["n"] else 0
    trend = word.endswith("傾向")
    steps = word.endswith(("増加", "減少"))
    needed = count + steps if count else min(len(years), 6) if trend else len(years)
    newest = years[-1]
    span = [year for year in years if not count or year > newest - needed]
    span = span[-needed:]
    if len(span) < 1 + steps:
        return case.missing(key)
    whole = len(span) >= needed and span[-1] - span[0] == len(span) - 1
    said = joined([case.naming.dated(known[year]) for year in span], "→", " → ")
    said = joined([case.naming.key(key), said], " ", " ")
    if trend:
        first, last = known[span[0]], known[span[-1]]
        way = "up" if word.startswith("増") else "down"
        verdict = _direction(way, first, last)
        along = [_direction(way, known[a], known[b]) for a, b in itertools.pairwise(span)]
        if verdict != FALSE and 2 * along.count(FALSE) > len(along):
            verdict = MISLEADING
    elif steps:
        way = "up" if word.endswith("増加") else "down"
        verdict = _worst(_direction(way, known[a], known[b]) for a, b in itertools.pairwise(span))
    elif len(case.claim.what) > 1:
        sign = -1 if word.endswith("上回る") else 1
        verdict = _worst(_ordered(known[y], other[y], sign) for y in span)
    else:
        verdict = _worst(_signed(known[y], word.endswith("プラス")) for y in span)
    if not whole and verdict in (TRUE, ROUNDING) and not trend:
        return case.missing(key)  # a year between is not known; one that speaks against is enough
    return Judgement(verdict, said, said if verdict in (FALSE, MISLEADING) else NOTHING)


def _until(case: Case, key: str) -> dict[int, Number]:
    """The years of a series up to the one that is spoken of, since it is counted as now."""
    last = case.claim.year or case.year
    series = dict(case.evidence.series(key, case.definition))
    if series and (start := case.baseline(next(iter(series.values())))):
        series = {start.year: start} | series
    return {
        year: number
        for year, number in sorted(series.items())
        if year <= last and not case.evidence.broken(key, case.definition, year, last)
    }


def _worst(verdicts: Iterable[str]) -> str:
    found = set(verdicts)
    return FALSE if FALSE in found else ROUNDING if ROUNDING in found else TRUE


def _signed(number: Number, plus: bool) -> str:
    value = number.value if plus else -number.value
    return TRUE if value > 0 else FALSE


def judge_sign(case: Case) -> Judgement:
    """``プラス``: above zero."""
    number = case.newest(case.claim.what[0])
    if number is None:
        return case.missing(case.claim.what[0])
    verdict, said = _signed(number, case.claim.claimed == "プラス"), case.naming.full(number)
    return Judgement(verdict, said, said if verdict == FALSE else NOTHING)


def judge_record(case: Case) -> Judgement:
    """``過去最高``, ``過去最大の減少幅``: against all years that can be compared."""
    word, key, form = case.claim.claimed, case.claim.what[0], case.claim.form
    known = _until(case, key)
    year = case.claim.year or case.year
    if form and form["n"]:
        known = {y: n for y, n in known.items() if y > year - int(form["n"])}
    if year not in known or len(known) < 3:
        return case.missing(key)
    values = {y: number.value for y, number in known.items()}
    if word.endswith("幅"):
        sign = -1 if "減少" in word else 1
        changes = {y: sign * (values[y] - values[y - 1]) for y in values if y - 1 in values}
        holds = year in changes and changes[year] > 0 and changes[year] >= max(changes.values())
        best = max(changes, key=lambda y: changes[y])
        shown = [known[best - 1], known[best]]
    else:
        top = word.endswith("最高") != (known[year].measure == "位")
        pick = max if top else min
        holds = values[year] == pick(values.values())
        shown = [known[pick(values, key=lambda y: values[y])], known[year]]
    said = joined([case.naming.full(number) for number in dict.fromkeys(shown)])
    return Judgement(TRUE if holds else FALSE, said, NOTHING if holds else said)


def judge_ordinal(case: Case) -> Judgement:
    """``3番目に低い``: the place of the first among all; ties may stand in any of their places."""
    form = case.claim.form
    numbers = [number for key in case.claim.what if (number := case.newest(key))]
    if len(numbers) < 2 or numbers[0].key != case.claim.what[0] or form is None:
        return case.missing(case.claim.what[0])
    sign = -1 if case.claim.claimed.endswith("高い") else 1
    mine, others = sign * numbers[0].value, [sign * n.value for n in numbers[1:]]
    first = 1 + sum(value < mine for value in others)
    last = first + sum(value == mine for value in others)
    holds = first <= int(form["n"]) <= last
    name, shown = case.naming.key(numbers[0].key), case.naming.dated(numbers[0])
    ja, en = ("高い方", "top") if sign < 0 else ("低い方", "bottom")
    said = Said(
        f"{name.ja} {shown.ja}は{len(numbers)}のうち{ja}から{first}番目",
        f"{name.en} {shown.en}: no. {first} from the {en} of {len(numbers)}",
    )
    return Judgement(TRUE if holds else FALSE, said, NOTHING if holds else said)


def judge_target(case: Case) -> Judgement:
    """``目標を達成``, ``目標の7割``: the newest number against its target."""
    key, form = case.claim.what[0], case.claim.form
    actual = case.newest(key)
    series = case.evidence.series(f"{key.rpartition('.')[0]}.target", case.definition)
    # Of several the plan's: the others are of the years on the way.
    planned = case.naming.edition.plan_year(key.split(".")[2]) if len(series) > 1 else None
    plan = target = series.get(planned or max(series, default=0))
    if actual is None:
        return case.missing(key)
    if plan is None or target is None:
        return case.missing(f"{key.rpartition('.')[0]}.target")
    if case.claim.claimed.startswith("年度"):
        target = series.get(actual.year, plan)
    said = joined([case.naming.full(actual), case.naming.full(target)])
    if form and form["n"]:
        claimed = read_quantity(form["n"])
        scale = 1 if claimed.unit == "倍" else 100
        found = Interval.exactly(scale) * (actual.interval / target.interval)
        verdict = agrees(
            found, scale * actual.value / target.value, replace(claimed, unit="", way=0)
        )
    else:
        group = ".".join(key.split(".")[1:3])
        status = status_of(case.evidence, f"kpi_status.{group}", actual.year)
        if status in (None, "undefined"):
            reached = actual.value >= target.value
        else:  # it knows which way is better
            reached = status in ("achieved", "kept")
            if target is not plan:  # of the year: the plan tells the way alone
                upward = reached == (actual.value >= plan.value)
                apart = target.value - actual.value
                reached = apart <= 0 if upward else apart >= 0
        verdict = TRUE if reached == case.claim.claimed.endswith("達成") else FALSE
        if case.claim.claimed.endswith("未達"):
            verdict = FALSE if reached else TRUE
    return Judgement(verdict, said, said if verdict == FALSE else NOTHING)


def judge_magnitude(case: Case) -> Judgement:
    """``自然減が社会増を上回る``: the sizes of two numbers of the same year, signs aside."""
    found = [case.newest(key) for key in case.claim.what[:2]]
    one, other = found
    form = case.claim.form
    if one is None or other is None or form is None:
        return case.missing(case.claim.what[0 if one is None else 1])
    signed = [_signed(one, form["n"] == "増"), _signed(other, form["other"] == "増")]
    larger = abs(one.value) > abs(other.value)
    said = joined([case.naming.full(one), case.naming.full(other)])
    holds = FALSE not in signed and larger == case.claim.claimed.endswith("上回る")
    return Judgement(TRUE if holds else FALSE, said, NOTHING if holds else said)


def judge_tendency(case: Case) -> Judgement:
    """``上ほど高い``: groups in their order, by Kendall's tau (``trends.TENDENCY``)."""
    numbers = [
        number for key in case.claim.what if (number := case.newest(key)) and not number.small
    ]
    if len(numbers) < 3:
        return case.missing(case.claim.what[0])
    rising = case.claim.claimed in ("上ほど高い", "下ほど低い")
    pairs = list(itertools.combinations([n.value if rising else -n.value for n in numbers], 2))
    tau = sum((b > a) - (b < a) for a, b in pairs) / len(pairs)
    verdict = TRUE if tau >= TENDENCY else FALSE if tau <= 0 else MISLEADING
    said = joined([case.naming.full(number) for number in numbers])
    return Judgement(verdict, said, said if verdict != TRUE else NOTHING)


# Which definition is meant

_JUDGES: Mapping[str, Callable[[Case], Judgement]] = {
    **dict.fromkeys(CHANGES, judge_change),
    "trend": judge_trend,
    "series": judge_series,
    "share_of": judge_share,
    "difference": judge_difference,
    "order": judge_order,
    "described_as": judge_description,
    "status": judge_status,
    "run": judge_run,
    "record": judge_record,
    "ordinal": judge_ordinal,
    "target": judge_target,
    "sign": judge_sign,
    "tendency": judge_tendency,
    "magnitude": judge_magnitude,
}


def judge(
    claim: Statement, year: int, evidence: Evidence, naming: Naming, *, any_definition: bool = False
) -> Judgement:
    """The claim under each definition of its series that it may mean.

    Args:
        claim: the statement.
        year: the edition's fiscal year.
        evidence: the numbers.
        naming: the words.
        any_definition: whether one definition under which it is true is enough.
    """
    definitions = claim.definition or evidence.definitions(claim.what)
    judge = _JUDGES.get(claim.kind, judge_value)
    found = {
        definition: judge(Case(claim, definition, year, evidence, naming))
        for definition in definitions
    }
    known = {name: each for name, each in found.items() if each.verdict != UNKNOWN}
    if not known:
        return all_of(list(found.values()) or [Judgement(UNKNOWN)])
    if not claim.definition:
        known = _first(known, claim, evidence)
    verdicts = {each.verdict for each in known.values()}
    if FALSE in verdicts and verdicts & {TRUE, ROUNDING}:
        if any_definition:
            return next(each for each in known.values() if each.verdict in (TRUE, ROUNDING))
        return _by_definition(known, naming)
    return all_of(list(known.values()))


def _first(
    found: dict[str, Judgement], claim: Statement, evidence: Evidence
) -> dict[str, Judgement]:
    """The city's published method comes before other estimates from the same answers.

    Series of other sources stay: a register may well contradict the number of a table.
    """
    if "city_method" not in found:
        rest = {name: each for name, each in found.items() if name != "weighted"}
        return rest or found
    estimated = ("microdata", "derived")
    return {
        name: each
        for name, each in found.items()
        if name == "city_method"
        or any(
            number.basis not in estimated
            for key in claim.what
            for number in evidence.series(key, name).values()
        )
    }


def _by_definition(found: Mapping[str, Judgement], naming: Naming) -> Judgement:
    """True only under some of the definitions: the sentence must say which it means."""
    words = {TRUE: ("合う", "fits"), ROUNDING: ("合う", "fits")}
    parts = []
    for name, each in found.items():
        by, fits = naming.definition(name), words.get(each.verdict, ("合わない", "does not fit"))
        parts.append(
            Said(f"{by.ja}では{fits[0]}: {each.said.ja}", f"{by.en} {fits[1]}: {each.said.en}")
        )
    said = Said("。".join(p.ja for p in parts), ". ".join(p.en for p in parts))
    good = [naming.definition(n) for n, e in found.items() if e.verdict in words]
    right = Said(
        f"どの数値かを書き添える（合うのは {'、'.join(g.ja for g in good)}）",
        f"say which series is meant (it fits {', '.join(g.en for g in good)})",
    )
    remarks = tuple(dict.fromkeys(r for each in found.values() for r in each.remarks))
    return Judgement(MISLEADING, said, right, remarks or ()) if good else Judgement(FALSE, NOTHING)
