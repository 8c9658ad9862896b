"""What a notebook of stage 3 is handed, and what it leaves."""

import pandas as pd
import pytest
import samples

from helpers import figures
from helpers.desk.figures import Desk, once
from helpers.drawing.chart import svg
from helpers.places import NOTEBOOK_VARIABLE, RUN_VARIABLE
from helpers.problems import InputError


def test_the_city_chooses_its_minus():
    assert Desk("nishitokyo", 2025).context.minus == "−"
    desk = Desk("nishitokyo", 2025, minus="▲")
    chart = figures.mgap_bars(samples.mgap(), context=desk.context)
    assert "▲165.6" in [text.get_text() for text in chart.figure.texts]


@pytest.mark.parametrize(
    ("city", "year", "people"), [("mihon", 2025, "10.3"), ("isehara", 2024, "")]
)
def test_the_population_is_that_of_the_edition(city, year, people):
    assert Desk(city, year).population == people


@pytest.mark.parametrize("width_mm", [160, 80, 120])
def test_the_notebook_shows_what_was_written(tmp_path, monkeypatch, width_mm):
    monkeypatch.setenv(RUN_VARIABLE, str(tmp_path))
    monkeypatch.setenv(NOTEBOOK_VARIABLE, "39_figures_mgap")
    desk = Desk("nishitokyo", 2025)
    chart = figures.mgap_bars(samples.mgap(), context=desk.context.at(width_mm=width_mm))
    shown = desk.publish(chart)._repr_mimebundle_()
    assert shown["image/svg+xml"] == svg(chart).decode()
    written = {path.name for path in desk.places.figures_out.glob("*.svg")}
    assert written == {"mgap.svg", "mgap_80mm.svg"}


def test_who_looks_at_rows_sees_no_more_than_is_printed():
    rows = samples.attachment().query("group == 'total' or group == '20-29'")
    looked = Desk("mihon", 2025).look(rows.assign(low=71.20212, high=76.1, n=1398.0), "n", "low")
    assert set(looked["group"]) == {"全体", "20〜29歳"}
    assert set(looked["low"]) == {"71.2"}
    assert set(looked["n"]) == {"1398"}
    assert list(looked["printed"]) == list(rows["printed"])


def numbers(*printed, basis="published", category="actual"):
    """The same number of 2024 as several editions have it, oldest first."""
    return pd.DataFrame(
        {
            "fiscal_year": 2024,
            "indicator": "kpi",
            "breakdown": "kpi",
            "group": "page_views",
            "category": category,
            "definition": "published",
            "basis": basis,
            "printed": printed,
        }
    )


def test_a_number_that_two_editions_have_is_one_or_both_are_named():
    assert once(numbers("463", "463"), "mihon 2025")["printed"].to_list() == ["463"]
    with pytest.raises(InputError, match=r"kpi\.kpi\.page_views.*463.*493"):
        once(numbers("463", "493"), "mihon 2025")
    # Statistics are revised, and targets set anew: the newest edition has them as they stand.
    assert once(numbers("463", "493", basis="register"), "m 1")["printed"].to_list() == ["493"]
    assert once(numbers("463", "493", category="target"), "m 1")["printed"].to_list() == ["493"]
