"""How raw tables look: their shape is described in ``edition.yml``, not coded."""

from collections.abc import Iterable
from pathlib import Path, PureWindowsPath
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

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


class Table(Part):
    """The shape of one raw table: described here, not coded.

    A name may be a list: what the thing has been called over the years. ``転入者数#2`` is the
    second of several columns with the same heading, ``男女別 男`` a heading of two rows.
    """

    file: RawFile
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
    columns: dict[str, Names]
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
    source: Identifier

    @property
    def same_year(self) -> str | None:
        """The year that holds for all rows, unless a column says it."""
        return self.year[0] if len(self.year) == 1 and self.year[0].isdigit() else None

    @property
    def said(self) -> dict[str, list[str]]:
        """Every column that is described, by its line in ``edition.yml``."""
        places = {"year": [] if self.same_year else self.year, "group": self.group}
        places |= {"code": self.code} | {f"columns.{k}": v for k, v in self.columns.items()}
        return {place: names for place, names in places.items() if names}


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


class PrintedTable(KeyPart):
    """How to read one table of ``printed_tables.csv``: its labels and their meaning."""

    rows: dict[str, KeyPart] = {}
    columns: dict[str, KeyPart] = {}
    shares: list[str] = Field([], description="categories that together are 100 % of a group")
    covers: bool | None = Field(None, description="whether everybody is in one of the groups")
    source: Identifier
