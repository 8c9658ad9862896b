"""The lint finds each defect that is planted, and nothing in a sound chart."""

from dataclasses import replace

import pandas as pd
import pytest

from helpers.drawing import Context, Page, lint, save, styled
from helpers.drawing.chart import heads
from helpers.drawing.fonts import width
from helpers.drawing.lint import RULES
from helpers.problems import InputError


@styled
def sound(plant=None, **changes):
    """A small sound chart; ``plant`` spoils the page before it is finished."""
    context = Context("みほん市", "mihon 2025", source="架空データ")
    page = Page(context, title="題名", subtitle="副題（人）", plot_mm=30)
    axes = page.axes(20, 2, 100, 20)
    axes.set(xlim=(0, 3), ylim=(0, 12))
    axes.bar([1, 2], [10, 5], color="#00428c")
    page.text(10, 25, "一つ目")
    if plant:
        plant(page, axes)
    data = pd.DataFrame([[1] * 12], columns=heads(context))
    chart = page.chart("sound", unit="人", alt="縦棒グラフ。", data=data)
    return replace(chart, **changes)


def test_a_sound_chart_has_no_flaw():
    assert lint(sound()) == []


PLANTED = {
    "フォントにない": lambda page, axes: page.text(60, 25, "𠮷田"),
    "はみ出している": lambda page, axes: page.text(155, 25, "右の端から出る"),
    "重なっている": lambda page, axes: page.text(11, 25.5, "二つ目"),
    "7ptより小さい": lambda page, axes: page.text(60, 25, "小さい", size=6.5),
    "横書きでない": lambda page, axes: page.text(60, 25, "立つ").set_rotation(90),
    "0から始まっていない": lambda page, axes: axes.set_ylim(3, 12),
    "種類を区別": lambda page, axes: [
        axes.bar([2.5], [1], color=c)
        for c in ("#008bf2", "#6d2700", "#006173", "#927200", "#30016c")
    ],
    "mmしかない": lambda page, axes: (
        page.text(60, 25, "44.4"),
        page.text(60.1 + width("44.4", page.sizes.label), 25, "44.6"),
    ),
    "「396」に線が": lambda page, axes: (
        page.text(60, 25, "396"),
        page.rule([55, 75], [25, 25], color="#c74700", linestyle="--"),
    ),
    "「44.6」に線が": lambda page, axes: (
        page.text(*page.where(axes, 2.6, 8), "44.6", ha="center"),
        axes.bar([2.6], [8], facecolor="none", edgecolor="#c74700", linestyle="--"),
    ),
    "「点の上」に線が": lambda page, axes: (
        page.text(60, 25, "点の上"),
        page.rule([62], [25], color="#00428c", marker="o", markersize=5),
    ),
    "塗りの縁に": lambda page, axes: page.text(*page.where(axes, 1.4, 3), "半分", ha="center"),
    "明暗の比が3.4": lambda page, axes: page.text(60, 25, "淡い", color="#8c8c8c"),
    "明暗の比が1.0": lambda page, axes: page.text(
        *page.where(axes, 1, 5), "青", color="#00428c", ha="center"
    ),
}


@pytest.mark.filterwarnings("ignore:Glyph")
@pytest.mark.parametrize("sentence", PLANTED)
def test_a_planted_defect_is_found(sentence):
    found = [str(flaw) for flaw in lint(sound(PLANTED[sentence]))]
    assert any(sentence in line for line in found), found
    # A text half on a bar may be faint there, too.
    assert len(found) == 1 or sentence == "塗りの縁に", found


def test_what_may_stand_beside_a_line_or_on_a_bar_is_no_flaw():
    def plant(page, axes):
        page.text(60, 25, "396")
        page.rule([60, 75], [27, 27], color="#c74700")  # below
        page.rule([50, 58], [23, 27], color="#c74700")  # slanting, beside
        page.rule([55, 75], [25, 25], color="#e6e6e6")  # a hairline of the grid
        page.text(60 + width("396", page.sizes.label) + 0.8, 25, "44.6")
        page.text(*page.where(axes, 1, 5), "10", color="#ffffff", ha="center")

    assert lint(sound(plant)) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"unit": ""}, "単位がない"),
        ({"unit": "万円"}, "書かれていない"),
        ({"source": ""}, "出典がない"),
        ({"alt": " "}, "代替テキストがない"),
        ({"data": pd.DataFrame()}, "CSV"),
        ({"title": ""}, "題名がない"),
    ],
)
def test_missing_words_are_found(changes, sentence):
    assert [flaw for flaw in lint(sound(**changes)) if sentence in flaw.found]


def test_a_bar_in_the_air_is_found_and_a_stack_is_not():
    assert lint(sound(lambda page, axes: axes.bar([1], [2], bottom=10, color="#00428c"))) == []
    found = lint(sound(lambda page, axes: axes.bar([2.6], [2], bottom=3, color="#00428c")))
    assert [flaw.found for flaw in found] == ["棒が0から始まっていない"]


def test_a_flawed_chart_is_not_saved(tmp_path):
    with pytest.raises(InputError, match="出典がない"):
        save(sound(source=""), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_every_flaw_is_told_in_both_languages():
    for name, rule in RULES.items():
        assert rule.found, name
        assert rule.en.translate(str.maketrans("", "", "“”→")).isascii(), name
    flaw = lint(sound(source=""))[0]
    assert flaw.text("ja").startswith("sound.png: 出典がない")
    assert flaw.text("en") == "sound.png: no source"
