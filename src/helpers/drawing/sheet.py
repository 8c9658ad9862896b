"""A sheet of paper in millimetres: axes, texts, rules and arrows where they will be printed.

Everything is placed at x from the left edge and y downwards from the origin, in millimetres. How
far the origin is from the top edge, and how tall the sheet is, is settled last of all.
"""

import math
from collections.abc import Sequence
from typing import Any

from matplotlib import patches
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import Affine2D

from helpers.drawing.context import Context
from helpers.drawing.fonts import MM
from helpers.drawing.label import INCH, Label
from helpers.palette import INK, OUTLINE

DPI = 300
MARGIN = 1.5
LEADING = 1.32  # distance of lines, in sizes of type
# From the middle of a line down to its baseline, in sizes: half the height of a kanji.
MIDDLE_TO_BASELINE = 0.37


def line_mm(size: float) -> float:
    """Height of one line of text in millimetres."""
    return size * MM * LEADING


class Sheet:
    """Paper to draw on.

    Attributes:
        context: city, edition, language, width.
        figure: the matplotlib figure, exactly as wide as asked.
        width: the sheet's width in millimetres.
        mm: the transform from millimetres to matplotlib's pixels.
    """

    def __init__(self, context: Context):
        self.context, self.sizes, self.width = context, context.sizes, context.width_mm
        self.figure = Figure(figsize=(self.width / INCH, 1.0), dpi=DPI)
        self._mm = Affine2D().scale(1 / INCH, -1 / INCH)
        self.mm = self._mm + self.figure.dpi_scale_trans
        self._places: dict[Axes, tuple[float, float, float, float]] = {}

    def cut(self, origin: float, height: float) -> None:
        """Settle the sheet: how far its origin is from the top edge, and its height."""
        self.figure.set_size_inches(self.width / INCH, height / INCH)
        self._mm.clear().scale(1 / INCH, -1 / INCH).translate(0, (height - origin) / INCH)
        for axes, (left, top, wide, high) in self._places.items():
            bottom = 1 - (origin + top + high) / height
            axes.set_position((left / self.width, bottom, wide / self.width, high / height))

    def axes(self, left: float, top: float, wide: float, high: float) -> Axes:
        """Axes at a place; bare: no ticks and no frame, their texts are placed in millimetres."""
        axes = self.figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        self._places[axes] = left, top, wide, high
        return axes

    def place(self, axes: Axes, left: float, top: float, wide: float, high: float) -> None:
        """Move axes to another place; it holds from the next ``cut``."""
        self._places[axes] = left, top, wide, high

    def placed(self, axes: Axes) -> tuple[float, float, float, float]:
        """Where axes are: left, top, width, height."""
        return self._places[axes]

    def at(self, axes: Axes, x: float, y: float) -> tuple[float, float]:
        """The millimetres of a point given in data, on any scale; the sheet has to be cut."""
        left, down = self.mm.inverted().transform(axes.transData.transform((x, y)))
        return float(left), float(down)

    def where(self, axes: Axes, x: float, y: float) -> tuple[float, float]:
        """The millimetres of a point given in data; set the axes' limits before."""
        left, top, wide, high = self._places[axes]
        (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
        return left + (x - x0) / (x1 - x0) * wide, top + (y1 - y) / (y1 - y0) * high

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float | None = None,
        bold: bool = False,
        color: str = INK,
        ha: str = "left",
    ) -> Label:
        """One line of text whose middle is at height ``y``."""
        size = size or self.sizes.label
        text = self.context.signed(text)
        baseline = y + MIDDLE_TO_BASELINE * size * MM
        label = Label(
            x, baseline, text, size=size, bold=bold, color=color, ha=ha, transform=self.mm
        )
        label.set_figure(self.figure)
        self.figure.texts.append(label)
        return label

    def lines(self, x: float, y: float, texts: Sequence[str], **style: Any) -> float:
        """Several lines from the top ``y`` downwards; the height they take."""
        step = line_mm(style.get("size") or self.sizes.label)
        for index, text in enumerate(texts):
            self.text(x, y + (index + 0.5) * step, text, **style)
        return step * len(texts)

    def rule(
        self,
        x: Sequence[float],
        y: Sequence[float],
        *,
        color: str = OUTLINE,
        points: float = 0.6,
        **style: Any,
    ) -> Line2D:
        """A straight line or polyline."""
        line = Line2D(x, y, color=color, linewidth=points, transform=self.mm, **style)
        self.figure.add_artist(line)
        return line

    def arrow(
        self, start: tuple[float, float], tip: tuple[float, float], *, color: str, dot: float = 0.0
    ) -> None:
        """An arrow between two points, up to the edge of a dot of ``dot`` points on its tip."""
        long = math.dist(start, tip)
        part = max(0.3, 1 - dot / 2 * MM / long) if long else 1.0
        tip = (start[0] + (tip[0] - start[0]) * part, start[1] + (tip[1] - start[1]) * part)
        self.rule([start[0], tip[0]], [start[1], tip[1]], color=color, points=1.3)
        arrow = patches.FancyArrowPatch(
            start,
            tip,
            transform=self.mm,
            arrowstyle="-|>",
            mutation_scale=7,
            linewidth=1.3,
            color=color,
            shrinkA=0,
            shrinkB=0,
        )
        self.figure.add_artist(arrow)

    def box(self, x: float, y: float, side: float, **style: Any) -> None:
        """A square whose left edge is at ``x`` and whose middle is at height ``y``."""
        square = patches.Rectangle((x, y - side / 2), side, side, transform=self.mm, **style)
        self.figure.add_artist(square)
