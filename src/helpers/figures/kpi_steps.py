"""Targets of the years beside the plan's: a stepped line, the one of this year with its number."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from helpers import palette as p
from helpers.drawing import Page, Spot
from helpers.drawing.bars import stroke
from helpers.drawing.fonts import width
from helpers.drawing.sheet import line_mm
from helpers.figures.rows import Row


def draw(page: Page, axes: Axes, targets: Sequence[Row], year: int) -> None:
    """Draw a step for each year's target, and mark that of one year.

    Args:
        page: the page.
        axes: years across, values up.
        targets: of the years; numbers alone are drawn.
        year: the year whose target is marked.
    """
    steps = sorted((row for row in targets if row.known), key=lambda row: row.year)
    xs: list[float] = []
    ys: list[float] = []
    for row in steps:
        if xs and xs[-1] != row.year - 0.5:  # a year without a target ends the line
            _line(axes, xs, ys)
            xs, ys = [], []
        xs += [row.year - 0.5, row.year + 0.5]
        ys += [row.value, row.value]
    _line(axes, xs, ys)
    for row in steps:
        if row.year == year:
            _mark(page, axes, row)


def _line(axes: Axes, xs: list[float], ys: list[float]) -> None:
    if xs:
        stroke(axes, xs, ys, color=p.NEGATIVE, lw=1.1, ls="-")


def _mark(page: Page, axes: Axes, row: Row) -> None:
    """This year's step drawn thick, with its number beside it."""
    stroke(axes, [row.year - 0.5, row.year + 0.5], [row.value] * 2, color=p.NEGATIVE, lw=2.2,
           ls="-")  # fmt: skip
    text = page.context.say(f"年度目標{row.text}", f"Year\u2019s target {row.text}")
    at, level = page.where(axes, row.year, row.value)
    low, high = (page.where(axes, edge, 0)[0] for edge in axes.get_xlim())
    slot = page.where(axes, 1, 0)[0] - page.where(axes, 0, 0)[0]
    spots = []
    for size in dict.fromkeys((page.sizes.note, page.sizes.least)):
        wide = width(text, size, True)
        for shift in ((wide + slot) / 2 + 0.5, 0.0, -(wide + slot) / 2 - 0.5):
            for step in range(9):
                for side in (-1, 1):
                    x = min(max(at + shift, low + wide / 2), high - wide / 2)
                    y = level + side * (0.8 + line_mm(size) / 2 + step * line_mm(size) * 0.4)
                    spots.append(Spot(x, y, size=size))
    page.number(text, spots, bold=True, color=p.NEGATIVE, rank=-1)
