"""Several targets: each rate by its name, and the plan's target is not the year's."""

import pytest

from helpers.indicators.measures import progress_rows


def row(category, year, text, group="followers", unit="人"):
    same = {"indicator": "kpi", "breakdown": "kpi", "source": "sheet", "unit": unit}
    return {**same, "group": group, "category": category, "fiscal_year": year, "printed": text}


FOLLOWERS = [
    row("baseline", 2021, "15138"),
    row("actual", 2023, "36318"),
    row("actual", 2024, "49390"),
    row("target", 2024, "30000"),
    row("target", 2027, "43000"),
]


def found(rows, **kwargs):
    return {
        (made["fiscal_year"], made["indicator"]): made["printed"]
        for made in progress_rows(rows, **kwargs)
    }


@pytest.mark.parametrize("order", [FOLLOWERS, FOLLOWERS[::-1]], ids=["as typed", "backwards"])
def test_a_target_for_the_year_stands_beside_the_plans(order):
    rates = found(order)
    assert rates[2024, "kpi_attainment"] == "114.9"  # 49,390 / 43,000
    assert rates[2024, "kpi_year_attainment"] == "164.6"  # 49,390 / 30,000
    assert rates[2024, "kpi_progress"] == "122.9"
    assert rates[2024, "kpi_year_progress"] == "230.5"  # 34,252 / 14,862
    assert rates[2023, "kpi_status"] == "順調"  # 21,180 of 27,862: 76.0 % of a third of the way
    assert (2023, "kpi_year_attainment") not in rates
