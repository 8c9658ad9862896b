"""Several sources in one figure: resident survey, monitors, event questionnaires (methods 1.8).

Monitors and event guests are not random samples. A pooled interval is 参考（無作為抽出と
みなした場合), never 標本誤差. The naive pool is `estimate` with `strata=source`, the raked pool
the same after `rake`: raking on age × sex does not take the source's effect away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.survey import interval
from helpers.survey.design import survey_design
from helpers.survey.estimate import KEYS, Domains, Estimates, estimate
from helpers.survey.measure import Measure


def by_source(
    measures: Mapping[str, Measure], source: ArrayLike, domains: Domains | None = None
) -> dict[str, Estimates]:
    """Estimate each source alone, unweighted, as its own simple random sample.

    Args:
        measures: name -> measure on all rows.
        source: (n,) source of each row.
        domains: masks on all rows.
    """
    labels = np.asarray(source, dtype=object)
    out = {}
    for name in pd.unique(labels):
        mask = labels == name
        own = {key: measure.rows(mask) for key, measure in measures.items()}
        parts = {key: np.asarray(m, dtype=bool)[mask] for key, m in (domains or {}).items()}
        out[str(name)] = estimate(own, survey_design(np.ones(int(mask.sum()))), parts)
    return out


def pool(sources: Mapping[str, Estimates], shares: Mapping[str, float]) -> pd.DataFrame:
    """Pool with fixed, published source shares: D = Σ a_s D_s, SE² = Σ a_s² SE_s².

    Args:
        sources: source -> its estimates (independent samples).
        shares: source -> a_s, adding up to 1; fixed from the base year, so that a year with
            more event forms does not look like progress.

    Returns:
        Frame measure, breakdown, group, n, estimate, se, low, high (normal quantile).

    Raises:
        ValueError: shares that do not add up to 1, or other sources than estimated.
    """
    if set(shares) != set(sources) or abs(sum(shares.values()) - 1.0) > 1e-9:
        raise ValueError("shares must name every source and add up to 1")
    first, *others = sources
    out = sources[first].frame[KEYS].copy()
    for name in others:
        out = out.merge(sources[name].frame[KEYS], on=KEYS)
    frames = {s: out.merge(e.frame, on=KEYS, how="left") for s, e in sources.items()}
    out["n"] = sum(frame["n"] for frame in frames.values())
    out["estimate"] = sum(shares[s] * frame["estimate"] for s, frame in frames.items())
    out["se"] = np.sqrt(sum((shares[s] * frame["se"]) ** 2 for s, frame in frames.items()))
    out["low"], out["high"] = interval.t_interval(out["estimate"], out["se"])
    return out


@dataclass(frozen=True)
class PooledChange:
    """The change of a pooled figure, in two parts that add up to it exactly.

    Attributes:
        within: Σ ā_s ΔD_s, what changed within the sources.
        mix: Σ D̄_s Δa_s, what changed because the sources have other sizes.
    """

    within: float
    mix: float


def split_pooled_change(
    before: Mapping[str, float],
    after: Mapping[str, float],
    shares_before: Mapping[str, float],
    shares_after: Mapping[str, float],
) -> PooledChange:
    """Tell the mix effect from the change within sources (source -> D_s, source -> a_s).

    A source missing in one year has share 0 there, and must still be given a value D_s.

    Raises:
        KeyError: a source that is not in all four.
    """
    within = mix = 0.0
    for s in before.keys() | after.keys():
        within += (shares_before[s] + shares_after[s]) / 2 * (after[s] - before[s])
        mix += (before[s] + after[s]) / 2 * (shares_after[s] - shares_before[s])
    return PooledChange(within, mix)
