"""The workbook as bytes, the same on every run."""

import io

from xlsxwriter.workbook import Workbook

from helpers.report.reported import Reported
from helpers.report.workbook.figure_sheet import sheet_name, write_figure
from helpers.report.workbook.format import FONT, Formats
from helpers.report.workbook.lists import (
    write_codebook,
    write_indicators,
    write_notes,
    write_sources,
)

FICTIONAL = "架空データ（見本）。市も数値もすべて作りもので、実在の市の資料には使えません。"


def workbook(reported: Reported) -> bytes:
    """``indicators.xlsx`` of an edition."""
    buffer = io.BytesIO()
    book = Workbook(buffer, _options())
    edition = reported.edition
    title = f"{edition.name.ja} {edition.year_label()} 指標と図の数値"
    book.set_properties({"title": title, "subject": edition.report.ja, "created": reported.date})
    formats = Formats(book)
    _write_first(book, formats, reported, title)
    write_indicators(book, formats, reported)
    for number, figure in enumerate(reported.figures, 1):
        write_figure(book, formats, figure, number, edition.name.ja)
    write_codebook(book, formats, reported)
    write_sources(book, formats, edition)
    write_notes(book, formats, reported)
    book.close()
    return buffer.getvalue()


def _options() -> dict[str, object]:
    """A new dict each time: xlsxwriter writes into it.

    No text becomes a formula, a link or a number because of how it begins.
    """
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": FONT, "font_size": 10},
    }


def _write_first(book: Workbook, formats: Formats, reported: Reported, title: str) -> None:
    """The sheet that says what is where."""
    sheet = book.add_worksheet("はじめに")
    sheet.set_column(0, 0, 34, formats.text)
    sheet.set_column(1, 1, 90, formats.text)
    sheet.set_row(0, 22)
    sheet.write_string(0, 0, title, formats.title)
    sheet.write_string(1, 0, reported.edition.report.ja, formats.text)
    if reported.edition.fictional:
        sheet.write_string(2, 0, FICTIONAL, formats.warning)
    lines = [("指標", "指標のすべて。1行に1つの数値")]
    lines += [
        (sheet_name(number, figure), figure.title)
        for number, figure in enumerate(reported.figures, 1)
    ]
    lines += [
        ("コードブック", "指標・区分・項目のコードと、日本語と英語の名前"),
        ("出典", "もとにした資料"),
        ("注記", "数値の読み方と、載せていない図"),
    ]
    for row, (name, what) in enumerate(lines, 4):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", formats.link, name)
        sheet.write_string(row, 1, what, formats.text)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
