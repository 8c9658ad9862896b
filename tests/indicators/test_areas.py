"""Shares and rates of areas, by hand: never of a part, never ranked by a rounded number."""

import pandas as pd
import pytest

from helpers.indicators.population import composition_rows, rate_rows


def statistics(table, numbers):
    """Cleaned statistics of one table: ``{area: {item: value}}``."""
    return pd.DataFrame(
        [
            {
                "table": table, "fiscal_year": 2020, "group": area, "item": item,
                "value": float(value) if value is not None else float("nan"),
                "text": str(value), "definition": "imputed", "source": "census",
            }
            for area, items in numbers.items()
            for item, value in items.items()
        ]
    )  # fmt: skip


def test_shares_are_of_the_sum_of_the_items():
    rows = composition_rows(
        statistics(
            "composition_age", {"city": {"young": 1, "old": 2}, "land": {"young": 5, "old": 5}}
        ),
        "composition_age",
    )
    printed = {(row["group"], row["category"]): row["printed"] for row in rows}
    # 1/3 and 2/3 of three people; a half each of ten.
    assert printed == {
        ("city", "young"): "33.3",
        ("city", "old"): "66.7",
        ("land", "young"): "50.0",
        ("land", "old"): "50.0",
    }
    assert {row["unit"] for row in rows} == {"%"}


@pytest.mark.parametrize("missing", [{"young": None, "old": 2}, {"young": 0, "old": 0}])
def test_an_area_that_lacks_an_item_has_no_shares(missing):
    table = statistics("composition_age", {"city": missing, "land": {"young": 1, "old": 1}})
    assert {row["group"] for row in composition_rows(table, "composition_age")} == {"land"}


def test_rates_are_per_thousand_and_ranked_before_they_are_rounded():
    rows = rate_rows(
        statistics(
            "rates",
            {
                # 8.04, 8.0 and 8.0 per 1,000: the first two print alike and are told apart.
                "a": {"births": 804, "population": 100_000},
                "b": {"births": 8, "population": 1_000},
                "c": {"births": 16, "population": 2_000},
                "d": {"births": 1, "population": 1_000},
                "empty": {"births": None, "population": 1_000},
                "nobody": {"births": 0, "population": 0},
            },
        ),
        "rates",
    )
    rates = {r["group"]: r["printed"] for r in rows if r["indicator"] == "births_rate"}
    ranks = {r["group"]: r["printed"] for r in rows if r["indicator"] == "births_rate_rank"}
    assert rates == {"a": "8.0", "b": "8.0", "c": "8.0", "d": "1.0"}
    assert ranks == {"a": "1", "b": "2", "c": "2", "d": "4"}
