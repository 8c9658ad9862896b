"""The workbook as bytes, the same on every run."""

import io

from xlsxwriter.workbook import Workbook

from helpers.report.reported import Reported
from helpers.report.workbook.figure_sheet import first_name, sheet_name, write_figure
from helpers.report.workbook.format import Formats, book_options
from helpers.report.workbook.lists import (
    write_codebook,
    write_indicators,
    write_notes,
    write_sources,
)
from helpers.report.workbook.plan_sheet import NAME as PLAN_SHEET
from helpers.report.workbook.plan_sheet import write_plan

FICTIONAL = (
    "架空データ（見本）。市も数値もすべて作りもので、実在の市の資料には使えません。",
    "Fictional data (a sample): city and numbers are made up, and are never to be quoted.",
)


def workbook(reported: Reported) -> bytes:
    """``indicators.xlsx`` of an edition."""
    buffer = io.BytesIO()
    book = Workbook(buffer, book_options())
    edition = reported.edition
    title = reported.say(
        f"{edition.name.ja} {edition.year_label()} 指標と図の数値",
        f"{edition.name.en} {edition.year_label('en')}: indicators and numbers of the figures",
    )
    report = getattr(edition.report, reported.lang)
    book.set_properties({"title": title, "subject": report, "created": reported.date})
    formats = Formats(book)
    _write_first(book, formats, reported, title)
    write_indicators(book, formats, reported)
    if edition.plan:
        write_plan(book, formats, reported)
    for number, figure in enumerate(reported.figures, 1):
        write_figure(book, formats, figure, number, reported)
    write_codebook(book, formats, reported)
    write_sources(book, formats, reported)
    write_notes(book, formats, reported)
    book.close()
    return buffer.getvalue()


def _write_first(book: Workbook, formats: Formats, reported: Reported, title: str) -> None:
    """The sheet that says what is where."""
    sheet = book.add_worksheet(first_name(reported))
    sheet.set_column(0, 0, 34, formats.text)
    sheet.set_column(1, 1, 90, formats.text)
    sheet.set_row(0, 22)
    sheet.write_string(0, 0, title, formats.title)
    sheet.write_string(1, 0, getattr(reported.edition.report, reported.lang), formats.text)
    if reported.edition.fictional:
        sheet.write_string(2, 0, reported.say(*FICTIONAL), formats.warning)
    say = reported.say
    lines = [
        (
            say("指標", "Indicators"),
            say("指標のすべて。1行に1つの数値", "All of them, a number a row"),
        )
    ]
    if reported.edition.plan:
        told = say(
            "計画の表と同じ列に、率と評価を足したもの",
            "The columns of the plan's table, with rates and grades",
        )
        lines.append((say(*PLAN_SHEET), told))
    lines += [
        (sheet_name(number, figure, reported), figure.title)
        for number, figure in enumerate(reported.figures, 1)
    ]
    lines += [
        (
            say("コードブック", "Codebook"),
            say(
                "指標・区分・項目のコードと、日本語と英語の名前",
                "Codes of indicators, groups and categories, with their names in both languages",
            ),
        ),
        (say("出典", "Sources"), say("もとにした資料", "What the numbers are from")),
        (
            say("注記", "Notes"),
            say("数値の読み方と、載せていない図", "How to read the numbers; figures left out"),
        ),
    ]
    for row, (name, what) in enumerate(lines, 4):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", formats.link, name)
        sheet.write_string(row, 1, what, formats.text)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
