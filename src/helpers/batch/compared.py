"""The comparison table: one number a city, with its interval and its rank range or why it has none.

Ranked are rates and scores alone, within one year and one definition. Amounts grow with the
number of residents; mGAP, which is one, is compared per 10,000 residents.
"""

from typing import Any

import pandas as pd

from helpers.batch.ranking import rank_ranges
from helpers.problems import Said
from helpers.rounding import decimals_of, number, printed

# What is compared between cities: indicator → categories (none: the indicator has no category).
RATES: dict[str, tuple[str, ...]] = {
    "attachment": ("positive",),
    "residence_intention": ("positive",),
    "housing_satisfaction": ("positive",),
    "information_access": ("positive",),
    "modified_nps": ("recommend", "participate", "thank"),
    "mgap_per_10000": ("total",),
    "turnover_rate": ("",),
    "association_rate": ("",),
    "daytime_population_index": ("",),
}
AMOUNTS: dict[str, tuple[str, ...]] = {"mgap": ("total",), "net_migration": ("",)}
COUNTED = ("register", "census", "derived")
SMALL = 30
WHY = {
    "": Said("", ""),
    "grows": Said("人口とともに増える量なので順位を付けない", "grows with the population"),
    "hidden": Said("秘匿", "withheld"),
    "small": Said("回答が少ないので順位を付けない", "small base"),
    "no_interval": Said("誤差の範囲が分からないので順位を付けない", "interval not known"),
}
KEYS = ["fiscal_year", "indicator", "category", "definition"]
COLUMNS = [*KEYS, "unit", "basis", "city", "printed", "low", "high", "n", "rank", "ranked", "why"]


def compared(rows: pd.DataFrame) -> pd.DataFrame:
    """The comparison table of all cities.

    Args:
        rows: indicator rows with ``edition``, the year of the edition that they come from. A
            number that several editions of a city state is taken from the newest.

    Returns:
        Frame ``COLUMNS``, sorted: numbers as printed, ``rank`` as text (``2–5``; 1 is the highest
        value), ``ranked`` how many cities the rank is among, ``why`` a key of ``WHY``.
    """
    whole = rows[(rows["breakdown"] == "total") & (rows["group"] == "total")]
    whole = whole[whole["definition"] != "text"]
    whole = pd.concat([whole, per_10000(whole)], ignore_index=True)
    wanted = {(i, c) for i, cs in (RATES | AMOUNTS).items() for c in cs}
    pairs = pd.Series(list(zip(whole["indicator"], whole["category"], strict=True)), dtype=object)
    kept = whole[pairs.isin(wanted).to_numpy()].sort_values(["city", "edition"], kind="stable")
    newest = kept.drop_duplicates([*KEYS, "city"], keep="last")
    tables = [_ranked(group) for _, group in newest.groupby(KEYS, sort=True)]
    if not tables:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(tables, ignore_index=True)[COLUMNS]


def per_10000(rows: pd.DataFrame) -> pd.DataFrame:
    """Compute mGAP per 10,000 residents, by the population in 万人 that its own definition used.

    That population is what the amounts of intent are to the modified NPS they came from.
    """
    by = ["city", "edition", "fiscal_year", "definition"]
    parts = rows[rows["indicator"].isin(("intent_amount", "modified_nps"))]
    sizes = parts.assign(size=parts["value"].abs())
    sums = sizes.pivot_table("size", by, "indicator", "sum")
    if not {"intent_amount", "modified_nps"} <= set(sums):
        return rows.iloc[:0]
    people = (sums["intent_amount"] / sums["modified_nps"]).rename("people").reset_index()
    found = rows[rows["indicator"] == "mgap"].merge(people, on=by)
    for column in ("value", "low", "high"):
        found[column] = found[column] / found["people"]
    found["printed"] = [printed(value, 1) for value in found["value"]]
    return found.assign(indicator="mgap_per_10000", unit="ポイント").drop(columns="people")


def _ranked(group: pd.DataFrame) -> pd.DataFrame:
    """The rows of one year, indicator and definition with their ranks, the highest first."""
    group = group.assign(why=[_why(row) for row in group.itertuples()], rank="", ranked=0)
    fit = group[group["why"] == ""]
    shown = [float(number(text)) for text in fit["printed"]]
    ranges = rank_ranges(shown, fit["low"].tolist(), fit["high"].tolist())
    group.loc[fit.index, "rank"] = [str(found) for found in ranges]
    group.loc[fit.index, "ranked"] = len(fit)
    for end in ("low", "high"):
        texts = zip(group[end], group["printed"], strict=True)
        group[end] = [printed(value, decimals_of(text)) for value, text in texts]
    return group.sort_values(["value", "city"], ascending=[False, True], kind="stable")


def _why(row: Any) -> str:
    """Why a number gets no rank; empty if it gets one."""
    if row.indicator in AMOUNTS:
        return "grows"
    if row.flag == "suppressed" or row.value != row.value or not row.printed:
        return "hidden"
    if row.flag == "small_base" or row.n < SMALL:
        return "small"
    counted = row.basis in COUNTED and row.flag != "rounded_inputs" and row.n != row.n
    return "" if row.low == row.low or counted else "no_interval"
