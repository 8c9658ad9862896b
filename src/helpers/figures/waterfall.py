"""Amounts one after another, and what they come to."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from helpers import palette as p
from helpers.drawing import Page, Spot
from helpers.drawing.bars import bar, stroke
from helpers.drawing.fonts import MM, width
from helpers.drawing.lint import FLOATING
from helpers.figures.rows import Row

_TAIL, _MARKED = 1.35, 0.35  # lines that the total takes, and what stands under its bar
_HALF = 0.3  # of a bar's height, in lines


def lines_of(steps: Sequence[object], total: Row, other: Row | None) -> float:
    """How many lines the steps and their total take."""
    return len(steps) + _TAIL + (_MARKED if total.has_interval or other else 0.0)


def draw(
    page: Page,
    steps: Sequence[Row],
    total: Row,
    other: Row | None = None,
    *,
    across: tuple[float, float],
    place: tuple[float, float],
) -> float:
    """Draw the steps and their total.

    Args:
        page: the page.
        steps: the amounts, from top to bottom.
        total: what they come to; its interval is a line under its bar.
        other: the total of another method, a mark under the bar.
        across: left and right end of the bars, in millimetres.
        place: top of the first line, and the height of a line.

    Returns:
        The middle height of the line of the total.
    """
    (left, right), (head, step) = across, place
    ends = [0.0]
    for row in steps:
        ends.append(ends[-1] + (row.value if row.known else 0.0))
    known = [total.value] if total.known else []
    known += [total.low, total.high] if total.has_interval else []
    known += [other.value] if other and other.known else []
    low, high = min(*ends, *known), max(*ends, *known)
    lines = lines_of(steps, total, other)
    rows_mm = step * lines
    axes = page.axes(left, head, right - left, rows_mm)
    axes.set(xlim=(low, high if high > low else low + 1.0), ylim=(lines, 0))
    zero = page.where(axes, 0, 0)[0]
    note = page.sizes.note
    foot = head + rows_mm - 0.6 - max(1.6, 0.37 * note * MM + 0.5)
    page.rule([zero, zero], [head, foot], color=p.INK, points=1.0)
    for index, row in enumerate(steps):
        _bar(page, axes, row, (ends[index], index + 0.5), p.signed(row.value))
        below = index + (1.5 if index + 1 == len(steps) else 1.2)
        stroke(axes, [ends[index + 1]] * 2, [index + 0.5 + _HALF, below], color=p.OUTLINE, lw=0.6)
    line = len(steps) + 0.8
    _bar(page, axes, total, (0.0, line), p.TOTAL)
    under = line + _HALF + 0.17
    if total.has_interval:
        stroke(axes, [total.low, total.high], [under] * 2, color=p.INK, lw=1.0)
        for end in (total.low, total.high):
            stroke(axes, [end] * 2, [under - 0.08, under + 0.08], color=p.INK, lw=1.0)
    if other and other.known:
        stroke(axes, [other.value], [under], marker="D", color=p.INK, ms=4, markerfacecolor=p.PAPER)
    page.text(zero, head + rows_mm - 0.6, "0", size=note, color=p.MUTED, ha="center")
    return page.where(axes, 0, line)[1]


def _bar(page: Page, axes: Axes, row: Row, start: tuple[float, float], color: str) -> None:
    """One amount, its number on the bar or beside it."""
    x, y = start
    value = row.value if row.known else 0.0
    (x0, middle), (x1, _) = page.where(axes, x, y), page.where(axes, x + value, y)
    beside = [
        Spot(min(x0, x1) - 1.0, middle, "right"),
        Spot(max(x0, x1) + 1.0, middle, "left"),
    ]
    if row.known:
        gid = None if color == p.TOTAL else FLOATING
        bar(axes, y, value, start=x, wide=2 * _HALF, across=True, lw=0, facecolor=color, gid=gid)
    text = row.text if color == p.TOTAL else row.signed
    if width(text, page.sizes.label, True) + 1.6 <= abs(x1 - x0):
        beside.insert(0, Spot((x0 + x1) / 2, middle, color=p.PAPER))
    page.number(text, beside, bold=True, color=color)
