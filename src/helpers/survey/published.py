"""The error of nets when only printed shares are known, without microdata (methods 1.1, 1.2, 1.4).

The covariance between questions is not in a printed table: give the range from uncorrelated to
perfectly correlated, or one assumed correlation, and say which.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from helpers.survey.calibration import FloatArray


def net_variance(positive: ArrayLike, negative: ArrayLike, n: ArrayLike) -> FloatArray:
    """Return Var(D) = [T + B − (T−B)²]/n, not Var(T) + Var(B), of a simple random sample.

    Args:
        positive: share T (0–1).
        negative: share B (0–1).
        n: base.
    """
    t, b = np.asarray(positive, dtype=float), np.asarray(negative, dtype=float)
    return np.asarray((t + b - (t - b) ** 2) / np.asarray(n, dtype=float))


def sum_se(variances: Sequence[float], correlation: float) -> float:
    """Return the SE of a sum whose terms all correlate alike: √(ΣV + 2ρ Σ √V_q √V_r).

    Args:
        variances: Var(D_q) of each question.
        correlation: assumed ρ between any two; 0.35 in methods 1.4. State it beside the figure.

    Raises:
        ValueError: a correlation that is not possible.
    """
    roots = np.sqrt(np.asarray(variances, dtype=float))
    if not -1.0 / max(len(roots) - 1, 1) <= correlation <= 1.0:
        raise ValueError(f"correlation {correlation} is not possible for {len(roots)} questions")
    squares = float(np.sum(roots**2))
    return float(np.sqrt((1 - correlation) * squares + correlation * float(np.sum(roots)) ** 2))


def sum_se_range(variances: Sequence[float]) -> tuple[float, float]:
    """Return the SE of a sum, uncorrelated and perfectly correlated: [√ΣV, Σ√V]."""
    return sum_se(variances, 0.0), sum_se(variances, 1.0)
