"""Workbooks of all ages: values by calamine, and what the file says besides them.

Excel's errors and formulas without result come as empty cells from the reader; here they stay
visible as a text, so that whoever needs the cell can name it.
"""

import datetime as dt
import html
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
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
from helpers.reading.cell import column_letters, column_number, plain, split_address, visible
from helpers.reading.compound import read_records
from helpers.reading.messages.files import (
    BEYOND_EXCEL,
    BOMB,
    EXTERNAL_LINK,
    HIDDEN_ROWS,
    HIDDEN_SHEET,
    LEFTOVER_LINK,
    NO_SHEET,
    NOT_A_TABLE,
    PASSWORD,
    TOO_WIDE,
    TRUNCATED,
    UNSOLVED,
)
from helpers.reading.number_formats import BUILT_IN, shown, tells

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
    rows: set[bytes] = set()
    count = 0
    for cell in _VALUED.finditer(xml):
        columns.add(cell[1])
        rows.add(cell[2])
        count += 1
    row = max(map(int, rows), default=1) - 1
    far_rows = [int(number) - 1 for number in _FAR_ROW.findall(xml)]
    last = max((column_number(name.decode()) for name in columns), default=1)
    return (max([0, row, *far_rows]), last - 1), count


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


UNPACKED_LIMIT = 256 * 2**20
RATIO_LIMIT = 150  # of a part of more than RATIO_FROM bytes; real sheets reach about 50
RATIO_FROM = 8 * 2**20
PARTS_LIMIT = 5_000
_BLOCK = 2**16
# What zipfile raises on bytes that are no zip, besides its own error.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    ArithmeticError,
    LookupError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
)

_KINDS = {
    b"PK\x03\x04": "zip",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "xls",
    b"%PDF": "PDF",
    b"$FL2": "sav",
    b"$FL3": "sav",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_NAMES = {
    "PNG": Said("画像（PNG）", "a picture (PNG)"),
    "JPEG": Said("画像（JPEG）", "a picture (JPEG)"),
    "RTF": Said("Word の文書（RTF）", "a Word document (RTF)"),
    "docx": Said("Word の文書", "a Word document"),
    "html": Said("Web ページか XML", "a web page or XML"),
    "text": Said("ただの文字（Excel のファイルではありません）", "mere text (not an Excel file)"),
    "bytes": Said("Excel のファイルではないもの", "not an Excel file"),
    **{
        name: Said(f"圧縮ファイル（{name}）", f"an archive ({name})")
        for name in ("zip", "gzip", "7z", "RAR")
    },
}
_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|head|body)", re.I)
_LINK = re.compile(rb'Type="[^"]*/externalLinkPath[^"]*"[^>]*Target="([^"]*)"|Target="([^"]*)"')
_LINKED_FORMULA = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<(?:\w+:)?f\b[^>]*>[^<]*\[\d+\]'
)
_LINKED_NAME = re.compile(rb'<(?:\w+:)?definedName\b[^>]*?\bname="([^"]+)"[^>]*>[^<]*\[\d+\][^<]*<')
_ODS_LINK = re.compile(rb"""table:table-source[^>]*xlink:href="([^"]*)|'(file:///[^']*)'#""")


def kind_of(path: Path, content: bytes) -> str:
    """``xlsx``, ``xls``, ``ods``, ``sav`` or ``csv``, by the first bytes and not by the name.

    Raises:
        InputError: it is something else: a PDF, a picture, a web page, another archive.
    """
    kind = next((kind for start, kind in _KINDS.items() if content.startswith(start)), "csv")
    if kind == "csv" and _HTML.match(content[:200]):
        kind = "html"
    if kind == "csv" and path.suffix.lower() not in (".csv", ".txt", ".tsv", ""):
        # A CSV under Excel's name is read; a text without any column is none.
        start = content[:65_536]
        kind = "csv" if re.search(rb"[,\t]", start) else "text"
        kind = "bytes" if b"\x00" in start and start[:2] not in _UTF16 else kind
    if kind == "zip":
        kind = _kind_of_zip(path, content)
    if kind not in ("xlsx", "xls", "ods", "csv", "sav"):
        raise InputError(
            NOT_A_TABLE.at(str(path), found=_NAMES.get(kind, kind), suffix=path.suffix)
        )
    return kind


def _kind_of_zip(path: Path, content: bytes) -> str:
    names = _open(path, content).namelist()
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    return "docx" if "word/document.xml" in names else "zip"


def open_container(path: Path, content: bytes) -> tuple[zipfile.ZipFile, list[Problem]]:
    """The parts of an xlsx or ods file, each read once to its end, and what is odd about them.

    Raises:
        InputError: a bomb, damaged, encrypted, or linked to another file.
    """
    archive = _open(path, content)
    parts = archive.infolist()
    if len(parts) > PARTS_LIMIT:
        raise InputError(BOMB.at(str(path), size="?", part=f"{len(parts)} parts"))
    total = 0
    for part in parts:
        if part.flag_bits & 1:
            raise InputError(PASSWORD.at(str(path)))
        total += _measure(path, archive, part, UNPACKED_LIMIT - total)
    return archive, _links(path, archive)


def _open(path: Path, content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN:
        raise InputError(
            TRUNCATED.at(str(path), why=Said("zip の末尾がありません", "no end of the zip"))
        ) from None


def _measure(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> int:
    """Bytes of a part; what it claims is looked at first, what it holds counts."""
    ratio = part.file_size / max(part.compress_size, 1)
    if part.file_size > room or (part.file_size > RATIO_FROM and ratio > RATIO_LIMIT):
        size = round(part.file_size / 2**20)
        raise InputError(BOMB.at(str(path), size=size, part=part.filename))
    try:
        with archive.open(part) as stream:
            return sum(len(block) for block in iter(lambda: stream.read(_BLOCK), b""))
    except _BROKEN:
        raise InputError(TRUNCATED.at(str(path), why=part.filename)) from None


def _links(path: Path, archive: zipfile.ZipFile) -> list[Problem]:
    """An external link shows values of another file, as they were some time ago.

    One that no formula uses any more has left nothing in the cells: it is told, not refused.
    """
    names = archive.namelist()
    links = [name for name in names if re.match(r"xl/externalLinks/_rels/", name)]
    if links or any(name.startswith("xl/externalLinks/") for name in names):
        target = _text(_LINK.search(archive.read(links[0])) if links else None)
        where = _linked_cell(path, archive)
        if where:
            raise InputError(EXTERNAL_LINK.at(where, target=target))
        return [LEFTOVER_LINK.at(str(path), target=target)]
    if "content.xml" in names:
        if b"manifest:encryption-data" in _part(archive, "META-INF/manifest.xml"):
            raise InputError(PASSWORD.at(str(path)))
        if match := _ODS_LINK.search(archive.read("content.xml")):
            raise InputError(EXTERNAL_LINK.at(str(path), target=_text(match)))
    return []


def _linked_cell(path: Path, archive: zipfile.ZipFile) -> str:
    """``a.xlsx B7`` of the first formula that uses a link, by itself or by a name; else nothing."""
    sheets = [n for n in archive.namelist() if re.match(r"xl/(work|macro|chart)sheets/", n)]
    if "xl/workbook.xml" not in archive.namelist():  # xlsb: its formulas are no text
        return str(path)
    linked = _LINKED_NAME.findall(archive.read("xl/workbook.xml"))
    for name in sheets:
        xml = archive.read(name) if name.endswith(".xml") else b""
        if match := _LINKED_FORMULA.search(xml):
            return f"{path.name} {match[1].decode()}"
        formulas = b"\n".join(re.findall(rb"<(?:\w+:)?f\b[^>]*>([^<]*)<", xml)) if linked else b""
        if any(word in formulas for word in linked):
            return str(path)
    return ""


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.namelist() else b""


def _text(match: re.Match[bytes] | None) -> str:
    found = next((group for group in match.groups() if group), b"?") if match else b"?"
    return found.decode("utf-8", "replace")


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
