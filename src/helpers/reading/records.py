"""The records of a table: its rows below the heading, one by one, as numbers with their place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from helpers.edition import Edition, Table
from helpers.problems import Message, Problems
from helpers.reading.answers import plain
from helpers.reading.cell import read_value
from helpers.reading.codes import restore
from helpers.reading.files import Cells
from helpers.reading.heading import Heading
from helpers.reading.messages.files import SHORT_ROW
from helpers.reading.messages.tables import (
    NO_GROUP,
    NO_OWN_ROW,
    NO_ROWS,
    NOT_A_CODE,
    NOT_A_YEAR,
    WRONG_LINES,
    ZERO_RESTORED,
)
from helpers.reading.numbers import (
    Number,
    dates_for_groups,
    mixed_dates,
    mixed_years,
    repeats,
)
from helpers.reading.periods import Periods

_NOTE = re.compile(r"[(（\[【「]?\s*(?:注|※|＊|\*|資料|出典|出所|備考|凡例|単位|[－…x-]\s*[:：は])")


@dataclass
class Records:
    """Reads the rows of one table, and notes what is wrong with them.

    Attributes:
        columns: item → column.
        ids: what a group is called in the file → its id.
    """

    name: str
    table: Table
    edition: Edition
    cells: Cells
    heading: Heading
    ids: dict[str, str]
    problems: Problems
    numbers: list[Number] = field(default_factory=list)

    def __post_init__(self) -> None:
        found = {place: at[0] for place, at in self.heading.columns.items() if len(at) == 1}
        self.columns = {
            place.removeprefix("columns."): at
            for place, at in found.items()
            if place.startswith("columns.")
        }
        self.at_year, self.at_group = found.get("year"), found.get("group")
        self.at_code = found.get("code")
        head = self.heading.text(self.at_year) if self.at_year is not None else ""
        self.periods = Periods("年度" in head)

    def read(self) -> list[Number]:
        """Every number of the table, but for rows that are notes or described as left out."""
        rows = [row for row in self._rows() if not self._is_note(row)]
        rows = self._own_rows(rows)
        years, year, seen = {}, 0, ("", "")
        lines = 0
        for row in rows:
            year = self._year(row, year)
            group = self._group(row, seen[1])
            years[row] = year
            # Rows that alternate between counts and percentages name their record once.
            again = self.table.lines and lines and (str(year), group) == seen
            if self.table.lines and not again and lines % len(self.table.lines):
                self._wrong_lines(row, lines)
                lines = 0
            line = self.table.lines[lines % len(self.table.lines)] if self.table.lines else ""
            lines = (lines + 1) if again or not lines else 1
            seen = str(year), group
            self._read_row(row, year, group, line)
        if self.table.lines and lines % len(self.table.lines) and rows:
            self._wrong_lines(rows[-1], lines)
        if not rows:
            self.problems.note(NO_ROWS.at(self._where(self.heading.top, 0)))
        if self.at_group is not None:
            self.problems.extend(dates_for_groups(self.cells, self.at_group, rows))
        if self.at_year is not None:
            self.problems.extend(mixed_years(self.cells, self.at_year, rows))
            if self.at_group is None:  # else the group tells census from register
                self.problems.extend(mixed_dates(self.cells, self.at_year, rows))
        self.problems.extend(repeats(self.numbers))
        return self.numbers

    def _where(self, row: int, column: int) -> str:
        return self.cells.where(row, column)

    def _note(self, message: Message, row: int, column: int, **words: object) -> None:
        self.problems.note(message.at(self._where(row, column), table=self.name, **words))

    def _rows(self) -> Iterator[int]:
        first = self.heading.top + self.table.header_rows
        left_out = {plain(text) for text in self.table.leave_out}
        for row in range(first, len(self.cells.values) - self.table.footer_rows):
            texts = self.cells.values[row]
            labels = [texts[at] for at in (self.at_year, self.at_group) if at is not None]
            named = {plain(text) for text in [*labels, next(filter(None, texts), "")]}
            if any(texts) and not named & left_out:
                yield row

    def _is_note(self, row: int) -> bool:
        """A row without a number that is marked as a note, or whose year is none.

        A note in merged cells repeats its text across the row; a heading may be repeated on
        every page of a long table.
        """
        texts = self.cells.values[row]
        first = next(filter(None, texts), "")
        note = _NOTE.match(first)
        across = first if note else ""
        given = [texts[at] for at in self.columns.values() if texts[at] not in ("", across)]
        held = [text for text in given if any(digit.isdigit() for digit in plain(text))]
        heading = [self.cells.values[self.heading.top + i] for i in range(self.table.header_rows)]
        if texts in heading or (not held and note):
            return True
        if self.at_year is None or held:
            return False
        try:
            Periods(self.periods.fiscal, self.periods.era).read(texts[self.at_year])
        except ValueError:
            text = texts[self.at_year]
            spread = self.at_group is not None or self.table.lines
            return not any(c.isdigit() for c in plain(text)) and not (given and spread)
        return False

    def _own_rows(self, rows: list[int]) -> list[int]:
        """Codes with their zeros back; without a group, only the rows of the edition's city."""
        if self.at_code is None:
            return rows
        texts = [self.cells.values[row][self.at_code] for row in rows]
        kept = []
        for row, text, code in zip(rows, texts, restore(texts), strict=True):
            if code is None:
                self._note(NOT_A_CODE, row, self.at_code, text=text)
            elif code != plain(text):
                self._note(ZERO_RESTORED, row, self.at_code, text=text, code=code)
            own = code is not None and code[:5] == self.edition.code[:5]
            if own and self.at_group is not None:
                self.ids[self.cells.values[row][self.at_group]] = self.edition.city
            if own or self.at_group is not None:
                kept.append(row)
        if not kept and rows:
            self._note(NO_OWN_ROW, rows[0], self.at_code, code=self.edition.code)
        return kept

    def _year(self, row: int, above: int) -> int:
        if self.at_year is None:
            same = self.table.same_year
            return int(same) if same else self.edition.fiscal_year
        text = self.cells.values[row][self.at_year]
        if not text and above and (self.at_group is not None or self.table.lines):
            return above  # the year is given once for several groups
        try:
            return self.periods.read(text)
        except ValueError as error:
            self._note(NOT_A_YEAR, row, self.at_year, why=str(error).rstrip("。"), text=text)
            return 0

    def _group(self, row: int, above: str) -> str:
        if self.at_group is None:
            return "total"
        text = self.cells.values[row][self.at_group]
        if not text and self.table.lines:
            return above
        if not text:
            self._note(NO_GROUP, row, self.at_group)
        return self.ids.get(text) or self.ids.get(plain(text)) or text or "?"

    def _read_row(self, row: int, year: int, group: str, line: str) -> None:
        texts = self.cells.values[row]
        last = max([*self.columns.values(), self.at_year or 0, self.at_group or 0])
        if self.cells.widths and self.cells.widths[row] <= last:
            width = self.cells.widths[row]
            self._note(SHORT_ROW, row, max(width - 1, 0), found=width, expected=len(texts))
            return
        for item, at in self.columns.items():
            value = read_value(texts[at], self.table.symbols)
            if value.wrong:
                self._note(value.wrong, row, at, text=texts[at])
            named = f"{item}.{line}" if line else item
            self.numbers.append(Number(self.name, year, group, named, value, self._where(row, at)))

    def _wrong_lines(self, row: int, found: int) -> None:
        expected, lines = len(self.table.lines), ", ".join(self.table.lines)
        self._note(WRONG_LINES, row, 0, found=found, expected=expected, lines=lines)
