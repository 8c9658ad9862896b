"""Grades of a plan as charts show them: their colours, and what their rule says."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from helpers.drawing import Context
from helpers.drawing.context import FromEdition
from helpers.edition.grades import QUANTITIES, Rule
from helpers.figures.likert_bar import colors
from helpers.palette import OUTLINE

_RATES = ("attainment", "year_attainment", "progress", "year_progress", "pace")


def shades(rules: Sequence[Rule], there: Iterable[str]) -> dict[str, str]:
    """Grade → colour, in the rules' order, of the grades that are there; by how good they are."""
    known, grades = {*there}, _grades(rules)
    roles = {grade: _role(grade, rules) or "no_answer" for grade in grades}
    order = {"positive": 0, "neutral": 1, "negative": 2, "no_answer": 3}
    ordered = dict(sorted(roles.items(), key=lambda one: order[one[1]]))
    every = dict(zip(ordered, colors(ordered), strict=True))
    every |= {rule.missing: OUTLINE for rule in rules}
    order_of = [*(g for g in grades if g in known), *sorted(known - {*grades})]
    return {grade: every.get(grade, OUTLINE) for grade in order_of}


def _grades(rules: Sequence[Rule]) -> list[str]:
    """All that the rules can yield, the words for what cannot be graded last."""
    missing = dict.fromkeys(rule.missing for rule in rules)
    return list(dict.fromkeys([*(g for rule in rules for g in rule.bands), *missing]))


def _role(grade: str, rules: Sequence[Rule]) -> str:
    """How good a grade is, by the first rule that knows it."""
    return next((role for rule in rules if (role := rule.role(grade))), "")


def glance_words(
    counts: pd.DataFrame, whole: pd.DataFrame, rules: Sequence[Rule], context: Context
) -> dict[str, Any]:
    """Title, subtitle and notes of the plan at a glance, as the canvas takes them.

    Args:
        counts: the rows of ``kpi_grade_count`` by 分野, of one year, with ``group_name``.
        whole: those of the whole plan.
        rules: by which they are graded.
        context: city and language.
    """
    return {
        "title": _glance_title(counts, rules, context),
        "subtitle": {"ja": "分野別、評価別の指標の数", "en": "Measures by field and grade"},
        "notes": [
            _whole_note(whole, rules, context),
            *(note for rule in rules for note in _rule_notes(rule, context)),
        ],
    }


def _glance_title(counts: pd.DataFrame, rules: Sequence[Rule], context: Context) -> str:
    """Where the most measures have the lowest grade that the rule gives.

    Args:
        counts: the rows of ``kpi_grade_count`` by 分野, of one year, with ``group_name``.
        rules: by which they are graded.
        context: city and language.
    """
    there = [g for rule in rules for g in rule.bands if g in {*counts["category"]}]
    lowest = next(
        (g for g in reversed(there) if _role(g, rules) == "negative"), (there or [""])[-1]
    )
    mine = counts[(counts["category"] == lowest) & (counts["value"] > 0)]
    mine = mine.sort_values("value", ascending=False, kind="stable")
    second = mine["value"].iloc[min(1, len(mine) - 1)] if len(mine) else 0
    named = mine[mine["value"] >= second]
    if len(named) > 3:  # too many of one number to name: those before them
        named = mine[mine["value"] > second]
    if named.empty:
        return FromEdition(context.say("計画の指標の評価（分野別）", "Grades by field of the plan"))
    fields = list(zip(named["group_name"], named["printed"], strict=True))
    return FromEdition(
        context.say(
            f"評価「{lowest}」が多いのは" + "、".join(f"{field}（{n}指標）" for field, n in fields),
            f"Graded “{lowest}” most often: " + ", ".join(f"{field} ({n})" for field, n in fields),
        )
    )


def _whole_note(counts: pd.DataFrame, rules: Sequence[Rule], context: Context) -> str:
    """How many of all measures have each grade, as the rules order them.

    Args:
        counts: the rows of ``kpi_grade_count`` of the whole plan, of one year.
        rules: by which they are graded.
        context: language.
    """
    told = dict(zip(counts["category"], counts["printed"], strict=True))
    said = [f"{grade} {told[grade]}" for grade in _grades(rules) if grade in told]
    whole = sum(int(text) for text in told.values())
    return FromEdition(
        context.say(
            f"全{whole}指標のうち {'、'.join(said)}", f"Of all {whole} measures: {', '.join(said)}"
        )
    )


def _rule_notes(rule: Rule, context: Context) -> list[str]:
    """Whose rule it is, what each grade means, and by which of the two rates it goes."""
    meant = [f"{grade} {band.meaning or band.when}" for grade, band in rule.bands.items()]
    used = [QUANTITIES[name] for name in rule.uses if name in _RATES]
    by = context.say("・".join(said.ja for said in used), ", ".join(said.en for said in used))
    said = [
        context.say(
            f"評価は{rule.ja}による（{'、'.join(meant)}、{rule.missing} 評価できない）",
            f"Graded by {rule.en or rule.ja} ({'; '.join(meant)}; {rule.missing}: not gradable)",
        ),
        *([context.say(f"使う率: {by}", f"Rates used: {by}")] if used else []),
    ]
    return [FromEdition(text) for text in said]
