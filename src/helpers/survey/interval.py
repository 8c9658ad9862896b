"""Confidence intervals, each for arrays of numbers: shares, nets, means (methods 1.5).

scipy's special functions take a second to import, so each function that needs one asks for it.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from helpers.survey.calibration import FloatArray

Interval = tuple[FloatArray, FloatArray]
SMALL = 100  # base below which a net gets the adjusted Wald interval


def quantile(level: float, df: ArrayLike = np.inf) -> FloatArray:
    """Return the two-sided t quantile (normal for df = inf; NaN for df < 1)."""
    degrees = np.asarray(df, dtype=float)
    if np.isinf(degrees).all():
        return np.full(degrees.shape, normal_quantile(level))
    from scipy import special

    finite = np.where(np.isfinite(degrees) & (degrees >= 1), degrees, 1.0)
    t = special.stdtrit(finite, 0.5 + level / 2)
    t = np.where(np.isinf(degrees), normal_quantile(level), t)
    return np.where(degrees >= 1, t, np.nan)


def normal_quantile(level: float) -> float:
    """Return the two-sided quantile of the normal distribution."""
    return NormalDist().inv_cdf(0.5 + level / 2)


def p_value(estimate: ArrayLike, se: ArrayLike, df: ArrayLike) -> FloatArray:
    """Return the two-sided p of estimate/se against t with `df` degrees of freedom."""
    from scipy import special

    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.asarray(estimate, dtype=float) / np.asarray(se, dtype=float)
    return np.asarray(2.0 * special.stdtr(np.asarray(df, dtype=float), -np.abs(ratio)))


def binomial_p(p: ArrayLike, n: ArrayLike, known: ArrayLike) -> FloatArray:
    """Return the two-sided exact binomial p of the (effective) count p·n at a known share.

    Twice the smaller tail (Clopper and Pearson 1934); counts may be fractional.
    """
    from scipy import special

    size, at = np.asarray(n, dtype=float), np.asarray(known, dtype=float)
    x = np.asarray(p, dtype=float) * size
    with np.errstate(invalid="ignore"):
        above = np.where(x <= 0, 1.0, special.betainc(np.maximum(x, 1e-300), size - x + 1, at))
        below = np.where(
            x >= size, 1.0, 1 - special.betainc(x + 1, np.maximum(size - x, 1e-300), at)
        )
    return np.asarray(np.minimum(1.0, 2 * np.minimum(above, below)))


def t_interval(
    estimate: ArrayLike,
    se: ArrayLike,
    df: ArrayLike = np.inf,
    level: float = 0.95,
    limits: tuple[ArrayLike, ArrayLike] = (-np.inf, np.inf),
) -> Interval:
    """Return estimate ± t·se, clipped to `limits`."""
    middle, half = np.asarray(estimate, dtype=float), quantile(level, df) * np.asarray(se)
    low, high = (np.clip(x, limits[0], limits[1]) for x in (middle - half, middle + half))
    return low, high


def adjusted_wald(
    positive: ArrayLike, negative: ArrayLike, n: ArrayLike, level: float = 0.95
) -> Interval:
    """Return the adjusted Wald interval of a net: n + 3, +¾ on either side (Rocks 2016).

    Args:
        positive: answers counted +1 (n_eff · share when weighted).
        negative: answers counted −1.
        n: base (n_eff when weighted).
        level: confidence level.
    """
    size = np.asarray(n, dtype=float) + 3.0
    up = (np.asarray(positive, dtype=float) + 0.75) / size
    down = (np.asarray(negative, dtype=float) + 0.75) / size
    se = np.sqrt((up + down - (up - down) ** 2) / size)
    return t_interval(up - down, se, np.inf, level, (-1.0, 1.0))


def wilson(p: ArrayLike, n: ArrayLike, level: float = 0.95) -> Interval:
    """Return Wilson's score interval (1927) of a share; `n` is n_eff = p(1−p)/Var(p) if weighted.

    Shares of 0 and 1 work: give the (effective) base.
    """
    share, size = np.asarray(p, dtype=float), np.asarray(n, dtype=float)
    z2 = normal_quantile(level) ** 2
    centre = (share + z2 / (2 * size)) / (1 + z2 / size)
    half = np.sqrt(z2 * (share * (1 - share) / size + z2 / (4 * size**2))) / (1 + z2 / size)
    low = np.where(share == 0, 0.0, np.maximum(centre - half, 0.0))
    high = np.where(share == 1, 1.0, np.minimum(centre + half, 1.0))
    return np.where(np.isnan(share), np.nan, low), np.where(np.isnan(share), np.nan, high)


def clopper_pearson(count: ArrayLike, n: ArrayLike, level: float = 0.95) -> Interval:
    """Return the exact interval (1934) of count/n; both may be fractional (effective)."""
    x, size = np.asarray(count, dtype=float), np.asarray(n, dtype=float)
    from scipy import special

    tail = (1 - level) / 2
    low = special.betaincinv(np.maximum(x, 1e-300), size - x + 1, tail)
    high = special.betaincinv(x + 1, np.maximum(size - x, 1e-300), 1 - tail)
    return np.where(x <= 0, 0.0, low), np.where(x >= size, 1.0, high)


def korn_graubard(
    p: ArrayLike,
    se: ArrayLike,
    n: ArrayLike,
    df: ArrayLike,
    level: float = 0.95,
    most: ArrayLike = np.inf,
) -> Interval:
    """Return the conservative interval of a weighted share (Korn and Graubard 1998).

    Clopper–Pearson with n_eff = p(1−p)/se², times (t_{n−1}/t_df)²; R's `svyciprop("beta")`.
    A share of 0 or 1 (se = 0) falls back on the base itself.

    Args:
        p: shares, 0 … 1.
        se: their standard errors.
        n: unweighted bases.
        df: degrees of freedom.
        level: confidence level.
        most: what n_eff may be at most. The variance of a rare answer is itself estimated of few
            people, and is by chance often too small: what is published has most = n, or the
            base that unequal weights leave (NCHS, Vital and Health Statistics 2/175, 2017).
    """
    share, error, base = (np.asarray(x, dtype=float) for x in (p, se, n))
    with np.errstate(invalid="ignore", divide="ignore"):
        n_eff = np.where(error > 0, share * (1 - share) / error**2, base)
    n_eff = np.minimum(n_eff * (quantile(level, base - 1) / quantile(level, df)) ** 2, most)
    return clopper_pearson(n_eff * share, n_eff, level)
