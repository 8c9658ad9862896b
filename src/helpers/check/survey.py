"""The survey's files looked at one by one, whatever is wrong with the others."""

from collections.abc import Iterator

from helpers.edition import Edition
from helpers.problems import InputError, Problem
from helpers.reading.codebook import Codebook
from helpers.reading.register import register_counts
from helpers.reading.respondents import Findings, read_source


def survey_problems(edition: Edition, codebook: Codebook) -> Iterator[Problem]:
    """Everything wrong in the files of the survey and the register, and what is odd in them."""
    findings = Findings()
    for name in codebook.sources:
        try:
            read_source(edition, codebook, name, findings)
        except InputError as error:
            yield from error.problems
    yield from findings.problems
    if codebook.residents:
        try:
            register_counts(edition, codebook)
        except InputError as error:
            yield from error.problems
