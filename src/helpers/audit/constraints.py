"""Numbers that hang together: intervals narrowed by sums and products, or shown to contradict.

Narrowing is exact (fractions) and looks at one relation at a time. Where several relations share
numbers it can miss a contradiction; ``feasible`` looks at all linear ones at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from helpers.intervals import Interval

_ROUNDS = 50


@dataclass(frozen=True)
class Sum:
    """``total = Σ coefficient × part``: sums, differences, products with a known factor."""

    total: str
    parts: Mapping[str, Fraction | int]


def narrowed(
    intervals: Mapping[str, Interval], relations: Sequence[Sum]
) -> dict[str, Interval] | None:
    """Each number's interval with what the others leave of it; None if they contradict.

    Args:
        intervals: what each number may be, as printed.
        relations: what must hold before rounding.
    """
    known = dict(intervals)
    for _ in range(_ROUNDS):
        before = dict(known)
        for relation in relations:
            terms = {**relation.parts, relation.total: -1}  # Σ terms = 0
            for name, coefficient in terms.items():
                rest = [
                    Interval.exactly(Fraction(c)) * known[other]
                    for other, c in terms.items()
                    if other != name
                ]
                implied = reduce(Interval.__add__, rest) * Interval.exactly(
                    Fraction(-1) / Fraction(coefficient)
                )
                both = known[name] & implied
                if both is None:
                    return None
                known[name] = both
        if known == before:
            break
    return known


def feasible(intervals: Mapping[str, Interval], relations: Sequence[Sum]) -> bool:
    """Whether unrounded numbers exist that print so and satisfy all relations at once.

    A linear programme: the largest distance that all open ends can keep; numbers exist where it
    is above zero (or where no end is open).
    """
    import numpy as np
    from scipy.optimize import linprog

    names = list(intervals)
    column = {name: index for index, name in enumerate(names)}
    size = len(names) + 1  # the last unknown is the distance
    equal = np.zeros((len(relations), size))
    for line, relation in enumerate(relations):
        equal[line, column[relation.total]] = -1
        for name, coefficient in relation.parts.items():
            equal[line, column[name]] += float(coefficient)
    ends, limits = [], []
    for name, interval in intervals.items():
        for sign, end, closed in (
            (1, interval.high, interval.high_closed),
            (-1, interval.low, interval.low_closed),
        ):
            row = np.zeros(size)
            row[column[name]], row[-1] = sign, 0 if closed else 1
            ends.append(row)
            limits.append(sign * float(end))
    goal = np.zeros(size)
    goal[-1] = -1
    bounds = [(None, None)] * len(names) + [(0, 1)]
    done = linprog(goal, np.array(ends), limits, equal, np.zeros(len(relations)), bounds)
    strict = any(not (i.low_closed and i.high_closed) for i in intervals.values())
    return bool(done.success and (not strict or done.x[-1] > 1e-9))
