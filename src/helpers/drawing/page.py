"""A page in millimetres: title, subtitle, legend, plot area, notes and source, one below another.

Everything is placed at x from the left and y from the top, in millimetres, so that what is drawn
is what is printed. The plot area is what a chart fills; the page's height follows from its parts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib import patches
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from helpers.drawing.chart import Chart
from helpers.drawing.context import Context
from helpers.drawing.fonts import MM, font, width
from helpers.drawing.palette import INK, MUTED, OUTLINE, PAPER
from helpers.drawing.text import wrap

DPI = 300
MARGIN = 1.5
LEADING = 1.32  # distance of lines, in sizes of type
# From the middle of a line down to its baseline, in sizes: half the height of a kanji.
MIDDLE_TO_BASELINE = 0.37


@dataclass(frozen=True)
class Key:
    """One entry of a legend: what a colour (or a hatching, or a dashed edge) stands for."""

    text: str
    color: str
    kind: str = "box"  # box, line, dashline, dot, ring, dashed, hatch


def line_mm(size: float) -> float:
    """Height of one line of text in millimetres."""
    return size * MM * LEADING


class Page:
    """The sheet on which one chart is drawn.

    Attributes:
        figure: the matplotlib figure, exactly as wide as asked.
        top: where the plot area begins, in millimetres from the top of the page.
        width: the page's width; the plot area spans ``MARGIN`` to ``width - MARGIN``.
        height: the plot area's height.
        left_out: set by a chart that finds no room for one of its numbers.
    """

    def __init__(
        self,
        context: Context,
        *,
        title: str,
        subtitle: str,
        plot_mm: float,
        legend: Sequence[Key] = (),
        notes: Sequence[str] = (),
        source: str = "",
    ):
        self.context, self.sizes = context, context.sizes
        self.title, self.subtitle = title, subtitle
        self.notes, self.source = tuple(n for n in notes if n), source or context.source
        self.width, self.height = context.width_mm, plot_mm
        self.left_out = False
        self._legend_rows = self._rows_of(legend)
        head, foot = self._head_lines(), self._foot_lines()
        self.top = self._head_height(head)
        total = self.top + plot_mm + 2.0 + sum(line_mm(size) for _, size in foot) + MARGIN
        self.figure = Figure(figsize=(self.width / 25.4, total / 25.4), dpi=DPI)
        self._total = total
        self._draw_head(head)
        self._draw_foot(foot)

    # -- parts of the page -----------------------------------------------------------------

    def _head_lines(self) -> list[tuple[str, float, bool]]:
        room, sizes, lang = self.width - 2 * MARGIN, self.sizes, self.context.lang
        parts = [(self.title, sizes.title, True)] if self.context.title_in_figure else []
        parts.append((self.subtitle, sizes.label, False))
        lines: list[tuple[str, float, bool]] = []
        for text, size, bold in parts:
            lines += [(t, size, bold) for t in wrap(text, room, size, bold=bold, lang=lang)]
        return lines

    def _head_height(self, head: list[tuple[str, float, bool]]) -> float:
        height = MARGIN + sum(line_mm(size) for _, size, _ in head) + 2.2
        if self._legend_rows:
            height += len(self._legend_rows) * (line_mm(self.sizes.label) + 0.6) + 1.0
        return height

    def _foot_lines(self) -> list[tuple[str, float]]:
        """Lines of notes and source with the indent of each."""
        stop, space = ("。", "") if self.context.lang == "ja" else (".", " ")
        note = space.join(n if n.endswith(stop) or n[0] in "（(" else n + stop for n in self.notes)
        paragraphs = [
            (self.context.say("注：", "Note: "), note),
            (self.context.say("出典：", "Source: "), self.source),
        ]
        lines: list[tuple[str, float]] = []
        for prefix, text in paragraphs:
            if text:
                room = self.width - 2 * MARGIN - width(prefix, self.sizes.note)
                broken = wrap(text, room, self.sizes.note, lang=self.context.lang, even=False)
                lines += [(prefix + broken[0], self.sizes.note)]
                # A leading tab marks the hanging indent; it is never drawn.
                lines += [(f"{prefix}\t{line}", self.sizes.note) for line in broken[1:]]
        return lines

    def _draw_head(self, head: list[tuple[str, float, bool]]) -> None:
        y = MARGIN - self.top
        for text, size, bold in head:
            y += line_mm(size) / 2
            self.text(MARGIN, y, text, size=size, bold=bold, color=INK if bold else MUTED)
            y += line_mm(size) / 2 + (0.6 if bold else 0)
        y += 1.2
        for row in self._legend_rows:
            x = MARGIN
            y += (line_mm(self.sizes.label) + 0.6) / 2
            for key in row:
                self.swatch(x, y, key)
                self.text(x + 3.6, y, key.text)
                x += self._key_mm(key)
            y += (line_mm(self.sizes.label) + 0.6) / 2

    def _draw_foot(self, foot: list[tuple[str, float]]) -> None:
        y = self.height + 2.0
        for text, size in foot:
            prefix, tab, rest = text.partition("\t")
            indent = width(prefix, size) if tab else 0.0
            shown = rest if tab else text
            self.text(MARGIN + indent, y + line_mm(size) / 2, shown, size=size, color=MUTED)
            y += line_mm(size)

    def _key_mm(self, key: Key) -> float:
        return 3.6 + width(key.text, self.sizes.label) + 4.0

    def _rows_of(self, legend: Sequence[Key]) -> list[list[Key]]:
        rows: list[list[Key]] = []
        room = 0.0
        for key in legend:
            if room < self._key_mm(key) - 4.0:
                rows.append([])
                room = self.width - 2 * MARGIN
            rows[-1].append(key)
            room -= self._key_mm(key)
        return rows

    # -- drawing, in millimetres from the top left corner of the plot area --------------------

    def axes(self, left: float, top: float, wide: float, high: float) -> Axes:
        """Axes at a place of the plot area; bare, no ticks and no frame."""
        bottom = 1 - (self.top + top + high) / self._total
        axes = self.figure.add_axes(
            (left / self.width, bottom, wide / self.width, high / self._total)
        )
        # No ticks at all: their texts are placed in millimetres.
        axes.set(xticks=[], yticks=[])
        return axes

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
    ) -> Text:
        """One line of text whose middle is at height ``y``."""
        size = size or self.sizes.label
        baseline = self.top + y + MIDDLE_TO_BASELINE * size * MM
        return self.figure.text(
            x / self.width,
            1 - baseline / self._total,
            text,
            fontproperties=font(size, bold),
            color=color,
            ha=ha,
            va="baseline",
            zorder=10,
        )

    def lines(self, x: float, y: float, texts: Sequence[str], **style: Any) -> float:
        """Several lines from the top ``y`` downwards; the height they take."""
        step = line_mm(style.get("size") or self.sizes.label)
        for index, text in enumerate(texts):
            self.text(x, y + (index + 0.5) * step, text, **style)
        return step * len(texts)

    def where(self, axes: Axes, x: float, y: float) -> tuple[float, float]:
        """The millimetres of a point given in data; set the axes' limits before."""
        px, py = axes.transData.transform((x, y))
        return px / DPI * 25.4, (self._total - py / DPI * 25.4) - self.top

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
        line = Line2D(
            [value / self.width for value in x],
            [1 - (self.top + value) / self._total for value in y],
            color=color,
            linewidth=points,
            transform=self.figure.transFigure,
            **style,
        )
        self.figure.add_artist(line)
        return line

    def arrow(self, start: tuple[float, float], tip: tuple[float, float], *, color: str) -> None:
        """An arrow between two points."""
        ends = [(x / self.width, 1 - (self.top + y) / self._total) for x, y in (start, tip)]
        self.figure.add_artist(
            patches.FancyArrowPatch(
                ends[0],
                ends[1],
                transform=self.figure.transFigure,
                arrowstyle="-|>",
                mutation_scale=7,
                linewidth=1.3,
                color=color,
                shrinkA=0,
                shrinkB=0,
            )
        )

    def swatch(self, x: float, y: float, key: Key) -> None:
        """The sample of colour before an entry of the legend."""
        side = 2.6
        if key.kind in ("line", "dashline", "dot", "ring"):
            long = key.kind.endswith("line")
            self.rule(
                [x, x + side] if long else [x + side / 2],
                [y, y] if long else [y],
                color=key.color,
                points=1.8,
                linestyle=(0, (1.6, 0.9)) if key.kind == "dashline" else "-",
                marker="" if long else "o",
                markersize=5,
                markerfacecolor=PAPER if key.kind == "ring" else key.color,
            )
            return
        dashed, hatched = key.kind == "dashed", key.kind == "hatch"
        self.figure.add_artist(
            patches.Rectangle(
                (x / self.width, 1 - (self.top + y + side / 2) / self._total),
                side / self.width,
                side / self._total,
                transform=self.figure.transFigure,
                facecolor=PAPER if dashed or hatched else key.color,
                edgecolor=key.color if dashed else OUTLINE,
                linewidth=1.0 if dashed else 0.5,
                linestyle="--" if dashed else "-",
                hatch="////" if hatched else None,
            )
        )

    def chart(self, key: str, *, unit: str, alt: str, data: pd.DataFrame) -> Chart:
        """The finished chart: the drawing with everything that travels with it."""
        return Chart(
            key=key,
            context=self.context,
            title=self.title,
            subtitle=self.subtitle,
            unit=unit,
            notes=self.notes,
            source=self.source,
            alt=alt,
            data=data.reset_index(drop=True),
            figure=self.figure,
            left_out=self.left_out,
        )
