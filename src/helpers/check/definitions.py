"""Definitions mixed in one series: a line drawn through two ways of counting shows a false step.

Two definitions of the same years are two series, and stay apart. Where one takes over from the
other they are about to be drawn as one: that is said, with the line that tells them apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from helpers.check.messages import DEFINITION_CHANGED, MIXED_DEFINITIONS, SCALE_CHANGED
from helpers.edition import Edition
from helpers.problems import InputError, Problem
from helpers.reading.codebook import Codebook, Question, open_codebook
from helpers.reading.statistics import Number

STATED = "text"  # the definition of a number that a document's prose states: no series of its own


class Point(NamedTuple):
    """A number of a series: its year, by which definition, and where it stands."""

    series: str
    year: int
    definition: str
    where: str


def mixed_definitions(points: Iterable[Point]) -> Iterator[Problem]:
    """Series in which one definition ends and another takes over, never both in one year."""
    series: dict[str, dict[str, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for point in points:
        if point.definition != STATED:
            series[point.series][point.definition].setdefault(point.year, point.where)
    for name, definitions in series.items():
        ordered = sorted(definitions.items(), key=lambda item: min(item[1]))
        for (before, first), (after, second) in pairwise(ordered):
            if not first.keys() & second.keys():
                words = {"series": name, "before": before or "－", "after": after or "－"}
                years = {"last": max(first), "year": min(second)}
                yield MIXED_DEFINITIONS.at(second[min(second)], **words, **years)


def of_statistics(edition: Edition, numbers: Iterable[Number]) -> Iterator[Point]:
    """The numbers of all statistics tables, by item and group."""
    for one in numbers:
        if one.value.text and one.year:
            name = one.item if one.group == "total" else f"{one.item}.{one.group}"
            yield Point(name, one.year, edition.tables[one.table].definition, one.where)


def of_printed(rows: Iterable[dict[str, object]]) -> Iterator[Point]:
    """The numbers of the printed tables, by their key."""
    for row in rows:
        key = [str(row[name]) for name in ("indicator", "breakdown", "group", "category")]
        year = int(str(row["fiscal_year"]))
        yield Point(".".join(key), year, str(row["definition"]), str(row["where"]))


def changed_tables(edition: Edition, earlier: Edition) -> Iterator[Problem]:
    """Tables that go on under their name, but count something else than last year."""
    path = edition.places.raw / "edition.yml"
    for name, table in edition.tables.items():
        before = earlier.tables.get(name)
        if before and before.definition != table.definition:
            words = {"before": before.definition or "－", "after": table.definition or "－"}
            where = f"{path} tables.{name}.definition"
            yield DEFINITION_CHANGED.at(where, table=name, year=earlier.fiscal_year, **words)


def changed_questions(edition: Edition, codebook: Codebook, earlier: Edition) -> Iterator[Problem]:
    """Questions whose scale, or what counts as a good answer, is not last year's."""
    try:
        before = open_codebook(earlier)
    except InputError:  # it has no survey, or is itself at fault: nothing to compare with
        return
    path = edition.places.raw / "codebook.yml"
    for name, question in codebook.questions.items():
        old = before.questions.get(name)
        if old and _scale(old) != _scale(question):
            words = {"name": name, "year": earlier.fiscal_year}
            yield SCALE_CHANGED.at(f"{path} questions.{name}", **words)


def _scale(question: Question) -> tuple[object, ...]:
    good, bad = sorted(question.positive), sorted(question.negative)
    return question.scale, question.valid, good, bad, question.points
