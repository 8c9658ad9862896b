"""Workbooks of all ages: values by calamine, and what the file says besides them.

Excel's errors and formulas without result come as empty cells from the reader; here they stay
visible as a text, so that whoever needs the cell can name it.
"""

import datetime as dt
import io
import zipfile
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
from helpers.reading.answers import plain
from helpers.reading.cell import visible
from helpers.reading.compound import read_records
from helpers.reading.container import open_container
from helpers.reading.marks import Marks, ods_corner, ods_texts, read_marks
from helpers.reading.messages.files import NO_SHEET, PASSWORD, TOO_WIDE, TRUNCATED
from helpers.reading.messages.sheets import HIDDEN_ROWS, HIDDEN_SHEET

CELLS_LIMIT = 5_000_000
_SPARSE = 60  # so many empty cells for each with a value are a slip, not a table


def read_workbook(
    path: Path, content: bytes, kind: str, sheets: list[str]
) -> tuple[str, list[list[str]], list[Problem]]:
    """One sheet: its name, its cells as text, and warnings.

    Args:
        path: for messages.
        content: the bytes of the file.
        kind: ``xlsx``, ``xls`` or ``ods``.
        sheets: the names that the sheet has had; the first visible one if empty.

    Raises:
        InputError: not to be opened, or no such sheet.
    """
    archive = open_container(path, content) if kind != "xls" else None
    records = read_records(path, content) if kind == "xls" else []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        name, hidden = _choose(path, workbook, sheets)
        at = workbook.sheet_names.index(name)
        if archive:
            marks = _marks(archive, kind, name)
        else:
            found = records[at] if at < len(records) else None
            marks = Marks(found.hidden_rows, [], found.errors, found.corner) if found else Marks()
        _refuse_wide(path, name, marks)
        values = _values(workbook.get_sheet_by_name(name))
    except PasswordError:
        raise InputError(PASSWORD.at(str(path))) from None
    except CalamineError as error:
        raise InputError(TRUNCATED.at(str(path), why=str(error)[:80])) from None
    except BaseException as error:  # a panic of the reader is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise InputError(
            TRUNCATED.at(
                str(path), why=Said("中身の順序が壊れています", "its parts are out of order")
            )
        ) from None
    for (row, column), text in marks.texts.items():
        if row < len(values) and column < len(values[row]) and not values[row][column]:
            values[row][column] = text
    return name, values, _warnings(path, name, hidden, marks)


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


def _marks(archive: zipfile.ZipFile, kind: str, name: str) -> Marks:
    if kind == "xlsx":
        return read_marks(archive, name)
    xml = archive.read("content.xml")
    return Marks(texts=ods_texts(xml, name), corner=ods_corner(xml))


def _refuse_wide(path: Path, sheet: str, marks: Marks) -> None:
    """The reader fills the whole rectangle, so one far cell can take all memory there is."""
    rows, columns = marks.corner[0] + 1, marks.corner[1] + 1
    area = rows * columns
    sparse = marks.valued and area > 500_000 and area > _SPARSE * marks.valued
    if area > CELLS_LIMIT or sparse:
        cell = f"{column_letters(min(columns, 18_278))}{rows}"
        raise InputError(
            TOO_WIDE.at(
                f"{path.name} {sheet}!{cell}", rows=rows, columns=columns, limit=CELLS_LIMIT
            )
        )


def _values(sheet: CalamineSheet) -> list[list[str]]:
    """All cells as text from A1 on; equal texts share one object, and no row is kept twice."""
    known: dict[object, str] = {}
    values: list[list[str]] = []
    if not sheet.height:
        return values
    left = [""] * (sheet.start[1] if sheet.start else 0)  # rows come from the first used column
    for row in sheet.iter_rows():
        texts = left.copy()
        for cell in row:
            # 1 and True are equal as keys.
            key = cell if type(cell) is str or type(cell) is float else (type(cell), cell)
            text = known.get(key)
            if text is None:
                text = known.setdefault(key, _as_text(cell))
            texts.append(text)
        values.append(texts)
    width = max(map(len, values))
    values = [row + [""] * (width - len(row)) if len(row) < width else row for row in values]
    for (top, first), (bottom, last) in sheet.merged_cell_ranges or []:
        for texts in values[top : bottom + 1]:
            texts[first : last + 1] = [values[top][first]] * len(texts[first : last + 1])
    return values


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
