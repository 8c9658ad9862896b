"""What kind of number a printed row is: each family of indicators takes its own.

A described name says it; for tables that are typed off label by label, what is printed says it.
"""

from collections.abc import Iterable, Iterator

import pandas as pd

from helpers.edition.description import MEASURES, ROLES, Described
from helpers.indicators.rows import Row, published_rows
from helpers.reading.consistency import BASE

SHARES, BATTERIES, FORMULAS = "shares", "batteries", "formulas"
RANKS, MEASURED, STATED = "ranks", "measures", "stated"
CITY_METHOD = "city_method"
"""The definition of numbers that a city computes by its own way."""
_VALUES = ("baseline", "actual", "target")


def of_kind(printed: pd.DataFrame, about: Described, city: str, kind: str) -> list[Row]:
    """The printed rows of one kind, as indicator rows with their number of people.

    Args:
        printed: the cleaned ``printed`` table.
        about: what the edition describes.
        city: the city's id.
        kind: ``SHARES``, ``BATTERIES``, ``FORMULAS``, ``RANKS``, ``MEASURED`` or ``STATED``.
    """
    told = printed[pd.Series([*_kinds(printed, about)], index=printed.index) == kind]
    rows = published_rows(told, city, told["indicator"].unique())
    return [_with_base(row, bases) for bases in (_bases(printed),) for row in rows]


def _kinds(printed: pd.DataFrame, about: Described) -> Iterator[str]:
    described = dict(_described(about))
    ranks = {i.partition("_rank")[0] for i in printed.loc[printed["unit"] == "位", "indicator"]}
    measures = {*printed.loc[printed["category"].isin(_VALUES), "indicator"], MEASURES}
    for row in printed.itertuples():
        indicator = str(row.indicator)
        stem = indicator.partition("_")[0]
        if indicator == BASE:
            yield ""
        elif indicator in described:
            yield described[indicator]
        elif row.category in ROLES:
            yield SHARES
        elif row.definition == CITY_METHOD:
            yield FORMULAS
        elif "_" in indicator and stem in ranks:
            yield RANKS
        elif indicator in measures or stem in measures or (pd.isna(row.value) and not row.unit):
            yield MEASURED
        else:
            yield STATED


def _described(about: Described) -> Iterator[tuple[str, str]]:
    for name in about.questions:
        yield from ((name, SHARES), (f"{name}_count", SHARES))
    for battery in about.batteries.values():
        for name in battery.asks:
            yield from ((name, BATTERIES), (f"{name}_count", BATTERIES))
    yield from ((name, FORMULAS) for name in about.formulas)
    yield from ((f"{name}_{end}", RANKS) for name in about.ranks for end in ("rank", "score"))


Bases = dict[tuple[object, ...], float]


def _bases(printed: pd.DataFrame) -> Bases:
    """(breakdown, group, year, question) → people; the question is empty where it is of all."""
    rows = printed[printed["indicator"] == BASE]
    names = ["breakdown", "group", "fiscal_year", "category"]
    return dict(zip(rows[names].itertuples(index=False, name=None), rows["value"], strict=True))


def _with_base(row: Row, bases: Bases) -> Row:
    people = tuple(row[name] for name in ("breakdown", "group", "fiscal_year"))
    question = str(row["indicator"]).removesuffix("_count")
    n = bases.get((*people, question), bases.get((*people, "")))
    return row if n is None else {**row, "n": float(n)}


def places(rows: Iterable[Row]) -> dict[tuple[object, ...], dict[str, Row]]:
    """Rows by what they are of: indicator and people → category → row."""
    found: dict[tuple[object, ...], dict[str, Row]] = {}
    names = ("indicator", "breakdown", "group", "fiscal_year", "definition")
    for row in rows:
        found.setdefault(tuple(row[n] for n in names), {})[str(row["category"])] = row
    return found
