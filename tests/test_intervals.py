import csv
from fractions import Fraction
from pathlib import Path

import pytest

from helpers.intervals import Interval

AUDIT = Path(__file__).parent / "oracle" / "exact_printed_table_audit.csv"
with AUDIT.open(encoding="utf-8") as file:
    CASES = list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("38", "[37.5, 38.5)"),
        ("−8", "(−8.5, −7.5]"),
        ("0", "(−0.5, 0.5)"),
        ("20.7", "[20.65, 20.75)"),
    ],
)
def test_what_prints_as_a_text(text, interval):
    assert str(Interval.of_printed(text)) == interval


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_printed_tables_of_the_oracle(case):
    printed = {
        name: case[name].replace("-", "−") for name in ("top_pct", "bottom_pct", "printed_diff")
    }
    shares = Interval.of_printed(printed["top_pct"]) - Interval.of_printed(printed["bottom_pct"])
    assert str(shares) == case["diff_interval_from_shares"].replace("-", "−")
    joint = shares & Interval.of_printed(printed["printed_diff"])
    assert (joint is not None) == (case["verdict"] == "consistent")
    if joint is not None:
        assert str(joint) == case["diff_interval_joint"].replace("-", "−")
        volume = joint * Interval.exactly(case["population_man"])
        assert str(volume) == case["volume_interval_unrounded_pop_exact"].replace("-", "−")


def test_products_of_negative_intervals():
    product = Interval.of_printed("−8") * Interval.exactly(-2)
    assert str(product) == "[15, 17)"
    assert 15 in product
    assert 17 not in product


def test_touching_open_ends_are_a_contradiction():
    one, other = Interval.of_printed("1"), Interval.of_printed("2")  # [0.5, 1.5) and [1.5, 2.5)
    assert one & other is None
    assert Interval.exactly(Fraction(3, 2)) & other == Interval.exactly(Fraction(3, 2))
