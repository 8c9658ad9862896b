"""One year's survey, ready to be compared with another: who answered, and how they were drawn."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.indicators.mgap import QUESTIONS
from helpers.indicators.weighting import designs, sample_of
from helpers.problems import InputError, Message
from helpers.reading.codebook import Codebook
from helpers.survey.design import SurveyDesign
from helpers.survey.measure import scores

NO_SOURCE = Message(
    "{year} 年度の codebook.yml の sources に、{sample} の調査がありません",
    remedy="比べる調査がない年は、この計算を外してください",
    en="codebook.yml of {year} has no survey that is “{sample}”. → leave this comparison out",
)


@dataclass(frozen=True)
class Wave:
    """A survey of one fiscal year.

    Attributes:
        year: the fiscal year.
        responses: everybody who answered, a row a respondent, of all sources.
        codebook: as it holds in that year.
        residents: the respondents of the random sample.
        design: their weights.
        population: in 万人, exactly.
    """

    year: int
    responses: pd.DataFrame
    codebook: Codebook
    residents: pd.DataFrame
    design: SurveyDesign
    population: float

    def has(self, sample: str) -> bool:
        """Whether there is a source of a kind."""
        return any(source.sample == sample for source in self.codebook.sources.values())

    def of(self, sample: str) -> pd.DataFrame:
        """The respondents of the sources of a kind (``panel``), renumbered.

        Raises:
            InputError: there is no such source.
        """
        named = self.codebook.sources.items()
        names = [name for name, source in named if source.sample == sample]
        if not names:
            raise InputError(NO_SOURCE.at("codebook.yml", year=self.year, sample=sample))
        return self.responses[self.responses["source"].isin(names)].reset_index(drop=True)

    def nets(self) -> pd.DataFrame:
        """Per source (rows) and question: the modified NPS as a proportion, unweighted."""
        return self._by_source(lambda answers: float(np.mean(scores(answers))))

    def shares(self) -> pd.DataFrame:
        """Per source (rows) and question: its share of all answers to the question."""
        counts = self._by_source(len)
        return counts / counts.sum()

    def _by_source(self, of: Callable[[np.ndarray], float]) -> pd.DataFrame:
        parts = {
            str(name): {q: of(part[q].dropna().to_numpy(dtype=float)) for q in QUESTIONS}
            for name, part in self.responses.groupby("source", observed=True)
        }
        return pd.DataFrame.from_dict(parts, orient="index", dtype=np.float64)


def wave(
    year: int,
    responses: pd.DataFrame,
    register: pd.DataFrame,
    codebook: Codebook,
    population: float,
) -> Wave:
    """Weight the random sample of a year to its register."""
    residents = sample_of(responses, codebook)
    design = next(iter(designs(residents, register, codebook).values()))
    return Wave(year, responses, codebook, residents, design, population)
