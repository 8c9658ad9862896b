"""CSV as cities export it: UTF-8 with and without mark, CP932, or Excel's “Unicode text”."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from helpers.problems import InputError, Problem, Said, described
from helpers.reading.cell import column_letters, visible
from helpers.reading.messages.files import (
    LOST_CHARACTERS,
    NO_ENCODING,
    TOO_LARGE,
    UNCLOSED_QUOTE,
)
from helpers.reading.workbook import CELLS_LIMIT, COLUMNS_LIMIT
from helpers.spreadsheet import unguarded

_LOST = "\ufffd"


def read_delimited(path: Path, content: bytes) -> list[list[str]]:
    """The rows of a CSV or tab-separated file, as they are: some may be shorter.

    Raises:
        InputError: its encoding, its quotes or its characters are broken, by cell.
    """
    encoding = _encoding(path, content)
    first = content[:4096].decode(encoding, "replace").partition("\n")[0]
    tabs = first.count("\t") > first.count(",")
    stream = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
    reader = csv.reader(stream, delimiter="\t" if tabs else ",", strict=True)
    separators = content.count(b"\t" if tabs else b",") + content.count(b"\n")
    # Between quotes they may be part of a text, but hardly every other one.
    if separators > CELLS_LIMIT * (2 if b'"' in content else 1):
        raise InputError(_too_large(path, content, first.count("\t" if tabs else ",") + 1))
    known: dict[str, str] = {}  # equal texts share one object: files repeat themselves
    rows: list[list[str]] = []
    width = 0
    try:
        for row in reader:
            width = max(width, len(row))
            if width > COLUMNS_LIMIT or width * (len(rows) + 1) > CELLS_LIMIT:
                raise InputError(_too_large(path, content, width))
            for cell in row:
                if cell not in known:
                    known[cell] = _text(cell)
            rows.append([known[cell] for cell in row])
    except csv.Error as error:
        where = f"{path.name} A{len(rows) + 1}"
        raise InputError(UNCLOSED_QUOTE.at(where, why=str(error))) from None
    if any(_LOST in text for text in known.values()):
        raise InputError(
            LOST_CHARACTERS.at(f"{path.name} {cell}", found=described(text))
            for cell, text in _lost(rows)
        )
    return rows


def _too_large(path: Path, content: bytes, width: int) -> Problem:
    rows = f"{content.count(10):,}"
    return TOO_LARGE.at(
        str(path),
        size=Said(f"約 {rows} 行 × {width:,} 列", f"about {rows} rows × {width:,} columns"),
        limit=Said(
            f"{CELLS_LIMIT:,} セル、{COLUMNS_LIMIT:,} 列",
            f"{CELLS_LIMIT:,} cells, {COLUMNS_LIMIT:,} columns",
        ),
    )


def _text(cell: str) -> str:
    """What a person sees in the cell; the apostrophe that keeps = from running is not part."""
    return unguarded(cell.strip() if cell.isascii() else visible(cell))


def _encoding(path: Path, content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) and len(content) % 2 == 0:
        return "utf-16"
    reasons = []
    for encoding in ("utf-8-sig", "cp932"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError as error:
            reasons.append(error.start)
        else:
            return encoding
    # The encoding that got further is the one meant; its first bad byte is the cell to name.
    before = content[: max(reasons)]
    row, column = before.count(b"\n") + 1, before.rpartition(b"\n")[2].count(b",") + 1
    raise InputError(NO_ENCODING.at(f"{path.name} {column_letters(column)}{row}"))


def _lost(rows: list[list[str]]) -> Iterator[tuple[str, str]]:
    """Cells with a replacement character; the first twelve are enough to know the file by."""
    found = 0
    for index, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            if _LOST in text and found < 12:
                found += 1
                yield f"{column_letters(column)}{index}", text
