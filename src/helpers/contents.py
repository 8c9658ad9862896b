"""What tables and texts a file holds, whatever its kind: for those who look for answers in it.

Everything is opened that could carry a table: text in any usual encoding, CSV of any separator,
JSON, HTML and SVG, notebooks with their outputs, workbooks, Word and PowerPoint, Parquet and
Feather, PDF, and archives of these. Nothing is judged here; kinds of data files that cannot be
opened are said to be so.
"""

import bz2
import csv
import gzip
import html
import io
import json
import lzma
import re
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Rows = list[list[str]]

LARGEST = 300_000_000
"""Bytes that are unpacked of one archive at most."""

DEEPEST = 4
_ROW = re.compile(r"<(?:\w+:)?tr[ >].*?</(?:\w+:)?tr>", re.DOTALL)
_CELL = re.compile(r"<(?:\w+:)?(?:td|th|tc)[ >].*?</(?:\w+:)?(?:td|th|tc)>", re.DOTALL)
_TABLE = re.compile(r"<(?:\w+:)?t(?:able|bl)[ >].*?</(?:\w+:)?t(?:able|bl)>", re.DOTALL)
_UNSEEN = re.compile(r"<(style|script)\b.*?</\1>|data:[\w/+.-]+;base64,[\w+/=]+", re.DOTALL)
# Where letters are drawn as paths, matplotlib writes the text into a comment.
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_MARKUP = re.compile(r"<(?:!doctype|html|svg|table|div|\?xml)\b", re.IGNORECASE)
_WORDS = re.compile(r"[^\s,;|&\"'\[\](){}:=、。／/]+")
_NUMPY = re.compile(r"\bnp\.\w+\(")  # how numpy prints a number in a list
_OPAQUE = (
    (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05"),  # pickle
    (b"$FL2", b"$FL3", b"<stata_dta>", b"RDX2", b"RDX3", b"X\n"),  # SPSS, Stata, R
    (b"SQLite format 3", b"\x89HDF", b"\x93NUMPY", b"7z\xbc\xaf", b"Rar!", b"Obj\x01", b"ORC"),
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x00\x01\x00\x00", b"OTTO", b"wOF")


@dataclass(frozen=True)
class Part:
    """A table, or a text, in a file.

    Attributes:
        where: where in the file: member, sheet, cell of a notebook.
        rows: the cells of a table, its heading first if it has one; words of a text, line by line.
        text: the text that the words are of; empty for a table.
        opaque: what kind of data it is, where it cannot be opened.
    """

    where: str
    rows: Rows
    text: str = ""
    opaque: str = ""


def parts(content: bytes, where: str = "", depth: int = 0) -> Iterator[Part]:
    """Every table and text in the bytes of a file; kinds are known by their first bytes.

    Args:
        content: the bytes.
        where: where they are, as far as is known.
        depth: archives they were in.
    """
    opener = next((opener for magic, opener in _KINDS if content.startswith(magic)), None)
    if content[257:262] == b"ustar":
        opener = _tar
    if opener is None and content.startswith(_PICTURES):
        return
    if any(content.startswith(magic) for magic in _OPAQUE):
        yield Part(where, [], opaque="binary data")
    elif opener is None:
        yield from of_text(decoded(content), where)
    elif depth > DEEPEST:
        yield Part(where, [], opaque="archive in an archive")
    else:
        try:
            yield from opener(content, where, depth)
        except Exception as error:  # whatever a library says of a damaged file
            yield Part(where, [], opaque=type(error).__name__)


def decoded(content: bytes) -> str:
    """Text in whatever encoding: by its mark, by its zeros, UTF-8, else CP932."""
    for mark, encoding in (
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"\x1b$", "iso2022_jp"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    head = content[:4000]
    if head.count(b"\0") > len(head) // 5:  # UTF-16 without a mark
        little = head[1::2].count(b"\0") >= head[::2].count(b"\0")
        return content.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    for encoding in ("utf-8-sig", "cp932", "euc_jp"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", errors="replace")


def of_text(text: str, where: str) -> Iterator[Part]:
    """The tables and lines of a text: JSON, a notebook, markup, or lines."""
    start = text.lstrip("\ufeff \r\n\t")[:1]
    if start in ("{", "["):
        try:
            yield from of_json(json.loads(text), where)
            return
        except (ValueError, RecursionError):
            pass
        try:
            lines = [json.loads(line) for line in text.splitlines() if line.strip()]
            yield from of_json(lines, where)
            return
        except (ValueError, RecursionError):
            pass
    if _MARKUP.search(text[:2000]) or _TABLE.search(text):
        yield from of_markup(text, where)
    else:
        yield from of_lines(text, where)


def of_json(value: Any, where: str) -> Iterator[Part]:
    """The tables in a value of JSON: records, columns, or rows; a notebook cell by cell."""
    if _is_notebook(value):
        yield from _notebook(value, where)
        return
    if isinstance(value, dict):
        simple = {k: v for k, v in value.items() if not isinstance(v, dict | list)}
        if simple:
            yield Part(where, [[str(k) for k in simple], [_said(v) for v in simple.values()]])
        inner = {k: v for k, v in value.items() if k not in simple}
        columns = [v for v in inner.values() if not _nested(v)]
        if len(columns) > 1:  # columns, as lists or by the name of the row; or rows by name
            listed = [list(v.values()) if isinstance(v, dict) else v for v in columns]
            if len({len(column) for column in listed}) == 1:
                names = [str(k) for k, v in inner.items() if not _nested(v)]
                down = [[_said(cell) for cell in row] for row in zip(*listed, strict=True)]
                yield Part(where, [names, *down])
        texts = [v for v in simple.values() if isinstance(v, str) and len(v.split()) > 1]
        for one in [*inner.values(), *texts]:
            yield from of_json(one, where)
    elif isinstance(value, list):
        records = [one for one in value if isinstance(one, dict)]
        if len(records) > 1 and len(records) == len(value):
            names = list(dict.fromkeys(name for one in records for name in one))
            rows = [[_said(one.get(name)) for name in names] for one in records]
            yield Part(where, [names, *rows])
            nested = [v for one in records for v in one.values() if isinstance(v, dict | list)]
        else:
            rows = [[_said(cell) for cell in one] for one in value if isinstance(one, list)]
            flat = [_said(one) for one in value if not isinstance(one, dict | list)]
            yield Part(where, [*rows, *([flat] if flat else [])])
            nested = [one for one in value if isinstance(one, dict)]
            nested += [one for one in value if isinstance(one, list) and _nested(one)]
        for one in nested:
            yield from of_json(one, where)
    elif isinstance(value, str):
        yield from of_text(value, where)


def _is_notebook(value: Any) -> bool:
    cells = value.get("cells") if isinstance(value, dict) else None
    return isinstance(cells, list) and all(isinstance(c, dict) and "cell_type" in c for c in cells)


def _nested(value: Any) -> bool:
    inside = value.values() if isinstance(value, dict) else value
    return any(isinstance(one, dict | list) for one in inside)


def _said(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value)


def _notebook(notebook: dict[str, Any], where: str) -> Iterator[Part]:
    for number, cell in enumerate(notebook["cells"], 1):
        here = f"{where} cell {number}".strip()
        yield from of_text(_joined(cell.get("source", "")), f"{here} source")
        for output in cell.get("outputs", []):
            texts = {"text/plain": output.get("text", ""), **output.get("data", {})}
            if output.get("output_type") == "error":
                texts["text/error"] = [*output.get("traceback", []), output.get("evalue", "")]
            for kind, content in texts.items():
                if kind.endswith("json") and not isinstance(content, str):
                    yield from of_json(content, f"{here} output")
                elif kind.startswith("text/") or kind.endswith(("xml", "json", "javascript")):
                    yield from of_text(_COLOUR.sub("", _joined(content)), f"{here} output")
    for name, value in notebook.get("metadata", {}).items():
        if name == "widgets":
            yield from of_json(value, f"{where} widgets".strip())


def _joined(content: Any) -> str:
    if isinstance(content, list):
        return "".join(map(str, content))
    return content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)


def of_markup(text: str, where: str) -> Iterator[Part]:
    """Tables of HTML, Word or PowerPoint; the rest of the text as lines."""
    text = _COMMENT.sub(r"<i>\1</i>", _UNSEEN.sub(" ", text))
    for table in _TABLE.findall(text):
        rows = [[_shown(cell) for cell in _CELL.findall(row)] for row in _ROW.findall(table)]
        yield Part(where, rows)
    rest = _TABLE.sub("\n", text)
    shown = [line for line in (_shown(piece) for piece in _TAG.split(rest)) if line]
    if shown:
        yield Part(where, [shown], text="\n".join(shown))


def _shown(markup: str) -> str:
    return html.unescape(_TAG.sub("", markup)).strip()


def of_lines(text: str, where: str) -> Iterator[Part]:
    """A text as words line by line, and as a table for each separator that divides it well."""
    text = _NUMPY.sub("(", text)
    lines = [line for line in text.splitlines() if line.strip()]
    yield Part(where, [_WORDS.findall(line) for line in lines], text=text)
    for separator in (",", ";", "\t", "|"):
        rows = rows_of(lines, separator)
        if len(rows) > 1:
            yield Part(where, rows)


def rows_of(lines: list[str], separator: str) -> Rows:
    """The rows of the most frequent width of lines that a separator divides."""
    if sum(separator in line for line in lines) < max(2, len(lines) // 2):
        return []
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=separator)]
    except csv.Error:
        rows = [[cell.strip() for cell in line.split(separator)] for line in lines]
    usual = Counter(map(len, rows)).most_common(1)[0][0]
    return [row for row in rows if len(row) == usual] if usual > 1 else []


def _zip(content: bytes, where: str, depth: int) -> Iterator[Part]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST:
            yield Part(where, [], opaque="a very large archive")
            return
        names = archive.namelist()
        if {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} & set(names):
            yield from _workbook(content, where, depth)
            names = [n for n in names if n.endswith(".xml") and "omment" in n]
        office = any(name in names for name in ("word/document.xml", "ppt/presentation.xml"))
        for name in names:
            if name.endswith("/"):
                continue
            if any(part.flag_bits & 1 for part in (archive.getinfo(name),)):
                yield Part(f"{where} {name}".strip(), [], opaque="encrypted")
            elif office and name.endswith(".xml"):
                yield from of_markup(decoded(archive.read(name)), f"{where} {name}".strip())
            else:
                yield from parts(archive.read(name), f"{where} {name}".strip(), depth + 1)


def _workbook(content: bytes, where: str, _: int) -> Iterator[Part]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python()
        yield Part(f"{where} {name}".strip(), [[str(cell) for cell in row] for row in rows])


def _compressed(unpack: Callable[[Any], Any]) -> Callable[[bytes, str, int], Iterator[Part]]:
    def opened(content: bytes, where: str, depth: int) -> Iterator[Part]:
        with unpack(io.BytesIO(content)) as stream:
            unpacked = stream.read(LARGEST)
        yield from parts(unpacked, where, depth + 1)

    return opened


def _tar(content: bytes, where: str, depth: int) -> Iterator[Part]:
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive:
            stream = archive.extractfile(member)
            if stream is not None and member.size <= LARGEST:
                yield from parts(stream.read(), f"{where} {member.name}".strip(), depth + 1)


def _arrow(content: bytes, where: str, _: int) -> Iterator[Part]:
    import pyarrow as pa

    if content.startswith(b"PAR1"):
        from pyarrow import parquet

        table = parquet.ParquetFile(io.BytesIO(content)).read()
    else:
        from pyarrow import feather

        table = feather.read_table(io.BytesIO(content))
    columns = [_column(column, pa) for column in table.columns]
    rows = [list(row) for row in zip(*columns, strict=True)]
    yield Part(where, [[str(name) for name in table.column_names], *rows])


def _column(column: Any, pa: Any) -> list[str]:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    return ["" if cell is None else str(cell) for cell in column.to_pylist()]


_OBJECT = re.compile(rb"(\d+) \d+ obj\b(.*?)\bendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_NAMED = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+)\s+\d+\s+R")
_STRINGS = re.compile(
    rb"/[^\s/<>\[\]()]+\s+[\d.]+\s+Tf|\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]+>|T[JjdDm*]|'|TL|BT",
    re.DOTALL,
)
_CHARACTERS = re.compile(rb"<([0-9A-Fa-f]+)>\s*()<([0-9A-Fa-f]+)>")
_RANGES = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(\[[^\]]*\]|<[0-9A-Fa-f]+>)")
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
Font = dict[int, str]


def _pdf(content: bytes, where: str, _: int) -> Iterator[Part]:
    """The strings of a PDF's pages, a line where the page starts one."""
    objects = dict(_OBJECT.findall(content))
    streams = [_unpacked(match[1]) for match in _STREAM.finditer(content)]
    maps = [stream for stream in streams if b"beginbfchar" in stream or b"beginbfrange" in stream]
    every = {code: text for stream in maps for code, text in _characters(stream).items()}
    by_object: dict[bytes, Font] = {}
    for number, body in objects.items():
        named = dict(_NAMED.findall(body.partition(b"stream")[0]))
        said = _STREAM.search(objects.get(named.get(b"ToUnicode", b""), b""))
        if said:
            by_object[number] = _characters(_unpacked(said[1]))
    fonts = {
        name: by_object[number]
        for body in objects.values()
        for name, number in _NAMED.findall(body.partition(b"stream")[0])
        if number in by_object
    }
    pages = [stream for stream in streams if b"BT" in stream and stream not in maps]
    lines = [line for stream in pages for line in _strings(stream, fonts, every)]
    if lines:
        yield from of_lines("\n".join(lines), where)
        yield Part(where, [lines], text="\n".join(lines))


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream, LARGEST)
    except zlib.error:
        return stream


def _characters(stream: bytes) -> Font:
    """Which character each code of a font stands for."""
    found: Font = {}
    for kind, section in re.findall(rb"beginbf(char|range)(.*?)endbf", stream, re.DOTALL):
        pattern = _CHARACTERS if kind == b"char" else _RANGES
        for first, last, target in pattern.findall(section):
            low, high = int(first, 16), int(last or first, 16)
            each = [_character(code) for code in re.findall(rb"[0-9A-Fa-f]+", target)]
            if len(each) == 1 and 0 < high - low < 0x100 and len(each[0]) == 1:
                each = [chr(ord(each[0]) + i) for i in range(high - low + 1)]
            found.update(zip(range(low, high + 1), each, strict=False))
    return found


def _character(code: bytes) -> str:
    """UTF-16 in hexadecimal digits; a ligature is several characters."""
    return bytes.fromhex(code.decode().zfill(4)).decode("utf-16-be", errors="replace")


def _strings(stream: bytes, fonts: dict[bytes, Font], every: Font) -> Iterator[str]:
    """Texts of a page, one for each time that the page moves on to another place."""
    line, font = "", every
    for token in _STRINGS.findall(stream):
        if token.endswith(b"Tf"):
            font = fonts.get(token[1:].split()[0], every)
        elif token[:1] == b"(":
            raw = _ESCAPED.sub(_unescaped, token[1:-1])
            codes = {raw[i : i + 2] for i in range(0, len(raw), 2)}
            known = all(int.from_bytes(code, "big") in font for code in codes)
            wide = len(raw) % 2 == 0 and (known or raw[::2].count(0) * 4 >= len(raw))
            line += _glyphs(raw, font) if wide and font else raw.decode("latin-1")
        elif token[:1] == b"<":
            digits = re.sub(rb"\s", b"", token[1:-1])
            line += _glyphs(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()), font)
        elif token not in (b"TJ", b"Tj") and line.strip():
            yield line.strip()
            line = ""
    if line.strip():
        yield line.strip()


def _unescaped(found: "re.Match[bytes]") -> bytes:
    said: bytes = found[1]
    if said.isdigit():
        return bytes([int(said, 8) & 0xFF])
    return b"" if said.endswith(b"\n") else _ESCAPES.get(said, said)


def _glyphs(raw: bytes, font: Font) -> str:
    codes = [int.from_bytes(raw[i : i + 2], "big") for i in range(0, len(raw), 2)]
    return "".join(font.get(code, "") for code in codes)


_KINDS: tuple[tuple[bytes, Callable[[bytes, str, int], Iterator[Part]]], ...] = (
    (b"PK\x03\x04", _zip),
    (b"PK\x05\x06", _zip),
    (b"\xd0\xcf\x11\xe0", _workbook),
    (b"PAR1", _arrow),
    (b"ARROW1", _arrow),
    (b"FEA1", _arrow),
    (b"\x1f\x8b", _compressed(lambda raw: gzip.GzipFile(fileobj=raw))),
    (b"BZh", _compressed(bz2.BZ2File)),
    (b"\xfd7zXZ", _compressed(lzma.LZMAFile)),
    (b"%PDF", _pdf),
)
