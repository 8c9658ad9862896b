"""Estimates as indicator rows: numbers with intervals, small groups marked or hidden."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from helpers.indicators.rows import HIDDEN, Row, indicator_row
from helpers.indicators.wanted import Wanted
from helpers.labels import LABELS
from helpers.problems import InputError, near
from helpers.reading.codebook import Codebook
from helpers.reading.messages.survey import UNKNOWN_IN_CODEBOOK
from helpers.survey.design import SurveyDesign, survey_design
from helpers.survey.disclosure import UNKNOWN, Before, Protection, ordered, protect
from helpers.survey.estimate import estimate
from helpers.survey.measure import groups
from helpers.tables import RULES, Disclosure

COLUMNS = ["indicator", "category", "unit", "decimals"]
COLUMNS += ["breakdown", "group", "n", "n_min", "estimate", "low", "high"]


def estimated(
    wanted: Sequence[Wanted],
    design: SurveyDesign,
    frame: pd.DataFrame,
    breakdowns: Sequence[str] = (),
) -> pd.DataFrame:
    """Estimate numbers on the whole and by groups.

    Args:
        wanted: the numbers, on the rows of ``frame``.
        design: the sample, on the same rows.
        frame: the respondents, for their groups.
        breakdowns: columns of ``frame`` with groups; those that the survey has not are left out.

    Returns:
        One row a number: indicator, category, unit, decimals, breakdown, group, n (answers),
        n_min, estimate, low, high. People of unknown class are the group ``unknown``.
    """
    breakdowns = _there(breakdowns, frame)
    domains: dict[tuple[str, str], pd.Series] = dict(groups(frame, breakdowns))
    domains |= {
        (name, UNKNOWN): frame[name].isna() for name in breakdowns if frame[name].isna().any()
    }
    measures = {str(i): one.measure for i, one in enumerate(wanted)}
    if not measures:  # a survey that asked none of it
        return pd.DataFrame(columns=COLUMNS)
    found = estimate(measures, design, domains).frame
    about = pd.DataFrame(
        [(w.indicator, w.category, w.unit, w.decimals) for w in wanted],
        columns=COLUMNS[:4],
    )
    at = found["measure"].astype(int).to_numpy()
    return pd.concat([about.iloc[at].reset_index(drop=True), found[COLUMNS[4:]]], axis=1)


def _there(breakdowns: Sequence[str], frame: pd.DataFrame) -> list[str]:
    """Those of some breakdowns that the survey has.

    Raises:
        InputError: a name that neither the survey nor the house knows: a slip of the pen.
    """
    known = [str(name) for name in frame.columns if not str(name).endswith("_missing")]
    strange = [name for name in breakdowns if name not in known and name not in LABELS]
    if strange:
        raise InputError(
            UNKNOWN_IN_CODEBOOK.at("codebook.yml groups", name=name, near=near(name, known))
            for name in strange
        )
    return [name for name in breakdowns if name in known]


def protected(
    frame: pd.DataFrame,
    codebook: Codebook,
    by_group: Sequence[Wanted],
    on_total: Sequence[Wanted] = (),
    breakdowns: Sequence[str] = (),
    *,
    rules: Disclosure = RULES,
    before: Before | None = None,
) -> Protection:
    """Merge, tell by roles, or hide what tells of few people: one pattern for an edition.

    Args:
        frame: the respondents that the numbers are wanted of.
        codebook: says which classes have an order, and how a city names merged ones.
        by_group: numbers that are printed for groups.
        on_total: numbers that are printed of all alone.
        breakdowns: columns of ``frame``.
        rules: what is too small.
        before: what earlier years did; it stays so.
    """
    parts = [part for one in by_group if (part := one.part)]
    parts += [replace(part, grouped=False) for one in on_total if (part := one.part)]
    known = {name: codebook.groups[name] for name in breakdowns if name in codebook.groups}
    in_order = {n: g for n, g in known.items() if g.merging or ordered([*g.classes])}
    return protect(
        frame,
        parts,
        breakdowns,
        ladders={name: list(group.classes) for name, group in in_order.items()},
        merging={name: group.merging or group.weighting for name, group in known.items()},
        rules=rules,
        before=before,
    )


def rows_of(table: pd.DataFrame, safe: Protection, columns: Mapping[str, Any]) -> list[Row]:
    """Indicator rows of estimates; of what is hidden nothing is told, in no measure.

    Args:
        table: from ``estimated``, of ``safe.frame``.
        safe: from ``protected``.
        columns: what all rows share: fiscal_year, definition, source.
    """
    flags = {(f["breakdown"], f["group"]): f["flag"] for f in safe.flags.to_dict("records")}
    rows = []
    for one in table[table["group"] != UNKNOWN].to_dict("records"):
        flag = flags[one["breakdown"], one["group"]]
        if safe.hides(one["indicator"], one["breakdown"], one["category"]):
            flag = "suppressed"
        kept = {name: one[name] for name in ("breakdown", "group", "category", "unit")}
        same = {**kept, "basis": "microdata", "flag": flag, **columns}
        if flag == "suppressed":
            rows.append(indicator_row(one["indicator"], None, **{**same, "printed": HIDDEN}))
            continue
        value = None if np.isnan(one["estimate"]) else one["estimate"]
        ends = {name: float(one[name]) for name in ("n", "low", "high")}
        rows.append(indicator_row(one["indicator"], value, one["decimals"], **same, **ends))
    return rows


def by_source(
    responses: pd.DataFrame, wanted: Callable[[pd.DataFrame], Sequence[Wanted]]
) -> pd.DataFrame:
    """Estimate each source alone, unweighted, and all together.

    Monitors and event guests are no random sample: their intervals hold only as if they were,
    and the pooled total gets none.

    Args:
        responses: all sources.
        wanted: the numbers wanted of a frame.
    """
    everybody = survey_design(np.ones(len(responses)))
    parts = [estimated(wanted(responses), everybody, responses).assign(low=np.nan, high=np.nan)]
    for name in responses["source"].cat.categories:
        frame = responses[responses["source"] == name].reset_index(drop=True)
        part = estimated(wanted(frame), survey_design(np.ones(len(frame))), frame)
        parts.append(part.assign(breakdown="source", group=name))
    return pd.concat(parts, ignore_index=True)
