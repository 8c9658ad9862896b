"""The comparison table: what is ranked, what is not and why, and from which edition."""

import pandas as pd
import pytest

from helpers.batch.compared import compared
from helpers.tables import INDICATORS

NONE = float("nan")


def row(city: str, indicator: str, value: float, **more: object) -> dict[str, object]:
    text = f"{value:.1f}".replace("-", "\N{MINUS SIGN}")
    base = {"city": city, "fiscal_year": 2025, "indicator": indicator, "breakdown": "total"}
    base |= {"group": "total", "category": "positive", "value": value, "printed": text}
    base |= {"unit": "%", "n": 400.0, "low": value - 3, "high": value + 3, "basis": "microdata"}
    return base | {"definition": "weighted", "flag": "", "source": "own", "edition": 2025} | more


def table(*rows: dict[str, object]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    assert set(frame) == {*INDICATORS.columns, "edition"}
    return compared(frame).set_index("city")


def test_ranks_and_reasons():
    found = table(
        row("a", "attachment", 80),
        row("b", "attachment", 60),
        row("c", "attachment", 61),
        row("d", "attachment", 95, n=12.0),
        row("e", "attachment", 95, flag="small_base"),
        row("f", "attachment", NONE, printed="", flag="suppressed"),
        row("g", "attachment", 90, low=NONE, high=NONE, basis="published"),
    )
    assert found["rank"].to_dict() == {
        **{"a": "1", "b": "2–3", "c": "2–3"},
        **{"d": "", "e": "", "f": "", "g": ""},
    }
    assert found.loc[list("defg"), "why"].tolist() == ["small", "small", "hidden", "no_interval"]
    assert set(found.loc[list("abc"), "ranked"]) == {3}
    assert found.loc["a", ["printed", "low", "high"]].tolist() == ["80.0", "77.0", "83.0"]


def test_definitions_and_years_are_not_mixed():
    found = table(
        row("a", "attachment", 80),
        row("b", "attachment", 60, definition="unweighted"),
        row("c", "attachment", 60, fiscal_year=2024),
        row("d", "attachment", 60, definition="text"),
        row("e", "attachment", 60, breakdown="age_group", group="20-29"),
    )
    assert found["ranked"].to_dict() == {"a": 1, "b": 1, "c": 1}


def test_the_newest_edition_speaks():
    old = row("a", "association_rate", 30, category="", basis="register", low=NONE, high=NONE)
    old |= {"n": NONE, "edition": 2024}
    found = table(old | {"edition": 2025, "value": 31.0, "printed": "31.0"}, old)
    assert found["printed"].tolist() == ["31.0"]
    assert found["rank"].tolist() == ["1"]


def test_counted_numbers_equal_as_printed_share_a_rank():
    counted = {"category": "", "basis": "derived", "n": NONE, "low": NONE, "high": NONE}
    found = table(
        row("a", "turnover_rate", 4.91, **counted, printed="4.9"),
        row("b", "turnover_rate", 4.87, **counted, printed="4.9"),
        row("c", "turnover_rate", 4.2, **counted),
    )
    assert found["rank"].to_dict() == {"a": "1–2", "b": "1–2", "c": "3"}


@pytest.mark.parametrize("scale", [1, 30])
def test_mgap_is_ranked_per_10000_residents_only(scale):
    """Three cities of one mood, one of them ``scale`` times as large, and one of a better mood."""
    rows = []
    for city, people, mood in (("a", 10, -20), ("b", 10 * scale, -20), ("c", 10, 5)):
        for question in ("recommend", "participate", "thank"):
            rows.append(row(city, "modified_nps", mood, category=question, unit="ポイント"))
            amount = {"category": question, "unit": "万人・ポイント"}
            rows.append(row(city, "intent_amount", mood * people, **amount))
        total = 3 * mood * people
        ends = {"low": total - 9.0 * people, "high": total + 9.0 * people}
        rows.append(
            row(city, "mgap", total, category="total", unit="万人・ポイント", n=400.0, **ends)
        )
    found = table(*rows)
    amounts = found[found["indicator"] == "mgap"]
    assert set(amounts["why"]) == {"grows"}
    assert set(amounts["rank"]) == {""}
    each = found[found["indicator"] == "mgap_per_10000"]
    assert each["printed"].to_dict() == {"c": "15.0", "a": "−60.0", "b": "−60.0"}
    assert each["rank"].to_dict() == {"c": "1", "a": "2–3", "b": "2–3"}
    assert each.loc["b", ["low", "high"]].tolist() == ["−69.0", "−51.0"]


def test_no_rows_no_table():
    assert compared(pd.DataFrame(columns=[*INDICATORS.columns, "edition"])).empty
