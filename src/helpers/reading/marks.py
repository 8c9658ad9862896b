"""What a sheet says besides values: hidden rows, formulas without result, errors, far cells.

The reader for values passes over these: an error or an unsolved formula comes as an empty
cell. The sheet's XML is searched as bytes, which costs little beside parsing it.
"""

import html
import re
import zipfile
from dataclasses import dataclass, field

from helpers.reading.addresses import column_number, split_address
from helpers.reading.messages.sheets import UNSOLVED

_SHEET = re.compile(rb"<(?:\w+:)?sheet ([^>]*)/?>")
_RELATION = re.compile(rb"<Relationship ([^>]*)/?>")
_HIDDEN_ROW = re.compile(rb'<row (?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb'<col (?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_ERROR = re.compile(rb'<c (?=[^>]*\bt="e")[^>]*\br="([A-Z]+\d+)"[^>]*>.*?<v>([^<]*)</v>', re.S)
_FORMULA = re.compile(
    rb'<c [^>]*\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*'
    rb"(?:</c>|<v\s*/>|<v>\s*</v>)"
)
_VALUED = re.compile(rb'<c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
_FAR_ROW = re.compile(rb'<row [^>]*\br="(\d{6,})"[^>]*>\s*<c(?![^>]*\br=)')

_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*?)(?:/>|>(.*?)</table:table-row>)", re.S)
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*?)(/?)>")


@dataclass
class Marks:
    """Rows and columns from zero.

    Attributes:
        texts: what to put into cells that the reader leaves empty.
        corner: the last row and the last column with a value.
        valued: how many cells hold one.
    """

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    corner: tuple[int, int] = (0, 0)
    valued: int = 0


def read_marks(archive: zipfile.ZipFile, sheet: str) -> Marks:
    """The marks of one sheet of an xlsx file; none where its XML cannot be found."""
    part = _part_of(archive, sheet)
    if part is None:
        return Marks()
    xml = archive.read(part)
    marks = Marks(hidden_rows=[int(row) - 1 for row in _HIDDEN_ROW.findall(xml)])
    for column in _HIDDEN_COLUMN.findall(xml):
        first, last = (int(_attribute(column, name) or 0) for name in ("min", "max"))
        marks.hidden_columns += range(first - 1, min(last, first + 50))
    if b't="e"' in xml:
        for cell, text in _ERROR.findall(xml):
            marks.texts[_place(cell)] = text.decode()
    if b"<f" in xml:
        marks.texts |= {_place(cell): UNSOLVED for cell in _FORMULA.findall(xml)}
    marks.corner, marks.valued = _corner(xml)
    return marks


def _corner(xml: bytes) -> tuple[tuple[int, int], int]:
    columns: set[bytes] = set()
    row = count = 0
    for cell in _VALUED.finditer(xml):
        columns.add(cell[1])
        row = max(row, int(cell[2]) - 1)
        count += 1
    far_rows = [int(number) - 1 for number in _FAR_ROW.findall(xml)]
    last = max((column_number(name.decode()) for name in columns), default=1)
    return (max([row, *far_rows]), last - 1), count


def ods_corner(xml: bytes) -> tuple[int, int]:
    """The last row and the last column with a value in an ods file, repeated ones counted."""
    rows = width = 0
    for row in _ODS_ROW.finditer(xml):
        column = last = 0
        for cell in _ODS_CELL.finditer(row[2] or b""):
            column += int(_attribute(cell[1], "table:number-columns-repeated") or 1)
            if not cell[2] or b"office:value" in cell[1]:
                last = column
        if last:
            rows += int(_attribute(row[1], "table:number-rows-repeated") or 1)
            width = max(width, last)
    return max(rows - 1, 0), max(width - 1, 0)


def ods_texts(xml: bytes, sheet: str) -> dict[tuple[int, int], str]:
    """Formulas without result in one sheet of an ods file."""
    start = re.search(rb'<table:table [^>]*table:name="' + re.escape(sheet.encode()) + rb'"', xml)
    body = xml[start.end() : xml.find(b"</table:table>", start.end())] if start else b""
    if b"table:formula" not in body:
        return {}
    found: dict[tuple[int, int], str] = {}
    index = 0
    for row in _ODS_ROW.finditer(body):
        column = 0
        for cell in _ODS_CELL.finditer(row[2] or b""):
            if b"table:formula" in cell[1] and b"office:value-type" not in cell[1]:
                found[index, column] = UNSOLVED
            column += int(_attribute(cell[1], "table:number-columns-repeated") or 1)
        index += int(_attribute(row[1], "table:number-rows-repeated") or 1)
    return found


def _place(cell: bytes) -> tuple[int, int]:
    letters, row = split_address(cell.decode())
    return row - 1, column_number(letters) - 1


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """``xl/worksheets/sheet1.xml`` by way of the workbook's list and its relations."""
    names = archive.namelist()
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return None
    targets = {
        _attribute(relation, "Id"): _attribute(relation, "Target")
        for relation in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))
    }
    for entry in _SHEET.findall(archive.read("xl/workbook.xml")):
        if _attribute(entry, "name") == sheet:
            target = targets.get(_attribute(entry, "r:id")) or ""
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            return part if part in names else None
    return None


def _attribute(tag: bytes, name: str) -> str:
    """An attribute of a tag, its entities resolved."""
    match = re.search(rb"(?<![\w:])" + re.escape(name.encode()) + rb'="([^"]*)"', tag)
    return html.unescape(match[1].decode("utf-8", "replace")) if match else ""
