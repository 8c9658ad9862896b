"""Reference code: variance by replicate weights, given ones or the Rao–Wu rescaled bootstrap.

A cross-check of the linearised variance that the package uses. Never resample the rows of
weighted, stratified data plainly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from helpers.survey.calibration import FloatArray
from helpers.survey.design import SurveyDesign
from helpers.survey.estimate import Domains, Estimates, assemble, prepare
from helpers.survey.influence import means
from helpers.survey.measure import Measure


@dataclass(frozen=True, eq=False)
class Replicates:
    """R sets of weights and how their spread becomes a variance.

    Attributes:
        weights: (n, R) replicate weights.
        scale: factor of the whole sum.
        rscales: (R,) factor of each replicate.
        df: degrees of freedom; None: rank of the weights − 1, as R's `degf`.
    """

    weights: FloatArray
    scale: float
    rscales: FloatArray
    df: float | None = None

    def covariance(self, theta: FloatArray) -> FloatArray:
        """Return scale · Σ rscales (θ_r − θ̄)(θ_r − θ̄)ᵀ for replicate estimates theta (R, k)."""
        spread = theta - theta.mean(axis=0)
        return np.asarray(self.scale * (spread.T @ (self.rscales[:, None] * spread)))

    def degrees_of_freedom(self) -> float:
        """Return `df`, or the rank of the weights − 1."""
        if self.df is not None:
            return self.df
        return float(np.linalg.matrix_rank(self.weights, rtol=1e-5) - 1)


def replicate_estimate(
    measures: Mapping[str, Measure | ArrayLike],
    weights: FloatArray,
    replicates: Replicates,
    domains: Domains | None = None,
    *,
    level: float = 0.95,
) -> Estimates:
    """Estimate as `estimate` does, with the covariance of the replicates.

    Args:
        measures: name -> measure.
        weights: (n,) full-sample weights.
        replicates: replicate weights of the same rows.
        domains: (breakdown, group) -> mask.
        level: confidence level.
    """
    ready, keys, table = prepare(measures, len(weights), domains)
    found = means(weights, list(ready.values()), table)
    columns = [ratios(replicates.weights, m, table) for m in ready.values()]
    df = replicates.degrees_of_freedom()
    covariance = replicates.covariance(np.concatenate(columns, axis=1))
    return assemble(ready, keys, found, covariance, (np.full(len(keys), df), df, level))


def ratios(weights: FloatArray, measure: Measure, domains: FloatArray) -> FloatArray:
    """Return the scaled estimates only, for (n, R) replicate weights -> (R, g)."""
    known = ~np.isnan(measure.values)
    filled = np.where(known, measure.values, 0.0)
    total = np.zeros((weights.shape[1], domains.shape[1]))
    for y, v in zip(filled.T, known.T, strict=True):
        base = weights.T @ (v[:, None] * domains)
        with np.errstate(invalid="ignore", divide="ignore"):
            total += (weights.T @ (y[:, None] * domains)) / base
    return measure.scale * total


def rao_wu(design: SurveyDesign, count: int, rng: np.random.Generator) -> Replicates:
    """Draw Rao–Wu rescaled bootstrap weights; a calibrated design is re-raked in every replicate.

    In stratum h draw m_h = n_h − 1 PSUs with replacement, r times each:
    `w* = w [1 − λ + λ (n_h/m_h) r]`, `λ = √(m_h (1 − f_h)/(n_h − 1))` (Rao, Wu and Yue 1992,
    Survey Methodology 18; methods 1.5).

    Args:
        design: the sample.
        count: number of replicates R.
        rng: random generator; seed it where the figure is printed.

    Raises:
        ValueError: a stratum with a single PSU, unless its `lonely` is remove or certainty; or
            a margin class is empty in some replicate.
    """
    sizes = design.psu_count
    if (sizes == 1).any() and design.lonely not in ("remove", "certainty"):
        raise ValueError("a stratum has a single PSU; merge it")
    drawn = np.zeros((count, len(design.psu_stratum)))
    for h, size in enumerate(sizes):
        if size == 1:
            drawn[:, design.psu_stratum == h] = 1.0
            continue
        picks = rng.integers(0, size, (count, size - 1)) + size * np.arange(count)[:, None]
        times = np.bincount(picks.ravel(), minlength=size * count).reshape(count, size)
        factor = np.sqrt(1.0 - size / design.population[h])
        drawn[:, design.psu_stratum == h] = 1.0 - factor + factor * size / (size - 1) * times
    calibration = design.calibration
    base = design.weights if calibration is None else calibration.base
    weights = base[:, None] * drawn.T[design.cluster]
    if calibration is not None:
        weights = calibration.weights(weights)
    return Replicates(weights, 1.0 / count, np.ones(count), float(design.df))
