"""Years inside titles, labels and file names, moved to another year in the same spelling."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.years import era_of, parse_year

_DIGIT = "[0-9０-９]"
_YEAR = re.compile(
    rf"(?P<era>令和|平成|昭和)(?P<number>元|{_DIGIT}{{1,2}})(?!{_DIGIT})"
    rf"|(?<![A-Za-zＡ-Ｚａ-ｚ0-9０-９])(?P<letter>[RHSＲＨＳ])(?P<short>{_DIGIT}{{1,2}})"
    rf"(?![A-Za-z0-9０-９])"
    rf"|(?<!{_DIGIT})(?P<western>(?:19|20|１９|２０){_DIGIT}{{2}})(?!{_DIGIT})"
)


@dataclass(frozen=True)
class YearInText:
    """A year as a text spells it.

    Attributes:
        start: where it begins in the text.
        text: as spelt, without 年 or 年度: ``令和7``, ``Ｒ７``, ``2025``.
        year: the Western year.
        fiscal: whether the text says that it is a fiscal year (年度, FY).
    """

    start: int
    text: str
    year: int
    fiscal: bool

    def moved(self, year: int) -> str:
        """Another year in the same spelling, the digits as wide as they were."""
        era = era_of(year)
        number = str(year - era.first + 1)
        if self.text[:2] in ("令和", "平成", "昭和"):
            plain = era.kanji + ("元" if number == "1" else number)
        elif self.text[0].isdigit():
            plain = str(year)
        else:
            plain = era.letter + number
        return plain.translate(_WIDE) if _is_wide(self.text) else plain


_WIDE = {ord(plain): ord(plain) + 0xFEE0 for plain in "0123456789RHS"}


def years_in(text: str) -> Iterator[YearInText]:
    """Every year that a text names, in either calendar."""
    for match in _YEAR.finditer(text):
        try:
            year = parse_year(match[0])
        except ValueError:
            continue
        after, before = text[match.end() :], text[: match.start()].rstrip()
        fiscal = after.startswith("年度") or before.endswith("FY")
        yield YearInText(match.start(), match[0], year, fiscal)


def move_year(text: str, old: int, new: int, fiscal_only: bool = False) -> str:
    """The text with every mention of one year moved to another, and no other year touched.

    Args:
        text: a title, a label or a file name.
        old: the year to look for.
        new: the year to write.
        fiscal_only: leave a year alone that is not called 年度 or FY: 令和8年4月 is a date.
    """
    for found in reversed(list(years_in(text))):
        if found.year == old and (found.fiscal or not fiscal_only):
            end = found.start + len(found.text)
            text = text[: found.start] + found.moved(new) + text[end:]
    return text


def _is_wide(text: str) -> bool:
    return any(unicodedata.east_asian_width(char) == "F" for char in text)
