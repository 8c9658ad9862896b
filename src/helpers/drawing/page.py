"""A page: title, subtitle, legend, plot area, notes and source, one below another.

The origin of the page is the top of the plot area, which a chart fills; title and notes are laid
around it when the chart is finished, and the page's height follows from its parts.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from helpers.drawing.chart import Chart
from helpers.drawing.context import Context
from helpers.drawing.fonts import width
from helpers.drawing.legend import Key, Legend, legend
from helpers.drawing.sheet import MARGIN, Sheet, line_mm
from helpers.drawing.spots import Number, Spot, settle
from helpers.drawing.text import wrap
from helpers.palette import INK, MUTED

# Printed where a number of the figure had no room: none is lost.
ELSEWHERE = "表示のない数値はCSVにある", "Numbers not shown are in the CSV"
_BELOW_HEAD_MM, _NO_LEGEND_MM, _ABOVE_FOOT_MM = 2.2, 0.8, 2.0


class Page(Sheet):
    """The sheet on which one chart is drawn.

    Attributes:
        keys: entries of the legend above the plot area.
        height: the plot area's height; the plot area spans ``MARGIN`` to ``width - MARGIN``.
        left_out: set by a chart that finds no room for one of its numbers; a note says so.
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
        super().__init__(context)
        self.title, self.subtitle, self.height = title, subtitle, plot_mm
        said = [n.strip() for n in (*context.notes, *notes)]
        self.notes, self.source = [n for n in dict.fromkeys(said) if n], source or context.source
        self.left_out = False
        self.keys = list(legend)
        self._numbers: list[Number] = []

    def number(
        self,
        text: str,
        spots: Sequence[Spot],
        *,
        bold: bool = False,
        color: str = INK,
        rank: int = 0,
    ) -> None:
        """A number that takes the first free spot when all else is drawn; see ``spots``."""
        self._numbers.append(Number(text, tuple(spots), bold, color, rank))

    def chart(
        self,
        key: str,
        *,
        unit: str,
        alt: str,
        data: pd.DataFrame,
        divide: tuple[str, Sequence[Any]] = ("", ()),
    ) -> Chart:
        """The finished chart: the drawing with everything that travels with it.

        ``divide`` names the parameter by whose values it may be drawn on several sheets.
        """
        self.cut(0.0, self.height)
        if settle(self, self._numbers) or self.left_out:
            self.notes.append(self.context.say(*ELSEWHERE))
        origin, foot = self._head(), self._foot()
        self.cut(origin, origin + self.height + foot + MARGIN)
        return Chart(
            key=key,
            context=self.context,
            title=self.title,
            subtitle=self.subtitle,
            unit=unit,
            notes=tuple(self.notes),
            source=self.source,
            alt=alt,
            data=data.reset_index(drop=True),
            figure=self.figure,
            divide=(divide[0], tuple(divide[1])),
        )

    def around(self) -> float:
        """What title, legend, notes and source take above and below the plot area."""
        return self._above()[2] + sum(high for *_, high in self._below()) + _ABOVE_FOOT_MM + MARGIN

    def _above(self) -> tuple[list[tuple[str, float, bool]], Legend, float]:
        """The lines of title and subtitle, the legend, and the height they take."""
        room, sizes, lang = self.width - 2 * MARGIN, self.sizes, self.context.lang
        parts = [(self.title, sizes.title, True)] if self.context.title_in_figure else []
        parts.append((self.subtitle, sizes.label, False))
        lines = [
            (line, size, bold)
            for text, size, bold in parts
            for line in wrap(text, room, size, bold=bold, lang=lang)
        ]
        keys = legend(self.keys, room, sizes.label)
        below = _BELOW_HEAD_MM + (keys.height or _NO_LEGEND_MM)
        return lines, keys, MARGIN + sum(line_mm(size) for _, size, _ in lines) + below

    def _head(self) -> float:
        """Draw title, subtitle and legend above the origin; the height they take."""
        lines, keys, height = self._above()
        y = MARGIN - height
        for text, size, bold in lines:
            y += line_mm(size) / 2
            self.text(MARGIN, y, text, size=size, bold=bold, color=INK if bold else MUTED)
            y += line_mm(size) / 2 + (0.6 if bold else 0)
        keys.draw(self, y + 1.2)
        return height

    def _below(self) -> list[tuple[str, float, list[str], float]]:
        """Notes and source: what each begins with, its indent, its lines, its height."""
        stop, space = ("。", "") if self.context.lang == "ja" else (".", " ")
        note = space.join(n if n.endswith(stop) or n[0] in "（(" else n + stop for n in self.notes)
        size, parts = self.sizes.note, []
        for prefix, text in (
            (self.context.say("注：", "Note: "), note),
            (self.context.say("出典：", "Source: "), self.source),
        ):
            if text:
                indent = MARGIN + width(prefix, size)
                room = self.width - MARGIN - indent
                lines = wrap(text, room, size, lang=self.context.lang, even=False)
                parts.append((prefix, indent, lines, line_mm(size) * len(lines)))
        return parts

    def _foot(self) -> float:
        """Draw notes and source below the plot area; the height they take."""
        size, y = self.sizes.note, self.height + _ABOVE_FOOT_MM
        for prefix, indent, (first, *others), _ in self._below():
            y += self.lines(MARGIN, y, [prefix + first], size=size, color=MUTED)
            y += self.lines(indent, y, others, size=size, color=MUTED)
        return y - self.height
