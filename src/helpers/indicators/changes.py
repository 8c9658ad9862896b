"""The change since another year's survey, each with the interval that its samples allow.

Independent samples: √(SE₁² + SE₂²). The same people twice: the years stacked, the person as PSU,
so that what a person keeps does not count as noise (methods 1.6). A group that is hidden or a
question whose scale changed has no change.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from helpers.indicators.breaks import counted_otherwise
from helpers.indicators.mgap import QUESTIONS
from helpers.indicators.rows import Row, answered_row
from helpers.indicators.wanted import Wanted, mgap_wanted, scores_wanted, shares_wanted
from helpers.indicators.wave import Wave
from helpers.survey.comparison import change, panel_change
from helpers.survey.design import survey_design
from helpers.survey.estimate import estimate
from helpers.survey.measure import Measure, net_sum
from helpers.tables import RULES, Disclosure

SCORES = ("modified_nps", "mean_score")


def change_rows(
    before: Wave,
    after: Wave,
    questions: Sequence[str],
    source: str,
    rules: Disclosure = RULES,
) -> list[Row]:
    """Changes of the random sample on the whole: two independent samples.

    Args:
        before: the earlier survey.
        after: this year's.
        questions: questions whose positive share is compared; those that are new, or counted
            otherwise than before, have no change.
        source: id of the source.
        rules: which bases are too small.

    Returns:
        ``<indicator>_change`` of the positive shares, the modified NPS, the mean scores and mGAP;
        and what of the change of mGAP comes from attitudes and what from the number of people.
    """
    broken = counted_otherwise(after.codebook, before.codebook)
    both = [q for q in after.codebook.asked(questions) if q in before.codebook.questions]
    asked = [q for q in both if q not in broken]
    wanted = {wave.year: _headline(wave, asked) for wave in (before, after)}
    shared = set.intersection(*({_key(one) for one in ones} for ones in wanted.values()))
    wanted = {year: [w for w in ones if _key(w) in shared] for year, ones in wanted.items()}
    if not shared:
        return []
    found = {
        wave.year: estimate({_key(w): w.measure for w in wanted[wave.year]}, wave.design)
        for wave in (before, after)
    }
    table = change(found[before.year], found[after.year])
    bases = {
        name: min(int(found[year].row(name)["n"]) for year in found) for name in table["measure"]
    }
    about = {_key(one): one for one in wanted[after.year]}
    same = {"fiscal_year": after.year, "source": source, "definition": "weighted"}
    rows = [
        _row(about[str(one["measure"])], one, bases[str(one["measure"])], rules, same)
        for one in table.to_dict("records")
    ]
    return rows + _parts_of_mgap(before, after, rules, same)


def _headline(wave: Wave, questions: Sequence[str]) -> list[Wanted]:
    shares = shares_wanted(wave.residents, wave.codebook, questions)
    total = mgap_wanted(wave.residents, wave.population)
    return [
        *(one for one in shares if one.category == "positive"),
        *(one for one in scores_wanted(wave.residents) if one.indicator in SCORES),
        *(one for one in total if one.indicator == "mgap"),
    ]


def _key(wanted: Wanted) -> str:
    return f"{wanted.indicator}.{wanted.category}"


def _parts_of_mgap(before: Wave, after: Wave, rules: Disclosure, same: dict[str, Any]) -> list[Row]:
    """100·P̄·ΔΣD and 100·mean(ΣD)·ΔP, which add up to the change exactly (methods 1.6)."""
    if not all(set(QUESTIONS) <= {*wave.residents.columns} for wave in (before, after)):
        return []  # mGAP is made of all three questions
    sums = [
        estimate({"sum": net_sum(wave.residents[list(QUESTIONS)])}, wave.design)
        for wave in (before, after)
    ]
    (one,) = change(*sums).to_dict("records")
    people = (before.population + after.population) / 2
    more = after.population - before.population
    mean, half = (one["before"] + one["after"]) / 2, (one["high"] - one["low"]) / 2
    n = min(int(each.row("sum")["n"]) for each in sums)
    attitude = {"change": one["change"], "low": one["low"], "high": one["high"]}
    residents = {"change": mean, "low": mean - half / 2, "high": mean + half / 2}
    parts = {"attitude": (attitude, 100 * people), "people": (residents, 100 * more)}
    (total,) = (w for w in mgap_wanted(after.residents, 1.0) if w.indicator == "mgap")
    return [
        _row(
            replace(total, category=name),
            {key: value * factor for key, value in part.items()},
            n,
            rules,
            same,
        )
        for name, (part, factor) in parts.items()
    ]


def panel_rows(before: Wave, after: Wave, source: str, rules: Disclosure = RULES) -> list[Row]:
    """Changes among the monitors, the same people asked every year.

    They chose to be monitors: there is no sampling error, and no interval.

    Returns:
        ``modified_nps_change``, ``mean_score_change`` of each question and the attitude part of
        ``mgap_change``, all of definition ``panel``; nothing where a year has no monitors.
    """
    if not all(wave.has("panel") for wave in (before, after)):
        return []
    waves = {wave.year: wave.of("panel") for wave in (before, after)}
    stacked = pd.concat(waves.values(), ignore_index=True)
    years = np.repeat(list(waves), [len(frame) for frame in waves.values()])
    person = pd.factorize(stacked["person"].astype(str))[0]
    design = survey_design(np.ones(len(stacked)), clusters=person, random=False)
    people = (before.population + after.population) / 2
    wanted = [one for one in scores_wanted(stacked) if one.indicator in SCORES]
    wanted += [
        replace(one, category="attitude")
        for one in mgap_wanted(stacked, people)
        if one.indicator == "mgap"
    ]
    about = {_key(one): one for one in wanted}
    measures = {name: one.measure for name, one in about.items()}
    table = panel_change(measures, design, period=years, before=before.year, after=after.year)
    bases = {name: _base(measure, years) for name, measure in measures.items()}
    same = {"fiscal_year": after.year, "source": source, "definition": "panel"}
    same |= {"breakdown": "source", "group": str(waves[after.year]["source"].iloc[0])}
    records = table.to_dict("records")
    return [_row(about[one["measure"]], one, bases[one["measure"]], rules, same) for one in records]


def _base(measure: Measure, years: np.ndarray) -> int:
    """The smaller of the years' numbers of people who answered any of the measure's questions."""
    answered = np.isfinite(measure.values).any(axis=1)
    return min(int(np.sum(answered & (years == year))) for year in np.unique(years))


def _row(
    wanted: Wanted, one: dict[Any, Any], n: int, rules: Disclosure, same: dict[str, Any]
) -> Row:
    """A change as an indicator row; points for what is in per cent."""
    low, high = sorted((float(one["low"]), float(one["high"])))
    return answered_row(
        f"{wanted.indicator}_change",
        (float(one["change"]), low, high),
        wanted.decimals,
        n,
        rules,
        category=wanted.category,
        unit="ポイント" if wanted.unit == "%" else wanted.unit,
        **same,
    )
