"""One city's report of one fiscal year, as its ``edition.yml`` describes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from helpers import recorder
from helpers.configuration import Description, Part, read_configuration
from helpers.edition.tables import (
    Identifier,
    PrintedTable,
    Table,
    Year,
    read_year,
    refuse_links_out,
)
from helpers.places import Places, project_root
from helpers.problems import InputError, Message, Problem, Problems, Said, Unfit, near
from helpers.tables import Disclosure
from helpers.years import year_label

NO_YEAR = Message("{why}", en="{why}")
NO_CITY = Message(
    "「{city}」という市はありません", remedy="{near}", en="no city “{city}”. → {near}"
)
NO_EDITION = Message(
    "ファイルがありません",
    "年度版 {years} のどれか",
    "年度を確かめてください",
    "file not found. → there are editions of {years}",
)
OTHER_FOLDER = Message(
    "city: {found_city}、fiscal_year: {found_year} と書かれています",
    "{city} と {year}（フォルダーの名前）",
    en="it says city: “{found_city}”, fiscal_year: “{found_year}”. → the folder is “{city}/{year}”",
)
NO_SOURCE = Message(
    "source「{source}」は sources にありません",
    remedy="{near}",
    en="the source “{source}” is not in sources. → {near}",
)
NO_NOTEBOOK = Message(
    "ノートブック「{name}」はありません", remedy="{near}", en="no notebook “{name}”. → {near}"
)

_OWN_FILES = ("codebook.yml", "claims.yml", "printed_tables.csv")  # read without being named


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


@dataclass(frozen=True)
class OwnLabels(Mapping[str, str]):
    """Names in one language; looked up one by one, so that a figure depends on its own alone."""

    names: Mapping[str, Name]
    lang: str

    def __getitem__(self, identifier: str) -> str:
        return str(getattr(self.names[identifier], self.lang))

    def __contains__(self, identifier: object) -> bool:
        return identifier in self.names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


class Edition(Description):
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
    deliverables: list[Literal["gallery", "pdf", "word", "workbook", "audit"]] = Field(
        ["gallery", "pdf", "word", "workbook", "audit"], description="what goes out of a run"
    )
    disclosure: Disclosure = Field(
        Disclosure(), description="stricter rules for numbers about few people"
    )
    scales: dict[Identifier, tuple[float, float]] = Field(
        {}, description="scores: indicator → its smallest and largest possible value"
    )
    left_out: dict[str, str] = Field({}, description="figures without data: name and reason")

    @classmethod
    def open(cls, city: str, fiscal_year: int | str) -> "Edition":
        """Read and check ``data/raw/<city>/<year>/edition.yml``.

        Raises:
            InputError: no such edition, or a key that is missing, unknown or wrong.
        """
        try:
            year = read_year(fiscal_year)
        except Unfit as error:
            raise InputError(NO_YEAR.at("fiscal_year", why=error.said)) from None
        places = Places(project_root(), city, year)
        path = places.raw / "edition.yml"
        recorder.asked(path)
        if not recorder.exists(path):
            raise InputError(_no_edition(places, path))
        return cls.read(path)

    @classmethod
    def read(cls, path: Path) -> "Edition":
        """Read and check an ``edition.yml``.

        Raises:
            InputError: a key that is missing, unknown or wrong, or a link out of its folder.
        """
        refuse_links_out(path.parent, [path.name, *_OWN_FILES])
        edition = read_configuration(path, cls)
        city, year = path.parent.parent.name, path.parent.name
        if (edition.city, str(edition.fiscal_year)) != (city, year):
            found = {"found_city": edition.city, "found_year": edition.fiscal_year}
            raise InputError(OTHER_FOLDER.at(str(path), city=city, year=year, **found))
        refuse_links_out(path.parent, [table.file for table in edition.tables.values()])
        _check_references(edition, path)
        return edition.asked_from(path)

    @property
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

    def own_labels(self, lang: str = "ja") -> "OwnLabels":
        """The edition's own names for identifiers, in one language."""
        return OwnLabels(self.labels, lang)

    def source_line(self, *ids: str, lang: str = "ja") -> str:
        """The sources as a 出典 line prints them."""
        return ("、" if lang == "ja" else "; ").join(getattr(self.sources[i], lang) for i in ids)


def editions() -> list[tuple[str, int]]:
    """Every (city, fiscal year) that has an ``edition.yml``, sorted."""
    raw = project_root() / "data" / "raw"
    found = (path.parent for path in recorder.listing(raw, "*/*/edition.yml"))
    return sorted((p.parent.name, int(p.name)) for p in found if p.name.isdigit())


def _no_edition(places: Places, path: Path) -> Problem:
    known = editions()
    cities = sorted({city for city, _ in known})
    if places.city not in cities:
        return NO_CITY.at("city", city=places.city, near=near(places.city, cities))
    years = [str(year) for city, year in known if city == places.city]
    return NO_EDITION.at(str(path), years=Said("、".join(years), ", ".join(years)))


def _check_references(edition: Edition, path: Path) -> None:
    """Every source that a table names must be listed, every notebook must exist."""
    problems = Problems()
    for kind, tables in (("printed_tables", edition.printed_tables), ("tables", edition.tables)):
        for name, table in tables.items():
            if (source := table.source) not in edition.sources:
                words = {"source": source, "near": near(source, edition.sources)}
                problems.note(NO_SOURCE.at(f"{path} {kind}.{name}", **words))
    shelf = edition.places.root / "notebooks"
    with recorder.by_parts():  # the notebooks of an edition are no input of one of them
        known = [notebook.stem for notebook in shelf.glob("[1-9][0-9]_*.ipynb")]
    for name in edition.notebooks:
        if name not in known:
            words = {"name": name, "near": near(name, known)}
            problems.note(NO_NOTEBOOK.at(f"{path} notebooks", **words))
    problems.stop_if_any()
