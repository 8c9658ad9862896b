"""Weights: margins are met, unknown classes are kept, what is thin is named."""

import numpy as np
import oracle_cases
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.survey.calibration import Margin
from helpers.survey.design import survey_design
from helpers.survey.weights import (
    base_weights,
    calibrate,
    diagnose,
    kish_deff,
    rake,
    thin_classes,
    trim,
)

AGES = {"18-29": 30_000.0, "30-59": 90_000.0, "60+": 60_000.0}
SEXES = {"F": 95_000.0, "M": 85_000.0}


def sample(seed: int, n: int, unknown: float) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    sex = rng.choice(["F", "M"], n)
    frame = pd.DataFrame({"age": rng.choice(list(AGES), n), "sex": sex, "w": rng.uniform(1, 9, n)})
    frame["sex"] = frame["sex"].mask(rng.random(n) < unknown)
    return frame


def weighted(frame: pd.DataFrame, column: str, weights: np.ndarray) -> pd.Series:
    return pd.Series(weights).groupby(frame[column].to_numpy()).sum()


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.integers(60, 400), st.floats(0, 0.3))
def test_raked_weights_meet_the_margins(seed: int, n: int, unknown: float) -> None:
    frame = sample(seed, n, unknown)
    w = rake(
        survey_design(frame["w"]), [Margin(frame["age"], AGES), Margin(frame["sex"], SEXES)]
    ).weights
    assert (w > 0).all()
    assert weighted(frame, "age", w).to_dict() == pytest.approx(AGES, rel=1e-10)
    sexes = weighted(frame, "sex", w)
    assert sexes["F"] / sexes.sum() == pytest.approx(SEXES["F"] / 180_000, rel=1e-10)


def test_unknown_sex_is_close_to_raking_the_known_shares_in_turn() -> None:
    """The procedure of methods 1.7 in words: shares among the known, rescaled each round."""
    frame = sample(5, 600, 0.05)
    w = frame["w"].to_numpy() * 10
    known = frame["sex"].notna().to_numpy()
    for _ in range(200):
        for age, total in AGES.items():
            at = (frame["age"] == age).to_numpy()
            w[at] *= total / w[at].sum()
        whole = w[known].sum()
        for sex, total in SEXES.items():
            at = (frame["sex"] == sex).to_numpy()
            w[at] *= total / 180_000 * whole / w[at].sum()
    ours = rake(
        survey_design(frame["w"]), [Margin(frame["age"], AGES), Margin(frame["sex"], SEXES)]
    ).weights
    assert np.abs(ours / w - 1).max() < 5e-3


def test_one_margin_is_post_stratification() -> None:
    frame = sample(1, 300, 0.0)
    cells = oracle_cases.cross(frame["age"], frame["sex"])
    totals = {c: 1000.0 * (i + 1) for i, c in enumerate(sorted(set(cells)))}
    w = rake(survey_design(np.ones(300)), [Margin(cells, totals)]).weights
    counts = pd.Series(cells).value_counts()
    np.testing.assert_allclose(w, [totals[c] / counts[c] for c in cells], rtol=1e-12)


def test_raking_does_not_depend_on_the_order_of_people() -> None:
    frame = sample(2, 200, 0.1)
    order = np.random.default_rng(3).permutation(200)

    def weights(f: pd.DataFrame) -> np.ndarray:
        margins = [Margin(f["age"], AGES), Margin(f["sex"], SEXES)]
        return rake(survey_design(f["w"]), margins).weights

    np.testing.assert_allclose(weights(frame)[order], weights(frame.iloc[order]), rtol=1e-12)


def test_linear_meets_the_margins_too() -> None:
    frame = sample(4, 200, 0.0)
    margins = [Margin(frame["age"], AGES), Margin(frame["sex"], SEXES)]
    w = calibrate(survey_design(frame["w"]), margins, "linear").weights
    assert weighted(frame, "age", w).to_dict() == pytest.approx(AGES)
    assert weighted(frame, "sex", w).to_dict() == pytest.approx(SEXES)


def test_what_cannot_be_raked_is_refused_by_name() -> None:
    design = survey_design(np.ones(3))
    with pytest.raises(ValueError, match="without a respondent, merge them first: 70"):
        rake(design, [Margin(["18", "30", "30"], {"18": 1, "30": 2, "70": 3})])
    with pytest.raises(ValueError, match="without a register total: 99"):
        rake(design, [Margin(["18", "30", "99"], {"18": 1, "30": 2})])
    with pytest.raises(ValueError, match="different populations"):
        ages, sexes = (
            Margin(["a", "b", "b"], {"a": 1, "b": 2}),
            Margin(["F", "M", "F"], {"F": 2, "M": 2}),
        )
        rake(design, [ages, sexes])
    with pytest.raises(ValueError, match="divide the respondents alike"):
        ages, sexes = (
            Margin(["a", "b", "b"], {"a": 1, "b": 2}),
            Margin(["F", "M", "M"], {"F": 2, "M": 1}),
        )
        rake(design, [ages, sexes])
    with pytest.raises(ValueError, match="already"):
        margin = Margin(["a", "b", "b"], {"a": 1, "b": 2})
        rake(rake(design, [margin]), [margin])


def test_base_weights_add_up_to_the_population() -> None:
    strata = ["N", "N", "N", "S"]
    w = base_weights(strata, {"N": 300, "S": 50})
    assert w.tolist() == [100, 100, 100, 50]
    with pytest.raises(ValueError, match="differ: W"):
        base_weights(strata, {"N": 300, "S": 50, "W": 9})


def test_thin_classes_names_the_five_of_18_19() -> None:
    a, reg = oracle_cases.residents(2025), oracle_cases.register()
    ages = Margin(a["age"], reg.groupby("age")["N"].sum().to_dict())
    thin = thin_classes({"age": ages})
    assert ("age", "18-19", 5) in thin[["margin", "class", "n"]].itertuples(index=False, name=None)
    assert thin_classes({"age6": oracle_cases.margin(a, "age6")}).empty


def test_diagnosis_and_trimming() -> None:
    w = np.array([1.0, 1.0, 1.0, 1.0, 16.0])
    assert kish_deff(np.ones(7)) == 1.0
    found = diagnose(w)
    assert (found.n, found.minimum, found.maximum, found.max_to_median) == (5, 0.25, 4.0, 16.0)
    assert found.trim_advised
    assert found.n_eff == pytest.approx(400 / 260)
    assert trim(w).tolist() == [1, 1, 1, 1, 5]
