"""How raw tables look: their shape is described in ``edition.yml``, not coded."""

import re
from collections.abc import Iterable
from pathlib import Path, PureWindowsPath
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from helpers import recorder
from helpers.configuration import Part
from helpers.problems import InputError, Message, Unfit
from helpers.years import parse_year


def read_year(value: object) -> int:
    """A fiscal year in either calendar.

    Raises:
        Unfit: it is none, in both languages.
    """
    try:
        return parse_year(str(value))
    except ValueError as error:
        why = str(error).rstrip("。")
        raise Unfit(why, f"“{value}” is no fiscal year (2025 or R7)") from None


Year = Annotated[int, BeforeValidator(read_year)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


def _listed(value: object) -> object:
    """One text or a list of them, or nothing."""
    if value is None:
        return []
    return value if isinstance(value, list) else [str(value)]


def _by_item(value: object) -> object:
    """One unit for all items (under ``""``), or a unit by item."""
    return value if isinstance(value, dict) else {"": value} if value else {}


Names = Annotated[list[str], BeforeValidator(_listed)]

LINK_OUT = Message(
    "{file} は、年度版のフォルダーの外を指すリンクです",
    remedy="ファイルそのものをフォルダーに置いてください",
    en="{file} is a link that leads out of the edition's folder. → put the file itself there",
)


def _inside(file: str) -> str:
    """The path of a raw file, seen from the edition's folder and never leading out of it.

    Raises:
        Unfit: it is absolute, goes up, or names a drive, on this or any other system.
    """
    path = PureWindowsPath(file)  # takes both slashes apart, and knows drives
    if path.anchor or ".." in path.parts or ":" in file or not path.name:
        raise Unfit(
            "年度版のフォルダーの中のファイル名を書きます（/ や C: で始まる名前、.. は使えません）",
            "the name of a file in the edition's folder is needed: no /, drive or “..”",
        )
    return file


RawFile = Annotated[str, AfterValidator(_inside)]


def refuse_links_out(folder: Path, files: Iterable[str]) -> None:
    """Links may stand for files of the same folder only: what is read is quoted in messages.

    Raises:
        InputError: every file that is a link out of the folder, or below one.
    """
    with recorder.by_parts():  # no question about what is in them
        home = folder.resolve()
        out = [name for name in dict.fromkeys(files) if home not in (home / name).resolve().parents]
    if out:
        raise InputError(LINK_OUT.at(str(folder / name), file=name) for name in out)


def _area(value: str) -> str:
    """own, prefecture, or a city code.

    Raises:
        Unfit: it is none of them.
    """
    if value and value not in ("own", "prefecture") and not re.fullmatch(r"\d{5,6}", value):
        raise Unfit(
            "own（この市）、prefecture（この市の都道府県）、団体コードのどれかを書きます",
            "own (the city), prefecture (its own), or a city code is needed",
        )
    return value


Area = Annotated[str, AfterValidator(_area)]


class Shape(Part):
    """The shape of a raw table: described here or in a recipe, not coded.

    A name may be a list: what the thing has been called over the years. ``転入者数#2`` is the
    second of several columns with the same heading, ``男女別 男`` a heading of two rows; any row
    of a heading names its column, too, and so does the number in ``A5103_転入者数【人】``.
    """

    sheet: Names = []
    skip_rows: int = Field(0, ge=0, description="title and note rows above the heading")
    header_rows: int = Field(1, ge=1, le=5)
    footer_rows: int = Field(0, ge=0, description="note and legend rows below the numbers")
    leave_out: Names = Field([], description="rows not to read, by their first text: 総数")
    lines: list[Identifier] = Field(
        [], description="what alternating rows hold: [count, percent] makes items ``x.count``…"
    )
    year: Names = Field([], description="column with the year, or the year of all rows")
    group: Names = Field([], description="column whose text names the row's group")
    code: Names = Field([], description="column with city codes; without group, own row only")
    area: Area = Field(
        "", description="whose rows to read: own, prefecture, or a code; not the groups beside"
    )
    columns: dict[str, Names]
    partial: bool = Field(False, description="columns that the file lacks are left out, and named")
    # Wide and long tables: what stands in rows, and what in the headings.
    item: Names = Field(
        [], description="column whose texts name what a row counts; ``columns`` holds those texts"
    )
    value: Names = Field([], description="with item: the column with the numbers")
    years_across: bool = Field(False, description="a year a column: the headings are the years")
    symbols: dict[Literal["zero", "unknown", "hidden"], Names] = Field(
        {}, description="what its symbols mean, where the file has no legend: zero: ['-']"
    )
    unit: Annotated[dict[str, str], BeforeValidator(_by_item)] = Field(
        {}, description="the unit to use, of all numbers or by item: 人, where the file says 千人"
    )
    marks: Names = Field([], description="signs beside numbers that change nothing: r, *")
    until: Year | None = Field(None, description="the last year, where it is a projection")
    shares: list[str] = Field([], description="items that together are 100 % of a row")
    base: str | None = Field(None, description="the item that counts whom the shares are of")
    definition: str = ""

    @model_validator(mode="after")
    def _numbers_stand_somewhere(self) -> Self:
        if bool(self.value) + self.years_across != bool(self.item) and not (
            self.years_across and not self.item and not self.value
        ):
            raise Unfit(
                "item には value（数値の列）か years_across: true（年度が見出し）が要ります",
                "item needs either value (the column of the numbers) or years_across: true",
            )
        return self

    @property
    def same_year(self) -> str | None:
        """The year that holds for all rows, unless a column says it."""
        return self.year[0] if len(self.year) == 1 and self.year[0].isdigit() else None

    @property
    def said(self) -> dict[str, list[str]]:
        """Every column that is described, by its line in ``edition.yml``."""
        places = {"year": [] if self.same_year else self.year, "group": self.group}
        places |= {"code": self.code, "item": self.item, "value": self.value}
        if not self.item and not self.years_across:
            places |= {f"columns.{k}": v for k, v in self.columns.items()}
        return {place: names for place, names in places.items() if names}


class Table(Shape):
    """One raw table: a file, and what shape it has."""

    file: RawFile
    source: Identifier
    recipe: str = Field("", description="the recipe that its shape is taken from")


class KeyPart(Part):
    """What a printed row or column label says about its numbers; labels of a cell are merged."""

    indicator: str | None = None
    breakdown: str | None = None
    group: str | None = None
    category: str | None = None
    fiscal_year: Year | None = None
    unit: str | None = None
    definition: str | None = None
    scale: tuple[float, float] | None = Field(None, description="the least and the most possible")


def _axis(value: object) -> object:
    """What rows or columns are, by name; or what each label means, label by label."""
    return [value] if isinstance(value, str) else value


Axis = Annotated[list[str] | dict[str, KeyPart], BeforeValidator(_axis)]
"""``[age, sex]``: groups of breakdowns, options of questions, items …; or label → meaning."""


class PrintedTable(KeyPart):
    """How to read a printed table.

    With ``file`` the table is read in the shape in which it is printed, its rows and columns
    being described by what they are. Without, it is typed off a number a row into
    ``printed_tables.csv``, and every label is described.
    """

    file: RawFile | None = None
    sheet: Names = []
    below: str = Field("", description="the title above the table, where a sheet has several")
    page: str = Field("", description="of the document")
    lines: list[Literal["count", "percent"]] = Field(
        [], description="what alternating rows hold, [count, percent], or columns"
    )
    value: str = Field("", description="heading of the numbers, where each has a row of its own")
    rows: Axis = {}
    columns: Axis = {}
    labels: dict[str, KeyPart] = Field({}, description="labels that mean something else")
    total: Names = Field([], description="what the whole is called, besides 全体, 総数, 合計")
    n: Names = Field([], description="what the number of people is called, besides n, 回答者数")
    leave_out: Names = Field([], description="labels of rows and columns not to read")
    symbols: dict[Literal["zero", "unknown", "hidden"], Names] = Field(
        {}, description="what its symbols mean: zero: ['-']"
    )
    decimals: int | None = Field(
        None, ge=0, le=6, description="as the document prints them, where the file has more"
    )
    weighted: bool = Field(False, description="shares that no count gives: weighted ones")
    shares: list[str] = Field([], description="categories that together are 100 % of a group")
    covers: bool | None = Field(None, description="whether everybody is in one of the groups")
    source: Identifier

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> Self:
        if not self.file and (self.lines or self.value or self.below or self.sheet):
            raise Unfit(
                "file（表のファイル名）が要ります", "file (the name of the table's file) is needed"
            )
        if self.file and not self.named:
            raise Unfit(
                "file を書いた表には、行と列が何か（rows: 区分、columns: 設問）が要ります",
                "a table with a file needs what its rows and columns are: rows: [breakdown], "
                "columns: question",
            )
        return self

    @property
    def named(self) -> list[str]:
        """What its rows and columns are, by name."""
        axes = (self.rows, self.columns)
        return [name for axis in axes if isinstance(axis, list) for name in axis]

    @property
    def described_rows(self) -> dict[str, KeyPart]:
        """Row label → its meaning, of a table that is typed off."""
        return self.rows if isinstance(self.rows, dict) else {}

    @property
    def described_columns(self) -> dict[str, KeyPart]:
        """Column label → its meaning, of a table that is typed off."""
        return self.columns if isinstance(self.columns, dict) else {}
