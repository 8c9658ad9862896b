"""無回答: three bases that are never mixed, and the bounds that cost nothing (methods 1.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.survey.calibration import FloatArray
from helpers.survey.design import SurveyDesign
from helpers.survey.estimate import estimate
from helpers.survey.measure import Base, net_sum


def three_bases(
    questions: pd.DataFrame | Mapping[str, ArrayLike], design: SurveyDesign
) -> pd.DataFrame:
    """Estimate the sum of nets on the three bases, side by side.

    Returns:
        Frame base ("item", "all", "complete"), n, estimate, se, df, low, high; no row without a
        question.
    """
    columns = ["base", "n", "estimate", "se", "df", "low", "high"]
    if not list(questions):
        return pd.DataFrame(columns=columns)
    bases: tuple[Base, ...] = get_args(Base)
    found = estimate({base: net_sum(questions, base) for base in bases}, design).frame
    return found.rename(columns={"measure": "base"})[columns]


def worst_case(net: ArrayLike, answered: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return the bounds of a net whatever the silent ones think: rD ∓ (1−r).

    Args:
        net: D among those who answered, −1 … 1.
        answered: r, share who answered, 0 … 1.

    Raises:
        ValueError: a value outside its range.
    """
    d, r = np.asarray(net, dtype=float), np.asarray(answered, dtype=float)
    if np.any(np.abs(d) > 1 + 1e-12) or np.any((r < 0) | (r > 1 + 1e-12)):
        raise ValueError("a net lies in −1…1 and an answered share in 0…1")
    return r * d - (1 - r), r * d + (1 - r)


def response_rate(returned: int, sent: int) -> float:
    """Return 回収率 (0–1): valid forms over forms sent out.

    Raises:
        ValueError: more returned than sent, or nothing sent.
    """
    if not 0 <= returned <= sent or sent == 0:
        raise ValueError(f"{returned} returned of {sent} sent")
    return returned / sent
