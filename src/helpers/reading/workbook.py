"""Workbooks of all ages: values by calamine, and what the file says besides them.

Excel's errors and formulas without result come as empty cells from the reader; here they stay
visible as a text, so that whoever needs the cell can name it.
"""

import datetime as dt
import io
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from helpers.problems import InputError, Problem, Said, listed, near
from helpers.reading.addresses import column_letters
from helpers.reading.cell import plain, visible
from helpers.reading.compound import read_records
from helpers.reading.container import open_container
from helpers.reading.marks import (
    CELLS_LIMIT,
    Area,
    Marks,
    ods_corners,
    ods_marks,
    read_marks,
    refuse_wide,
)
from helpers.reading.messages.files import NO_SHEET, PASSWORD, TRUNCATED
from helpers.reading.messages.sheets import HIDDEN_ROWS, HIDDEN_SHEET
from helpers.reading.number_formats import shown


@dataclass(frozen=True)
class Page:
    """One sheet of a workbook: its cells as text from A1 on, and what goes with them."""

    name: str
    values: list[list[str]]
    merged: list[Area]
    warnings: list[Problem]


def read_workbook(path: Path, content: bytes, kind: str, sheets: list[str]) -> Page:
    """One sheet of a workbook.

    Args:
        path: for messages.
        content: the bytes of the file.
        kind: ``xlsx``, ``xls`` or ``ods``.
        sheets: the names that the sheet has had; the first visible one if empty.

    Raises:
        InputError: not to be opened, or no such sheet.
    """
    archive, warnings = open_container(path, content) if kind != "xls" else (None, [])
    records = read_records(path, content) if kind == "xls" else []
    if archive and kind == "ods":  # the reader takes all sheets at once
        for each, corner in ods_corners(archive.read("content.xml")).items():
            refuse_wide(path, each, Marks(corner=corner))
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        name, hidden = _choose(path, workbook, sheets)
        at = workbook.sheet_names.index(name)
        if archive:
            marks = _marks(path, archive, kind, name)
        else:
            found = records[at] if at < len(records) else None
            marks = (
                Marks(found.hidden_rows, [], found.errors, found.formats, corner=found.corner)
                if found
                else Marks()
            )
        refuse_wide(path, name, marks)
        sheet = workbook.get_sheet_by_name(name)
        merged = [*(sheet.merged_cell_ranges or marks.merged)]
        values = _values(sheet, marks)
    except PasswordError:
        raise InputError(PASSWORD.at(str(path))) from None
    except CalamineError as error:
        raise InputError(TRUNCATED.at(str(path), why=str(error)[:80])) from None
    except BaseException as error:  # a panic of the reader is no Exception
        if type(error).__name__ != "PanicException":
            raise
        why = Said("中身の順序が壊れています", "its parts are out of order")
        raise InputError(TRUNCATED.at(str(path), why=why)) from None
    _fill(path, values, merged)
    for (row, column), text in marks.texts.items():
        if row < len(values) and column < len(values[row]) and not values[row][column]:
            values[row][column] = text
    return Page(name, values, merged, [*warnings, *_warnings(path, name, hidden, marks)])


def _fill(path: Path, values: list[list[str]], merged: list[Area]) -> None:
    """Merged cells hold their text once; here each of them has it."""
    room = 2 * CELLS_LIMIT
    width = len(values[0]) if values else 0
    for (top, first), (last_row, last_column) in merged:
        bottom, last = min(last_row, len(values) - 1), min(last_column, width - 1)
        if top > bottom or first > last:
            continue
        room -= (bottom - top + 1) * (last - first + 1)
        if room < 0:
            why = Said("結合したセルが重なっています", "merged cells overlap")
            raise InputError(TRUNCATED.at(str(path), why=why))
        for texts in values[top : bottom + 1]:
            texts[first : last + 1] = [values[top][first]] * (last - first + 1)


def _choose(path: Path, workbook: CalamineWorkbook, sheets: list[str]) -> tuple[str, bool]:
    """The sheet that is meant, and whether it is hidden."""
    visible = {s.name: s.visible == SheetVisibleEnum.Visible for s in workbook.sheets_metadata}
    if not visible:
        raise InputError(TRUNCATED.at(str(path), why=Said("シートがありません", "no sheet")))
    if not sheets:
        first = next((name for name, seen in visible.items() if seen), next(iter(visible)))
        return first, not visible[first]
    for wanted in sheets:
        for name, seen in visible.items():
            if plain(name) == plain(wanted):
                return name, not seen
    close = near(sheets[0], visible)
    line = f"sheet: [{', '.join([*sheets, next(iter(visible))])}]"
    raise InputError(
        NO_SHEET.at(
            str(path),
            sheet="」か「".join(sheets),
            sheets=listed(visible),
            remedy=Said(
                f"{close.ja}。名前が変わったなら edition.yml を次の1行に: {line}",
                f"if it was renamed, the line in edition.yml is: “{line}”",
            ),
        )
    )


def _marks(path: Path, archive: zipfile.ZipFile, kind: str, name: str) -> Marks:
    if kind == "xlsx":
        return read_marks(path, archive, name)
    return ods_marks(archive.read("content.xml"), name)


def _values(sheet: CalamineSheet, marks: Marks) -> list[list[str]]:
    """All cells as text from A1 on; equal texts share one object, and no row is kept twice."""
    known: dict[object, str] = {}
    values: list[list[str]] = []
    if not sheet.height:
        return values
    telling: dict[int, list[int]] = {}
    for place in [*marks.formats, *marks.shown]:
        telling.setdefault(place[0], []).append(place[1])
    first = sheet.start[1] if sheet.start else 0  # rows come from the first used column
    left = [""] * first
    for index, row in enumerate(sheet.iter_rows()):
        texts = left.copy()
        for cell in row:
            # 1 and True are equal as keys.
            key = cell if type(cell) is str or type(cell) is float else (type(cell), cell)
            text = known.get(key)
            if text is None:
                text = known.setdefault(key, _as_text(cell))
            texts.append(text)
        for column in telling.get(index, ()):
            if first <= column < len(texts):
                texts[column] = _shown(row[column - first], (index, column), marks) or texts[column]
        values.append(texts)
    width = max(map(len, values))
    return [row + [""] * (width - len(row)) if len(row) < width else row for row in values]


def _shown(cell: object, place: tuple[int, int], marks: Marks) -> str | None:
    """What the cell shows, where that is not its value."""
    if place in marks.shown:
        return visible(marks.shown[place])
    return shown(cell, marks.formats[place])


def _as_text(cell: object) -> str:
    if isinstance(cell, float):
        # Excel shows 15 digits; what is behind them is binary dust.
        text = f"{cell:.15g}"
        return format(Decimal(text), "f") if "e" in text else text
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return visible(str(cell))


def _warnings(path: Path, name: str, hidden: bool, marks: Marks) -> list[Problem]:
    where = f"{path.name} {name}"
    found = [HIDDEN_SHEET.at(where)] if hidden else []
    rows = [str(row + 1) for row in marks.hidden_rows]
    columns = [column_letters(column + 1) for column in marks.hidden_columns]
    for kind, cells in ((Said("行", "rows"), rows), (Said("列", "columns"), columns)):
        if cells:
            shown = ", ".join(cells[:12]) + ("…" if len(cells) > 12 else "")
            at = f"{where}!{cells[0]}:{cells[0]}"
            found.append(HIDDEN_ROWS.at(at, kind=kind, count=len(cells), shown=shown))
    return found
