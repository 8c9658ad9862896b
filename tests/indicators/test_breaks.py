"""A question that is counted otherwise breaks its series: flagged, not drawn through, no change."""

import pandas as pd
import pytest

from helpers.bands import BANDS, NEGATIVE, POSITIVE
from helpers.comparison.changes import changes
from helpers.drawing import Context
from helpers.edition import Edition
from helpers.figures import change
from helpers.figures.fields import fields_of
from helpers.figures.rows import read
from helpers.indicators.breaks import breaks, counted_otherwise, marked
from helpers.indicators.rows import indicator_row, indicator_table
from helpers.reading.codebook import Codebook
from helpers.sentences.evidence import Evidence
from helpers.survey.measure import net

QUESTION = {"columns": "q", "scale": "five_point", "answers": dict.fromkeys(range(1, 6), "x")}
QUESTION |= {"positive": [1, 2], "negative": [4, 5]}


def codebook(**question):
    sources = {"resident": {"file": "a.csv", "sample": "random"}}
    return Codebook.model_validate(
        {"sources": sources, "questions": {"attachment": QUESTION | question}}
    )


@pytest.mark.parametrize(
    ("now", "parts"),
    [
        ({}, set()),
        ({"columns": ["other heading"], "codes": {"9": 1}, "text": "…"}, set()),
        ({"positive": [1]}, {"shares"}),
        ({"negative": [3, 4, 5]}, {"shares"}),
        ({"positive": [2, 1]}, set()),
        ({"points": {1: 2.0}}, {"score"}),
        ({"scale": "single", "answers": {1: "a", 2: "b"}, "negative": []},
         {"answers", "shares", "score"}),
    ],
)  # fmt: skip
def test_what_is_counted_otherwise(now, parts):
    found = counted_otherwise(codebook(**now), codebook())
    assert found == ({"attachment": parts} if parts else {})


def rows(*values, indicator="attachment", category="positive", **more):
    made = [
        indicator_row(indicator, value, 1, fiscal_year=2023 + i, category=category, unit="%",
                      basis="microdata", definition="weighted", n=900.0, **more)
        for i, value in enumerate(values)
    ]  # fmt: skip
    return indicator_table(made, "mihon")


BROKEN = {2025: {"attachment": {"shares"}}}


@pytest.mark.parametrize(
    ("about", "flags"),
    [
        ({}, ["", "", "series_break"]),
        ({"category": "1"}, ["", "", ""]),  # how many chose an answer is counted as before
        ({"category": "score"}, ["", "", ""]),
        ({"indicator": "housing_satisfaction"}, ["", "", ""]),
        ({"indicator": "mgap", "category": "total"}, ["", "", ""]),
        ({"flag": "suppressed"}, ["suppressed"] * 3),
        ({"flag": "small_base"}, ["small_base", "small_base", "series_break"]),
    ],
)
def test_the_flag_stands_where_the_new_way_begins(about, flags):
    assert marked(rows(74.7, 74.6, 23.5, **about), BROKEN)["flag"].to_list() == flags


def test_the_chart_ends_its_line_and_says_no_fall():
    context = Context(city="見本市", edition="mihon 2025")
    before = change(rows(74.7, 74.6, 23.5), context=context, indicator="attachment")
    assert "へ低下" in before.title
    chart = change(marked(rows(74.7, 74.6, 23.5), BROKEN), context=context, indicator="attachment")
    assert "74.7" not in chart.title
    assert "23.5" in chart.title
    assert "比べられない" in chart.title
    assert "→" not in chart.alt
    assert "比べられない" in "".join(text.get_text() for text in chart.figure.texts)
    english = change(
        marked(rows(74.7, 74.6, 23.5), BROKEN),
        context=Context(city="Mihon", edition="mihon 2025", lang="en"),
        indicator="attachment",
    )
    assert "not comparable" in english.title


def test_no_difference_is_taken_across_the_break():
    table = marked(rows(74.7, 74.6, 23.5), BROKEN)
    old, new = (
        [
            {str(k): v for k, v in one.items()}
            for one in table[table["fiscal_year"] == y].to_dict("records")
        ]
        for y in (2024, 2025)
    )
    (found,) = changes(old, new, (2024, 2025))
    assert (found.kind, found.difference, found.margin) == ("method", "", None)
    evidence = Evidence(table.to_dict("records"))
    key = "attachment.total.total.positive"
    assert evidence.broken(key, "weighted", 2024, 2025)
    assert not evidence.broken(key, "weighted", 2023, 2024)


def test_a_field_has_no_arrow_from_another_way_of_counting():
    both = pd.concat(
        rows(value, value + 1, indicator=i, category="score", breakdown="field", group="roads")
        for i, value in (("across", 1.0), ("up", 2.0))
    ).assign(fiscal_year=[2024, 2025] * 2)
    context = Context(city="見本市", edition="mihon 2025")
    (field,) = fields_of(read(both), "across", "up", context)
    assert field.before is not None
    broken = marked(both, {2025: {"up": {"score"}}})
    (field,) = fields_of(read(broken), "across", "up", context)
    assert field.before is None


def test_the_cuts_of_0_to_10_stand_in_one_place():
    """Who counts 7 as positive moves the net and its band together, and the band's name."""
    assert list(BANDS) == ["share_0_5", "share_6_7", "share_8_10"]
    assert [*BANDS.values()] == [NEGATIVE, range(6, 8), POSITIVE]
    answers = pd.Series(range(11))
    high, low = (answers.isin(band).sum() for band in (POSITIVE, NEGATIVE))
    assert net(answers).values.sum() == high - low


def test_the_sample_city_has_no_break():
    from helpers.edition import Edition

    assert breaks(Edition.open("mihon", 2025)) == {}


DESCRIBED = """\
city: kitano
fiscal_year: {year}
name: 北野市
code: "999995"
report: 報告書
sources: {{s: 調査}}
notebooks: [21_indicators_published]
questions:
  stay: {{ja: 定住意向, options: {{住みたい: positive, どちらでも: {role}, 移りたい: negative}}}}
batteries:
  policy: {{ja: 施策, items: [子育て, {item}], asks: {{good: {{ja: 満足度}}}}}}
formulas:
  index: {{ja: 指数, questions: [stay], value: {value}}}
"""


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({}, set()),
        ({"role": "positive"}, {"stay.total"}),  # どちらでも counts as positive now
        ({"item": "道路"}, {"good.total"}),  # the mean is of other fields, a field is itself
        ({"value": "d"}, {"index.total"}),
    ],
)
def test_a_description_that_changes_breaks_the_series(tmp_path, monkeypatch, change, broken):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/21_indicators_published.ipynb").write_text("{}")
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    same = {"role": "neutral", "item": "防災", "value": "(d + 100) / 2"}
    for year in (2024, 2025):
        folder = tmp_path / f"data/raw/kitano/{year}"
        folder.mkdir(parents=True)
        told = same | (change if year == 2025 else {})
        text = DESCRIBED.format(year=year, **told)
        (folder / "edition.yml").write_text(text, encoding="utf-8")
    rows = [
        {"indicator": name, "breakdown": split, "group": split, "category": "positive",
         "fiscal_year": 2025, "flag": flag, "basis": basis}
        for name, split, flag, basis in (
            ("stay", "total", "rounded_inputs", "derived"), ("good", "total", "", "derived"),
            ("good", "policy", "", "published"), ("index", "total", "", "published"),
        )
    ]  # fmt: skip
    found = marked(pd.DataFrame(rows), breaks(Edition.open("kitano", 2025)))
    flagged = found[found["flag"] == "series_break"]
    assert {f"{r.indicator}.{r.breakdown}" for r in flagged.itertuples()} == broken
