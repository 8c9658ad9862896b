"""Making indicator rows: the long table that is the heart of the project (design 4)."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from helpers.rounding import decimals_of
from helpers.rounding import printed as printed_form
from helpers.tables import INDICATORS, KEY, checked

Row = Mapping[str, Any]

HIDDEN = "x"
"""What is printed in the place of a hidden number."""

_EMPTY: Row = {
    "breakdown": "total",
    "group": "total",
    "category": "",
    "value": float("nan"),
    "printed": "",
    "unit": "",
    "n": float("nan"),
    "low": float("nan"),
    "high": float("nan"),
    "basis": "derived",
    "definition": "",
    "flag": "",
    "source": "",
}


def indicator_row(
    indicator: str,
    value: Decimal | Fraction | float | None,
    decimals: int = 0,
    **columns: Any,
) -> Row:
    """One row; ``printed`` is rounded here, once, unless it is given as a document prints it."""
    return {
        **_EMPTY,
        "indicator": indicator,
        "value": float("nan") if value is None else float(value),
        "printed": printed_form(value, decimals),
        **columns,
    }


def indicator_table(records: Iterable[Row], city: str) -> pd.DataFrame:
    """Rows as a checked indicators table of one city, in a fixed order.

    Raises:
        InputError: a row does not fit the schema, or two rows have the same key.
    """
    rows = [{**_EMPTY, **record, "city": city} for record in records]
    frame = pd.DataFrame(rows, columns=list(INDICATORS.columns))
    kinds = {"fiscal_year": int, "value": float, "n": float, "low": float, "high": float}
    return checked(frame.astype(kinds), INDICATORS, "indicators")


def published_rows(printed: pd.DataFrame, city: str, indicators: Sequence[str]) -> list[Row]:
    """Rows of what a document prints, its own text as ``printed``.

    Args:
        printed: the cleaned ``printed`` table.
        city: the city's id.
        indicators: which indicators to take.
    """
    wanted = printed[printed["indicator"].isin(indicators)]
    once = wanted.drop_duplicates(["fiscal_year", *KEY, "definition"])
    kept = ["fiscal_year", *KEY, "value", "printed", "unit", "definition", "source"]
    return [
        {**_EMPTY, **record, "city": city, "basis": "published"}
        for record in once[kept].to_dict("records")
    ]


def hidden_groups(rows: pd.DataFrame) -> set[tuple[str, str]]:
    """The (breakdown, group) of which nothing may be told, as a few people answered."""
    hidden = rows[rows["flag"] == "suppressed"]
    return set(zip(hidden["breakdown"], hidden["group"], strict=True))


def hide_everywhere(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of several years with the same groups hidden in all of them (methods 5).

    A group printed in one year and hidden in another would tell of the hidden one what the
    change between the two tells.
    """
    hidden = hidden_groups(rows)
    keys = zip(rows["breakdown"], rows["group"], strict=True)
    dark = (rows["basis"] == "microdata") & pd.Series([k in hidden for k in keys], rows.index)
    out = rows.copy()
    out.loc[dark, ["value", "n", "low", "high"]] = float("nan")
    out.loc[dark, ["printed", "flag"]] = [HIDDEN, "suppressed"]
    return out


def key_of(row: Row) -> str:
    """The key that names a number in notebooks, Word fields and claims."""
    return ".".join(str(row[part]) for part in KEY if row[part] != "")


def view(rows: Iterable[Row], *more: str) -> pd.DataFrame:
    """Rows as a reader of a notebook looks at them: key, year, printed number, where from.

    Args:
        rows: indicator rows.
        more: further columns; ends of an interval get the decimals of their number.
    """
    shown = ("fiscal_year", "printed", "unit", "basis", "definition")
    return pd.DataFrame(
        [
            {"key": key_of(row), **{name: row[name] for name in shown}}
            | {name: _shown(row, name) for name in more}
            for row in rows
        ]
    )


def _shown(row: Row, name: str) -> Any:
    decimals = 0 if name == "n" else decimals_of(str(row["printed"]))
    return printed_form(row[name], decimals) if isinstance(row[name], float) else row[name]
