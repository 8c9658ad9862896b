"""The figure of a group, drawn from the real table of the 26 cities of Tama."""

from dataclasses import replace

import pandas as pd
import pytest

from helpers.drawing import Chart, Context, lint
from helpers.edition import Edition
from helpers.figures.small_multiples import MOST, small_multiples
from helpers.reading.statistics import read_statistics

CONTEXT = Context(city="多摩26市", edition="nishitokyo 2025", source="国勢調査")


@pytest.fixture(scope="module")
def tama() -> pd.DataFrame:
    """Rows as notebook 22 makes them, of the raw table alone."""
    edition = Edition.open("nishitokyo", 2025)
    table = read_statistics(edition)
    table = table[(table["table"] == "daytime") & (table["item"] == "daytime_population_index")]
    ids = {name.ja: key for key, name in edition.labels.items()}
    base = {"indicator": "daytime_population_index", "breakdown": "peer", "category": ""}
    base |= {"unit": "ポイント", "n": float("nan"), "low": float("nan"), "high": float("nan")}
    base |= {"definition": "published", "flag": "", "source": "census", "fiscal_year": 2020}
    shown = table.assign(printed=table["text"], group=[ids.get(g, g) for g in table["group"]])
    return shown[["value", "printed", "group"]].assign(**base)


def context(lang: str = "ja", width_mm: float = 160, **more: object) -> Context:
    labels = tuple(Edition.open("nishitokyo", 2025).own_labels(lang).items())
    return replace(CONTEXT, lang=lang, width_mm=width_mm, labels=labels, **more)


@pytest.mark.parametrize("width_mm", [160, 80])
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("large_print", [False, True])
def test_tama_is_fit_to_print(tama, lang, width_mm, large_print):
    shown = context(lang, width_mm, large_print=large_print)
    chart = small_multiples(tama, context=shown, own="nishitokyo", reference=100)
    assert well_drawn(chart)
    assert len(chart.figure.axes) == 26
    assert len(chart.data) == 26


def test_the_title_names_the_range(tama):
    chart = small_multiples(tama, context=context(), reference=100)
    low, high = (tama.loc[pick(), "printed"] for pick in (tama.value.idxmin, tama.value.idxmax))
    assert f"{low}（" in chart.title
    assert f"{high}（" in chart.title


@pytest.mark.parametrize("half_width", [2.0, 400.0])
def test_a_city_is_named_only_where_sampling_cannot_have_put_it_there(tama, half_width):
    ends = {"low": tama["value"] - half_width, "high": tama["value"] + half_width, "n": 500.0}
    title = small_multiples(tama.assign(**ends), context=context()).title
    low, high = (tama.loc[pick(), "printed"] for pick in (tama.value.idxmin, tama.value.idxmax))
    assert low in title
    assert high in title
    assert ("（" in title) == (half_width == 2.0)


def years(tama: pd.DataFrame, count: int = 4) -> pd.DataFrame:
    """Fictional numbers of later years, with intervals and one that is missing."""
    frames = []
    for step in range(count):
        moved = tama.assign(fiscal_year=2020 + step, value=tama["value"] + step)
        moved["printed"] = [f"{value:.1f}" for value in moved["value"]]
        frames.append(moved.assign(low=moved["value"] - 2, high=moved["value"] + 2, n=500.0))
    rows = pd.concat(frames, ignore_index=True)
    rows.loc[rows.index[-1], ["value", "printed", "flag"]] = [float("nan"), "", "suppressed"]
    return rows


def well_drawn(chart: Chart) -> bool:
    """No finding; at half width 26 cities are too high a figure, and nothing else is wrong."""
    found = lint(chart)
    return (
        found == []
        if chart.context.width_mm == 160
        else ["120mm" in str(f) for f in found] == [True]
    )


@pytest.mark.parametrize("width_mm", [160, 80])
def test_years_are_lines_on_one_scale(tama, width_mm):
    shown = context(width_mm=width_mm)
    chart = small_multiples(years(tama), context=shown, own="nishitokyo", reference=100)
    assert well_drawn(chart)
    limits = {axes.get_ylim() for axes in chart.figure.axes}
    assert len(limits) == 1
    assert "95％信頼区間" in " ".join(chart.notes)


def test_a_small_base_is_not_named(tama):
    rows = tama.assign(n=500.0)
    lowest = rows["value"].idxmin()
    rows.loc[lowest, "n"] = 12.0
    title = small_multiples(rows, context=context()).title
    assert rows.loc[lowest, "printed"] not in title


def test_too_many_cities_are_refused(tama):
    rows = pd.concat([tama.assign(group=[f"{g}{n}" for g in tama["group"]]) for n in range(2)])
    with pytest.raises(ValueError, match=str(MOST)):
        small_multiples(rows, context=context())
