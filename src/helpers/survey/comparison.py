"""Comparisons: between years, between a group and the rest, many at once (methods 1.6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.survey import interval
from helpers.survey.calibration import FloatArray
from helpers.survey.design import SurveyDesign
from helpers.survey.estimate import KEYS, Contrast, Domains, Estimates, estimate, prepare
from helpers.survey.influence import means
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
    names = [*KEYS, "n", "difference", "se", "df", "low", "high", "p"]
    if not measures or not domains:
        return pd.DataFrame(columns=[*names, "p_adjusted"])
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
    frame = pd.DataFrame(rows, columns=names)
    frame["p_adjusted"] = ADJUSTMENTS[adjust](frame["p"].to_numpy())
    return frame


def apart_from_rest(
    measures: Measures, design: SurveyDesign, domains: Domains, smallest: int = 30
) -> pd.DataFrame:
    """Judge which groups differ from everybody else, one family of tests (Holm 1979).

    The rest is all who are not in the group, of unknown class too. A difference must hold
    against the t test of the contrast, and for shares against the exact binomial test of either
    side's effective count at the other side's share: where few said yes the first alone claims
    too much (0 of 30 has no variance).

    Args:
        measures: name -> measure; together they are the family.
        design: the sample.
        domains: (breakdown, group) -> mask.
        smallest: base under which a group or its rest is not tested (methods 1.9).

    Returns:
        Frame measure, breakdown, group, n, difference, p, p_adjusted; NaN where untested.
    """
    names = [*KEYS, "n", "difference", "p", "p_adjusted"]
    if not measures or not domains or not design.random:
        return pd.DataFrame(columns=names)
    ready, keys, table = prepare(measures, len(design), domains)
    inside, keys = table[:, 1:], keys[1:]
    both = np.concatenate([inside, 1.0 - inside], axis=1)
    found = means(design.weights, list(ready.values()), both)
    shape = (len(ready), 2, len(keys))  # measures × (group, rest) × groups
    value, n, kish, second = (
        part.reshape(shape) for part in (found.estimate, found.n, found.kish, found.second)
    )
    influence = found.influence.reshape(len(design), *shape)
    own = design.variance(found.influence).reshape(shape)
    contrast = (influence[:, :, 0] - influence[:, :, 1]).reshape(len(design), -1)
    se = np.sqrt(design.variance(contrast)).reshape(shape[0], shape[2])
    difference = value[:, 0] - value[:, 1]
    p = interval.p_value(difference, se, float(design.df))
    for at, measure in enumerate(ready.values()):
        if measure.kind == "share":
            share = value[at] / measure.scale
            spread, error = second[at] - share**2, own[at] / measure.scale**2
            with np.errstate(divide="ignore", invalid="ignore"):
                n_eff = np.where(error > 1e-20, spread / error, kish[at])
            n_eff = np.minimum(n_eff, n[at])
            for one, other in ((0, 1), (1, 0)):
                p[at] = np.fmax(p[at], interval.binomial_p(share[one], n_eff[one], share[other]))
    p = np.where((n.min(axis=1) >= smallest) & (se > 0), p, np.nan)
    rows = [(name, *key) for name in ready for key in keys]
    frame = pd.DataFrame(rows, columns=KEYS)
    frame["n"], frame["difference"] = n[:, 0].ravel().astype(int), difference.ravel()
    frame["p"] = p.ravel()
    frame["p_adjusted"] = holm(p.ravel())
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
