"""Tables as edition.yml describes them."""

import pytest
from test_spoiled import folder_of
from writing import grid, write_csv

from helpers.edition import Edition
from helpers.problems import InputError
from helpers.reading.statistics import read_statistics


@pytest.fixture
def read(tmp_path, monkeypatch):
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))

    def read_rows(rows, **table):
        write_csv(folder_of(tmp_path, 2025, {"file": "a.csv", **table}) / "a.csv", rows)
        frame = read_statistics(Edition.open("mihon", 2025))
        return frame.set_index(["fiscal_year", "group", "item"])["text"].to_dict()

    return read_rows


def test_counts_and_percentages_in_alternating_rows(read):
    rows = [["年", "区分", "満足", "不満"], [2024, "東部", 12, 8], ["", "", "60.0", "40.0"],
            ["", "西部", 30, 10], ["", "", "75.0", "25.0"]]  # fmt: skip
    table = {"group": "区分", "columns": {"good": "満足"}, "lines": ["count", "percent"]}
    assert read(rows, **table) == {
        (2024, "東部", "good.count"): "12",
        (2024, "東部", "good.percent"): "60.0",
        (2024, "西部", "good.count"): "30",
        (2024, "西部", "good.percent"): "75.0",
    }


def test_rows_that_are_left_out(read):
    rows = [["地区", "人口"], ["総数", 3], ["東部", 1], ["西部", 2], ["（再掲）駅前", 1]]
    table = {"group": "地区", "year": "R7", "columns": {"population": "人口"}}
    with_year = table | {"year": "2025"}
    found = read(rows, **with_year, leave_out=["総数", "(再掲)駅前"])
    assert list(found) == [(2025, "東部", "population"), (2025, "西部", "population")]


def test_only_the_citys_own_row_of_a_national_table(read):
    rows = [["コード", "年", "人口"], ["01100", 2020, 1], ["99999", 2020, 2], ["99999", 2021, 3]]
    found = read(rows, code="コード", columns={"population": "人口"})
    assert found == {(2020, "total", "population"): "2", (2021, "total", "population"): "3"}


def test_the_second_of_two_equal_headings(read):
    rows = [["年", "人", "人"], [2020, 1, 2]]
    assert read(rows, columns={"x": "人#2"}) == {(2020, "total", "x"): "2"}


def test_any_of_the_names_that_a_column_has_had(read):
    rows = [["年度", "転入数"], ["令和5年度", 1]]
    found = read(rows, year=["年", "年度"], columns={"moved_in": ["転入者数", "転入数"]})
    assert found == {(2023, "total", "moved_in"): "1"}


def test_footer_rows_are_not_read(read):
    rows = [["年", "人口"], [2020, 1], [2021, 2], ["9999", 3]]
    assert len(read(rows, columns={"x": "人口"}, footer_rows=1)) == 2


def test_everything_wrong_is_told_at_once(read):
    rows = grid()
    rows[1][1], rows[2][2], rows[3][0] = "12千", "1,23", "令和99年"
    with pytest.raises(InputError) as caught:
        read(rows)
    cells = [problem.where for problem in caught.value.problems]
    assert cells == ["a.csv B2", "a.csv C3", "a.csv A4"]


def test_without_a_year_column_the_rows_are_of_the_editions_year(read):
    assert read([["人口"], [5]], year=None, columns={"x": "人口"}) == {(2025, "total", "x"): "5"}
