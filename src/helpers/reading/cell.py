"""One cell of a statistics table: a number, a symbol that stands for one, or neither.

The symbols of Japanese statistics are kept apart: － is zero, … is unknown, x is hidden.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from helpers.problems import Message
from helpers.reading.messages.sheets import FORMULA_ERROR, FORMULA_WITHOUT_VALUE, UNSOLVED
from helpers.reading.messages.tables import DATE_FOR_NUMBER, MISPLACED_COMMA, NOT_A_NUMBER

ZERO, UNKNOWN, HIDDEN = "－", "…", "x"
SYMBOLS: dict[str, tuple[str, ...]] = {
    ZERO: ("-", "―", "—", "–", "‐", "−", "ー", "─", "皆無"),
    UNKNOWN: ("", "...", "…", "..", "‥", "・", "・・・", "不詳", "不明", "N/A", "NA", "n.a."),
    HIDDEN: ("x", "X", "χ", "×", "*", "**", "***", "秘匿"),
}
Meaning = Literal["zero", "unknown", "hidden"]
_MEANING: dict[Meaning, str] = {"zero": ZERO, "unknown": UNKNOWN, "hidden": HIDDEN}
# Zero-width and direction marks come along when text is copied from the web or a PDF.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_MINUS = re.compile(r"^(?:[-−‐–—―▲△])\s*(?=[\d.])")
_NUMBER = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_COMMAS = re.compile(r"-?[\d,]*,[\d,]*(?:\.\d+)?")
_DATE = re.compile(
    r"(?:(\d{4})[-/.年])?(\d{1,2})(?:[-/.]|月)(\d{1,2})日?(?:[ T]\d{1,2}:.*)?|"
    r"(\d{1,2})-([A-Z][a-z]{2})(?:-\d{2,4})?|([A-Z][a-z]{2})-(\d{1,2})"
)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True)
class Value:
    """What a cell states: its number and its text in one spelling, or what is wrong with it."""

    number: float
    text: str
    wrong: Message | None = None


def visible(text: str) -> str:
    """A text without invisible characters and the spaces around it."""
    return _INVISIBLE.sub("", text).strip()


def read_value(text: str, symbols: Mapping[Meaning, Sequence[str]]) -> Value:
    """The number or the symbol in a cell.

    Args:
        text: as in the file: full-width digits, thousands commas, ▲ and % are understood.
        symbols: the table's own symbols, by ``zero``, ``unknown`` or ``hidden``.
    """
    clean = unicodedata.normalize("NFKC", text).strip()
    if symbol := _symbol(clean, symbols):
        return Value(0.0 if symbol == ZERO else float("nan"), symbol if clean else "")
    bare = _MINUS.sub("-", clean.removesuffix("%").strip())
    if _NUMBER.fullmatch(bare):
        plain = bare.replace(",", "")
        return Value(float(Decimal(plain)), plain)
    return Value(float("nan"), clean, _wrong(text, bare))


def _symbol(clean: str, symbols: Mapping[Meaning, Sequence[str]]) -> str:
    for meaning, own in symbols.items():
        if clean in (unicodedata.normalize("NFKC", symbol) for symbol in own):
            return _MEANING[meaning]
    return next((symbol for symbol, known in SYMBOLS.items() if clean in known), "")


def _wrong(text: str, bare: str) -> Message:
    if text == UNSOLVED:
        return FORMULA_WITHOUT_VALUE
    if bare.startswith("#"):
        return FORMULA_ERROR
    if _COMMAS.fullmatch(bare):
        return MISPLACED_COMMA
    return DATE_FOR_NUMBER if date_in(bare) else NOT_A_NUMBER


def date_in(text: str) -> tuple[int | None, int, int] | None:
    """Year (if any), month and day of a text that is a date in full."""
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    year, month, day, day_first, named, name, day_last = match.groups()
    if named or name:
        word = named or name
        if word not in _MONTHS:
            return None
        month, day = str(_MONTHS.index(word) + 1), day_first or day_last
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return None
    return (int(year) if year else None), int(month), int(day)
