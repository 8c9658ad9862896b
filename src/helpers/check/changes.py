"""Numbers against those before them: jumps in a series, and last year's edition."""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

from helpers.check.messages import JUMP, REVISED
from helpers.check.relations import SUMS
from helpers.edition import Edition
from helpers.problems import Problem
from helpers.reading.statistics import Number

TIMES = 1.5  # a yearly count that grows by more, and
USUAL = 4.0  # by so many times its usual change, is looked at
CERTAIN = 5.0  # more than this is looked at however restless the series is
PRINTED_TIMES = 3.0  # few years are printed: only slips of a digit stand out
_SHOWN = 12


def jumps(numbers: list[Number]) -> Iterator[Problem]:
    """Years in which a count changes far more than it does otherwise."""
    series: dict[tuple[str, str, str], list[Number]] = defaultdict(list)
    for one in numbers:
        if one.value.number > 0 and one.item not in SUMS:  # a difference may do anything
            series[one.table, one.group, one.item].append(one)
    for (_, _, item), ones in series.items():
        ordered = sorted(ones, key=lambda one: one.year)
        points = [(one.year, one.value.number, one.value.text, one.where) for one in ordered]
        usual = _usual(points)
        # After a slip comes the jump back: one message for the two.
        yield from _large(item, points, min(max(TIMES, math.exp(USUAL * usual)), CERTAIN))


def printed_jumps(rows: list[dict[str, object]]) -> Iterator[Problem]:
    """Printed numbers of several years that differ by a digit; targets are no observation."""
    series: dict[tuple[object, ...], dict[int, dict[str, object]]] = defaultdict(dict)
    for row in rows:
        kind = row["category"] if row["indicator"] != "kpi" else "kpi"
        names = ("table", "indicator", "breakdown", "group", "definition")
        if row["category"] != "target" and float(str(row["value"])) > 0:
            series[(*(row[name] for name in names), kind)][int(str(row["fiscal_year"]))] = row
    for (_, indicator, _, group, *_), years in series.items():
        points = [
            (year, float(str(row["value"])), str(row["printed"]), str(row["where"]))
            for year, row in sorted(years.items())
        ]
        yield from _large(f"{indicator}.{group}", points, PRINTED_TIMES)


def revisions(
    edition: Edition, earlier: Edition, now: list[Number], before: list[Number]
) -> Iterator[Problem]:
    """Numbers of the same year and definition that the earlier edition had otherwise."""
    old = {(one.table, one.year, one.group, one.item): one for one in before}
    shown = 0
    for one in now:
        last = old.get((one.table, one.year, one.group, one.item))
        same = edition.tables[one.table].definition
        if last is None or earlier.tables[one.table].definition != same or not last.value.text:
            continue
        changed = last.value.text != one.value.text and last.value.number != one.value.number
        if changed and shown < _SHOWN:
            shown += 1
            words = {"after": one.value.text, "before": last.value.text, "group": one.group}
            year = {"year": one.year, "edition": earlier.fiscal_year}
            yield REVISED.at(one.where, item=one.item, **words, **year)


Point = tuple[int, float, str, str]


def _usual(points: list[Point]) -> float:
    """The size of a usual year's change, as a logarithm; a slip makes two steps unusual."""
    steps = sorted(abs(math.log(b[1] / a[1])) for a, b in itertools.pairwise(points))
    return steps[(len(steps) - 1) // 2] if steps else 0.0


def _large(item: str, points: Iterable[Point], times: float) -> Iterator[Problem]:
    ordered = list(points)
    back = None
    for before, after in itertools.pairwise(ordered):
        factor = after[1] / before[1]
        if max(factor, 1 / factor) > times and not (back and (factor > 1) == back):
            words = {"before": before[2], "after": after[2], "factor": f"{factor:.2g}"}
            yield JUMP.at(after[3], item=item, year=after[0], **words)
            back = factor < 1  # the direction in which it would jump back
        else:
            back = None
