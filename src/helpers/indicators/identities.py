"""Totals and their parts in statistics: what must be equal, year by year."""

from collections.abc import Iterable

import pandas as pd

from helpers.indicators.statistics import wide
from helpers.problems import Message, Problems

NOT_THE_SUM = Message(
    "{total} が {found:.0f} です",
    "内訳の合計 {parts:.0f}",
    "元の統計表の数値を確かめてください",
    "{total} is {found:.0f}, its parts sum to {parts:.0f}. → look at the original table",
)

IDENTITIES = (
    ("natural_change", ("births",), ("deaths",)),
    ("net_migration", ("moved_in", "other_in"), ("moved_out", "other_out")),
    ("population_change", ("net_migration", "natural_change"), ()),
    ("daytime_population", ("residents", "inflow"), ("outflow",)),
)


def check_identities(statistics: pd.DataFrame) -> int:
    """Hold every table against the identities its items allow.

    Returns:
        How many sums were checked.

    Raises:
        InputError: a total differs from its parts, by table, year and group.
    """
    problems, count = Problems(), 0
    for table in statistics["table"].unique():
        series = wide(statistics, table)
        for total, plus, minus in IDENTITIES:
            if {total, *plus, *minus} <= set(series.columns):
                sums = _sum(series, plus) - _sum(series, minus)
                known = series[total].notna() & sums.notna()
                count += int(known.sum())
                for (year, group), found in series.loc[
                    known & (series[total] != sums), total
                ].items():
                    words = {"total": total, "found": found, "parts": sums[(year, group)]}
                    problems.note(NOT_THE_SUM.at(f"{table} {year} {group}", **words))
    problems.stop_if_any()
    return count


def _sum(series: pd.DataFrame, items: Iterable[str]) -> pd.Series:
    return series[list(items)].sum(axis=1, skipna=False)
