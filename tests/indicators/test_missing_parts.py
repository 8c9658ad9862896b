"""What an edition does not have is said by name, and never ends in a traceback."""

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers.desk import cleaning, indicators
from helpers.indicators.mgap import published_mgap_rows
from helpers.indicators.population import (
    daytime_rows,
    movement_rows,
    partner_rows,
    population_rows,
    series_rows,
)
from helpers.indicators.rows import indicator_row, indicator_table, published_rows
from helpers.problems import InputError
from helpers.tables import STATISTICS, load_indicators, save_indicators, save_table

ROOT = Path(__file__).parents[2]


@pytest.fixture
def city(tmp_path, monkeypatch) -> Path:
    """Nishitokyo in a project of its own; drafts go there."""
    shutil.copytree(ROOT / "data/raw/nishitokyo", tmp_path / "data/raw/nishitokyo")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    for name in ("CITYPROMO_RUN", "CITYPROMO_NOTEBOOK"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "data/raw/nishitokyo/2025"


def without(city: Path, *words: str) -> None:
    """Take every line with one of the words out of the printed tables."""
    path = city / "printed_tables.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    kept = [line for line in lines if not any(word in line for word in words)]
    assert len(kept) < len(lines)
    path.write_text("\n".join(kept), encoding="utf-8-sig")


def run_published() -> dict[str, object]:
    """The code of notebook 21, on the printed tables as they are now."""
    desk = cleaning.Desk("nishitokyo", 2025)
    desk.save(desk.printed_tables(), "printed")
    book = json.loads((ROOT / "notebooks/21_indicators_published.ipynb").read_text("utf-8"))
    cells = ["".join(c["source"]) for c in book["cells"] if c["cell_type"] == "code"]
    known: dict[str, object] = {}
    for cell in cells[1:]:
        exec(cell, known | {"city": "nishitokyo", "fiscal_year": 2025, "lang": "ja"}, known)
    return known


def test_a_document_without_an_mgap_table_still_gives_its_shares(city):
    without(city, "mGAP", "意欲")
    known = run_published()
    assert known["derived"] == []
    table = known["table"]
    assert isinstance(table, pd.DataFrame)
    assert set(table["indicator"]) == {
        "attachment",
        "residence_intention",
        "housing_satisfaction",
    }


def test_half_an_mgap_table_is_named(city):
    without(city, "参加意欲")
    with pytest.raises(InputError, match=r"share_0_5\.participate"):
        run_published()


def test_a_document_without_any_of_it_is_told_what_to_do(city):
    desk = indicators.Desk("nishitokyo", 2025)
    with pytest.raises(InputError, match="notebooks から外して"):
        desk.save([], "published")


def test_no_rows_are_a_table_of_the_right_types(tmp_path):
    assert list(indicator_table([], "mihon").dtypes) == list(
        indicator_table([indicator_row("mgap", 1, fiscal_year=2025)], "mihon").dtypes
    )
    save_indicators(indicator_table([], "mihon"), "none", tmp_path)
    assert load_indicators(tmp_path).empty
    assert published_mgap_rows([]) == []
    assert published_rows(pd.DataFrame(columns=["indicator", "fiscal_year", "breakdown", "group",
        "category", "definition", "value", "printed", "unit", "source"]), "mihon", []) == []  # fmt: skip


UNKNOWN = [
    ("movement", "total", ("moved_in", "moved_out", "births", "deaths", "population")),
    ("daytime", "mihon", ("daytime_population_index", "residents", "outflow")),
    ("population", "国勢調査", ("population",)),
    ("associations", "total", ("association_rate",)),
    ("commuters", "others", ("outflow",)),
]


@pytest.mark.parametrize(("table", "group", "items"), UNKNOWN)
def test_a_table_of_unknown_numbers_gives_no_number(tmp_path, table, group, items):
    rows = [(table, 2020, group, item, np.nan, "…", "d", "s") for item in items]
    statistics = pd.DataFrame(rows, columns=list(STATISTICS.columns))
    save_table(statistics, "statistics", tmp_path)
    made = {
        "movement": lambda: movement_rows(statistics, table, "register"),
        "daytime": lambda: daytime_rows(statistics, table),
        "population": lambda: population_rows(statistics, table),
        "associations": lambda: series_rows(statistics, table, {"association_rate": ("%", 1)}),
        "commuters": lambda: partner_rows(statistics, table),
    }[table]()
    assert indicator_table(made, "mihon")["value"].notna().sum() == 0


def test_a_table_that_edition_yml_does_not_describe_is_named():
    statistics = pd.DataFrame([("a", 2020, "total", "x", 1.0, "1", "d", "s")],
        columns=list(STATISTICS.columns))  # fmt: skip
    with pytest.raises(InputError, match="「population」がありません（あるのは a）"):
        population_rows(statistics, "population")
