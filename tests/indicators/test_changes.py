"""The change since last year: from real answers of the sample city, and by hand."""

import numpy as np
import pandas as pd
import pytest

from helpers.edition import Edition
from helpers.indicators.changes import change_rows, panel_rows
from helpers.indicators.estimated import estimated, protected, rows_of
from helpers.indicators.mix import fixed_share_row, mix_rows
from helpers.indicators.rows import before, hide_everywhere, indicator_row, indicator_table
from helpers.indicators.wanted import scores_wanted, shares_wanted
from helpers.indicators.wave import Wave, wave
from helpers.labels import label
from helpers.problems import InputError
from helpers.reading.codebook import open_codebook
from helpers.reading.register import read_register
from helpers.reading.respondents import read_responses
from helpers.survey.design import survey_design
from helpers.survey.disclosure import Before, Protection, hidden_groups
from helpers.survey.estimate import estimate
from helpers.survey.measure import share

QUESTIONS = ("recommend", "participate", "thank")
ASKED = ["attachment", "residence_intention"]
SHARES = {"resident": 0.87, "monitor": 0.06, "event": 0.07}


@pytest.fixture(scope="module")
def waves() -> dict[int, Wave]:
    """The three years of the sample city, read from its raw files."""
    found = {}
    for year in (2023, 2024, 2025):
        edition = Edition.open("mihon", year)
        codebook = open_codebook(edition)
        responses = read_responses(edition, codebook).responses
        people = edition.population.persons / 10_000
        found[year] = wave(year, responses, read_register(edition, codebook), codebook, people)
    return found


def value(rows, key: str) -> float:
    """``mgap_change.people`` of the rows."""
    (one,) = (r for r in rows if f"{r['indicator']}.{r['category']}" == key)
    return one["value"]


def test_the_change_is_the_difference_of_two_independent_estimates(waves):
    before, after = waves[2024], waves[2025]
    rows = change_rows(before, after, ASKED, "survey")
    (one,) = (r for r in rows if r["indicator"] == "attachment_change")
    each = [
        estimate({"a": share(w.residents["attachment"], [1, 2])}, w.design).row("a")
        for w in (before, after)
    ]
    assert one["value"] == pytest.approx(100 * (each[1]["estimate"] - each[0]["estimate"]))
    half = 1.961 * 100 * np.hypot(each[0]["se"], each[1]["se"])  # t with 2800 df
    assert (one["high"] - one["low"]) / 2 == pytest.approx(half, rel=1e-3)
    assert (one["unit"], one["definition"], one["n"]) == ("ポイント", "weighted", each[0]["n"])


def test_attitudes_and_people_make_the_change_of_mgap(waves):
    for first, second in ((2023, 2024), (2024, 2025)):
        rows = change_rows(waves[first], waves[second], [], "survey")
        parts = value(rows, "mgap_change.attitude") + value(rows, "mgap_change.people")
        assert parts == pytest.approx(value(rows, "mgap_change.total"), abs=1e-9)
        # A shrinking city with a negative sum of nets: the people alone raise mGAP.
        assert waves[second].population < waves[first].population
        assert value(rows, "mgap_change.people") > 0


def test_what_is_asked_anew_has_no_change(waves):
    before = waves[2024]
    known = {q: c for q, c in before.codebook.questions.items() if q != "attachment"}
    old = before.codebook.model_copy(update={"questions": known})
    earlier = Wave(2024, before.responses, old, before.residents, before.design, 10.0)
    rows = change_rows(earlier, waves[2025], ASKED, "survey")
    assert "attachment_change" not in {r["indicator"] for r in rows}
    assert "residence_intention_change" in {r["indicator"] for r in rows}


def hand_made(
    year: int, sizes: dict[str, int], answers: dict[str, list[int]], people: float
) -> Wave:
    """A wave of a few people a source, all three questions answered alike."""
    rows = [
        {"person": f"{name}-{i}", "source": name, **dict.fromkeys(QUESTIONS, score)}
        for name, size in sizes.items()
        for i, score in zip(range(size), answers[name] * size, strict=False)
    ]
    frame = pd.DataFrame(rows)
    frame["source"] = pd.Categorical(frame["source"], ["resident", "monitor", "event"])
    frame = frame.astype(dict.fromkeys(QUESTIONS, "Int64"))
    codebook = open_codebook(Edition.open("mihon", 2025))
    return Wave(year, frame, codebook, frame, survey_design(np.ones(len(frame))), people)


def test_the_mix_is_told_from_what_changed_within_the_sources():
    # Residents all 5 points (−1), event guests all 9 (+1): nobody changes, more guests answer.
    answers = {"resident": [5], "event": [9]}
    before = hand_made(2024, {"resident": 80, "event": 20}, answers, 10.0)
    after = hand_made(2025, {"resident": 60, "event": 40}, answers, 10.0)
    rows = mix_rows(before, after, "pooled")
    # ΣD = 3 × (0.2 − 0.8) = −1.8, then 3 × (0.4 − 0.6) = −0.6; × 100 × 10 万人
    assert value(rows, "mgap_change.total") == pytest.approx(1200)
    assert value(rows, "mgap_change.mix") == pytest.approx(1200)
    assert value(rows, "mgap_change.within") == pytest.approx(0)
    # With fixed shares nothing has changed: 3 × (0.8 × −1 + 0.2 × 1) × 1000 = −1800 both times.
    fixed = {"resident": 0.8, "event": 0.2}
    assert [fixed_share_row(w, fixed, "pooled")["value"] for w in (before, after)] == pytest.approx(
        [-1800, -1800]
    )


def test_a_source_that_is_new_this_year_is_mix_alone():
    answers = {"resident": [5], "event": [9]}
    before = hand_made(2024, {"resident": 80}, answers, 10.0)
    after = hand_made(2025, {"resident": 60, "event": 20}, answers, 10.0)
    rows = mix_rows(before, after, "pooled")
    assert value(rows, "mgap_change.within") == pytest.approx(0)
    assert value(rows, "mgap_change.mix") == pytest.approx(3 * 0.5 * 1000)


def test_the_parts_of_the_pool_add_up_on_real_answers(waves):
    rows = mix_rows(waves[2024], waves[2025], "pooled")
    parts = sum(value(rows, f"mgap_change.{name}") for name in ("within", "mix", "people"))
    assert parts == pytest.approx(value(rows, "mgap_change.total"), abs=1e-9)
    assert value(rows, "mgap_change.mix") > 0  # more guests, who are keener


@pytest.mark.parametrize("shares", [{"resident": 1.0}, {**SHARES, "event": 0.08}])
def test_shares_that_do_not_fit_are_refused(waves, shares):
    with pytest.raises(InputError, match="構成比"):
        fixed_share_row(waves[2025], shares, "pooled")


def test_people_who_chose_to_answer_have_no_interval():
    """Monitors, and a pool with fixed shares: numbers alone, in every row (AAPOR; methods 1.8)."""
    answers = {"monitor": [9, 5, 7, 9, 3, 8, 5, 5, 10, 6]}
    before = hand_made(2024, {"monitor": 40}, answers, 10.0)
    same = hand_made(2025, {"monitor": 40}, answers, 10.0)
    rows = panel_rows(before, same, "pooled")
    for row in rows:
        assert row["value"] == pytest.approx(0, abs=1e-9)
        assert np.isnan([row["low"], row["high"]]).all()
        assert (row["definition"], row["breakdown"], row["group"]) == ("panel", "source", "monitor")
        assert row["n"] == 40
    assert rows
    fixed = fixed_share_row(same, {"monitor": 1.0}, "pooled")
    assert np.isnan([fixed["low"], fixed["high"]]).all()


def test_few_monitors_are_marked_and_very_few_hidden():
    answers = {"monitor": [9, 5, 7]}
    for size, flag in ((30, ""), (29, "small_base"), (9, "suppressed")):
        two = [hand_made(year, {"monitor": size}, answers, 10.0) for year in (2024, 2025)]
        rows = panel_rows(*two, "pooled")
        assert {row["flag"] for row in rows} == {flag}
        assert all(np.isnan(row["value"]) == (flag == "suppressed") for row in rows)


def test_a_year_without_monitors_is_named(waves):
    with pytest.raises(InputError, match="2025 年度"):
        named = waves[2025].codebook.sources
        kept = {name: s for name, s in named.items() if s.sample != "panel"}
        codebook = waves[2025].codebook.model_copy(update={"sources": kept})
        w = waves[2025]
        Wave(2025, w.responses, codebook, w.residents, w.design, 10.0).of("panel")


def test_every_row_fits_the_table_and_has_words(waves):
    before, after = waves[2024], waves[2025]
    rows = change_rows(before, after, ASKED, "survey") + panel_rows(before, after, "pooled")
    rows += [*mix_rows(before, after, "pooled"), fixed_share_row(after, SHARES, "pooled")]
    table = indicator_table(rows, "mihon")
    for row in table.itertuples():
        for lang in ("ja", "en"):
            assert (
                label(row.indicator, lang) and label(row.group, lang) and label(row.category, lang)
            )
    known = table.dropna(subset="low")
    assert ((known["low"] <= known["value"]) & (known["value"] <= known["high"])).all()


# --- the same cells hidden in every year ------------------------------------------------------


@pytest.fixture(scope="module")
def safe(waves) -> dict[int, Protection]:
    """Year by year as the notebook does it: what was merged or hidden before stays so."""
    found: dict[int, Protection] = {}
    years = []
    for year, w in waves.items():
        wanted = shares_wanted(w.residents, w.codebook, ASKED) + scores_wanted(w.residents)
        names = ["age_group", "tenure", "sex"]
        old = Before.of(years)
        found[year] = protected(w.residents, w.codebook, wanted, (), names, before=old)
        table = estimated(wanted, w.design, found[year].frame, names)
        rows = rows_of(table, found[year], {"fiscal_year": year})
        years.append(before(indicator_table(rows, "mihon")))
    return found


def test_what_was_merged_stays_merged(safe):
    """In 2024 alone 1年未満 would be printed (tests/test_mihon_indicators.py)."""
    for year in (2023, 2024, 2025):
        assert safe[year].merged["tenure", "under_5"] == ("under_1", "1-5")
        assert safe[year].merged["age_group", "18-29"] == ("18-19", "20-29")
        assert hidden_groups(safe[year].flags) == {("sex", "male"), ("sex", "other")}


def test_a_history_hides_in_all_years_what_one_year_hides():
    def rows(year, flag):
        same = {"fiscal_year": year, "breakdown": "age_group", "basis": "microdata", "n": 50.0}
        hidden = {"group": "18-19", "flag": flag} | ({"printed": "x"} if flag else {})
        yield indicator_row("attachment", None if flag else 48.0, 1, **same, **hidden)
        yield indicator_row("attachment", 60.0, 1, **same, group="20-29")
        other = {**same, "basis": "published", "group": "18-19"}
        yield indicator_row("attachment", 50.0, 1, **other, definition="published")

    table = indicator_table([*rows(2024, ""), *rows(2025, "suppressed")], "mihon")
    shown = hide_everywhere(table)
    young = shown.query("group == '18-19' and basis == 'microdata'")
    assert young["printed"].tolist() == ["x", "x"]
    assert young[["value", "n", "low", "high"]].isna().to_numpy().all()
    assert set(young["flag"]) == {"suppressed"}
    # What a document prints is known to everybody; other groups are not touched.
    kept = shown.query("basis == 'published' or group == '20-29'")
    assert kept["value"].tolist() == [60.0, 50.0, 60.0, 50.0]
