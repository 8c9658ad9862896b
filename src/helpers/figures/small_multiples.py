"""One small panel a city, all on the same scale: years as a line, a single year as a dot."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from helpers import palette as p
from helpers.drawing import Chart, Context, Page
from helpers.drawing.bars import stroke
from helpers.drawing.fonts import width
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.figures import series
from helpers.figures.chart_type import chart_type
from helpers.figures.row_table import sources, table
from helpers.figures.rows import Row, find, groups_of, need, read
from helpers.figures.words import small_multiples as words
from helpers.figures.words.ranked_dots import city as city_of
from helpers.figures.words.ranked_dots import unit_of
from helpers.sentences.indicator_row import UNKNOWN
from helpers.sentences.typed import choose

MOST = 40  # panels that can be looked at side by side
_GAP_MM, _YEARS_MM, _STRIP_MM = 4.0, 11.0, 3.4


@chart_type
def small_multiples(
    rows: pd.DataFrame,
    *,
    context: Context,
    own: str = "",
    reference: float | None = None,
    area: str = "",
    key: str = "small_multiples",
    title: str | None = None,
    notes: Sequence[str] = (),
    source: str = "",
) -> Chart:
    """Draw a group of cities in the order of their rows, for the full width of a page.

    Args:
        rows: one indicator with ``breakdown`` ``peer``, a group a city, a row a year; of one
            definition.
        context: the group's name, edition, language, width.
        own: the city that stands out, if any.
        reference: a value to compare with, a line in every panel (100 for an index).
        area: who the cities are, for title and subtitle (``多摩26市``).
        key: name of the figure.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.

    Raises:
        ValueError: there are more cities than can be looked at side by side.
    """
    known = need(read(rows), breakdown="peer")
    cities = groups_of(known)
    if len(cities) > MOST:
        raise ValueError(f"小さな図を並べられるのは {MOST} 市までです（{len(cities)} 市）。")
    used = [row for city in cities for row in find(known, group=city)]
    years = range(min(row.year for row in used), max(row.year for row in used) + 1)
    latest = [row for row in used if row.year == years[-1] and row.known]
    grid = _Grid(context, used, len(cities), years, reference)
    page = Page(
        context,
        title=choose(title, words.title(latest, area, context), used, context),
        subtitle=words.subtitle(used, years, area, context),
        notes=[*notes, *words.notes(used, years, grid.marks, context)],
        source=sources(used, source, context),
        plot_mm=grid.height,
    )
    for index, city in enumerate(cities):
        grid.panel(page, index, find(used, group=city), city == own)
    unit = unit_of(used[0], context)
    alt = words.alt(latest, used, years, area, context)
    return page.chart(key, unit=unit, alt=alt, data=table(used, context))


class _Grid:
    """Where the panels are, and the scale that they share."""

    def __init__(
        self,
        context: Context,
        used: Sequence[Row],
        panels: int,
        years: range,
        reference: float | None,
    ):
        self.context, self.years, self.reference, self.panels = context, years, reference, panels
        self.columns = 2 if context.narrow else 4
        self.rows = -(-panels // self.columns)
        values = [row.value for row in used if row.known]
        values += [e for row in used if row.known and row.has_interval for e in (row.low, row.high)]
        values += [reference] if reference is not None else []
        self.marks = series.ticks(min(values), max(values), 3)
        self.wide = (context.width_mm - 2 * MARGIN - _GAP_MM * (self.columns - 1)) / self.columns
        self.head = line_mm(context.sizes.note) * 1.3
        self.plot = _STRIP_MM if len(years) == 1 else _YEARS_MM
        self.foot = line_mm(context.sizes.note) * 1.2
        self.step = self.head + self.plot + (self.foot if len(years) > 1 else 1.6)
        # A single year has its scale once, below each column.
        self.height = self.step * self.rows + (self.foot if len(years) == 1 else 0.0)

    def panel(self, page: Page, index: int, rows: Sequence[Row], own: bool) -> None:
        """Draw one city."""
        line, column = divmod(index, self.columns)
        x, y = MARGIN + column * (self.wide + _GAP_MM), line * self.step
        size, color = self.context.sizes.note, p.POSITIVE if own else p.INK
        last = max((row for row in rows if row.known), key=lambda row: row.year, default=None)
        text = last.text if last else UNKNOWN
        room = self.wide - width(text, size, True) - 1.0
        city = _fitting(city_of(rows[0], self.context), room, size)
        page.text(x, y + self.head / 2, city, size=size, bold=own, color=color)
        end = x + self.wide
        page.text(end, y + self.head / 2, text, size=size, bold=True, color=color, ha="right")
        axes = page.axes(x, y + self.head, self.wide, self.plot)
        if len(self.years) == 1:
            self._dot(axes, last, own)
            if index + self.columns >= self.panels:  # the last of its column
                self._scale(page, x, y + self.step)
        else:
            self._line(page, axes, rows, own)

    def _dot(self, axes: Axes, row: Row | None, own: bool) -> None:
        axes.set(xlim=(self.marks[0], self.marks[-1]), ylim=(0, 1))
        stroke(axes, axes.get_xlim(), [0.5, 0.5], color=p.GRID, lw=0.6, zorder=0)
        if self.reference is not None:
            stroke(axes, [self.reference] * 2, [0, 1], color=p.OUTLINE, lw=0.8)
        if row is None:
            return
        color = p.POSITIVE if own else p.QUIET
        if row.has_interval:
            stroke(axes, [row.low, row.high], [0.5, 0.5], color=color, lw=1.2)
        elif self.reference is not None:
            stroke(axes, [self.reference, row.value], [0.5, 0.5], color=color, lw=1.6)
        stroke(axes, [row.value], [0.5], marker="o", color=color, ms=4.5)

    def _scale(self, page: Page, x: float, y: float) -> None:
        """The ends of the scale, and the reference, below a column."""
        y += self.foot / 2 - 0.8
        size, span = self.context.sizes.note, self.marks[-1] - self.marks[0]
        ends = [self.marks[0], self.marks[-1]]
        texts = series.tick_texts(ends)
        page.text(x, y, texts[0], size=size, color=p.MUTED)
        page.text(x + self.wide, y, texts[1], size=size, color=p.MUTED, ha="right")
        if self.reference is not None and self.reference not in ends:
            place = x + (self.reference - ends[0]) / span * self.wide
            (text,) = series.tick_texts([self.reference])
            half = width(text, size) / 2 + 1.0
            free = (x + width(texts[0], size) + half, x + self.wide - width(texts[1], size) - half)
            if free[0] <= place <= free[1]:
                page.text(place, y, text, size=size, color=p.MUTED, ha="center")

    def _line(self, page: Page, axes: Axes, rows: Sequence[Row], own: bool) -> None:
        years, size = self.years, self.context.sizes.note
        axes.set(xlim=(years[0] - 0.3, years[-1] + 0.3), ylim=(self.marks[0], self.marks[-1]))
        for mark in (self.marks[0], self.marks[-1]):
            stroke(axes, axes.get_xlim(), [mark] * 2, color=p.GRID, lw=0.6, zorder=0)
        if self.reference is not None:
            stroke(axes, axes.get_xlim(), [self.reference] * 2, color=p.OUTLINE, lw=0.6, zorder=0)
        if known := [row for row in rows if row.known]:
            series.line(axes, known, p.POSITIVE if own else p.OUTLINE, strong=own)
        for year, side in ((years[0], "left"), (years[-1], "right")):
            x = page.where(axes, year + (-0.3 if side == "left" else 0.3), 0)[0]
            y = page.where(axes, year, self.marks[0])[1] + self.foot / 2
            (text,) = series.year_texts(page, [year], self.wide / 2)
            page.text(x, y, text, size=size, color=p.MUTED, ha=side)


def _fitting(text: str, room: float, size: float) -> str:
    """A name cut where it would run into its number."""
    if width(text, size, True) <= room:
        return text
    while text and width(f"{text}…", size, True) > room:
        text = text[:-1]
    return f"{text}…"
