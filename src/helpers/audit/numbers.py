"""Claims of a number itself: value, 約, 以上, rank, several years, shares, differences, orders."""

import itertools
from fractions import Fraction

from helpers.audit.case import Case
from helpers.audit.claim import ORDERS
from helpers.audit.evidence import Number
from helpers.audit.quantity import Quantity, series
from helpers.audit.verdict import FALSE, ROUNDING, TRUE, UNKNOWN, Judgement, agrees, all_of
from helpers.audit.writing import joined, with_unit
from helpers.intervals import Interval
from helpers.problems import Said
from helpers.rounding import printed


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
    for year in sorted(years):
        of_year = {key: case.evidence.series(key, case.definition)[year] for key in keys}
        for one, other in pairs:
            verdicts.append(_ordered(of_year[one], of_year[other], ORDERS[word]))
            if verdicts[-1] == FALSE:
                wrong += [of_year[one], of_year[other]]
    worst = FALSE if FALSE in verdicts else ROUNDING if ROUNDING in verdicts else TRUE
    latest = [case.evidence.series(key, case.definition)[max(years)] for key in keys]
    shown = joined([case.naming.full(number) for number in (wrong[:2] or latest)])
    right = shown if worst == FALSE else Said("", "")
    return Judgement(worst, shown, right, case.remarks(*latest))


def _ordered(one: Number, other: Number, sign: int) -> str:
    """Whether ``one`` is higher (sign −1) or lower (sign 1) than ``other``."""
    gap = other.interval - one.interval if sign > 0 else one.interval - other.interval
    naive = sign * (other.value - one.value)
    if naive > 0:
        return TRUE
    return ROUNDING if naive == 0 and gap.high > 0 else FALSE
