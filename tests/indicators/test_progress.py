import csv
from fractions import Fraction
from pathlib import Path

import pytest

from helpers.indicators.measures import (
    Measurement,
    attainment,
    pace,
    progress,
    progress_rows,
    status,
)
from helpers.labels import label
from helpers.rounding import printed

ORACLE = Path(__file__).parents[1] / "oracle" / "exact_progress.csv"
with ORACLE.open(encoding="utf-8") as file:
    CASES = list(csv.DictReader(file))


def measurement(case: dict[str, str]) -> Measurement:
    return Measurement(
        baseline=Fraction(case["baseline"]),
        actual=Fraction(case["actual"]),
        target=Fraction(case["target"]) if case["target"] else None,
        direction=case["direction"],
        baseline_year=int(case["base_year"]),
        year=int(case["year"]),
        target_year=int(case["target_year"]),
    )


def text(value, decimals=4):
    return "" if value is None else printed(value, decimals).replace("−", "-")


def test_the_oracle_is_there():
    assert len(CASES) == 13


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_rates_and_status(case):
    m = measurement(case)
    assert text(progress(m)) == case["progress_pct"]
    if case["direction"] != "down" and case["id"] != "target_equals_base":
        assert text(attainment(m)) == case["achievement_pct"]
    if case["progress_pct"]:
        assert text(pace(m)) == case["expected_pace_pct"]
    expected = case["status_rule_of_note"]
    assert label(status(m)) == ("判定できない" if expected.startswith("undefined") else expected)


def test_a_negative_indicator_has_no_attainment():
    # −380 against −300 would "achieve" 127 % while being short of the target.
    m = Measurement(Fraction(-414), Fraction(-380), Fraction(-300), "up", 2025, 2027, 2029)
    assert attainment(m) is None
    assert text(progress(m), 1) == "29.8"


def test_within_the_sampling_error_is_level():
    m = Measurement(Fraction("41.3"), Fraction("41.4"), None, "up", 2022, 2024, 2027, Fraction(3))
    assert status(m) == "level"


def test_a_missing_target_row_judges_nothing():
    row = {"group": "x", "category": "actual", "fiscal_year": 2024, "printed": "5", "unit": "人"}
    assert progress_rows([row]) == []
