"""The bootstrap agrees with the linearised variance, and re-rakes every replicate."""

import numpy as np
import oracle_cases
import pytest
from oracle_files import QUESTIONS
from replicates import rao_wu, replicate_estimate

from helpers.survey.design import survey_design
from helpers.survey.estimate import estimate
from helpers.survey.measure import groups, net, net_sum

A = oracle_cases.residents(2025)


@pytest.mark.parametrize("case", ["A4_strat_fpc", "A8_strat_rake_age6_sex_calibrate"])
def test_bootstrap_agrees_with_linearisation(case: str) -> None:
    design = oracle_cases.design_2025(case)
    drawn = rao_wu(design, 1500, np.random.default_rng(7))
    measures = {"sum": net_sum(A[QUESTIONS]), "q1": net(A["q1"])}
    domains = groups(A, ["age6"])
    exact = estimate(measures, design, domains)
    found = replicate_estimate(measures, design.weights, drawn, domains)
    np.testing.assert_allclose(found.frame["estimate"], exact.frame["estimate"], atol=1e-13)
    np.testing.assert_allclose(found.frame["se"], exact.frame["se"], rtol=0.12)
    assert found.row("sum")["se"] == pytest.approx(exact.row("sum")["se"], rel=0.06)
    assert found.df == 703


def test_every_replicate_is_raked() -> None:
    design = oracle_cases.design_2025("A8_strat_rake_age6_sex_calibrate")
    weights = rao_wu(design, 50, np.random.default_rng(1)).weights
    assert weights.shape == (707, 50)
    for column in ["age6", "sex"]:
        margin = oracle_cases.margin(A, column)
        for label, total in margin.totals.items():
            sums = weights[(A[column] == label).to_numpy()].sum(axis=0)
            np.testing.assert_allclose(sums, total, rtol=1e-10)


def test_clusters_are_drawn_whole() -> None:
    design = survey_design(np.ones(12), clusters=np.arange(12) // 3)
    weights = rao_wu(design, 20, np.random.default_rng(2)).weights
    assert (weights.reshape(4, 3, 20) == weights.reshape(4, 3, 20)[:, :1]).all()
    assert weights.sum(axis=0).mean() == pytest.approx(12, rel=0.01)


def test_a_census_does_not_vary() -> None:
    design = survey_design(np.ones(5), population=5)
    assert (rao_wu(design, 10, np.random.default_rng(3)).weights == 1).all()


def test_single_psu_is_refused_or_kept_fixed() -> None:
    strata = ["a", "a", "b"]
    with pytest.raises(ValueError, match="single PSU"):
        rao_wu(survey_design(np.ones(3), strata=strata), 5, np.random.default_rng(4))
    design = survey_design(np.ones(3), strata=strata, lonely="remove")
    assert (rao_wu(design, 5, np.random.default_rng(4)).weights[2] == 1).all()
