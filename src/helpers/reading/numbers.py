"""The numbers of a table, each with its place, and what is odd about them all together."""

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.problems import Problem
from helpers.reading.answers import plain
from helpers.reading.cell import Value, date_in
from helpers.reading.files import Cells
from helpers.reading.messages.tables import DATE_FOR_GROUP, MIXED_DATES, MIXED_YEARS, TWICE
from helpers.reading.periods import day_in


@dataclass(frozen=True)
class Number:
    """One number of a table and where it stands."""

    table: str
    year: int
    group: str
    item: str
    value: Value
    where: str


def dates_for_groups(cells: Cells, column: int, rows: list[int]) -> Iterator[Problem]:
    """Excel makes dates of 5-9 and 10-19; where all groups are dates, they are meant."""
    texts = {row: cells.values[row][column] for row in rows}
    dates = {row: date for row, text in texts.items() if (date := date_in(text))}
    if len(dates) < len(rows):
        for row, (_, month, day) in dates.items():
            words = {"text": texts[row], "guess": f"{month}-{day}"}
            yield DATE_FOR_GROUP.at(cells.where(row, column), **words)


def mixed_dates(cells: Cells, column: int, rows: list[int]) -> Iterator[Problem]:
    """1 October and 1 January of the years in one column: the fewer of them are named once."""
    days: dict[tuple[int, int], list[int]] = {}
    for row in rows:
        if day := day_in(cells.values[row][column]):
            days.setdefault(day, []).append(row)
    if len(days) > 1:
        fewer, *_, more = sorted(days.values(), key=len)
        words = {name: cells.values[at[0]][column] for name, at in
            (("text", fewer), ("other_text", more))}  # fmt: skip
        other = cells.where(more[0], column)
        yield MIXED_DATES.at(cells.where(fewer[0], column), other=other, **words)


def mixed_years(cells: Cells, column: int, rows: list[int]) -> Iterator[Problem]:
    """Calendar years and fiscal years in one column are two definitions of a year."""
    texts = {row: plain(cells.values[row][column]) for row in rows}
    calendar = [row for row, text in texts.items() if text.endswith("年")]
    fiscal = [row for row, text in texts.items() if text.endswith("年度")]
    if calendar and fiscal:
        fewer, more = sorted((calendar, fiscal), key=len)
        words = {"text": texts[more[0]], "other": cells.where(more[0], column)}
        yield MIXED_YEARS.at(cells.where(fewer[0], column), **words)


def repeats(numbers: list[Number]) -> Iterator[Problem]:
    """The same number of the same year and group, given twice."""
    seen: dict[tuple[int, str, str], str] = {}
    for number in numbers:
        key = number.year, number.group, number.item
        if key in seen and number.year:
            words = {"year": number.year, "group": number.group, "item": number.item}
            yield TWICE.at(number.where, first=seen[key], **words)
        seen.setdefault(key, number.where)
