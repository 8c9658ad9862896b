"""The year of a row: either calendar, eras given once and carried down, dates, Excel's serials."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, replace

from helpers.reading.cell import date_in, plain
from helpers.years import ERAS, Era, parse_year

_SERIALS = range(20_000, 65_000)  # 1954 to 2077
_BARE = re.compile(r"(\d{1,2}|元)(?:年度?)?")
_TOKEN = re.compile(r"(\d{4})|(令和|平成|昭和|[RHS])\.?(元|\d{1,2})(?!\d)", re.IGNORECASE)
_DATE = re.compile(
    r"(\d{4}年?|(?:令和|平成|昭和|[RHS])\.?(?:元|\d{1,2})年?)[-/.]?(\d{1,2})(?:[-/.月](\d{1,2})日?|月(?:末日?)?)(?:現在)?"
)
_TIME_CODE = re.compile(r"(\d{4})[01]00000")  # e-Stat's 時間軸 code of a year, or a fiscal year
_PROVISIONAL = re.compile(r"[(\[【]?(?:見込み?|速報値?|概数値?|推計値?|暫定値?|予測値?)[)\]】]?$")
DITTO = {
    plain(mark) for mark in ("〃", "″", "〟", "”", '"', "''", "々", "同", "同上", "仝", "ditto")
}
_SERIAL_ORIGIN = dt.date(1899, 12, 30)
_DAY = re.compile(
    r"(?:\d{4}|(?:令和|平成|昭和|[RHS])\.?(?:元|\d{1,2}))[-/.年](\d{1,2})[-/.月](\d{1,2}|末)?\D*"
)


def provisional(text: str) -> str:
    """What a year is marked with whose number is not final: 見込, 速報, 推計."""
    match = _PROVISIONAL.search("".join(unicodedata.normalize("NFKC", text).split()))
    return match[0].strip("()[]【】") if match else ""


def day_in(text: str) -> tuple[int, int] | None:
    """Month and day of a cell that states a whole date, as of which its numbers are."""
    clean = "".join(unicodedata.normalize("NFKC", text).split())
    if clean.isdigit() and int(clean) in _SERIALS:
        date = _SERIAL_ORIGIN + dt.timedelta(days=int(clean))
        return date.month, date.day
    match = _DAY.fullmatch(clean)
    if match is None:
        return None
    month = int(match[1])
    if not match[2] or match[2] == "末":  # 3月末, 3月: one day of the month, the same every year
        return month, 31
    return month, int(match[2])


def era_in(heading: str) -> Era | None:
    """The era that a heading gives for all its years: 「令和年度」 over 4, 5, 6."""
    clean = unicodedata.normalize("NFKC", heading)
    named = [era for era in ERAS if era.kanji in clean]
    return named[0] if len(named) == 1 and not re.search(r"\d", clean) else None


@dataclass
class Periods:
    """Reads the years of one column from top to bottom, and remembers the era.

    Attributes:
        fiscal: the column is headed 年度: a date belongs to the year that began in April.
        era: that of the row above, or of the heading.
        last: the year of the row above.
    """

    fiscal: bool
    era: Era | None = None
    last: int | None = None

    def read(self, text: str) -> int:
        """The year of one cell.

        Raises:
            ValueError: a sentence, when it is none.
        """
        self.last = self._read(text)
        return self.last

    def reads(self, text: str) -> bool:
        """Whether a cell is a year; nothing is remembered of it."""
        try:
            replace(self).read(text)
        except ValueError:
            return False
        return True

    def _read(self, text: str) -> int:
        clean = "".join(unicodedata.normalize("NFKC", text).split())
        text = clean = _PROVISIONAL.sub("", clean) or clean
        if code := _TIME_CODE.fullmatch(clean):
            return int(code[1])
        if date := self._date(clean):
            return date.year - (1 if self.fiscal and date.month < 4 else 0)
        if (match := _BARE.fullmatch(clean)) and self.era:
            number = 1 if match[1] == "元" else int(match[1])
            self.era = self._era_of_bare(number, self.era)
            return self.era.first + number - 1
        if not _TOKEN.sub("", clean).strip("年度()/・.-,現在"):
            tokens = list(_TOKEN.finditer(clean))
            try:
                years = {parse_year(token[0] if token[2] else token[1]) for token in tokens}
            except ValueError:
                years = set()
            if len(years) == 1:  # 令和元年(2019年) says it twice
                self._remember(tokens)
                return years.pop()
        return parse_year(text)

    def _era_of_bare(self, number: int, era: Era) -> Era:
        """The era of a year without one: it rolls over at 元年, forwards and backwards."""
        at = ERAS.index(era)
        if self.last is None:
            return era
        if number == 1 and at and self.last in (ERAS[at - 1].first - 1, ERAS[at - 1].first):
            return ERAS[at - 1]  # 平成30, 元
        before = ERAS[at + 1] if at + 1 < len(ERAS) else None
        if number > 1 and before and self.last == era.first:
            year = before.first + number - 1
            if year in (self.last - 1, self.last):
                return before  # 令和2, 元, 30
        return era

    def _remember(self, tokens: list[re.Match[str]]) -> None:
        """The newest of the eras in a cell holds below: 令和元年（平成31年）."""
        named = {token[2].upper() for token in tokens if token[2]}
        eras = [era for era in ERAS if named & {era.kanji, era.letter}]
        self.era = eras[0] if eras else self.era

    def _date(self, clean: str) -> dt.date | None:
        if clean.isdigit() and int(clean) in _SERIALS:
            return _SERIAL_ORIGIN + dt.timedelta(days=int(clean))
        found = date_in(clean)
        if found and found[0]:
            return dt.date(found[0], found[1], min(found[2], 28))
        match = _DATE.fullmatch(clean)
        token = _TOKEN.match(match[1]) if match else None
        if match is None or token is None or not 1 <= int(match[2]) <= 12:
            return None
        try:
            year = parse_year(token[0])
        except ValueError:
            return None
        self._remember([token])
        return dt.date(year, int(match[2]), 1)
