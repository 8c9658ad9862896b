"""Comparisons, pooling, no answer: identities that must hold exactly."""

import numpy as np
import oracle_cases
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle_files import QUESTIONS

from helpers.survey import comparison, nonresponse, pooling
from helpers.survey.design import survey_design
from helpers.survey.estimate import estimate
from helpers.survey.measure import mgap, net, net_sum, share

A = oracle_cases.residents(2025)
P = oracle_cases.pooled()


def test_adjusted_p_values_by_hand() -> None:
    p = np.array([0.01, np.nan, 0.04, 0.03])
    np.testing.assert_allclose(comparison.holm(p), [0.03, np.nan, 0.06, 0.06])
    np.testing.assert_allclose(comparison.benjamini_hochberg(p), [0.03, np.nan, 0.04, 0.04])
    np.testing.assert_allclose(comparison.bonferroni(p), [0.03, np.nan, 0.12, 0.09])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusting_never_helps_and_keeps_the_order(values: list[float]) -> None:
    p = np.array(values)
    order = np.argsort(p)
    for adjusted in (comparison.holm(p), comparison.benjamini_hochberg(p)):
        assert (adjusted >= p - 1e-15).all()
        assert (np.diff(adjusted[order]) >= 0).all()
    assert (comparison.holm(p) <= comparison.bonferroni(p) + 1e-15).all()


def test_a_year_against_itself_does_not_change() -> None:
    found = estimate({"x": net(A["q1"])}, survey_design(A["w0"], strata=A["district"]))
    r = comparison.change(found, found).iloc[0]
    assert (r["change"], r["p"]) == (0.0, 1.0)
    assert r["se"] == pytest.approx(np.sqrt(2) * found.row("x")["se"])


def test_rest_is_the_other_groups_of_the_breakdown_only() -> None:
    masks = {("age", "18-19"): A["age"] == "18-19", ("age", "70+"): A["age"] == "70+"}
    design = survey_design(A["w0"], strata=A["district"])
    r = comparison.against_rest({"x": net(A["q1"])}, design, masks)
    assert r["difference"].iloc[0] == pytest.approx(-r["difference"].iloc[1], abs=1e-14)


def test_sources_alone_and_pooled() -> None:
    """Methods 1.8: residents 28, monitors 691, event 1,190, pooled 288, raked 238."""
    measure = {"mgap": mgap(P[QUESTIONS], 17.5)}  # 万人; the five figures agree on it
    alone = {
        s: e.row("mgap")["estimate"] for s, e in pooling.by_source(measure, P["source"]).items()
    }
    assert alone["resident"] == pytest.approx(28, abs=1)
    assert alone["monitor"] == pytest.approx(691, abs=1)
    assert alone["event"] == pytest.approx(1190, abs=1)
    naive = estimate(measure, oracle_cases.pooled_design(False)).row("mgap")
    raked = estimate(measure, oracle_cases.pooled_design(True)).row("mgap")
    assert (naive["estimate"], raked["estimate"]) == pytest.approx((288, 238), abs=1)


def test_fixed_shares() -> None:
    sources = pooling.by_source({"x": net_sum(P[QUESTIONS])}, P["source"])
    shares = {"resident": 0.7, "monitor": 0.1, "event": 0.2}
    r = pooling.pool(sources, shares).iloc[0]
    rows = {s: e.row("x") for s, e in sources.items()}
    assert r["estimate"] == pytest.approx(sum(a * rows[s]["estimate"] for s, a in shares.items()))
    assert r["se"] ** 2 == pytest.approx(sum((a * rows[s]["se"]) ** 2 for s, a in shares.items()))
    assert r["n"] == sum(rows[s]["n"] for s in shares)
    assert r["low"] < r["estimate"] < r["high"]
    with pytest.raises(ValueError, match="add up to 1"):
        pooling.pool(sources, shares | {"event": 0.3})


def test_more_event_forms_are_not_progress() -> None:
    d = {"resident": 0.01, "event": 0.6}
    before, after = {"resident": 0.9, "event": 0.1}, {"resident": 0.5, "event": 0.5}
    parts = pooling.split_pooled_change(d, d, before, after)
    assert parts.within == 0
    assert parts.mix == pytest.approx(0.4 * 0.59)
    later = {"resident": 0.05, "event": 0.5}
    parts = pooling.split_pooled_change(d, later, before, after)
    whole = sum(after[s] * later[s] for s in d) - sum(before[s] * d[s] for s in d)
    assert parts.within + parts.mix == pytest.approx(whole)


def test_three_bases() -> None:
    """The table of methods 1.3."""
    r = nonresponse.three_bases(A[QUESTIONS], survey_design(np.ones(len(A)))).set_index("base")
    assert r["estimate"].round(4).to_dict() == {"item": 0.0160, "all": 0.0226, "complete": 0.0246}
    assert r.loc["item", "se"] == pytest.approx(0.0639, abs=5e-5)
    assert r["n"].to_dict() == {"item": 707, "all": 707, "complete": 650}


def test_all_base_is_the_answered_share_times_the_net() -> None:
    w = A["w0"].to_numpy()
    design = survey_design(w, strata=A["district"])
    answered = {q: w @ A[q].notna() / w.sum() for q in QUESTIONS}
    nets = {q: estimate({q: net(A[q])}, design).row(q)["estimate"] for q in QUESTIONS}
    all_base = (
        nonresponse.three_bases(A[QUESTIONS], design).set_index("base").loc["all", "estimate"]
    )
    assert all_base == pytest.approx(sum(answered[q] * nets[q] for q in QUESTIONS), abs=1e-14)


def test_worst_case_bounds() -> None:
    low, high = nonresponse.worst_case(0.4, 0.97)
    assert (float(low), float(high)) == pytest.approx((0.358, 0.418))
    assert nonresponse.worst_case([0.5], [1.0])[0] == 0.5
    with pytest.raises(ValueError, match="net"):
        nonresponse.worst_case(1.2, 0.9)
    assert nonresponse.response_rate(707, 1700) == pytest.approx(0.41588, abs=1e-5)
    with pytest.raises(ValueError, match="sent"):
        nonresponse.response_rate(5, 4)


def test_a_group_that_differs_is_told_from_one_that_chance_made() -> None:
    """200 of 40 % against 800 of 60 % differ; 30 of whom none chose what 3 % chose do not.

    P(0 of 30 | 3 %) is 0.97^30 = 0.40, though the variance of 0 of 30 is nothing.
    """
    few = np.array([0] * 30 + [1] * 30 + [0] * 970)
    young = np.arange(1030) < 200
    opinion = np.where(young, np.arange(1030) % 5 < 2, np.arange(1030) % 5 < 3)
    design = survey_design(np.ones(1030))
    domains = {("a", "few"): np.arange(1030) < 30, ("b", "young"): young}
    measures = {"rare": share(few, [1]), "asked": share(opinion.astype(int), [1])}
    found = comparison.apart_from_rest(measures, design, domains)
    table = found.set_index(["measure", "group"])
    assert table.loc[("asked", "young"), "p_adjusted"] < 0.001
    assert table.loc[("asked", "young"), "difference"] == pytest.approx(-0.2, abs=0.002)
    assert table.loc[("rare", "few"), "p"] == pytest.approx(2 * 0.97**30, abs=0.03)


def test_of_groups_that_are_alike_at_most_one_table_in_twenty_has_a_mark() -> None:
    """Holm's promise, for rare answers too: 400 tables of 8 groups × 3 answers of one opinion."""
    dice = np.random.default_rng(7)
    wrong = 0
    for _ in range(400):
        group = dice.integers(0, 8, 400)
        answer = dice.choice([1, 2, 3], 400, p=[0.03, 0.27, 0.7])
        domains = {("g", str(k)): group == k for k in range(8)}
        measures = {str(a): share(answer, [a]) for a in (1, 2, 3)}
        found = comparison.apart_from_rest(measures, survey_design(np.ones(400)), domains)
        wrong += bool((found["p_adjusted"] < 0.05).any())
    assert wrong <= 400 * 0.05 + 9  # two standard errors


def test_small_groups_are_not_tested() -> None:
    answer = np.array([1] * 29 + [0] * 271)
    domains = {("g", "all yes"): np.arange(300) < 29}
    found = comparison.apart_from_rest(
        {"x": share(answer, [1])}, survey_design(np.ones(300)), domains
    )
    assert np.isnan(found["p_adjusted"].iloc[0])
