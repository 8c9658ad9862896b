"""Tables in the shapes that offices publish: a year a column, an item a row, halves side by side.

What was refused is read by description; what cannot be read says the line that mends it, and the
line does mend it.
"""

import re
import unicodedata

import pytest
from test_cases import folder, read, refused, values
from writing import Grid, write_csv, write_ods, write_xls, write_xlsx

__all__ = ["folder"]

WIDE = {"columns": {"households": "世帯数", "joined": "加入世帯数"}, "item": "区分"}
WIDE["years_across"] = True


def named(found) -> dict[tuple[int, str, str], float]:
    """Year, group and item → number, where nothing is wrong."""
    numbers, problems = found
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    return {(n.year, n.group, n.item): n.value.number for n in numbers}


@pytest.mark.parametrize("kind", [write_csv, write_xlsx, write_xls, write_ods])
@pytest.mark.parametrize(
    ("heads", "years"),
    [
        (["令和4年度", "令和5年度", "令和6年度"], [2022, 2023, 2024]),  # wide
        (["平成30年度", "令和元年度", "2年度"], [2018, 2019, 2020]),
        (["2019", "2020", "2021"], [2019, 2020, 2021]),
        (["R4", "R5", "R6"], [2022, 2023, 2024]),
        (["2020", "2024", "2021"], [2020, 2024, 2021]),  # SSDSE: a year of its own in each
        (["令和6年度（見込）", "令和5年度", "令和4年度"], [2024, 2023, 2022]),
    ],
)
def test_a_year_a_column_and_an_item_a_row(folder, kind, heads, years):
    rows: Grid = [["表1"], ["区分", *heads, "備考"], ["世帯数", 100, 101, 102, "注"]]
    rows += [["（別表）", 1, 2, 3, ""], ["加入世帯数", 60, 59, 58, ""], ["注 架空の数値"]]
    path = kind(folder / f"a.{kind.__name__.removeprefix('write_')}", rows)
    expected = {(y, "total", "households"): 100 + i for i, y in enumerate(years)}
    expected |= {(y, "total", "joined"): 60 - i for i, y in enumerate(years)}
    assert named(read(path, **WIDE)) == expected


def test_each_number_keeps_its_cell_its_unit_and_its_symbol(folder):
    rows: Grid = [["区分", "単位", "令和4年度", "令和5年度"]]
    rows += [["世帯数", "千世帯", "1.5", "1,6"], ["加入世帯数", "世帯", "-", 9], ["「-」は皆無"]]
    path = write_csv(folder / "a.csv", rows)
    table = WIDE | {"unit": {"households": "世帯"}}
    refused(read(path, **table), "a.csv D2", "「1,6」")
    rows[1][3] = "1.6"
    found = named(read(write_csv(path, rows), **table))
    assert found == {
        (2022, "total", "households"): 1500,
        (2023, "total", "households"): 1600,
        (2022, "total", "joined"): 0,
        (2023, "total", "joined"): 9,
    }


@pytest.mark.parametrize(
    ("own", "code"), [("142140", "R14214"), ("012335", "R01233"), ("132292", "13229")]
)
def test_a_year_of_its_own_in_each_heading(folder, own, code):
    """ssdse_like: three rows of heading, codes with R, years that differ between the columns."""
    rows: Grid = [
        ["SSDSE-A-2026", "Prefecture", "Municipality", "A1101", "A1102"],
        ["", "", "年度", "2020", "2022"],
        ["地域コード", "都道府県", "市区町村", "総人口", "男"],
        [code, "", "この市", 12345, 600],
        ["R07213", "福島県", "伊達市", 200, 90],
    ]
    table = {"code": "地域コード", "header_rows": 3, "years_across": True}
    table["columns"] = {"population": "総人口", "men": "A1102 男"}
    found = named(read(write_csv(folder / "a.csv", rows), own, **table))
    assert found == {(2020, "total", "population"): 12345, (2022, "total", "men"): 600}


def test_groups_by_years_under_headings_of_two_rows(folder):
    rows: Grid = [["", "転入", "", "転出", ""], ["地区", "R4", "R5", "R4", "R5"]]
    rows += [["東", 1, 2, 3, 4], ["西", 5, 6, 7, 8]]
    table = {"group": "地区", "header_rows": 2, "years_across": True}
    table["columns"] = {"moved_in": "転入", "moved_out": "転出"}
    found = named(read(write_csv(folder / "a.csv", rows), **table))
    assert found[2023, "東", "moved_in"] == 2
    assert found[2022, "西", "moved_out"] == 7
    assert len(found) == 8


def test_an_item_and_a_value_a_row(folder):
    rows: Grid = [["年度", "項目", "値"], ["令和5年度", "世帯数", 5], ["", "加入世帯数", 2]]
    rows += [["令和6年度", "世帯数", 6], ["〃", "加入世帯数", 3]]
    table = WIDE | {"item": "項目", "value": "値", "year": "年度", "years_across": False}
    path = write_csv(folder / "a.csv", rows)
    assert named(read(path, **table)) == {
        (2023, "total", "households"): 5,
        (2023, "total", "joined"): 2,
        (2024, "total", "households"): 6,
        (2024, "total", "joined"): 3,
    }
    twice = write_csv(folder / "a.csv", [*rows, ["", "世帯数", 7]])
    refused(read(twice, **table), "a.csv C6", "2 つ", "世帯数#2")
    lost = WIDE["columns"] | {"births": "出生"}
    refused(read(path, **table | {"columns": lost}), "columns.births", "「出生」")


def test_where_the_numbers_stand_must_be_said(folder):
    path = write_csv(folder / "a.csv", [["区分", "値"], ["世帯数", 1]])
    from helpers.problems import InputError

    with pytest.raises(InputError, match=r"tables\.t.*value.*years_across"):
        read(path, columns={"households": "世帯数"}, item="区分")
    refused(read(path, **WIDE), "years_across")


TOTALS = [
    ([["総数", "", 55], ["令和5年度", "東", 50], ["令和5年度", "西", 5]], 2),
    ([["令和5年度", "", 55], ["令和5年度", "東", 50], ["令和6年度", "東", 5]], 2),
    ([["令和5年度", "-", 55], ["令和5年度", "東", 50], ["令和6年度", "東", 5]], 2),
    ([["令和5年度", "－", 55], ["令和5年度", "東", 50], ["令和6年度", "東", 5]], 2),
    ([["令和5年度", "東", 50], ["令和6年度", "東", 5], ["-", "計", 55]], 2),
    ([["令和5年度", "東", 50], ["令和6年度", "東", 5], ["合計", "", 55]], 2),
]


@pytest.mark.parametrize(("rows", "left"), TOTALS)
def test_the_remedy_of_a_row_of_totals_mends_it(folder, rows, left):
    path = write_csv(folder / "a.csv", [["年度", "地区", "人口"], *rows])
    _, problems = read(path, year="年度", group="地区")
    text = str(next(p for p in problems if p.severity == "error"))
    key, value = re.search(r"(leave_out|footer_rows): (\S+) と書いて", text).groups()
    mended = {key: [value.strip('[]"')] if key == "leave_out" else int(value)}
    assert len(values(read(path, year="年度", group="地区", **mended))) == left, text


@pytest.mark.parametrize("form", ["NFD", "NFC"])
def test_names_typed_on_a_mac(folder, form):
    rows: Grid = [["年度", "ガス"], ["令和5年度", 7]]
    rows = [[unicodedata.normalize(form, str(cell)) for cell in row] for row in rows]
    rows[0][1] = f"{rows[0][1][0]}\u200b{rows[0][1][1:]}" if form == "NFC" else rows[0][1]
    for path in (write_csv(folder / "a.csv", rows), write_xlsx(folder / "a.xlsx", rows)):
        assert values(read(path, year="年度", columns={"gas": "ガス"})) == [(2023, 7)]


@pytest.mark.parametrize(
    "head",
    [
        [["", "人口", "", "", "人口", ""], ["年度", "男", "女", "年度", "男", "女"]],
        [["年度", "人口", "", "年度", "人口", ""], ["", "男", "女", "", "男", "女"]],
    ],
)
def test_halves_side_by_side_under_a_heading_of_two_rows(folder, head):
    rows = [*head, ["令和3", 1, 2, "令和5", 3, 4], ["令和4", 5, 6, "令和6", 7, 8]]
    table = {"year": "年度", "columns": {"men": "人口 男", "women": "人口 女"}, "header_rows": 2}
    for path in (write_csv(folder / "a.csv", rows), write_xlsx(folder / "a.xlsx", rows)):
        found = named(read(path, **table))
        assert found[2023, "total", "men"] == 3 and found[2024, "total", "women"] == 8
        assert len(found) == 8


def test_an_unrelated_file_is_one_sentence(folder):
    path = write_csv(folder / "a.csv", [["品目", "価格", "数量"], ["りんご", 120, 3]])
    refused(read(path, year="年度"), "別の表", "品目")


@pytest.mark.parametrize(
    "text", ["令和6年度（見込）", "令和6年度見込み", "R6(速報)", "2024年度【推計】"]
)
def test_a_year_that_is_not_final_is_read_and_said(folder, text):
    path = write_csv(folder / "a.csv", [["年度", "人口"], ["令和5年度", 1], [text, 2]])
    found = read(path, year="年度")
    assert values(found) == [(2023, 1), (2024, 2)]
    (warning,) = found[1]
    assert warning.severity == "warning" and "確定していません" in str(warning)
