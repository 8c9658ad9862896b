"""Satisfaction against importance: every field a labelled point, the means as lines."""

import math
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from helpers import palette as p
from helpers.drawing import Chart, Context, Page, Spot
from helpers.drawing.bars import stroke
from helpers.drawing.fonts import width
from helpers.drawing.paper import tallest
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.figures import name_list, series
from helpers.figures.chart_type import chart_type
from helpers.figures.fields import Field, fields_of
from helpers.figures.row_table import shown_name, sources, table
from helpers.figures.rows import Row, one, read
from helpers.figures.words import quadrant as words
from helpers.sentences.indicator_row import unit_name
from helpers.sentences.typed import choose

# Where a name may stand, the best first: direction and distance from its point.
_SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
_DISTANCES = (1.6, 2.4, 4.2, 6.0, 8.5, 11.0)
QUADRANT = ("象限", "Quadrant")  # the column of the CSV
_MOST_NAMES = 25  # that a scatter holds; of more fields the numbers, and a list
_LEAST_MM = 30.0  # a scatter that can be read
_TOP_MM = 6.5  # above the scatter: what its vertical axis measures


@chart_type
def quadrant(
    rows: pd.DataFrame,
    *,
    context: Context,
    across: str = "field_satisfaction",
    up: str = "field_importance",
    breakdown: str = "field",
    highlight: Sequence[str] = (),
    key: str = "fields",
    title: str | None = None,
    notes: Sequence[str] = (),
    source: str = "",
) -> Chart:
    """Draw policy fields by satisfaction and importance.

    Args:
        rows: both indicators by ``field``, category ``score``; the means as ``total``; the
            survey before, if there is one, under its own year.
        context: city, edition, language, width.
        across: the indicator from left to right.
        up: the indicator from bottom to top.
        breakdown: the battery whose items are drawn.
        highlight: fields in front, with an arrow from their place in the survey before.
        key: name of the figure.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    known = [
        row for row in read(rows) if row.year <= context.year and row.indicator in (across, up)
    ]
    fields = fields_of(known, across, up, context, breakdown)
    means = [one(known, indicator=i, breakdown="total", year=context.year) for i in (across, up)]
    used = [row for f in fields for row in (f.across, f.up, *(f.before or ()))]
    used += [row for row in means if row is not None]

    def drawn(numbered: bool) -> Page:
        listed = [f"{i} {shown_name(f.group, context)}" for i, f in enumerate(fields, start=1)]
        side = context.width_mm * (0.86 if context.narrow else 0.60)
        list_mm = name_list.height_mm(listed, context) if numbered else 0.0
        page = Page(
            context,
            title=choose(title, words.title(fields, context), used, context),
            subtitle=words.subtitle(across, up, fields, context),
            notes=[*notes, *words.notes(fields, highlight, context)],
            source=sources(used, source, context),
            plot_mm=0.0,
        )
        if most := tallest(context.width_mm):  # of what the paper leaves, the scatter takes all
            around = page.around() + line_mm(context.sizes.note) + _TOP_MM + 9.0
            side = min(side, max(most - around - list_mm, _LEAST_MM))
        page.height = side + _TOP_MM + 9.0 + list_mm
        axes = _axes(page, fields, side)
        _quadrants(page, axes, means, across, up)
        _points(page, axes, fields, highlight, numbered)
        if numbered:
            name_list.draw(page, listed, side + _TOP_MM + 11.0)
        return page

    crowded = context.narrow or len(fields) > _MOST_NAMES
    page = drawn(numbered=crowded)
    unit = unit_name(fields[0].across.unit, context) or context.say("点", "points")
    alt, data = words.alt(fields, across, up, context), table(used, context)
    if all(means):
        data[context.say(*QUADRANT)] = _membership(used, fields, means, context)
    chart = page.chart(key, unit=unit, alt=alt, data=data)
    if page.left_out and not crowded:  # too many names for the scatter: a list of them
        chart = drawn(numbered=True).chart(key, unit=unit, alt=alt, data=data)
    return chart


def _membership(
    used: Sequence[Row], fields: Sequence[Field], means: Sequence[Row | None], context: Context
) -> list[str]:
    """The quadrant of each row's field this year, in words; none for means and other years."""
    across, up = means
    if across is None or up is None:
        return [""] * len(used)
    said = {field.group: words.quadrant_of(field, across, up, context) for field in fields}
    now = {id(row) for field in fields for row in (field.across, field.up)}
    return [said[row.group] if id(row) in now else "" for row in used]


def _axes(page: Page, fields: Sequence[Field], side: float) -> Axes:
    xs = [f.across.value for f in fields] + [f.before[0].value for f in fields if f.before]
    ys = [f.up.value for f in fields] + [f.before[1].value for f in fields if f.before]
    # A twentieth of room, so that no point lies on the edge.
    pads = [(max(v) - min(v)) * 0.05 for v in (xs, ys)]
    across = series.ticks(min(xs) - pads[0], max(xs) + pads[0], 5)
    up = series.ticks(min(ys) - pads[1], max(ys) + pads[1], 5)
    left = MARGIN + series.tick_width(page, up) + 1.0
    top = _TOP_MM
    axes = page.axes(left, top, page.width - MARGIN - 3.0 - left, side)
    axes.set(xlim=(across[0], across[-1]), ylim=(up[0], up[-1]))
    note, texts = page.sizes.note, series.tick_texts(across)
    step = page.where(axes, across[1], 0)[0] - page.where(axes, across[0], 0)[0]
    every = 1 if max(width(text, note) for text in texts) + 1.0 <= step else 2
    for value, text in zip(across, texts, strict=True):
        x, y = page.where(axes, value, up[0])
        page.rule([x, x], [top, y], color=p.GRID, zorder=-2)
        if round((value - across[0]) / (across[1] - across[0])) % every == every - 1:
            y += line_mm(note) / 2 + 1.6
            page.text(x, y, text, size=note, color=p.MUTED, ha="center")
    for value, text in zip(up, series.tick_texts(up), strict=True):
        x, y = page.where(axes, across[0], value)
        page.rule([x, page.where(axes, across[-1], 0)[0]], [y, y], color=p.GRID, zorder=-2)
        page.text(x - 1.0, y, text, size=page.sizes.note, color=p.MUTED, ha="right")
    return axes


def _quadrants(page: Page, axes: Axes, means: Sequence[Row | None], across: str, up: str) -> None:
    """Lines at the means, and what the axes measure."""
    context, note = page.context, page.sizes.note
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
    if means[0] is not None:
        stroke(axes, [means[0].value] * 2, [y0, y1], color=p.OUTLINE, lw=0.9, ls="--")
        x, y = page.where(axes, means[0].value, y1)
        text, over = (
            context.say(f"平均{means[0].text}", f"mean {means[0].text}"),
            y - line_mm(note) / 2 - 0.2,
        )
        spots = [Spot(x, over, size=note), Spot(x - 1.0, over, "left", size=note)]
        under = page.where(axes, 0, y0)[1] - line_mm(note)
        spots += [Spot(x + 1.0, under, "left", size=note), Spot(x - 1.0, under, "right", size=note)]
        page.number(text, spots, color=p.MUTED, rank=-2)
    if means[1] is not None:
        stroke(axes, [x0, x1], [means[1].value] * 2, color=p.OUTLINE, lw=0.9, ls="--")
    bottom = page.where(axes, x0, y0)[1]
    right, top = page.where(axes, x1, y1)
    name = shown_name(up, context)
    mean = context.say(f"（平均{means[1].text}）", f" (mean {means[1].text})") if means[1] else ""
    page.text(MARGIN, top - line_mm(note) * 1.1 - 0.6, f"↑ {name}{mean}", size=note, bold=True)
    heading = f"{shown_name(across, context)} →"
    page.text(right, bottom + line_mm(note) * 1.5 + 1.6, heading, size=note, bold=True, ha="right")


def _points(
    page: Page, axes: Axes, fields: Sequence[Field], highlight: Sequence[str], numbered: bool
) -> None:
    """A dot a field, the fields in front with an arrow from where they were, and their names."""
    note = page.sizes.note
    dots = [page.where(axes, f.across.value, f.up.value) for f in fields]
    for field, (x, y) in zip(fields, dots, strict=True):
        strong = field.group in highlight
        color = p.NEGATIVE if strong else p.POSITIVE
        page.rule([x], [y], color=color, marker="o", markersize=5.5 if strong else 4.2, zorder=4)
        if field.before and strong:
            was = page.where(axes, field.before[0].value, field.before[1].value)
            ring = page.rule([was[0]], [was[1]], color=p.NEGATIVE, marker="o", zorder=3)
            ring.set(markersize=4.5, markerfacecolor=p.PAPER)
            page.arrow(was, (x, y), color=p.NEGATIVE, dot=5.5)
    for index, (field, dot) in enumerate(zip(fields, dots, strict=True)):
        strong = field.group in highlight
        text = str(index + 1) if numbered else shown_name(field.group, page.context)
        # The points with the closest neighbours choose first: they have the fewest places.
        near = min((math.dist(dot, other) for other in dots if other is not dot), default=0.0)
        page.number(
            text,
            _around(dots, index, width(text, note, strong), note),
            bold=strong,
            color=p.NEGATIVE if strong else p.INK,
            rank=-1 if strong else round(near * 10),
        )


def _around(dots: Sequence[tuple[float, float]], own: int, wide: float, size: float) -> list[Spot]:
    """The places round a point, the nearest first; a line leads to those farther away.

    None is nearer to another point than to its own: it would be read as that one's name.
    """
    x, y = dot = dots[own]
    others = [other for other in dots if other != dot]
    high = line_mm(size) * 0.86
    spots = []
    for distance in _DISTANCES:
        for side, rise in _SIDES:
            left = x + side * (distance + wide / 2) - wide / 2
            middle = y + rise * (distance * 0.6 + high / 2)
            box = left, middle, wide, high
            if any(_apart(box, other) <= _apart(box, dot) for other in others):
                continue
            end = min(max(x, left - 0.2), left + wide + 0.2), middle - rise * high / 2
            leader = (dot, end) if distance > _DISTANCES[1] else None
            spots.append(Spot(left, middle, "left", size=size, leader=leader))
    return spots


def _apart(box: tuple[float, float, float, float], point: tuple[float, float]) -> float:
    """How far a point is from a text with its left edge, middle height, width and height (mm)."""
    left, middle, wide, high = box
    across = max(left - point[0], 0.0, point[0] - left - wide)
    return math.hypot(across, max(abs(point[1] - middle) - high / 2, 0.0))
