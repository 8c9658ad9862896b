"""Writing files so that the same content is the same bytes: CSV and Excel."""

import csv
import io
import re
import zipfile
from pathlib import Path

from openpyxl import Workbook

Row = list[str | int | float | None]
_NOW = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_EPOCH = (2026, 4, 1, 0, 0, 0)


def write_csv(path: Path, rows: list[Row], encoding: str = "utf-8") -> None:
    """Write a CSV with Windows line ends, as Excel does."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


def write_workbook(path: Path, sheets: dict[str, tuple[list[Row], list[str]]]) -> None:
    """Write a workbook: sheet name → rows and merged ranges; no time of day gets in."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, (rows, merged) in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for area in merged:
            sheet.merge_cells(area)
    raw = io.BytesIO()
    workbook.save(raw)
    path.write_bytes(_without_time(raw))


def _without_time(raw: io.BytesIO) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w") as target:
        for name in sorted(source.namelist()):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _NOW.sub(rb"\g<1>2026-04-01T00:00:00Z", content)
            target.writestr(info, content, compresslevel=9)
    return out.getvalue()
