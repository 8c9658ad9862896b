"""Calibration: weights that reproduce the register's margins, as a distance problem.

Raking on margins and post-stratification are the same problem (Deville and Särndal 1992, JASA 87):
find the weights nearest to the base weights whose margins are the register's. The factor of a
person depends only on the person's cell (the combination of classes), so everything is solved on
the few cells and not on the people: a thousand replicates at once cost little more than one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
Method = Literal["raking", "linear"]

MAX_ROUNDS = 100
TOLERANCE = 1e-12  # of the population, on every margin; one more Newton round follows


@dataclass(frozen=True)
class Margin:
    """One margin of the register: which class each respondent is in, and how many people are.

    Attributes:
        classes: (n,) class of each respondent; None or NaN where it is not known (sex 無回答).
        totals: class -> persons in the register, same date and age limits as the survey.
    """

    classes: ArrayLike
    totals: Mapping[str, float]

    def codes(self) -> IntArray:
        """Return (n,) positions of the classes in `totals`, −1 where unknown.

        Raises:
            ValueError: a class is not in the register, or a class has no respondent.
        """
        labels = np.asarray(self.classes, dtype=object)
        known = ~pd.isna(labels)
        names = list(self.totals)
        codes = pd.Index(names, dtype=object).get_indexer(pd.Index(labels))
        strange = sorted({str(x) for x in labels[known & (codes < 0)]})
        if strange:
            raise ValueError(f"classes without a register total: {', '.join(strange)}")
        present = np.bincount(codes[codes >= 0], minlength=len(names)) > 0
        empty = [label for label, there in zip(names, present, strict=True) if not there]
        if empty:
            raise ValueError(f"classes without a respondent, merge them first: {', '.join(empty)}")
        return codes.astype(np.intp)


@dataclass(frozen=True, eq=False)
class Calibration:
    """A solved calibration, kept with the design because the variance needs it.

    Attributes:
        base: (n,) weights before calibration.
        cell: (n,) cell of each respondent.
        matrix: (cells, p) auxiliary variables: 1, and per margin `known · (1[class k] − share k)`.
        totals: (p,) what the weighted sums must be: the population, then zeros.
        method: "raking" (weights stay positive) or "linear" (GREG).
    """

    base: FloatArray
    cell: IntArray
    matrix: FloatArray
    totals: FloatArray
    method: Method

    def weights(self, base: FloatArray | None = None) -> FloatArray:
        """Calibrate base weights: this design's own, or (n, R) replicates of them.

        Raises:
            ValueError: the margins cannot be reached (a class is empty in some replicate).
        """
        start = self.base if base is None else base
        table = start.reshape(len(self.cell), -1)
        cells = np.zeros((len(self.matrix), table.shape[1]))
        order = np.argsort(self.cell, kind="stable")
        first = np.searchsorted(self.cell[order], np.arange(len(self.matrix)))
        cells[:] = np.add.reduceat(table[order], first, axis=0)
        solve = _raking_factors if self.method == "raking" else _linear_factors
        factors = solve(cells.T, self.matrix, self.totals).T
        return (table * factors[self.cell]).reshape(start.shape)

    def residual(self, influence: FloatArray) -> FloatArray:
        """Return e = u − X(XᵀdX)⁻¹Xᵀdu over the whole sample, for influence values u (n, k).

        What the calibration explains has no sampling variance left; d are the base weights
        (methods 1.7; the same as R's `svyrecvar` for a calibrated design).
        """
        x = self.matrix[self.cell]
        dx = self.base[:, None] * x
        coefficients = np.linalg.solve(dx.T @ x, dx.T @ influence)
        return influence - x @ coefficients


def solve_calibration(
    base: FloatArray, margins: Sequence[Margin], method: Method = "raking"
) -> Calibration:
    """Set up the calibration of `base` weights to margins.

    Where a class is unknown (sex 無回答) the margin is held among those whose class is known:
    `Σ_known w (1[class k] − share_k) = 0`, a calibration equation with total zero. Raw totals
    with such people left out would contradict the other margins (methods 1.7).

    Args:
        base: (n,) weights before calibration.
        margins: one or more margins; a single margin of crossed cells is post-stratification.
        method: distance; see `Calibration`.

    Raises:
        ValueError: margins of different population size, unknown or empty classes.
    """
    codes = np.stack([m.codes() for m in margins], axis=1)
    if len(codes) != len(base):
        raise ValueError(f"{len(codes)} classes for {len(base)} weights")
    sizes = np.array([sum(m.totals.values()) for m in margins], dtype=float)
    if np.any(np.abs(sizes - sizes[0]) > 1e-9 * sizes[0]):
        raise ValueError(f"margins add up to different populations: {sizes.tolist()}")
    radix = np.cumprod([1, *(len(m.totals) + 1 for m in margins[:-1])])
    _, first, cell = np.unique((codes + 1) @ radix, return_index=True, return_inverse=True)
    cells = codes[first]
    columns = [np.ones(len(cells))]
    for j, margin in enumerate(margins):
        shares = np.array(list(margin.totals.values()), dtype=float) / sizes[j]
        known = cells[:, j] >= 0
        columns += [known * ((cells[:, j] == k) - shares[k]) for k in range(1, len(shares))]
    totals = np.zeros(len(columns))
    totals[0] = sizes[0]
    return Calibration(base, cell.reshape(-1), np.stack(columns, axis=1), totals, method)


def _hessian(weights: FloatArray, matrix: FloatArray) -> FloatArray:
    """XᵀWX for every replicate: weights (R, cells), matrix (cells, p) -> (R, p, p)."""
    p = matrix.shape[1]
    products = (matrix[:, :, None] * matrix[:, None, :]).reshape(len(matrix), -1)
    return np.asarray((weights @ products).reshape(-1, p, p))


def _newton_step(weights: FloatArray, gap: FloatArray, matrix: FloatArray) -> FloatArray:
    try:
        step = np.linalg.solve(_hessian(weights, matrix), gap[..., None])[..., 0]
    except np.linalg.LinAlgError as error:
        raise ValueError(
            "the margins cannot be reached: a class is empty, or two margins divide the "
            "respondents alike; merge classes or leave a margin out"
        ) from error
    return np.asarray(step, dtype=float)


def _linear_factors(base: FloatArray, matrix: FloatArray, totals: FloatArray) -> FloatArray:
    """Return g = 1 + Xλ, closed form; base (R, cells) -> factors (R, cells)."""
    return 1.0 + _newton_step(base, totals - base @ matrix, matrix) @ matrix.T


def _raking_factors(base: FloatArray, matrix: FloatArray, totals: FloatArray) -> FloatArray:
    """Return g = exp(Xλ) by Newton's method with bounded steps; base (R, cells) -> factors."""
    multipliers = np.zeros((len(base), matrix.shape[1]))
    multipliers[:, 0] = np.log(totals[0] / base.sum(axis=1))
    last = False
    for _ in range(MAX_ROUNDS):
        weights = base * np.exp(multipliers @ matrix.T)
        gap = totals - weights @ matrix
        step = _newton_step(weights, gap, matrix)
        size = np.abs(step @ matrix.T).max(axis=1, keepdims=True)
        multipliers += step * np.minimum(1.0, 2.0 / np.maximum(size, 1e-300))
        if last:
            return np.exp(multipliers @ matrix.T)
        last = bool(np.abs(gap).max() <= TOLERANCE * totals[0])
    raise ValueError("raking did not converge: the margins contradict each other or are too thin")
