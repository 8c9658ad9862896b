"""The cross tables as a spreadsheet program reads them: every number is an indicator row's."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from helpers.edition import Edition
from helpers.reading.codebook import open_codebook
from helpers.report.crosstabs import cross_tables, crosstabs, crosstabs_csv
from helpers.report.reported import Reported
from helpers.report.workbook.lists import wording

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _in_small_project(monkeypatch):
    """These tests read the sample city itself."""
    monkeypatch.setenv("CITYPROMO_ROOT", str(ROOT))


@pytest.fixture(scope="module")
def mihon():
    edition = Edition.open("mihon", 2025)
    return Reported(edition, ROOT, ROOT / "data" / "processed" / "mihon" / "2025", {})


@pytest.fixture(scope="module")
def book(mihon):
    return openpyxl.load_workbook(io.BytesIO(crosstabs(mihon)))


def lines(sheet):
    head, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    return [dict(zip(head, row, strict=True)) for row in rows]


def headed(question, row, word):
    """What may stand over the number of a row: a sum of answers says that it is one."""
    if row["indicator"] == question:
        said = word(f"{question}.{row['category']}") if row["category"] else word(question)
    else:
        point = row["category"].partition(".")[2]
        said = f"{point}点" if point else word(row["indicator"])
    roles = {"positive", "neutral", "negative", "dont_know", "no_answer"}
    summed = row["category"] in roles and "計" not in said
    return [f"{said}（計）", said] if summed else [said]


def of_question(rows, question):
    """The numbers of a question: its own, or those of a score that is named by it."""
    own = [row for row in rows if row["indicator"] == question]
    return own or [
        row
        for row in rows
        if row["category"].partition(".")[0] == question
        and not row["indicator"].endswith("_change")
    ]


def test_every_number_is_its_indicator_row(mihon, book):
    """Sheet by sheet, found by what a reader sees; no number is left that no row holds."""
    word = wording(mihon.edition)
    rows = [r for r in mihon.rows if (r["basis"], r["definition"]) == ("microdata", "weighted")]
    questions = [name for name in open_codebook(mihon.edition).questions if of_question(rows, name)]
    sheets = [book[name] for name in book.sheetnames[2:-1]]
    assert len(sheets) == len(questions) >= 10
    whole = {(line["設問"], line["選択肢"]): line for line in lines(book["単純集計"])}
    compared, in_totals = 0, 0
    for question, sheet in zip(questions, sheets, strict=True):
        by_group = {(line["区分"], line["分類"]): line for line in lines(sheet)}
        left = {
            (group, head)
            for group, line in by_group.items()
            for head, cell in line.items()
            if isinstance(cell, int | float) or cell == "x"
        }
        for row in of_question(rows, question):
            group = (word(row["breakdown"]), word(row["group"]))
            line, unit = by_group[group], row["unit"].replace("%", "％")
            said = next(x for x in headed(question, row, word) if f"{x}（{unit}）" in line)
            head = f"{said}（{unit}）"
            n = "n（回答数、重みなし）" if "n（回答数、重みなし）" in line else f"{said} n"
            hidden = row["flag"] == "suppressed"
            value = "x" if hidden else float(row["value"])
            assert line[head] == value, (question, group, head)
            if row["n"]:  # an amount of all residents has none; its line has that of the shares
                assert line[n] == (None if hidden else round(float(row["n"])))
            left -= {(group, head), (group, n)}
            compared += not hidden
            if row["breakdown"] == "total":
                one = whole.pop((word(question), said))
                assert one["値"] == value
                if not hidden:
                    for name, end in (("95％下限", "low"), ("95％上限", "high")):
                        assert one[name] == (float(row[end]) if row[end] else None)
                    n_of_all = one["n（回答数、重みなし）"]
                    assert n_of_all == (round(float(row["n"])) if row["n"] else None)
                in_totals += 1
        assert not left
    assert not whole
    assert compared > 700
    assert in_totals > 50


def test_no_text_is_cut_by_the_column_beside_it(book):
    """A row is as high as its texts need where they are wrapped (half-widths by column width)."""
    long = "必要な市政情報を手軽に入手できる環境が整っていると思う市民の割合"
    sheet = book["単純集計"]
    at = next(cell.row for cell in sheet["A"] if cell.value == long)
    assert 2 * len(long) == 64 > sheet.column_dimensions["A"].width
    assert sheet.cell(at, 1).alignment.wrap_text
    assert sheet.row_dimensions[at].height == 30  # two lines of 15 points
    assert sheet.cell(at, 2).value
    heading = sheet["C1"]
    assert heading.alignment.wrap_text
    assert heading.alignment.horizontal == sheet["D1"].alignment.horizontal == "right"
    assert sheet.row_dimensions[1].height == 30
    (link,) = (cell for cell in book["目次"]["A"] if long in str(cell.value))
    assert link.value == f"10 {long}"


def test_no_number_stands_where_the_row_is_hidden(mihon):
    hidden = {
        ".".join(row[n] for n in ("indicator", "breakdown", "group", "category") if row[n])
        for row in mihon.rows
        if row["flag"] == "suppressed" and row["basis"] == "microdata"
    }
    assert hidden
    table = list(csv.DictReader(io.StringIO(crosstabs_csv(mihon).decode("utf-8-sig"))))
    found = [line for line in table if line["キー"] in hidden and line["注"] == "秘匿"]
    assert found
    assert {(x["値"], x["n（回答数、重みなし）"], x["95％下限"]) for x in found} == {("x", "", "")}


def test_the_long_sheet_and_the_csv_have_every_row_of_answers(mihon, book):
    expected = [row for row in mihon.rows if row["basis"] == "microdata"]
    table = list(csv.DictReader(io.StringIO(crosstabs_csv(mihon).decode("utf-8-sig"))))
    assert len(table) == len(expected) == len(lines(book["データ"]))
    for row, line in zip(expected, table, strict=True):
        if row["flag"] != "suppressed":
            assert line["値"].replace("-", "−") == row["printed"]


def test_sheets_are_one_table_each_without_merged_cells(book):
    assert book.sheetnames[:2] == ["目次", "単純集計"]
    assert book.sheetnames[-1] == "データ"
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert sheet.page_setup.orientation == "landscape"
        if sheet.title != "目次":
            assert None not in [cell.value for cell in sheet[1]]
            assert len({cell.value for cell in sheet[1]}) == sheet.max_column
    links = [c.hyperlink.location for c in book["目次"]["A"] if c.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:]]


def row(indicator, group, category, value, definition="weighted", unit="%", flag=""):
    breakdown = "total" if group == "total" else "age"
    return {
        "indicator": indicator, "breakdown": breakdown, "group": group, "category": category,
        "value": value, "printed": value, "unit": unit, "n": "100", "low": "", "high": "",
        "basis": "microdata", "definition": definition, "flag": flag, "fiscal_year": "2025",
    }  # fmt: skip


def test_a_score_has_its_points_bands_and_mean_in_one_table():
    rows = [
        row("mean_score", "total", "q5", "6.1", unit="点"),
        row("share_0_5", "total", "q5", "40.0"),
        row("score_share", "total", "q5.10", "5.0"),
        row("score_share", "total", "q5.2", "7.0"),
        row("mean_score_change", "total", "q5", "0.2", unit="点"),
        row("q5_of_another", "total", "x", "1.0"),
    ]
    (table,) = cross_tables(rows, {"q5": False})
    assert table.columns == ("2", "10", "mean_score", "share_0_5")


def test_the_weighted_numbers_stand_where_there_are_any():
    rows = [
        row("q1", "total", "yes", "60.0", "unweighted"),
        row("q1", "total", "yes", "61.0"),
        row("q2", "total", "yes", "30.0", "unweighted"),
        row("q3", "total", "yes", "1.0", "city_method"),
    ]
    first, second = cross_tables(rows, {"q2": False, "q1": False, "q3": False})
    assert (first.question, first.definition) == ("q2", "unweighted")
    assert second.lines["total", "total"]["yes"]["value"] == "61.0"


def test_english_has_english_words(mihon):
    book = openpyxl.load_workbook(io.BytesIO(crosstabs(mihon, "en")))
    assert book.sheetnames[:2] == ["Index", "Totals"]
    assert lines(book["Totals"])[0]["Question"] == "Attachment to the city"


def test_a_group_that_differs_is_marked_and_a_switch_takes_the_mark_away(mihon):
    marked = [r for r in mihon.rows if r.get("rest") and r["indicator"] == "attachment"]
    assert marked
    assert not any(r["flag"] for r in marked)
    off = replace(mihon, edition=mihon.edition.model_copy(update={"mark_differences": False}))
    found = {}
    for name, one in (("on", mihon), ("off", off)):
        sheet = openpyxl.load_workbook(io.BytesIO(crosstabs(one)))["01 地域への愛着"]
        formats = [cell.number_format for line in sheet.iter_rows() for cell in line]
        found[name] = sum("▲" in text or "▽" in text for text in formats)
    weighted = [r for r in marked if r["definition"] == "weighted"]
    assert found == {"on": len(weighted), "off": 0}


def test_the_long_table_has_the_design_effect_of_weighted_numbers(mihon):
    """Weights of mihon cost about 1.14 (Kish); what they gain by age takes a part of it away."""
    table = list(csv.DictReader(io.StringIO(crosstabs_csv(mihon).decode("utf-8-sig"))))
    (one,) = (
        line
        for line in table
        if line["キー"] == "attachment.total.total.positive" and line["集計の方法"] == "weighted"
    )
    assert 0.9 < float(one["設計効果"]) < 1.3
    assert not any(line["設計効果"] for line in table if line["値"] == "x")
