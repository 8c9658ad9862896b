"""Population, movement and daytime population from statistics, each by its own definition.

Two definitions are never joined in one series: the register counts all residents, the migration
report Japanese movers only.
"""

from collections.abc import Mapping
from fractions import Fraction

import pandas as pd

from helpers.edition.description import Series
from helpers.indicators.rows import Row, indicator_row
from helpers.indicators.statistics import rows_of, wide

FLOWS = ("moved_in", "moved_out", "births", "deaths")
_PERSONS = "人"


def movement_rows(statistics: pd.DataFrame, table: str, basis: str) -> list[Row]:
    """Flows of one series and what follows from them, one set a calendar year.

    ``net_migration`` is the published 社会増減 where the source gives it (it then counts other
    changes of the register too), else moved in − moved out. ``natural_change`` is births −
    deaths. ``turnover_rate`` is the mean of moved in and moved out, in % of the population at the
    end of the year, where the source gives one.
    """
    series = wide(statistics, table)
    first = rows_of(statistics, table).iloc[0]
    same = {"basis": basis, "definition": first["definition"], "source": first["source"]}
    rows: list[Row] = []
    for (year, _), known in series.iterrows():
        at = {**same, "fiscal_year": year, "unit": _PERSONS}
        have = {str(item): int(value) for item, value in known.dropna().items()}
        rows += [indicator_row(flow, have[flow], **at) for flow in FLOWS if flow in have]
        derived = {**at, "basis": "derived"}
        if "net_migration" in have:
            rows.append(indicator_row("net_migration", have["net_migration"], **at))
        elif {"moved_in", "moved_out"} <= have.keys():
            net = have["moved_in"] - have["moved_out"]
            rows.append(indicator_row("net_migration", net, **derived))
        if {"births", "deaths"} <= have.keys():
            natural = have["births"] - have["deaths"]
            rows.append(indicator_row("natural_change", natural, **derived))
        if {"moved_in", "moved_out", "population"} <= have.keys():
            rate = Fraction(100 * (have["moved_in"] + have["moved_out"]), 2 * have["population"])
            rows.append(indicator_row("turnover_rate", rate, 1, **{**derived, "unit": "%"}))
    return rows


def population_rows(statistics: pd.DataFrame, table: str) -> list[Row]:
    """Population by date and kind; the kind (census, register) is the definition."""
    known = rows_of(statistics, table).dropna(subset="value")
    return [
        indicator_row(
            "population",
            row.value,
            fiscal_year=row.fiscal_year,
            unit=_PERSONS,
            basis="census" if "国勢調査" in row.group else "register",
            definition=row.group,
            source=row.source,
        )
        for row in known[known["item"] == "population"].itertuples()
    ]


def daytime_rows(statistics: pd.DataFrame, table: str) -> list[Row]:
    """Daytime population index of a city and its peers, and the rank from the lowest.

    Equal indices share the better rank and the next rank is skipped (1, 2, 2, 4). Where the
    table has outflow and residents, ``stay_share`` is the share of residents who stay in the
    city by day, in %: not the same as the index, which also counts those who come in.
    """
    series = wide(statistics, table)
    first = rows_of(statistics, table).iloc[0]
    source, definition = first["source"], first["definition"]
    ranks = series["daytime_population_index"].rank(method="min")
    rows: list[Row] = []
    for (year, group), known in series.iterrows():
        same = {
            "fiscal_year": year,
            "breakdown": "peer",
            "group": group,
            "definition": definition,
            "source": source,
        }
        index = known["daytime_population_index"]
        if pd.isna(index):  # … or x in the table: there is no number to print
            continue
        rows += [
            indicator_row(
                "daytime_population_index", index, 1, unit="ポイント", basis="census", **same
            ),
            indicator_row("daytime_population_rank", ranks[(year, group)], unit="位", **same),
        ]
        if {"outflow", "residents"} <= set(known.dropna().index):
            stay = Fraction(
                100 * int(known["residents"] - known["outflow"]), int(known["residents"])
            )
            rows.append(indicator_row("stay_share", stay, 1, unit="%", **same))
    return rows


def series_rows(statistics: pd.DataFrame, table: str, described: Mapping[str, Series]) -> list[Row]:
    """Described items of a table as indicators of the same name, one row a year.

    Args:
        statistics: the cleaned statistics.
        table: which table.
        described: indicator → its unit, decimals and basis.
    """
    rows = rows_of(statistics, table)
    rows = rows[rows["item"].isin(described)]
    return [
        indicator_row(
            row.item,
            row.value,
            described[row.item].decimals,
            fiscal_year=row.fiscal_year,
            unit=described[row.item].unit,
            basis=described[row.item].basis,
            definition=row.definition,
            source=row.source,
        )
        for row in rows.dropna(subset="value").itertuples()
    ]


def partner_rows(statistics: pd.DataFrame, table: str, indicator: str = "commuters") -> list[Row]:
    """Flows by partner municipality: ``outflow`` leaves the city, ``inflow`` comes in.

    What the table calls その他 becomes the group ``other``, which charts draw last.
    """
    rows = rows_of(statistics, table)
    return [
        indicator_row(
            indicator,
            row.value,
            fiscal_year=row.fiscal_year,
            breakdown="partner",
            group="other" if row.group in ("others", "その他") else row.group,
            category=row.item,
            unit=_PERSONS,
            basis="census",
            definition=row.definition,
            source=row.source,
        )
        for row in rows.dropna(subset="value").itertuples()
    ]


def composition_rows(statistics: pd.DataFrame, table: str) -> list[Row]:
    """Shares of a table's items in their sum, in %, for each area of the table.

    ``composition_age`` has the age groups of the city, its prefecture and the nation: a row an
    area, a column an age group. An area that lacks one item has no shares.
    """
    series, first = wide(statistics, table), rows_of(statistics, table).iloc[0]
    same = {"unit": "%", "definition": first["definition"], "source": first["source"]}
    rows: list[Row] = []
    for (year, area), counts in series.iterrows():
        whole = counts.sum(min_count=len(counts))
        if pd.isna(whole) or not whole:
            continue
        rows += [
            indicator_row(
                table,
                Fraction(100 * int(count), int(whole)),
                1,
                fiscal_year=year,
                breakdown="peer",
                group=area,
                category=item,
                **same,
            )
            for item, count in counts.items()
        ]
    return rows


def rate_rows(statistics: pd.DataFrame, table: str) -> list[Row]:
    """Items of a table per 1,000 of its ``population``, and the rank of each area from the top.

    Equal rates, computed without rounding, share the better rank and the next is skipped
    (1, 2, 2, 4).
    """
    series, first = wide(statistics, table), rows_of(statistics, table).iloc[0]
    same = {"definition": first["definition"], "source": first["source"], "breakdown": "peer"}
    people = series["population"]
    rows: list[Row] = []
    for item in series.columns.drop("population"):
        known = series[item].notna() & (people > 0)
        rates = {
            at: Fraction(1000 * int(series.at[at, item]), int(people[at]))
            for at in series.index[known]
        }
        for (year, area), rate in rates.items():
            at = {**same, "fiscal_year": year, "group": area}
            rank = 1 + sum(other > rate for other in rates.values())
            rows += [
                indicator_row(f"{item}_rate", rate, 1, unit="人（千人当たり）", **at),
                indicator_row(f"{item}_rate_rank", rank, unit="位", **at),
            ]
    return rows
