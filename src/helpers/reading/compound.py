"""An .xls file looked at before it is opened: whole, without password, links or far cells.

The reader for .xls takes a file at its word and can end the process on a damaged one. Here the
compound file's chains are followed, and the workbook's records walked once, in plain bytes.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from helpers.problems import InputError, Unfit
from helpers.reading.messages.files import EXTERNAL_LINK, PASSWORD, TRUNCATED
from helpers.reading.number_formats import BUILT_IN, tells

_SECTOR_ENDS = 0xFFFFFFFA  # sector numbers from here on are marks, not sectors
_BOF, _EOF, _PASSWORD, _LINK, _ROW, _STRINGS = 0x809, 0x0A, 0x2F, 0x1AE, 0x208, 0xFC
_DIMENSIONS, _FORMAT, _STYLE = 0x200, 0x41E, 0xE0
_VALUES = {0x203, 0x27E, 0xFD, 0x204, 0x06, 0x205, 0xBD}  # records with values in cells
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!"}


@dataclass
class SheetRecords:
    """What the records of one sheet tell besides its values (rows and columns from zero)."""

    hidden_rows: list[int] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    corner: tuple[int, int] = (0, 0)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass
class _Formats:
    """The number formats of a workbook: text by number, number by style."""

    texts: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    styles: list[int] = field(default_factory=list)

    def note(self, kind: int, body: bytes) -> None:
        """Take in a record of the workbook's beginning."""
        if kind == _FORMAT and len(body) >= 5:
            number, length, wide = struct.unpack_from("<HHB", body)
            text = body[5 : 5 + length * (1 + (wide & 1))]
            self.texts[number] = text.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
        elif kind == _STYLE and len(body) >= 4:
            self.styles.append(struct.unpack_from("<H", body, 2)[0])

    def of(self, style: int) -> str:
        """The format of a style, if it can change what a number states."""
        text = self.texts.get(self.styles[style], "") if style < len(self.styles) else ""
        return text if tells(text) else ""


def read_records(path: Path, content: bytes) -> list[SheetRecords]:
    """Every sheet of an .xls file, in the workbook's order.

    Raises:
        InputError: truncated, damaged, encrypted, or linked to another file.
    """
    try:
        streams = _streams(content)
        if "EncryptedPackage" in streams:
            raise InputError(PASSWORD.at(str(path)))
        workbook = streams.get("Workbook") or streams.get("Book")
        if workbook is None:
            raise Unfit("Workbook がありません", "no Workbook")
        return _walk(path, workbook)
    except (struct.error, ValueError, IndexError) as error:
        why = error.said if isinstance(error, Unfit) else str(error)
        raise InputError(TRUNCATED.at(str(path), why=why)) from None


def _streams(content: bytes) -> dict[str, bytes]:
    """The named streams of a compound file; every sector that they need must be there."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    if size not in (512, 4096):
        raise Unfit("見出しが壊れています", "its header is damaged")
    count, start, _, _, _, small_count, more_start, more = struct.unpack_from("<8I", content, 44)
    # The reader takes these numbers at their word and sets memory aside for them.
    if max(count, small_count, more) * size > len(content):
        raise Unfit("見出しの数が大きすぎます", "a number in its header is too large")
    numbers = list(struct.unpack_from("<109I", content, 76))
    for _ in range(min(more, len(content) // size)):
        block = struct.unpack(f"<{size // 4}I", _sector(content, more_start, size))
        numbers += block[:-1]
        more_start = block[-1]
    fat: list[int] = []
    for number in numbers[: min(count, len(numbers))]:
        fat += struct.unpack(f"<{size // 4}I", _sector(content, number, size))
    directory = _chain(content, start, fat, size)
    found: dict[str, bytes] = {}
    for at in range(0, len(directory), 128):
        entry = directory[at : at + 128]
        length, kind = struct.unpack_from("<H", entry, 64)[0], entry[66]
        name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
        first, stream_size = struct.unpack_from("<2I", entry, 116)
        if kind in (2, 5) and stream_size > len(content):
            raise Unfit(f"{name} の長さが大きすぎます", f"{name} is too long")
        if kind == 2 and name in ("Workbook", "Book", "EncryptedPackage"):
            small = stream_size < 4096 or name == "EncryptedPackage"
            found[name] = b"" if small else _chain(content, first, fat, size)[:stream_size]
    return found


def _sector(content: bytes, number: int, size: int) -> bytes:
    block = content[(number + 1) * size : (number + 2) * size]
    if len(block) < size:
        raise Unfit(f"{number + 1} 番目の部分がありません", f"sector {number + 1} is missing")
    return block


def _chain(content: bytes, number: int, fat: list[int], size: int) -> bytes:
    blocks = []
    while number < _SECTOR_ENDS:
        blocks.append(_sector(content, number, size))
        if len(blocks) > len(fat):
            raise Unfit("部分の順序が壊れています", "the order of its sectors is damaged")
        number = fat[number]
    return b"".join(blocks)


def _walk(path: Path, workbook: bytes) -> list[SheetRecords]:
    sheets: list[SheetRecords] = []
    depth, formats = 0, _Formats()
    for kind, body in _records(workbook):
        if kind == _BOF:
            depth += 1
            sheets += [SheetRecords()] if len(body) > 3 and body[2] != 5 and depth == 1 else []
        elif kind == _EOF:
            depth -= 1
        elif kind == _PASSWORD:
            raise InputError(PASSWORD.at(str(path)))
        elif kind == _LINK and len(body) > 4 and body[2:4] not in (b"\x01\x04", b"\x01\x3a"):
            raise InputError(EXTERNAL_LINK.at(str(path), target=_target(body)))
        elif kind == _STRINGS and len(body) >= 8:
            if struct.unpack_from("<I", body, 4)[0] > len(workbook):
                raise Unfit("文字列の数が大きすぎます", "too many texts")
        elif sheets and depth == 1:
            _note(kind, body, sheets[-1], formats)
        elif not sheets:
            formats.note(kind, body)
    if depth or not sheets:
        raise Unfit("シートが最後まで入っていません", "a sheet has no end")
    return sheets


def _target(body: bytes) -> str:
    """The other file in a link's record; below a space are the codes of drives and folders."""
    text = body[5:].decode("utf-16-le" if body[4] & 1 else "latin-1", "replace")
    return "".join(char if char >= " " else "/" for char in text).strip("/")[:80]


def _records(workbook: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(workbook):
        kind, length = struct.unpack_from("<HH", workbook, at)
        if kind == 0:  # padding behind the last sheet
            return
        if at + 4 + length > len(workbook):
            raise Unfit("記録が途中で切れています", "a record is cut off")
        yield kind, workbook[at + 4 : at + 4 + length]
        at += 4 + length


def _note(kind: int, body: bytes, sheet: SheetRecords, formats: _Formats) -> None:
    if kind == _DIMENSIONS:
        _look_at_dimensions(body)
    elif kind == _ROW and len(body) >= 14 and body[12] & 0x20:
        sheet.hidden_rows.append(struct.unpack_from("<H", body)[0])
    elif kind in _VALUES and len(body) >= 6:
        row, column = struct.unpack_from("<HH", body)
        last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == 0xBD else column
        sheet.corner = max(sheet.corner[0], row), max(sheet.corner[1], last)
        for at in range(column, last + 1):
            # One style a cell; where a record holds several cells, each has its own, 6 bytes on.
            if code := formats.of(struct.unpack_from("<H", body, 4 + 6 * (at - column))[0]):
                sheet.formats[row, at] = code
        if kind == 0x205 and len(body) >= 8 and body[7]:
            sheet.errors[row, column] = _ERRORS.get(body[6], "#N/A")


def _look_at_dimensions(body: bytes) -> None:
    """The claimed size of a sheet, for which the reader sets memory aside."""
    rows, columns = ("<2I", "<2H") if len(body) == 14 else ("<2H", "<2H")
    top, bottom = struct.unpack_from(rows, body)
    left, right = struct.unpack_from(columns, body, struct.calcsize(rows))
    if bottom > 65_536 or right > 256 or (bottom and top > bottom) or (right and left > right):
        raise Unfit("表の大きさが壊れています", "the size of a sheet is damaged")
