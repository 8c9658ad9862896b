"""Real bytes of every kind of table file, for spoiling: xlsx, xls, ods by hand, CSV."""

import csv
import datetime as dt
import html
import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import xlwt
from openpyxl.workbook.defined_name import DefinedName

Grid = list[list[object]]

HEADER = ["年", "転入者数", "転出者数", "世帯数"]
BODY: Grid = [
    [2017, 12901, 11156, 96512],
    [2018, 13493, 11298, 97688],
    [2019, 14054, 11283, 99240],
    [2020, 13102, 11640, 100321],
    [2021, 12870, 11902, 101077],
]
COLUMNS = {"moved_in": "転入者数", "moved_out": "転出者数", "households": "世帯数"}


def grid() -> Grid:
    """A table without a defect, to be spoiled."""
    return [list(HEADER), *(list(row) for row in BODY)]


def write_csv(path: Path, rows: Grid, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def write_xlsx(
    path: Path,
    rows: Grid,
    sheet: str = "表",
    hidden: tuple[int, ...] = (),
    formats: dict[str, str] | None = None,
    merged: tuple[str, ...] = (),
    named: tuple[DefinedName, ...] = (),
) -> Path:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for name in named:
        book.defined_names.add(name)
    for row in rows:
        book.active.append(row)
    for cell, code in (formats or {}).items():
        book.active[cell].number_format = code
    for area in merged:
        book.active.merge_cells(area)
    for row in hidden:
        book.active.row_dimensions[row].hidden = True
    book.save(path)
    return path


def write_xls(
    path: Path,
    rows: Grid,
    sheet: str = "表",
    hidden: tuple[int, ...] = (),
    formats: dict[str, str] | None = None,
    merged: tuple[str, ...] = (),
) -> Path:
    book = xlwt.Workbook()
    styles = {cell: xlwt.easyxf(num_format_str=code) for cell, code in (formats or {}).items()}
    page = book.add_sheet(sheet)
    date = xlwt.easyxf(num_format_str="YYYY/MM/DD")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            style = styles.get(
                f"{'ABCDEFGH'[c % 8]}{r + 1}", date if isinstance(cell, dt.date) else None
            )
            if cell is not None:
                page.write(r, c, cell, *([style] if style else []))
    for area in merged:
        page.merged_ranges.append(_corners(area))
    for row in hidden:
        page.row(row - 1).hidden = True
    book.save(str(path))
    return path


def _corners(area: str) -> tuple[int, int, int, int]:
    """``B4:B5`` as first and last row, first and last column, from zero."""
    (left, top), (right, bottom) = ((ord(c[0]) - 65, int(c[1:]) - 1) for c in area.split(":"))
    return top, bottom, left, right


_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "manifest")
)
_KIND = "application/vnd.oasis.opendocument.spreadsheet"


def write_ods(
    path: Path, rows: Grid, sheet: str = "表", body: str = "", manifest: str = ""
) -> Path:
    lines = body or "".join(
        f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows
    )
    content = (
        f"<office:document-content {_SPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="{sheet}">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    listed = f'<manifest:manifest {_SPACES}>{manifest}<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/></manifest:manifest>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), _KIND)
        archive.writestr("META-INF/manifest.xml", listed)
        archive.writestr("content.xml", content)
    return path


def ods_cell(cell: object) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, dt.date):
        kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, int | float):
        kind = f'office:value-type="float" office:value="{cell}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{html.escape(str(cell))}</text:p></table:table-cell>"


def ods_shown(kind: str, value: object, shown: str, spanned: int = 1) -> str:
    """A cell that shows something else than its value, or stands over several rows."""
    held = (
        f'office:value-type="{kind}" office:{"date-value" if kind == "date" else "value"}="{value}"'
    )
    rows = f' table:number-rows-spanned="{spanned}"' if spanned > 1 else ""
    return f"<table:table-cell {held}{rows}><text:p>{shown}</text:p></table:table-cell>"


def change_part(path: Path, name: str, old: str, new: str) -> Path:
    """Replace a text in one part of a zip file; it must be there."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    assert old.encode() in parts[name], (name, old)
    parts[name] = parts[name].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


def add_part(path: Path, name: str, content: bytes | str) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


def linked_xls(path: Path, target: str) -> Path:
    """A workbook with one more record: a link (SUPBOOK) to a sheet of another file."""
    book = xlwt.Workbook()
    page = book.add_sheet("表")
    for r, row in enumerate(grid()):
        for c, cell in enumerate(row):
            page.write(r, c, cell)
    name = b"\x01" + ("\x01" + target).encode("utf-16-le")
    body = struct.pack("<HH", 0, len(target) + 1) + name
    record = struct.pack("<HH", 0x1AE, len(body)) + body
    stream, at = bytearray(book.get_biff_data()), 0
    while (kind := struct.unpack_from("<H", stream, at)[0]) != 0x0A:  # the end of the globals
        if kind == 0x85:  # where a sheet begins, which is now further on
            struct.pack_into("<I", stream, at + 4, struct.unpack_from("<I", stream, at + 4)[0] + len(record))  # fmt: skip
        at += 4 + struct.unpack_from("<H", stream, at + 2)[0]
    stream[at:at] = record
    xlwt.CompoundDoc.XlsDoc().save(str(path), bytes(stream))
    return path


def encrypted_xlsx(path: Path) -> Path:
    """The outside of an encrypted workbook: a compound file with a stream EncryptedPackage."""
    write_xls(path, grid())
    name = "Workbook".encode("utf-16-le")
    content = path.read_bytes()
    at = content.index(name + b"\x00\x00")
    longer = "EncryptedPackage".encode("utf-16-le").ljust(64, b"\x00") + struct.pack("<H", 34)
    path.write_bytes(content[:at] + longer + content[at + 66 :])
    return path


def encrypted_xls(path: Path) -> Path:
    """A FILEPASS record in the place of a record of the same length, behind the first one."""
    write_xls(path, grid())
    content = path.read_bytes()
    at = 512  # the workbook's stream comes first in what xlwt writes
    first = 4 + struct.unpack_from("<H", content, at + 2)[0]
    length = struct.unpack_from("<H", content, at + first + 2)[0]
    record = struct.pack("<HH", 0x2F, length)
    path.write_bytes(content[: at + first] + record + content[at + first + 4 :])
    return path


def bomb(path: Path, megabytes: int = 400) -> Path:
    """A sheet that unpacks to a thousand times its size."""
    write_xlsx(path, grid())
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet9.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(megabytes):
            part.write(b" " * 2**20)
    return path


def lying_bomb(path: Path) -> Path:
    """The same, but its directory claims a small size."""
    bomb(path, 20)
    content = bytearray(path.read_bytes())
    size = struct.pack("<I", 20 * 2**20)
    at = content.rindex(size)  # the central directory's
    content[at : at + 4] = struct.pack("<I", 1000)
    path.write_bytes(bytes(content))
    return path
