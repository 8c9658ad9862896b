"""Grades by rule: six published rules on an invented table each, a seventh in YAML alone."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from helpers.configuration import read_configuration
from helpers.edition.description import Described, Measured
from helpers.edition.grades import Rule
from helpers.indicators.measures import (
    Measurement,
    grade_rows,
    progress,
    quantities,
    sampling_error,
    status,
    without_printed_grades,
)
from helpers.problems import InputError

RULES = Path(__file__).parents[2] / "docs" / "grades"


def rule(name: str) -> Rule:
    return read_configuration(RULES / f"{name}.yml", Described).grades[name]


def rows(name, baseline, actual, target, unit="人", years=(2020, 2022, 2025), n=None):
    cells = zip(("baseline", "actual", "target"), (baseline, actual, target), years, strict=True)
    same = {"indicator": "kpi", "breakdown": "kpi", "group": name, "source": "s", "unit": unit}
    return [
        {**same, "category": kind, "fiscal_year": year, "printed": text}
        | ({"n": n} if n and kind != "target" else {})
        for kind, text, year in cells
        if text
    ]


def graded(name, *cells, rule_of=None, about=None, within=None, **more):
    table = rows("x", *cells, **more)
    told = {"x": Measured.model_validate(about or {})}
    made = grade_rows(table, {name: rule_of or rule(name)}, within, told)
    return made[0]["printed"]


# An invented table a rule: baseline 2020, actual 2022, target 2025, and the grade by hand.
@pytest.mark.parametrize(("actual", "grade"), [
    ("1000", "7ポイント"), ("999", "6ポイント"), ("900", "6ポイント"), ("899", "5ポイント"),
    ("800", "5ポイント"), ("700", "4ポイント"), ("600", "3ポイント"), ("500", "2ポイント"),
    ("499", "1ポイント"),
])  # fmt: skip
def test_sano_seven_bands_of_attainment(actual, grade):
    assert graded("sano", "400", actual, "1000") == grade


def test_sano_has_no_grade_where_lower_is_better():
    assert graded("sano", "80", "70", "60") == "－"


@pytest.mark.parametrize(("actual", "grade"), [
    ("180", "80%以上"), ("179", "50%以上80%未満"), ("150", "50%以上80%未満"), ("149", "50%未満"),
    ("120", "50%未満"), ("119", "20%未満"), ("60", "20%未満"),
])  # fmt: skip
def test_fuji_progress(actual, grade):
    assert graded("fuji", "100", actual, "200") == grade


def test_fuji_without_a_baseline_is_other():
    assert graded("fuji", "", "150", "200", about={"direction": "up"}) == "その他"


# Second year of five: 40 % of 1,000 is asked for; 60 % of that is 240.
@pytest.mark.parametrize(("actual", "grade"), [
    ("400", "着実に進んでいる"), ("399", "概ね進んでいる"), ("240", "概ね進んでいる"),
    ("239", "改善や工夫が必要"),
])  # fmt: skip
def test_tama_a_fifth_of_the_target_a_year(actual, grade):
    assert graded("tama", "100", actual, "1000") == grade


@pytest.mark.parametrize(("actual", "grade"), [
    ("121", "S"), ("120", "A"), ("101", "A"), ("100", "B"), ("90", "B"), ("89", "C"),
])  # fmt: skip
def test_nagayo_target_baseline_and_a_tenth_below(actual, grade):
    assert graded("nagayo", "100", actual, "120") == grade


def test_nagayo_of_a_measure_that_is_to_fall():
    found = [graded("nagayo", "100", actual, "80") for actual in ("79", "80", "100", "110", "111")]
    assert found == ["S", "A", "B", "B", "C"]


# On the way from 50.0 to 60.0 the second of five years asks for 40 %: 54.0.
@pytest.mark.parametrize(("actual", "survey", "grade"), [
    ("54.0", True, "a"), ("53.9", True, "b"), ("52.9", True, "b"), ("47.1", True, "b"),
    ("47.0", True, "c"), ("50.0", False, "b"), ("49.9", False, "c"), ("54.0", False, "a"),
])  # fmt: skip
def test_fukuoka_three_points_of_a_survey_are_level(actual, survey, grade):
    about = {"survey": survey}
    assert graded("fukuoka", "50.0", actual, "60.0", unit="%", about=about) == grade


def test_fukuoka_level_goes_before_pace():
    about = {"survey": True}  # 2 of 4 points after two of five years is on pace, and within 3
    assert graded("fukuoka", "50.0", "52.0", "54.0", unit="%", about=about) == "b"
    assert graded("fukuoka", "50.0", "52.0", "54.0", unit="%") == "a"


# n = 1,000 each: ±1.96 √(50·50/1000 + p(100−p)/1000), 4.38 points near 50.
@pytest.mark.parametrize(("actual", "grade"), [
    ("60.0", "A"), ("59.9", "B"), ("54.4", "B"), ("54.3", "C"), ("45.7", "C"), ("45.6", "D"),
])  # fmt: skip
def test_health_japan_no_change_is_one_within_sampling_error(actual, grade):
    assert graded("kenko_nippon", "50.0", actual, "60.0", unit="%", n=1000) == grade


def test_health_japan_behind_the_pace_and_without_numbers():
    assert graded("kenko_nippon", "50", "53", "60") == "B*"
    assert graded("kenko_nippon", "", "53", "60") == "E"


def test_the_sampling_error_is_that_of_a_difference():
    assert sampling_error([(50.0, 1000.0), (50.0, 1000.0)]) == pytest.approx(4.3826, abs=1e-4)
    assert sampling_error([(50.0, 1000.0), (50.0, float("nan"))]) is None


def test_there_are_six_and_each_names_its_source():
    files = sorted(path.stem for path in RULES.glob("*.yml"))
    assert files == ["fuji", "fukuoka", "kenko_nippon", "nagayo", "sano", "tama"]
    assert all(re.search(r"https://\S+$", rule(name).source) for name in files)


SEVENTH = """
grades:
  tagawa:
    ja: 田川市第5次総合計画 後期基本計画の進捗状況判定
    source: 田川市 https://www.joho.tagawa.fukuoka.jp/kiji0035135/index.html
    bands:
      A: {when: 進捗率 >= 必要ペース, meaning: 目標値に対して順調に値が伸びている}
      B: {when: 現状値との差 > 0, meaning: 遅れはあるが、値は伸びている}
      C: {when: 現状値との差 <= 0, meaning: 値が伸びていない、又は悪化した}
    missing: 判定なし
"""


def test_a_seventh_rule_is_yaml_alone(tmp_path):
    (tmp_path / "edition.yml").write_text(SEVENTH, encoding="utf-8")
    seventh = read_configuration(tmp_path / "edition.yml", Described).grades["tagawa"]
    found = [graded("t", "100", now, "200", rule_of=seventh) for now in ("140", "139", "100")]
    assert found == ["A", "B", "C"]
    assert graded("t", "", "139", "200", rule_of=seventh) == "判定なし"


def parsed(bands, **more):
    return Rule.model_validate({"ja": "試し", "bands": bands, **more})


def test_bands_on_the_change_against_last_year():
    by_year = parsed({"◎": "前年度差 >= 2", "○": "前年度増減率 ≧ 0", "×": "change < 0"})
    table = [*rows("x", "50", "", "60", unit="%"), *rows("x", "", "54", "", unit="%")]
    last = {**table[-1], "fiscal_year": 2023}
    found = {
        text: grade_rows([*table, {**last, "printed": text}], {"r": by_year})[-1]["printed"]
        for text in ("56", "54", "53.9")
    }
    assert found == {"56": "◎", "54": "○", "53.9": "×"}
    # The first actual stands two years after the baseline: there is no year before.
    assert grade_rows(table, {"r": by_year})[0]["printed"] == "－"


def test_bands_that_leave_a_hole_are_refused_with_the_measure():
    holed = parsed({"A": "進捗率 > 80", "B": "進捗率 < 80"})
    with pytest.raises(InputError) as told:
        graded("r", "100", "180", "200", rule_of=holed)
    assert "x" in str(told.value) and "progress 80" in str(told.value)
    assert "grades.r" in told.value.problems[0].text("en")


@pytest.mark.parametrize(
    "wrong",
    ["進捗 >= 80", "progress", "__import__('os')", "progress >= x", "80 <=", "level + 1 > 2"],
)
def test_a_condition_that_cannot_be_read_is_refused_in_a_sentence(wrong, tmp_path):
    text = {"grades": {"r": {"ja": "試し", "bands": {"A": wrong, "B": "progress < 80"}}}}
    path = tmp_path / "edition.yml"
    path.write_text(yaml.safe_dump(text, allow_unicode=True), encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_configuration(path, Described)
    (problem,) = told.value.problems
    assert "grades.r.bands.A" in problem.where and wrong in str(problem)
    assert "cannot be read" in problem.text("en")


def test_a_measure_that_names_no_rule_there_is():
    with pytest.raises(InputError, match="なし"):
        graded("sano", "1", "2", "3", about={"rule": "なし"})


# The boundaries of pace and level, which every status hangs on.


def measure(**changed):
    told = {"baseline": 100, "actual": 140, "target": 200, "level_within": 0} | changed
    exact = {k: None if v is None else Fraction(str(v)) for k, v in told.items()}
    return Measurement(direction="up", baseline_year=2020, year=2022, target_year=2025, **exact)


def test_on_the_pace_is_on_pace_and_just_below_is_behind():
    assert [status(measure(actual=a)) for a in ("140", "139.9", "200", "199.9", "100", "99.9")] == [
        "on_pace", "behind", "achieved", "on_pace", "behind", "worse",
    ]  # fmt: skip


def test_a_change_of_just_the_error_is_level():
    found = [
        status(measure(actual=a, target=None, level_within=3))
        for a in ("103", "103.1", "97", "96.9")
    ]
    assert found == ["level", "improved", "level", "declined"]
    default = parsed({"L": "level", "up": "gain > 0", "down": "gain < 0"})
    grades = [
        default.grade(quantities(measure(actual=a, level_within=3)))
        for a in ("103", "103.1", "97", "96.9")
    ]
    assert grades == ["L", "up", "L", "down"]


def test_keep_within_a_range():
    (low, high) = (
        graded("r", "45", now, "40〜50", rule_of=parsed({"○": "gap >= 0", "×": "gap < 0"}))
        for now in ("50", "50.1")
    )
    assert (low, high) == ("○", "×")


def test_without_a_baseline_or_a_described_direction_nothing_is_judged():
    assert graded("nagayo", "", "20", "10") == "−"
    assert graded("sano", "", "20", "10") == "－"  # may be children waiting for a place
    assert graded("sano", "", "20", "10", about={"direction": "up"}) == "7ポイント"
    assert graded("sano", "", "20", "10", about={"direction": "down"}) == "－"


def test_what_may_be_negative_has_no_attainment_in_any_year():
    table = rows("x", "-414", "380", "400")
    table = [{**row, "printed": row["printed"].replace("-", "−")} for row in table]
    assert grade_rows(table, {"sano": rule("sano")})[0]["printed"] == "－"
    assert progress(measure(baseline=-414, actual=-380, target=-300)) is not None
    assert graded("sano", "10", "20", "30", about={"signed": True}) == "－"


def test_a_measure_has_one_grade_and_keeps_the_printed_one_where_no_rule_gives_any():
    own = {"indicator": "kpi_grade", "group": "x", "fiscal_year": 2022, "printed": "×"}
    printed = [
        own,
        {**own, "fiscal_year": 2021},
        {**own, "group": "y"},
        {**own, "indicator": "kpi"},
    ]
    made = grade_rows(rows("x", "400", "1000", "1000"), {"sano": rule("sano")})
    assert without_printed_grades(printed, made) == printed[1:]
    assert without_printed_grades(printed, []) == printed
