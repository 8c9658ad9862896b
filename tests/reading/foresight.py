"""What check said of an edition, held against what a run meets when it reads the same files."""

from helpers.check.examination import Examination, examine
from helpers.edition import Edition
from helpers.indicators.wanted import items_wanted, scores_wanted, shares_wanted
from helpers.indicators.weighting import designs, sample_of
from helpers.problems import InputError
from helpers.reading.codebook import open_codebook
from helpers.reading.printed import read_printed_tables
from helpers.reading.register import read_register
from helpers.reading.respondents import read_responses
from helpers.reading.statistics import read_statistics
from helpers.survey.estimate import estimate


def _survey(edition: Edition) -> None:
    """Stage 1, and the weights of stage 2."""
    codebook = open_codebook(edition)
    people = sample_of(read_responses(edition, codebook).responses, codebook)
    register = read_register(edition, codebook) if codebook.residents else None
    wanted = shares_wanted(people, codebook, codebook.choices())
    wanted += items_wanted(people, codebook, codebook.several()) + scores_wanted(people)
    for design in designs(people, register, codebook).values():
        estimate({str(i): one.measure for i, one in enumerate(wanted)}, design)


def stops(city: str, year: int) -> list[str]:
    """What a run of an edition stops at; anything but sentences is raised."""
    try:
        edition = Edition.open(city, year)
    except InputError as error:
        return [str(problem) for problem in error.problems]
    raw = edition.places.raw
    steps = [read_statistics] if edition.tables else []
    steps += [read_printed_tables] if (raw / "printed_tables.csv").exists() else []
    steps += [_survey] if (raw / "codebook.yml").exists() else []
    found = []
    for step in steps:
        try:
            step(edition)
        except InputError as error:
            found += [str(problem) for problem in error.problems]
    return found


def foreseen(city: str = "mihon", year: int = 2025) -> Examination:
    """The examination of an edition, after which nothing stops a run that it has not named."""
    found = examine(city, year)
    stopped = stops(city, year)
    assert found.errors or not stopped, stopped
    return found
