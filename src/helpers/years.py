"""Fiscal years (年度) in the Western and the Japanese calendar."""

import re
import unicodedata
from dataclasses import dataclass

FIRST, LAST = 1950, 2100


@dataclass(frozen=True)
class Era:
    """A Japanese era: its names and the Western year of its year 1."""

    kanji: str
    letter: str
    first: int


# Newest first: a fiscal year belongs to the era that began in or before its April to December.
ERAS = (Era("令和", "R", 2019), Era("平成", "H", 1989), Era("昭和", "S", 1926))

_WESTERN = re.compile(r"(\d{4})(?:年度?)?")
_ERA = re.compile(r"(令和|平成|昭和|R|H|S)\.?(元|\d{1,2})(?:年度?)?", re.IGNORECASE)


def parse_year(text: str | int) -> int:
    """Read a fiscal year written in either calendar.

    Args:
        text: ``2025``, ``"2025年度"``, ``"令和7年度"``, ``"R7"``, ``"平成元年"``; full-width
            digits and surrounding spaces are accepted.

    Returns:
        The Western year in which the fiscal year begins.

    Raises:
        ValueError: a sentence, when the text is not a fiscal year between 1950 and 2100.
    """
    clean = unicodedata.normalize("NFKC", str(text)).strip().replace(" ", "")
    if match := _WESTERN.fullmatch(clean):
        year = int(match[1])
    elif match := _ERA.fullmatch(clean):
        number = 1 if match[2] == "元" else int(match[2])
        era = next(e for e in ERAS if match[1].upper() in (e.kanji, e.letter))
        year = era.first + number - 1
        # 平成31年度 was written in budgets before the era changed in May 2019.
        in_range = FIRST <= year <= LAST
        if number < 1 or (in_range and era not in (era_of(year), era_of(year - 1))):
            raise ValueError(f"「{text}」という年度はありません（例: 2025、令和7年度、R7）。")
    else:
        raise ValueError(f"「{text}」は年度ではありません（例: 2025、令和7年度、R7）。")
    if not FIRST <= year <= LAST:
        raise ValueError(f"年度 {year} は範囲外です（{FIRST}〜{LAST}）。")
    return year


def era_of(year: int) -> Era:
    """The era by which the fiscal year ``year`` is named (2019 is 令和元年度)."""
    return next(era for era in ERAS if year >= era.first)


def short_year(year: int) -> str:
    """``2025`` → ``R7``, as on the axes of Japanese reports."""
    era = era_of(year)
    return f"{era.letter}{year - era.first + 1}"


def era_year(year: int, suffix: str = "年度") -> str:
    """``2025`` → ``令和7年度``; the first year of an era is 元年."""
    era = era_of(year)
    number = year - era.first + 1
    return f"{era.kanji}{'元' if number == 1 else number}{suffix}"


def year_label(year: int, lang: str = "ja", suffix: str = "年度") -> str:
    """The first mention of a year: ``令和7年度（2025年度）``, in English ``FY2025``."""
    if lang == "en":
        return f"FY{year}" if suffix == "年度" else str(year)
    return f"{era_year(year, suffix)}（{year}{suffix}）"
