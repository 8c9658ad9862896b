"""Estimates as indicator rows: numbers with intervals, small groups marked or hidden."""

from collections.abc import Callable, Collection, Mapping, Sequence
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
from helpers.survey.comparison import apart_from_rest
from helpers.survey.design import SurveyDesign, survey_design
from helpers.survey.disclosure import UNKNOWN, Before, Protection, ordered, protect
from helpers.survey.estimate import KEYS, estimate
from helpers.survey.measure import groups
from helpers.tables import RULES, Disclosure

COLUMNS = ["indicator", "category", "unit", "decimals"]
COLUMNS += ["breakdown", "group", "n", "n_min", "estimate", "low", "high", "deff", "rest"]
HIGHER, LOWER = "higher", "lower"
LEVEL = 0.05


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
        n_min, estimate, low, high, deff, rest (whether the group is ``higher`` or ``lower`` than
        everybody else beyond sampling error, all numbers of an indicator one family of tests).
        People of unknown class are the group ``unknown``.
    """
    breakdowns = _there(breakdowns, frame)
    domains: dict[tuple[str, str], pd.Series] = dict(groups(frame, breakdowns))
    domains |= {
        (name, UNKNOWN): frame[name].isna() for name in breakdowns if frame[name].isna().any()
    }
    if not wanted:  # a survey that asked none of it
        return pd.DataFrame(columns=COLUMNS)
    families: dict[str, list[Wanted]] = {}
    for one in wanted:  # a question at a time: nobody asks for covariances between questions
        families.setdefault(one.indicator, []).append(one)
    order = {id(one): at for at, one in enumerate(wanted)}
    parts = []
    for family in families.values():
        measures = {str(order[id(one)]): one.measure for one in family}
        found = estimate(measures, design, domains).frame
        rest = apart_from_rest(measures, design, domains)
        found = found.merge(rest[[*KEYS, "difference", "p_adjusted"]], how="left", on=KEYS)
        apart = found["p_adjusted"].astype(float) < LEVEL
        side = np.where(found["difference"].astype(float) > 0, HIGHER, LOWER)
        parts.append(found.assign(rest=np.where(apart, side, "")))
    found = pd.concat(parts, ignore_index=True)
    at = found["measure"].astype(int)
    found = found.iloc[np.argsort(at, kind="stable")].reset_index(drop=True)
    about = pd.DataFrame(
        [(w.indicator, w.category, w.unit, w.decimals) for w in wanted],
        columns=COLUMNS[:4],
    )
    named = about.iloc[found["measure"].astype(int)].reset_index(drop=True)
    return pd.concat([named, found[COLUMNS[4:]]], axis=1)


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
        ends["deff"] = float(one["deff"])
        rest = "" if flag else one["rest"]
        told = {**same, **ends, "rest": rest}
        rows.append(indicator_row(one["indicator"], value, one["decimals"], **told))
    return rows


def by_source(
    responses: pd.DataFrame,
    wanted: Callable[[pd.DataFrame], Sequence[Wanted]],
    random: Collection[str] = (),
) -> pd.DataFrame:
    """Estimate each source alone, unweighted, and all together.

    Monitors and event guests are no random sample, and a pool that holds them is none: they get
    no interval (AAPOR, Opt-In Surveys and Margin of Error; methods 1.8).

    Args:
        responses: all sources.
        wanted: the numbers wanted of a frame.
        random: the sources that chance has drawn.
    """
    drawn = set(responses["source"].unique()) <= {*random}
    everybody = survey_design(np.ones(len(responses)), random=drawn)
    parts = [estimated(wanted(responses), everybody, responses)]
    for name in responses["source"].cat.categories:
        frame = responses[responses["source"] == name].reset_index(drop=True)
        design = survey_design(np.ones(len(frame)), random=name in random)
        part = estimated(wanted(frame), design, frame)
        parts.append(part.assign(breakdown="source", group=name))
    return pd.concat(parts, ignore_index=True)
