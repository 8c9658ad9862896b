"""What a file really is, and whether a workbook may be opened: bombs and links are refused.

Sizes come from reading every part to its end, not from what the directory of the zip claims.
"""

import io
import lzma
import re
import struct
import zipfile
import zlib
from pathlib import Path

from helpers.problems import InputError, Problem, Said
from helpers.reading.messages.files import (
    BOMB,
    EXTERNAL_LINK,
    LEFTOVER_LINK,
    NOT_A_TABLE,
    PASSWORD,
    TRUNCATED,
)

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
    """``xlsx``, ``xls``, ``ods`` or ``csv``, by the first bytes and not by the name.

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
    if kind not in ("xlsx", "xls", "ods", "csv"):
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
