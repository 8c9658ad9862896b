"""Printed tables: what a document prints, typed off one row a number, and what each one means.

``printed_tables.csv`` holds page, table, row label, column label and the text exactly as printed.
What the labels mean is said once in ``edition.yml``; the meanings of a number's table, row and
column are merged into its key.
"""

import re
import unicodedata

import pandas as pd

from helpers.edition import Edition, KeyPart, PrintedTable
from helpers.problems import Problems, nearest
from helpers.reading.files import Cells, read_cells
from helpers.rounding import MINUS, number
from helpers.tables import PRINTED, checked

DIRECTIONS = ("↗", "↘", "→")
HEADER = ["page", "table", "row", "column", "text"]
_NEGATIVE = re.compile(r"^(?:[-−－▲△])(?=\d)")
_KANJI = re.compile(r"(?:(\d+)万)?(?:(\d+)千)?(\d+)?")


def read_printed_tables(edition: Edition) -> pd.DataFrame:
    """Read ``printed_tables.csv`` of an edition.

    Returns:
        One row a printed number: its place in the document, its key, ``printed`` (the text
        without unit and thousands separators, minus as U+2212) and ``value``.

    Raises:
        InputError: every unknown table or label, unreadable text, share outside 0–100 and
            contradiction, by file and cell.
    """
    cells = read_cells(edition.places.raw / "printed_tables.csv")
    problems = Problems()
    if cells.values[0][: len(HEADER)] != HEADER:
        found = f"見出しが {'、'.join(cells.values[0])} です"
        problems.add(cells.where(0, 0), found, "、".join(HEADER))
        problems.stop_if_any()
    rows = [
        row
        for index in range(1, len(cells.values))
        if any(cells.values[index])
        and (row := _read_row(cells, index, edition, problems)) is not None
    ]
    _report_contradictions(rows, problems)
    problems.stop_if_any()
    frame = pd.DataFrame(rows).drop(columns="where")
    return checked(frame, PRINTED, cells.path.name)


def _read_row(
    cells: Cells, index: int, edition: Edition, problems: Problems
) -> dict[str, object] | None:
    page, name, row, column, text = cells.values[index][: len(HEADER)]
    table = edition.printed_tables.get(name)
    if table is None:
        found = f"表「{name}」は edition.yml の printed_tables にありません"
        remedy = nearest(name, edition.printed_tables)
        problems.add(cells.where(index, 1), found, remedy=remedy)
        return None
    key = _key(cells, index, table, problems)
    if key is None:
        return None
    try:
        printed, value = read_printed_number(text, str(key["unit"]))
    except ValueError as error:
        problems.add(
            cells.where(index, 4), str(error), "印刷どおりの数値（例: 72.5%、−8、15,138人）"
        )
        return None
    if key["unit"] == "%" and (value < 0 or value > 100):
        problems.add(cells.where(index, 4), f"割合「{text}」が 0〜100 の外です", "0〜100 の割合")
    place = {"page": page, "table": name, "row": row, "column": column, "text": text}
    where = cells.where(index, 4)
    return {
        **place,
        **key,
        "value": value,
        "printed": printed,
        "source": table.source,
        "where": where,
    }


def _key(
    cells: Cells, index: int, table: PrintedTable, problems: Problems
) -> dict[str, object] | None:
    """Merge what the table, the row label and the column label say; each may say a part."""
    parts: list[KeyPart] = [table]
    # An axis that edition.yml does not describe is free text; a described one is complete.
    for position, labels in ((2, table.rows), (3, table.columns)):
        text = cells.values[index][position]
        if text in labels:
            parts.append(labels[text])
        elif labels:
            found = f"見出し「{text}」は edition.yml のこの表にありません"
            problems.add(cells.where(index, position), found, remedy=nearest(text, labels))
            return None
    key: dict[str, object] = {"category": "", "definition": "", "unit": ""}
    for part in parts:
        key |= part.model_dump(include=set(KeyPart.model_fields), exclude_none=True)
    missing = {"indicator", "breakdown", "group", "fiscal_year"} - key.keys()
    if missing:
        found = f"この数値の {'、'.join(sorted(missing))} が edition.yml から決まりません"
        problems.add(cells.where(index, 4), found)
        return None
    return key


def read_printed_number(text: str, unit: str = "") -> tuple[str, float]:
    """Split a printed text into the number as printed and its value.

    Args:
        text: as the document prints it: ``"72.5%"``, ``"−1,097.1"``, ``"約20万6千人"``, ``"↗"``.
        unit: the unit to take off, as declared for the table.

    Returns:
        The number without 約, unit and thousands separators, minus as U+2212; and its value
        (NaN for an arrow or a word).

    Raises:
        ValueError: the text is neither a number nor an arrow nor, without a unit, a word.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    bare = plain.removesuffix(unicodedata.normalize("NFKC", unit)).removeprefix("約")
    bare = _NEGATIVE.sub(MINUS, bare.replace(",", "").strip())
    if bare in DIRECTIONS or (bare and not unit and not any(c.isdigit() for c in bare)):
        return bare, float("nan")
    match = _KANJI.fullmatch(bare)
    if match and any(match.groups()) and ("万" in bare or "千" in bare):
        man, sen, rest = (int(part or 0) for part in match.groups())
        return bare, float(man * 10_000 + sen * 1_000 + rest)
    return bare, float(number(bare))


def _report_contradictions(rows: list[dict], problems: Problems) -> None:
    """The same number printed twice in the document must be the same text."""
    seen: dict[tuple[object, ...], dict] = {}
    names = ("indicator", "breakdown", "group", "category", "fiscal_year", "definition")
    for row in rows:
        first = seen.setdefault(tuple(row[name] for name in names), row)
        if first["printed"] != row["printed"]:
            found = f"同じ数値が「{first['printed']}」（{first['where']}）とも書かれています"
            problems.add(str(row["where"]), f"「{row['printed']}」: {found}", "同じ数値")
