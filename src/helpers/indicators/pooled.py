"""The city's own published way: sources pooled, unweighted, differences rounded first."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from helpers.bands import BANDS
from helpers.indicators.mgap import QUESTIONS, UNIT, city_method
from helpers.indicators.rows import Row, indicator_row
from helpers.rounding import number, printed, share_half_up


def city_method_rows(
    responses: pd.DataFrame, population: str, columns: Mapping[str, Any]
) -> list[Row]:
    """Shares, modified NPS, amounts of intent and mGAP as a city's document prints them.

    All answers of all sources count the same. The difference is rounded to whole points once,
    from the counts, and then multiplied with the population as printed (methods 3.2). A question
    that was not asked has no row.

    Args:
        responses: all sources together.
        population: in 万人, as printed; empty where it is not known.
        columns: what all rows share: fiscal_year, source.
    """
    same: dict[str, Any] = {"definition": "city_method", "basis": "microdata", **columns}
    rows, differences, bases = [], {}, {}
    for name in (name for name in QUESTIONS if name in responses):
        answers = responses[name].dropna().astype(int)
        base = len(answers)
        if not base:
            continue
        bases[name] = base
        counts = {band: int(answers.isin(codes).sum()) for band, codes in BANDS.items()}
        for band, count in counts.items():
            text = printed(int(share_half_up(count, base)))
            share: dict[str, Any] = {"printed": text, "unit": "%", "category": name, "n": base}
            rows.append(indicator_row(band, 100 * count / base, **{**same, **share}))
        low, _, high = counts.values()
        net = high - low
        differences[name] = Decimal(int(share_half_up(net, base)))
        told: dict[str, Any] = {
            "printed": printed(differences[name]),
            "unit": "ポイント",
            "category": name,
            "n": base,
        }
        rows.append(indicator_row("modified_nps", 100 * net / base, **{**same, **told}))
    if len(differences) < len(QUESTIONS) or not population:
        return rows  # mGAP is made of all three, and of the population
    amounts, total = city_method(differences, number(population))
    for name, amount in amounts.items():
        told = {"category": name, "unit": UNIT, "flag": "rounded_inputs", "n": bases[name]}
        rows.append(indicator_row("intent_amount", amount, 1, **{**same, **told}))
    least = min(bases.values())
    told = {"category": "total", "unit": UNIT, "flag": "rounded_inputs", "n": least}
    return [*rows, indicator_row("mgap", total, 1, **{**same, **told})]
