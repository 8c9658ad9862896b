"""Comparisons: between years, between a group and the rest, many at once (methods 1.6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.survey import interval
from helpers.survey.calibration import FloatArray
from helpers.survey.design import SurveyDesign
from helpers.survey.estimate import KEYS, Contrast, Domains, Estimates, estimate
from helpers.survey.measure import Measure, mean

Measures = Mapping[str, Measure | ArrayLike]


def change(before: Estimates, after: Estimates) -> pd.DataFrame:
    """Compare two independent samples: Δ ± t √(SE₁² + SE₂²), df added.

    Never read the overlap of two intervals instead: it is too conservative. For the same people
    in both years use `panel_change`.

    Returns:
        Frame measure, breakdown, group, before, after, change, se, df, low, high, p; only the
        rows estimated in both years, in the order of `after`.
    """
    columns = [*KEYS, "estimate", "se"]
    both = after.frame[columns].merge(
        before.frame[columns], on=KEYS, how="inner", suffixes=("_after", "_before")
    )
    out = both[KEYS].copy()
    out["before"], out["after"] = both["estimate_before"], both["estimate_after"]
    out["change"] = out["after"] - out["before"]
    out["se"] = np.hypot(both["se_before"], both["se_after"])
    out["df"] = before.df + after.df
    out["low"], out["high"] = interval.t_interval(out["change"], out["se"], out["df"], after.level)
    out["p"] = interval.p_value(out["change"], out["se"], out["df"])
    return out


def panel_change(
    measures: Measures,
    design: SurveyDesign,
    *,
    period: ArrayLike,
    before: object,
    after: object,
    domains: Domains | None = None,
) -> pd.DataFrame:
    """Compare two years of a panel: the years stacked, PSU = person, covariance kept.

    Args:
        measures: name -> measure on the stacked rows.
        design: the stacked design, with `clusters` = person id and no stratum that splits a
            person's years.
        period: (n,) year of each row.
        before: earlier year.
        after: later year.
        domains: masks on the stacked rows.

    Returns:
        The same frame as `change`.
    """
    years = np.asarray(period)
    split: dict[tuple[str, int], Measure] = {}
    for name, given in measures.items():
        measure = given if isinstance(given, Measure) else mean(given)
        split[name, 0] = measure.where(years == before)
        split[name, 1] = measure.where(years == after)
    found = estimate({f"{i} {name}": m for (name, i), m in split.items()}, design, domains)
    rows = []
    keys = found.frame[["breakdown", "group"]].drop_duplicates().itertuples(index=False, name=None)
    pairs = list(keys)
    for name in measures:
        for key in pairs:
            old, new = (f"0 {name}", *key), (f"1 {name}", *key)
            ends = [float(found.row(*k)["estimate"]) for k in (old, new)]
            c = found.contrast({new: 1.0, old: -1.0})
            rows.append((name, *key, *ends, c.estimate, c.se, c.df, c.low, c.high, c.p))
    names = [*KEYS, "before", "after", "change", "se", "df", "low", "high", "p"]
    return pd.DataFrame(rows, columns=names)


def against_rest(
    measures: Measures, design: SurveyDesign, domains: Domains, adjust: str = "holm"
) -> pd.DataFrame:
    """Compare each group with the rest (the other groups of its breakdown), p-values adjusted.

    Not with 全体, which contains the group. The family of the adjustment is the whole table:
    every measure × group given. Leave out groups with a base under 30 (methods 1.9).

    Args:
        measures: name -> measure.
        design: the sample.
        domains: (breakdown, group) -> mask.
        adjust: "holm" (default), "bh" or "bonferroni".

    Returns:
        Frame measure, breakdown, group, n, difference, se, df, low, high, p, p_adjusted.
    """
    masks = {key: np.asarray(mask, dtype=bool) for key, mask in domains.items()}
    union = {b: np.any([m for k, m in masks.items() if k[0] == b], axis=0) for b, _ in masks}
    rest = {(f"rest of {b}", g): union[b] & ~mask for (b, g), mask in masks.items()}
    found = estimate(measures, design, {**masks, **rest})
    rows = []
    for name in measures:
        for b, g in masks:
            c: Contrast = found.contrast({(name, b, g): 1.0, (name, f"rest of {b}", g): -1.0})
            n = int(found.row(name, b, g)["n"])
            rows.append((name, b, g, n, c.estimate, c.se, c.df, c.low, c.high, c.p))
    names = [*KEYS, "n", "difference", "se", "df", "low", "high", "p"]
    frame = pd.DataFrame(rows, columns=names)
    frame["p_adjusted"] = ADJUSTMENTS[adjust](frame["p"].to_numpy())
    return frame


def bonferroni(p: FloatArray) -> FloatArray:
    """Multiply (m,) p-values by their number; NaN stays NaN and is not counted."""
    return np.minimum(1.0, p * np.count_nonzero(~np.isnan(p)))


def holm(p: FloatArray) -> FloatArray:
    """Adjust (m,) p-values by Holm's step-down method (1979): family-wise error."""
    return _stepwise(p, lambda ranks, m: m - ranks + 1, down=True)


def benjamini_hochberg(p: FloatArray) -> FloatArray:
    """Adjust (m,) p-values by Benjamini and Hochberg (1995): false discovery rate."""
    return _stepwise(p, lambda ranks, m: m / ranks, down=False)


def _stepwise(
    p: FloatArray, factor: Callable[[FloatArray, int], FloatArray], *, down: bool
) -> FloatArray:
    out = np.full(len(p), np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    raw = p[order] * factor(np.arange(1.0, len(order) + 1), len(order))
    steps = np.maximum.accumulate(raw) if down else np.minimum.accumulate(raw[::-1])[::-1]
    out[order] = np.minimum(1.0, steps)
    return out


ADJUSTMENTS = {"holm": holm, "bh": benjamini_hochberg, "bonferroni": bonferroni}
