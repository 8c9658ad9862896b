"""An edition: one city's report of one fiscal year, as its ``edition.yml`` describes it."""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from helpers.configuration import Part, read_configuration
from helpers.places import Places, project_root
from helpers.problems import InputError, Problem, Problems, nearest
from helpers.years import parse_year, year_label

Year = Annotated[int, BeforeValidator(parse_year)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


def listed(value: object) -> object:
    """One text or a list of them, or nothing."""
    if value is None:
        return []
    return value if isinstance(value, list) else [str(value)]


Names = Annotated[list[str], BeforeValidator(listed)]


class Name(Part):
    """A name as charts print it."""

    ja: str
    en: str


class Population(Part):
    """The population that mGAP is multiplied with, as the city prints it."""

    printed: Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?$")]
    unit: Literal["万人", "人"] = "万人"
    persons: int | None = None
    date: str = Field(description="as of when; 「記載なし」 where the document does not say")
    rule: str = Field(description="rounded, truncated, or 「記載なし」")
    source: Identifier


class Source(Part):
    """A source as its public body names it, for the 出典 line."""

    ja: str
    en: str
    note: str = ""


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
        {}, description="symbols of this table besides － … x"
    )
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


class Edition(Part):
    """The configuration of one edition, checked, and the places of its files."""

    city: Identifier
    fiscal_year: Year
    name: Name
    code: Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
    fictional: bool = False
    peers: Name | None = Field(None, description="who the city is compared with, 多摩26市")
    report: Name
    population: Population | None = None
    sources: dict[Identifier, Source]
    notebooks: list[str]
    printed_tables: dict[str, PrintedTable] = {}
    tables: dict[Identifier, Table] = {}
    labels: dict[str, Name] = {}
    left_out: dict[str, str] = Field({}, description="figures without data: name and reason")

    @classmethod
    def open(cls, city: str, fiscal_year: int | str, root: Path | None = None) -> "Edition":
        """Read and check ``data/raw/<city>/<year>/edition.yml``.

        Raises:
            InputError: no such edition, or a key that is missing, unknown or wrong.
        """
        try:
            year = parse_year(fiscal_year)
        except ValueError as error:
            raise InputError(Problem("fiscal_year", str(error))) from None
        places = Places(root or project_root(), city, year)
        path = places.raw / "edition.yml"
        if not path.exists():
            raise InputError(_no_edition(places, path))
        edition = read_configuration(path, cls)
        if (edition.city, edition.fiscal_year) != (city, year):
            found = f"city: {edition.city}、fiscal_year: {edition.fiscal_year} と書かれています"
            raise InputError(Problem(str(path), found, f"{city} と {year}（フォルダーの名前）"))
        _check_references(edition, path)
        return edition

    @cached_property
    def places(self) -> Places:
        """Where this edition's files are."""
        return Places(project_root(), self.city, self.fiscal_year)

    @property
    def id(self) -> str:
        """``nishitokyo 2025``."""
        return f"{self.city} {self.fiscal_year}"

    def year_label(self, lang: str = "ja") -> str:
        """``令和7年度（2025年度）``."""
        return year_label(self.fiscal_year, lang)

    def own_labels(self, lang: str = "ja") -> dict[str, str]:
        """The edition's own names for identifiers, in one language."""
        return {key: getattr(name, lang) for key, name in self.labels.items()}

    def source_line(self, *ids: str, lang: str = "ja") -> str:
        """The sources as a 出典 line prints them."""
        return ("、" if lang == "ja" else "; ").join(getattr(self.sources[i], lang) for i in ids)


def editions(root: Path | None = None) -> list[tuple[str, int]]:
    """Every (city, fiscal year) that has an ``edition.yml``, sorted."""
    raw = (root or project_root()) / "data" / "raw"
    found = (path.parent for path in raw.glob("*/*/edition.yml"))
    return sorted((p.parent.name, int(p.name)) for p in found if p.name.isdigit())


def _no_edition(places: Places, path: Path) -> Problem:
    known = editions(places.root)
    cities = sorted({city for city, _ in known})
    if places.city not in cities:
        return Problem(
            "city", f"「{places.city}」という市はありません", remedy=nearest(places.city, cities)
        )
    years = "、".join(str(year) for city, year in known if city == places.city)
    return Problem(
        str(path), "ファイルがありません", f"年度版 {years} のどれか", "年度を確かめてください"
    )


def _check_references(edition: Edition, path: Path) -> None:
    """Every source that a table names must be listed, every notebook must exist."""
    problems = Problems()
    for kind, tables in (("printed_tables", edition.printed_tables), ("tables", edition.tables)):
        for name, table in tables.items():
            if table.source not in edition.sources:
                found = f"source「{table.source}」は sources にありません"
                problems.add(
                    f"{path} {kind}.{name}", found, remedy=nearest(table.source, edition.sources)
                )
    shelf = edition.places.root / "notebooks"
    known = [notebook.stem for notebook in shelf.glob("[1-9][0-9]_*.ipynb")]
    for notebook in edition.notebooks:
        if notebook not in known:
            found = f"ノートブック「{notebook}」はありません"
            problems.add(f"{path} notebooks", found, remedy=nearest(notebook, known))
    problems.stop_if_any()
