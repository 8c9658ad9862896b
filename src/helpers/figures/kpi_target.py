"""The target of an indicator: a dashed outline with its number, or an arrow for a direction."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from helpers import palette as p
from helpers.drawing import Page, Spot
from helpers.drawing.bars import bar, stroke
from helpers.drawing.fonts import width
from helpers.drawing.sheet import line_mm
from helpers.figures.rows import Row

_HALF = 0.36  # of a column's width, in years
_ARROW_MM = 3.5


def draw(page: Page, axes: Axes, target: Row, results: Sequence[Row], latest: int) -> None:
    """Draw the target and what stands above it.

    Args:
        page: the page.
        axes: years across, values up.
        target: a number, or a direction (printed ↗ or ↘).
        results: baseline and results.
        latest: the year of the newest result.
    """
    if target.known:
        _outline(page, axes, target, results, latest)
        text, above = f"{_word(page)}\n{target.text}", 0.2
    else:
        rising = target.printed != "↘"
        _arrow(page, axes, target, results, latest, rising)
        way = page.context.say("上昇" if rising else "低下", "rise" if rising else "fall")
        text, above = f"{_word(page)}\n{way}", _ARROW_MM + 1.2
    level = target.value if target.known else _level(results)
    at, top = page.where(axes, target.year, level)
    edge = page.where(axes, axes.get_xlim()[1], 0)[0] + 1.0
    size = page.sizes.label
    spots = []
    for points in dict.fromkeys((size, page.sizes.note, page.sizes.least)):
        half = max(width(line, points, True) for line in text.split("\n")) / 2
        for step in range(9):
            y = top - above - line_mm(points) * 0.5 - step * line_mm(size) * 0.4
            for shift in (0.0, 0.5, 1.0, -0.5, -1.0):
                spots.append(Spot(min(at + shift * half, edge - half), y, size=points))
    page.number(text, spots, bold=True, color=p.NEGATIVE, rank=-3)


def _word(page: Page) -> str:
    return page.context.say("目標", "Target")


def _level(results: Sequence[Row]) -> float:
    """Where a direction begins: at the baseline."""
    base = next((row for row in results if row.category == "baseline" and row.known), None)
    return base.value if base else 0.0


def _outline(page: Page, axes: Axes, target: Row, results: Sequence[Row], latest: int) -> None:
    """The column to reach, and a line at its height from the newest result on."""
    bar(
        axes,
        target.year,
        target.value,
        wide=2 * _HALF,
        facecolor="none",
        edgecolor=p.NEGATIVE,
        linewidth=1.1,
        linestyle="--",
    )
    newest = next((row for row in results if row.year == latest and row.known), None)
    if newest is None or target.year <= latest:
        return
    begin = _begin(page, axes, newest, target)
    if begin < target.year - _HALF:
        ends = [begin, target.year - _HALF]
        stroke(axes, ends, [target.value] * 2, color=p.NEGATIVE, lw=1.0, ls="--")


def _begin(page: Page, axes: Axes, newest: Row, target: Row) -> float:
    """Where the line begins: over the newest column, but beside its number."""
    size = page.sizes.label
    top, line = (page.where(axes, newest.year, v)[1] for v in (newest.value, target.value))
    if newest.value < target.value and top - line > line_mm(size) * 1.05:
        return newest.year - _HALF
    slot = page.where(axes, 1, 0)[0] - page.where(axes, 0, 0)[0]
    return newest.year + max(width(newest.text, size, True) / 2 + 0.6, 0.42 * slot) / slot


def _arrow(
    page: Page, axes: Axes, target: Row, results: Sequence[Row], latest: int, rising: bool
) -> None:
    """A line at the baseline's height, and an arrow from its end."""
    base = next((row for row in results if row.category == "baseline" and row.known), None)
    level = _level(results)
    begin = (base.year if base else latest) + 0.4
    ends = [begin, target.year + 0.4]
    stroke(axes, ends, [level] * 2, color=p.OUTLINE, lw=0.8, ls="--")
    x, y = page.where(axes, target.year, level)
    low, high = (x - _ARROW_MM / 2, y - 0.8), (x + _ARROW_MM / 2, y - 0.8 - _ARROW_MM)
    if rising:
        page.arrow(low, high, color=p.NEGATIVE)
    else:
        page.arrow((low[0], high[1]), (high[0], low[1]), color=p.NEGATIVE)
