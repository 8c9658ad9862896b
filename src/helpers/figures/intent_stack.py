"""Amounts of intent by year, one on another above and below zero, each with its number."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from helpers import palette as p
from helpers.drawing import Page, Spot
from helpers.drawing.bars import bar
from helpers.figures.rows import Row, one

# Width of a column in years: a number too tall for its part stands beside it; large ones on it.
_WIDE, _WIDE_LARGE = 0.62, 0.8
# Large areas of like size: the third is pale, so that a photocopy tells them apart.
COLORS = (*p.CATEGORICAL_3[:2], p.POSITIVE_SOFT)


def span(amounts: Sequence[Row], years: range) -> tuple[float, float]:
    """How far the columns reach below and above zero."""
    ends = [
        [
            sum(r.value for r in amounts if r.year == y and r.known and sign * r.value > 0)
            for y in years
        ]
        for sign in (-1, 1)
    ]
    return min(ends[0]), max(ends[1])


def draw(
    page: Page, axes: Axes, amounts: Sequence[Row], intents: Sequence[str], years: range
) -> None:
    """Draw the columns into axes with years across."""
    wide = _WIDE_LARGE if page.context.large_print else _WIDE
    for year in years:
        ends = {-1: 0.0, 1: 0.0}
        for intent, color in zip(intents, COLORS, strict=False):
            row = one(amounts, year=year, category=intent)
            if row is None or not row.known:
                continue
            side = -1 if row.value < 0 else 1
            bar(
                axes,
                year,
                row.value,
                start=ends[side],
                wide=wide,
                facecolor=color,
                edgecolor=p.OUTLINE,
                lw=0.5,
            )
            at, mm = page.where(axes, year, ends[side] + row.value / 2)
            edge = page.where(axes, year + wide / 2, 0)[0]
            sizes = (page.sizes.note, page.sizes.least)
            spots = [Spot(at, mm, size=s, color=p.ink_on(color)) for s in sizes]
            spots += [Spot(edge + 0.8, mm, "left", size=s) for s in sizes]
            page.number(row.signed, spots, rank=-year)
            ends[side] += row.value
