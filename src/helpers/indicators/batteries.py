"""Batteries: what is asked of many items, as the mean score of each."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from helpers.edition.description import Described
from helpers.indicators.kinds import places
from helpers.indicators.rows import Row, answered_row, indicator_row
from helpers.reading.codebook import Codebook
from helpers.reading.described import BATTERY
from helpers.rounding import decimals_of, number
from helpers.survey.design import SurveyDesign, survey_design
from helpers.survey.estimate import estimate
from helpers.tables import RULES, Disclosure


def field_rows(
    frame: pd.DataFrame,
    design: SurveyDesign,
    codebook: Codebook,
    names: Sequence[str],
    columns: Mapping[str, Any],
    rules: Disclosure = RULES,
) -> list[Row]:
    """The mean score of every field, and over all fields.

    The mean over all fields is that of all answers, not of the fields' means: fields that many
    cannot judge count less. It is where the axes of the quadrants cross.

    Args:
        frame: respondents of the random sample.
        design: their weights.
        codebook: holds the points of each answer.
        names: questions with items, e.g. ``field_satisfaction``; those not asked are left out.
        columns: what all rows share: fiscal_year, definition, source.
        rules: which bases are too small.
    """
    rows = []
    for name in codebook.asked(names):
        question = codebook.questions[name]
        points = pd.DataFrame(
            {item: _points(frame[f"{name}.{item}"], question.points) for item in question.items}
        )
        found = estimate({item: points[item].to_numpy() for item in question.items}, design).frame
        for one in found.itertuples():
            place = {"breakdown": BATTERY, "group": one.measure}
            rows.append(_row(name, one, rules, {**place, **columns}))
        whole = estimate({"all": _long(points)}, _long_design(points, design)).frame
        rows.append(_row(name, next(whole.itertuples()), rules, columns))
    return rows


def mean_of_items(rows: Iterable[Row], about: Described) -> list[Row]:
    """The mean over the items of a battery, where the document does not print it.

    It is the mean of the items' printed scores, each counting the same: how many answered each
    is seldom printed. It is where the axes of the quadrants cross.
    """
    scores = {place: parts["score"] for place, parts in places(rows).items() if "score" in parts}
    derived = []
    for battery, one in about.batteries.items():
        for ask in one.asks:
            items = [r for p, r in scores.items() if p[0] == ask and p[1] == battery]
            for year in dict.fromkeys(row["fiscal_year"] for row in items):
                of_year = [row for row in items if row["fiscal_year"] == year]
                whole = any(p[0] == ask and p[1] == "total" and p[3] == year for p in scores)
                if whole or len(of_year) < len(one.items):
                    continue
                texts = [str(row["printed"]) for row in of_year]
                value = sum(map(number, texts), Decimal(0)) / len(texts)
                same = {n: of_year[0][n] for n in ("unit", "category", "source", "definition")}
                row = indicator_row(ask, value, max(map(decimals_of, texts)), fiscal_year=year,
                                    **same, flag="rounded_inputs")  # fmt: skip
                derived.append(row)
    return derived


def _points(answers: pd.Series, points: Mapping[int, float]) -> pd.Series:
    return answers.astype(object).map(lambda a: points.get(a, np.nan)).astype(float)


def _long(points: pd.DataFrame) -> np.ndarray:
    return points.to_numpy().ravel()


def _long_design(points: pd.DataFrame, design: SurveyDesign) -> SurveyDesign:
    """Every answer a row, the person (or the place drawn) the cluster: they hang together."""
    fields = points.shape[1]
    return survey_design(
        np.repeat(design.weights, fields),
        strata=np.repeat(design.stratum, fields),
        clusters=np.repeat(design.cluster, fields),
        population=np.repeat(design.population[design.stratum], fields),
        lonely=design.lonely,
        random=design.random,
    )


def _row(name: str, one: Any, rules: Disclosure, columns: Mapping[str, Any]) -> Row:
    number = (one.estimate, one.low, one.high)
    same = {"category": "score", "unit": "点", **columns}
    return answered_row(name, number, 2, int(one.n), rules, **same)
