"""Claims of a change in numbers: points, ％増, 前年度比, 倍."""

from dataclasses import replace
from fractions import Fraction

from helpers.audit.case import Case
from helpers.audit.differences import difference, percent_beside, unit_of_change, within_error
from helpers.audit.evidence import Number
from helpers.audit.quantity import Quantity
from helpers.audit.verdict import FALSE, MISLEADING, Judgement, agrees, all_of
from helpers.audit.writing import signed, with_unit
from helpers.intervals import Interval
from helpers.problems import Said
from helpers.rounding import printed

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
    return Judgement(verdict, said, right, change_remarks(case, before, after))


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
