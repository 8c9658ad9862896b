"""A figure's sheet: the blocks with their charts, and below them all of its numbers."""

from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from helpers.palette import PAPER, POSITIVE_SOFT
from helpers.report.numbers import (
    CATEGORY,
    FLAG,
    GROUP,
    HIGH,
    INDICATOR,
    KEY,
    LOW,
    PRINTED,
    REMARKS,
    UNIT,
    YEAR,
    N,
)
from helpers.report.reported import Figure, Reported
from helpers.report.workbook.block import Block, blocks, cell
from helpers.report.workbook.chart import alone, chart, height
from helpers.report.workbook.format import Formats

_HEADS = (GROUP, CATEGORY, INDICATOR, YEAR, "値", PRINTED, UNIT, N, LOW, HIGH, FLAG, KEY)
_ENGLISH = (
    "Group Category Indicator Year Value Printed Unit n Low High Remark Key".split()  # noqa: SIM905
)
_WIDTHS = (30, 14, 24, 14, 12, 10, 12, 10, 10, 10, 18, 44)
_ROW = 20  # pixels of a row


def first_name(reported: Reported) -> str:
    """The sheet that says what is where."""
    return reported.say("はじめに", "Contents")


def sheet_name(number: int, figure: Figure, reported: Reported) -> str:
    """``図01_attachment_age``, never longer than Excel allows."""
    return f"{reported.say('図', 'Fig')}{number:02d}_{figure.in_japanese.stem}"[:31]


def write_figure(
    book: Workbook, formats: Formats, figure: Figure, number: int, reported: Reported
) -> Worksheet:
    """Add the sheet of one figure.

    Args:
        book: the workbook.
        formats: its formats.
        figure: which.
        number: in the order of the report, from 1.
        reported: the report, for its language and the city's name.
    """
    sheet = book.add_worksheet(sheet_name(number, figure, reported))
    say, own = reported.say, getattr(reported.edition.name, reported.lang)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, formats.text)
    sheet.set_row(0, 22)
    sheet.write_string(0, 0, f"{say('図', 'Figure ')}{number}　{figure.title}", formats.title)
    sheet.write_string(1, 0, figure.subject, formats.text)
    back = say("はじめにへ戻る", "Back to the contents")
    sheet.write_url(2, 0, f"internal:'{first_name(reported)}'!A1", formats.link, back)
    row = 4
    for block in blocks(figure):
        row = _write_block(book, sheet, formats, block, row, (figure, own))
    _write_numbers(sheet, formats, figure, row, reported)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    return sheet


def _write_block(
    book: Workbook,
    sheet: Worksheet,
    formats: Formats,
    block: Block,
    top: int,
    shown: tuple[Figure, str],
) -> int:
    """Write a block and its chart beside it; returns the row after both."""
    figure, own = shown
    sheet.write_string(top, 0, block.name or figure.subject, formats.section)
    top += 1
    sheet.write_string(top, 0, "", formats.head)
    for column, series in enumerate(block.series, 1):
        sheet.write_string(top, column, series.name, formats.head_right)
    for row, name in enumerate(block.categories, top + 1):
        sheet.write_string(row, 0, name, formats.text)
        for column, series in enumerate(block.series, 1):
            if found := series.cells.get(name):
                _write_cell(sheet, formats, row, column, found.value, found.printed)
    last = top + len(block.categories)
    if block.kind == "colours":
        scale: dict[str, Any] = {
            "type": "2_color_scale",
            "min_color": PAPER,
            "max_color": POSITIVE_SOFT,
        }
        sheet.conditional_format(top + 1, 1, last, len(block.series), scale)
        return last + 2
    if alone(block):
        return last + 2
    column = max(len(block.series) + 2, 5)
    picture = chart(book, block, sheet.get_name(), top, own)
    options = {"description": f"{block.name}。{figure.alt}", "object_position": 2}
    sheet.insert_chart(top - 1, column, picture, options)
    return max(last, top + height(block) // _ROW) + 2


def _write_cell(
    sheet: Worksheet, formats: Formats, row: int, column: int, value: float | None, printed: str
) -> None:
    """A number as a number; a hidden one as the mark that stands for it."""
    if value is None:
        sheet.write_string(row, column, printed, formats.right)
    else:
        sheet.write_number(row, column, value, formats.number(printed, value))


def _write_numbers(
    sheet: Worksheet, formats: Formats, figure: Figure, top: int, reported: Reported
) -> None:
    whole = reported.say("図の数値のすべて", "All numbers of the figure")
    sheet.write_string(top, 0, whole, formats.section)
    shown, lang = reported.say(_HEADS, _ENGLISH), reported.lang
    top += 1
    for column, text in enumerate(_HEADS):
        right = text in ("値", PRINTED, N, LOW, HIGH)
        sheet.write_string(
            top, column, shown[column], formats.head_right if right else formats.head
        )
    for row, line in enumerate(figure.rows, top + 1):
        found = cell(line)
        for column, name in enumerate((GROUP, CATEGORY, INDICATOR)):
            sheet.write_string(row, column, line[name], formats.text)
        sheet.write_number(row, 3, int(line[YEAR]), formats.year)
        if found.value is not None:
            shape = formats.number(found.printed, found.value)
            sheet.write_number(row, 4, found.value, shape)
        sheet.write_string(row, 5, found.printed, formats.right)
        sheet.write_string(row, 6, line[UNIT], formats.text)
        for column, name in enumerate((N, LOW, HIGH), 7):
            if line[name] and found.value is not None:
                end = float(line[name])
                shape = formats.number("" if name == N else found.printed, end)
                sheet.write_number(row, column, end, shape)
        sheet.write_string(
            row, 10, REMARKS.get(line[FLAG], (line[FLAG],) * 2)[lang == "en"], formats.text
        )
        sheet.write_string(row, 11, line[KEY], formats.text)
