"""The canvas: plain seaborn in a notebook, held against the rows, printed like any other figure."""

import csv
import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pypdf
import pytest
import seaborn as sns
import seaborn.objects as so
from PIL import Image

from helpers.desk.canvas import left_early
from helpers.desk.figures import Desk
from helpers.drawing import Page, fonts, styled
from helpers.places import NOTEBOOK_VARIABLE, RUN_VARIABLE
from helpers.problems import InputError

ROOT = Path(__file__).parents[2]
WIDTHS = {"": 160, "_80mm": 80}


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A run's desk of the sample city, with its published indicators."""
    shutil.copytree(ROOT / "data/processed/mihon/2025/indicators", tmp_path / "data/indicators")
    monkeypatch.setenv(RUN_VARIABLE, str(tmp_path))
    monkeypatch.setenv(NOTEBOOK_VARIABLE, "41_figures_own")
    yield Desk("mihon", 2025)
    plt.close("all")


def ages(desk, *questions):
    rows = desk.estimates(*(questions or ["attachment"]))
    return desk.named(rows[(rows["category"] == "positive") & (rows["breakdown"] == "age_group")])


def made(desk, key):
    """The files of a figure at both widths, by ending."""
    folder = desk.places.figures_out
    return {(width, p.suffix): p for s, width in WIDTHS.items() for p in folder.glob(f"{key}{s}.*")}


def draw(desk, rows, body, **choices):
    for axes in desk.canvas("own", rows, **choices, **desk.sourced("survey")):
        body(axes)
    return made(desk, "own")


def bars(desk, rows, **choices):
    return draw(desk, rows, lambda ax: sns.barplot(rows, x="value", y="name", ax=ax), **choices)


def refused(desk, rows, body, **choices):
    with pytest.raises(InputError) as caught:
        draw(desk, rows, body, **choices)
    assert not made(desk, "own"), "something was written"
    for problem in caught.value.problems:
        assert re.search("[a-z]", problem.en) and problem.text("en") != problem.text("ja")
    return "\n".join(problem.text("ja") for problem in caught.value.problems)


def test_one_cell_gives_every_format_at_both_widths(desk):
    rows = ages(desk)
    files = bars(desk, rows)
    assert set(files) == {
        (w, f".{e}") for w in (160, 80) for e in ["png", "svg", "pdf", "csv", "txt"]
    }
    for width in (160, 80):
        image = Image.open(files[width, ".png"])
        assert image.width == int(width / 25.4 * 300)
        assert image.text["X-Figure-Kind"] == "横棒グラフ"
        assert "地域への愛着" in image.text["X-Figure-Subject"]
        lines = csv.DictReader(io.StringIO(files[width, ".csv"].read_text(encoding="utf-8-sig")))
        assert [line["表示"] for line in lines] == list(rows["printed"])
        alt = files[width, ".txt"].read_text(encoding="utf-8")
        assert "横棒グラフ。" in alt and "18〜29歳 59.4％" in alt
        pdf = pypdf.PdfReader(files[width, ".pdf"]).pages[0]
        kinds = {f.get_object()["/Subtype"] for f in pdf["/Resources"]["/Font"].values()}
        assert kinds == {"/Type0"}  # TrueType, with the characters of the figure alone
        assert "59.4" in pdf.extract_text()
        assert files[width, ".pdf"].stat().st_size < 60_000


def test_the_same_bytes_whatever_a_notebook_has_set(desk):
    rows = ages(desk)
    first = {key: path.read_bytes() for key, path in bars(desk, rows).items()}
    sns.set_theme(font_scale=2)
    mpl.rcParams["axes.unicode_minus"] = False
    again = {key: path.read_bytes() for key, path in bars(desk, rows).items()}
    assert again == first


def test_japanese_from_the_first_cell_on():
    mpl.rcdefaults()
    Desk("mihon", 2025)
    figure, axes = plt.subplots()
    text = axes.set_title("愛着")
    assert fonts.ours(text.get_fontproperties())
    figure.draw_without_rendering()
    plt.close(figure)


def test_two_definitions_averaged_are_refused_with_the_filter(desk):
    rows = desk.indicators("attachment")
    rows = desk.named(rows[(rows["category"] == "positive") & (rows["breakdown"] == "total")])
    assert set(rows["definition"]) >= {"weighted", "unweighted"}
    said = refused(desk, rows, lambda ax: sns.barplot(rows, x="value", y="name", ax=ax))
    assert "rows[\"definition\"] == 'weighted'" in said and "平均" in said


def test_three_years_in_one_bar_are_refused_with_the_year(desk):
    rows = desk.history("attachment").query("definition == 'weighted' and category == 'positive'")
    rows = desk.named(rows[rows["breakdown"] == "age_group"])
    said = refused(desk, rows, lambda ax: sns.barplot(rows, x="value", y="group_name", ax=ax))
    assert 'rows["fiscal_year"] == 2025' in said


WRONG = {
    "swapped names": (lambda ax, r: ax.barh(list(r["name"])[::-1], r["value"]), "70歳以上"),
    "a share of one": (lambda ax, r: ax.barh(r["name"], r["value"] / 100), "value でもありません"),
    "nearly": (lambda ax, r: ax.barh(r["name"], r["value"] + 1e-6), "value でもありません"),
    "a point": (lambda ax, r: ax.scatter([*r["value"], 50.5], [*r["name"], "50〜59歳"]), "50.5"),
    "a vertex": (lambda ax, r: ax.plot(r["name"], r["value"].cumsum()), "value でもありません"),
    "a mean": (
        lambda ax, r: (ax.bar(r["name"], r["value"]), ax.axhline(r["value"].mean())),
        "線が",
    ),
    "an interval": (
        lambda ax, r: (
            ax.scatter(r["value"], r["name"]),
            ax.hlines(r["name"], r["value"] - 3, r["value"] + 3),
        ),
        "low と high ではありません",
    ),
    "drawn twice": (
        lambda ax, r: ax.barh([*range(len(r)), 6], [*r["value"], r["value"].iloc[0]]),
        "2度",
    ),
    "a label": (
        lambda ax, r: ax.bar_label(ax.barh(r["name"], r["value"]), fmt="%.3f"),
        "printed",
    ),
    "a pie": (lambda ax, r: ax.pie(r["value"]), "Wedge"),
    "a count": (lambda ax, r: sns.countplot(r, y="name", ax=ax), "value でもありません"),
    "a histogram": (lambda ax, r: sns.histplot(r, x="value", ax=ax), "value でもありません"),
    "boxes": (lambda ax, r: sns.boxplot(r, x="value", ax=ax), "PathPatch"),
    "a regression": (lambda ax, r: sns.regplot(r, x="low", y="value", ax=ax), "ありません"),
    "cells": (lambda ax, r: ax.imshow([[59.4, 1.5]]), "1.5"),
    "cells under other names": (
        lambda ax, r: sns.heatmap(
            r.set_index("name")[["value"]],
            yticklabels=list(r["name"])[::-1],
            ax=ax,
        ),
        "value でもありません",
    ),
    "nothing": (lambda ax, r: None, "何も描かれていません"),
    "a figure of its own": (
        lambda ax, r: sns.catplot(r, x="value", y="name", kind="bar"),
        "何も描かれていません",
    ),
    "two scales": (
        lambda ax, r: (ax.bar(r["name"], r["value"]), ax.twinx().plot(r["name"], r["value"])),
        "軸が重ねてある",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_no_row_says_is_refused(desk, name):
    body, said = WRONG[name]
    rows = ages(desk)
    assert said in refused(desk, rows, lambda ax: body(ax, rows))


FLAWED = {
    "4 pt": (lambda ax, r: ax.annotate("小さい", (30, 2.5), fontsize=4), "4pt"),
    "a missing glyph": (lambda ax, r: ax.set_xlabel("𠮷野"), "フォントにない"),
    "ticks on end": (lambda ax, r: ax.annotate("立つ", (1, 1), rotation=90), "横書きでない"),
    "another typeface": (lambda ax, r: ax.set_title("題", family="DejaVu Sans"), "書体"),
    "a pale note": (lambda ax, r: ax.annotate("淡い", (30, 2.5), color="#008bf2"), "明暗"),
    "off the page": (
        lambda ax, r: ax.annotate("はみ出す", (0, 0), (5000, 0), textcoords="offset points"),
        "はみ出している",
    ),
    "not from zero": (lambda ax, r: ax.set_xlim(50, 90), "0から"),
    "six colours": (
        lambda ax, r: [
            patch.set_facecolor(c)
            for patch, c in zip(
                ax.patches, ["red", "green", "blue", "cyan", "orange", "purple"], strict=True
            )
        ],
        "種類を区別",
    ),
}


@pytest.mark.parametrize("name", FLAWED)
def test_the_second_door_reads_what_a_notebook_drew(desk, name):
    body, said = FLAWED[name]
    rows = ages(desk)

    def both(ax):
        sns.barplot(rows, x="value", y="name", ax=ax)
        body(ax, rows)

    found = refused(desk, rows, both)
    assert said in found
    assert len(found.splitlines()) <= 3  # a sentence, not forty lines


def test_ticks_legends_and_titles_of_axes_are_read(desk):
    rows = ages(desk)

    def spoilt(ax):
        sns.barplot(rows, x="value", y="name", ax=ax)
        ax.tick_params(axis="x", labelsize=4)
        ax.set_title("𠮷", fontsize=5)
        ax.add_artist(ax.legend(ax.patches[:1], ["凡例"], prop={"size": 3}, loc="lower right"))

    with pytest.raises(InputError) as caught:
        for axes in desk.canvas("own", rows, numbers=False, **desk.sourced("survey")):
            spoilt(axes)
    said = str(caught.value)
    assert "小さい" in said and "𠮷" in said


def test_objects_and_several_panels_are_drawn(desk):
    rows = ages(desk, "attachment", "residence_intention", "housing_satisfaction")
    one = rows[rows["indicator"] == "attachment"]
    draw(desk, one, lambda ax: so.Plot(one, x="value", y="name").add(so.Bar()).on(ax).plot())
    for panels in desk.canvas("own", rows, panels=3, columns=2, **desk.sourced("survey")):
        for axes, (name, part) in zip(
            panels, rows.groupby("indicator_name", sort=False), strict=True
        ):
            sns.barplot(part, x="value", y="group_name", ax=axes)
            axes.set_title(name)
        scales = {axes.get_xlim() for axes in panels}
        assert len(scales) > 1  # while they are drawn
    image = Image.open(made(desk, "own")[80, ".png"])
    assert image.height / 300 * 25.4 <= 120


def test_a_panel_under_the_name_of_another_is_refused(desk):
    rows = ages(desk, "attachment", "residence_intention")

    def swapped(panels):
        for axes, (_, part), name in zip(
            panels,
            rows.groupby("indicator", sort=False),
            rows["indicator_name"].unique()[::-1],
            strict=True,
        ):
            sns.barplot(part, x="value", y="group_name", ax=axes)
            axes.set_title(name)

    assert "居住継続意向" in refused(desk, rows, swapped, panels=2)


def test_data_that_are_no_saved_rows_are_refused_with_the_way_to_make_them(desk):
    own = pd.DataFrame({"name": ["A", "B"], "value": [1.0, 2.0]})
    changed = ages(desk).assign(value=lambda r: r["value"] + 1)
    invented = ages(desk).assign(indicator="happiness")
    for rows in (own, changed, invented, [1, 2]):
        with pytest.raises(InputError, match=r"desk\.save"):
            desk.canvas("own", rows, **desk.sourced("survey"))


def test_what_is_no_chart_is_refused_in_a_sentence(desk):
    figure, axes = plt.subplots()
    grid = sns.catplot(ages(desk), x="value", y="name", kind="bar")
    for thing in (figure, axes, grid, "own.png", b"\x89PNG", None):
        with pytest.raises(InputError, match=r"desk\.canvas") as caught:
            desk.publish(thing)
        assert len(str(caught.value).splitlines()) == 1


def test_a_false_number_in_a_title_is_refused(desk):
    assert "99.9" in refused(
        desk, ages(desk), lambda ax: sns.barplot(ages(desk), x="value", y="name", ax=ax),
        title="愛着は99.9％",
    )  # fmt: skip


def test_notes_are_added_to_those_of_the_sources(desk):
    from helpers.figures import likert

    chart = likert(desk.estimates("attachment"), indicator="attachment", breakdown="age_group",
                   key="own", notes={"mihon 2025": ["独自の注"]}, **desk.sourced("survey"))  # fmt: skip
    assert chart.notes[0] == "架空データ（見本）。" and "独自の注" in chart.notes


def test_a_page_with_a_table_of_its_own_is_refused_in_a_sentence(desk):
    """The case that stopped a whole report with a KeyError of the gallery."""

    @styled
    def own(context):
        page = Page(context, title="地域活動", subtitle="複数回答（％）", plot_mm=45, source="調査")
        axes = page.axes(45, 0, context.width_mm - 55, 45)
        axes.barh([0, 1], [99.9, 20.0])
        data = pd.DataFrame({"index": ["A", "B"], "値": [99.9, 20.0]})
        chart = page.chart("own", unit="％", alt="横棒グラフ。", data=data)
        return replace(chart, redraw=own)

    with pytest.raises(InputError, match=r"列「年度、指標.*desk\.canvas") as caught:
        desk.publish(own(desk.context))
    assert len(caught.value.problems) == 2  # once a width


def test_a_loop_that_would_leave_widths_undrawn_is_refused(desk):
    rows = ages(desk)
    with pytest.raises(InputError, match="break のない for"):
        for axes in desk.canvas("own", rows, **desk.sourced("survey")):
            sns.barplot(rows, x="value", y="name", ax=axes)
            if len(rows):
                break
    assert not made(desk, "own")


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("    break", True),
        ("    if a:\n        break", True),
        ("    for b in a:\n        break", False),
        ("    for b in a:\n        pass\n    else:\n        break", True),
        ("    draw(a)\nfor a in b:\n    break", False),
        ("    !ls", False),
    ],
)
def test_which_break_leaves_the_canvas(body, left):
    assert left_early(f"x = 1\nfor a in desk.canvas(\n    rows\n):\n{body}", 2) == left
