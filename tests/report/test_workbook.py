"""The workbook as a spreadsheet program reads it."""

import io
import os
import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
import small_report

from helpers import palette
from helpers.report.workbook import chart as charting
from helpers.report.workbook import workbook
from helpers.report.workbook.block import Block, Cell, Series, blocks
from helpers.report.workbook.format import FONT, number_format

SOFFICE = shutil.which("soffice")


@pytest.fixture
def book(reported):
    return openpyxl.load_workbook(io.BytesIO(workbook(reported)))


def values(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_sheet_for_each_figure_between_the_lists(book):
    assert book.sheetnames == [
        "はじめに",
        "指標",
        "図01_attachment_age",
        "図02_stay_age",
        "図03_commuters",
        "コードブック",
        "出典",
        "注記",
    ]
    links = [c.hyperlink.location for c in book["はじめに"]["A"] if c.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    assert "架空データ" in book["はじめに"]["A3"].value


def test_indicators_are_numbers_and_hidden_ones_stay_hidden(book, reported):
    sheet = book["指標"]
    head, *rows = values(sheet)
    assert len(rows) == len(reported.rows)
    lines = [dict(zip(head, row, strict=True)) for row in rows]
    whole = next(x for x in lines if x["キー"] == "attachment.total.total.positive")
    assert (whole["値"], whole["表示"], whole["n"]) == (73.75, "73.8", 1398)
    hidden = [x for x in lines if x["注記"] == "秘匿"]
    assert len(hidden) == 6
    numbers = ("値", "n", "95％下限", "95％上限")
    assert {(x["表示"], *(x[n] for n in numbers)) for x in hidden} == {
        ("x", None, None, None, None)
    }
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:P{len(rows) + 1}"


def test_a_number_that_is_to_be_hidden_is_not_written_even_where_it_is_known(reported):
    for line in reported.rows:
        if line["flag"] == "suppressed":
            line |= {"value": "60.5", "n": "25", "low": "40.9", "high": "77.2"}
    for line in reported.figures[0].rows:
        if line["注記"] == "suppressed":
            line |= {"値": "60.5", "n": "25", "下限": "40.9", "上限": "77.2"}
    book = openpyxl.load_workbook(io.BytesIO(workbook(reported)))
    for name in ("指標", "図01_attachment_age"):
        hidden = [row for row in values(book[name]) if "秘匿" in row]
        assert hidden
        assert not {60.5, 25, 40.9, 77.2} & {cell for row in hidden for cell in row}


def test_a_figure_sheet_has_its_numbers_as_numbers(book, reported):
    rows = values(book["図01_attachment_age"])
    top = next(i for i, row in enumerate(rows) if row[0] == "区分")
    found = [(row[11], row[4], row[5]) for row in rows[top + 1 :]]
    lines = reported.figures[0].rows
    assert [(key, shown) for key, _, shown in found] == [(x["キー"], x["表示"]) for x in lines]
    for (_, value, _), line in zip(found, lines, strict=True):
        assert value == (pytest.approx(float(line["値"]), rel=1e-15) if line["値"] else None)
    assert ("attachment.age_group.18-19.positive", None, "x") in found
    block = next(i for i, row in enumerate(rows) if row[1] == "感じている")
    assert [row[0] for row in rows[block + 1 : block + 4]] == ["全体", "18〜19歳", "70歳以上"]
    assert [row[1] for row in rows[block + 1 : block + 4]] == [73.75, "x", 78.15]


def test_no_cell_runs(book):
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert small_report.HOSTILE in [row[0] for row in values(book["図03_commuters"])]


def test_charts_are_native_and_in_our_colours(reported):
    archive = zipfile.ZipFile(io.BytesIO(workbook(reported)))
    charts = {n: archive.read(n).decode() for n in archive.namelist() if "charts/chart" in n}
    assert len(charts) == sum(len(blocks(figure)) for figure in reported.figures) == 3
    allowed = {v[1:].upper() for v in vars(palette).values() if isinstance(v, str) and v[:1] == "#"}
    allowed |= {color[1:].upper() for color in (*palette.CATEGORICAL_3, *palette.CATEGORICAL)}
    for text in charts.values():
        assert set(re.findall(r'srgbClr val="(\w+)"', text)) <= allowed
        assert FONT in text
    likert = next(text for text in charts.values() if "percentStacked" in text)
    order = [palette.POSITIVE, palette.MIDDLE, palette.NEGATIVE]
    fills = re.findall(r'</c:tx><c:spPr><a:solidFill><a:srgbClr val="(\w+)"', likert)
    assert fills == [color[1:].upper() for color in order]
    drawings = [archive.read(n).decode() for n in archive.namelist() if "drawings/drawing" in n]
    assert all('descr="' in text for text in drawings)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("73.8", '#,##0.0;"−"#,##0.0'),
        ("9,840", '#,##0;"−"#,##0'),
        ("後退。0.5の", '#,##0;"−"#,##0'),
        ("−0.13", '#,##0.00;"−"#,##0.00'),
    ],
)
def test_a_number_shows_the_decimals_that_are_printed(printed, code):
    assert number_format(printed) == code


def block(kind, *series):
    made = [
        Series(name, meaning, {str(k): Cell(v, str(v)) for k, v in cells.items()})
        for name, meaning, cells in series
    ]
    return Block("", "", kind, list(dict.fromkeys(k for s in made for k in s.cells)), made)


def fills(one, which=0, own=""):
    look = charting._look(one, one.series[which], which, own)
    if "points" in look:
        return [point["fill"]["color"] for point in look["points"]]
    return [look["fill"]["color"]] * len(one.categories)


def test_low_scores_are_negative_and_high_ones_positive_as_in_the_figures():
    spread = block("column", ("単独の点", "score_share", dict.fromkeys(range(11), 9.0)))
    low, middle, high = [palette.NEGATIVE] * 6, [palette.MIDDLE] * 2, [palette.POSITIVE] * 3
    assert fills(spread) == low + middle + high
    ranges = block(
        "bar",
        ("0〜5点", "share_0_5", {"全体": 38.0}),
        ("6〜7点", "share_6_7", {"全体": 32.0}),
        ("8〜10点", "share_8_10", {"全体": 30.0}),
    )
    parts = [fills(ranges, which)[0] for which in range(3)]
    assert parts == [palette.NEGATIVE, palette.MIDDLE, palette.POSITIVE]


def test_a_balance_has_two_colours():
    balance = block("column", ("社会増減", "net_migration", {2023: 206.0, 2024: -181.0}))
    assert fills(balance) == [palette.POSITIVE, palette.NEGATIVE]


def test_one_number_is_no_chart_and_names_stand_apart():
    assert charting.alone(block("bar", ("人口", "population", {"全体": 1.0})))
    assert not charting.alone(block("bar", ("人口", "population", {"男": 1.0, "女": 2.0})))
    across, up = {"防災": 1.0, "防犯": 1.01, "観光": 9.0}, {"防災": 1.0, "防犯": 1.0, "観光": 9.0}
    scatter = block("scatter", ("満足度", "x", across), ("重要度", "y", up))
    assert charting._free(scatter) == {"防犯", "観光"}  # 防災 would run through 防犯's dot


def test_a_number_that_shows_as_zero_has_no_minus():
    assert number_format("0.00", -0.0026) == "#,##0.00;#,##0.00"
    assert number_format("0.00", -0.005) == '#,##0.00;"−"#,##0.00'


def test_a_tiny_negative_is_shown_as_the_zero_that_is_printed(reported):
    tiny = {"value": "-0.0026", "printed": "0.00", "low": "-0.5", "high": "-0.004"}
    reported.rows[0] |= tiny
    line = reported.figures[0].rows[0]
    line |= {"値": "-0.0026", "表示": "0.00", "下限": "-0.5", "上限": "-0.004"}
    book = openpyxl.load_workbook(io.BytesIO(workbook(reported)))
    plain, signed = "#,##0.00;#,##0.00", '#,##0.00;"−"#,##0.00'
    row = book["指標"][2]
    assert [row[8].value, row[8].number_format] == [-0.0026, plain]
    assert [row[i].number_format for i in (10, 11)] == [signed, plain]
    cells = [
        c for row in book["図01_attachment_age"].iter_rows() for c in row if c.value == -0.0026
    ]
    assert [cell.number_format for cell in cells] == [plain, plain]  # beside the chart, and below


def test_the_codebook_names_what_the_rows_hold(book):
    lines = [tuple(row[:4]) for row in values(book["コードブック"])]
    assert ("指標", "attachment", "地域への愛着", "Attachment to the city") in lines
    assert ("グループ", "central", small_report.HOSTILE, small_report.HOSTILE) in lines
    assert ("定義", "weighted", "重み付けした推定値", "weighted estimate") in lines


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(reported, tmp_path):
    path = tmp_path / "indicators.xlsx"
    path.write_bytes(workbook(reported))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        SOFFICE,
        "--headless",
        profile,
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2",
        "--outdir",
        str(tmp_path),
        str(path),
    ]
    subprocess.run(command, check=True, timeout=180, capture_output=True, env=os.environ)
    (made,) = tmp_path.glob("*.csv")
    lines = made.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + len(reported.rows)
    assert any(line.startswith("attachment.total.total.positive,2025") for line in lines)
