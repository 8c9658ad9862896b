"""Grades and rates that do not follow from a plan's numbers are shown by ``check``, by cell."""

import pytest
from test_plan_table import EDITION, FOLLOWERS, HEADS, VIEWS, changed, city  # noqa: F401

from helpers.check.examination import examine


def found(text="成果指標"):
    return [problem for problem in examine("aoba", 2024).problems if text in str(problem)]


@pytest.mark.parametrize(("row", "printed", "expected"), [
    # (49,390 − 15,138) ÷ (43,000 − 15,138) = 122.9 %; needed after three of six years: 50 %.
    (changed(14, "×"), "×", "◎"),
    # (29,068 − 15,138) ÷ 27,862 = 49.99 %; one more is 50.0 % sharp (below).
    (changed(10, 29068), "◎", "×"),
])  # fmt: skip
def test_a_grade_that_the_rule_does_not_give_is_shown(city, row, printed, expected):  # noqa: F811
    city(row, VIEWS)
    (problem,) = found()
    assert problem.where == "指標.xlsx Sheet!O4" and problem.severity == "warning"
    for lang in ("ja", "en"):
        told = problem.text(lang)
        assert told.index(f"“{printed}”" if lang == "en" else f"「{printed}」") > 0
        assert expected in told and "SNSの登録者数" in told and "2024" in told


@pytest.mark.parametrize("row", [
    FOLLOWERS,
    changed(10, 29069),
    changed(14, None),  # none is printed
    changed(10, None),  # nothing to grade: no actual of the year
])  # fmt: skip
def test_a_grade_by_the_rule_is_not(city, row):  # noqa: F811
    city(row, VIEWS)
    assert not found("評価")


def test_a_city_without_a_rule_grades_as_it_likes(city):  # noqa: F811
    city(changed(14, "優"), text=EDITION[: EDITION.index("grades:")])
    assert not found("評価")


def test_a_hole_of_the_rule_is_seen_before_the_run(city):  # noqa: F811
    city(FOLLOWERS, text=EDITION.replace("進捗率 >= 必要ペース", "進捗率 >= 200"))
    problems = found(
        "どの区分にも当たりません"
    )  # FY2023 and FY2024, of the one measure with both ends
    assert len(problems) == 2
    assert all(p.severity == "error" and p.where == "edition.yml grades.own" for p in problems)


def with_rate(heading, *rates):
    """The table with a column more; of its second heading row nothing."""
    rows = [FOLLOWERS, VIEWS]
    heads = [[*HEADS[0], heading], [*HEADS[1], None]]
    return [[*row, rate] for row, rate in zip(rows, rates, strict=False)], heads


# Of SNSの登録者数, R6: 49,390 of the plan's 43,000 = 114.86 %, of the year's 30,000 = 164.63 %;
# the way from 15,138: 34,252 ÷ 27,862 = 122.93 % and 34,252 ÷ 14,862 = 230.47 %.
@pytest.mark.parametrize("rate", ["114.9%", "114.8", "115％", "164.6%", "122.9%", "230.5%", "100%",
                                  "－", None])  # fmt: skip
def test_a_rate_that_a_city_may_mean_is_not_shown(city, rate):  # noqa: F811
    rows, heads = with_rate("達成率（%）", rate)
    city(*rows, heads=heads)
    assert not found()


@pytest.mark.parametrize(("heading", "rate"), [
    ("達成率", "104.9%"), ("進捗率", "112.9%"), ("R6達成度", "0.0%"), ("達成率", "99%"),
    ("R5達成率", "114.9%"),  # of the year after: 36,318 ÷ 43,000 = 84.5 %, way 76.0 %
])  # fmt: skip
def test_a_rate_that_no_target_makes_is_shown(city, heading, rate):  # noqa: F811
    rows, heads = with_rate(heading, rate)
    city(*rows, heads=heads)
    (problem,) = found("SNSの登録者数")
    assert problem.where == "指標.xlsx Sheet!Q4" and problem.severity == "warning"
    sure = ("84.5%", "76.0%") if "R5" in heading else ("1",)
    for lang in ("ja", "en"):
        assert rate.rstrip("%") in problem.text(lang) and all(s in problem.text(lang) for s in sure)


def test_a_sum_over_the_years_that_falls_is_shown(city):  # noqa: F811
    heads = [[*HEADS[0], "集計"], [*HEADS[1], None]]
    fallen = changed(9, 50000)  # FY2023 50,000, FY2024 49,390
    city([*fallen, "単年"], heads=heads)
    assert not found()
    city([*fallen, "累計"], heads=heads)
    (problem,) = found()
    assert problem.where == "指標.xlsx Sheet!K4" and "50000" in problem.text("ja")


# 80 (R3) → 60, to be 50: 50 ÷ 60 = 83.3 %, 200 − 60 ÷ 50 = 80.0 %; the way: 20 ÷ 30 = 66.7 %.
@pytest.mark.parametrize(("rate", "shown"), [("83.3%", 0), ("80.0%", 0), ("66.7%", 0), ("85%", 1)])
def test_where_less_is_better_the_rate_may_be_turned(city, rate, shown):  # noqa: F811
    row = [
        *FOLLOWERS[:5],
        "苦情",
        "件",
        "業務統計",
        "80件(R3)",
        None,
        60,
        None,
        50,
        None,
        None,
        None,
    ]
    heads = [[*HEADS[0], "達成率"], [*HEADS[1], None]]
    city([*row, rate], heads=heads, text=EDITION[: EDITION.index("grades:")])
    assert len(found("苦情")) == shown
