"""Weights: base weights, raking, post-stratification, GREG, and what they cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.survey.calibration import FloatArray, Margin, Method, solve_calibration
from helpers.survey.design import SurveyDesign

TRIM_AT = 5.0  # max/median above which trimming is advised (methods 1.7)


def base_weights(strata: ArrayLike, population: Mapping[str, float]) -> FloatArray:
    """Return (n,) base weights N_h/n_h of a stratified simple random sample.

    Args:
        strata: (n,) stratum label of each respondent.
        population: stratum -> persons N_h.

    Raises:
        ValueError: a stratum has no population, or no respondent.
    """
    labels = pd.Series(np.asarray(strata, dtype=object))
    counts = labels.value_counts(dropna=False)
    if set(counts.index) != set(population):
        odd = sorted(str(x) for x in set(counts.index) ^ set(population))
        raise ValueError(f"strata of the sample and of the population differ: {', '.join(odd)}")
    each = {h: population[h] / counts[h] for h in population}
    return np.asarray(labels.map(each), dtype=float)


def calibrate(
    design: SurveyDesign, margins: Sequence[Margin], method: Method = "raking"
) -> SurveyDesign:
    """Calibrate a design's weights to register margins.

    Equals R's `calibrate(calfun="raking" | "linear")`; raking equals converged IPF. The design
    returned remembers the calibration, so that variances are those of calibrated estimates.

    Args:
        design: a design that is not calibrated yet.
        margins: e.g. age and sex; unknown classes allowed (see `solve_calibration`).
        method: "raking" (default; weights stay positive) or "linear" (GREG).

    Raises:
        ValueError: see `solve_calibration`; or the design is already calibrated.
    """
    if design.calibration is not None:
        raise ValueError("the design is calibrated already; start from its base weights")
    calibration = solve_calibration(design.weights, margins, method)
    return replace(design, weights=calibration.weights(), calibration=calibration)


def rake(design: SurveyDesign, margins: Sequence[Margin]) -> SurveyDesign:
    """Rake to several margins (age, sex): `calibrate` with the raking distance."""
    return calibrate(design, margins, "raking")


def thin_classes(
    margins: Mapping[str, Margin], minimum: int = 30, minimum_share: float = 0.05
) -> pd.DataFrame:
    """List margin classes too thin to rake on, which should be merged with a neighbour.

    Args:
        margins: name -> margin.
        minimum: fewest answers a class should have.
        minimum_share: smallest share of the respondents a class should have.

    Returns:
        Frame (margin, class, n, share); empty when all is well.
    """
    rows = []
    for name, margin in margins.items():
        labels = pd.Series(np.asarray(margin.classes, dtype=object))
        for label in margin.totals:
            n = int((labels == label).sum())
            rows.append((name, label, n, n / max(len(labels), 1)))
    frame = pd.DataFrame(rows, columns=["margin", "class", "n", "share"])
    thin = (frame["n"] < minimum) | (frame["share"] < minimum_share)
    return frame[thin].reset_index(drop=True)


@dataclass(frozen=True)
class WeightDiagnosis:
    """What weighting costs; printed beside every weighted table.

    Attributes:
        n: respondents.
        minimum: smallest weight, divided by the mean weight.
        maximum: largest weight, divided by the mean weight.
        max_to_median: largest weight over the median.
        deff: Kish's design effect of unequal weights, n Σw²/(Σw)².
        n_eff: n / deff.
        trim_advised: max_to_median is above 5.
    """

    n: int
    minimum: float
    maximum: float
    max_to_median: float
    deff: float
    n_eff: float
    trim_advised: bool


def kish_deff(weights: FloatArray) -> float:
    """Return Kish's design effect n Σw²/(Σw)² (Kish 1965) of (n,) weights."""
    return float(len(weights) * np.sum(weights**2) / np.sum(weights) ** 2)


def diagnose(weights: FloatArray) -> WeightDiagnosis:
    """Describe the spread of (n,) weights."""
    deff = kish_deff(weights)
    spread = float(weights.max() / np.median(weights))
    low, high = (float(x / weights.mean()) for x in (weights.min(), weights.max()))
    n = len(weights)
    return WeightDiagnosis(n, low, high, spread, deff, n / deff, spread > TRIM_AT)


def trim(weights: FloatArray, limit: float = TRIM_AT) -> FloatArray:
    """Cap (n,) weights at `limit` times their median; calibrate again afterwards."""
    return np.minimum(weights, limit * np.median(weights))
