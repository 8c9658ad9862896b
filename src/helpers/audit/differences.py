"""The change between two printed numbers, in words: ``3.8ポイント減``, ``36.0％増``."""

from fractions import Fraction

from helpers.audit.evidence import Number
from helpers.audit.quantity import Quantity
from helpers.audit.writing import signed, with_unit
from helpers.intervals import Interval
from helpers.problems import Said
from helpers.rounding import printed


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
    """Whether two independent samples may differ by chance: half-widths add in squares."""
    if not (before.sampled and after.sampled):
        return False
    margin = sum(((n.high - n.low) / 2) ** 2 for n in (before, after)) ** 0.5
    return abs(float(after.value - before.value)) <= margin
