"""What a raw column holds: a group of people or a question, and what each code means."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from helpers.configuration import Part
from helpers.edition import Identifier
from helpers.problems import Unfit

Missing = Literal["no_answer", "dont_know", "not_applicable"]
MISSING: dict[str, str] = {
    "no_answer": "無回答",
    "dont_know": "わからない",
    "not_applicable": "非該当",
    "not_asked": "この調査では尋ねていない",
}


Texts = Annotated[list[str], BeforeValidator(lambda v: v if isinstance(v, list) else [v])]
"""One text or a list of them: headings, or raw codes."""


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


class Coded(Entry):
    """A raw column with codes: a group or a question."""

    columns: Texts = Field([], description="the headings it has had over the years and sources")
    sources: list[Identifier] = Field([], description="who was asked; empty: all sources")
    no_answer: Texts = ["99", "無回答"]
    dont_know: Texts = []
    not_applicable: Texts = []
    blank: Missing = Field("no_answer", description="what an empty cell means")


class Group(Coded):
    """People by age, sex, years of residence, district."""

    classes: dict[str, Texts] = Field(description="printed class → raw texts that belong to it")
    weighting: dict[str, list[str]] = Field(
        {}, description="class of the register margin → printed classes; others are unknown"
    )

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
    """A question: its scale, its answers, and which of them are good news."""

    text: str = Field("", description="the question as asked")
    scale: Literal["five_point", "zero_to_ten", "single", "multiple"]
    items: dict[Identifier, Texts] = Field({}, description="item → headings, for a table question")
    answers: dict[int, str] = Field({}, description="answer → its words on the form")
    codes: dict[str, int] = Field({}, description="raw code → answer, where they differ")
    reverse: bool = Field(False, description="the highest code is the lowest answer")
    zero_offered: bool = Field(False, description="checked on the form: 0 could be chosen")
    positive: list[int] = []
    negative: list[int] = []
    points: dict[int, float] = Field({}, description="answer → points of a mean score")

    @model_validator(mode="after")
    def _fits_its_scale(self) -> Self:
        if bool(self.columns) == bool(self.items):
            raise Unfit(
                "columns（1つの列）か items（項目ごとの列）のどちらか一方を書きます",
                "either columns (one column) or items (a column each)",
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

    @property
    def valid(self) -> list[int]:
        """Every answer that can be given."""
        ranges = {"zero_to_ten": list(range(11)), "multiple": [0, 1]}
        return ranges.get(self.scale) or sorted(self.answers)
