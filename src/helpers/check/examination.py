"""An edition's inputs examined: files, tables, printed numbers and survey, all problems at once."""

from dataclasses import dataclass
from pathlib import Path

from helpers.audit.claim import read_claims
from helpers.check.history import history_problems
from helpers.check.measures import measure_problems
from helpers.check.needs import needs
from helpers.check.numbers import (
    changed_tables,
    jumps,
    mixed_definitions,
    of_printed,
    of_statistics,
    printed_jumps,
    relations,
    reprinted,
    revisions,
    table_shares,
    told_twice,
)
from helpers.check.survey import survey_problems
from helpers.edition import Edition
from helpers.places import project_root
from helpers.problems import InputError, Problem, Problems, gathered
from helpers.reading.codebook import Codebook, open_codebook
from helpers.reading.heading import earlier_edition
from helpers.reading.printed import FILE as PRINTED_FILE
from helpers.reading.printed import printed_rows
from helpers.reading.statistics import statistics_numbers

PrintedRows = list[dict[str, object]]


@dataclass(frozen=True)
class Examination:
    """What was found in the inputs of one edition; one cause is one problem."""

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
        return Examination(f"{city} {fiscal_year}", error.problems, project_root())
    problems = Problems()
    earlier = earlier_edition(edition)
    numbers = statistics_numbers(edition, problems)
    problems.extend(relations(numbers))
    problems.extend(table_shares(edition, numbers))
    problems.extend(jumps(numbers))
    problems.extend(told_twice(edition, numbers))
    problems.extend(mixed_definitions(of_statistics(edition, numbers)))
    if earlier:
        problems.extend(changed_tables(edition, earlier))
        before = statistics_numbers(earlier, Problems())
        problems.extend(revisions(edition, earlier, numbers, before))
    rows = _printed(edition, earlier, problems)
    codebook = _survey(edition, earlier, problems)
    try:
        read_claims(edition)
    except InputError as error:
        problems.extend(error.problems)
    problems.extend(needs(edition, codebook, numbers, rows))
    problems.extend(history_problems(edition))
    unique = gathered(dict.fromkeys(problems))
    return Examination(edition.id, unique, edition.places.root)


def _printed(edition: Edition, earlier: Edition | None, problems: Problems) -> PrintedRows:
    """The printed tables, if the edition has any."""
    if (
        not (edition.printed_tables or edition.plan)
        and not (edition.places.raw / PRINTED_FILE).exists()
    ):
        return []
    rows = printed_rows(edition, problems)
    problems.extend(printed_jumps(rows))
    problems.extend(mixed_definitions(of_printed(rows)))
    problems.extend(measure_problems(edition, rows))
    if earlier and (earlier.places.raw / PRINTED_FILE).exists():
        problems.extend(reprinted(rows, printed_rows(earlier, Problems()), earlier))
    return rows


def _survey(edition: Edition, earlier: Edition | None, problems: Problems) -> Codebook | None:
    """The survey's files, if the edition has any."""
    asked = any("survey" in notebook for notebook in edition.notebooks)
    if not asked and not (edition.places.raw / "codebook.yml").exists():
        return None
    try:
        codebook = open_codebook(edition)
    except InputError as error:
        problems.extend(error.problems)
        return None
    problems.extend(survey_problems(edition, codebook, earlier))
    return codebook
