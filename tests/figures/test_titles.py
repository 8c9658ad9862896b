"""Titles say what the rows allow, and a written title is held against them."""

from dataclasses import replace

import pytest
import samples

from helpers.drawing import Context
from helpers.figures import likert, mgap_bars
from helpers.figures.rows import Row
from helpers.sentences import titles

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


def shares(whole, *groups):
    return titles.shares([[whole, *groups]], CONTEXT)


def test_a_difference_beyond_the_intervals_is_named():
    title = shares(TOTAL, row("20-29", 55.0, 6), row("70+", 75.0, 6))
    assert title == "地域に愛着を感じている人は20〜29歳が55.0％で最も低く、全体は72.5％"


def test_a_difference_within_the_intervals_is_not_named():
    title = shares(TOTAL, row("20-29", 68.0, 6), row("70+", 75.0, 6))
    assert title == "地域に愛着を感じている人は全体で72.5％。区分による差は誤差の範囲"


def test_of_hidden_groups_no_difference_is_denied():
    hidden = [replace(row(g, NAN), flag="suppressed") for g in ("20-29", "70+")]
    alone = "地域に愛着を感じている人は全体で72.5％（区分は秘匿）"
    assert shares(TOTAL, *hidden) == alone
    # Nor where only another question's groups, or a single group, can be seen.
    assert "誤差" not in shares(TOTAL, *hidden, row("30-39", 60.0, 6))
    seen = [replace(row(g, 70.0, 6), indicator="residence_intention") for g in ("20-29", "70+")]
    other = replace(TOTAL, indicator="residence_intention")
    assert "誤差" not in titles.shares([[TOTAL, *hidden], [other, *seen]], CONTEXT)
    assert "誤差" in titles.shares(
        [[TOTAL, row("20-29", 70, 6), row("70+", 71, 6)], [other, *seen]], CONTEXT
    )


def test_an_extreme_is_held_against_the_runner_up():
    # 3 ± √(2² + 2²) = ±2.83 allows two groups; of three pairs Holm asks 2.39/1.96 times as much.
    pair = row("20-29", 60.0, 2), row("30-39", 63.0, 2)
    assert "20〜29歳が60.0％で最も低く" in shares(TOTAL, *pair)
    assert "最も" not in shares(TOTAL, *pair, row("70+", 63.1, 2))
    assert shares(TOTAL, *pair, row("70+", 80.0, 2)).startswith(
        "地域に愛着を感じている人は20〜29歳が60.0％で最も低く"  # the far one passes first, Holm
    )
    near = row("20-29", 60.0, 2), row("30-39", 61.0, 2), row("70+", 80.0, 2)
    assert shares(TOTAL, *near) == (
        "地域に愛着を感じている人は20〜29歳と30〜39歳で低く、全体は72.5％"
    )


def test_a_pair_that_differs_is_all_that_is_said():
    between = row("20-29", 60.0, 4), row("30-39", 64.0, 4), row("70+", 68.0, 2)
    assert shares(TOTAL, *between) == (
        "地域に愛着を感じている人は20〜29歳（60.0％）が70歳以上（68.0％）より低い"
    )


@pytest.mark.parametrize("small", [{"n": 24.0}, {"flag": "small_base"}, {"flag": "suppressed"}])
def test_a_small_base_is_never_named(small):
    hidden = replace(row("18-19", 30.0, 1), **small)
    title = shares(TOTAL, hidden, row("20-29", 55.0, 6), row("70+", 80.0, 6))
    assert "18〜19歳" not in title
    assert "20〜29歳" in title


def test_without_intervals_the_printed_numbers_are_described():
    groups = [row("18-19", 48.0, n=NAN), row("20-29", 68.8, n=NAN)]
    assert shares(row("total", 72.5, n=NAN), *groups) == (
        "公表された区分では、地域に愛着を感じている人は18〜19歳が48.0％で最も低く、全体は72.5％"
    )


def test_a_tie_names_both():
    groups = [row("20-29", 55.0), row("30-39", 55.0), row("70+", 80.0)]
    assert "20〜29歳と30〜39歳が55.0％" in shares(row("total", 70.0), *groups)


def test_a_group_that_stands_alone_says_of_what():
    groups = [replace(row(g, v, 3), breakdown="tenure") for g, v in (("under_1", 54), ("20+", 80))]
    assert "居住1年未満が54.0％" in shares(TOTAL, *groups)


def test_two_years_never_stand_in_one_sentence():
    def net(indicator, year, value):
        made = replace(row("total", value, unit="人", year=year), printed=f"{value:.0f}")
        return replace(made, indicator=indicator, category="")

    moved = [net("net_migration", 2024, 446), net("net_migration", 2023, 414)]
    natural = [net("natural_change", 2023, -927)]
    said = titles.balances([moved, natural], CONTEXT)
    assert said == "令和5年は自然減（-927人）が社会増（414人）を上回る".replace("-", "")
    both = titles.balances([moved, [net("natural_change", 2023, 12)]], CONTEXT)
    assert both == "令和5年の社会増減は+414人、自然増減は+12人"
    assert titles.balances([moved[:1], natural], CONTEXT) == "令和6年の社会増減は+446人"


def test_no_half_of_the_statuses_is_left_out():
    said = [(f"とても長い名前の指標その{i}", "は目標を達成") for i in range(4)]
    said.append(("いちばん長い名前の指標", "は現状値より後退"))
    assert titles.statuses(said, "指標", CONTEXT) == (
        "5の指標のうち、4つは目標を達成、1つは現状値より後退"
    )
    english = [("A rather long name of an indicator", ": target reached")] * 3
    english.append(("Another one", ": moved away from the baseline"))
    assert titles.statuses(english, "indicators", CONTEXT.at(lang="en")) == (
        "Of 4 indicators, 3 target reached; 1 moved away from the baseline"
    )


def test_a_rate_falls_and_an_amount_decreases():
    rate = [row("total", v, unit="%", year=y) for v, y in ((33.2, 2014), (29.9, 2025))]
    assert titles.over_years(rate, CONTEXT, "加入率").endswith("29.9％へ低下")
    people = [row("total", v, unit="人", year=y) for v, y in ((3300, 2014), (2900, 2025))]
    assert titles.over_years(people, CONTEXT, "世帯").endswith("人へ減少")


def test_three_years_within_the_error_are_almost_level():
    series = [row("total", v, 3, year=y) for v, y in ((74.9, 2023), (74.6, 2024), (73.7, 2025))]
    assert titles.over_years(series, CONTEXT, "愛着") == "愛着は3年間ほぼ横ばい（73.7％）"


def test_only_a_share_of_answers_is_said_of_people():
    assert titles.people(row("total", 5.0, unit="千人"), CONTEXT) == "地域への愛着"
    other = replace(row("total", 5.0), indicator="field_satisfaction")
    assert titles.people(other, CONTEXT) == "満足度に肯定的な人"


def test_single_options_do_not_stand_for_the_positive_share():
    rows = []
    for group, strong, rather in (
        ("total", 13.4, 45.7),
        ("18-29", 10.0, 30.0),
        ("70+", 15.0, 50.0),
    ):
        breakdown = "total" if group == "total" else "age_group"
        parts = {"strong": strong, "rather": rather, "no": 100 - strong - rather}
        parts["positive"] = strong + rather
        rows += [
            samples.row(f"attachment.{breakdown}.{group}.{part}", f"{value:.1f}")
            for part, value in parts.items()
        ]
    labels = {"strong": "とても感じる", "rather": "やや感じる", "no": "感じない"}
    here = Context("みほん市", "mihon 2025", source="架空", labels=labels)
    drawn = likert(
        samples.frame(rows),
        context=here,
        indicator="attachment",
        categories=("strong", "rather", "no"),
    )
    assert "全体は59.1％" in drawn.title
    assert "40.0％で最も低く" in drawn.title


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
    assert (
        english.title
        == "As published, residents attached to the city: lowest at 18–19, 48.0%; 72.5% overall"
    )


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
