"""A raw file as cells of text: CSV in UTF-8 or CP932, Excel and OpenDocument of all ages."""

import csv
import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from helpers.problems import InputError, Problem

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_SIGNATURES = {b"PK\x03\x04": "zip", b"\xd0\xcf\x11\xe0": "ole"}


@dataclass(frozen=True)
class Cells:
    """A sheet as text, and the way to name each of its cells to a person.

    Attributes:
        values: rows of cells, all of equal length, ``""`` where a cell is empty.
    """

    path: Path
    sheet: str
    values: list[list[str]]

    def where(self, row: int, column: int) -> str:
        """``survey.xlsx 回答!B7`` for the zero-based row and column."""
        cell = f"{get_column_letter(column + 1)}{row + 1}"
        return f"{self.path.name} {self.sheet}!{cell}" if self.sheet else f"{self.path.name} {cell}"


def read_cells(path: Path, sheet: str | None = None) -> Cells:
    """Read one sheet of a raw file as text.

    Args:
        path: the file; what it is is decided by its first bytes, not by its name.
        sheet: a worksheet's name; the first one if not given.

    Raises:
        InputError: the file is missing, empty, protected, damaged, or has no such sheet.
    """
    if not path.exists():
        raise InputError(
            Problem(str(path), "ファイルがありません", remedy="このフォルダーに置いてください")
        )
    content = path.read_bytes()
    if not content.strip():
        raise InputError(Problem(str(path), "ファイルが空です"))
    if _SIGNATURES.get(content[:4]):
        return _read_workbook(path, content, sheet)
    return Cells(path, "", _even(_read_csv(path, content)))


def _read_csv(path: Path, content: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    remedy = "Excel の「名前を付けて保存」で CSV UTF-8 を選んでください"
    raise InputError(
        Problem(str(path), "UTF-8 でも Shift_JIS（CP932）でもありません", remedy=remedy)
    )


def _read_workbook(path: Path, content: bytes, sheet: str | None) -> Cells:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = workbook.sheet_names
        name = sheet or names[0]
        if name not in names:
            found, expected = f"シート「{name}」がありません", "、".join(names)
            raise InputError(Problem(str(path), found, remedy=f"あるのは {expected} です"))
        worksheet = workbook.get_sheet_by_name(name)
        rows = [
            [_as_text(cell) for cell in row] for row in worksheet.to_python(skip_empty_area=False)
        ]
        merged = worksheet.merged_cell_ranges or []
    except PasswordError:
        remedy = "パスワードを外して保存し直してください"
        raise InputError(
            Problem(str(path), "パスワードで保護されています", remedy=remedy)
        ) from None
    except CalamineError as error:
        remedy = "Excel で開けるか確かめ、保存し直してください"
        raise InputError(
            Problem(str(path), f"壊れていて読めません（{error}）", remedy=remedy)
        ) from None
    values = _even(rows)
    for (top, left), (bottom, right) in merged:
        _spread(values, top, left, bottom, right)
    return Cells(path, name, values)


def _spread(values: list[list[str]], top: int, left: int, bottom: int, right: int) -> None:
    """Give every cell of a merged range the text of its top-left one."""
    for row in values[top : bottom + 1]:
        row[left : right + 1] = [values[top][left]] * len(row[left : right + 1])


def _as_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(cell).strip()


def _even(rows: list[list[str]]) -> list[list[str]]:
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]
