"""The codebook: which raw column is which question, and what each code means.

``codebook.yml`` stands beside the survey files. One map carries several years: a column is
found by any of its headings, and ``from_year`` overrides what changed in a year. A column that
the codebook does not name is not read, free text and identifiers least of all.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from helpers import recorder
from helpers.configuration import Description, Part, read_configuration
from helpers.edition import Edition, Identifier, RawFile, refuse_links_out
from helpers.labels import LABELS, label
from helpers.problems import InputError, Problem, Problems, Unfit, near
from helpers.reading.cell import plain
from helpers.reading.messages.survey import (
    NO_CODEBOOK,
    RESERVED_NAME,
    TWO_SAMPLES,
    UNKNOWN_IN_CODEBOOK,
    UNKNOWN_NAME,
)

RESERVED = ("person", "source", "weight", "cluster")
"""Columns of the responses that are no question and no group."""

Missing = Literal["no_answer", "dont_know", "not_applicable"]
MISSING: dict[str, str] = {
    "no_answer": "無回答",
    "dont_know": "わからない",
    "not_applicable": "非該当",
    "not_asked": "この調査では尋ねていない",
}


Texts = Annotated[list[str], BeforeValidator(lambda v: v if isinstance(v, list) else [v])]
"""One text or a list of them: headings, or raw codes."""
ItemName = Annotated[
    str,
    StringConstraints(
        pattern=r"^(?:[a-z][a-z0-9_]*|[^\s!-/:-@\[-^`{-~]*[^\x00-\x7f][^\s!-/:-@\[-^`{-~]*)$"
    ),
]
"""An id in English letters, or the item's own name without spaces and signs: its words, too."""
_SPAN = re.compile(r"(\d{1,3})\s*[~〜～]\s*(\d{1,3})")
_LONGEST = 200


def _with_spans(value: object) -> object:
    """``18~29`` among raw texts stands for the numbers from 18 to 29, too: ages in years."""
    if isinstance(value, list):
        return [one for text in value for one in _span(str(text))]
    return _span(value) if isinstance(value, str) else value


def _span(text: str) -> list[str]:
    match = _SPAN.fullmatch(text.strip())
    first, last = (int(match[1]), int(match[2])) if match else (1, 0)
    return [text, *(str(n) for n in range(first, min(last, first + _LONGEST) + 1))]


Spans = Annotated[list[str], BeforeValidator(_with_spans)]


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


def _twice(texts: Iterable[str]) -> str | None:
    """The first text that is there twice, in its plain form."""
    seen: set[str] = set()
    for text in map(plain, texts):
        if text in seen:
            return text
        seen.add(text)
    return None


class Entry(Part):
    """What sources, groups and questions have in common: they may change from a year on."""

    from_year: dict[int, dict[str, Any]] = Field(
        {}, description="fiscal year → the keys that are different from then on"
    )

    def at(self, year: int) -> Self:
        """The entry as it holds in a fiscal year."""
        kept = {name: getattr(self, name) for name in self.model_fields_set - {"from_year"}}
        for _, changes in sorted((y, c) for y, c in self.from_year.items() if y <= year):
            kept |= changes
        return type(self).model_validate(kept)

    @model_validator(mode="after")
    def _changes_are_valid(self) -> Self:
        for year in self.from_year:
            self.at(year)
        return self


def _named_items(content: dict[str, Any]) -> bool:
    """Whether a question has columns of its own for its items."""
    items = content.get("items")
    return isinstance(items, dict) and any(items.values())


class Coded(Entry):
    """A raw column with codes: a group or a question."""

    columns: Texts = Field([], description="the headings it has had over the years and sources")
    sources: list[Identifier] = Field([], description="who was asked; empty: all sources")
    no_answer: Texts = ["99", "無回答"]
    dont_know: Texts = []
    not_applicable: Texts = []
    blank: Missing = Field("no_answer", description="what an empty cell means")

    @property
    def reasons(self) -> dict[str, str]:
        """What stands for no answer in the file → the key that says why."""
        return {
            plain(text): name
            for name in ("no_answer", "dont_know", "not_applicable")
            for text in getattr(self, name)
        }

    @model_validator(mode="after")
    def _one_reason_each(self) -> Self:
        lists = (self.no_answer, self.dont_know, self.not_applicable)
        twice = _twice(text for texts in lists for text in dict.fromkeys(map(plain, texts)))
        if twice is not None:
            raise Unfit(
                f"「{twice}」が no_answer、dont_know、not_applicable の2か所にあります",
                f"“{twice}” is given two of no_answer, dont_know, not_applicable",
            )
        return self

    @property
    def _defaulted(self) -> bool:
        return "no_answer" not in self.model_fields_set


class Group(Coded):
    """People by age, sex, years of residence, district."""

    classes: dict[str, Spans] = Field(
        description="printed class → raw texts that belong to it; ``18~29``: those numbers"
    )
    weighting: dict[str, list[str]] = Field(
        {}, description="class of the register margin → printed classes; others are unknown"
    )

    @property
    def margins(self) -> dict[str, str]:
        """Printed class → class of the register's margin; without ``weighting`` its own."""
        if not self.weighting:
            return {name: name for name in self.classes}
        return {name: margin for margin, names in self.weighting.items() for name in names}

    @model_validator(mode="after")
    def _a_code_is_in_one_class(self) -> Self:
        twice = _twice(
            text
            for name, raw in self.classes.items()
            for text in {plain(text): None for text in [name, *raw]}
        )
        if twice is not None:
            held = [n for n, raw in self.classes.items() if twice in map(plain, [n, *raw])]
            shown = "、".join(held)
            raise Unfit(
                f"「{twice}」が classes の {shown} の両方にあります（1つの番号は1つの区分だけ）",
                f"“{twice}” is in several classes: “{shown}” (a code belongs to one)",
            )
        # What stands for no answer by default may be put into a class: 99 under その他・無回答.
        said = {} if self._defaulted else self.reasons
        both = [plain(t) for n, raw in self.classes.items() for t in [n, *raw] if plain(t) in said]
        if both:
            raise Unfit(
                f"「{both[0]}」が classes にも {said[both[0]]} にもあります",
                f"“{both[0]}” is in classes and in {said[both[0]]}",
            )
        return self

    merging: dict[str, list[str]] = Field(
        {},
        description="name of a printed group → neighbouring classes that it stands for where one "
        "of them is too small to be printed; without it the classes of ``weighting``",
    )

    @model_validator(mode="after")
    def _merged_are_neighbours(self) -> Self:
        order = list(self.classes)
        for name, run in self.merging.items():
            start = order.index(run[0]) if run and run[0] in order else 0
            if len(run) < 2 or order[start : start + len(run)] != run or name in order:
                raise Unfit(
                    f"merging の {name} は、classes で隣り合う2つ以上の区分の、新しい名前にします",
                    f"“{name}” of merging must be a new name for two or more neighbouring classes",
                )
        return self

    @model_validator(mode="after")
    def _classes_are_known(self) -> Self:
        known = set(self.classes)
        strange = [c for merged in self.weighting.values() for c in merged if c not in known]
        if strange:
            names = ", ".join(strange)
            raise Unfit(
                f"weighting の {names} が classes にありません",
                f"“{names}” of weighting is not in classes",
            )
        return self


class Question(Coded):
    """A question: its scale, its answers, and which of them are good news.

    Several answers stand in a file in one of three ways: a column an option (``items``), all of
    them in one cell, or each in the next of several columns (``together`` and ``options``).
    """

    text: str = Field("", description="the question as asked")
    scale: Literal["five_point", "zero_to_ten", "single", "multiple"]
    items: dict[ItemName, Texts] = Field({}, description="item → headings, for a table question")
    together: Annotated[list[Texts], BeforeValidator(_as_list)] = Field(
        [],
        description="several answers: the one column that holds all of them (1,3,5), or the "
        "columns of the first, the second, the third",
    )
    options: dict[ItemName, Texts] = Field(
        {},
        description="several answers: option → what the file writes for it (its number, its "
        "words; * for everything else)",
    )
    most: int | None = Field(None, ge=1, description="how many options could be chosen")
    asked_if: dict[Identifier, Texts] = Field(
        {}, description="a filter: only who gave one of these answers was asked"
    )
    answers: dict[int, str] = Field({}, description="answer → its words on the form")
    codes: dict[str, int] = Field({}, description="raw code → answer, where they differ")
    reverse: bool = Field(False, description="the highest code is the lowest answer")
    zero_offered: bool = Field(False, description="checked on the form: 0 could be chosen")
    positive: list[int] = []
    negative: list[int] = []
    points: dict[int, float] = Field({}, description="answer → points of a mean score")

    @model_validator(mode="before")
    @classmethod
    def _options_are_items(cls, content: Any) -> Any:
        """Answers that stand together are read into a variable an option, without a column."""
        if isinstance(content, dict) and content.get("together") and not _named_items(content):
            options = content.get("options")
            return content | {"items": {key: [] for key in options or ()}}
        return content

    @model_validator(mode="after")
    def _fits_its_scale(self) -> Self:
        if bool(self.columns) == bool(self.items) or (self.together and not self.options):
            raise Unfit(
                "columns（1つの列）か items（項目ごとの列）のどちらか一方を書きます"
                "（複数回答を1つのセルに書いた列なら together と options）",
                "either columns (one column) or items (a column each); for several answers in one "
                "cell together and options",
            )
        if (self.options or self.most) and self.scale != "multiple":
            raise Unfit(
                "together、options、most は複数回答（scale: multiple）だけに使えます",
                "together, options and most are for several answers only (scale: multiple)",
            )
        if lost := [option for option in self.options if option not in self.items]:
            raise Unfit(
                f"options の {lost[0]} が items にありません",
                f"{lost[0]} of options is not among items",
            )
        twice = _twice(t for texts in self.options.values() for t in dict.fromkeys(texts))
        if twice is not None:
            raise Unfit(
                f"「{twice}」が options の2か所にあります（1つの番号は1つの選択肢だけ）",
                f"“{twice}” is in two of options (a code belongs to one)",
            )
        if self.scale == "zero_to_ten" and self.answers and set(self.answers) != set(range(11)):
            raise Unfit(
                "zero_to_ten は 0〜10点 の設問だけに使えます（1〜10点の設問は修正NPSにできません）",
                "zero_to_ten is for 0 to 10 only: a scale of 1 to 10 has no modified NPS",
            )
        if self.scale in ("five_point", "single") and not self.answers:
            raise Unfit(
                "answers（回答の番号と言葉）が要ります", "answers (number and words) are needed"
            )
        if self.scale == "five_point" and set(self.answers) != {1, 2, 3, 4, 5}:
            raise Unfit("five_point の answers は 1〜5 の5つです", "five_point has answers 1 to 5")
        named = [*self.positive, *self.negative, *self.points, *self.codes.values()]
        strange = sorted({answer for answer in named if answer not in self.valid})
        if strange:
            shown = ", ".join(map(str, strange))
            raise Unfit(f"回答 {shown} が answers にありません", f"{shown} not among the answers")
        return self

    @model_validator(mode="after")
    def _no_answer_is_no_answer(self) -> Self:
        """What the file writes for an answer cannot also stand for none."""
        mapped = set(self.codes.values())
        numbers = [str(answer) for answer in self.valid if answer not in mapped]
        written = {plain(text) for text in [*numbers, *self.codes, *self.answers.values()]}
        both = [text for text in self.reasons if text in written]
        if both:
            reason = self.reasons[both[0]]
            raise Unfit(
                f"「{both[0]}」が回答（answers、codes）にも {reason} にもあります。"
                f"回答の番号なら、no_answer: [] のように {reason} から外してください",
                f"“{both[0]}” is an answer (answers, codes) and stands in {reason}: if it is an "
                f"answer, take it out of {reason}, as in no_answer: []",
            )
        return self

    @property
    def written(self) -> dict[str, str]:
        """What a file writes for the options of several answers, in its plain form → option."""
        return {plain(text): name for name, texts in self.options.items() for text in texts}

    def of(self, item: str) -> "Question":
        """The question as it is asked of one item: an option's own number says it was chosen."""
        own = {} if self.together else dict.fromkeys(map(plain, self.options.get(item, ())), 1)
        return self.model_copy(update={"codes": {**self.codes, **own}}) if own else self

    @property
    def valid(self) -> list[int]:
        """Every answer that can be given."""
        ranges = {"zero_to_ten": list(range(11)), "multiple": [0, 1]}
        return ranges.get(self.scale) or sorted(self.answers)


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
    cluster: Texts | None = Field(
        None, description="heading of the place that was drawn first, and people in it second"
    )
    weight: Texts | None = Field(None, description="heading of the weight that the vendor gives")
    drawn_with: Identifier | None = Field(
        None, description="the survey of the same draw: answers by web beside those by post"
    )

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
                yield f"{name}.{item}", headings, question.of(item)

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

    @property
    def sample(self) -> list[str]:
        """The sources that make up the random sample: one, and those drawn with it; or none."""
        return [name for name, one in self.sources.items() if one.sample == "random"]

    @property
    def strata(self) -> str | None:
        """The group by which the random sample was drawn."""
        return next((one.strata for n, one in self.sources.items() if n in self.sample), None)

    def choices(self) -> list[str]:
        """The questions of which one answer was chosen, in the codebook's order."""
        return [
            n
            for n, q in self.questions.items()
            if q.scale in ("five_point", "single") and q.columns
        ]

    def several(self) -> list[str]:
        """The questions of which several answers could be chosen."""
        return [name for name, q in self.questions.items() if q.scale == "multiple"]

    def batteries(self) -> list[str]:
        """The questions asked of many items, with points for each answer."""
        return [name for name, q in self.questions.items() if q.items and q.points]

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
        if name in RESERVED:
            problems.note(RESERVED_NAME.at(f"{path} {name}", name=name))
        problems.extend(_filters(codebook, path, name, coded))
    for name, survey in codebook.sources.items():
        others = [n for n, one in codebook.sources.items() if n != name and not one.drawn_with]
        if survey.drawn_with and survey.drawn_with not in others:
            words = {"name": survey.drawn_with, "place": "sources"}
            problems.note(UNKNOWN_NAME.at(f"{path} sources.{name}.drawn_with", **words))
        if survey.strata and survey.strata not in codebook.groups:
            words = {"name": survey.strata, "place": "groups"}
            problems.note(UNKNOWN_NAME.at(f"{path} {name}", **words))
    problems.stop_if_any()
    now = codebook.at(int(path.parent.name))
    draws = [name for name in now.sample if not now.sources[name].drawn_with]
    if len(draws) > 1:  # nobody can say what both together stand for
        words = {"count": str(len(draws)), "names": "、".join(draws)}
        raise InputError(TWO_SAMPLES.at(f"{path} sources", **words))
    files = [source.file for source in now.sources.values()]
    refuse_links_out(path.parent, [*files, *([now.residents.file] if now.residents else [])])
    return now.asked_from(path)


def _filters(codebook: Codebook, path: Path, name: str, coded: Coded) -> Iterator[Problem]:
    """A filter names a question or a group that is there, and answers that it has."""
    for asked, texts in coded.asked_if.items() if isinstance(coded, Question) else ():
        where = f"{path} questions.{name.partition('.')[0]}.asked_if"
        before = codebook.questions.get(asked) or codebook.groups.get(asked)
        if before is None or (isinstance(before, Question) and before.items):
            yield UNKNOWN_NAME.at(where, name=asked, place="questions、groups")
            continue
        known = {*before.classes} if isinstance(before, Group) else {*map(str, before.valid)}
        strange = [text for text in texts if text not in known]
        if strange:
            yield UNKNOWN_NAME.at(where, name=strange[0], place=f"{asked} (answers, classes)")


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
