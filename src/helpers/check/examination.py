"""An edition's inputs examined: files, tables, printed numbers and survey, all problems at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.check.changes import jumps, printed_jumps, revisions
from helpers.check.definitions import (
    changed_questions,
    changed_tables,
    mixed_definitions,
    of_printed,
    of_statistics,
)
from helpers.check.history import history_problems
from helpers.check.relations import relations
from helpers.check.shares import printed_shares, table_shares
from helpers.check.survey import survey_problems
from helpers.edition import Edition
from helpers.problems import InputError, Problem, Problems
from helpers.reading.codebook import open_codebook
from helpers.reading.earlier import earlier_edition
from helpers.reading.printed import FILE as PRINTED_FILE
from helpers.reading.printed import printed_rows
from helpers.reading.statistics import statistics_numbers


@dataclass(frozen=True)
class Examination:
    """What was found in the inputs of one edition."""

    edition: str
    problems: list[Problem]
    root: Path | None = None

    @property
    def errors(self) -> list[Problem]:
        """What keeps the edition from being run, or must be wrong."""
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """What may be right and should be looked at."""
        return [problem for problem in self.problems if problem.severity != "error"]


def examine(city: str, fiscal_year: str | int) -> Examination:
    """Everything wrong with the inputs of an edition; nothing is written, no kernel started."""
    try:
        edition = Edition.open(city, fiscal_year)
    except InputError as error:
        return Examination(f"{city} {fiscal_year}", error.problems)
    problems = Problems()
    numbers = statistics_numbers(edition, problems)
    problems.extend(relations(numbers))
    problems.extend(table_shares(edition, numbers))
    problems.extend(jumps(numbers))
    problems.extend(mixed_definitions(of_statistics(edition, numbers)))
    earlier = earlier_edition(edition)
    if earlier:
        problems.extend(changed_tables(edition, earlier))
        problems.extend(
            revisions(edition, earlier, numbers, statistics_numbers(earlier, Problems()))
        )
    if edition.printed_tables or (edition.places.raw / PRINTED_FILE).exists():
        rows = printed_rows(edition, problems)
        problems.extend(printed_shares(rows))
        problems.extend(printed_jumps(rows))
        problems.extend(mixed_definitions(of_printed(rows)))
    problems.extend(_survey(edition, earlier))
    problems.extend(history_problems(edition))
    unique = list(dict.fromkeys(problems))
    return Examination(edition.id, unique, edition.places.root)


def _survey(edition: Edition, earlier: Edition | None) -> Iterator[Problem]:
    """The survey's files, if the edition has any."""
    asked = any("survey" in notebook for notebook in edition.notebooks)
    if not asked and not (edition.places.raw / "codebook.yml").exists():
        return
    try:
        codebook = open_codebook(edition)
    except InputError as error:
        yield from error.problems
        return
    yield from survey_problems(edition, codebook)
    if earlier:
        yield from changed_questions(edition, codebook, earlier)
