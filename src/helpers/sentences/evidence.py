"""What claims are held against: indicator rows by key, definition and year."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from helpers.intervals import Interval
from helpers.problems import Message, Problem, Unfit, near
from helpers.sentences.numbers import Quantity, read_quantity

KEY = ("indicator", "breakdown", "group", "category")
# What the text itself states is no evidence for the text, unless a claim asks for it.
TEXT = "text"
# Other estimates of a number that has a published one; used where a claim names them.
ALTERNATIVES = ("unweighted", "by_source", "from_shares")
UNKNOWN_KEY = Message(
    "指標「{key}」はありません", remedy="{near}", en="there is no indicator “{key}”. → {near}"
)


@dataclass(frozen=True)
class Number:
    """One printed number of an indicator row."""

    key: str
    year: int
    definition: str
    printed: str
    unit: str
    flag: str
    basis: str
    n: float
    low: float
    high: float

    @cached_property
    def quantity(self) -> Quantity | None:
        """The number in persons, views, percent …; None for a word, an arrow, a range."""
        text = self.printed if "・" in self.unit else self.printed + self.unit
        try:
            return read_quantity(text)
        except Unfit:
            return None

    @property
    def interval(self) -> Interval:
        """What may have been printed so."""
        return self.known.interval

    @property
    def value(self) -> Fraction:
        """The number as printed, taken as exact."""
        return self.known.number

    @property
    def known(self) -> Quantity:
        """The number, where there must be one."""
        if self.quantity is None:
            raise ValueError(f"{self.key} {self.year}: {self.printed}")
        return self.quantity

    @property
    def measure(self) -> str:
        """The unit with 万 and 割 taken out, as claims are read."""
        return self.known.unit or self.unit

    @property
    def inside(self) -> tuple[float, float, float]:
        """Value, low and high: what sentences weigh it by."""
        ends = (self.low, self.high) if self.sampled else (math.nan, math.nan)
        return (float(self.value), *ends)

    @property
    def small(self) -> bool:
        """Whether the base is too small for a sentence."""
        return self.flag == "small_base" or self.n < 30

    @property
    def sampled(self) -> bool:
        """Whether it has the interval of a sample."""
        return self.basis == "microdata" and self.low == self.low and self.high == self.high


Series = dict[int, Number]


class Evidence:
    """Every number that is known of a city, the edition's own rows first."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]):
        self._rows: dict[str, list[Mapping[str, Any]]] = {}
        self._read: dict[str, dict[str, Series]] = {}
        for row in rows:
            key = ".".join([str(row[part]) for part in KEY if row[part] != ""])
            self._rows.setdefault(key, []).append(row)

    @property
    def keys(self) -> list[str]:
        """Every key that there is."""
        return list(self._rows)

    def __contains__(self, key: str) -> bool:
        return key in self._rows

    def all_definitions(self, key: str) -> dict[str, Series]:
        """Everything under a key, suppressed and text too; read when it is first asked for."""
        if key not in self._read:
            found: dict[str, Series] = {}
            for row in self._rows.get(key, ()):
                number = _number(key, row)
                found.setdefault(number.definition, {}).setdefault(number.year, number)
            self._read[key] = found
        return self._read[key]

    def series(self, key: str, definition: str) -> Series:
        """The numbers of a key by one definition, by year; none that is hidden or no number."""
        found = self.all_definitions(key).get(definition, {})
        return {
            year: number
            for year, number in sorted(found.items())
            if number.flag != "suppressed" and number.quantity is not None
        }

    def broken(self, key: str, definition: str, before: int, after: int) -> bool:
        """Whether a number is counted otherwise from a year between two on: no comparison."""
        years = self.all_definitions(key).get(definition, {}).items()
        return any(n.flag == "series_break" and before < year <= after for year, n in years)

    def definitions(self, keys: Iterable[str]) -> list[str]:
        """The definitions by which a claim about these keys is to be judged."""
        found = dict.fromkeys(d for key in keys for d in self.all_definitions(key))
        return [d for d in found if d not in (TEXT, *ALTERNATIVES) and d[:7] != "bounds_"]

    def unknown(self, key: str, where: str) -> Problem:
        """The sentence for a key that is not there."""
        return UNKNOWN_KEY.at(where, key=key, near=near(key, self.keys))


def _number(key: str, row: Mapping[str, Any]) -> Number:
    n, low, high = (float(row[name] if row[name] != "" else "nan") for name in ("n", "low", "high"))
    return Number(
        key,
        int(row["fiscal_year"]),
        str(row["definition"]),
        str(row["printed"]),
        str(row["unit"]),
        str(row["flag"]),
        str(row["basis"]),
        n,
        low,
        high,
    )
