"""What a plan's table prints of its measures, held against what follows from its numbers."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from helpers.edition import Edition
from helpers.edition.description import Described
from helpers.indicators.measures import (
    Measurement,
    grade_rows,
    level_within,
    measurements,
    of_measure,
    progress,
)
from helpers.indicators.rows import Row
from helpers.problems import InputError, Message, Problem, Problems
from helpers.reading.described import described
from helpers.reading.plan import read_plan
from helpers.rounding import decimals_of, number, printed

NOT_BY_THE_RULE = Message(
    "成果指標「{name}」の評価が「{found}」ですが、{year}年度の数値に評価の基準を当てはめると"
    "「{expected}」です",
    remedy="評価か数値の打ち間違いでないか、edition.yml の grades が計画の基準どおりか"
    "確かめてください。図は「{expected}」と示します",
    en="the grade of the measure “{name}” is “{found}”, but by the rule its numbers of {year} make "
    "“{expected}”. → see whether grade or numbers are mistyped, and whether grades in edition.yml "
    "are the plan's own; figures show “{expected}”",
    severity="warning",
)
OTHER_RATE = Message(
    "成果指標「{name}」の率が「{found}%」と印刷されていますが、{year}年度の実績と目標からは{expected}です",
    remedy="率か実績・目標の打ち間違いでないか、どの目標に対する率か（plan.target）を"
    "確かめてください。図には計算した率を示します",
    en="the rate of the measure “{name}” is printed as “{found}%”, but its actual and target of "
    "{year} make {expected}. → see whether rate, actual or target is mistyped, and which target "
    "it is a rate of (plan.target); figures show the computed rate",
    severity="warning",
)

FALLS = Message(
    "成果指標「{name}」は累計ですが、{before}年度の {high} から {year}年度の {low} に減っています",
    remedy="数値の打ち間違いか、単年の数値（集計の列を「単年」に）でないか確かめてください",
    en="the measure “{name}” is summed up over the years, but falls from {high} in {before} to "
    "{low} in {year}. → see whether a number is mistyped, or is of its year alone (集計: 単年)",
    severity="warning",
)


def measure_problems(edition: Edition, rows: Sequence[Row]) -> Iterator[Problem]:
    """Grades and rates that do not follow from the numbers, by their cells; a rule with a hole.

    Args:
        edition: whose measures and rules they are.
        rows: every number of the printed tables, with ``where`` it stands.
    """
    values = [row for row in rows if row["indicator"] == "kpi" and row["category"]]
    if not values:
        return
    try:
        about = described(edition)
        yield from _grades(rows, values, about)
    except InputError as error:
        yield from error.problems
        return
    yield from _rates(edition, values, about)
    yield from _falls(values, about)


def _grades(rows: Sequence[Row], values: Sequence[Row], about: Described) -> Iterator[Problem]:
    graded = grade_rows(values, about.grades, level_within(about), about.measures)
    by_rule = {of_measure(row): str(row["printed"]) for row in graded}
    for row in rows:
        found, expected = str(row["printed"]), by_rule.get(of_measure(row))
        if row["indicator"] == "kpi_grade" and expected not in (None, found):
            name, year = of_measure(row)
            words = {"name": about.measures[name].ja or name, "year": year}
            yield NOT_BY_THE_RULE.at(str(row["where"]), found=found, expected=expected, **words)


def _rates(edition: Edition, values: Sequence[Row], about: Described) -> Iterator[Problem]:
    rates = read_plan(edition, Problems()).rates  # what else is wrong with it has been said
    if not rates:
        return
    made = {of_measure(row): m for m, row, _ in measurements(values, None, about.measures)}
    for rate in rates:
        m = made.get((rate.measure, rate.year))
        computed = _meant(m) if m else []
        if computed and not any(_agrees(rate.printed, value) for value in computed):
            digits = decimals_of(rate.printed)
            yield OTHER_RATE.at(
                rate.where,
                name=about.measures[rate.measure].ja,
                found=rate.printed,
                year=rate.year,
                expected="、".join(dict.fromkeys(f"{printed(v, digits)}%" for v in computed)),
            )


def _falls(values: Sequence[Row], about: Described) -> Iterator[Problem]:
    for m, row, before in measurements(values, None, about.measures):
        told = about.measures.get(str(row["group"]))
        high = Fraction(number(str(before["printed"]))) if before else m.actual
        if told and told.counts == "cumulative" and before and m.actual < high:
            words = {"name": told.ja, "before": before["fiscal_year"], "year": m.year}
            yield FALLS.at(str(row["where"]), high=before["printed"], low=row["printed"], **words)


def _meant(m: Measurement) -> list[Fraction]:
    """What cities call 達成率 and 進捗率: of the plan's target and of the year's.

    Where less is better: target ÷ actual (北見), and 2 − actual ÷ target.
    """
    found: list[Fraction] = []
    for one in (m, m.of_the_year):
        if not one.target:
            continue
        found.append(100 * one.actual / one.target)
        if (way := progress(one)) is not None:
            found.append(way)
        if m.direction == "down":
            found.append(200 - 100 * one.actual / one.target)
            found += [100 * one.target / one.actual] if one.actual else []
    return found


def _agrees(text: str, value: Fraction) -> bool:
    """Whether a rate prints as it does: rounded or cut off; above 100 and below 0 often ends."""
    found = Fraction(number(text))
    ended = (found == 100 and value > 100) or (found == 0 and value < 0)
    return ended or abs(found - value) < Fraction(1, 10 ** decimals_of(text))
