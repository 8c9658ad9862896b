"""A survey sheet: its headings, its rows of respondents, and the address of each cell."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from helpers.problems import Problems, listed, near
from helpers.reading.cell import plain
from helpers.reading.codebook import SurveySource
from helpers.reading.files import Cells
from helpers.reading.heading import fill
from helpers.reading.messages.survey import COLUMN_TWICE, NO_COLUMN


@dataclass(frozen=True)
class Sheet:
    """The answers of one source, still as text.

    Attributes:
        name: the source.
        headings: one text a column, the levels of the heading joined.
        joined: the same, where an upper level holds for the blanks to its right (no merged cells).
        first: the first row below the heading.
        last: the row after the last respondent.
    """

    name: str
    cells: Cells
    headings: list[str]
    joined: list[str]
    first: int
    last: int

    @cached_property
    def rows(self) -> list[int]:
        """The rows that hold a respondent: those that are not blank."""
        return [row for row in range(self.first, self.last) if any(self.cells.values[row])]

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        return self.cells.values[row][column]

    def where(self, row: int, column: int) -> str:
        """The address of a cell, with the heading of its column."""
        return f"{self.cells.where(row, column)}（{self.headings[column]}）"

    def find(self, name: str, headings: list[str], problems: Problems) -> int | None:
        """The one column that a variable is in, by any of its headings."""
        found: list[int] = []
        for heading in headings:
            said, _, number = heading.partition("#")
            named = self._named(said) if number.isdigit() else self._named(heading)
            found += named[int(number) - 1 : int(number)] if number.isdigit() else named
        found = list(dict.fromkeys(found))
        if len(found) == 1:
            return found[0]
        if found:
            cells = "、".join(self.cells.where(self.first - 1, column) for column in found)
            heading = self.headings[found[0]]
            words = {"name": name, "count": len(found), "heading": heading}
            problems.note(COLUMN_TWICE.at(cells, **words))
            return None
        where = f"{self.cells.path.name} {self.cells.sheet}".strip()
        close = near(headings[0] if headings else name, self.headings)
        problems.note(NO_COLUMN.at(where, name=name, headings=listed(headings), near=close))
        return None

    def _named(self, heading: str) -> list[int]:
        """The columns with a heading, its levels joined or, in CSV, joined over the blanks."""
        for headings in (self.headings, self.joined):
            found = [i for i, text in enumerate(headings) if plain(text) == plain(heading)]
            if found:
                return found
        return []


def open_sheet(name: str, source: SurveySource, cells: Cells) -> Sheet:
    """Join the heading's rows: 「問5 満足度」 over 「子育て支援」 is 「問5 満足度 子育て支援」."""
    first = source.skip_rows + source.header_rows
    levels = cells.values[source.skip_rows : first]
    filled = [*(fill(row, below) for row, below in pairwise(levels)), *levels[-1:]]
    last = len(cells.values) - source.footer_rows
    return Sheet(name, cells, _headings(levels), _headings(filled), first, last)


def _headings(levels: list[list[str]]) -> list[str]:
    return [
        " ".join(dict.fromkeys(text for text in texts if text))
        for texts in zip(*levels, strict=True)
    ]
