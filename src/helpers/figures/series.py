"""Years along an axis: what all charts over time share."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from helpers import palette as p
from helpers.drawing import Page, Spot
from helpers.drawing.bars import stroke
from helpers.drawing.fonts import width
from helpers.drawing.sheet import line_mm
from helpers.figures.rows import Row
from helpers.rounding import MINUS
from helpers.sentences.indicator_row import UNKNOWN
from helpers.sentences.numbers import thousands
from helpers.years import short_year


def ticks(low: float, high: float, count: int = 4) -> list[float]:
    """Round numbers that enclose a range, few enough to read."""
    locator = MaxNLocator(nbins=count, steps=[1, 2, 2.5, 5, 10], min_n_ticks=2)
    found = [float(value) for value in locator.tick_values(low, high)]
    step = found[1] - found[0]
    while len(found) > 2 and found[0] + step <= low:
        found = found[1:]
    while len(found) > 2 and found[-1] - step >= high:
        found = found[:-1]
    return found


def tick_texts(values: Sequence[float]) -> list[str]:
    """Ticks as shown, all with the decimals that one of them needs: 3.0, 3.5, 4.0."""
    decimals = max(len(f"{abs(value):.10g}".partition(".")[2]) for value in values)
    return [(MINUS if v < 0 else "") + thousands(f"{abs(v):.{decimals}f}") for v in values]


def grid(
    page: Page, axes: Axes, values: Sequence[float], unit: str = "", unit_x: float | None = None
) -> None:
    """Hairlines across the axes with their numbers to the left; the unit above them."""
    left, right = axes.get_xlim()
    for value, text in zip(values, tick_texts(values), strict=True):
        color = p.OUTLINE if value == 0 else p.GRID
        stroke(axes, [left, right], [value, value], color=color, lw=0.6, zorder=0)
        x, y = page.where(axes, left, value)
        page.text(x - 1.0, y, text, size=page.sizes.note, color=p.MUTED, ha="right")
    if unit:
        x, y = page.where(axes, left, max(axes.get_ylim()))
        words = page.context.say(f"（{unit}）", f"({unit})")
        x = x - tick_width(page, values) if unit_x is None else unit_x
        y -= line_mm(page.sizes.note) * 0.9
        page.text(x, y, words, size=page.sizes.note, color=p.MUTED)


def tick_width(page: Page, values: Sequence[float]) -> float:
    """Room that the numbers of an axis need at its left."""
    return max(width(text, page.sizes.note) for text in tick_texts(values)) + 1.0


def year_texts(page: Page, years: Sequence[int], slot: float, calendar: bool = False) -> list[str]:
    """Years on an axis, shorter where a slot (in millimetres) is too narrow.

    ``R7`` in Japanese, ``2025年`` of a calendar year; ``2025`` in English; ``'25`` where only that
    leaves every year its label.
    """
    if page.context.lang == "ja" and not calendar:
        return [short_year(year) for year in years]
    whole = [f"{year}{page.context.say('年', '')}" for year in years]
    short = [f"'{year % 100:02d}" for year in years]
    fits = [max(width(t, page.sizes.note) for t in texts) + 0.8 <= slot for texts in (whole, short)]
    return short if fits == [False, True] else whole


def year_labels(
    page: Page, axes: Axes, years: Sequence[int], drop: float = 0.4, calendar: bool = False
) -> None:
    """Years under the axes; where they would touch, every second one, ending with the last."""
    slot = page.where(axes, 1, 0)[0] - page.where(axes, 0, 0)[0]
    size = page.sizes.note
    texts = year_texts(page, years, slot, calendar)
    widest = max(width(text, size) for text in texts) + 0.8
    every = next(step for step in (1, 2, 3, 5, 10, 100) if slot * step >= widest)
    bottom = max(axes.get_ylim()) if axes.yaxis_inverted() else min(axes.get_ylim())
    for year, text in zip(years, texts, strict=True):
        if (years[-1] - year) % every == 0:
            x, y = page.where(axes, year, bottom)
            x = min(x, page.width - 0.3 - width(text, size) / 2)
            page.text(x, y + line_mm(size) / 2 + drop, text, size=size, color=p.MUTED, ha="center")


def line(
    axes: Axes, rows: Sequence[Row], color: str, *, strong: bool = True, shift: float = 0.0
) -> None:
    """A line through known values: open over missing years and before a break of the series.

    Args:
        axes: years across.
        rows: in any order.
        color: of the line, its dots and intervals.
        strong: whether it stands in front.
        shift: in years, so that the intervals of two lines stand beside one another.
    """
    pieces: list[list[Row]] = [[]]
    for row in sorted(rows, key=lambda row: row.year):
        gap = pieces[-1] and row.year != pieces[-1][-1].year + 1
        if not row.known or gap or row.broken:
            pieces.append([])
        if row.known:
            pieces[-1].append(row)
    for piece in filter(None, pieces):
        x, y = [row.year + shift for row in piece], [row.value for row in piece]
        wide = 1.8 if strong else 1.0
        stroke(axes, x, y, color=color, lw=wide, marker="o", ms=3.2 if strong else 2.4)
        for row in piece:
            if row.has_interval:
                stroke(axes, [row.year + shift] * 2, [row.low, row.high], color=color, lw=0.8)


def spread(places: Sequence[float], step: float, low: float, high: float) -> list[float]:
    """Move labels apart until they are ``step`` from one another, within limits.

    Args:
        places: where the labels would like to be, in millimetres downwards.
        step: the least distance.
        low: the first allowed place.
        high: the last allowed place.

    Returns:
        The places in the order given.
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    at = np.array([places[i] for i in order], dtype=float)
    for _ in range(200):
        gaps = np.diff(at)
        close = gaps < step - 1e-6
        if not close.any() and at[0] >= low - 1e-6 and at[-1] <= high + 1e-6:
            break
        push = np.where(close, (step - gaps) / 2, 0)
        at[:-1] -= push
        at[1:] += push
        at[0], at[-1] = max(at[0], low), min(at[-1], high)
    result = [0.0] * len(places)
    for rank, index in enumerate(order):
        result[index] = float(at[rank])
    return result


def missing_marks(page: Page, axes: Axes, rows: Sequence[Row], years: Sequence[int]) -> None:
    """``…`` at the foot of a year without a number, ``x`` where it is withheld."""
    by_year = {row.year: row for row in rows}
    bottom = min(axes.get_ylim())
    for year in years:
        row = by_year.get(year)
        if row is None or not row.known:
            x, y = page.where(axes, year, max(bottom, 0) if bottom <= 0 else bottom)
            text = row.text if row else UNKNOWN
            spots = [Spot(x, y + away, size=page.sizes.note) for away in (-1.8, 1.8, -3.6)]
            page.number(text, spots, color=p.MUTED, rank=9)


def numbers(page: Page, axes: Axes, rows: Sequence[Row], color: str = p.INK) -> None:
    """Each number above its point (or below) where all have room, else the first and the last."""
    size = page.sizes.note
    known = sorted((row for row in rows if row.known), key=lambda row: row.year)
    slot = page.where(axes, 1, 0)[0] - page.where(axes, 0, 0)[0]
    fits = all(width(row.text, size, True) + 0.4 <= slot for row in known)
    page.left_out |= not fits
    edges = [page.where(axes, limit, 0)[0] for limit in axes.get_xlim()]
    for row in known if fits else dict.fromkeys([known[0], known[-1]]):
        ends = [row.low, row.high] if row.has_interval else [row.value]
        half = width(row.text, size, True) / 2
        (x, top), (_, foot) = (page.where(axes, row.year, end) for end in (max(ends), min(ends)))
        x = min(max(x, edges[0] + half), edges[1] - half)
        away = line_mm(size) * 0.5 + 1.0
        spots = [Spot(x, y, size=size) for y in (top - away, top - away - 1.2, foot + away)]
        rank = (row is not known[-1]) + (row is not known[0])
        page.number(row.text, spots, bold=row is known[-1], color=color, rank=rank)
