"""Rounding 四捨五入: half away from zero, once, from the exact number, and its printed form.

Python's ``round`` and numpy's take halves to even and work on binary fractions (1/8 becomes
12 %, not 13 %); Japanese reports and Excel take halves away from zero. Negative numbers are
rounded by their size: −8.5 becomes −9.
"""

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # numpy takes 0.1 s to import, and ``check`` rounds without it
    import numpy as np
    import numpy.typing as npt

MINUS = "\N{MINUS SIGN}"

Exact = int | Fraction | Decimal


def share_half_up(
    count: "npt.ArrayLike", base: "npt.ArrayLike", decimals: int = 0
) -> "npt.NDArray[np.int64]":
    """Percentages of counts in integer arithmetic, in units of the last decimal.

    Args:
        count: integer counts, any shape; may be negative (a difference of counts).
        base: integer bases > 0, same shape or broadcastable.
        decimals: decimals of the percentage.

    Returns:
        Integers: ``605 of 1000`` at one decimal is ``605``, that is 60.5 %.

    Raises:
        ValueError: a base is not positive.
    """
    import numpy as np

    k, n = np.asarray(count, dtype=np.int64), np.asarray(base, dtype=np.int64)
    if np.any(n <= 0):
        raise ValueError("A percentage needs a base greater than zero.")
    rounded: npt.NDArray[np.int64] = np.sign(k) * (
        (2 * np.abs(k) * 100 * 10**decimals + n) // (2 * n)
    )
    return rounded


def round_half_up(value: Exact | float, decimals: int = 0) -> Decimal:
    """Round one number half away from zero.

    Exact kinds (int, Fraction, Decimal) are rounded exactly. A float is first taken to nine
    decimals more than asked, so that 57.49999999999999, which stands for 57.5, becomes 58.

    Raises:
        ValueError: the value is not finite.
    """
    if isinstance(value, Fraction):
        scaled = abs(value) * 10**decimals
        whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
        return Decimal(whole if value >= 0 else -whole).scaleb(-decimals)
    if isinstance(value, int | Decimal):
        exact = Decimal(value)
    else:  # a float, Python's or numpy's
        if not math.isfinite(value):
            raise ValueError(f"{value} cannot be rounded.")
        # methods 3.1: the repr of a float rounded nine places further drops the binary dust.
        exact = Decimal(repr(round(float(value), decimals + 9)))
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def printed(value: Exact | float | None, decimals: int = 0) -> str:
    """The text that tables, charts and sentences print: rounded once, minus as U+2212.

    No thousands separator: that is a matter of display. Nothing (None, NaN) prints as ``""``.
    A value that rounds to zero has no sign.
    """
    if value is None or math.isnan(value):
        return ""
    rounded = round_half_up(value, decimals)
    return f"{abs(rounded):f}" if rounded >= 0 or rounded == 0 else f"{MINUS}{abs(rounded):f}"


def number(text: str) -> Decimal:
    """The number that a printed text states, its decimals kept (``"−48.0"`` → −48.0).

    Raises:
        ValueError: the text is not one number.
    """
    try:
        return Decimal(text.replace(MINUS, "-").replace(",", ""))
    except ArithmeticError as error:
        raise ValueError(f"「{text}」は数値ではありません。") from error


def decimals_of(text: str) -> int:
    """How many decimals a printed number shows (``"48.0"`` → 1)."""
    return len(text.partition(".")[2])
