"""Reference code: tests of classes × group, Rao–Scott for survey data, Pearson for plain counts.

Nothing in the package calls it; it holds the covariance of a design against R's `svychisq`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.survey.calibration import FloatArray
from helpers.survey.design import SurveyDesign


@dataclass(frozen=True)
class Association:
    """Result of a test of independence.

    Attributes:
        f: Rao–Scott F statistic (second-order correction), the one to print.
        ndf: its numerator degrees of freedom.
        ddf: its denominator degrees of freedom.
        p: its p-value.
        chi2: Pearson's statistic on the weighted shares × all respondents of the design, answered
            or not (R's convention; its size alone means nothing, F and p do not depend on it).
        df: (rows − 1)(columns − 1).
        p_chi2: its p by the first-order correction, chi2 / mean design effect against χ².
    """

    f: float
    ndf: float
    ddf: float
    p: float
    chi2: float
    df: int
    p_chi2: float


def _table(rows: ArrayLike, columns: ArrayLike) -> tuple[FloatArray, int, int]:
    """Return (n, r·c) 0/1 cell membership; all zero where either answer is missing."""
    a, a_classes = pd.factorize(pd.Series(np.asarray(rows, dtype=object)))
    b, b_classes = pd.factorize(pd.Series(np.asarray(columns, dtype=object)))
    nr, nc = len(a_classes), len(b_classes)
    if min(nr, nc) < 2:
        raise ValueError("a test of independence needs at least two rows and two columns")
    cell = np.where((a >= 0) & (b >= 0), a * nc + b, -1)
    return (cell[:, None] == np.arange(nr * nc)).astype(float), nr, nc


def rao_scott(rows: ArrayLike, columns: ArrayLike, design: SurveyDesign) -> Association:
    """Test independence of two classifications with the design's covariance.

    Rao and Scott 1984 (Ann. Statist. 12), second-order corrected; R's `svychisq` with "F" and
    "Chisq". Respondents with either answer missing stay in the design, outside the base.

    Args:
        rows: (n,) classes, None/NaN where missing.
        columns: (n,) groups, None/NaN where missing.
        design: the sample.

    Raises:
        ValueError: fewer than two rows or columns.
    """
    cells, nr, nc = _table(rows, columns)
    base = cells.sum(axis=1)
    size = float(design.weights @ base)
    p = design.weights @ cells / size
    covariance = design.covariance((cells - p * base[:, None]) / size)
    n = float(len(design))
    table = p.reshape(nr, nc)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0))
    chi2 = float(n * np.sum((table - expected) ** 2 / expected))
    inverse = np.where(p > 0, 1.0 / np.where(p > 0, p, 1.0), 0.0)
    c = _interactions(nr, nc)
    simple = c.T @ (inverse[:, None] / n * c)
    actual = (inverse[:, None] * c).T @ covariance @ (inverse[:, None] * c)
    delta = np.linalg.solve(simple, actual)
    trace, trace2 = float(np.trace(delta)), float(np.trace(delta @ delta))
    ndf = trace**2 / trace2
    ddf = ndf * design.df
    f = chi2 / trace
    df = (nr - 1) * (nc - 1)
    from scipy import special

    p_chi2 = float(special.chdtrc(df, f * df))
    return Association(f, ndf, ddf, float(special.fdtrc(ndf, ddf, f)), chi2, df, p_chi2)


def _interactions(nr: int, nc: int) -> FloatArray:
    """Return (r·c, (r−1)(c−1)) contrasts orthogonal to the main effects."""
    full = np.kron(np.eye(nr)[:, 1:], np.eye(nc)[:, 1:])
    rows, columns = np.kron(np.eye(nr), np.ones((nc, 1))), np.kron(np.ones((nr, 1)), np.eye(nc))
    main = np.hstack([rows, columns[:, 1:]])
    return full - main @ np.linalg.lstsq(main, full, rcond=None)[0]


def pearson(rows: ArrayLike, columns: ArrayLike) -> tuple[float, int, float]:
    """Return Pearson's χ², its degrees of freedom and p, on unweighted counts.

    For comparison only: it takes a weighted, stratified sample for a simple one.

    Raises:
        ValueError: fewer than two rows or columns.
    """
    cells, nr, nc = _table(rows, columns)
    counts = cells.sum(axis=0).reshape(nr, nc)
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    chi2 = float(np.sum((counts - expected) ** 2 / expected))
    df = (nr - 1) * (nc - 1)
    from scipy import special

    return chi2, df, float(special.chdtrc(df, chi2))
