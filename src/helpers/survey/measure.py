"""What is measured: a share, a net, a mean score, or the sum of several nets.

A measure holds one value per respondent (or one per respondent and question); NaN means that the
respondent is not in the base of that question. Everything is a mean over the base, so every
measure has one influence value per person, whatever it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.bands import NEGATIVE, POSITIVE, VALID
from helpers.survey.calibration import FloatArray

Kind = Literal["share", "net", "mean", "sum"]
Base = Literal["item", "all", "complete"]


@dataclass(frozen=True, eq=False)
class Measure:
    """A number to estimate: `scale` × the sum over k columns of each column's mean.

    Attributes:
        values: (n, k) values; NaN where the respondent is not in that column's base.
        kind: decides the interval (methods 1.5). "share": 0/1; "net": −1/0/+1; "mean", "sum".
        scale: factor of estimate, standard error and limits (100 × 万人 for mGAP).
        limits: smallest and largest possible value before scaling; intervals are clipped there.
    """

    values: FloatArray
    kind: Kind
    scale: float = 1.0
    limits: tuple[float, float] = (-np.inf, np.inf)

    def where(self, mask: ArrayLike) -> Measure:
        """Return the measure on the respondents of (n,) `mask` only; the rows stay."""
        keep = np.asarray(mask, dtype=bool)[:, None]
        return Measure(np.where(keep, self.values, np.nan), self.kind, self.scale, self.limits)

    def rows(self, mask: ArrayLike) -> Measure:
        """Return the measure for a separate sample: the rows of (n,) `mask`."""
        keep = np.asarray(mask, dtype=bool)
        return Measure(self.values[keep], self.kind, self.scale, self.limits)


def _numbers(answers: ArrayLike) -> FloatArray:
    """Turn a column of answers into floats, with NaN for no answer."""
    if isinstance(answers, pd.Series):
        return answers.to_numpy(dtype=float, na_value=np.nan)
    return np.asarray(answers, dtype=float)


def scores(
    answers: ArrayLike,
    positive: Collection[int] = POSITIVE,
    negative: Collection[int] = NEGATIVE,
    valid: Collection[int] = VALID,
) -> FloatArray:
    """Return (n,) scores s: +1 positive, −1 negative, 0 between, NaN 無回答 (methods 0.2).

    Raises:
        ValueError: an answer outside `valid`, or not a whole number (a 99 must not be scored).
    """
    x = _numbers(answers)
    known = ~np.isnan(x)
    if not np.isin(x[known], list(valid)).all():
        odd = sorted(set(x[known][~np.isin(x[known], list(valid))].tolist()))
        raise ValueError(f"answers outside {min(valid)}–{max(valid)}: {odd[:5]}")
    s = np.isin(x, list(positive)).astype(float) - np.isin(x, list(negative))
    return np.where(known, s, np.nan)


def share(answers: ArrayLike, codes: Collection[object]) -> Measure:
    """Measure the share whose answer is one of `codes`, among those who answered."""
    series = pd.Series(answers).astype(object)
    values = np.where(series.isna(), np.nan, series.isin(list(codes)).astype(float))
    return Measure(values.astype(float)[:, None], "share", limits=(0.0, 1.0))


def mean(answers: ArrayLike) -> Measure:
    """Measure the mean score, among those who answered."""
    return Measure(_numbers(answers)[:, None], "mean")


def net(
    answers: ArrayLike,
    positive: Collection[int] = POSITIVE,
    negative: Collection[int] = NEGATIVE,
    valid: Collection[int] = VALID,
) -> Measure:
    """Measure the net share (positive − negative; 修正NPS), among those who answered."""
    column = scores(answers, positive, negative, valid)
    return Measure(column[:, None], "net", limits=(-1.0, 1.0))


def net_sum(
    questions: pd.DataFrame | Mapping[str, ArrayLike],
    base: Base = "item",
    scorer: Callable[[ArrayLike], FloatArray] = scores,
) -> Measure:
    """Measure the sum of the nets of several questions, on one of three bases (methods 1.3).

    Args:
        questions: question -> (n,) answers.
        base: "item" each question among those who answered it (default); "all" everybody,
            無回答 counting 0; "complete" those who answered every question.
        scorer: answers -> scores; give another one for other cut points.
    """
    table = np.stack([scorer(answers) for _, answers in questions.items()], axis=1)
    if base == "all":
        table = np.nan_to_num(table, nan=0.0)
    elif base == "complete":
        table = np.where(np.isnan(table).any(axis=1, keepdims=True), np.nan, table)
    k = float(table.shape[1])
    return Measure(table, "sum", limits=(-k, k))


def mgap(
    questions: pd.DataFrame | Mapping[str, ArrayLike], population: float, base: Base = "item"
) -> Measure:
    """Measure mGAP = 100 × population (万人) × sum of nets, unrounded (methods 1.2)."""
    total = net_sum(questions, base)
    return Measure(total.values, "sum", 100.0 * population, total.limits)


def groups(frame: pd.DataFrame, columns: Collection[str]) -> dict[tuple[str, str], pd.Series]:
    """Return the domains (column, class) -> (n,) mask, in the order of the categories.

    Respondents whose class is not known are in no group of that column, and in the total.
    """
    out: dict[tuple[str, str], pd.Series] = {}
    for column in columns:
        values = frame[column]
        ordered = isinstance(values.dtype, pd.CategoricalDtype)
        classes = list(values.cat.categories) if ordered else sorted(values.dropna().unique())
        for label in classes:
            out[column, str(label)] = (values == label).fillna(False).astype(bool)
    return out
