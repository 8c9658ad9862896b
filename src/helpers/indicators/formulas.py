"""Formulas of a city: numbers made of the shares of several questions, as it describes them."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from helpers.edition.description import Described, Formula, value_of
from helpers.indicators.kinds import places
from helpers.indicators.rows import Row, indicator_row
from helpers.rounding import number


def formula_rows(rows: Iterable[Row], about: Described) -> list[Row]:
    """What the described formulas give where the document does not print it.

    ``d`` is the positive less the negative share of a question. Shares of which the counts are
    not printed were rounded, and so is what follows from them (``rounded_inputs``).

    Args:
        rows: shares by role, and the numbers of formulas that are printed.
        about: what the edition describes.
    """
    held = places(rows)
    derived: list[Row] = []
    for name, formula in about.formulas.items():
        people = {place[1:] for place in held if place[0] in formula.questions}
        for where in dict.fromkeys(p for p in (place[1:] for place in held) if p in people):
            parts = dict(held.get((name, *where), {}))
            for question in formula.questions:
                answers = held.get((question, *where), {})
                if question not in parts and {"positive", "negative"} <= answers.keys():
                    parts[question] = _of_question(name, question, formula, answers)
                    derived.append(parts[question])
            if formula.total != "none" and "total" not in parts:
                derived += _whole(name, formula, parts)
    return derived


def _of_question(name: str, question: str, formula: Formula, answers: dict[str, Row]) -> Row:
    good, bad = answers["positive"], answers["negative"]
    exact = not (good["flag"] or bad["flag"]) and good["basis"] == bad["basis"] == "derived"
    shares = [
        Fraction(str(row["value"])) if exact else Fraction(number(str(row["printed"])))
        for row in (good, bad)
    ]
    value = value_of(formula.value, shares[0] - shares[1], formula.population)
    same = {n: good[n] for n in ("fiscal_year", "breakdown", "group", "source", "definition", "n")}
    flag = "" if exact else "rounded_inputs"
    return indicator_row(
        name, value, formula.decimals, **same, category=question, unit=formula.unit, flag=flag
    )


def _whole(name: str, formula: Formula, parts: dict[str, Row]) -> list[Row]:
    """The sum or the mean over all questions, of the numbers as they are printed."""
    if not {*formula.questions} <= parts.keys():
        return []
    each = [number(str(parts[question]["printed"])) for question in formula.questions]
    value = sum(each, Decimal(0)) / (len(each) if formula.total == "mean" else 1)
    like = parts[formula.questions[0]]
    same = {n: like[n] for n in ("fiscal_year", "breakdown", "group", "source", "definition")}
    return [
        indicator_row(name, value, formula.decimals, **same, category="total", unit=formula.unit,
                      flag="rounded_inputs")
    ]  # fmt: skip
