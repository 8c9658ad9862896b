"""Indicator rows with the words that are shown for them, for drawing them by name."""

import pandas as pd

from helpers.drawing import Context
from helpers.figures.row_table import shown_name
from helpers.years import short_year

# Which words tell the rows of a chart apart, the first that varies.
NAMES = ("name", "indicator_name", "group_name", "category_name", "year_name")
VARYING = ("group", "category", "indicator", "fiscal_year")


def named(rows: pd.DataFrame, context: Context, *, n: bool = False) -> pd.DataFrame:
    """The rows with columns of words beside.

    Args:
        rows: indicator rows.
        context: language and the edition's own names.
        n: add the number of answers to the names of groups: ``18〜19歳（n=24）``.

    Returns:
        The same rows with ``indicator_name``, ``group_name``, ``category_name``, ``year_name``,
        and ``name``: the words of what varies among them (groups first).
    """
    out = rows.copy()
    pairs = list(zip(rows["indicator"], rows["category"], strict=True))
    out["indicator_name"] = [shown_name(one, context) for one in rows["indicator"]]
    out["group_name"] = [shown_name(one, context) for one in rows["group"]]
    out["category_name"] = [shown_name(f"{i}.{c}", context) if c else "" for i, c in pairs]
    out["year_name"] = [year_name(int(year), context) for year in rows["fiscal_year"]]
    if n:
        counts = ["" if pd.isna(number) else f"{number:,.0f}" for number in rows["n"]]
        out["group_name"] = [
            name + (context.say(f"（n={count}）", f" (n={count})") if count else "")
            for name, count in zip(out["group_name"], counts, strict=True)
        ]
    telling = next((c for c in VARYING if rows[c].nunique() > 1), "group")
    out["name"] = out["year_name" if telling == "fiscal_year" else f"{telling}_name"]
    return out


def year_name(year: int, context: Context) -> str:
    """A year along an axis: ``R7``, in English ``2025``."""
    return short_year(year) if context.lang == "ja" else str(year)
