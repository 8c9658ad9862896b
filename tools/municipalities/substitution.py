"""Another municipality in the place of 見本市 while its makers run: what they look up is exchanged.

The makers of 見本市 stay as short as one city needs them; here their tables and random streams are
replaced for the time of one municipality, and put back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import make_mihon
from helpers.rounding import printed
from mihon import document, people, questionnaire, statistics, surveys, volunteers
from municipalities.municipality import Municipality

MODULES = (make_mihon, document, people, statistics, surveys, volunteers)


@contextmanager
def in_place_of_mihon(city: Municipality) -> Iterator[None]:
    """For as long as this lasts, the makers of 見本市 make ``city``."""
    known = questionnaire.POPULATION
    population = {year: city.persons(size) for year, size in known.items()}
    keener = {
        who: {**shift, "leaning": shift["leaning"] + city.mood}
        for who, shift in questionnaire.KEENER.items()
    }
    titles = {
        year: replace(d, titles=tuple(t.replace("見本市", city.ja) for t in d.titles))
        for year, d in surveys.DELIVERIES.items()
    }
    exchanged: dict[str, Any] = {
        "Random": lambda seed: Random(f"{seed} {city.seed}"),
        "POPULATION": population,
        "SENT_PER_DISTRICT": city.sent,
        "KEENER": keener,
        "DELIVERIES": titles,
        "MGAP": _mgap(population),
        "movement": _movement(city),
    }
    before = [(m, n, vars(m)[n]) for m in MODULES for n in exchanged if n in vars(m)]
    try:
        for module, name, _ in before:
            setattr(module, name, exchanged[name])
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)


def _mgap(population: dict[int, int]) -> dict[int, Any]:
    """The printed mGAP tables with amounts that follow from this population."""
    tables: dict[int, Any] = {}
    for year, (*questions, _) in document.MGAP.items():
        size = Decimal(printed(Decimal(population[year]) / 10000, 1))
        rows, total = [], Decimal(0)
        for bottom, top, difference, _ in questions:
            amount = Decimal(difference.replace("−", "-")) * size
            total += amount
            rows.append((bottom, top, difference, printed(amount, 1)))
        tables[year] = (*rows, (f"{size}万人", printed(total, 1)))
    return tables


def _movement(city: Municipality) -> Any:
    """Moves, births and deaths of 見本市 at this size; sums are made again from their parts."""
    original = statistics.movement

    def movement(last: int) -> list[dict[str, int]]:
        people, out = city.persons(104_350), []
        parts = ("moved_in", "moved_out", "births", "deaths", "other_in", "other_out")
        for row in original(last):
            new = {"year": row["year"], **{part: city.persons(row[part]) for part in parts}}
            new["social"] = new["moved_in"] - new["moved_out"] + new["other_in"] - new["other_out"]
            new["natural"] = new["births"] - new["deaths"]
            people += new["social"] + new["natural"]
            out.append({**new, "population": people})
        return out

    return movement
