"""Statistics tables: one column a series in the file, one row a number in the frame."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.edition import Edition, Table
from helpers.problems import InputError, Problem, Problems
from helpers.reading.answers import plain
from helpers.reading.earlier import earlier_edition, missing_column
from helpers.reading.files import Cells, read_cells
from helpers.reading.heading import Heading, find_heading
from helpers.reading.messages.tables import DUPLICATE_COLUMN, MOVED_HEADING
from helpers.reading.numbers import Number
from helpers.reading.records import Records

if TYPE_CHECKING:
    import pandas as pd


def read_statistics(edition: Edition) -> "pd.DataFrame":
    """Read all tables that ``edition.yml`` describes under ``tables``.

    Returns:
        table, fiscal_year (the series' own year), group, item, value (0 for －, NaN for another
        symbol), text in one spelling, definition, source.

    Raises:
        InputError: every missing file, missing column and unreadable cell of all tables.
    """
    # Late: importing these takes longer than a check that needs no frame.
    import pandas as pd

    from helpers.tables import STATISTICS, checked

    problems = Problems()
    numbers = statistics_numbers(edition, problems)
    problems.stop_if_any()
    rows = [
        {
            "table": number.table,
            "fiscal_year": number.year,
            "group": number.group,
            "item": number.item,
            "value": number.value.number,
            "text": number.value.text,
            "definition": edition.tables[number.table].definition,
            "source": edition.tables[number.table].source,
        }
        for number in numbers
    ]
    return checked(pd.DataFrame(rows, columns=list(STATISTICS.columns)), STATISTICS, "statistics")


def statistics_numbers(edition: Edition, problems: Problems) -> list[Number]:
    """Every number of every table; what is wrong is noted, and the other tables are read."""
    opened = cache(read_cells_of)
    numbers: list[Number] = []
    for name, table in edition.tables.items():
        try:
            cells = opened(edition.places.raw / table.file, tuple(table.sheet))
        except InputError as error:
            _note_once(error.problems, problems)
            continue
        _note_once(cells.warnings, problems)
        numbers += read_table(name, edition, cells, problems)
    return numbers


def _note_once(found: list[Problem], problems: Problems) -> None:
    """Two tables of one file have the same trouble with it."""
    noted = list(problems)
    problems.extend(problem for problem in found if problem not in noted)


def read_cells_of(path: Path, sheets: tuple[str, ...]) -> Cells:
    """A file for several tables, opened once."""
    return read_cells(path, list(sheets))


def read_table(name: str, edition: Edition, cells: Cells, problems: Problems) -> list[Number]:
    """The numbers of one table; without a column that is described, the rest of it."""
    table = edition.tables[name]
    heading = find_heading(cells, table)
    _look_at_heading(name, table, edition, cells, heading, problems)
    ids = {names.ja: key for key, names in edition.labels.items()}
    ids |= {plain(text): key for text, key in ids.items()}
    ids[edition.name.ja] = edition.city
    if any(place in ("year", "group") and len(at) != 1 for place, at in heading.columns.items()):
        return []  # every row would be wrong for the same reason
    return Records(name, table, edition, cells, heading, ids, problems).read()


def _look_at_heading(
    name: str,
    table: Table,
    edition: Edition,
    cells: Cells,
    heading: Heading,
    problems: Problems,
) -> None:
    bottom = heading.top + table.header_rows - 1
    for place, found in heading.columns.items():
        names = table.said[place]
        if not found:
            earlier = earlier_edition(edition)
            problems.note(missing_column(name, place, edition, cells, heading, earlier))
        elif len(found) > 1:
            words = {
                "count": len(found),
                "names": "」か「".join(names),
                "cells": "、".join(cells.where(bottom, column) for column in found),
                "full": heading.text(found[0]),
            }
            where = cells.where(bottom, found[1])
            problems.note(DUPLICATE_COLUMN.at(where, table=name, place=place, **words))
    # Title rows above are harmless; where skip_rows says otherwise, the shape has changed.
    if table.skip_rows and heading.top != table.skip_rows and heading.found:
        words = {"found": heading.top + 1, "expected": table.skip_rows + 1, "skip": heading.top}
        problems.note(MOVED_HEADING.at(cells.where(heading.top, 0), table=name, **words))
