"""The year of a row: either calendar, eras given once and carried down, dates, Excel's serials."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from helpers.reading.cell import date_in
from helpers.years import ERAS, Era, parse_year

_SERIALS = range(20_000, 65_000)  # 1954 to 2077
_BARE = re.compile(r"(\d{1,2}|元)(?:年度?)?")
_TOKEN = re.compile(r"(\d{4})|(令和|平成|昭和|[RHS])\.?(元|\d{1,2})(?!\d)", re.IGNORECASE)
_DATE = re.compile(
    r"(\d{4}年?|(?:令和|平成|昭和|[RHS])\.?(?:元|\d{1,2})年?)[-/.]?(\d{1,2})[-/.月](\d{1,2})日?(?:現在)?"
)
_SERIAL_ORIGIN = dt.date(1899, 12, 30)
_DAY = re.compile(
    r"(?:\d{4}|(?:令和|平成|昭和|[RHS])\.?(?:元|\d{1,2}))[-/.年](\d{1,2})[-/.月](\d{1,2})\D*"
)


def day_in(text: str) -> tuple[int, int] | None:
    """Month and day of a cell that states a whole date, as of which its numbers are."""
    clean = "".join(unicodedata.normalize("NFKC", text).split())
    if clean.isdigit() and int(clean) in _SERIALS:
        date = _SERIAL_ORIGIN + dt.timedelta(days=int(clean))
        return date.month, date.day
    match = _DAY.fullmatch(clean)
    return (int(match[1]), int(match[2])) if match else None


@dataclass
class Periods:
    """Reads the years of one column from top to bottom, and remembers the era.

    Attributes:
        fiscal: the column is headed 年度: a date belongs to the year that began in April.
    """

    fiscal: bool
    era: Era | None = None

    def read(self, text: str) -> int:
        """The year of one cell.

        Raises:
            ValueError: a sentence, when it is none.
        """
        clean = "".join(unicodedata.normalize("NFKC", text).split())
        if date := self._date(clean):
            return date.year - (1 if self.fiscal and date.month < 4 else 0)
        if (match := _BARE.fullmatch(clean)) and self.era:
            return self.era.first + (1 if match[1] == "元" else int(match[1])) - 1
        if not _TOKEN.sub("", clean).strip("年度()/・.-,現在"):
            try:
                years = {self._token(token) for token in _TOKEN.finditer(clean)}
            except ValueError:
                years = set()
            if len(years) == 1:  # 令和元年(2019年) says it twice
                return years.pop()
        return parse_year(text)

    def _token(self, token: re.Match[str]) -> int:
        if token[1]:
            return parse_year(token[1])
        year = parse_year(token[0])
        self.era = next(e for e in ERAS if token[2].upper() in (e.kanji, e.letter))
        return year

    def _date(self, clean: str) -> dt.date | None:
        if clean.isdigit() and int(clean) in _SERIALS:
            return _SERIAL_ORIGIN + dt.timedelta(days=int(clean))
        found = date_in(clean)
        if found and found[0]:
            return dt.date(found[0], found[1], min(found[2], 28))
        if match := _DATE.fullmatch(clean):
            year = self._token(token) if (token := _TOKEN.match(match[1])) else 0
            return dt.date(year, int(match[2]), 1) if 1 <= int(match[2]) <= 12 else None
        return None
