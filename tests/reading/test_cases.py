"""Tables in which a number would be wrong without a word: the right value, or one sentence.

Each kind is tried on values that vary, in every kind of file that can hold it. The cases of the
issue are here by their names.
"""

import datetime as dt
from pathlib import Path

import pytest
import yaml
from english import english, japanese_in
from foresight import foreseen
from openpyxl.workbook.defined_name import DefinedName
from test_spoiled import EDITION
from writing import (
    Grid,
    add_part,
    change_part,
    ods_cell,
    ods_shown,
    write_csv,
    write_ods,
    write_xls,
    write_xlsx,
)

from helpers.edition import Edition
from helpers.problems import Problem, Problems
from helpers.reading.statistics import Number, statistics_numbers


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    place = tmp_path / "data" / "raw" / "mihon" / "2025"
    place.mkdir(parents=True)
    return place


def read(path: Path, own: str = "999999", **table: object) -> tuple[list[Number], list[Problem]]:
    """The numbers of one table of a file, and everything that was said."""
    described = {"file": path.name, "source": "s", "columns": {"population": "人口"}} | table
    content = EDITION | {"fiscal_year": 2025, "code": own, "tables": {"t": described}}
    text = yaml.safe_dump(content, allow_unicode=True)
    (path.parent / "edition.yml").write_text(text, encoding="utf-8")
    problems = Problems()
    numbers = statistics_numbers(Edition.open("mihon", 2025), problems)
    foreseen()  # no run stops at what check has not said
    for problem in problems:
        assert not japanese_in(english(problem)), english(problem)
        assert problem.severity == "warning" or "→" in problem.text("en"), problem
    return numbers, list(problems)


def values(found: tuple[list[Number], list[Problem]]) -> list[tuple[int, float]]:
    """The years and values of a table in which nothing is wrong."""
    numbers, problems = found
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    return [(number.year, number.value.number) for number in numbers]


def refused(found: tuple[list[Number], list[Problem]], *words: str) -> str:
    """The one sentence about a table; it names the words."""
    errors = [str(problem) for problem in found[1] if problem.severity == "error"]
    assert len(errors) == 1, errors
    assert [word for word in words if word not in errors[0]] == [], errors[0]
    return errors[0]


YEARS = {"year": "年"}


# --- 1. years -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("head", "texts", "years"),
    [
        (
            "年",
            ["平成29年", "30年", "令和元年（平成31年）", "2年", "3年"],
            range(2017, 2022),
        ),  # era
        ("年", ["平成29", "30", "元", "2", "3"], range(2017, 2022)),  # era3
        ("年", ["令和3", "2", "元", "30", "29"], range(2021, 2016, -1)),
        ("令和年度", [4, 5, 6], [2022, 2023, 2024]),  # yr
        ("年", ["令和5年3月末", "令和6年3月末"], [2023, 2024]),  # yr3
        ("年度", ["令和5年3月末", "令和6年3月末"], [2022, 2023]),
        ("年", ["平成17年", "22年", "27年", "令和2年"], [2005, 2010, 2015, 2020]),
        ("年", ["昭和60", "平成2", "7", "12", "17", "22", "27", "令和2"], range(1985, 2021, 5)),
    ],
)
def test_an_era_is_never_another_year(folder, head, texts, years):
    rows: Grid = [[head, "人口"], *([text, 100 + i] for i, text in enumerate(texts))]
    expected = [(year, 100 + i) for i, year in enumerate(years)]
    assert values(read(write_csv(folder / "a.csv", rows), year=head)) == expected
    assert values(read(write_xlsx(folder / "a.xlsx", rows), year=head)) == expected


@pytest.mark.parametrize(
    ("texts", "cell", "words"),
    [
        (["平成30", "31", "2", "3"], "A4", ["「2」（1990 年）", "逆に"]),
        (["平成28", "29", "2018", "5"], "A5", ["1993", "逆に"]),
        (["2017", "2008", "2019"], "A3", ["2008", "逆に"]),
        (["令和6", "5", "元", "3"], "A5", ["2021", "逆に"]),
        (["令和3", "元", "29"], "A4", ["「29」（2047 年）", "2025 年度版より後"]),
        (["2023", "2024", "2052"], "A4", ["2052", "until"]),
        (["1918", "2019", "2020", "2021"], "A2", ["1918"]),
        (["1987", "2018", "2019", "2020"], "A3", ["2018", "1987", "飛んで"]),
    ],
)
def test_years_that_run_backwards_jump_or_lie_ahead_are_refused(folder, texts, cell, words):
    path = write_csv(folder / "a.csv", [["年", "人口"], *([text, 100] for text in texts)])
    refused(read(path, **YEARS), f"a.csv {cell}", *words)


def test_years_of_several_groups_are_looked_at_group_by_group(folder):
    rows: Grid = [["年", "地区", "人口"]]
    rows += [[year, group, 100] for group in ("東", "西") for year in (2018, 2019, 2020)]
    path = write_csv(folder / "a.csv", rows)
    assert len(values(read(path, year="年", group="地区"))) == 6
    rows[5][0] = 2009
    refused(read(write_csv(folder / "a.csv", rows), year="年", group="地区"), "A6", "2009")


def test_a_projection_says_until_when(folder):
    path = write_csv(folder / "a.csv", [["年", "人口"], [2020, 9], [2030, 8], [2040, 7]])
    refused(read(path, **YEARS), "2030", "全 2 件: A3、A4")
    assert values(read(path, **YEARS, until="2040"))[-1] == (2040, 7)


@pytest.mark.parametrize(
    "rows",
    [
        [["地区", "令和4年度"], ["東部", 1]],  # wide
        [["", "A1101"], ["", 2022], ["地区", "総人口"], ["R14214", 1]],  # ssdse_like
        [["調査年：", "2022年度"], ["地区", "人口"], ["東部", 1]],
    ],
)
def test_a_year_in_the_heading_does_not_become_the_editions(folder, rows):
    path = write_csv(folder / "a.csv", rows)
    head = str(rows[-2][1])
    table = {"group": "地区", "columns": {"population": head}, "header_rows": min(len(rows) - 1, 3)}
    table["header_rows"] = 1 if head == "人口" else table["header_rows"]
    refused(read(path, **table), "2022", "year: 2022")
    assert values(read(path, **table, year="2022")) == [(2022, 1)]


# --- 2. symbols ------------------------------------------------------------------------------
LEGEND: Grid = [
    ["表題：", "都市のすがた（架空）"],
    ["***", "調査又は集計していないもの"],
    ["-", "データが得られないもの"],
    ["X", "数値が秘匿されているもの"],
    [],
]
BODY: Grid = [["年", "人口"], [2020, "-"], [2021, "***"], [2022, "Ｘ"], [2023, 12345]]


def test_the_files_own_legend_says_what_a_symbol_means(folder):  # estat_legend
    for legend in (
        LEGEND,
        [["「-」「***」は得られないもの"], *LEGEND[3:4], ["-＝不詳、***：不明"]],
    ):
        path = write_xlsx(folder / "a.xlsx", [*legend, *BODY])
        numbers, problems = read(path, **YEARS)
        assert [number.value.text for number in numbers] == ["…", "…", "x", "12345"], problems
    below = write_csv(folder / "a.csv", [*BODY, ["注）-：皆無、***：不詳、Ｘ：秘匿"]])
    numbers, problems = read(below, **YEARS)
    assert [number.value.text for number in numbers] == ["－", "…", "x", "12345"], problems


@pytest.mark.parametrize("sign", ["-", "－", "―", "x", "Ｘ", "***", "△", "--"])
def test_without_a_legend_a_symbol_is_asked_for_once(folder, sign):
    rows: Grid = [["年", "人口"], [2020, 5], [2021, sign], [2022, sign], [2023, sign]]
    path = write_csv(folder / "a.csv", rows)
    refused(read(path, **YEARS), "a.csv B3", f"「{sign}」", "全 3 件: B3、B4、B5", "symbols")
    numbers, problems = read(path, **YEARS, symbols={"zero": [sign]})
    assert [number.value.number for number in numbers] == [5, 0, 0, 0], problems


def test_legend_and_edition_must_not_say_two_things(folder):
    path = write_xlsx(folder / "a.xlsx", [*LEGEND, *BODY])
    refused(read(path, **YEARS, symbols={"zero": ["－"]}), "凡例では unknown", "zero")


# --- 3. number formats -----------------------------------------------------------------------
RATES: Grid = [
    ["年度", "加入率"],
    ["令和4年度", 0.67],
    ["令和5年度", 0.6587473],
    ["令和6年度", 0.6473],
]
SHOWN = [(2022, 67.0), (2023, 65.9), (2024, 64.7)]
OF_RATES = {"year": "年度", "columns": {"rate": "加入率"}}
PERCENT = {f"B{row}": "0.0%" for row in (2, 3, 4)}


def test_a_cell_shown_in_per_cent_is_what_it_shows(folder):  # percent, percent_parts
    for write, name in ((write_xlsx, "a.xlsx"), (write_xls, "a.xls")):
        assert values(read(write(folder / name, RATES, formats=PERCENT), **OF_RATES)) == SHOWN
        mixed = [list(row) for row in RATES]
        mixed[2][1] = 65.9
        some = {cell: code for cell, code in PERCENT.items() if cell != "B3"}
        assert values(read(write(folder / name, mixed, formats=some), **OF_RATES)) == SHOWN
    rows = [list(map(ods_cell, row)) for row in RATES]
    for row, (value, shown) in zip(rows[1:], [(0.67, "67.0%"), (0.6587473, "65.9％"), (0.6473, "64.7 %")], strict=True):  # fmt: skip
        row[1] = ods_shown("percentage", value, shown)
    body = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    assert values(read(write_ods(folder / "a.ods", [], body=body), **OF_RATES)) == SHOWN


@pytest.mark.parametrize("at", [2, 3, 4])
def test_a_fraction_among_per_cents_is_refused(folder, at):
    rows = [[row[0], row[1] if i == 0 or i + 1 == at else float(row[1]) * 100] for i, row in enumerate(RATES)]  # fmt: skip
    refused(read(write_csv(folder / "a.csv", rows), **OF_RATES), f"a.csv B{at}", "100 分の 1")


def test_a_fraction_of_its_own_parts_is_refused(folder):
    rows: Grid = [["年度", "世帯数", "加入世帯数", "加入率"], ["R4", 46000, 30800, 0.6696], ["R5", 46300, 30500, 0.6587]]  # fmt: skip
    table = {"year": "年度", "columns": {"h": "世帯数", "a": "加入世帯数", "rate": "加入率"}}
    refused(read(write_csv(folder / "a.csv", rows), **table), "a.csv D2", "0.6696", "66.96")
    rows[1][3], rows[2][3] = 66.96, 65.87
    assert len(values(read(write_csv(folder / "a.csv", rows), **table))) == 6


def test_shares_that_sum_to_one_are_refused(folder):
    rows: Grid = [["年", "よい", "ふつう", "わるい"], [2024, 0.412, 0.34, 0.248]]
    table = {"columns": {"a": "よい", "b": "ふつう", "c": "わるい"}, "shares": ["a", "b", "c"]}
    refused(read(write_csv(folder / "a.csv", rows), **YEARS, **table), "B2", "100 分の 1", "41.2")


def test_shares_that_are_all_below_one_are_looked_at_and_rates_of_change_read(folder):
    path = write_csv(folder / "a.csv", [["年", "加入率"], [2023, 0.67], [2024, 0.66]])
    found = read(path, **YEARS, columns={"rate": "加入率"})
    assert len(values(found)) == 2
    assert "すべて 1 以下" in str(found[1][0])
    path = write_csv(folder / "a.csv", [["年", "増加率"], [2023, -0.3], [2024, 1.2], [2025, 0.1]])
    assert values(read(path, **YEARS, columns={"r": "増加率"}))[2] == (2025, 0.1)


@pytest.mark.parametrize("write", [write_xlsx, write_xls])
def test_thousands_left_off_and_signs_are_what_is_shown(folder, write):
    rows: Grid = [["年", "人口"], [2023, 207400], [2024, 5], [2025, 1234567]]
    formats = {"B2": "#,##0,", "B3": '"▲"#,##0', "B4": "#,##0.0,,"}
    path = write(folder / f"a{'.xls' if write is write_xls else '.xlsx'}", rows, formats=formats)
    assert values(read(path, **YEARS)) == [(2023, 207), (2024, -5), (2025, 1.2)]


@pytest.mark.parametrize("write", [write_xlsx, write_xls])
@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ([dt.date(2022, 1, 1), dt.date(2023, 1, 1), dt.date(2024, 1, 1)], 'yyyy"年度"'),  # fydate
        ([44562, 44927, 45292], '[$-411]ggge"年度"'),
        ([4, 5, 6], '"令和"0"年度"'),
    ],
)
def test_a_year_is_what_excel_shows(folder, write, cells, code):
    rows: Grid = [["年度", "人口"], *([cell, 100 + i] for i, cell in enumerate(cells))]
    formats = {f"A{row}": code for row in (2, 3, 4)}
    path = write(folder / f"a{'.xls' if write is write_xls else '.xlsx'}", rows, formats=formats)
    assert values(read(path, year="年度")) == [(2022, 100), (2023, 101), (2024, 102)]


def test_a_year_that_an_ods_shows(folder):
    rows = [[ods_cell("年度"), ods_cell("人口")]]
    rows += [[ods_shown("date", f"{y}-01-01", f"{y}年度"), ods_cell(y)] for y in (2022, 2023)]
    rows += [[ods_shown("float", 6, "令和6年度"), ods_shown("float", 2024, "2,024")]]
    body = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    found = read(write_ods(folder / "a.ods", [], body=body), year="年度")
    assert values(found) == [(y, y) for y in (2022, 2023, 2024)]


# --- 4. merged numbers -----------------------------------------------------------------------
DISTRICTS: Grid = [["地区", "人口"], ["東部", 1200], ["西部", 900], ["南部", 640], ["北部", None]]
BY_DISTRICT = {"group": "地区", "year": "2025"}


@pytest.mark.parametrize("write", [write_xlsx, write_xls])
@pytest.mark.parametrize(("area", "cell"), [("B4:B5", "B4"), ("B2:B3", "B2"), ("B2:C2", "B2")])
def test_a_number_merged_over_several_cells_is_refused(folder, write, area, cell):  # merged_numbers
    rows: Grid = [[*row, None] for row in DISTRICTS]
    rows[4][1] = None if area == "B4:B5" else 5
    rows[2][1] = None if area == "B2:B3" else 900
    path = write(folder / f"a{'.xls' if write is write_xls else '.xlsx'}", rows, merged=(area,))
    refused(read(path, **BY_DISTRICT), f"表!{cell}", area, "結合")


def test_a_number_over_two_rows_of_an_ods_is_refused(folder):
    rows = [list(map(ods_cell, row)) for row in DISTRICTS]
    rows[3][1], rows[4][1] = ods_shown("float", 640, "640", 2), "<table:covered-table-cell/>"
    body = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    refused(read(write_ods(folder / "a.ods", [], body=body), **BY_DISTRICT), "B4:B5", "640")


def test_merged_labels_are_carried_on(folder):
    rows: Grid = [["年", "地区", "人口"], [2024, "東", 1], [None, "西", 2], [2025, "東", 3], [None, "西", 4]]  # fmt: skip
    path = write_xlsx(folder / "a.xlsx", rows, merged=("A2:A3", "A4:A5"))
    assert values(read(path, year="年", group="地区")) == [
        (2024, 1),
        (2024, 2),
        (2025, 3),
        (2025, 4),
    ]


# --- 5. units --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "rows",
    [
        [["昼間人口（単位：千人）"], ["年", "人口"], [2015, 163.2], [2020, 171.1]],  # unit
        [["年", "人口（千人）"], [2015, 163.2], [2020, 171.1]],
        [["年", "人口"], ["", "千人"], [2015, 163.2], [2020, 171.1]],
        [["", "（千人）"], ["年", "人口"], [2015, 163.2], [2020, 171.1]],
        [["年", "人口"], [2015, 163.2], [2020, 171.1], ["注）単位は千人"]],
        [["年", "人口"], [2015, "163.2千人"], [2020, "171.1千人"]],
    ],
)
def test_a_unit_is_read_or_asked_for(folder, rows):
    path = write_csv(folder / "a.csv", rows)
    table = {**YEARS, "columns": {"population": ["人口", "人口（千人）"]}}
    refused(read(path, **table), "千人", "population", "unit: {population: 人}")
    assert values(read(path, **table, unit="人")) == [(2015, 163200), (2020, 171100)]
    assert values(read(path, **table, unit={"population": "千人"})) == [
        (2015, 163.2),
        (2020, 171.1),
    ]
    refused(read(path, **table, unit="円"), "千人", "円")


def test_each_column_has_its_own_unit(folder):
    rows: Grid = [["年", "人口", "歳出", "加入率"], ["", "千人", "百万円", "％"], [2020, 1.5, 20, "67.0%"]]  # fmt: skip
    table = {"columns": {"p": "人口", "cost": "歳出", "rate": "加入率"}}
    path = write_xlsx(folder / "a.xlsx", rows)
    found = read(path, **YEARS, **table, unit={"p": "人", "cost": "億円"})
    values(found)
    assert {one.item: one.value.number for one in found[0]} == {"p": 1500, "cost": 0.2, "rate": 67}


def test_a_plain_unit_needs_no_word(folder):
    for first in (["単位：人"], ["（単位：人、％）"], ["注　人口千人当たり"], ["単位:世帯、人"]):
        path = write_csv(folder / "a.csv", [first, ["年", "人口"], [2020, "1,234"]])
        assert values(read(path, **YEARS)) == [(2020, 1234)]


# --- 7. ditto marks, 8. tables side by side ------------------------------------------------------
@pytest.mark.parametrize("mark", ["〃", "同上", "″", "々", "”"])
def test_a_ditto_mark_is_what_stands_above(folder, mark):  # ditto
    rows: Grid = [["年", "性別", "人口"], ["令和5年", "男", 100], [mark, "女", 110], ["令和6年", "男", 99], [mark, "女", 111]]  # fmt: skip
    found = read(write_csv(folder / "a.csv", rows), year="年", group="性別")
    assert values(found) == [(2023, 100), (2023, 110), (2024, 99), (2024, 111)]
    assert [number.group for number in found[0]] == ["男", "女", "男", "女"]
    rows = [["性別", "年", "人口"], ["男", 2023, 100], [mark, 2024, 99], ["女", 2023, 110], [mark, 2024, 111]]  # fmt: skip
    found = read(write_xlsx(folder / "a.xlsx", rows), year="年", group="性別")
    assert [(number.group, number.year) for number in found[0]] == [("男", 2023), ("男", 2024), ("女", 2023), ("女", 2024)]  # fmt: skip
    rows[2][2] = mark
    refused(read(write_xlsx(folder / "a.xlsx", rows), year="年", group="性別"), "C3", mark)


FOLDED: Grid = [
    ["年度", "人口", "年度", "人口"],
    ["令和3年度", 100, "令和5年度", 102],
    ["令和4年度", 101, "令和6年度", 103],
]


def test_tables_side_by_side_are_read_whole(folder):  # folded
    expected = [(2021, 100), (2022, 101), (2023, 102), (2024, 103)]
    for rows in (
        FOLDED,
        [["人口の推移"], *FOLDED],
        [[*row[:2], "", *row[2:]] for row in FOLDED],
    ):
        assert values(read(write_xlsx(folder / "a.xlsx", rows), year="年度")) == expected
        assert values(read(write_csv(folder / "a.csv", rows), year="年度")) == expected
    three: Grid = [["年度", "人口"] * 3, ["R3", 100, "R4", 101, "R5", 102], ["", "", "R6", 103]]
    found = read(write_xlsx(folder / "a.xlsx", three), year="年度")
    assert sorted(values(found)) == [(2021, 100), (2022, 101), (2023, 102), (2024, 103)]


def test_half_of_a_folded_table_is_refused(folder):
    path = write_xlsx(folder / "a.xlsx", FOLDED)
    half = {"year": "年度#1", "columns": {"population": "人口#1"}}
    refused(read(path, **half), "2 組", "1 組", "#")


def test_columns_that_only_partly_repeat_are_refused(folder):
    rows: Grid = [["年度", "人口", "人口"], ["R3", 100, 102]]
    refused(read(write_csv(folder / "a.csv", rows), year="年度"), "2 つ", "人口#2")


# --- codes, characters, files ------------------------------------------------------------------
def test_the_editions_own_code_comes_first(folder):  # own
    rows: Grid = [["市区町村コード", "年度", "人口"], [10201, "R5", 330000], [10201, "R6", 329000]]
    found = read(write_csv(folder / "a.csv", rows), "102016", year="年度", code="市区町村コード")
    assert values(found) == [(2023, 330000), (2024, 329000)]


def test_codes_of_one_column_lost_their_zeros(folder):  # codes
    rows: Grid = [["団体コード", "市町村", "人口"], [11011, "札幌市中央区", 100], [12025, "函館市", 90],
        [131016, "千代田区", 80], [142140, "伊勢原市", 70]]  # fmt: skip
    table = {"code": "団体コード", "group": "市町村", "year": "2025"}
    found = read(write_csv(folder / "a.csv", rows), "012025", **table)
    assert [number.group for number in found[0]] == [
        "札幌市中央区",
        "mihon",
        "千代田区",
        "伊勢原市",
    ]
    assert "011011" in str(found[1][0])


@pytest.mark.parametrize("blank", ["", "-", "－"])
def test_the_row_of_all_japan_has_no_code(folder, blank):
    rows: Grid = [
        ["団体コード", "人口"],
        [blank, 126654244],
        ["010006", 5228732],
        ["142140", 100213],
    ]
    table = {"code": "団体コード", "year": "2021"}
    assert values(read(write_csv(folder / "a.csv", rows), "142140", **table)) == [(2021, 100213)]
    rows[1][0] = "全国"
    refused(read(write_csv(folder / "a.csv", rows), "142140", **table), "a.csv A2", "全国")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("⼈形町", ["U+2F08", "「人形町」"]),
        ("𠮷田", ["U+20BB7"]),
        ("東\x07部", ["制御文字"]),
        ("西\ue000", ["外字"]),
    ],
)
def test_a_name_that_cannot_be_printed_is_refused_where_it_is_read(folder, name, words):
    path = write_csv(folder / "a.csv", [["地区", "人口"], ["東部", 1], [name, 2]])
    refused(read(path, **BY_DISTRICT), "a.csv A3", *words)


def test_a_leftover_link_is_told_and_one_in_use_refused(folder):  # leftover_link
    rows: Grid = [["年度", "人口"], ["令和6年度", 100]]
    rels = '<Relationships><Relationship Id="rId1" Target="tool.xlsm" TargetMode="External"/></Relationships>'

    def linked(*named: DefinedName) -> Path:
        path = write_xlsx(folder / "a.xlsx", rows, named=named)
        add_part(path, "xl/externalLinks/externalLink1.xml", "<externalLink/>")
        return add_part(path, "xl/externalLinks/_rels/externalLink1.xml.rels", rels)

    found = read(linked(), year="年度")
    assert values(found) == [(2024, 100)]
    assert "どの数式も使っていません" in str(found[1][0])
    rate = DefinedName("rate", attr_text="[1]S!$A$1")
    assert values(read(linked(rate), year="年度")) == [(2024, 100)]
    rows[1][1] = "=rate*2"
    refused(read(linked(rate), year="年度"), "tool.xlsm")


@pytest.mark.parametrize(
    "content", [b"hello", b"hello\nworld\n", "市の人口".encode(), b"\x00\x01\x02,"]
)
def test_a_text_named_as_a_workbook_is_none(folder, content):  # text_saved_as
    (folder / "a.xlsx").write_bytes(content)
    refused(read(folder / "a.xlsx", **YEARS), "a.xlsx", "Excel のファイルでは")


@pytest.mark.parametrize(
    ("old", "new"),
    [('r="B3"', 'r="ZZZZ99999999"'), ('r="B3"', 'r="B99999999"'), ('r="B3"', 'r="ABCD3"'),
     ('<row r="3"', '<row r="999999999"'), ('ref="A1:B3"', 'ref="A1:ZZZZ9"'), ('r="B3"', "r='ZZZZ99999999'")],
)  # fmt: skip
def test_a_cell_beyond_excel_is_refused(folder, old, new):  # abort_cell_beyond_limits
    path = write_xlsx(folder / "a.xlsx", [["年", "人口"], [2023, 1], [2024, 2]])
    path = change_part(path, "xl/worksheets/sheet1.xml", old, new)
    refused(read(path, **YEARS), "a.xlsx", "範囲")


def test_files_too_large_are_refused_before_they_are_read(folder):
    wide = b",".join([b"1"] * 20_000)
    (folder / "a.csv").write_bytes(b"\n".join([wide] * 3))
    refused(read(folder / "a.csv", **YEARS), "a.csv", "20,000 列")
    (folder / "a.csv").write_bytes(b"1,2,3,4,5\n" * 1_100_000)
    refused(read(folder / "a.csv", **YEARS), "a.csv", "1,100,000 行")
    with (folder / "a.csv").open("wb") as file:
        file.seek(200 * 2**20)
        file.write(b"1")
    refused(read(folder / "a.csv", **YEARS), "a.csv", "200 MB")


# --- the whole table of how people write numbers -------------------------------------------------
READ = {"+123": 123, "±0": 0, "1.234": 1.234, "１２，３４５": 12345, "▲1.5": -1.5, "△ 2": -2, "- 3": -3,
    "1234.": 1234, ".5": 0.5, "-0": 0, "－5": -5, "12345": 12345, "０１２": 12, "-.5": -0.5}  # fmt: skip
REFUSED = ["(1,234)", "1,234人", "67.0％", "12 345", "12,5", "1,234*", "r1234", "--", "1,234-", "1·5",
    "1e3", "〇", "○", "なし", "該当なし", "0(0)", "1/2", "￥1,234", "1,234千円", "1,2345", "1 234", "十二",
    "△", "▲", "* 5", "5*", "Ｘ", "x 5", "１－５", "５～９", "2024年", "令和6年", "３月"]  # fmt: skip


def test_how_people_write_numbers(folder):  # values
    texts = [*READ, *REFUSED]
    rows: Grid = [["年", "地区", "人口"], *([2024, f"g{i}", text] for i, text in enumerate(texts))]
    numbers, problems = read(write_csv(folder / "a.csv", rows), year="年", group="地区")
    by_group = {number.group: number.value for number in numbers}
    for i, text in enumerate(texts):
        if text in READ:
            assert (by_group[f"g{i}"].number, by_group[f"g{i}"].wrong) == (READ[text], None), text
        else:
            assert by_group[f"g{i}"].wrong is not None, text
    named = {cell for problem in problems for cell in problem.cells or [problem.where.split()[-1]]}
    assert named == {f"C{i + 2}" for i, text in enumerate(texts) if text in REFUSED}
    # What is described is read.
    table = {
        "year": "年",
        "group": "地区",
        "marks": ["*", "r"],
        "unit": "人",
        "symbols": {"hidden": ["x"]},
    }
    numbers, _ = read(folder / "a.csv", **table)
    found = {number.group: number.value for number in numbers}
    for text, number in {"1,234人": 1234, "1,234*": 1234, "r1234": 1234, "5*": 5}.items():
        assert found[f"g{texts.index(text)}"].number == number, text
    assert found[f"g{texts.index('Ｘ')}"].text == "x"
