"""One city's report of one fiscal year, as its ``edition.yml`` describes it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr, StringConstraints

from helpers import recorder
from helpers.configuration import Description, Part, read_configuration, read_yaml
from helpers.edition.description import Described, Name
from helpers.edition.recipe import with_recipes
from helpers.edition.tables import (
    Identifier,
    Names,
    PrintedTable,
    RawFile,
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
NO_RULE = Message(
    "評価の基準「{rule}」は grades にありません",
    remedy="{near}",
    en="the rule “{rule}” is not under grades. → {near}",
)
TWICE = Message(
    "「{name}」という ID が、説明（breakdowns、questions、batteries など）に2つあります",
    remedy="どちらかの名前を変えてください",
    en="two things described have the id “{name}”. → rename one of them",
)
NO_NOTEBOOK = Message(
    "ノートブック「{name}」はありません", remedy="{near}", en="no notebook “{name}”. → {near}"
)

LANGUAGES = Message(
    "[{found}] と書かれています",
    "[ja] か [ja, en]（日本語の報告書に、英語の図と文書を並べる）",
    en="it says [{found}]. → write [ja], or [ja, en] for English figures and documents beside",
)
_OWN_FILES = ("codebook.yml", "claims.yml", "printed_tables.csv")  # read without being named


class Plan(Part):
    """The table of a plan as the city keeps it: one row a measure."""

    file: RawFile
    sheet: Names = []
    source: Identifier
    target: Year | None = Field(None, description="the year of the plan's target; else the last")
    rule: str = Field("", description="of grades, by which its measures are graded; else the first")
    columns: dict[str, Names] = Field(
        {}, description="what its headings are called here: measure: [取組指標]"
    )
    leave_out: Names = Field([], description="rows not to read, by measure or its number: 再掲")
    symbols: dict[Literal["zero", "unknown", "hidden"], Names] = Field(
        {}, description="what its symbols mean: unknown: ['－']"
    )


class Population(Part):
    """The population that mGAP is multiplied with, as the city prints it."""

    printed: Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?$")]
    unit: Literal["万人", "人"] = "万人"
    persons: int | None = None
    date: str = Field(description="as of when; 「記載なし」 where the document does not say")
    rule: str = Field(description="rounded, truncated, or 「記載なし」")
    source: Identifier


class Source(Name):
    """A source as its public body names it, for the 出典 line."""

    note: str = ""
    note_en: str = Field("", description="the same in English, where figures are in English")

    def note_in(self, lang: str) -> str:
        """The note in a language; in English it says where there is a Japanese one only."""
        if lang == "ja" or not self.note:
            return self.note
        return self.note_en or "The note on this source is in Japanese only."


@dataclass(frozen=True)
class OwnLabels(Mapping[str, str]):
    """Names in one language; looked up one by one, so that a figure depends on its own alone.

    Attributes:
        names: ``labels`` of ``edition.yml``, asked first.
        lang: ``ja`` or ``en``.
        described: the names that the description itself gives.
    """

    names: Mapping[str, Name]
    lang: str
    described: Mapping[str, Name]

    def __getitem__(self, identifier: str) -> str:
        known = self.names if identifier in self.names else self.described
        return str(getattr(known[identifier], self.lang))

    def __contains__(self, identifier: object) -> bool:
        return identifier in self.names or identifier in self.described

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*self.names, *self.described]))

    def __len__(self) -> int:
        return len({*self.names, *self.described})


class _Once:
    """The names that a description gives, worked out when they are first asked for.

    They follow from the rest: two editions do not differ by having been asked.
    """

    names: dict[str, Name] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Once)

    __hash__ = None  # type: ignore[assignment]


class Edition(Description, Described):
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
    notebooks: list[str] = Field(
        [], description="those to run; empty: the ones that follow from what is described"
    )
    languages: list[Literal["ja", "en"]] = Field(
        ["ja"], description="of the figures and of what goes out: [ja] or [ja, en]"
    )
    printed_tables: dict[str, PrintedTable] = {}
    plan: Plan | None = Field(None, description="the table of a whole plan's measures")
    tables: dict[Identifier, Table] = {}
    labels: dict[str, Name] = {}
    deliverables: list[
        Literal["gallery", "pdf", "word", "workbook", "crosstabs", "crosstabs_csv", "audit"]
    ] = Field(
        ["gallery", "pdf", "word", "workbook", "crosstabs", "crosstabs_csv", "audit"],
        description="what goes out of a run; crosstabs where there are answers",
    )
    disclosure: Disclosure = Field(
        Disclosure(), description="stricter rules for numbers about few people"
    )
    mark_differences: bool = Field(
        True, description="whether cross tables mark groups that differ from everybody else"
    )
    scales: dict[Identifier, tuple[float, float]] = Field(
        {}, description="scores: indicator → its smallest and largest possible value"
    )
    left_out: dict[str, str] = Field({}, description="figures without data: name and reason")

    _described: _Once = PrivateAttr(default_factory=_Once)

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
        edition = read_configuration(path, cls, with_recipes)
        city, year = path.parent.parent.name, path.parent.name
        if (edition.city, str(edition.fiscal_year)) != (city, year):
            found = {"found_city": edition.city, "found_year": edition.fiscal_year}
            raise InputError(OTHER_FOLDER.at(str(path), city=city, year=year, **found))
        refuse_links_out(path.parent, edition.files)
        _check_references(edition, path)
        if not edition.notebooks:
            edition = edition.model_copy(update={"notebooks": implied_notebooks(edition, path)})
        return edition.asked_from(path)

    @property
    def files(self) -> list[str]:
        """The raw files that its tables name."""
        printed = [table.file for table in self.printed_tables.values() if table.file]
        plan = [self.plan.file] if self.plan else []
        return [*(table.file for table in self.tables.values()), *printed, *plan]

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
        if self._described.names is None:
            self._described.names = dict(self.words())
        return OwnLabels(self.labels, lang, self._described.names)

    def plan_year(self, measure: str) -> int | None:
        """The year of the plan's target of a measure, where it is said; else it is the last."""
        own = self.measures.get(measure)
        return (own and own.target_year) or (self.plan and self.plan.target) or None

    def source_line(self, *ids: str, lang: str = "ja") -> str:
        """The sources as a 出典 line prints them."""
        return ("、" if lang == "ja" else "; ").join(getattr(self.sources[i], lang) for i in ids)


def editions() -> list[tuple[str, int]]:
    """Every (city, fiscal year) that has an ``edition.yml``, sorted."""
    raw = project_root() / "data" / "raw"
    found = (path.parent for path in recorder.listing(raw, "*/*/edition.yml"))
    return sorted((p.parent.name, int(p.name)) for p in found if p.name.isdigit())


def using(notebook: str, root: Path) -> list[str]:
    """The editions of a project whose runs use a notebook, as ids; all of them for no notebook.

    Found in their text: the others need not be whole, and are no input of the one that asks.
    """
    out = []
    with recorder.by_parts():
        for path in sorted((root / "data" / "raw").glob("*/*/edition.yml")):
            text = path.read_text(encoding="utf-8", errors="replace")
            listed = re.search(r"^notebooks:", text, re.MULTILINE) is not None
            named = re.search(rf"^\s*-\s*{re.escape(notebook)}\s*(#.*)?$", text, re.MULTILINE)
            if not notebook or not listed or named:
                out.append(f"{path.parent.parent.name} {path.parent.name}")
    return out


def _no_edition(places: Places, path: Path) -> Problem:
    known = editions()
    cities = sorted({city for city, _ in known})
    if places.city not in cities:
        return NO_CITY.at("city", city=places.city, near=near(places.city, cities))
    years = [str(year) for city, year in known if city == places.city]
    return NO_EDITION.at(str(path), years=Said("、".join(years), ", ".join(years)))


# What is described → the notebooks that it asks for, in the order in which they run.
_FOLLOW: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("printed_tables",), ("11_clean_printed_tables",)),
    (("tables",), ("12_clean_statistics",)),
    (("codebook",), ("13_clean_survey",)),
    (("shares",), ("21_indicators_published",)),
    (("tables",), ("22_indicators_population",)),
    (("ranks",), ("23_indicators_reputation",)),
    (("measures", "plan"), ("24_indicators_progress",)),
    (("codebook",), ("25_indicators_survey",)),
    (("measures",), ("30_figures_progress",)),
    (("plan",), ("30_figures_plan",)),
    (("questions",), ("31_figures_questions",)),
    (("movement",), ("33_figures_population",)),
    (("series",), ("35_figures_series",)),
    (("batteries",), ("36_figures_fields",)),
    (("formulas",), ("37_figures_formulas",)),
    (("scores",), ("37_figures_intents",)),
    (("ranks",), ("38_figures_reputation",)),
)


def implied_notebooks(edition: Edition, path: Path) -> list[str]:
    """The notebooks that follow from what an edition describes, in the order in which they run."""
    printed = {name for table in edition.printed_tables.values() for name in table.named}
    kinds = edition.kinds()
    used = {kinds.get(name, "") for name in printed}
    there = {kind for kind in ("tables", "printed_tables", "series") if getattr(edition, kind)}
    there |= {kind for kind in ("questions", "formulas", "ranks", "measures") if kind in used}
    there |= {"printed_tables", "plan"} if edition.plan else set()
    there |= {"batteries"} if used & {"batteries", "asks"} else set()
    there |= {"shares"} if there & {"questions", "batteries", "formulas"} else set()
    items = {item for table in edition.tables.values() for item in table.columns}
    there |= {"movement"} if {"moved_in", "moved_out"} <= items else set()
    codebook = path.parent / "codebook.yml"
    if recorder.exists(codebook):
        there |= {"codebook", *_answered(codebook)}
    return [name for asked, names in _FOLLOW if there & {*asked} for name in names]


def _answered(path: Path) -> Iterator[str]:
    """What the questions of a codebook ask for; what is wrong with it its own reader says."""
    try:
        content = read_yaml(path)
    except InputError:
        return
    told = content.get("questions") if isinstance(content, dict) else None
    asked = (
        [one for one in told.values() if isinstance(one, dict)] if isinstance(told, dict) else []
    )
    if any(one.get("columns") and one.get("scale") != "zero_to_ten" for one in asked):
        yield "questions"
    if sum(bool(one.get("items") and one.get("points")) for one in asked) > 1:
        yield "batteries"
    if any(one.get("scale") == "zero_to_ten" for one in asked):
        yield "scores"


def _check_references(edition: Edition, path: Path) -> None:
    """Every source and name that a table has must be listed, every notebook must exist."""
    problems = Problems()
    for name in edition.twice():
        problems.note(TWICE.at(str(path), name=name))
    if edition.plan and (source := edition.plan.source) not in edition.sources:
        words = {"source": source, "near": near(source, edition.sources)}
        problems.note(NO_SOURCE.at(f"{path} plan", **words))
    if edition.plan and (rule := edition.plan.rule) and rule not in edition.grades:
        words = {"rule": rule, "near": near(rule, edition.grades)}
        problems.note(NO_RULE.at(f"{path} plan.rule", **words))
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
    if edition.languages not in (["ja"], ["ja", "en"]):
        found = ", ".join(edition.languages)
        problems.note(LANGUAGES.at(f"{path} languages", found=found))
    problems.stop_if_any()
