"""The plotted numbers in words: the table beside a figure, its sources, names of its rows."""

from collections.abc import Iterable

import pandas as pd

from helpers.drawing import Context
from helpers.figures.rows import Row, name


def table(rows: Iterable[Row], context: Context) -> pd.DataFrame:
    """The plotted numbers with words for every identifier, as the CSV beside the figure."""
    ja = "年度 指標 区分 項目 値 表示 単位 n 下限 上限 注記 キー"
    en = "Year Indicator Group Category Value Printed Unit n Low High Flag Key"
    heads = context.say(ja, en).split()
    lines = [
        (
            row.year,
            _named(row.indicator, context),
            _named(row.group, context),
            _named(f"{row.indicator}.{row.category}", context) if row.category else "",
            None if row.hidden else row.value,
            row.text,
            row.unit,
            row.n,
            row.low,
            row.high,
            row.flag,
            f"{row.indicator}.{row.breakdown}.{row.group}.{row.category}".rstrip("."),
        )
        for row in rows
    ]
    return pd.DataFrame(lines, columns=heads)


def _named(identifier: str, context: Context) -> str:
    """Words where there are some; the names of peers and partners are words already."""
    try:
        return name(identifier, context)
    except KeyError:
        return identifier.rpartition(".")[2]


def sources(rows: Iterable[Row], given: str, context: Context) -> str:
    """The source to print: the one given, the context's, or those of the rows."""
    return given or context.source or "、".join(dict.fromkeys(r.source for r in rows if r.source))


def shown_name(identifier: str, context: Context) -> str:
    """Words for an identifier, or the identifier itself: peers and partners are names already."""
    return _named(identifier, context)
