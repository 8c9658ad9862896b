"""Statistics tables: one column a series in the file, one row a number in the frame."""

from decimal import Decimal

import pandas as pd

from helpers.edition import Edition, Table
from helpers.problems import Problems, nearest
from helpers.reading.files import Cells, read_cells
from helpers.rounding import number
from helpers.tables import STATISTICS, checked
from helpers.years import parse_year

# Symbols of Japanese statistics: none (皆無), unknown (不詳), hidden (秘匿), not available.
SYMBOLS = ("", "－", "-", "…", "...", "x", "X", "***", "・", "…")


def read_statistics(edition: Edition) -> pd.DataFrame:
    """Read all tables that ``edition.yml`` describes under ``tables``.

    Returns:
        table, fiscal_year (the series' own year), group, item, value (NaN for a symbol), text as
        in the file, definition, source.

    Raises:
        InputError: every missing file, missing column and unreadable cell of all tables.
    """
    problems = Problems()
    rows: list[dict[str, object]] = []
    files: dict[tuple[str, str | None], Cells] = {}
    ids = {label.ja: key for key, label in edition.labels.items()}
    ids[edition.name.ja] = edition.city
    for name, table in edition.tables.items():
        place = (table.file, table.sheet)
        if place not in files:
            files[place] = read_cells(edition.places.raw / table.file, table.sheet)
        rows += _read_table(name, table, files[place], ids, problems)
    problems.stop_if_any()
    return checked(pd.DataFrame(rows, columns=list(STATISTICS.columns)), STATISTICS, "statistics")


def _read_table(
    name: str, table: Table, cells: Cells, ids: dict[str, str], problems: Problems
) -> list[dict[str, object]]:
    header_row = table.skip_rows + table.header_rows - 1
    header = cells.values[header_row] if len(cells.values) > header_row else []
    columns = {item: _find(header, said) for item, said in table.columns.items()}
    for item, position in columns.items():
        if position is None:
            said = table.columns[item]
            names = "」か「".join([said] if isinstance(said, str) else said)
            problems.add(
                cells.where(header_row, 0),
                f"{item} の列「{names}」がありません",
                remedy=f"{nearest(names, filter(None, header))}。列名が変わったなら edition.yml の "
                f"tables.{name}.columns.{item} に足してください",
            )
    at_year, at_group = _find(header, table.year_column), _find(header, table.group)
    for name_said, at in ((table.year_column, at_year), (table.group, at_group)):
        if name_said and at is None:
            found = f"列「{name_said}」がありません"
            remedy = nearest(name_said, filter(None, header))
            problems.add(cells.where(header_row, 0), found, remedy=remedy)
    found_columns = {item: at for item, at in columns.items() if at is not None}
    rows: list[dict[str, object]] = []
    for index in range(header_row + 1, len(cells.values)):
        if any(cells.values[index]):
            year = _year(cells, index, at_year, table, problems)
            group = cells.values[index][at_group] if at_group is not None else "total"
            rows += [
                {
                    "table": name,
                    "fiscal_year": year,
                    "group": ids.get(group, group),
                    "item": item,
                    "value": _value(cells, index, at, problems),
                    "text": cells.values[index][at],
                    "definition": table.definition,
                    "source": table.source,
                }
                for item, at in found_columns.items()
            ]
    return rows


def _find(header: list[str], said: str | list[str] | None) -> int | None:
    """Position of a column by its name or one of its names over the years."""
    names = said if isinstance(said, list) else [said]
    return next((header.index(name) for name in names if name in header), None)


def _year(cells: Cells, index: int, at: int | None, table: Table, problems: Problems) -> int:
    text = table.year if at is None else cells.values[index][at]
    try:
        return parse_year(text)
    except ValueError as error:
        problems.add(cells.where(index, at or 0), str(error))
        return 0


def _value(cells: Cells, index: int, at: int, problems: Problems) -> float:
    text = cells.values[index][at]
    if text in SYMBOLS:
        return float("nan")
    try:
        value: Decimal = number(text)
    except ValueError as error:
        problems.add(cells.where(index, at), str(error), "数値か、記号（－ … x）")
        return float("nan")
    return float(value)
