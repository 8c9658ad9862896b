"""The tables of the cleaned statistics, one at a time."""

import pandas as pd

from helpers.problems import InputError, Message, listed

NO_TABLE = Message(
    "統計の表「{table}」がありません（あるのは {tables}）",
    remedy="edition.yml の tables に足すか、このノートブックを notebooks から外してください",
    en="no statistics table {table} (there are: {tables}). → add it to tables in edition.yml, or "
    "take this notebook out of notebooks",
)


def rows_of(statistics: pd.DataFrame, table: str) -> pd.DataFrame:
    """The rows of one statistics table.

    Raises:
        InputError: the edition has no such table.
    """
    rows = statistics[statistics["table"] == table]
    if rows.empty:
        words = {"table": table, "tables": listed(statistics["table"].unique())}
        raise InputError(NO_TABLE.at("statistics", **words))
    return rows


def wide(statistics: pd.DataFrame, table: str) -> pd.DataFrame:
    """One statistics table with a column an item, indexed by year and group."""
    rows = rows_of(statistics, table)
    return rows.pivot(index=["fiscal_year", "group"], columns="item", values="value")
