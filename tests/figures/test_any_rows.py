"""Whatever a year's numbers are: no figure has a flaw, at either width, in either language."""

from random import Random

import any_rows
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from helpers import figures
from helpers.drawing import Context, lint

CITY = Context("みほん市", "mihon 2025", source="架空データ")
HERE = {"ja": CITY, "en": CITY.at(city="Minamialpsmura", lang="en", source="fictional data")}

CHARTS = {
    "likert": lambda rows, here: figures.likert(
        rows,
        context=here,
        indicator=list(rows["indicator"].unique()[:2]),
        breakdown=["age_group", "tenure"],
    ),
    "bars": lambda rows, here: figures.bars(
        rows, context=here, indicator="field_importance", by="group", breakdown="field"
    ),
    "mgap_bars": lambda rows, here: figures.mgap_bars(rows, context=here),
    "progress": lambda rows, here: figures.progress(rows, context=here),
    "movement": lambda rows, here: figures.movement(rows, context=here),
    "ranked_dots": lambda rows, here: figures.ranked_dots(rows, context=here),
    "rank_slope": lambda rows, here: figures.rank_slope(rows, context=here),
    "flows": lambda rows, here: figures.flows(rows, context=here),
    "quadrant": lambda rows, here: figures.quadrant(rows, context=here, highlight=["市民参加"]),
    "distribution": lambda rows, here: figures.distribution(rows, context=here),
    "change": lambda rows, here: figures.change(
        rows, context=here, indicator=list(rows["indicator"].unique())
    ),
    "mgap_history": lambda rows, here: figures.mgap_history(rows, context=here),
    "heat_map": lambda rows, here: figures.heat_map(
        rows,
        context=here,
        indicator=list(rows["indicator"].unique()),
        breakdown=["age_group", "sex"],
    ),
    "pyramid": lambda rows, here: figures.pyramid(rows, context=here),
}
ROWS = {
    "likert": any_rows.likert,
    "bars": any_rows.fields,
    "mgap_bars": any_rows.mgap,
    "progress": any_rows.kpi,
    "movement": any_rows.movement,
    "ranked_dots": any_rows.daytime,
    "rank_slope": any_rows.brand,
    "flows": any_rows.commuters,
    "quadrant": any_rows.fields,
    "distribution": any_rows.scores,
    "change": any_rows.years,
    "mgap_history": any_rows.mgap_years,
    "heat_map": any_rows.likert,
    "pyramid": any_rows.ages,
}


def test_every_chart_type_is_tried():
    assert set(CHARTS) == set(ROWS) == set(figures.__all__)


@pytest.mark.parametrize("name", CHARTS)
@settings(max_examples=3, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
@given(seed=st.integers(0, 1_000_000))
def test_no_years_numbers_spoil_a_figure(name, seed):
    rows = ROWS[name](Random(seed))
    for lang, here in HERE.items():
        for width_mm in (160, 80):
            chart = CHARTS[name](rows, here.at(width_mm=width_mm))
            flaws = [flaw for sheet in chart.sheets() for flaw in lint(sheet)]
            assert flaws == [], (lang, width_mm)
