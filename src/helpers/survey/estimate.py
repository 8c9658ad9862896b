"""Estimates of many measures in many domains, with their one covariance matrix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.survey import interval
from helpers.survey.calibration import FloatArray
from helpers.survey.design import SurveyDesign
from helpers.survey.influence import Means, means
from helpers.survey.measure import Measure, mean

Key = tuple[str, str, str]
Domains = Mapping[tuple[str, str], ArrayLike]
TOTAL = ("total", "total")
KEYS = ["measure", "breakdown", "group"]


@dataclass(frozen=True)
class Contrast:
    """A linear combination cᵀθ of estimates, with its standard error √(cᵀVc)."""

    estimate: float
    se: float
    df: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, eq=False)
class Estimates:
    """Estimates and the covariance of every one with every other.

    Attributes:
        frame: one row a number: measure, breakdown, group, n (unweighted base), n_min (smallest
            base of the questions), estimate, se, df, low, high, deff (design effect: the variance
            over that of a simple random sample of n; NaN for sums and where all are alike).
        covariance: (rows, rows), in the order of `frame`.
        df: degrees of freedom of the design, used for contrasts.
        level: confidence level of the intervals.
    """

    frame: pd.DataFrame
    covariance: FloatArray
    df: float
    level: float = 0.95

    def contrast(self, coefficients: Mapping[Key, float]) -> Contrast:
        """Return Σ c·θ for (measure, breakdown, group) -> c, e.g. group +1 and rest −1.

        Raises:
            KeyError: a key that was not estimated.
        """
        at = [self.position[key] for key in coefficients]
        c = np.array(list(coefficients.values()), dtype=float)
        value = float(c @ self.frame["estimate"].to_numpy()[at])
        se = float(np.sqrt(max(c @ self.covariance[np.ix_(at, at)] @ c, 0.0)))
        low, high = interval.t_interval(value, se, self.df, self.level)
        p = float(interval.p_value(value, se, self.df))
        return Contrast(value, se, self.df, float(low), float(high), p)

    def row(self, measure: str, breakdown: str = "total", group: str = "total") -> pd.Series:
        """Return one row of the frame.

        Raises:
            KeyError: not estimated.
        """
        return self.frame.iloc[self.position[measure, breakdown, group]]

    @cached_property
    def position(self) -> dict[Key, int]:
        """Return (measure, breakdown, group) -> row of `frame` and of `covariance`."""
        keys = self.frame[KEYS].itertuples(index=False, name=None)
        return {key: i for i, key in enumerate(keys)}


def estimate(
    measures: Mapping[str, Measure | ArrayLike],
    design: SurveyDesign,
    domains: Domains | None = None,
    *,
    df: Literal["domain", "design"] = "domain",
    level: float = 0.95,
) -> Estimates:
    """Estimate every measure in every domain, with all covariances, in one pass.

    Args:
        measures: name -> measure; a bare (n,) array is a mean of its values.
        design: the sample; all arrays have its n rows, none filtered beforehand.
        domains: (breakdown, group) -> (n,) mask; the total is always added.
        df: "domain" PSUs − strata within the domain (small groups; the default), or "design"
            as R's `svymean` on a subset.
        level: confidence level.

    Returns:
        Rows ordered by measure, then domain in the order given, the total first. Intervals:
        shares Korn–Graubard with n_eff ≤ n; nets adjusted Wald when the base is under 100 or
        everybody answers alike, else t; means and sums t; all clipped to what is possible.

    Raises:
        ValueError: lengths differ, or see `SurveyDesign.covariance`.
    """
    ready, keys, table = prepare(measures, len(design), domains)
    found = means(design.weights, list(ready.values()), table)
    degrees = design.domain_df(table) if df == "domain" else np.full(len(keys), float(design.df))
    covariance = design.covariance(found.influence)
    ends = (degrees, float(design.df), level)
    estimates = assemble(ready, keys, found, covariance, ends)
    return estimates if design.random else _without_errors(estimates)


def _without_errors(found: Estimates) -> Estimates:
    """The numbers alone: of people who chose to answer no sampling error can be stated."""
    nothing = dict.fromkeys(("se", "low", "high", "deff"), np.nan)
    return replace(
        found,
        frame=found.frame.assign(**nothing),
        covariance=np.full_like(found.covariance, np.nan),
    )


def prepare(
    measures: Mapping[str, Measure | ArrayLike], n: int, domains: Domains | None
) -> tuple[dict[str, Measure], list[tuple[str, str]], FloatArray]:
    """Check shapes; return the measures, the domain keys with the total first, and (n, g) 0/1."""
    found = {k: m if isinstance(m, Measure) else mean(m) for k, m in measures.items()}
    masks: dict[tuple[str, str], ArrayLike] = {TOTAL: np.ones(n), **(domains or {})}
    columns = {key: np.asarray(mask, dtype=bool) for key, mask in masks.items()}
    sizes = {len(m.values) for m in found.values()} | {len(c) for c in columns.values()}
    if sizes != {n}:
        raise ValueError(f"measures and domains must have the design's {n} rows, not {sizes}")
    return found, list(columns), np.stack(list(columns.values()), axis=1).astype(float)


def assemble(
    measures: Mapping[str, Measure],
    keys: list[tuple[str, str]],
    found: Means,
    covariance: FloatArray,
    ends: tuple[FloatArray, float, float],
) -> Estimates:
    """Put point estimates, covariance and intervals together; empty bases become NaN.

    Args:
        measures: name -> measure.
        keys: (breakdown, group) of the g domains.
        found: the m·g means.
        covariance: (m·g, m·g).
        ends: (g,) df of the domains, df of the design, confidence level.
    """
    domain_df, design_df, level = ends
    missing = np.isnan(found.estimate)
    covariance = covariance.copy()
    covariance[missing, :] = np.nan
    covariance[:, missing] = np.nan
    frame = pd.DataFrame([(name, *key) for name in measures for key in keys], columns=KEYS)
    frame["n"] = found.n.astype(int)
    frame["n_min"] = found.n_min.astype(int)
    frame["estimate"] = found.estimate
    frame["se"] = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    frame["df"] = np.tile(domain_df, len(measures))
    one = np.repeat([m.values.shape[1] == 1 for m in measures.values()], len(keys))
    scale = np.repeat([m.scale for m in measures.values()], len(keys))
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = found.second - (found.estimate / scale) ** 2
        simple = np.where(one & (spread > 1e-12), scale**2 * spread / found.n, np.nan)
        frame["deff"] = frame["se"] ** 2 / simple
    frame["low"], frame["high"] = _intervals(frame, list(measures.values()), found, level)
    return Estimates(frame, covariance, design_df, level)


def _intervals(
    frame: pd.DataFrame, measures: list[Measure], found: Means, level: float
) -> interval.Interval:
    """Choose the interval by kind and base (methods 1.5), unscaled, then scale."""
    g = len(frame) // len(measures)
    scale = np.repeat([m.scale for m in measures], g)
    kind = np.repeat([m.kind for m in measures], g)
    lowest = np.repeat([m.limits[0] for m in measures], g)
    highest = np.repeat([m.limits[1] for m in measures], g)
    value, se = frame["estimate"].to_numpy() / scale, frame["se"].to_numpy() / np.abs(scale)
    alike = ~(se**2 > 1e-20)
    with np.errstate(invalid="ignore", divide="ignore"):
        base = frame["n"].to_numpy(dtype=float)
        n_eff = np.where(alike, found.kish, (found.second - value**2) / se**2)
        low, high = interval.t_interval(value, se, frame["df"], level, (lowest, highest))
        low, high = np.where(alike, np.nan, low), np.where(alike, np.nan, high)
        up, down = (found.second + value) / 2, (found.second - value) / 2
        nets = interval.adjusted_wald(n_eff * up, n_eff * down, n_eff, level)
        most = np.where(alike, found.kish, base)
        error = np.where(alike, 0.0, se)
        shares = interval.korn_graubard(value, error, base, frame["df"], level, most)
    adjusted = (kind == "net") & (alike | (base < interval.SMALL))
    ends = []
    for plain, of_net, of_share in zip((low, high), nets, shares, strict=True):
        chosen = np.where(kind == "share", of_share, np.where(adjusted, of_net, plain))
        ends.append(chosen * scale)
    return ends[0], ends[1]
