from decimal import Decimal

import pytest

from helpers.indicators.mgap import city_method, published_mgap_rows, unrounded_bounds
from helpers.indicators.rows import indicator_row
from helpers.intervals import Interval

SEED = {
    "recommend": ("30", "38", "−8"),
    "participate": ("14", "67", "−53"),
    "thank": ("61", "19", "41"),
}
SAME = {"fiscal_year": 2025, "source": "p. 9", "breakdown": "total", "group": "total"}


def test_the_city_rounds_first_and_multiplies_then():
    # 西東京市 令和7年度: −8 × 20.7 = −165.6, −53 × 20.7 = −1097.1, 41 × 20.7 = 848.7, sum −414.0
    differences = {"recommend": Decimal(-8), "participate": Decimal(-53), "thank": Decimal(41)}
    amounts, total = city_method(differences, Decimal("20.7"))
    assert list(amounts.values()) == [Decimal("-165.6"), Decimal("-1097.1"), Decimal("848.7")]
    assert total == Decimal("-414.0")


def test_worked_example_of_the_inventor():
    # 議員NAVI 2019-10-25: 35 − 25 = +10 points, times 50,000 people (5 万人) = 50
    assert city_method({"recommend": Decimal(35 - 25)}, Decimal(5))[1] == 50


def test_bounds_of_the_unrounded_mgap():
    # methods 3.2: ΣD ∈ (−21, −18.5): × 20.7 = (−434.7, −382.95); with 20.7 itself rounded
    # [20.65, 20.75): −21 × 20.75 = −435.75 and −18.5 × 20.65 = −382.025.
    exact = unrounded_bounds(SEED, Interval.exactly("20.7"))
    assert str(exact) == "(−434.7, −382.95)"
    rounded = unrounded_bounds(SEED, Interval.of_printed("20.7"))
    assert (float(rounded.low), float(rounded.high)) == (-435.75, -382.025)


def test_bounds_are_printed_rounded_outwards():
    # As above: −382.95 and −382.025 end at −382.9 and −382.0, −435.75 at −435.8.
    rows = [
        indicator_row(name, float(text.replace("−", "-")), printed=text, category=question, **SAME)
        for question, texts in SEED.items()
        for name, text in zip(("share_8_10", "share_0_5", "modified_nps"), texts, strict=True)
    ]
    rows.append(indicator_row("population", 20.7, 1, unit="万人", **SAME))
    bounds = [r["printed"] for r in published_mgap_rows(rows) if r["indicator"] == "mgap_unrounded"]
    assert bounds == ["−434.7〜−382.9", "−435.8〜−382.0"]


def test_a_difference_that_rounding_cannot_explain():
    # 61 − 19 can print as 41, 42 or 43, never as 44.
    with pytest.raises(ValueError, match="44"):
        unrounded_bounds(SEED | {"thank": ("61", "19", "44")}, Interval.exactly("20.7"))
