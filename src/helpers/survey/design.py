"""The survey design: how people came into the sample, and the variance that follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.survey.calibration import Calibration, FloatArray, IntArray

Lonely = Literal["fail", "remove", "certainty", "adjust", "average"]


@dataclass(frozen=True, eq=False)
class SurveyDesign:
    """Weights, strata, clusters and population sizes of n respondents; make it by `survey_design`.

    Attributes:
        weights: (n,) final weights; the persons each respondent stands for.
        stratum: (n,) stratum of each respondent, 0 … H−1.
        cluster: (n,) PSU of each respondent, 0 … m−1 (the person, unless people repeat).
        population: (H,) PSUs in the population per stratum, inf where no correction is wanted.
        lonely: what a stratum with a single PSU contributes; R's `survey.lonely.psu`:
            "fail" an error, "remove"/"certainty" nothing, "adjust" its square around zero,
            "average" the mean of the other strata.
        calibration: how the weights were calibrated, None if they were not.
        random: whether chance chose the respondents; else nothing has an error or an interval.
    """

    weights: FloatArray
    stratum: IntArray
    cluster: IntArray
    population: FloatArray
    lonely: Lonely = "fail"
    calibration: Calibration | None = None
    random: bool = True
    psu_stratum: IntArray = field(init=False, repr=False)
    psu_count: IntArray = field(init=False, repr=False)

    def __post_init__(self) -> None:
        psu_stratum = np.zeros(self.cluster.max(initial=-1) + 1, dtype=np.intp)
        psu_stratum[self.cluster] = self.stratum
        object.__setattr__(self, "psu_stratum", psu_stratum)
        object.__setattr__(self, "psu_count", np.bincount(psu_stratum))

    def __len__(self) -> int:
        return len(self.weights)

    @property
    def df(self) -> int:
        """Degrees of freedom: PSUs − strata."""
        return len(self.psu_stratum) - len(self.psu_count)

    def domain_df(self, domains: FloatArray) -> FloatArray:
        """Return PSUs − strata that occur in each domain: (n, g) 0/1 -> (g,)."""
        psus = _sum_by(self.cluster, domains) > 0
        strata = _sum_by(self.psu_stratum, psus.astype(float)) > 0
        return np.asarray(psus.sum(axis=0) - strata.sum(axis=0), dtype=float)

    def covariance(self, influence: FloatArray) -> FloatArray:
        """Return the covariance matrix of k estimates from their influence values.

        `Σ_h (1 − n_h/N_h) n_h/(n_h − 1) Σ_j (z_hj − z̄_h)(z_hj − z̄_h)ᵀ`, z = PSU totals of w·u,
        u replaced by its calibration residual (methods 1.2 and 1.7; Särndal, Swensson and
        Wretman 1992; R's `svyrecvar`). All respondents are rows: outside a domain u is 0.

        Args:
            influence: (n, k) influence values, per unit of weight.

        Returns:
            (k, k) covariance matrix.

        Raises:
            ValueError: a stratum has a single PSU and `lonely` is "fail".
        """
        z = self._deviations(influence)
        return np.asarray(z.T @ z)

    def variance(self, influence: FloatArray) -> FloatArray:
        """Return the diagonal of `covariance` alone: (n, k) influence values -> (k,)."""
        z = self._deviations(influence)
        return np.asarray((z * z).sum(axis=0))

    def _deviations(self, influence: FloatArray) -> FloatArray:
        """PSU totals from the mean of their stratum, scaled: their products are covariances."""
        if self.calibration is not None:
            influence = self.calibration.residual(influence)
        z = _sum_by(self.cluster, self.weights[:, None] * influence)
        count = self.psu_count.astype(float)
        fraction = 1.0 - count / self.population
        single = (self.psu_count == 1) & (fraction > 1e-7)
        if self.lonely == "fail" and single.any():
            raise ValueError("a stratum has a single PSU; merge it or choose `lonely`")
        mean = _sum_by(self.psu_stratum, z) / count[:, None]
        if self.lonely == "adjust":
            mean[single] = 0.0
        scale = fraction * count / np.maximum(count - 1.0, 1.0)
        if self.lonely == "average":
            scale = scale * len(count) / max(len(count) - int(single.sum()), 1)
        z -= mean[self.psu_stratum]  # in place: z is large, and a copy costs more than the sums
        z *= np.sqrt(scale)[self.psu_stratum, None]
        return z


def _sum_by(code: IntArray, values: FloatArray) -> FloatArray:
    """Sum the rows of `values` (n, k) by code -> (codes, k); `values` itself if nothing changes."""
    size = int(code.max(initial=-1)) + 1
    if size == len(code) and np.array_equal(code, np.arange(size)):
        return values
    if size == 1:
        return values.sum(axis=0, keepdims=True)
    return np.stack([np.bincount(code, column, size) for column in values.T], axis=1)


def _codes(values: ArrayLike | None, n: int, what: str) -> IntArray:
    """Number the distinct labels of a column from 0 on."""
    if values is None:
        return np.zeros(n, dtype=np.intp)
    series = pd.Series(np.asarray(values, dtype=object))
    if len(series) != n:
        raise ValueError(f"{what}: {len(series)} values for {n} weights")
    if series.isna().any():
        raise ValueError(f"{what}: {int(series.isna().sum())} respondents have none")
    return pd.factorize(series)[0].astype(np.intp)


def _population(values: ArrayLike | None, stratum: IntArray, psu_count: IntArray) -> FloatArray:
    """Collect N_h per stratum from one value per respondent."""
    size = len(psu_count)
    if values is None:
        return np.full(size, np.inf)
    column = np.broadcast_to(np.asarray(values, dtype=float), stratum.shape)
    out = np.zeros(size)
    out[stratum] = column
    if np.any(out[stratum] != column):
        raise ValueError("population: more than one size N_h within a stratum")
    if not np.all(out >= psu_count):
        raise ValueError("population: a stratum has fewer people N_h than were sampled")
    return out


def survey_design(
    weights: ArrayLike,
    *,
    strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    population: ArrayLike | None = None,
    lonely: Lonely = "fail",
    random: bool = True,
) -> SurveyDesign:
    """Describe a sample.

    Args:
        weights: (n,) weights: N_h/n_h, or ones.
        strata: (n,) stratum labels; None for a single stratum.
        clusters: (n,) PSU labels; None when every row is another person. For the same people in
            two years give the person's id.
        population: (n,) PSUs in the population of the respondent's stratum (N_h), or one number;
            None for no finite population correction.
        lonely: see `SurveyDesign`.
        random: False where people chose to answer (an open survey).

    Raises:
        ValueError: missing labels, weights that are not positive, a PSU in two strata, N_h that
            differs within a stratum or is below n_h.
    """
    w = np.asarray(weights, dtype=float)
    if w.ndim != 1 or not np.all(np.isfinite(w) & (w > 0)):
        raise ValueError("weights must be a column of positive numbers")
    if lonely not in get_args(Lonely):
        raise ValueError(f"lonely must be one of {get_args(Lonely)}")
    stratum = _codes(strata, len(w), "strata")
    own = np.arange(len(w), dtype=np.intp)
    cluster = own if clusters is None else _codes(clusters, len(w), "clusters")
    pairs = len(np.unique(np.stack([stratum, cluster]), axis=1).T) if len(w) else 0
    if pairs > len(np.unique(cluster)):
        raise ValueError("the same PSU is in two strata; leave out the strata or cross them less")
    bare = SurveyDesign(w, stratum, cluster, np.full(len(np.unique(stratum)), np.inf), lonely)
    sizes = _population(population, stratum, bare.psu_count)
    return SurveyDesign(w, stratum, cluster, sizes, lonely, random=random)
