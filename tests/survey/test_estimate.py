"""Estimates: domains, contrasts, bases, intervals chosen; what must hold whatever the data."""

import numpy as np
import oracle_cases
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle_files import QUESTIONS

from helpers.survey import interval
from helpers.survey.design import SurveyDesign, survey_design
from helpers.survey.estimate import estimate
from helpers.survey.measure import groups, mean, mgap, net, net_sum, scores, share

A = oracle_cases.residents(2025)
RAKED = oracle_cases.design_2025("A8_strat_rake_age6_sex_calibrate")
STRATIFIED = oracle_cases.design_2025("A3_strat_nofpc")


def random_survey(seed: int, n: int = 80) -> tuple[pd.DataFrame, SurveyDesign]:
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({q: rng.integers(0, 11, n).astype(float) for q in QUESTIONS})
    frame = frame.mask(rng.random(frame.shape) < 0.1)
    frame["stratum"] = np.arange(n) % 3
    frame["group"] = rng.choice(["a", "b", "c"], n)
    frame["w"] = rng.uniform(1, 20, n)
    return frame, survey_design(frame["w"], strata=frame["stratum"], population=np.full(n, 400.0))


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**6))
def test_order_of_rows_changes_nothing(seed: int) -> None:
    frame, design = random_survey(seed)
    order = np.random.default_rng(seed).permutation(len(frame))
    moved = frame.iloc[order]
    other = survey_design(
        moved["w"], strata=moved["stratum"], population=np.full(len(moved), 400.0)
    )

    def run(f: pd.DataFrame, d: SurveyDesign) -> tuple[pd.DataFrame, np.ndarray]:
        measures = {"sum": net_sum(f[QUESTIONS]), "net": net(f["q1"]), "mean": mean(f["q2"])}
        found = estimate(measures, d, groups(f, ["group"]))
        return found.frame, found.covariance

    (a, va), (b, vb) = run(frame, design), run(moved, other)
    pd.testing.assert_frame_equal(a, b, rtol=1e-10)
    np.testing.assert_allclose(va, vb, atol=1e-14)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**6))
def test_a_domain_is_the_total_of_the_measure_there(seed: int) -> None:
    frame, design = random_survey(seed)
    mask = frame["group"] == "a"
    full = estimate({"x": net(frame["q1"])}, design, {("group", "a"): mask}, df="design")
    alone = estimate({"x": net(frame["q1"]).where(mask)}, design, df="design")
    a, b = full.row("x", "group", "a"), alone.row("x")
    assert a["estimate"] == pytest.approx(b["estimate"], abs=1e-14)
    assert (a["n"], a["low"], a["high"]) == pytest.approx((b["n"], b["low"], b["high"]))
    assert a["se"] == pytest.approx(b["se"], abs=1e-14)
    kept = frame[mask & frame["q1"].notna()]
    direct = np.average(scores(kept["q1"]), weights=kept["w"])
    assert a["estimate"] == pytest.approx(direct, abs=1e-12)


def test_shares_of_the_groups_add_up_to_the_total() -> None:
    domains = groups(A, ["tenure"])
    found = estimate({"x": mean(A["q1"].fillna(0))}, RAKED, domains)
    sizes = np.array([RAKED.weights[m.to_numpy()].sum() for m in domains.values()])
    parts = [found.row("x", *key)["estimate"] for key in domains]
    assert np.average(parts, weights=sizes) == pytest.approx(found.row("x")["estimate"], abs=1e-12)


def test_sum_of_nets_is_the_contrast_of_the_nets() -> None:
    measures = {q: net(A[q]) for q in QUESTIONS} | {"sum": net_sum(A[QUESTIONS])}
    found = estimate(measures, RAKED)
    c = found.contrast({(q, "total", "total"): 1.0 for q in QUESTIONS})
    row = found.row("sum")
    assert (c.estimate, c.se) == pytest.approx((row["estimate"], row["se"]), abs=1e-14)
    alone = np.sqrt(sum(found.row(q)["se"] ** 2 for q in QUESTIONS))
    assert alone / row["se"] == pytest.approx(0.79, abs=0.03)  # methods 0.2: 21% too small


def test_mgap_is_the_scaled_sum() -> None:
    measures = {"sum": net_sum(A[QUESTIONS]), "mgap": mgap(A[QUESTIONS], 20.7)}
    found = estimate(measures, RAKED, groups(A, ["age6"]))
    for group in ["18-29", "70+"]:
        a, b = found.row("sum", "age6", group), found.row("mgap", "age6", group)
        for field in ["estimate", "se", "low", "high"]:
            assert b[field] == pytest.approx(2070 * a[field], rel=1e-12)


def test_a_covariance_ties_groups_and_measures() -> None:
    """The group and the rest together are the whole: V of the weighted mix is V of the total."""
    inside = A["sex"] == "F"
    plain = survey_design(np.ones(len(A)))
    found = estimate(
        {"x": mean(A["q3"].fillna(5))}, plain, {("s", "F"): inside, ("s", "M"): ~inside}
    )
    found_c = found.contrast({("x", "s", "F"): 1.0, ("x", "s", "M"): -1.0})
    v = [found.row("x", "s", g)["se"] ** 2 for g in "FM"]
    assert found_c.se == pytest.approx(np.sqrt(sum(v)), rel=1e-3)  # nearly independent, not quite


def test_intervals_are_chosen_by_kind_and_base() -> None:
    small = A["age"] == "20-29"
    measures = {"share": share(A["q1"], range(8, 11)), "net": net(A["q1"])}
    found = estimate(measures, STRATIFIED, {("age", "20-29"): small})
    r = found.row("net")
    assert (r["low"], r["high"]) == pytest.approx(
        [float(x) for x in interval.t_interval(r["estimate"], r["se"], 703)]
    )
    r = found.row("net", "age", "20-29")
    assert r["n"] < 100
    assert abs(r["low"] + r["high"]) / 2 < abs(r["estimate"])  # adjusted Wald draws towards zero
    r = found.row("share")
    n_eff = r["estimate"] * (1 - r["estimate"]) / r["se"] ** 2
    n_eff *= (interval.quantile(0.95, r["n"] - 1) / interval.quantile(0.95, r["df"])) ** 2
    n_eff = min(n_eff, r["n"])
    low, high = interval.clopper_pearson(n_eff * r["estimate"], n_eff)
    assert (r["low"], r["high"]) == pytest.approx((float(low), float(high)))


def test_everybody_alike_still_has_an_interval() -> None:
    answers = np.full(40, 9)
    found = estimate(
        {"net": net(answers), "share": share(answers, [9])}, survey_design(np.ones(40))
    )
    for name, bottom in [("net", 0.8), ("share", 0.9)]:
        r = found.row(name)
        assert (r["estimate"], r["se"]) == (1.0, 0.0)
        assert bottom < r["low"] < 1.0
        assert r["high"] == pytest.approx(1.0, abs=0.02)


def test_a_share_never_has_a_narrower_interval_than_its_people_allow() -> None:
    """Strata of one opinion each leave a variance of nothing; three of ten stay three of ten.

    R: binom.test(3, 10) gives 0.06673951 to 0.65245285.
    """
    answers = [1, 1, 1, 2, 2, 2, 2, 2, 2, 1]
    strata = ["a", "a", "a", "b", "b", "b", "b", "b", "b", "a"]
    design = survey_design(np.ones(10), strata=strata)
    r = estimate({"x": share(answers, [2])}, design).row("x")
    assert (r["estimate"], r["se"]) == (0.6, 0.0)
    found = estimate(
        {"x": share([1, 1, 1, 2, 2, 2, 2, 2, 2, 2], [1])},
        survey_design(np.ones(10), strata=["a", "a", "a", "a", "b", "b", "b", "b", "b", "b"]),
    ).row("x")
    assert found["se"] < np.sqrt(0.3 * 0.7 / 10)  # n_eff above n
    assert (found["low"], found["high"]) == pytest.approx((0.06673951, 0.65245285), abs=1e-7)


def test_mean_of_equal_answers_has_no_interval() -> None:
    found = estimate({"x": np.full(10, 3.0)}, survey_design(np.ones(10)))
    assert found.row("x")[["low", "high"]].isna().all()


def test_empty_domain_is_missing_and_harms_no_other() -> None:
    found = estimate({"x": net(A["q1"])}, STRATIFIED, {("g", "none"): np.zeros(len(A))})
    assert found.row("x", "g", "none")[["estimate", "se", "low", "high"]].isna().all()
    assert found.row("x", "g", "none")["n"] == 0
    assert np.isfinite(found.row("x")["se"])


def test_domain_df_counts_psus_and_strata_inside() -> None:
    found = estimate({"x": net(A["q1"])}, STRATIFIED, groups(A, ["age", "district"]))
    assert found.row("x")["df"] == 703
    young = A[A["age"] == "18-19"]
    assert found.row("x", "age", "18-19")["df"] == len(young) - young["district"].nunique()
    assert found.row("x", "district", "N")["df"] == (A["district"] == "N").sum() - 1


def test_answers_out_of_range_are_refused() -> None:
    for bad in (99, -1, 7.5):
        with pytest.raises(ValueError, match="outside 0–10"):
            net([5, bad])
    assert np.isnan(scores([np.nan, 10])).tolist() == [True, False]
    assert scores(pd.Series([8, 5, 7, None], dtype="Int64")).tolist()[:3] == [1, -1, 0]


def test_other_cut_points() -> None:
    assert scores([1, 2, 3, 4, 5], [4, 5], [1, 2], range(1, 6)).tolist() == [-1, -1, 0, 1, 1]


def test_designs_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="two strata"):
        survey_design(np.ones(4), strata=[1, 1, 2, 2], clusters=["a", "b", "a", "c"])
    with pytest.raises(ValueError, match="fewer people"):
        survey_design(np.ones(4), population=3)
    with pytest.raises(ValueError, match="more than one size"):
        survey_design(np.ones(4), population=[9, 9, 9, 8])
    with pytest.raises(ValueError, match="1 respondents have none"):
        survey_design(np.ones(2), strata=["a", None])
    with pytest.raises(ValueError, match="positive"):
        survey_design([1.0, 0.0])
    with pytest.raises(ValueError, match="4 rows"):
        estimate({"x": np.ones(3)}, survey_design(np.ones(4)))
    lonely = survey_design(np.ones(3), strata=["a", "a", "b"])
    with pytest.raises(ValueError, match="single PSU"):
        estimate({"x": np.arange(3.0)}, lonely)


def test_a_census_has_no_sampling_error() -> None:
    found = estimate({"x": mean(A["q1"])}, survey_design(np.ones(len(A)), population=len(A)))
    assert found.row("x")["se"] == 0.0


def test_groups_follow_the_order_of_categories_and_skip_the_unknown() -> None:
    kind = pd.CategoricalDtype(["under_1", "1-5", "20+"], ordered=True)
    frame = pd.DataFrame({"tenure": pd.Series(["20+", None, "1-5"], dtype=kind)})
    masks = groups(frame, ["tenure"])
    assert [g for _, g in masks] == ["under_1", "1-5", "20+"]
    assert masks["tenure", "20+"].tolist() == [True, False, False]
