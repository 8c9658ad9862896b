"""Means and their influence values, for many measures and domains at once.

`D = Σ w δ y / Σ w δ` over those in the base, `u_i = δ_i (y_i − D) / Σ w δ` (methods 1.2):
the linearised ratio (Särndal, Swensson and Wretman 1992, ch. 5). A measure of several columns
is the sum of its columns' means, and its influence the sum of their influences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from helpers.survey.calibration import FloatArray
from helpers.survey.measure import Measure


@dataclass(frozen=True, eq=False)
class Means:
    """Means of m measures in g domains, flattened measure by measure to r = m·g rows.

    Attributes:
        estimate: (r,) estimates, scaled; NaN where a base is empty.
        influence: (n, r) influence values, scaled; zero outside the base.
        second: (r,) mean square of the values (for shares and nets), unscaled.
        n: (r,) unweighted base; for several columns the persons in the domain with any answer.
        n_min: (r,) smallest unweighted base of the columns; the base disclosure control looks at.
        kish: (r,) Kish's effective base (Σw)²/Σw² of the smallest column.
    """

    estimate: FloatArray
    influence: FloatArray
    second: FloatArray
    n: FloatArray
    n_min: FloatArray
    kish: FloatArray


def means(weights: FloatArray, measures: Sequence[Measure], domains: FloatArray) -> Means:
    """Estimate every measure in every domain.

    Args:
        weights: (n,) final weights.
        measures: m measures on the same n respondents.
        domains: (n, g) 0/1 membership.
    """
    n, g = domains.shape
    influence = np.zeros((n, len(measures) * g))
    parts = [
        _one(weights, measure, domains, influence[:, i * g : (i + 1) * g])
        for i, measure in enumerate(measures)
    ]
    estimate, second, bases, n_min, kish = (np.concatenate(x) for x in zip(*parts, strict=True))
    return Means(estimate, influence, second, bases, n_min, kish)


def _one(
    weights: FloatArray, measure: Measure, domains: FloatArray, influence: FloatArray
) -> tuple[FloatArray, ...]:
    """Write one measure's influence values (n, g) in place; return its other numbers, (g,) each."""
    known = (~np.isnan(measure.values)).astype(float)
    values = np.where(known > 0, measure.values, 0.0)
    w = weights[:, None]
    size = (w * known).T @ domains  # (k, g) weighted bases
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = ((w * values).T @ domains) / size
        second = ((w * values**2).T @ domains) / size
        kish = size**2 / ((w**2 * known).T @ domains)
        per_unit = np.where(size > 0, measure.scale / size, 0.0)
    for j in range(values.shape[1]):
        part = values[:, j, None] - np.nan_to_num(mean[j])
        part *= known[:, j, None] * per_unit[j]
        part *= domains
        influence += part
    base = known.T @ domains
    anyone = known.max(axis=1) @ domains
    estimate = measure.scale * mean.sum(axis=0)
    return estimate, second.sum(axis=0), anyone, base.min(axis=0), kish.min(axis=0)
