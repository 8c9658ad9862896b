"""What a sheet says besides values: what is hidden, unsolved, far away, merged or formatted.

The reader for values passes over these: an error or an unsolved formula comes as an empty
cell. The sheet's XML is searched as bytes, which costs little beside parsing it.
"""

import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from helpers.problems import InputError
from helpers.reading.addresses import column_letters, column_number, split_address
from helpers.reading.messages.files import BEYOND_EXCEL, TOO_WIDE
from helpers.reading.messages.sheets import UNSOLVED
from helpers.reading.number_formats import BUILT_IN, tells

ROWS_LIMIT, COLUMNS_LIMIT = 1_048_576, 16_384  # of Excel itself
CELLS_LIMIT = 5_000_000
_SPARSE = 60  # so many empty cells for each with a value are a slip, not a table

Area = tuple[tuple[int, int], tuple[int, int]]
"""Top left and bottom right of merged cells, from zero."""

_SHEET = re.compile(rb"<(?:\w+:)?sheet ([^>]*)/?>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship ([^>]*)/?>")
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row (?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col (?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_ERROR = re.compile(
    rb'<(?:\w+:)?c (?=[^>]*\bt="e")[^>]*\br="([A-Z]+\d+)"[^>]*>.*?<(?:\w+:)?v>([^<]*)<', re.S
)
_FORMULA = re.compile(
    rb'<(?:\w+:)?c [^>]*\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:</(?:\w+:)?c>|<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)"
)
_VALUED = re.compile(rb"""<(?:\w+:)?c [^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*(?<!/)>""")
_FAR_ROW = re.compile(
    rb"""<(?:\w+:)?row [^>]*\br=["'](\d{6,})["'][^>]*>\s*<(?:\w+:)?c(?![^>]*\br=)"""
)
# Excel ends at XFD1048576; three letters above XFD are found by their number.
_BEYOND = re.compile(
    rb"""\b(?:r|ref)=["'](?=[^"'<>]*(?:[A-Za-z]{4,}\$?\d|\d{8,}))([^"'<>]{1,60})"""
)
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt ([^>]*)/?>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.S)
_STYLE = re.compile(rb"<(?:\w+:)?xf\b([^>]*)>")

_ODS_TABLE = re.compile(rb'<table:table (?=[^>]*table:name="([^"]*)")')
_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*?)(?:/>|>(.*?)</table:table-row>)", re.S)
_ODS_CELL = re.compile(
    rb"<table:(?:covered-)?table-cell\b([^>]*?)(?:/>|>(.*?)</table:(?:covered-)?table-cell>)", re.S
)
_ODS_TEXT = re.compile(rb"<text:p\b[^>]*>(.*?)</text:p>", re.S)
_TAG = re.compile(rb"<[^>]*>")


@dataclass
class Marks:
    """Rows and columns from zero.

    Attributes:
        texts: what to put into cells that the reader leaves empty.
        formats: cells whose number format says something, and the format (xlsx, xls).
        shown: cells of which the file itself keeps the shown text (ods).
        merged: areas of merged cells that the reader does not tell (ods).
        corner: the last row and the last column with a value.
        valued: how many cells hold one; 0 where it is not known.
    """

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    corner: tuple[int, int] = (0, 0)
    valued: int = 0


def refuse_wide(path: Path, sheet: str, marks: Marks) -> None:
    """The reader fills the whole rectangle, so one far cell can take all memory there is.

    Raises:
        InputError: more cells than can be meant, or than Excel has.
    """
    rows, columns = marks.corner[0] + 1, marks.corner[1] + 1
    cell = f"{column_letters(columns)}{rows}"
    if rows > ROWS_LIMIT or columns > COLUMNS_LIMIT:
        raise InputError(BEYOND_EXCEL.at(f"{path.name} {sheet}!{cell}", cell=cell))
    area = rows * columns
    sparse = marks.valued and area > 500_000 and area > _SPARSE * marks.valued
    if area > CELLS_LIMIT or sparse:
        words = {"rows": rows, "columns": columns, "limit": CELLS_LIMIT}
        raise InputError(TOO_WIDE.at(f"{path.name} {sheet}!{cell}", **words))


def read_marks(path: Path, archive: zipfile.ZipFile, sheet: str) -> Marks:
    """The marks of one sheet of an xlsx file; none where its XML cannot be found.

    Raises:
        InputError: an address in it is beyond what Excel has.
    """
    part = _part_of(archive, sheet)
    if part is None:
        return Marks()
    xml = archive.read(part)
    if beyond := _BEYOND.search(xml):
        cell = beyond[1].decode("utf-8", "replace")[:40]
        raise InputError(BEYOND_EXCEL.at(f"{path.name} {sheet}", cell=cell))
    marks = Marks(hidden_rows=[int(row) - 1 for row in _HIDDEN_ROW.findall(xml)])
    for column in _HIDDEN_COLUMN.findall(xml):
        first, last = (int(_attribute(column, name) or 0) for name in ("min", "max"))
        marks.hidden_columns += range(first - 1, min(last, first + 50))
    if b't="e"' in xml:
        for cell, text in _ERROR.findall(xml):
            marks.texts[_place(cell)] = text.decode()
    if re.search(rb"<(?:\w+:)?f\b", xml):
        marks.texts |= {_place(cell): UNSOLVED for cell in _FORMULA.findall(xml)}
    marks.formats = dict(_formatted(archive, xml))
    marks.corner, marks.valued = _corner(xml)
    return marks


def _formatted(archive: zipfile.ZipFile, xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """Cells in a style whose number format can change what a number states."""
    styles = archive.read("xl/styles.xml") if "xl/styles.xml" in archive.namelist() else b""
    codes = dict(BUILT_IN)
    for tag in _FORMAT.findall(styles):
        codes[int(_attribute(tag, "numFmtId") or 0)] = _attribute(tag, "formatCode")
    listed = _STYLES.search(styles)
    telling: dict[bytes, str] = {}
    for at, tag in enumerate(_STYLE.findall(listed[0] if listed else b"")):
        code = codes.get(int(_attribute(tag, "numFmtId") or 0), "")
        if code and tells(code):
            telling[b"%d" % at] = code
    if telling:
        numbers = b"|".join(telling)
        cell = rb'<(?:\w+:)?c (?=[^>]*\bs="(%b)")[^>]*\br="([A-Z]{1,3}\d{1,7})"' % numbers
        for style, address in re.findall(cell, xml):
            yield _place(address), telling[style]


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


def ods_corners(xml: bytes) -> dict[str, tuple[int, int]]:
    """The last row and column with a value in each sheet of an ods file, repeated ones counted."""
    return {name: _ods_corner(body) for name, body in _ods_sheets(xml)}


def _ods_corner(body: bytes) -> tuple[int, int]:
    rows = last_row = width = 0
    for row in _ODS_ROW.finditer(body):
        column = last = 0
        for cell in _ODS_CELL.finditer(row[2] or b""):
            column += _repeated(cell[1], b"columns")
            if cell[2] or b"office:value" in cell[1]:
                last = column
        rows += _repeated(row[1], b"rows")
        if last:
            last_row, width = rows, max(width, last)
    return max(last_row - 1, 0), max(width - 1, 0)


def ods_marks(xml: bytes, sheet: str) -> Marks:
    """Formulas without result, shown texts and merged cells in one sheet of an ods file."""
    marks = Marks()
    body = next((body for name, body in _ods_sheets(xml) if name == sheet), b"")
    index = 0
    for row in _ODS_ROW.finditer(body):
        column = 0
        for cell in _ODS_CELL.finditer(row[2] or b""):
            tag, content = cell[1], cell[2] or b""
            if b"table:formula" in tag and b"office:value-type" not in tag:
                marks.texts[index, column] = UNSOLVED
            if b"office:value" in tag and (text := _ods_shown(tag, content)):
                marks.shown[index, column] = text
            down, right = (int(_attribute(tag, f"table:number-{way}-spanned") or 1)
                for way in ("rows", "columns"))  # fmt: skip
            if down * right > 1:
                marks.merged.append(((index, column), (index + down - 1, column + right - 1)))
            column += _repeated(tag, b"columns")
        index += _repeated(row[1], b"rows")
    return marks


def _ods_shown(tag: bytes, content: bytes) -> str:
    """The text that a cell shows, where its value alone would state something else."""
    kind, text = _attribute(tag, "office:value-type"), _ODS_TEXT.search(content)
    shown = html.unescape(_TAG.sub(b"", text[1]).decode("utf-8", "replace")) if text else ""
    if kind == "percentage":
        return shown.replace("%", "").replace("％", "").strip()
    bare = re.sub(r"[\s,()¥￥]", "", shown)
    if kind == "date":
        return shown if len(re.findall(r"\d+", bare)) == 1 and len(bare) < 12 else ""
    if kind != "float" or not re.search(r"\d", bare):
        return ""
    value = float(_attribute(tag, "office:value") or 0)
    number = re.fullmatch(r"([-−▲△]?)(\d+(?:\.\d+)?)", bare)
    if not number:  # 1,234千円, 令和5年度
        return shown if not re.search(r"\d[eE][+-]?\d", bare) else ""
    same = abs(abs(value) - float(number[2])) <= 0.5 * 10.0 ** -len(number[2].partition(".")[2])
    signed = bool(number[1]) == (value < 0) or not value or not number[1]
    return "" if same and signed else shown


def _ods_sheets(xml: bytes) -> Iterator[tuple[str, bytes]]:
    for start in _ODS_TABLE.finditer(xml):
        end = xml.find(b"</table:table>", start.end())
        yield html.unescape(start[1].decode("utf-8", "replace")), xml[start.end() : end]


def _repeated(tag: bytes, way: bytes) -> int:
    match = re.search(rb'table:number-%b-repeated="(\d+)"' % way, tag)
    return int(match[1]) if match else 1


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
    match = re.search(rb"(?<![\w:])" + re.escape(name.encode()) + rb'=["\']([^"\']*)["\']', tag)
    return html.unescape(match[1].decode("utf-8", "replace")) if match else ""
