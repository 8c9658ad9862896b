"""Indicators by key, and how a number is written where an older one stood."""

import difflib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers.rounding import MINUS
from helpers.tables import KEY

# indicator.breakdown.group[.category][@definition][:years]
_KEY = re.compile(
    r"(?P<key>[a-z]\w*\.[^\s.@:]+\.[^\s.@:]+(?:\.[^\s.@:]+)?)"
    r"(?:@(?P<definition>[^:\s]+))?(?::(?P<year>-\d+|\d{4}))?",
    re.ASCII,
)
_WRITTEN = re.compile(
    r"[-−－–▲△+＋]?(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+|[0-9０-９]+)(?:[.．][0-9０-９]+)?"
)
_PRINTED = re.compile(rf"{MINUS}?\d+(?:\.\d+)?")
_NEGATIVE = tuple("-−－–▲△")
_TO_FULL = str.maketrans("0123456789,.+", "０１２３４５６７８９，．＋")
# Where a key has several definitions and names none: what the city itself prints comes first
# (design.md, section 4), as in the figures.
PREFERRED = ("city_method", "published", "weighted")


@dataclass(frozen=True)
class Sought:
    """What looking up a key gave: a printed number, or why there is none.

    Attributes:
        printed: the indicator's printed form; empty where there is none to print.
        why: the reason in Japanese and English.
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
        rows: indicator rows (design.md, section 4).
        year: the edition's fiscal year.
    """

    rows: pd.DataFrame
    year: int

    @cached_property
    def _by_key(self) -> dict[str, list[dict[str, object]]]:
        found: dict[str, list[dict[str, object]]] = {}
        columns = [*KEY, "fiscal_year", "printed", "definition", "flag"]
        for row in self.rows[columns].to_dict("records"):
            key = ".".join(str(row[part]) for part in KEY if row[part] != "")
            found.setdefault(key, []).append({str(k): v for k, v in row.items()})
        return found

    def rows_of(self, key: str) -> list[dict[str, object]]:
        """All rows of a key: every year and definition."""
        return self._by_key.get(key, [])

    def find(self, text: str) -> Sought:
        """The number that a key names.

        Without a year it is the newest that is not later than the edition (a target lies later:
        then the next one); ``:-1`` is the year before that, ``:2021`` that year. Without a
        definition it is the city's own, else the published, else the weighted one.
        """
        match = _KEY.fullmatch(text)
        if match is None or match["key"] not in self._by_key:
            return Sought(why=self._nearest(match["key"] if match else text), known=False)
        rows = self._by_key[match["key"]]
        if match["definition"]:
            rows = [row for row in rows if row["definition"] == match["definition"]]
            if not rows:
                return Sought(why=self._definitions(match["key"]), known=False)
        year = _year(rows, self.year, match["year"])
        rows = [row for row in rows if row["fiscal_year"] == year]
        if not rows:
            why = (f"{year}年度の数値がありません", f"no number for {year}")
            return Sought(why=why, known=False)
        return _only(rows) or Sought(why=self._definitions(match["key"]))

    def _nearest(self, key: str) -> tuple[str, str]:
        """The two keys most like one that is not there: its indicator first, then the rest."""
        names = {known.partition(".")[0] for known in self._by_key}
        indicator = difflib.get_close_matches(key.partition(".")[0], names, n=1, cutoff=0.6)
        alike = [known for known in self._by_key if known.partition(".")[0] in indicator]
        close = difflib.get_close_matches(key, alike, n=2, cutoff=0.6)
        if not close:
            return "この年度版にないキーです", "no such key in this edition"
        ja = "か".join(f"「{name}」" for name in close)
        return f"ないキーです。{ja}の誤りではありませんか", f"no such key; {' or '.join(close)}?"

    def _definitions(self, key: str) -> tuple[str, str]:
        names = sorted({str(row["definition"]) for row in self._by_key[key]})
        choices = "、".join(f"{key}@{name}" for name in names if name)
        return f"定義を選んでください: {choices}", f"name the definition: {choices}"


def is_key(text: str) -> bool:
    """Whether a tag or name has the form of an indicator's key."""
    return _KEY.fullmatch(text) is not None


def with_commas(printed: str) -> str:
    """``24871`` → ``24,871``; what is no number stays."""
    if not _PRINTED.fullmatch(printed):
        return printed
    whole, point, decimals = printed.lstrip(MINUS).partition(".")
    return f"{MINUS if printed.startswith(MINUS) else ''}{int(whole):,}{point}{decimals}"


def span_of(text: str) -> tuple[int, int] | None:
    """Where the one number in a text stands; the whole text if none; None if there are several."""
    found = list(_WRITTEN.finditer(text))
    if not found:
        return 0, len(text)
    return found[0].span() if len(found) == 1 else None


def written_like(old: str, printed: str) -> str:
    """A printed number in the manner of the one it replaces.

    Thousands are parted unless the old number had four digits or more and no comma; full-width
    digits, the minus signs ▲ and △ and a written plus are kept.
    """
    if not _PRINTED.fullmatch(printed):
        return printed
    plain = unicodedata.normalize("NFKC", old)
    bare = re.search(r"\d{4,}", plain) is not None
    number = (printed if bare else with_commas(printed)).lstrip(MINUS)
    sign = ""
    if printed.startswith(MINUS):
        sign = old[0] if old[:1] in ("▲", "△") else MINUS
    elif plain.startswith("+") and number.strip("0.,"):
        sign = "+"
    full = re.search(r"[０-９]", old) is not None
    return (sign + number).translate(_TO_FULL) if full else sign + number


def sign_turned(old: str, new: str) -> bool:
    """Whether a number changed its sign, so that the words around it may be wrong now."""
    return (old[:1] in _NEGATIVE) != (new[:1] in _NEGATIVE)


def _year(rows: list[dict[str, object]], edition: int, told: str | None) -> int:
    years = sorted({int(str(row["fiscal_year"])) for row in rows})
    newest = max((year for year in years if year <= edition), default=years[0])
    if told is None:
        return newest
    return newest + int(told) if told.startswith("-") else int(told)


def _only(rows: list[dict[str, object]]) -> Sought | None:
    """The row of the best definition; None where the key alone does not decide."""
    by_definition = {str(row["definition"]): row for row in rows}
    if len(by_definition) > 1:
        by_definition.pop("text", None)
    best = next((name for name in PREFERRED if name in by_definition), None)
    if best is None and len(by_definition) > 1:
        return None
    row = by_definition[best] if best else next(iter(by_definition.values()))
    if row["flag"] == "suppressed" or not row["printed"]:
        return Sought(why=("秘匿の数値なので書きません", "hidden, so it is not written"))
    return Sought(str(row["printed"]), year=int(str(row["fiscal_year"])))
