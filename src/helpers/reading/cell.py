"""One cell of a statistics table: a number, a symbol that stands for one, or neither.

A symbol means what the file's own legend says, or else edition.yml: － may be nothing at all or
not known, and x a secret or a cross. Only words that say it themselves need neither.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from helpers.problems import Message
from helpers.reading.messages.files import FORMULA_ERROR, FORMULA_WITHOUT_VALUE, UNSOLVED
from helpers.reading.messages.tables import (
    DATE_FOR_NUMBER,
    MISPLACED_COMMA,
    NOT_A_NUMBER,
    STRANGE_UNIT,
    UNKNOWN_SYMBOL,
)
from helpers.reading.units import Unit, symbol, unit_of


def column_letters(number: int) -> str:
    """1 → ``A``, 27 → ``AA``."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """``A`` → 1, ``AA`` → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def split_address(address: str) -> tuple[str, int]:
    """``$B$7`` → ``("B", 7)``.

    Raises:
        ValueError: it is no address of a cell.
    """
    match = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?(\d+)", address)
    if not match:
        raise ValueError(f"{address} is no address of a cell")
    return match[1].upper(), int(match[2])


ZERO, UNKNOWN, HIDDEN = "－", "…", "x"
Meaning = Literal["zero", "unknown", "hidden"]
SHOWN: dict[Meaning, str] = {"zero": ZERO, "unknown": UNKNOWN, "hidden": HIDDEN}
# These say what they mean; a blank or dots can only be a number that is not there.
_WORDS: dict[str, Meaning] = {
    "皆無": "zero",
    **dict.fromkeys(("", "...", "..", "・・・", "不詳", "不明", "N/A", "NA", "n.a."), "unknown"),
    "秘匿": "hidden",
}
_SYMBOL = re.compile(r"[-―—–‐−ー─]{1,3}|[*]{1,3}|[xX×χ]|[△▲]|[.・]{1,3}")
# Zero-width and direction marks come along when text is copied from the web or a PDF.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_MARKED = re.compile("[^\u0300-\u036f\u3099\u309a][\u0300-\u036f\u3099\u309a]+")
_WAVES = str.maketrans({"〜": "~", "∼": "~", "−": "-", "‐": "-", "–": "-", "—": "-", "―": "-"})
_MINUS = re.compile(r"^(?:[-−‐–—―▲△])\s*(?=[\d.])")
_PLUS = re.compile(r"^(?:\+\s*(?=[\d.])|±\s*(?=0+(?:\.0+)?$))")
_NUMBER = re.compile(r"-?(?:(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?|\.\d+)")
_SUFFIX = re.compile(r"([-\d,.]*\d[\d,.]*)\s*(\D+)")
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


def plain(text: str) -> str:
    """A text for comparing: half-width, one kind of dash and wave, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_WAVES).split())


def visible(text: str) -> str:
    """A text without invisible characters and the spaces around it.

    A Mac writes が as か and a mark over it; that is one letter again.
    """
    clean = _INVISIBLE.sub("", text).strip()
    return _MARKED.sub(lambda pair: unicodedata.normalize("NFC", pair[0]), clean)


@dataclass(frozen=True)
class Notation:
    """How one column of a table writes its numbers.

    Attributes:
        symbols: what its symbols mean, in the spelling of ``symbol``.
        marks: what may stand beside a number and changes nothing (r, *).
        written: the unit that the file states for its numbers.
        wanted: the unit in which edition.yml wants them.
    """

    symbols: Mapping[str, Meaning] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    written: Unit | None = None
    wanted: Unit | None = None

    def factor(self, own: Unit | None = None) -> Decimal | None:
        """What a number is multiplied with; None where its own unit is not the column's."""
        written = own or self.written
        wanted = self.wanted or self.written
        if written is None or wanted is None:
            return Decimal(1) if own is None else None
        return written.factor / wanted.factor if written.base == wanted.base else None


def read_value(text: str, notation: Notation | None = None) -> Value:
    """The number or the symbol in a cell, in the unit that is wanted.

    Args:
        text: as in the file: full-width digits, thousands commas, ▲, + and ±0 are understood.
        notation: how its column writes numbers.
    """
    notation = notation or Notation()
    clean = unicodedata.normalize("NFKC", text).strip()
    meaning = notation.symbols.get(symbol(clean), _WORDS.get(clean))
    if meaning:
        number = 0.0 if meaning == "zero" else float("nan")
        return Value(number, SHOWN[meaning] if clean else "")
    bare = _without_marks(clean, notation.marks)
    own: Unit | None = None
    if not _NUMBER.fullmatch(_signed(bare)) and (match := _SUFFIX.fullmatch(_signed(bare))):
        own = unit_of(match[2])
        bare = match[1] if own else bare
    bare = _signed(bare)
    if not _NUMBER.fullmatch(bare):
        return Value(float("nan"), clean, _wrong(text, clean, bare))
    factor = notation.factor(own)
    if factor is None:
        return Value(float("nan"), clean, STRANGE_UNIT)
    plain = _written(bare)
    if factor != 1:
        plain = _written(f"{(Decimal(plain) * factor).normalize():f}")
    return Value(float(Decimal(plain)), plain)


def _signed(text: str) -> str:
    """One kind of minus, and no plus."""
    return _PLUS.sub("", _MINUS.sub("-", text))


def _written(bare: str) -> str:
    """A number in one spelling: ``.5`` → ``0.5``, ``1234.`` → ``1234``, ``-0`` → ``0``."""
    sign, digits = ("-", bare[1:]) if bare.startswith("-") else ("", bare)
    whole, dot, fraction = digits.replace(",", "").partition(".")
    whole = whole.lstrip("0") or "0"
    number = f"{whole}.{fraction}" if dot and fraction else whole
    return sign + number if Decimal(number) else number


def _without_marks(clean: str, marks: tuple[str, ...]) -> str:
    for mark in marks:
        if mark and clean != mark:
            clean = clean.removesuffix(mark).removeprefix(mark).strip()
    return clean


def _wrong(text: str, clean: str, bare: str) -> Message:
    if text == UNSOLVED:
        return FORMULA_WITHOUT_VALUE
    if bare.startswith("#"):
        return FORMULA_ERROR
    if _SYMBOL.fullmatch(clean):
        return UNKNOWN_SYMBOL
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
