"""The weights of the random sample: drawn by stratum, raked to the register's age and sex."""

import numpy as np
import pandas as pd

from helpers.problems import InputError, Message
from helpers.reading.codebook import Codebook, Group
from helpers.survey.design import SurveyDesign, survey_design
from helpers.survey.weights import Margin, base_weights, rake

NOT_ONE_SAMPLE = Message(
    "無作為抽出（sample: random）の調査が {count} つあります",
    "1つ",
    en="{count} surveys are random samples (sample: random); there must be one",
)


def random_sample(responses: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """The respondents of the random-sample survey, renumbered.

    Raises:
        InputError: the codebook does not name exactly one such survey.
    """
    names = [name for name, source in codebook.sources.items() if source.sample == "random"]
    if len(names) != 1:
        raise InputError(NOT_ONE_SAMPLE.at("codebook.yml sources", count=len(names)))
    return responses[responses["source"] == names[0]].reset_index(drop=True)


def margin_classes(frame: pd.DataFrame, codebook: Codebook, name: str) -> pd.Series:
    """The class of the weighting margin for each row; None where unknown (その他・無回答)."""
    merged = _margin_of(codebook.groups[name])
    return frame[name].astype(object).map(merged.get).astype(object)


def _margin_of(group: Group) -> dict[str, str]:
    """Printed class → class of the margin; without ``weighting`` each class stands alone."""
    if not group.weighting:
        return {name: name for name in group.classes}
    return {name: margin for margin, names in group.weighting.items() for name in names}


def unweighted_design(residents: pd.DataFrame) -> SurveyDesign:
    """Every respondent counts the same, as the city's own tables have it."""
    return survey_design([1.0] * len(residents))


def weighted_design(
    residents: pd.DataFrame, register: pd.DataFrame, codebook: Codebook
) -> SurveyDesign:
    """Base weights N_h/n_h by stratum, then raked to the margins of the register (methods 1.7).

    Args:
        residents: respondents of the random sample.
        register: persons by class.
        codebook: says what the strata are and how thin classes merge in the margins.
    """
    drawn_by = next(s.strata for s in codebook.sources.values() if s.sample == "random")
    if drawn_by:
        strata = residents[drawn_by].astype(object)
        persons = register.groupby(drawn_by)["persons"].sum()
        sizes = {str(stratum): float(size) for stratum, size in persons.items()}
        design = survey_design(
            base_weights(strata, sizes), strata=strata, population=strata.map(sizes)
        )
    else:
        everybody = float(register["persons"].sum())
        each = np.full(len(residents), everybody / len(residents))
        design = survey_design(each, population=everybody)
    margins = [name for name in register.columns if name not in ("persons", drawn_by)]
    return rake(design, [_margin(residents, register, codebook, name) for name in margins])


def _margin(
    residents: pd.DataFrame, register: pd.DataFrame, codebook: Codebook, name: str
) -> Margin:
    persons = register.assign(margin=margin_classes(register, codebook, name))
    totals = persons.dropna(subset="margin").groupby("margin", sort=False)["persons"].sum()
    classes = margin_classes(residents, codebook, name)
    return Margin(classes, {str(margin): float(size) for margin, size in totals.items()})
