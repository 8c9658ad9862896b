"""Interval arithmetic on printed numbers: what a rounded figure may have been before rounding.

Every occurrence of a number counts as independent: the result can miss a contradiction that
needs one number twice, and never invents one.
"""

from dataclasses import dataclass
from fractions import Fraction

from helpers.rounding import MINUS, decimals_of, number


@dataclass(frozen=True)
class Interval:
    """All numbers between two ends, each end in (closed) or out (open)."""

    low: Fraction
    high: Fraction
    low_closed: bool = True
    high_closed: bool = True

    @classmethod
    def exactly(cls, value: Fraction | int | str) -> "Interval":
        """A number that is not rounded."""
        exact = Fraction(value)
        return cls(exact, exact)

    @classmethod
    def of_printed(cls, text: str) -> "Interval":
        """What prints as ``text`` when halves are rounded away from zero.

        ``38`` is [37.5, 38.5); ``−8`` is (−8.5, −7.5]; ``0`` is (−0.5, 0.5); ``20.7`` is
        [20.65, 20.75): the decimals of the text decide.
        """
        return cls.around(Fraction(number(text)), Fraction(1, 10 ** decimals_of(text)))

    @classmethod
    def around(cls, value: Fraction, step: Fraction) -> "Interval":
        """What rounds to ``value`` in whole ``step``s: 206,000 in thousands is [205500, 206500)."""
        half = step / 2
        return cls(value - half, value + half, low_closed=value > 0, high_closed=value < 0)

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.low_closed and other.low_closed,
            self.high_closed and other.high_closed,
        )

    def __neg__(self) -> "Interval":
        return Interval(-self.high, -self.low, self.high_closed, self.low_closed)

    def __sub__(self, other: "Interval") -> "Interval":
        return self + -other

    def __mul__(self, other: "Interval") -> "Interval":
        ends = [
            (a * b, a_in and b_in)
            for a, a_in in ((self.low, self.low_closed), (self.high, self.high_closed))
            for b, b_in in ((other.low, other.low_closed), (other.high, other.high_closed))
        ]
        low, high = min(end for end, _ in ends), max(end for end, _ in ends)
        return Interval(
            low,
            high,
            any(closed for end, closed in ends if end == low),
            any(closed for end, closed in ends if end == high),
        )

    def __truediv__(self, other: "Interval") -> "Interval":
        """The quotient.

        Raises:
            ZeroDivisionError: zero is in the divisor, or at its end.
        """
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError(f"{other} reaches zero")
        return self * Interval(1 / other.high, 1 / other.low, other.high_closed, other.low_closed)

    def __and__(self, other: "Interval") -> "Interval | None":
        """What is in both, or None: the two contradict each other."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        both = Interval(
            low,
            high,
            all(i.low_closed for i in (self, other) if i.low == low),
            all(i.high_closed for i in (self, other) if i.high == high),
        )
        empty = low > high or (low == high and not (both.low_closed and both.high_closed))
        return None if empty else both

    def __contains__(self, value: Fraction | int) -> bool:
        above = value > self.low or (self.low_closed and value == self.low)
        below = value < self.high or (self.high_closed and value == self.high)
        return above and below

    def __str__(self) -> str:
        """Mathematical notation, ``(−8.5, −7.5]``."""
        ends = [f"{float(end):g}".replace("-", MINUS) for end in (self.low, self.high)]
        return (
            f"{'[' if self.low_closed else '('}{', '.join(ends)}{']' if self.high_closed else ')'}"
        )
