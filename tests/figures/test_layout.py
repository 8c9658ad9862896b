"""What a figure looks like follows from its rows, whatever its size: shades, places, sizes."""

import itertools

import pandas as pd
import pytest
import samples
from matplotlib.colors import to_hex
from test_charts import CHARTS, MIHON, NISHITOKYO, QUESTIONS

from helpers import figures, palette
from helpers.drawing import chart as export
from helpers.drawing import lint
from helpers.figures.quadrant import _around


def texts(chart):
    return {text.get_text(): text for text in chart.figure.texts}


@pytest.mark.parametrize("size", [{}, {"width_mm": 80}, {"large_print": True}])
def test_a_cell_is_as_dark_as_its_number_is_high_at_every_size(size):
    chart = CHARTS["heat_map"]().at(**size)
    cells = chart.figure.axes[0].patches
    shades = {to_hex(cell.get_facecolor()) for cell in cells}
    assert shades - {palette.PAPER} == set(palette.SEQUENTIAL)


def test_breakdowns_of_a_heat_map_stand_apart():
    cells = figures.heat_map(
        samples.questions(), context=MIHON, indicator=QUESTIONS[:1], breakdown=["age_group", "sex"]
    ).figure.axes[0]
    tops = sorted(cell.get_y() for cell in cells.patches)
    steps = {round(b - a, 1) for a, b in itertools.pairwise(tops)}
    assert len(steps) == 2  # the usual one, and a wider one where another breakdown begins


def test_n_stands_under_the_name_of_its_group_and_differing_ones_in_the_order_of_the_panels():
    rows = samples.attachment_sample()
    same = texts(figures.likert(rows, context=MIHON))
    assert same["n=1,204"].get_position()[0] == same["全体"].get_position()[0]
    assert same["n=1,204"].get_position()[1] > same["全体"].get_position()[1]
    other = (rows["indicator"] == "residence_intention") & (rows["breakdown"] == "total")
    rows.loc[other, "n"] = 1198
    chart = figures.likert(rows, context=MIHON)
    assert "n=1,204・1,198" in texts(chart)
    assert "nは地域への愛着、居住継続意向の順" in chart.notes
    assert {"n=1,204", "n=1,198"} <= set(texts(chart.at(width_mm=80)))
    assert not [note for note in chart.at(width_mm=80).notes if "順" in note]


def test_grey_that_is_computed_as_the_rest_is_called_so():
    rows = samples.attachment()
    plain = figures.likert(rows, context=NISHITOKYO)
    rows.loc[rows["category"] == "neutral", "flag"] = "rounded_inputs"
    computed = figures.likert(rows, context=NISHITOKYO)
    assert [note for note in computed.notes if note not in plain.notes] == ["灰色は100％からの残り"]


def test_a_group_is_bold_only_where_the_title_may_name_it():
    rows = samples.attachment_sample()
    name = "20〜29歳"

    def bold(frame):
        label = texts(figures.likert(frame, context=MIHON))[name]
        return "Bold" in str(label.get_fontproperties().get_file())

    rows.loc[(rows["group"] == "20-29") & (rows["category"] == "positive"), "value"] = 1.0
    rows.loc[rows["group"] == "20-29", ["low", "high"]] = [0.5, 1.5]
    assert bold(rows)
    rows.loc[rows["category"] == "positive", ["low", "high"]] = [0.0, 100.0]
    assert not bold(rows)


def test_a_series_whose_last_year_is_empty_is_drawn_up_to_it():
    rows = samples.years()
    last = rows["fiscal_year"] == rows["fiscal_year"].max()
    rows.loc[last, ["value", "printed", "low", "high"]] = [None, "", None, None]
    chart = figures.change(rows, context=MIHON)
    assert lint(chart) == []
    assert export.png(chart)


def test_the_intervals_of_two_lines_stand_beside_one_another():
    axes = figures.change(samples.years(), context=MIHON).figure.axes[0]
    upright = [
        line.get_xdata()[0]
        for line in axes.lines
        if len(set(line.get_xdata())) == 1 and len(line.get_xdata()) == 2
    ]
    assert len(upright) == len(set(upright)) > 2


def test_an_arrow_ends_at_the_edge_of_its_dot():
    page = figures.quadrant(samples.fields(), context=MIHON, highlight=["市民参加"]).figure
    [arrow] = [a for a in page.artists if type(a).__name__ == "FancyArrowPatch"]
    tip = arrow._posA_posB[1]
    dots = [line.get_xydata()[0] for line in page.artists if getattr(line, "get_marker", str)()]
    assert min(abs(x - tip[0]) + abs(y - tip[1]) for x, y in dots) > 0.5  # millimetres


def test_a_name_is_never_nearer_to_another_dot_than_to_its_own():
    dots = [(10.0, 10.0), (16.0, 10.0)]  # 6 mm apart: a name of 8 mm to the right ends at the other
    places = [(round(spot.x, 2), spot.y) for spot in _around(dots, 0, 8.0, 8.0)]
    assert places and (11.6, 10.0) not in places
    assert (0.4, 10.0) in places  # to the left of its own


def test_above_25_fields_the_dots_have_numbers_and_the_csv_the_quadrants():
    rows = samples.fields()
    few = figures.quadrant(rows, context=MIHON)
    assert "防災" in texts(few) and "1 防災" not in texts(few)
    now = rows[(rows["breakdown"] == "field") & (rows["group"] == "防災")]
    more = [now.assign(group=f"分野{n}") for n in range(4)]
    many = figures.quadrant(pd.concat([rows, *more]), context=MIHON)
    assert "1 防災" in texts(many)
    # Means 3.24 and 3.81; 情報発信 3.35 and 4.50, 市民参加 2.92 and 2.98.
    named = few.data[few.data["象限"] != ""].set_index("区分")["象限"].to_dict()
    assert named["情報発信"] == "満足度が平均以上・重要度が平均以上"
    assert named["市民参加"] == "満足度が平均未満・重要度が平均未満"
    assert "" in set(few.data["象限"])


def test_the_population_may_be_told_where_no_row_has_it():
    chart = figures.mgap_bars(samples.mgap(), context=NISHITOKYO, population="20.7")
    assert any("定住人口（20.7万人）" in note for note in chart.notes)


def test_scores_are_spoken_of_only_where_they_are_shown():
    wide, narrow = (CHARTS["rank_slope"]().at(lang=lang) for lang in ("ja", "en"))
    assert any("（8.4点）" in text for text in texts(wide))
    assert "かっこ内は点数" in wide.notes
    assert not any("(8.4" in text for text in texts(narrow))
    assert not [note for note in narrow.notes if "Scores" in note]


@pytest.mark.parametrize("width_mm", [160, 80])
@pytest.mark.parametrize("name", CHARTS)
def test_large_print_has_nothing_under_ten_points(name, width_mm):
    chart = CHARTS[name]().at(large_print=True, width_mm=width_mm)
    # In large print a figure may be too high for its paper: that is said, and nothing else.
    assert all("高さ" in flaw.found for flaw in lint(chart))
    assert min(text.get_fontsize() for text in chart.figure.texts) >= 10
