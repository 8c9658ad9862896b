"""A figure's numbers as readers see them, and what became of it since last year."""

import small_report

from helpers.report.numbers import reader_table
from helpers.report.status import Status, status, statuses

LINE = dict.fromkeys(
    ["年度", "指標", "区分", "項目", "値", "表示", "単位", "n", "下限", "上限", "注記", "キー"], ""
)


def test_no_digit_beyond_the_printed_ones():
    line = LINE | {
        "年度": "2025",
        "指標": "地域への愛着",
        "値": "73.72712119896534",
        "表示": "73.7",
    }
    line |= {"単位": "%", "n": "1398.0", "下限": "71.2020219766703", "上限": "76.15"}
    line |= {"注記": "small_base", "キー": "attachment.total.total.positive"}
    table = reader_table([line])
    # 区分 and 項目 hold nothing in any row and are not shown; 76.15 is rounded away from zero.
    assert table.heads == ("年度", "指標", "数値", "n", "95％信頼区間", "注記")
    cells = ("2025", "地域への愛着", "73.7％", "1,398", "71.2〜76.2", "参考値（nが小さい）")
    assert table.rows == (cells,)
    assert table.keys == ("attachment.total.total.positive",)
    assert reader_table([line], "en").rows[0][-1] == "Small base: for reference"


def test_a_hidden_number_has_no_unit_n_or_interval():
    line = LINE | {"年度": "2025", "表示": "x", "単位": "%", "注記": "suppressed"}
    assert reader_table([line]).rows == (("2025", "x", "秘匿"),)


def test_status_is_by_the_plotted_numbers(reported, previous):
    told = statuses(reported, previous)
    assert told == {
        "attachment_age": Status("changed"),
        "stay_age": Status("new"),
        "commuters": Status("same"),
    }
    assert set(statuses(reported, None).values()) == {Status("unknown")}


def test_a_number_printed_otherwise_for_the_same_year_is_revised(reported):
    figure = next(f for f in reported.figures if f.stem == "commuters")
    other = type(figure)(figure.stem, figure.notebook, figure.folder)
    lines = [dict(line) for line in figure.rows]
    lines[0]["表示"] = "9,999"
    other.__dict__["rows"] = lines
    assert status(figure, other) == Status("changed", revised=1)


def test_figures_stand_in_the_order_of_the_notebooks_under_their_headings(reported):
    found = [(name, [f.stem for f in figures]) for name, figures in reported.sections]
    assert found == [
        ("① 愛着と居住継続意向", ["attachment_age", "stay_age"]),
        ("④ 流入流出人口", ["commuters"]),
    ]
    assert [f.stem for f in reported.variants(reported.figures[0])] == ["attachment_age_80mm"]
    assert reported.figures[0].kind == "100％積み上げ横棒グラフ"
    assert "見本市民の地域への愛着" in reported.figures[0].subject


def test_a_name_guarded_in_the_csv_is_read_as_it_is(reported):
    commuters = reported.figures[2]
    assert "'=1+1" in commuters.file("csv").read_text(encoding="utf-8-sig")
    assert {line["区分"] for line in commuters.rows} == {small_report.HOSTILE, "港東区"}
