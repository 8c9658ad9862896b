"""Ranks that say no more than the numbers do: cities that cannot be told apart share a range.

Two cities are told apart by the interval of their difference, never by whether their own
intervals overlap. The intervals of shares are not symmetrical; the interval of a difference is
put together from the arms that face each other (Newcombe 1998, method 10; Zou and Donner 2008).
All pairs are one family, adjusted by Holm (1979): with 95 % confidence every true rank lies in
the range given. What is counted and not sampled (registers, censuses) has arms of zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from helpers.survey.comparison import holm

LEVEL = 0.95
Z_95 = 1.959963984540054


@dataclass(frozen=True)
class RankRange:
    """Where a city stands, 1 being the highest value: from ``first`` to ``last``."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"


def rank_ranges(
    values: Sequence[float], lows: Sequence[float], highs: Sequence[float]
) -> list[RankRange]:
    """The rank range of each of (k,) numbers.

    Args:
        values: the numbers, at the exactness they are printed with.
        lows: lower ends of their 95 % intervals; NaN for what is no estimate.
        highs: upper ends.
    """
    count = len(values)
    if not count:
        return []
    x = np.asarray(values, dtype=float)
    below = np.nan_to_num(x - np.asarray(lows, dtype=float), nan=0.0)
    above = np.nan_to_num(np.asarray(highs, dtype=float) - x, nan=0.0)
    apart = told_apart(x, below, above)
    higher = x[:, None] > x[None, :]
    better = (apart & higher).sum(axis=0)  # how many are surely above each
    worse = (apart & higher).sum(axis=1)
    return [RankRange(1 + int(b), count - int(w)) for b, w in zip(better, worse, strict=True)]


def told_apart(
    x: npt.NDArray[np.float64], below: npt.NDArray[np.float64], above: npt.NDArray[np.float64]
) -> npt.NDArray[np.bool_]:
    """Which pairs of (k,) numbers differ, as a (k, k) matrix.

    Args:
        x: the numbers.
        below: length of each interval's arm below the number.
        above: length of the arm above it.
    """
    from scipy.stats import norm

    first, second = np.triu_indices(len(x), 1)
    high, low = (
        np.where(x[first] >= x[second], first, second),
        np.where(x[first] >= x[second], second, first),
    )
    difference, arm = x[high] - x[low], np.hypot(below[high], above[low])
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(arm > 0, Z_95 * difference / arm, np.where(difference > 0, np.inf, 0.0))
    significant = holm(2 * norm.sf(z)) < 1 - LEVEL
    matrix = np.zeros((len(x), len(x)), dtype=bool)
    matrix[first, second] = matrix[second, first] = significant
    return matrix
