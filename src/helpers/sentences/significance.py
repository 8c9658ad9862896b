"""What sampling error allows a sentence to say: every comparison it could have chosen, at 5 %.

A title is chosen after the numbers are seen: the lowest of six groups is always somewhere. What it
may claim is therefore held against the *family* of all that it could have claimed: all pairs of
groups, of all questions of the figure. Holm's step-down method (1979) keeps the chance that any of
the claims is false at 5 %, whatever holds and however the pairs depend on one another. An extreme
is held against every other group, the runner-up above all.

A pair is judged by the interval of the difference of two independent numbers, not by the overlap
of their intervals: the halves that face one another add in squares (MOVER: Newcombe 1998, methods
1.6). Groups that share members differ by less chance than that, so the rule is on the safe side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from typing import Generic, Protocol, TypeVar

import numpy as np

LEVEL = 0.05
_HALF = NormalDist().inv_cdf(0.975)  # halves of a 95 % interval in standard errors


class Measured(Protocol):
    """A number with what is known of its sampling error."""

    @property
    def inside(self) -> tuple[float, float, float]:
        """Value, low and high of the 95 % interval (NaN where there is none), unrounded."""

    @property
    def printed(self) -> str:
        """As printed."""


M = TypeVar("M", bound=Measured)


@dataclass(frozen=True)
class Family(Generic[M]):
    """The numbers a sentence may speak of, a set a question, and which pairs of a set differ.

    Attributes:
        sets: numbers that may be held against one another.
        sampled: whether there are intervals; if not, printed numbers are described as they are.
            Among numbers that have one, those without differ from none.
    """

    sets: tuple[tuple[M, ...], ...]
    sampled: bool
    _apart: tuple[np.ndarray, ...]
    _places: Mapping[int, tuple[int, int]]

    def differ(self, one: M, other: M) -> bool:
        """Whether the family allows to call two numbers of one set different."""
        (which, i), (same, j) = (self._places[id(number)] for number in (one, other))
        if which != same:
            raise ValueError("two numbers of different sets are not held against one another")
        return bool(self._apart[which][i, j])

    def extreme(self, members: Sequence[M], sign: int, most: int = 2) -> list[M]:
        """Those that lie apart from all the others at one end, the outermost first.

        Args:
            members: one of the sets.
            sign: 1 for the highest, −1 for the lowest.
            most: how many may share the end; each of them is apart from all that do not.
        """
        ordered = sorted(members, key=lambda m: -sign * m.inside[0])
        for size in range(1, min(most, len(ordered) - 1) + 1):
            end, rest = ordered[:size], ordered[size:]
            if all(self.differ(one, other) for one in end for other in rest):
                return end
        return []


def family(sets: Sequence[Sequence[M]]) -> Family[M]:
    """All pairs within each set, Holm's method over all sets together.

    Without intervals (printed tables, registers) nothing is known of chance: numbers that are
    printed differently count as different, and whoever writes says that they are as published.
    """
    known = tuple(tuple(members) for members in sets)
    places = {
        id(m): (which, i) for which, members in enumerate(known) for i, m in enumerate(members)
    }
    values = [np.array([m.inside for m in members]).reshape(-1, 3) for members in known]
    sampled = any((~np.isnan(array)).all(axis=1).any() for array in values)
    if not sampled:
        texts = [np.array([m.printed for m in members]) for members in known]
        apart = tuple(t[:, None] != t[None, :] for t in texts)
        return Family(known, False, apart, places)
    scores = [_scores(array) for array in values]
    pairs = [z[np.triu_indices(len(z), 1)] for z in scores]
    least = critical(np.concatenate([np.empty(0), *pairs]))
    return Family(known, True, tuple(z > least for z in scores), places)


def critical(scores: np.ndarray) -> float:
    """The size above which standard scores of a family are significant, by Holm's method.

    Args:
        scores: the absolute standard score of each comparison, (m,).
    """
    ordered = np.sort(scores)[::-1]
    held = np.flatnonzero(ordered <= _thresholds(len(ordered)))
    if not len(ordered) or not len(held):
        return float(ordered[-1]) * (1 - 1e-12) if len(ordered) else np.inf
    first = int(held[0])  # the first that does not pass ends the descent
    return float(ordered[first])


@cache
def _thresholds(m: int) -> np.ndarray:
    """What the largest, second largest … of m scores must exceed: two-sided 5 % / m, / (m − 1)."""
    normal = NormalDist()
    return np.array([normal.inv_cdf(1 - LEVEL / 2 / (m - i)) for i in range(m)])


def _scores(array: np.ndarray) -> np.ndarray:
    """(k, k) absolute differences in standard errors; the halves that face one another count."""
    value, low, high = array.T
    down, up = value - low, high - value
    gap = value[:, None] - value[None, :]
    half = np.where(
        gap > 0, np.hypot(down[:, None], up[None, :]), np.hypot(up[:, None], down[None, :])
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num(_HALF * np.abs(gap) / half, posinf=np.inf)


def apart(one: Measured, other: Measured) -> bool:
    """Whether two numbers that were not chosen (the first and the last year) differ at 5 %."""
    return family([[one, other]]).differ(one, other)
