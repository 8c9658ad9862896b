"""A raw file as cells of text: CSV in UTF-8 or CP932, Excel and OpenDocument of all ages."""

import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from helpers import recorder
from helpers.problems import InputError, Problem, Said, near
from helpers.reading.cell import column_letters
from helpers.reading.delimited import read_delimited
from helpers.reading.messages.files import (
    EMPTY_FILE,
    LOCK_FILE,
    NO_FILE,
    OPEN_IN_EXCEL,
    OTHER_KIND,
    TOO_LARGE,
)
from helpers.reading.spss import sav_rows
from helpers.reading.workbook import Area, kind_of, read_workbook

BYTES_LIMIT = 64 * 2**20  # no table that a city types or a vendor delivers comes near

_SUFFIXES = {
    "xlsx": (".xlsx", ".xlsm", ".xlsb"),
    "xls": (".xls",),
    "ods": (".ods",),
    "csv": (".csv", ".txt", ".tsv"),
    "sav": (".sav",),
}


@dataclass(frozen=True)
class Cells:
    """A sheet as text, and the way to name each of its cells to a person.

    Attributes:
        values: rows of cells, all of equal length, ``""`` where a cell is empty.
        widths: for CSV, how many cells each row had in the file.
        merged: areas of merged cells, all of which have the text of the first.
        warnings: what is odd about the file or the sheet but does not keep it from being read.
    """

    path: Path
    sheet: str
    values: list[list[str]]
    widths: list[int] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def where(self, row: int, column: int) -> str:
        """``survey.xlsx 回答!B7`` for the zero-based row and column."""
        cell = f"{column_letters(column + 1)}{row + 1}"
        return f"{self.path.name} {self.sheet}!{cell}" if self.sheet else f"{self.path.name} {cell}"

    def holds(self, row: int, column: int) -> bool:
        """Whether there is a cell at all; a grid made of others may lack some."""
        return row < len(self.values) and column < len(self.values[row])

    def area(self, row: int, column: int) -> str:
        """``B4:B5`` of the merged cells that a cell is part of, if it is."""
        for (top, first), (bottom, last) in self._merged_by_row.get(row, ()):
            if first <= column <= last:
                corners = ((first, top), (last, bottom))
                return ":".join(f"{column_letters(x + 1)}{y + 1}" for x, y in corners)
        return ""

    @cached_property
    def _merged_by_row(self) -> dict[int, list[Area]]:
        rows: dict[int, list[Area]] = {}
        for area in self.merged:
            for row in range(area[0][0], min(area[1][0] + 1, len(self.values))):
                rows.setdefault(row, []).append(area)
        return rows


def read_cells(path: Path, sheet: str | list[str] | None = None) -> Cells:
    """Read one sheet of a raw file as text.

    Args:
        path: the file; what it is is decided by its first bytes, not by its name.
        sheet: a worksheet's name, or all it has been called; the first visible one if not given.

    Raises:
        InputError: the file is missing, empty, protected, damaged, or has no such sheet.
    """
    content, warnings = read_bytes(path)
    kind = kind_of(path, content)
    if path.suffix.lower() not in _SUFFIXES[kind]:
        warnings.append(
            OTHER_KIND.at(str(path), suffix=path.suffix or Said("なし", "nothing"), found=kind)
        )
    if kind == "csv":
        rows = read_delimited(path, content)
        return Cells(path, "", _even(rows), [len(row) for row in rows], [], warnings)
    if kind == "sav":
        return Cells(path, "", sav_rows(path, content), [], [], warnings)
    sheets = [sheet] if isinstance(sheet, str) else sheet or []
    page = read_workbook(path, content, kind, sheets)
    return Cells(path, page.name, page.values, [], page.merged, [*warnings, *page.warnings])


def read_bytes(path: Path) -> tuple[bytes, list[Problem]]:
    """A raw file as it is, and what is odd about it.

    Raises:
        InputError: it is not there, empty, or larger than any raw file.
    """
    if path.name.startswith("~$"):
        raise InputError(LOCK_FILE.at(str(path)))
    path = as_on_disk(path)
    if not recorder.exists(path) or not path.is_file():
        listed = recorder.listing(path.parent)
        others = [p.name for p in listed if p.is_file() and p.suffix != ".yml"]
        close = near(path.name, others)
        said = Said(f"。{close.ja}", f" ({close.en})") if others else Said("", "")
        raise InputError(NO_FILE.at(str(path), near=said))
    if (size := path.stat().st_size) > BYTES_LIMIT:
        words = {"size": f"{size / 2**20:,.0f} MB", "limit": f"{BYTES_LIMIT // 2**20} MB"}
        raise InputError(TOO_LARGE.at(str(path), **words))
    content = recorder.reading(path).read_bytes()
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise InputError(EMPTY_FILE.at(str(path)))
    locked = recorder.exists(path.parent / f"~${path.name}")
    return content, [OPEN_IN_EXCEL.at(str(path), name=path.name)] if locked else []


def as_on_disk(path: Path) -> Path:
    """The file of that name, however its letters are put together (が or か with its mark).

    A Mac writes names in pieces (NFD), people and other systems in whole letters (NFC): a name
    that looks the same must be the same file. The path as given where none, or several, look so.
    """
    if recorder.exists(path) or path.parent == path:
        return path
    folder, name = as_on_disk(path.parent), unicodedata.normalize("NFC", path.name)
    held = recorder.listing(folder)
    same = [one for one in held if unicodedata.normalize("NFC", one.name) == name]
    return same[0] if len(same) == 1 else path


def _even(rows: list[list[str]]) -> list[list[str]]:
    width = max((len(row) for row in rows), default=0)
    return [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]
