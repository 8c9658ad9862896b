"""Printed tables: what a document prints, typed off one row a number, and what each one means.

``printed_tables.csv`` holds page, table, row label, column label and the text exactly as printed.
What the labels mean is said once in ``edition.yml``; the meanings of a number's table, row and
column are merged into its key.
"""

import re
import unicodedata
from typing import TYPE_CHECKING

from helpers.characters import problem_of
from helpers.edition import Edition, KeyPart, PrintedTable
from helpers.edition.description import Described
from helpers.problems import InputError, Message, Problems, near
from helpers.reading.cell import plain
from helpers.reading.consistency import BASE, inconsistent
from helpers.reading.described import described
from helpers.reading.files import Cells, read_cells
from helpers.reading.messages.files import SHORT_ROW, STRANGE_CHARACTER
from helpers.reading.plan import read_plan
from helpers.reading.printed_shape import read_shaped
from helpers.reading.targets import ARROWS, misplaced
from helpers.rounding import MINUS, number

if TYPE_CHECKING:
    import pandas as pd

NO_HEADER = Message(
    "{found}",
    "{header}",
    "1行目の見出しを直してください",
    "the first row is not the heading {header}. → mend the first row",
    rule="L3-07",
)
NO_PRINTED_TABLE = Message(
    "表「{name}」は edition.yml の printed_tables にありません",
    remedy="{near}",
    en="the table “{name}” is not in printed_tables of edition.yml. → add it, or mend the name",
)
NO_LABEL = Message(
    "見出し「{text}」は edition.yml のこの表にありません",
    remedy="{near}",
    en="the label “{text}” is not described in edition.yml. → add it, or mend the label",
)
NO_KEY = Message(
    "この数値の {missing} が edition.yml から決まりません",
    remedy="edition.yml の printed_tables の、表か行か列に書き足してください",
    en="edition.yml does not say the {missing} of this number. → add it to its table or label",
)
NOT_AS_PRINTED = Message(
    "「{text}」は数値ではありません",
    "印刷どおりの数値（例: 72.5%、−8、15,138人）",
    "文書の印刷と見比べてください",
    "“{text}” is not a number as printed (72.5%, −8, 15,138). → compare with the document",
    rule="L2-01",
)
CONTRADICTION = Message(
    "「{text}」: 同じ数値が「{other}」（{first}）とも書かれています",
    "同じ数値",
    "どちらが正しいか、文書で確かめてください",
    "“{text}”: the same number is given as “{other}” at {first}. → see which one is right",
)

FILE = "printed_tables.csv"
HEADER = ["page", "table", "row", "column", "text"]
_NEGATIVE = re.compile(r"^(?:[-−－▲△])(?=\d)")
_KANJI = re.compile(r"(?:(\d+)万)?(?:(\d+)千)?(\d+)?")


def read_printed_tables(edition: Edition) -> "pd.DataFrame":
    """Read ``printed_tables.csv`` of an edition.

    Returns:
        One row a printed number: its place in the document, its key, ``printed`` (the text
        without unit and thousands separators, minus as U+2212) and ``value``.

    Raises:
        InputError: every unknown table or label, unreadable text, contradiction, number outside
            its scale and impossible sum or whole, by file and cell.
    """
    # Late: importing these takes longer than a check that needs no frame.
    import pandas as pd

    from helpers.tables import PRINTED, checked

    problems = Problems()
    rows = printed_rows(edition, problems)
    problems.stop_if_any()
    return checked(pd.DataFrame(rows).drop(columns="where"), PRINTED, FILE)


def printed_rows(edition: Edition, problems: Problems) -> list[dict[str, object]]:
    """Every number of the printed tables that can be read, with ``where`` it stands."""
    shaped = {name: table for name, table in edition.printed_tables.items() if table.file}
    typed = len(shaped) < len(edition.printed_tables) or not (shaped or edition.plan)
    rows = _typed_rows(edition, problems) if typed else []
    told = {name: table for name, table in edition.printed_tables.items() if not table.file}
    if shaped:
        about = described(edition)
        for name, table in shaped.items():
            found = read_shaped(edition, name, table, about, problems)
            rows += found
            told[name] = table.model_copy(update={"shares": exclusive(found, about)})
    rows += read_plan(edition, problems).rows
    _report_contradictions(rows, problems)
    problems.extend(misplaced(rows))
    problems.extend(inconsistent(rows, told))
    return rows


def exclusive(rows: list[dict[str, object]], about: Described) -> list[str]:
    """The categories of a shaped table of which each person is in one, if all are printed."""
    found: list[str] = []
    asks = {name: ask for one in about.batteries.values() for name, ask in one.asks.items()}
    single = {name: one for name, one in about.questions.items() if one.answers == "one"}
    for name, question in {**single, **asks}.items():
        there = {str(row["category"]) for row in rows if row["indicator"] == name}
        if question.options and {*question.options} <= there:
            found += [one for one in question.options if one not in found]
    return found


def _typed_rows(edition: Edition, problems: Problems) -> list[dict[str, object]]:
    """Every number of ``printed_tables.csv``."""
    try:
        cells = read_cells(edition.places.raw / FILE)
    except InputError as error:
        problems.extend(error.problems)
        return []
    problems.extend(cells.warnings)
    if cells.values[0][: len(HEADER)] != HEADER:
        found = f"見出しが {'、'.join(cells.values[0])} です"
        problems.note(NO_HEADER.at(cells.where(0, 0), found=found, header=", ".join(HEADER)))
        return []
    return [
        row
        for index in range(1, len(cells.values))
        if any(cells.values[index])
        and (row := _read_row(cells, index, edition, problems)) is not None
    ]


def _read_row(
    cells: Cells, index: int, edition: Edition, problems: Problems
) -> dict[str, object] | None:
    page, name, row, column, text = cells.values[index][: len(HEADER)]
    if cells.widths and cells.widths[index] < len(HEADER):
        where, width = cells.where(index, cells.widths[index] - 1), cells.widths[index]
        problems.note(SHORT_ROW.at(where, found=width, expected=len(HEADER)))
        return None
    for position, label in ((1, name), (2, row), (3, column)):
        if why := problem_of(label):
            where = cells.where(index, position)
            problems.note(STRANGE_CHARACTER.at(where, text=label, why=why))
    table = edition.printed_tables.get(name)
    if table is None:
        words = {"name": name, "near": near(name, edition.printed_tables)}
        problems.note(NO_PRINTED_TABLE.at(cells.where(index, 1), **words))
        return None
    key = _key(cells, index, table, problems)
    if key is None:
        return None
    try:
        printed, value = read_printed_number(text, str(key["unit"]))
    except ValueError:
        problems.note(NOT_AS_PRINTED.at(cells.where(index, 4), text=text))
        return None
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
    for position, labels in ((2, table.described_rows), (3, table.described_columns)):
        text = cells.values[index][position]
        known = {plain(label): part for label, part in labels.items()}
        if plain(text) in known:
            parts.append(known[plain(text)])
        elif labels:
            words = {"text": text, "near": near(text, labels)}
            problems.note(NO_LABEL.at(cells.where(index, position), **words))
            return None
    key: dict[str, object] = {"category": "", "definition": "", "unit": ""}
    for part in parts:
        key |= part.model_dump(include=set(KeyPart.model_fields), exclude_none=True)
    missing = {"indicator", "breakdown", "group", "fiscal_year"} - key.keys()
    if missing:
        problems.note(NO_KEY.at(cells.where(index, 4), missing=", ".join(sorted(missing))))
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
    if bare in ARROWS.values() or (bare and not unit and not any(c.isdigit() for c in bare)):
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
        of_table = row["table"] if row["indicator"] == BASE else ""
        first = seen.setdefault((*(row[name] for name in names), of_table), row)
        if first["printed"] != row["printed"]:
            words = {"text": row["printed"], "other": first["printed"], "first": first["where"]}
            problems.note(CONTRADICTION.at(str(row["where"]), **words))
