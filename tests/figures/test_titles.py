"""Titles say what the rows allow, and a written title is held against them."""

from dataclasses import replace

import pytest
import samples

from helpers.drawing import Context
from helpers.figures import likert, mgap_bars, titles
from helpers.figures.rows import Row

CONTEXT = Context("みほん市", "mihon 2025", source="架空データ")
NAN = float("nan")


def row(group, value, half=None, n=500.0, year=2025, unit="%", flag=""):
    low, high = (NAN, NAN) if half is None else (value - half, value + half)
    breakdown = "total" if group == "total" else "age_group"
    text = f"{value:.1f}"
    return Row(
        year,
        "attachment",
        breakdown,
        group,
        "positive",
        value,
        text,
        unit,
        n,
        low,
        high,
        "",
        flag,
        "",
    )


TOTAL = row("total", 72.5, 2.5)


def test_a_difference_beyond_the_intervals_is_named():
    title = titles.lowest_share(TOTAL, [row("20-29", 55.0, 6), row("70+", 75.0, 6)], CONTEXT)
    assert title == "地域に愛着を感じている人は20〜29歳が55.0％で最も低く、全体は72.5％"


def test_a_difference_within_the_intervals_is_not_named():
    title = titles.lowest_share(TOTAL, [row("20-29", 68.0, 6), row("70+", 75.0, 6)], CONTEXT)
    assert title == "地域に愛着を感じている人は全体で72.5％。区分による差は誤差の範囲"


@pytest.mark.parametrize("small", [{"n": 24.0}, {"flag": "small_base"}, {"flag": "suppressed"}])
def test_a_small_base_is_never_named(small):
    groups = [replace(row("18-19", 30.0, 1), **small), row("20-29", 55.0, 6)]
    assert "18〜19歳" not in titles.lowest_share(TOTAL, groups, CONTEXT)
    assert "20〜29歳" in titles.lowest_share(TOTAL, groups, CONTEXT)


def test_without_intervals_the_printed_numbers_are_described():
    groups = [row("18-19", 48.0, n=NAN), row("20-29", 68.8, n=NAN)]
    title = titles.lowest_share(row("total", 72.5, n=NAN), groups, CONTEXT)
    assert title.startswith("地域に愛着を感じている人は18〜19歳が48.0％で最も低く")


def test_a_tie_names_both():
    groups = [row("20-29", 55.0), row("30-39", 55.0), row("70+", 80.0)]
    assert "20〜29歳と30〜39歳が55.0％" in titles.lowest_share(row("total", 70.0), groups, CONTEXT)


@pytest.mark.parametrize(
    ("before", "after", "unit", "half", "expected"),
    [
        (1000, 1050, "人", None, "up"),
        (1000, 1020, "人", None, "level"),
        (1000, 960, "人", None, "down"),
        (50.0, 50.9, "%", None, "level"),
        (50.0, 51.1, "%", None, "up"),
        (50.0, 54.0, "%", 3.0, "level"),
        (50.0, 57.0, "%", 3.0, "up"),
        (-400.0, -300.0, "万人・ポイント", 80.0, "level"),
    ],
)
def test_thresholds_and_intervals_decide_the_trend(before, after, unit, half, expected):
    pair = [row("total", value, half, unit=unit) for value in (before, after)]
    assert titles.trend(*pair) == expected


def test_a_change_within_the_error_is_called_so():
    series = [row("total", 70.0, 3, year=2023), row("total", 74.0, 3, year=2025)]
    said = titles.over_years(series, CONTEXT, "愛着")
    assert said == "愛着は令和5年度の70.0％から令和7年度の74.0％（差は誤差の範囲）"


def test_titles_of_the_real_documents():
    nishitokyo = Context("西東京市", "nishitokyo 2025", source="出典")
    assert mgap_bars(samples.mgap(), context=nishitokyo).title == (
        "mGAPは−414.0。参加意欲は−1,097.1、感謝意欲は+848.7"
    )
    english = likert(samples.attachment(), context=nishitokyo.at(lang="en", city="Nishitokyo"))
    assert english.title == "Residents attached to the city: lowest at 18–19, 48.0%; 72.5% overall"


@pytest.mark.parametrize(
    "written",
    [
        "18〜19歳の愛着は48.0％、令和7年度の全体は72.5％",
        "愛着は年齢が上がるほど高い",
        "2025年度も72.5％",
        "3区分とも全体の72.5％を下回る",
    ],
)
def test_a_written_title_may_use_the_numbers_of_the_figure(written):
    nishitokyo = Context("西東京市", "nishitokyo 2025", source="出典")
    assert likert(samples.attachment(), context=nishitokyo, title=written).title == written


@pytest.mark.parametrize("written", ["愛着は73％", "18〜19歳は全体の3.6倍", "愛着は72.50％"])
def test_a_written_title_with_another_number_is_refused(written):
    nishitokyo = Context("西東京市", "nishitokyo 2025", source="出典")
    with pytest.raises(ValueError, match="この図の数値にありません"):
        likert(samples.attachment(), context=nishitokyo, title=written)


def test_words_given_in_one_language_stay_in_it():
    nishitokyo = Context("西東京市", "nishitokyo 2025", source="出典")
    both = {"ja": "日本語の題", "en": "English title"}
    chart = likert(samples.attachment(), context=nishitokyo, title=both, notes=["日本語の注"])
    assert chart.title == "日本語の題"
    english = chart.at(lang="en")
    assert english.title == "English title"
    assert "日本語の注" not in english.notes
    assert chart.at(width_mm=80).title == "日本語の題"


def test_the_interval_of_the_difference_decides_not_the_overlap():
    # 47–53 and 52–58 overlap, but the difference is 5 ± √(3² + 3²) = 5 ± 4.24: above zero.
    one, other = row("20-29", 50.0, 3), row("70+", 55.0, 3)
    assert one.high > other.low
    assert titles.apart(one, other)
    # 4 ± 4.24 includes zero.
    assert not titles.apart(one, row("70+", 54.0, 3))
    assert not titles.apart(row("70+", 54.0, 3), one)


def test_the_halves_that_face_one_another_count():
    # Of the lower number the upper half (1), of the higher number the lower half (2): √5 = 2.24.
    low = replace(row("20-29", 50.0, 1), low=40.0, high=51.0)
    high = replace(row("70+", 52.3, 1), low=50.3, high=70.0)
    assert titles.apart(low, high)
    assert not titles.apart(low, replace(high, value=52.2, low=50.2))


def test_a_group_is_held_against_the_rest_not_against_the_whole_that_contains_it():
    # 300 of 1,000: rest = (70 − 0.3·65) / 0.7 = 72.14, its half √(2² − 0.3²·5²) / 0.7 = 1.89;
    # 72.14 − 65 = 7.14 exceeds √(5² + 1.89²) = 5.35. As if independent: 5 < √(5² + 2²) = 5.39.
    whole, group = row("total", 70.0, 2, n=1000.0), row("20-29", 65.0, 5, n=300.0)
    assert not titles.apart(group, whole)
    assert titles.apart_from_rest(group, whole)
    title = titles.lowest_share(whole, [group, row("70+", 71.0, 3, n=700.0)], CONTEXT)
    assert title == "地域に愛着を感じている人は20〜29歳が65.0％で最も低く、全体は70.0％"
    # The threshold is √(2² + 0.4·5²) = 3.74 points from the whole.
    assert titles.apart_from_rest(row("20-29", 66.2, 5, n=300.0), whole)
    assert not titles.apart_from_rest(row("20-29", 66.3, 5, n=300.0), whole)
    # Without the bases nobody knows how much of the whole the group is.
    assert not titles.apart_from_rest(replace(group, n=NAN), whole)
