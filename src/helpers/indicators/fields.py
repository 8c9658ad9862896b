"""Satisfaction with and importance of the policy fields, as mean scores."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from helpers.indicators.rows import Row, answered_row
from helpers.reading.codebook import Codebook
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
            place = {"breakdown": "field", "group": one.measure}
            rows.append(_row(name, one, rules, {**place, **columns}))
        whole = estimate({"all": _long(points)}, _long_design(points, design)).frame
        rows.append(_row(name, next(whole.itertuples()), rules, columns))
    return rows


def _points(answers: pd.Series, points: Mapping[int, float]) -> pd.Series:
    return answers.astype(object).map(lambda a: points.get(a, np.nan)).astype(float)


def _long(points: pd.DataFrame) -> np.ndarray:
    return points.to_numpy().ravel()


def _long_design(points: pd.DataFrame, design: SurveyDesign) -> SurveyDesign:
    """Every answer a row, the person the cluster: answers of one person hang together."""
    fields = points.shape[1]
    return survey_design(
        np.repeat(design.weights, fields),
        strata=np.repeat(design.stratum, fields),
        clusters=np.repeat(np.arange(len(points)), fields),
        population=np.repeat(design.population[design.stratum], fields),
    )


def _row(name: str, one: Any, rules: Disclosure, columns: Mapping[str, Any]) -> Row:
    number = (one.estimate, one.low, one.high)
    same = {"category": "score", "unit": "点", **columns}
    return answered_row(name, number, 2, int(one.n), rules, **same)
