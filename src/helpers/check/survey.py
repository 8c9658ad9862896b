"""The survey's files looked at one by one, whatever is wrong with the others."""

from collections.abc import Iterator

from helpers.edition import Edition
from helpers.problems import InputError, Problem
from helpers.reading.codebook import Codebook
from helpers.reading.files import read_cells
from helpers.reading.register import read_register

# The steps of read_responses, which as a whole stops at the first file that cannot be opened,
# and checks the finished frame by its schema: half of the time that a check may take.
from helpers.reading.respondents import Findings, _persons, _read_source
from helpers.reading.sheets import open_sheet


def survey_problems(edition: Edition, codebook: Codebook) -> Iterator[Problem]:
    """Everything wrong in the files of the survey and the register, and what is odd in them."""
    findings = Findings()
    for name, source in codebook.sources.items():
        try:
            cells = read_cells(edition.places.raw / source.file, source.sheet)
        except InputError as error:
            yield from error.problems
            continue
        yield from cells.warnings
        sheet = open_sheet(name, source, cells)
        _read_source(sheet, codebook, findings)
        _persons(sheet, source, edition.city, findings.problems)
    yield from findings.problems
    if codebook.residents:
        try:
            read_register(edition, codebook)
        except InputError as error:
            yield from error.problems
