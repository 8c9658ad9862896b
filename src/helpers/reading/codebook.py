"""The codebook: which raw column is which question, and what each code means.

``codebook.yml`` stands beside the survey files. One map carries several years: a column is
found by any of its headings, and ``from_year`` overrides what changed in a year. A column that
the codebook does not name is not read, free text and identifiers least of all.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from helpers import recorder
from helpers.configuration import Description, read_configuration
from helpers.edition import Edition, Identifier, RawFile, refuse_links_out
from helpers.labels import LABELS, label
from helpers.problems import InputError, Problems, Unfit, near
from helpers.reading.answers import plain
from helpers.reading.coded import Entry, Group, Question, Texts
from helpers.reading.messages.survey import NO_CODEBOOK, UNKNOWN_IN_CODEBOOK, UNKNOWN_NAME


class SurveySource(Entry):
    """One survey: its file, and how its people came into it."""

    file: RawFile
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

    file: RawFile
    sheet: str | None = None
    skip_rows: int = Field(0, ge=0)
    date: str = Field(description="as of when")
    groups: dict[Identifier, str] = Field(description="group → heading")
    persons: str = Field(description="heading of the counts")


class Codebook(Description):
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

    def asked(self, names: Iterable[str]) -> list[str]:
        """Those of some questions that this city asks.

        Raises:
            InputError: a name that neither the codebook nor the house knows: a slip of the pen.
        """
        return _known(names, self.questions, "questions")

    def split_by(self, names: Iterable[str]) -> list[str]:
        """Those of some breakdowns that this city has.

        Raises:
            InputError: a name that neither the codebook nor the house knows.
        """
        return _known(names, self.groups, "groups")

    def scores(self) -> list[str]:
        """The questions answered from 0 to 10, in the codebook's order."""
        return [name for name, q in self.questions.items() if q.scale == "zero_to_ten"]


def _known(names: Iterable[str], there: Iterable[str], kind: str) -> list[str]:
    known = list(there)
    asked = list(names)
    strange = [name for name in asked if name not in known and name not in LABELS]
    if strange:
        where = f"codebook.yml {kind}"
        raise InputError(
            UNKNOWN_IN_CODEBOOK.at(where, name=name, near=near(name, known)) for name in strange
        )
    return [name for name in asked if name in known]


def open_codebook(edition: Edition) -> Codebook:
    """Read and check ``codebook.yml`` of an edition, as it holds in its fiscal year.

    Raises:
        InputError: no such file, or a key that is missing, unknown or wrong.
    """
    path = edition.places.raw / "codebook.yml"
    recorder.asked(path)
    if not recorder.exists(path):
        raise InputError(NO_CODEBOOK.at(str(path)))
    return read_codebook(path)


def read_codebook(path: Path) -> Codebook:
    """Read and check a codebook, as it holds in the year of its folder.

    Raises:
        InputError: a key that is missing, unknown or wrong.
    """
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
    now = codebook.at(int(path.parent.name))
    files = [source.file for source in now.sources.values()]
    refuse_links_out(path.parent, [*files, *([now.residents.file] if now.residents else [])])
    return now.asked_from(path)


def misnamed_rest(edition: Edition, codebook: Codebook, name: str) -> list[str]:
    """What the rest of a question's answers holds, if it is shown under the words of one alone.

    Who takes an answer out of ``positive`` moves it into the rest: 「わからない」 would hold 65 %.
    The words are those of the label ``<question>.neutral``. Nothing where they are true.
    """
    question, key = codebook.questions[name], f"{name}.neutral"
    shown = edition.labels[key].ja if key in edition.labels else LABELS.get(key, ("",))[0]
    told = {*question.positive, *question.negative}
    rest = [answer for answer in question.answers if told and answer not in told]
    named = [a for a, words in question.answers.items() if plain(words) == plain(shown)]
    return [question.answers[answer] for answer in rest] if named and rest != named else []


@dataclass(frozen=True)
class ShownLabels(Mapping[str, str]):
    """The edition's own words for identifiers, but for those that its codebook makes untrue.

    Looked up one by one, so that a figure depends on its own alone.
    """

    edition: Edition
    lang: str

    def __getitem__(self, identifier: str) -> str:
        own = self.edition.own_labels(self.lang)
        return label("neutral", self.lang, own) if self._untrue(identifier) else own[identifier]

    def __contains__(self, identifier: object) -> bool:
        return identifier in self.edition.own_labels(self.lang) or self._untrue(str(identifier))

    def __iter__(self) -> Iterator[str]:
        return iter(self.edition.own_labels(self.lang))

    def __len__(self) -> int:
        return len(self.edition.own_labels(self.lang))

    def _untrue(self, identifier: str) -> bool:
        name, _, category = identifier.rpartition(".")
        if category != "neutral" or self._codebook is None or name not in self._codebook.questions:
            return False
        return bool(misnamed_rest(self.edition, self._codebook, name))

    @cached_property
    def _codebook(self) -> Codebook | None:
        try:
            return open_codebook(self.edition)
        except InputError:  # no survey, or a codebook that its reader refuses
            return None
