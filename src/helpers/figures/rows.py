"""Indicator rows as figures read them: found by name, printed as they are to be shown."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from helpers.drawing import Context
from helpers.labels import label
from helpers.rounding import MINUS, number

HIDDEN = "x"  # 秘匿
UNKNOWN = "…"  # 不詳


def thousands(text: str) -> str:
    """A printed number with thousands separators: ``−1097.1`` → ``−1,097.1``."""
    return re.sub(r"(?<![\d.])\d{4,}", lambda m: f"{int(m[0]):,}", text, count=1)


UNITS = {
    "%": ("％", "%"),
    "％": ("％", "%"),
    "人": ("人", "people"),
    "世帯": ("世帯", "households"),
    "件": ("件", "views"),
    "万件": ("万件", "10,000 views"),
    "万人": ("万人", "10,000 people"),
    "万人・ポイント": ("万人・ポイント", "10,000 people × points"),
    "ポイント": ("ポイント", "points"),
    "点": ("点", "points"),
    "位": ("位", ""),
}


def unit_name(unit: str, context: Context) -> str:
    """A unit in the context's language; one that is not known stays as it is."""
    return context.say(*UNITS.get(unit, (unit, unit)))


@dataclass(frozen=True)
class Row:
    """One indicator row: one number with everything that belongs to it.

    What is drawn and written has the digits that are printed; ``unrounded…`` never leaves.
    """

    year: int
    indicator: str
    breakdown: str
    group: str
    category: str
    value: float
    printed: str
    unit: str
    n: float
    low: float
    high: float
    definition: str
    flag: str
    source: str
    unrounded: float = math.nan
    unrounded_low: float = math.nan
    unrounded_high: float = math.nan

    @property
    def inside(self) -> tuple[float, float, float]:
        """Value and interval before rounding, as far as known: what titles compute with."""
        known = (self.unrounded, self.unrounded_low, self.unrounded_high)
        shown = (self.value, self.low, self.high)
        value, low, high = (s if math.isnan(u) else u for u, s in zip(known, shown, strict=True))
        return value, low, high

    @property
    def hidden(self) -> bool:
        """Whether the number is withheld to protect respondents."""
        return self.flag == "suppressed"

    @property
    def small(self) -> bool:
        """Whether the base is too small for the number to be named in a title."""
        return self.flag == "small_base" or self.n < 30

    @property
    def broken(self) -> bool:
        """Whether it cannot be compared with the years before: it is counted otherwise."""
        return self.flag == "series_break"

    @property
    def known(self) -> bool:
        """Whether there is a number to draw."""
        return not self.hidden and self.value == self.value

    @property
    def has_interval(self) -> bool:
        """Whether a sampling interval is known."""
        return self.low == self.low and self.high == self.high

    @property
    def text(self) -> str:
        """The number as shown."""
        if self.hidden:
            return HIDDEN
        return thousands(self.printed) if self.printed else UNKNOWN

    @property
    def signed(self) -> str:
        """The number as shown, a plus sign before what is above zero."""
        plus = self.known and self.value > 0 and self.printed[:1] not in ("+", "＋", MINUS)
        return f"+{self.text}" if plus else self.text

    def said(self, context: Context) -> str:
        """The number and its unit, as a sentence has it: ``72.5％``."""
        unit = unit_name(self.unit, context)
        space = "" if context.lang == "ja" or unit in ("", "%") else " "
        return f"{self.text}{space}{unit}"


def read(rows: pd.DataFrame) -> list[Row]:
    """Indicator rows of a frame, in its order."""
    frame = rows.rename(columns={"fiscal_year": "year"})
    beside = ["unrounded", "unrounded_low", "unrounded_high"]
    frame = frame.assign(**{name: math.nan for name in beside if name not in frame})
    names = ["value", "n", "low", "high", *beside]
    frame = frame.assign(**{c: pd.to_numeric(frame[c], errors="coerce") for c in names})
    texts = ["category", "printed", "unit", "definition", "flag", "source"]
    frame[texts] = frame[texts].fillna("").astype(str)
    fields = list(Row.__dataclass_fields__)
    found = [Row(*values) for values in frame[fields].itertuples(index=False, name=None)]
    return [_with_value(row) for row in found]


def _with_value(row: Row) -> Row:
    """A published row may carry its printed text alone: that is its number, too."""
    if row.value == row.value or row.hidden or not re.search(r"\d", row.printed):
        return row
    return Row(**{**row.__dict__, "value": float(number(row.printed))})


def find(rows: Iterable[Row], **wanted: str | int | Sequence[str] | Sequence[int]) -> list[Row]:
    """The rows whose fields are as wanted, a text or one of several.

    Raises:
        ValueError: two rows differ in their definition alone; the notebook must choose.
    """
    allowed = {k: [v] if isinstance(v, str | int) else list(v) for k, v in wanted.items()}
    found = [row for row in rows if all(getattr(row, k) in v for k, v in allowed.items())]
    seen: set[tuple[int | str, ...]] = set()
    for row in found:
        key = (row.year, row.indicator, row.breakdown, row.group, row.category)
        if key in seen:
            name = ".".join(str(part) for part in key)
            raise ValueError(
                f"「{name}」に複数の定義の行がある。definition で一つに絞ってください。"
            )
        seen.add(key)
    return found


def need(rows: Iterable[Row], **wanted: str | int | Sequence[str] | Sequence[int]) -> list[Row]:
    """Like ``find``, but at least one row must be there.

    Raises:
        ValueError: a sentence that names what is missing.
    """
    found = find(rows, **wanted)
    if not found:
        asked = "、".join(f"{field}={value}" for field, value in wanted.items())
        raise ValueError(f"図に要る指標の行がない（{asked}）。第2段階のノートを確かめてください。")
    return found


def one(rows: Iterable[Row], **wanted: str | int | Sequence[str] | Sequence[int]) -> Row | None:
    """The row that is as wanted, or None."""
    found = find(rows, **wanted)
    return found[0] if found else None


def of_year(rows: Sequence[Row], year: int) -> list[Row]:
    """The rows of a year or, where there are none (a census), of the last year before it."""
    years = [row.year for row in rows if row.year <= year]
    return [row for row in rows if years and row.year == max(years)]


def groups_of(rows: Iterable[Row]) -> list[str]:
    """The groups in the order of the rows, each once."""
    return list(dict.fromkeys(row.group for row in rows))


def name(identifier: str, context: Context) -> str:
    """The words for an identifier in the context's language."""
    return label(identifier, context.lang, context.labels)
