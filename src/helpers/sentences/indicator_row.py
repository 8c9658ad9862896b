"""One indicator row: a number with everything a chart or a sentence says of it."""

import math
from dataclasses import dataclass

from helpers.drawing import Context
from helpers.labels import label
from helpers.rounding import MINUS
from helpers.sentences.numbers import thousands

HIDDEN = "x"  # 秘匿
UNKNOWN = "…"  # 不詳


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
    "指標": ("指標", "indicators"),
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


def name(identifier: str, context: Context) -> str:
    """The words for an identifier in the context's language."""
    return label(identifier, context.lang, context.labels)
