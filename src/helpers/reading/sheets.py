"""A survey sheet: its headings, its rows of respondents, and the address of each cell."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from helpers.problems import Problems, Said, listed, near
from helpers.reading.answers import plain
from helpers.reading.codebook import SurveySource
from helpers.reading.files import Cells
from helpers.reading.messages.survey import COLUMN_TWICE, NO_COLUMN


@dataclass(frozen=True)
class Sheet:
    """The answers of one source, still as text.

    Attributes:
        name: the source.
        headings: one text a column, the levels of the heading joined.
        first: the first row below the heading.
        last: the row after the last respondent.
    """

    name: str
    cells: Cells
    headings: list[str]
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
        wanted = {plain(heading) for heading in headings}
        found = [i for i, heading in enumerate(self.headings) if plain(heading) in wanted]
        if len(found) == 1:
            return found[0]
        if found:
            cells = "、".join(self.cells.where(self.first - 1, column) for column in found)
            problems.note(COLUMN_TWICE.at(cells, name=name, count=len(found)))
            return None
        where = f"{self.cells.path.name} {self.cells.sheet}".strip()
        sought = headings[0] if headings else name
        if get_close_matches(sought, self.headings, cutoff=0.5):
            close = near(sought, self.headings)
        else:  # a row of answers may stand where the heading is looked for: it is not repeated
            count = sum(map(bool, self.headings))
            close = Said(f"見出しの行には {count} 列あります", f"the heading has {count} columns")
        problems.note(NO_COLUMN.at(where, name=name, headings=listed(headings), near=close))
        return None


def open_sheet(name: str, source: SurveySource, cells: Cells) -> Sheet:
    """Join the heading's rows: 「問5 満足度」 over 「子育て支援」 is 「問5 満足度 子育て支援」."""
    first = source.skip_rows + source.header_rows
    levels = cells.values[source.skip_rows : first]
    headings = [
        " ".join(dict.fromkeys(text for text in texts if text))
        for texts in zip(*levels, strict=True)
    ]
    return Sheet(name, cells, headings, first, len(cells.values) - source.footer_rows)
