"""Quotients of printed numbers, and what rounds to whole thousands."""

from fractions import Fraction

import pytest

from helpers.intervals import Interval


def test_a_quotient_has_the_ends_of_the_extreme_quotients():
    # 493 of 463 (万件): 492.5/463.5 = 1.06257 to 493.5/462.5 = 1.06703, neither reached
    found = Interval.of_printed("493") / Interval.of_printed("463")
    assert (found.low, found.high) == (Fraction(985, 927), Fraction(987, 925))
    assert found.low not in found and found.high not in found


def test_a_negative_dividend():
    found = Interval.of_printed("−8") / Interval.exactly(2)
    assert str(found) == "(−4.25, −3.75]"


@pytest.mark.parametrize("text", ["0", "0.4"])
def test_no_quotient_of_what_may_be_zero(text):
    divisor = (
        Interval(Fraction(0), Fraction(1), low_closed=False)
        if text == "0.4"
        else Interval.of_printed(text)
    )
    with pytest.raises(ZeroDivisionError):
        Interval.exactly(1) / divisor


def test_whole_thousands():
    found = Interval.around(Fraction(206_000), Fraction(1000))
    assert Fraction(205_500) in found
    assert Fraction(206_500) not in found
