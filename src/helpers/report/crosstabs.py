"""Cross tables of a survey: every question by every breakdown, laid out from the indicator rows.

No number is computed here: what stands in a cell is the printed form of one indicator row, which
has passed the first door, so what is hidden there is hidden here. One sheet holds one table
without merged cells, headings in one row, numbers as numbers and units in the headings, as the
rules for machine-readable statistical tables ask (総務省, 統計表における機械判読可能なデータの
表記方法の統一ルール, 2020).
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from helpers import recorder
from helpers.edition import Edition
from helpers.problems import Said
from helpers.reading.codebook import open_codebook
from helpers.report.numbers import REMARKS
from helpers.report.reported import Reported
from helpers.report.workbook.format import Formats, book_options
from helpers.report.workbook.lists import wording
from helpers.spreadsheet import guarded

Row = Mapping[str, str]
# The way of counting that stands in the tables, the first that a question has.
DEFINITIONS = ("weighted", "unweighted")
ROLES = ("positive", "neutral", "negative", "dont_know", "no_answer")

HEADS = {
    "breakdown": Said("区分", "Breakdown"),
    "group": Said("分類", "Group"),
    "n": Said("n（回答数、重みなし）", "n (answers, unweighted)"),
    "remark": Said("注", "Remark"),
    "question": Said("設問", "Question"),
    "answer": Said("選択肢", "Answer"),
    "unit": Said("単位", "Unit"),
    "weighted": Said("加重", "Weighted"),
    "unweighted": Said("重みなし", "Unweighted"),
    "low": Said("95％下限", "95% low"),
    "high": Said("95％上限", "95% high"),
    "index": Said("目次", "Index"),
    "totals": Said("単純集計", "Totals"),
    "data": Said("データ", "Data"),
    "key": Said("キー", "Key"),
    "year": Said("年度", "Fiscal year"),
    "value": Said("値", "Value"),
    "printed": Said("表示", "Printed"),
    "definition": Said("集計の方法", "Definition"),
    "deff": Said("設計効果", "Design effect"),
    "rest": Said("ほかの人たちと比べて", "Against everybody else"),
}
INDEX = 60  # the width of a column of the contents
LINE = 15  # points: the height of a line of text
MARKS = {"higher": "▲", "lower": "▽"}
SIDES = {"higher": Said("高い", "higher"), "lower": Said("低い", "lower")}
SUM = Said("（計）", " (sum)")
NOTES = {
    "weighted": Said(
        "割合と平均は住民基本台帳に合わせた重み付きの推定値、n は回答者数（重みなし）。",
        "Shares and means are weighted to the resident register; n is the unweighted count.",
    ),
    "unweighted": Said(
        "割合と平均は回答者の単純な集計（重みなし）。",
        "Shares and means are of the respondents, unweighted.",
    ),
    "several": Said(
        "いくつでも選べる設問のため、計は100％を超える。",
        "Several answers were possible: they add up to more than 100%.",
    ),
    "hidden": Said(
        "x は、人数が少ないため載せない（秘匿）。", "x: too few people to be published."
    ),
    "small": Said("参考値は、n が30未満。", "For reference: n is below 30."),
    "apart": Said(
        "▲▽ は、その区分以外の人たちより高い・低い（標本誤差を超える差。設問ごとに Holm の方法、"
        "5％）。",
        "▲▽: higher or lower than everybody else, beyond sampling error (Holm's method over the "
        "question, 5%).",
    ),
}


@dataclass(frozen=True)
class CrossTable:
    """One question by every breakdown.

    Attributes:
        question: its id.
        definition: how its numbers are counted.
        several: whether several answers were possible.
        columns: answers in order, then sums by role, bands and means.
        lines: by (breakdown, group), its numbers by column.
    """

    question: str
    definition: str
    several: bool
    columns: tuple[str, ...]
    lines: Mapping[tuple[str, str], Mapping[str, Row]]

    def example(self, column: str) -> Row:
        """One of a column's rows: for its unit and its words."""
        return next(cells[column] for cells in self.lines.values() if column in cells)


def cross_tables(rows: Iterable[Row], several: Mapping[str, bool]) -> list[CrossTable]:
    """The cross tables that indicator rows of answers hold.

    A question's numbers are the rows of its name, by category; or, where it is one of several
    scores, the rows of other names whose category is the question (its mean, its bands) or one
    of its points (``recommend.7``).

    Args:
        rows: the indicator rows as text.
        several: the questions in the order of the tables; whether several answers were possible.
    """
    found: dict[str, list[tuple[str, Row]]] = {question: [] for question in several}
    for row in rows:
        if row["basis"] != "microdata" or row["definition"] not in DEFINITIONS:
            continue
        question, _, point = row["category"].partition(".")
        if row["indicator"] in found:
            found[row["indicator"]].append((row["category"], row))
        elif question in found and not row["indicator"].endswith("_change"):
            found[question].append((point or row["indicator"], row))
    tables = []
    for question, numbers in found.items():
        if not numbers:
            continue
        definition = next(d for d in DEFINITIONS if any(r["definition"] == d for _, r in numbers))
        lines: dict[tuple[str, str], dict[str, Row]] = {}
        for column, row in numbers:
            if row["definition"] == definition:
                lines.setdefault((row["breakdown"], row["group"]), {})[column] = row
        columns = tuple(dict.fromkeys(column for cells in lines.values() for column in cells))
        tables.append(CrossTable(question, definition, several[question], _ordered(columns), lines))
    return tables


def _ordered(columns: Sequence[str]) -> tuple[str, ...]:
    """Answers as they were asked, numbered ones by number; sums by role behind them."""
    numbered = sorted((c for c in columns if c.isdecimal()), key=int)
    named = [c for c in columns if not c.isdecimal() and c not in ROLES]
    return (*numbered, *named, *(role for role in ROLES if role in columns))


def _rows(reported: Reported) -> list[dict[str, str]]:
    """The report's rows, without marks of differences where the edition wants none."""
    if reported.edition.mark_differences:
        return reported.rows
    return [{**row, "rest": ""} for row in reported.rows]


def _asked(reported: Reported) -> dict[str, bool]:
    """The questions of the codebook, and whether several answers were possible."""
    if not recorder.exists(reported.edition.places.raw / "codebook.yml"):
        return {}
    codebook = open_codebook(reported.edition)
    return {name: asked.scale == "multiple" for name, asked in codebook.questions.items()}


def has_crosstabs(reported: Reported) -> bool:
    """Whether the report has answers of a survey to lay out."""
    return bool(cross_tables(reported.rows, _asked(reported)))


def crosstabs(reported: Reported, lang: str = "ja") -> bytes:
    """``crosstabs.xlsx``: index, totals, a sheet a question, one long sheet for machines."""
    buffer = io.BytesIO()
    book = Workbook(buffer, book_options())
    book.set_properties({"created": reported.date})
    rows, word = _rows(reported), wording(reported.edition, lang)
    tables = cross_tables(rows, _asked(reported))
    written(book, Formats(book), tables, rows, reported.edition, word, lang)
    book.close()
    return buffer.getvalue()


def written(
    book: Workbook,
    formats: Formats,
    tables: Sequence[CrossTable],
    rows: Iterable[Row],
    edition: Edition,
    word: Callable[[str], str],
    lang: str,
) -> None:
    """Write all sheets into a book: index, totals, a sheet a table, the long one."""
    names = _sheet_names(tables, word)
    _write_index(book, formats, edition, tables, names, word, lang)
    _write_totals(book, formats, tables, word, lang)
    for table, name in zip(tables, names, strict=True):
        _write_table(book, formats, table, name, word, lang)
    _write_data(book, formats, rows, word, lang)


def crosstabs_csv(reported: Reported) -> bytes:
    """``crosstabs.csv``: the long sheet, in UTF-8 that Excel opens with its characters whole."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([HEADS[name].ja for name in _LONG])
    lines = _long(_rows(reported), wording(reported.edition, "ja"), "ja")
    writer.writerows([guarded(c) if isinstance(c, str) else c for c in line] for line in lines)
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def _sheet_names(tables: Sequence[CrossTable], word: Callable[[str], str]) -> list[str]:
    """A name a question that Excel allows: numbered, at most 31 characters."""
    plain = (re.sub(r"[\[\]:*?/\\']", "・", word(table.question)) for table in tables)
    return [f"{number:02d} {name}"[:31].rstrip() for number, name in enumerate(plain, 1)]


def _notes(table: CrossTable, lang: str) -> list[str]:
    flags = {row["flag"] for cells in table.lines.values() for row in cells.values()}
    wanted = [table.definition]
    wanted += ["several"] if table.several else []
    wanted += ["hidden"] if "suppressed" in flags else []
    wanted += ["small"] if "small_base" in flags else []
    rows = (row for cells in table.lines.values() for row in cells.values())
    wanted += ["apart"] if any(row.get("rest") for row in rows) else []
    return [NOTES[name].of(lang) for name in wanted]


def _write_index(
    book: Workbook,
    formats: Formats,
    edition: Edition,
    tables: Sequence[CrossTable],
    names: Sequence[str],
    word: Callable[[str], str],
    lang: str,
) -> None:
    """The sheet of contents, with what holds for all tables."""
    sheet = book.add_worksheet(HEADS["index"].of(lang))
    title = Said("集計表", "Cross tables").of(lang)
    sheet.write_string(
        0,
        0,
        f"{getattr(edition.name, lang)} {edition.year_label(lang)} {title}",
        formats.title,
    )
    sheet.write_string(1, 0, getattr(edition.report, lang) or "", formats.text)
    line = 2
    if edition.fictional:
        made_up = Said("架空データ（見本）", "Fictional data (sample)").of(lang)
        sheet.write_string(line, 0, made_up, formats.warning)
        line += 1
    notes = dict.fromkeys(note for table in tables for note in _notes(table, lang))
    for note in notes:
        sheet.write_string(line, 0, note, formats.text)
        line += 1
    line += 1
    rest = [HEADS["totals"].of(lang), *names, HEADS["data"].of(lang)]
    for name, table in zip(rest, [None, *tables, None], strict=True):
        # The name of a sheet may be cut: here the question stands whole.
        whole = f"{name.partition(' ')[0]} {word(table.question)}" if table else name
        sheet.write_url(line, 0, f"internal:'{name}'!A1", formats.link_wrapped, whole)
        _as_high(sheet, line, [whole], [INDEX])
        if table:
            breakdowns = dict.fromkeys(word(b) for b, _ in table.lines if b != "total")
            sheet.write_string(line, 1, "、".join(breakdowns), formats.text)
        line += 1
    sheet.set_column(0, 1, INDEX)
    _for_print(sheet)


def _write_totals(
    book: Workbook,
    formats: Formats,
    tables: Sequence[CrossTable],
    word: Callable[[str], str],
    lang: str,
) -> None:
    """GT表: a line an answer of the whole, with its base and interval."""
    sheet = book.add_worksheet(HEADS["totals"].of(lang))
    heads = ("question", "answer", "n", "value", "unit", "low", "high", "remark")
    texts = [HEADS[name].of(lang) for name in heads]
    widths = (40, 30, 14, 10, 16, 10, 10, 22)
    _heads(sheet, formats, texts, widths, {2, 3, 5, 6})
    line = 1
    for table in tables:
        whole = table.lines.get(("total", "total"), {})
        for answer in table.columns:
            if answer not in whole:
                continue
            row = whole[answer]
            names = (word(table.question), _answer(table, answer, word, lang))
            for column, text in enumerate(names):
                sheet.write_string(line, column, text, formats.wrapped)
            _as_high(sheet, line, names, widths)
            _write_count(sheet, line, 2, row, formats)
            _write_number(sheet, line, 3, row, "value", formats)
            sheet.write_string(line, 4, _unit(row["unit"]), formats.wrapped)
            for column, end in ((5, "low"), (6, "high")):
                _write_number(sheet, line, column, row, end, formats)
            sheet.write_string(line, 7, REMARKS[row["flag"]][lang == "en"], formats.wrapped)
            line += 1
    sheet.autofilter(0, 0, max(line - 1, 1), len(heads) - 1)
    _for_print(sheet)


def _write_table(
    book: Workbook,
    formats: Formats,
    table: CrossTable,
    name: str,
    word: Callable[[str], str],
    lang: str,
) -> None:
    """One question: a line a group, n first, then a column an answer."""
    sheet = book.add_worksheet(name)
    bases = [{row["n"] for row in cells.values() if row["n"]} for cells in table.lines.values()]
    one_base = all(len(found) <= 1 for found in bases)
    heads = [HEADS["breakdown"].of(lang), HEADS["group"].of(lang)]
    heads += [HEADS["n"].of(lang)] if one_base else []
    for answer in table.columns:
        shown, unit = _answer(table, answer, word, lang), _unit(table.example(answer)["unit"])
        unit = f"（{unit}）" if lang == "ja" else f" ({unit})"
        heads += [shown + unit] if one_base else [f"{shown} n", shown + unit]
    widths = [16, 20, *[11] * (len(heads) - 2), 22]
    widths[2] = 14  # the longest heading, of n
    numbers = range(2, len(heads))
    _heads(sheet, formats, [*heads, HEADS["remark"].of(lang)], widths, numbers)
    for line, ((breakdown, group), cells) in enumerate(table.lines.items(), 1):
        names = (word(breakdown), word(group))
        for column, text in enumerate(names):
            sheet.write_string(line, column, text, formats.wrapped)
        _as_high(sheet, line, names, widths)
        column = 2
        if one_base:
            base = next((row for row in cells.values() if row["n"]), next(iter(cells.values())))
            _write_count(sheet, line, column, base, formats)
            column += 1
        for answer in table.columns:
            cell = cells.get(answer)
            if not one_base:
                if cell:
                    _write_count(sheet, line, column, cell, formats)
                column += 1
            if cell:
                _write_number(sheet, line, column, cell, "value", formats)
            column += 1
        flags = dict.fromkeys(
            REMARKS[row["flag"]][lang == "en"] for row in cells.values() if row["flag"]
        )
        sheet.write_string(line, column, "、".join(flags), formats.wrapped)
    _for_print(sheet)
    sheet.set_header("&L" + word(table.question).replace("&", "&&")[:200] + "&R&P/&N")
    sheet.set_footer("&L" + " ".join(_notes(table, lang)).replace("&", "&&")[:200])


_LONG = (
    *("key", "year", "question", "breakdown", "group", "answer"),
    *("value", "unit", "n", "low", "high", "deff", "rest", "definition", "remark"),
)
_LONG_WIDTHS = (44, 8, 30, 16, 20, 24, 10, 16, 14, 10, 10, 10, 12, 14, 22)
_NUMBERS = {"value", "n", "low", "high", "deff"}


def _long(rows: Iterable[Row], word: Callable[[str], str], lang: str) -> list[list[str]]:
    """A line a number, with its codes: all definitions of what was answered."""
    lines = []
    for row in rows:
        if row["basis"] != "microdata":
            continue
        key = ".".join(
            row[name] for name in ("indicator", "breakdown", "group", "category") if row[name]
        )
        answer = word(f"{row['indicator']}.{row['category']}") if row["category"] else ""
        names = (row["indicator"], row["breakdown"], row["group"])
        hidden = row["flag"] == "suppressed"
        numbers = {end: "" if hidden else row[end] for end in ("n", "low", "high")}
        lines.append(
            [
                *(key, row["fiscal_year"], *map(word, names), answer),
                *("x" if hidden else row["printed"].replace("−", "-"), _unit(row["unit"])),
                *(numbers[end].removesuffix(".0") for end in ("n", "low", "high")),
                *("" if hidden else row.get("deff", ""), _side(row, lang)),
                *(row["definition"], REMARKS[row["flag"]][lang == "en"]),
            ]
        )
    return lines


def _side(row: Row, lang: str) -> str:
    return SIDES[row["rest"]].of(lang) if row.get("rest") else ""


def _write_data(
    book: Workbook, formats: Formats, rows: Iterable[Row], word: Callable[[str], str], lang: str
) -> None:
    """The long sheet: every number of an answer, a line each."""
    sheet = book.add_worksheet(HEADS["data"].of(lang))
    texts = [HEADS[name].of(lang) for name in _LONG]
    numbers = [at for at, name in enumerate(_LONG) if name in _NUMBERS]
    _heads(sheet, formats, texts, _LONG_WIDTHS, numbers)
    for line, cells in enumerate(_long(rows, word, lang), 1):
        _as_high(sheet, line, cells, _LONG_WIDTHS)
        for column, (name, text) in enumerate(zip(_LONG, cells, strict=True)):
            if name in {"year", *_NUMBERS} and _is_number(text):
                sheet.write_number(line, column, float(text), _number(formats, name, text))
            elif text:
                look = formats.right if name in _NUMBERS else formats.wrapped
                sheet.write_string(line, column, text, look)
    sheet.autofilter(0, 0, 1, len(_LONG) - 1)
    _for_print(sheet)


def _number(formats: Formats, name: str, text: str) -> object:
    return formats.year if name == "year" else formats.number(text, float(text))


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def _heads(
    sheet: Worksheet,
    formats: Formats,
    texts: Sequence[str],
    widths: Sequence[float],
    numbers: Collection[int],
) -> None:
    """The headings in one row, as high as they need: those of numbers flush right with them.

    Args:
        sheet: an empty sheet.
        formats: of its book.
        texts: the headings.
        widths: of the columns, in characters.
        numbers: which columns hold numbers.
    """
    for column, (text, width) in enumerate(zip(texts, widths, strict=True)):
        sheet.set_column(column, column, width)
        look = formats.head_right_wrapped if column in numbers else formats.head_wrapped
        sheet.write_string(0, column, text, look)
    _as_high(sheet, 0, texts, widths)
    sheet.freeze_panes(1, min(2, len(texts) - 1))


def _as_high(sheet: Worksheet, line: int, texts: Sequence[str], widths: Sequence[float]) -> None:
    """Make a row as high as its wrapped texts need: not every program does that by itself."""
    lines = (-(-_width(text) // (width - 1)) for text, width in zip(texts, widths, strict=False))
    sheet.set_row(line, LINE * max(1, *lines))


def _width(text: str) -> int:
    """How wide a text is in halves of a full-width character."""
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)


def _answer(table: CrossTable, column: str, word: Callable[[str], str], lang: str) -> str:
    """A column in words; a sum by role says that it is one, where its parts stand beside it."""
    row = table.example(column)
    if row["indicator"] != table.question:
        points = row["category"].partition(".")[2]
        return Said(f"{points}点", f"{points} points").of(lang) if points else word(column)
    if not column:
        return word(table.question)
    summed = column in ROLES and any(other not in ROLES for other in table.columns)
    said = word(f"{table.question}.{column}")
    return said + (SUM.of(lang) if summed and "計" not in said else "")


def _write_count(sheet: Worksheet, line: int, column: int, row: Row, formats: Formats) -> None:
    if row["flag"] != "suppressed" and row["n"]:
        sheet.write_number(line, column, round(float(row["n"])), formats.number("", 1))


def _write_number(
    sheet: Worksheet, line: int, column: int, row: Row, name: str, formats: Formats
) -> None:
    """A number with the digits of its printed form; ``x`` where it is hidden."""
    if row["flag"] == "suppressed":
        sheet.write_string(line, column, "x" if name == "value" else "", formats.right)
    elif row[name]:
        number = float(row[name])
        mark = MARKS.get(row.get("rest", ""), "") if name == "value" else ""
        sheet.write_number(line, column, number, formats.number(row["printed"], number, mark))


def _unit(unit: str) -> str:
    return "％" if unit == "%" else unit


def _for_print(sheet: Worksheet) -> None:
    """A4 landscape, as wide as the page, headings on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
