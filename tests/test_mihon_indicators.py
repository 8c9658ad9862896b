"""From the sample city's answers to indicator rows: estimates, the city's way, disclosure."""

from decimal import Decimal
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from helpers.edition import Edition
from helpers.indicators.batteries import field_rows
from helpers.indicators.estimated import UNKNOWN, by_source, estimated, protected, rows_of
from helpers.indicators.mgap import QUESTIONS
from helpers.indicators.pooled import city_method_rows
from helpers.indicators.rows import indicator_table
from helpers.indicators.sample import pyramid_rows
from helpers.indicators.wanted import (
    asked_of,
    distribution_wanted,
    items_wanted,
    mgap_wanted,
    scores_wanted,
    shares_wanted,
)
from helpers.indicators.weighting import designs, sample_of
from helpers.labels import label
from helpers.reading.codebook import open_codebook
from helpers.reading.register import read_register
from helpers.reading.respondents import read_responses
from helpers.rounding import number, printed
from helpers.survey.attack import facts_of, hidden_cells, ranges
from helpers.survey.disclosure import Before
from helpers.tables.door import as_published

ASKED = ["attachment", "residence_intention", "housing_satisfaction", "information_access"]
BREAKDOWNS = ["age_group", "tenure", "sex", "district"]


def make(year: int) -> SimpleNamespace:
    edition = Edition.open("mihon", year)
    codebook = open_codebook(edition)
    responses = read_responses(edition, codebook).responses
    register = read_register(edition, codebook)
    residents = sample_of(responses, codebook)
    people = edition.population.persons / 10_000
    everywhere = shares_wanted(residents, codebook, ASKED) + scores_wanted(residents)
    total = items_wanted(residents, codebook, ["activities"])
    total += distribution_wanted(residents) + mgap_wanted(residents, people)
    both = designs(residents, register, codebook)
    safe = protected(residents, codebook, everywhere, total, BREAKDOWNS)
    tables = {
        name: pd.concat(
            [estimated(everywhere, d, safe.frame, BREAKDOWNS), estimated(total, d, residents)]
        )
        for name, d in both.items()
    }
    same = {"fiscal_year": year, "source": "survey"}
    rows = []
    for name, table in tables.items():
        rows += rows_of(table, safe, {**same, "definition": name})
    sources = by_source(responses, lambda f: scores_wanted(f) + mgap_wanted(f, people))
    seen = protected(responses, codebook, scores_wanted(responses), breakdowns=["source"])
    rows += rows_of(sources, seen, {**same, "definition": "by_source"})
    rows += city_method_rows(responses, edition.population.printed, same)
    fields = ["field_satisfaction", "field_importance"]
    weighted = {**same, "definition": "weighted"}
    rows += field_rows(residents, both["weighted"], codebook, fields, weighted)
    ages = {"sample_age": same, "register_age": same}
    rows += pyramid_rows(residents, register, codebook, ages)
    return SimpleNamespace(
        edition=edition,
        codebook=codebook,
        responses=responses,
        register=register,
        residents=residents,
        design=both["weighted"],
        safe=safe,
        table=indicator_table(rows, "mihon"),
    )


@pytest.fixture(scope="module")
def made() -> dict[int, SimpleNamespace]:
    return {year: make(year) for year in (2024, 2025)}


def pick(table, indicator, category, group="total", definition="weighted"):
    found = table[
        (table["indicator"] == indicator)
        & (table["category"] == category)
        & (table["group"] == group)
        & (table["definition"] == definition)
    ]
    assert len(found) == 1
    return found.iloc[0]


def test_weights_reproduce_the_register(made):
    for year in made.values():
        weights = pd.Series(year.design.weights)
        assert weights.sum() == pytest.approx(year.register["persons"].sum(), rel=1e-9)
        merged = {"18-19": "18-29", "20-29": "18-29"}
        ages = year.residents["age_group"].astype(object).replace(merged)
        sample = weights.groupby(ages).sum()
        there = year.register.replace(merged).groupby("age_group")["persons"].sum()
        # of those whose age is known, the shares are the register's
        np.testing.assert_allclose(sample / sample.sum(), there / there.sum(), rtol=1e-9)


def test_a_weighted_share_is_the_weighted_mean_of_those_who_answered(made):
    year = made[2025]
    answers = year.residents["attachment"].astype(float)
    for group, mask in (
        ("total", np.full(len(answers), True)),
        ("30-39", year.residents["age_group"] == "30-39"),
    ):
        known = answers.notna() & mask
        expected = 100 * np.average(answers[known] <= 2, weights=year.design.weights[known])
        row = pick(year.table, "attachment", "positive", group)
        assert row["value"] == pytest.approx(expected, rel=1e-12)
        assert row["n"] == known.sum()
        assert row["low"] < row["value"] < row["high"]
        assert row["printed"] == printed(float(expected), 1)


def test_the_parts_of_a_question_make_a_hundred(made):
    table = made[2025].table.query("definition == 'weighted' and flag != 'suppressed'")
    for name in ASKED:
        parts = table[(table["indicator"] == name)]
        for categories in (["positive", "neutral", "negative"], list("12345")):
            own = parts[parts["category"].isin(categories)]
            both = own.groupby(["breakdown", "group"])["value"].agg(["sum", "size"])
            # Where single answers are not told, a role of one answer stands alone.
            sums = both.loc[both["size"] == len(categories), "sum"]
            assert len(sums)
            np.testing.assert_allclose(sums, 100, rtol=1e-12)


def test_the_three_bands_are_the_nps_and_a_hundred(made):
    for definition in ("weighted", "by_source", "city_method"):
        for name in QUESTIONS:
            low, middle, high, points = (
                pick(made[2025].table, indicator, name, definition=definition)["value"]
                for indicator in ("share_0_5", "share_6_7", "share_8_10", "modified_nps")
            )
            assert low + middle + high == pytest.approx(100, rel=1e-12)
            assert high - low == pytest.approx(points, rel=1e-9)


def test_mgap_is_the_sum_of_its_intents_and_its_interval_knows_their_correlation(made):
    table = made[2025].table
    intents = [pick(table, "intent_amount", name) for name in QUESTIONS]
    whole = pick(table, "mgap_unrounded", "total")
    assert whole["value"] == pytest.approx(sum(row["value"] for row in intents), rel=1e-12)
    halves = [(row["high"] - row["low"]) / 2 for row in intents]
    half = (whole["high"] - whole["low"]) / 2
    assert np.hypot.reduce(halves) * 1.1 < half < sum(halves)


def test_the_citys_way_counts_everybody_once_and_rounds_first(made):
    for year in made.values():
        total = Decimal(0)
        for name in QUESTIONS:
            answers = year.responses[name].dropna().astype(int)
            net = Decimal(int((answers >= 8).sum()) - int((answers <= 5).sum()))
            points = (100 * net / len(answers)).quantize(Decimal(1), "ROUND_HALF_UP")
            row = pick(year.table, "modified_nps", name, definition="city_method")
            assert number(row["printed"]) == points
            assert row["n"] == len(answers)
            total += points * Decimal(year.edition.population.printed)
        assert (
            number(pick(year.table, "mgap", "total", definition="city_method")["printed"]) == total
        )


def test_pooling_looks_like_progress_that_residents_did_not_make(made):
    city = [
        pick(y.table, "mgap", "total", definition="city_method")["value"] for y in made.values()
    ]
    resident = [pick(y.table, "mgap", "total")["value"] for y in made.values()]
    assert city[1] - city[0] > 20
    assert resident[1] - resident[0] < 20
    assert city[1] - resident[1] > 150


def test_participation_rises_within_its_error(made):
    before, after = (pick(y.table, "modified_nps", "participate") for y in made.values())
    change = after["value"] - before["value"]
    error = np.hypot(before["high"] - before["low"], after["high"] - after["low"]) / 2
    assert 0 < change < error


def test_nothing_is_told_of_a_hidden_group_in_any_measure(made):
    """その他・無回答 are 18 people, one of whom is not attached: hidden, and men with them."""
    sexes = made[2024].table.query("breakdown == 'sex'")
    for group in ("other", "male"):
        hidden = sexes[sexes["group"] == group]
        assert len(hidden) > 80
        assert set(hidden["flag"]) == {"suppressed"}
        assert set(hidden["printed"]) == {"x"}
        assert hidden[["value", "n", "low", "high"]].isna().to_numpy().all()


def test_few_people_are_merged_with_their_neighbours_first(made):
    """18–19 are fewer than ten in 2024; 1年未満 has one in a cell in 2025, not in 2024."""
    found = {
        year: {b: set(part["group"]) for b, part in one.table.groupby("breakdown")}
        for year, one in made.items()
    }
    assert found[2024]["age_group"] == {"18-29", "30-39", "40-49", "50-59", "60-69", "70+"}
    assert found[2024]["tenure"] == {"under_1", "1-5", "5-10", "10-20", "20+"}
    assert found[2025]["tenure"] == {"under_5", "5-10", "10-20", "20+"}


def test_answers_of_few_are_told_by_their_roles(made):
    """Only a few answered 移りたい (4); わからない (5) is a role by itself and stays."""
    rows = made[2024].table.query("indicator == 'residence_intention' and breakdown == 'district'")
    shown = rows[rows["flag"] != "suppressed"]
    assert set(shown["category"]) == {"positive", "neutral", "negative", "5"}
    assert len(rows) == len(shown) * 2


def test_no_count_of_one_or_two_is_printed(made):
    for year in made.values():
        cells = year.table.query("definition == 'unweighted' and unit == '%'")
        counts = (cells["value"] * cells["n"] / 100).round()
        assert len(cells) > 600
        assert not counts.isin([1, 2]).any()


def test_what_was_merged_or_hidden_before_stays_so(made):
    year = made[2024]
    wanted = shares_wanted(year.residents, year.codebook, ASKED)
    old = Before(
        hidden=frozenset({("tenure", "1-5")}),
        groups=frozenset({("age_group", "50-59_to_60-69")}),
        roles=frozenset({("attachment", "district")}),
    )
    safe = protected(year.residents, year.codebook, wanted, (), BREAKDOWNS, before=old)
    assert safe.merged["age_group", "50-59_to_60-69"] == ("50-59", "60-69")
    assert label("50-59_to_60-69") == "50〜59歳から60〜69歳まで"
    assert safe.merged["tenure", "under_5"] == ("under_1", "1-5")
    assert ("attachment", "district") in safe.roles


def test_the_unknown_are_counted_for_disclosure_and_never_printed(made):
    for year in made.values():
        assert UNKNOWN in set(year.safe.flags["group"])
        assert UNKNOWN not in set(year.table["group"])


def test_an_attack_on_the_printed_rows_leaves_three_values_or_more(made):
    """Bases and answers of what is hidden or merged in 2024, as the published digits tell them.

    Where fewer are possible at all, nobody chose the answer anywhere.
    """
    year = made[2024]
    rows = as_published(year.table)
    asked = asked_of(year.codebook, rows)
    records = rows.to_dict("records")
    facts = facts_of([row for row in records if row["flag"] != "suppressed"], asked)
    cells = hidden_cells(records, asked)
    men = [cell for cell in cells if cell[0] == ("sex", "other")]
    some = [cell for cell in cells if cell[0][0] == "district"] + men
    assert len(men) == 4 * 6 + 3 * 12
    found = ranges(facts, asked, some)
    assert (found["low"] <= found["high"]).all()
    narrow = found[found["range"] < 3]
    assert narrow[narrow["possible"] >= 3].empty


def test_the_pyramid_does_not_give_the_hidden_base_away(made):
    rows = made[2024].table.query("indicator == 'sample_age'")
    assert rows["n"].unique().tolist() == [len(made[2024].residents)]  # not of the known alone
    assert (rows["value"] % 1 == 0).all()
    assert "18-19" not in set(rows["group"])


def test_the_axes_cross_at_the_mean_of_all_answers_not_of_the_means(made):
    year = made[2025]
    question = year.codebook.questions["field_importance"]
    columns = [f"field_importance.{item}" for item in question.items]
    points = 3 - year.residents[columns].astype(float).to_numpy()
    weights = np.where(np.isnan(points), 0.0, year.design.weights[:, None])
    expected = np.nansum(weights * points) / weights.sum()
    row = pick(year.table, "field_importance", "score")
    assert row["value"] == pytest.approx(expected, rel=1e-12)
    means = year.table.query("indicator == 'field_importance' and breakdown == 'field'")["value"]
    assert abs(means.mean() - expected) > 1e-4
    assert means.idxmin() == means.index[means.eq(means.min())][0]
    assert pick(year.table, "field_importance", "score", "participation")["value"] == means.min()


def test_every_identifier_has_words_in_both_languages(made):
    for year in made.values():
        for lang in ("ja", "en"):
            own = year.edition.own_labels(lang)
            for row in year.table.drop_duplicates(["indicator", "group", "category"]).itertuples():
                assert label(row.indicator, lang, own) and label(row.group, lang, own)
                if row.category and not row.category.rpartition(".")[2].isdigit():
                    assert label(f"{row.indicator}.{row.category}", lang, own)


def test_no_respondent_can_be_found_in_the_rows(made):
    text = made[2025].table.to_csv()
    assert not any(person in text for person in made[2025].responses["person"])
