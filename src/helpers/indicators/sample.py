"""Who answered, beside who lives there: the age and sex of the sample and of the register."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.indicators.rows import Row, indicator_row
from helpers.indicators.weighting import margin_classes
from helpers.reading.codebook import Codebook
from helpers.rounding import share_half_up


def pyramid_rows(
    residents: pd.DataFrame,
    register: pd.DataFrame | None,
    codebook: Codebook,
    columns: Mapping[str, Mapping[str, Any]],
) -> list[Row]:
    """Shares by age and sex, in the classes of the weighting margins (18–19 merged).

    Only whole percentages of the sample are kept, without counts: exact ones would give away
    the base of an age group that is hidden elsewhere (18–29 less 20–29 is 18–19). For the same
    reason n is everybody who answered, not those of them whose age and sex are known.

    Args:
        residents: respondents of the random sample.
        register: persons by class; without one, or without age and sex in it, there is no row.
        codebook: says how classes merge.
        columns: indicator (``sample_age``, ``register_age``) → fiscal_year, source.
    """
    if register is None or not {"age_group", "sex"} <= {*register.columns}:
        return []
    people = {"sample_age": residents.assign(persons=1), "register_age": register}
    rows = []
    for indicator, frame in people.items():
        classes = frame.assign(
            age=margin_classes(frame, codebook, "age_group"),
            sex=margin_classes(frame, codebook, "sex"),
        ).dropna(subset=["age", "sex"])
        counts = classes.groupby(["age", "sex"], sort=False)["persons"].sum()
        basis = "microdata" if indicator == "sample_age" else "register"
        order = list(codebook.groups["age_group"].weighting or codebook.groups["age_group"].classes)
        for age in order:
            for sex in ("female", "male"):
                share = int(share_half_up(int(counts.get((age, sex), 0)), int(counts.sum())))
                same: dict[str, Any] = {
                    "breakdown": "age_group",
                    "group": age,
                    "category": sex,
                    "unit": "%",
                }
                n = float(len(residents)) if basis == "microdata" else float("nan")
                told = {
                    **same,
                    "n": n,
                    "basis": basis,
                    "flag": "rounded_inputs",
                    **columns[indicator],
                }
                rows.append(indicator_row(indicator, share, **told))
    return rows
