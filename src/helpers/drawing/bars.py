"""Bars and strokes in data coordinates.

``Axes.bar`` and ``Axes.plot`` convert units and measure every mark so that the axes can scale
themselves: half the time of drawing a chart. The limits of ours are set before anything is drawn.
"""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle


def bar(
    axes: Axes,
    place: float,
    length: float,
    *,
    wide: float,
    start: float = 0.0,
    across: bool = False,
    **style: Any,
) -> None:
    """Draw one bar that the lint knows as a bar.

    Args:
        axes: with limits that hold the bar.
        place: the middle of the bar on the axis of the categories.
        length: the value, negative for a bar to the left or downwards.
        wide: how thick the bar is, in categories.
        start: where it begins on the axis of the values.
        across: lying, otherwise standing.
        **style: of a ``Rectangle``.
    """
    low = place - wide / 2
    corner, size = ((start, low), (length, wide)) if across else ((low, start), (wide, length))
    patch = Rectangle(corner, *size, clip_on=False, **style)
    axes.add_artist(patch)
    orientation = "horizontal" if across else "vertical"
    axes.add_container(BarContainer([patch], orientation=orientation))  # type: ignore[arg-type]


def stroke(axes: Axes, x: Sequence[float], y: Sequence[float], **style: Any) -> Line2D:
    """Draw a line, or dots with ``marker=``, that may leave the axes."""
    line = Line2D(x, y, clip_on=False, **style)
    axes.add_artist(line)
    return line
