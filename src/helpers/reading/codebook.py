"""The codebook: which raw column is which question, and what each code means.

``codebook.yml`` stands beside the survey files. One map carries several years: a column is
found by any of its headings, and ``from_year`` overrides what changed in a year. A column that
the codebook does not name is not read, free text and identifiers least of all.
"""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from helpers import recorder
from helpers.configuration import Part, read_configuration
from helpers.edition import Edition, Identifier
from helpers.problems import InputError, Problems, Unfit
from helpers.reading.coded import Entry, Group, Question, Texts
from helpers.reading.messages.survey import NO_CODEBOOK, UNKNOWN_NAME


class SurveySource(Entry):
    """One survey: its file, and how its people came into it."""

    file: str
    sheet: str | None = None
    skip_rows: int = Field(0, ge=0, description="rows above the heading: titles, dates")
    header_rows: int = Field(1, ge=1, le=5)
    footer_rows: int = Field(0, ge=0, description="rows below the answers: notes, sums")
    sample: Literal["random", "panel", "open"]
    person: Texts | None = Field(None, description="heading of the number of the respondent")
    strata: Identifier | None = Field(None, description="the group by which the sample was drawn")

    @model_validator(mode="after")
    def _panel_has_persons(self) -> Self:
        if self.sample == "panel" and not self.person:
            raise Unfit(
                "パネル調査（panel）には、同じ人を結ぶ番号の列 person が要ります",
                "a panel needs the column of the number that joins its people: person",
            )
        return self


class Register(Entry):
    """The resident register that weights are made with: counts of people by class."""

    file: str
    sheet: str | None = None
    skip_rows: int = Field(0, ge=0)
    date: str = Field(description="as of when")
    groups: dict[Identifier, str] = Field(description="group → heading")
    persons: str = Field(description="heading of the counts")


class Codebook(Part):
    """All sources, groups and questions of a survey, over the years."""

    sources: dict[Identifier, SurveySource]
    groups: dict[Identifier, Group] = {}
    questions: dict[Identifier, Question]
    residents: Register | None = Field(None, description="the register, for weights")

    def at(self, year: int) -> "Codebook":
        """The codebook as it holds in a fiscal year."""
        return Codebook(
            sources={name: source.at(year) for name, source in self.sources.items()},
            groups={name: group.at(year) for name, group in self.groups.items()},
            questions={name: question.at(year) for name, question in self.questions.items()},
            residents=self.residents.at(year) if self.residents else None,
        )

    def variables(self) -> Iterator[tuple[str, list[str], Group | Question]]:
        """Every column of the responses: its name, its possible headings, its meaning."""
        for name, group in self.groups.items():
            yield name, group.columns, group
        for name, question in self.questions.items():
            if question.columns:
                yield name, question.columns, question
            for item, headings in question.items.items():
                yield f"{name}.{item}", headings, question

    def scores(self) -> list[str]:
        """The questions answered from 0 to 10, in the codebook's order."""
        return [name for name, q in self.questions.items() if q.scale == "zero_to_ten"]


def open_codebook(edition: Edition) -> Codebook:
    """Read and check ``codebook.yml`` of an edition, as it holds in its fiscal year.

    Raises:
        InputError: no such file, or a key that is missing, unknown or wrong.
    """
    path = edition.places.raw / "codebook.yml"
    if not recorder.exists(path):
        raise InputError(NO_CODEBOOK.at(str(path)))
    codebook = read_configuration(path, Codebook)
    problems = Problems()
    for name, _, coded in codebook.variables():
        for source in coded.sources:
            if source not in codebook.sources:
                problems.note(UNKNOWN_NAME.at(f"{path} {name}", name=source, place="sources"))
    for name, survey in codebook.sources.items():
        if survey.strata and survey.strata not in codebook.groups:
            words = {"name": survey.strata, "place": "groups"}
            problems.note(UNKNOWN_NAME.at(f"{path} {name}", **words))
    problems.stop_if_any()
    return codebook.at(edition.fiscal_year)
