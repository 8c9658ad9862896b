"""Shares of low and of high scores back to back, and what remains as a number."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from helpers import palette as p
from helpers.drawing import Page, Spot
from helpers.drawing.bars import bar
from helpers.drawing.fonts import width
from helpers.drawing.sheet import line_mm
from helpers.figures.rows import Row, one
from helpers.sentences.indicator_row import name

_SIDES = (("share_0_5", -1, p.NEGATIVE), ("share_8_10", 1, p.POSITIVE))


def draw(
    page: Page,
    parts: Sequence[Row],
    intents: Sequence[str],
    *,
    bars: tuple[float, float],
    net: float,
    place: tuple[float, float],
) -> None:
    """Draw low scores to the left of the axis, high scores to the right, the net as a number.

    Args:
        page: the page.
        parts: ``share_0_5``, ``share_8_10`` and ``modified_nps`` by intent.
        intents: which intents in which order.
        bars: left and right end of the bars, in millimetres.
        net: the middle of the column of nets.
        place: top of the first line, and the height of a line.
    """
    head, step = place
    shares = {
        (indicator, intent): one(parts, indicator=indicator, category=intent)
        for indicator, _, _ in _SIDES
        for intent in intents
    }
    reach = [
        max((r.value for i in intents if (r := shares[indicator, i]) and r.known), default=0.0)
        for indicator, _, _ in _SIDES
    ]
    axes = _axes(page, parts, reach, bars, (head, step * len(intents)))
    axes.set_ylim(len(intents), 0)
    for index, intent in enumerate(intents):
        for indicator, sign, color in _SIDES:
            row = shares[indicator, intent]
            if row is not None:
                _bar(page, axes, row, index + 0.5, sign, color)
        left_over = one(parts, indicator="modified_nps", category=intent)
        if left_over is not None:
            y, size = head + (index + 0.5) * step, page.sizes.label * 1.15
            color = p.signed(left_over.value)
            page.text(net, y, left_over.signed, bold=True, color=color, ha="center", size=size)
    zero, top = page.where(axes, 0, 0)
    page.rule([zero, zero], [top, top + step * len(intents)], color=p.INK, points=1.0)
    y = head - line_mm(page.sizes.label) / 2 + 0.8
    page.text(zero - 1.0, y, name("share_0_5", page.context), color=p.NEGATIVE, ha="right")
    page.text(zero + 1.0, y, name("share_8_10", page.context), color=p.POSITIVE)


def _axes(
    page: Page,
    parts: Sequence[Row],
    reach: Sequence[float],
    bars: tuple[float, float],
    down: tuple[float, float],
) -> Axes:
    """Axes with room beside the bars for a number that does not fit into its own."""
    size, (left, right) = page.sizes.label, bars
    total, room = sum(reach) or 1.0, right - left
    pads = []
    for (indicator, _, _), most in zip(_SIDES, reach, strict=True):
        rows = [row for row in parts if row.indicator == indicator and row.known]
        ends = [
            row.value / total * room + width(row.text, size, True) + 1.5
            for row in rows
            if row.value / total * room < width(row.text, size, True) + 1.5
        ]
        pads.append(max(0.0, max(ends, default=0.0) - most / total * room))
    wide = room - sum(pads)
    zero = left + pads[0] + wide * reach[0] / total
    per_mm = total / wide
    axes = page.axes(left, down[0], right - left, down[1])
    axes.set_xlim((left - zero) * per_mm, (right - zero) * per_mm)
    return axes


def _bar(page: Page, axes: Axes, row: Row, y: float, sign: int, color: str) -> None:
    end, middle = page.where(axes, sign * (row.value if row.known else 0.0), y)
    zero = page.where(axes, 0, y)[0]
    side = "left" if sign > 0 else "right"
    beside = Spot(end + sign, middle, side)
    spots = [beside]
    if row.known:
        bar(axes, y, sign * row.value, wide=0.6, across=True, lw=0, facecolor=color)
        if width(row.text, page.sizes.label, True) + 0.8 <= abs(end - zero):
            spots = [Spot((zero + end) / 2, middle, color=p.PAPER), beside]
    page.number(row.text, spots, bold=True, color=color)
