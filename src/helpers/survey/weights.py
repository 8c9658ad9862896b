"""Weights: base weights, raking, post-stratification, GREG, and what they cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.survey.calibration import FloatArray, Margin, Method, solve_calibration
from helpers.survey.design import SurveyDesign

TRIM_AT = 5.0  # max/median above which weights are trimmed (methods 1.7)
TRIM_ROUNDS = 20


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


def merge_thin(
    margin: Margin, *, ordered: bool, minimum: int = 30, minimum_share: float = 0.05
) -> tuple[Margin, list[list[str]]]:
    """Merge the classes of a margin that are too thin to rake on (methods 1.7).

    The thinnest class joins its neighbour with the fewer answers where classes have an order,
    else the next thinnest class, until none is thin. One person of 18–29 would otherwise stand
    for all of them.

    Args:
        margin: with every class of the register; a class may have no respondent.
        ordered: whether the classes stand in an order, so that neighbours are alike.
        minimum: see `thin_classes`.
        minimum_share: see `thin_classes`.

    Returns:
        The margin of the merged classes, named by their first and last, and the runs of classes
        that were merged; with a single class left it asks for nothing.
    """
    labels = pd.Series(np.asarray(margin.classes, dtype=object))
    counts = labels.value_counts()
    least = max(minimum, minimum_share * len(labels))
    runs = [[name] for name in margin.totals]

    def size(run: list[str]) -> int:
        return sum(int(counts.get(name, 0)) for name in run)

    while len(runs) > 1 and min(map(size, runs)) < least:
        thin = min(range(len(runs)), key=lambda at: size(runs[at]))
        near = (thin - 1, thin + 1) if ordered else range(len(runs))
        others = [at for at in near if at != thin and 0 <= at < len(runs)]
        other = min(others, key=lambda at: size(runs[at]))
        first, second = sorted((thin, other))
        runs[first] = runs[first] + runs.pop(second)
    merged = [run for run in runs if len(run) > 1]
    if not merged:
        return margin, []
    names = {name: "_to_".join((run[0], run[-1])) if len(run) > 1 else run[0]
             for run in runs for name in run}  # fmt: skip
    totals: dict[str, float] = {}
    for name, persons in margin.totals.items():
        totals[names[name]] = totals.get(names[name], 0.0) + persons
    own = labels.map(lambda name: names.get(name, name)).to_numpy(dtype=object)
    return Margin(own, totals), merged


def rake_trimmed(
    design: SurveyDesign, margins: Sequence[Margin], limit: float = TRIM_AT
) -> SurveyDesign:
    """Rake; trim what raking made larger than `limit` times its median, and rake again.

    Only the factor by which raking changed a weight is trimmed: how many people a respondent
    stands for by the draw is no accident. Margins are met again after every round, so that the
    largest factor comes near the limit and need not reach it.

    Raises:
        ValueError: see `rake`.
    """
    raked = rake(design, margins)
    for _ in range(TRIM_ROUNDS):
        factor = raked.weights / design.weights
        if factor.max() <= limit * np.median(factor) * (1 + 1e-3):
            break
        capped = design.weights * trim(factor, limit)
        raked = rake(replace(design, weights=capped), margins)
    return raked


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
