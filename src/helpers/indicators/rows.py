"""Making indicator rows: the long table that is the heart of the project (design 4)."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from helpers.rounding import decimals_of
from helpers.rounding import printed as printed_form
from helpers.survey.disclosure import Before
from helpers.tables import (
    BESIDE,
    HIDDEN,
    INDICATORS,
    KEY,
    RULES,
    Disclosure,
    checked,
    key_of,
    one_of_each,
)

Row = Mapping[str, Any]

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


def answered_row(
    indicator: str,
    one: tuple[float, float, float],
    decimals: int,
    n: int,
    rules: Disclosure = RULES,
    **columns: Any,
) -> Row:
    """A row from answers: hidden where too few answered, for reference where not many did.

    Args:
        indicator: its name.
        one: value and ends of its interval.
        decimals: as printed.
        n: people who answered.
        rules: what is too few.
        columns: the others.
    """
    same = {"basis": "microdata", **columns}
    if n < rules.smallest_base:
        return indicator_row(indicator, None, printed=HIDDEN, **same, flag="suppressed")
    value, low, high = map(float, one)
    flag = "small_base" if n < rules.caution_base else ""
    return indicator_row(
        indicator, value, decimals, **same, n=float(n), low=low, high=high, flag=flag
    )


def indicator_table(records: Iterable[Row], city: str) -> pd.DataFrame:
    """Rows as a checked indicators table of one city, in a fixed order.

    What some rows tell besides (``BESIDE``) stands in columns behind, where any row has it.

    Raises:
        InputError: a row does not fit the schema, or two rows of one key differ.
    """
    rows = [{**_EMPTY, **record, "city": city} for record in records]
    frame = pd.DataFrame(rows, columns=[*INDICATORS.columns, *BESIDE])
    kinds = {"fiscal_year": int, "value": float, "n": float, "low": float, "high": float}
    typed = frame.astype(kinds)
    once = one_of_each(typed, "indicators") if len(typed) else typed
    table = checked(once, INDICATORS, "indicators")
    beside = {name: [None if pd.isna(v) else v for v in once[name]] for name in BESIDE}
    return table.assign(**{name: told for name, told in beside.items() if any(told)})


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


def before(rows: pd.DataFrame) -> Before:
    """What the rows of an earlier year hid or merged: it stays so (methods 5)."""
    micro = rows[rows["basis"] == "microdata"]
    dark = micro["flag"] == "suppressed"
    groups = dark.groupby([micro["breakdown"], micro["group"]]).all()
    single = micro["category"].str.isdecimal()
    told = dark[single].groupby([micro[n] for n in ("indicator", "breakdown", "category")]).all()
    return Before(
        frozenset(key for key, hidden in groups.items() if hidden),
        frozenset(key for key, hidden in groups.items() if not hidden),
        frozenset(key[:2] for key, hidden in told.items() if hidden),
    )


def hide_everywhere(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of several years with the same numbers hidden in all of them (methods 5).

    A group printed in one year and hidden in another would tell of the hidden one what the
    change between the two tells.
    """
    micro = rows["basis"] == "microdata"
    dark = micro & (rows["flag"] == "suppressed")
    group = [rows["breakdown"], rows["group"]]
    whole = (dark | ~micro).groupby([rows["fiscal_year"], *group]).transform("all") & micro
    dark = dark.groupby([rows[name] for name in KEY]).transform("any")
    dark = micro & (dark | whole.groupby(group).transform("any"))
    out = rows.copy()
    numbers = ["value", "n", "low", "high", *(c for c in rows if c.startswith("unrounded"))]
    out.loc[dark, numbers] = float("nan")
    out.loc[dark, ["printed", "flag"]] = [HIDDEN, "suppressed"]
    return out


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
