"""The plotted numbers in words: the table beside a figure, its sources, names of its rows."""

from collections.abc import Iterable

import pandas as pd

from helpers.drawing import Context
from helpers.drawing.chart import heads
from helpers.figures.rows import Row
from helpers.sentences.indicator_row import name


def table(rows: Iterable[Row], context: Context) -> pd.DataFrame:
    """The plotted numbers with words for every identifier, as the CSV beside the figure."""
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
    return pd.DataFrame(lines, columns=heads(context))


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
