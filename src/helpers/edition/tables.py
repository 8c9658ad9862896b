"""How raw tables look: their shape is described in ``edition.yml``, not coded."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from helpers.configuration import Part
from helpers.problems import Unfit
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


class Table(Part):
    """The shape of one raw table: described here, not coded.

    A name may be a list: what the thing has been called over the years. ``転入者数#2`` is the
    second of several columns with the same heading, ``男女別 男`` a heading of two rows.
    """

    file: str
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


class PrintedTable(KeyPart):
    """How to read one table of ``printed_tables.csv``: its labels and their meaning."""

    rows: dict[str, KeyPart] = {}
    columns: dict[str, KeyPart] = {}
    source: Identifier
