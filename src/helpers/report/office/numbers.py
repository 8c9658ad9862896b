"""Indicators by key: the printed number that a tag or a name asks for."""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from helpers.tables import KEY

# indicator.breakdown.group[.category][@definition][:years]; a category may have parts of its own.
_KEY = re.compile(
    r"(?P<key>[a-z]\w*\.[^\s.@:]+\.[^\s.@:]+(?:\.[^\s.@:]+)*)"
    r"(?:@(?P<definition>[^:\s]+))?(?::(?P<year>-\d+|\d{4}))?",
    re.ASCII,
)
# Where a key has several definitions and names none: what the city itself prints comes first
# (design.md, section 4), as in the figures.
Row = Mapping[str, str]
PREFERRED = ("city_method", "published", "weighted")


@dataclass(frozen=True)
class Sought:
    """What looking up a key gave: a printed number, or why there is none.

    Attributes:
        printed: the indicator's printed form; empty where there is none to print.
        why: the reason in Japanese and English; empty where ``Numbers.nearest`` can tell more.
        known: whether the key exists at all.
        year: the year that the number is of.
    """

    printed: str = ""
    why: tuple[str, str] = ("", "")
    known: bool = True
    year: int = 0


@dataclass(frozen=True)
class Numbers:
    """The indicators of an edition.

    Attributes:
        rows: indicator rows (design.md, section 4), all text.
        year: the edition's fiscal year.
        earlier: the rows of an earlier edition of the city, by its year; asked when it is needed.
    """

    rows: Iterable[Row]
    year: int
    earlier: Callable[[int], Iterable[Row]] | None = None

    @cached_property
    def _by_key(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(".".join([row[part] for part in KEY if row[part]]), []).append(row)
        return found

    def rows_of(self, key: str) -> list[Row]:
        """All rows of a key: every year and definition."""
        return self._by_key.get(key, [])

    def find(self, text: str) -> Sought:
        """The number that a key names.

        Without a year it is the newest that is not later than the edition (a target lies later:
        then the next one); ``:-1`` is the year before that, ``:2021`` that year, both by
        the definition of the newest. Without a definition it is the city's own, else the
        published, else the weighted one.
        """
        match = _KEY.fullmatch(text)
        if match is None or match["key"] not in self._by_key:
            return Sought(known=False)
        rows = self._by_key[match["key"]]
        if match["definition"]:
            rows = [row for row in rows if row["definition"] == match["definition"]]
            if not rows:
                return Sought(why=self._definitions(match["key"]), known=False)
        years = sorted({int(row["fiscal_year"]) for row in rows})
        newest = max((year for year in years if year <= self.year), default=years[0])
        row = _best([row for row in rows if int(row["fiscal_year"]) == newest])
        if row is None:
            return Sought(why=self._definitions(match["key"]))
        if match["year"]:
            told = int(match["year"])
            row = self._of_year(match["key"], newest + told if told < 0 else told, row)
        return _sought(row, match["year"])

    def _of_year(self, key: str, year: int, now: Row) -> Row | None:
        """The number of another year by the same definition, here or in that year's edition."""
        rows = self._by_key[key]
        if not any(_is(row, year, now) for row in rows) and self.earlier is not None:
            rows = Numbers(self.earlier(year), year).rows_of(key)
        return next((row for row in rows if _is(row, year, now)), None)

    def nearest(self, text: str) -> tuple[str, str]:
        """The two keys most like one that is not there: its indicator first, then the rest."""
        match = _KEY.fullmatch(text)
        key = match["key"] if match else text
        names = {known.partition(".")[0] for known in self._by_key}
        indicator = difflib.get_close_matches(key.partition(".")[0], names, n=1, cutoff=0.6)
        alike = [known for known in self._by_key if known.partition(".")[0] in indicator]
        close = difflib.get_close_matches(key, alike, n=2, cutoff=0.6)
        if not close:
            return "この年度版にないキーです", "no such key in this edition"
        ja = "か".join(f"「{name}」" for name in close)
        return f"ないキーです。{ja}の誤りではありませんか", f"no such key; {' or '.join(close)}?"

    def _definitions(self, key: str) -> tuple[str, str]:
        names = sorted({row["definition"] for row in self._by_key[key]})
        choices = "、".join(f"{key}@{name}" for name in names if name)
        return f"定義を選んでください: {choices}", f"name the definition: {choices}"


def is_key(text: str) -> bool:
    """Whether a tag or name has the form of an indicator's key."""
    return _KEY.fullmatch(text) is not None


def _best(rows: list[Row]) -> Row | None:
    """The row of the best definition; None where the key alone does not decide."""
    by_definition = {row["definition"]: row for row in rows}
    if len(by_definition) > 1:
        by_definition.pop("text", None)
    best = next((name for name in PREFERRED if name in by_definition), None)
    if best is None and len(by_definition) > 1:
        return None
    return by_definition[best] if best else next(iter(by_definition.values()))


def _is(row: Row, year: int, now: Row) -> bool:
    return int(row["fiscal_year"]) == year and row["definition"] == now["definition"]


def _sought(row: Row | None, year: str | None) -> Sought:
    if row is None:
        why = (f"「{year}」の年の数値がありません", f'no number for "{year}"')
        return Sought(why=why, known=False)
    if row["flag"] == "suppressed" or not row["printed"]:
        return Sought(why=("秘匿の数値なので書きません", "hidden, so it is not written"))
    return Sought(row["printed"], year=int(row["fiscal_year"]))
