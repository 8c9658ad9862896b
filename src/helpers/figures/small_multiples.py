"""One small panel a city, all on the same scale: years as a line, a single year as a dot."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from helpers.drawing import Chart, Context, Page
from helpers.drawing import palette as p
from helpers.drawing.fonts import width
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.figures import series, titles
from helpers.figures.chart_type import chart_type
from helpers.figures.rows import (
    Row,
    find,
    groups_of,
    need,
    read,
    shown_name,
    sources,
    table,
    unit_name,
)
from helpers.figures.rows import name as words_for

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
    """Draw a group of cities in the order of their rows.

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
        title=titles.choose(title, _title(latest, area, context), used, context),
        subtitle=_subtitle(used, years, area, context),
        notes=[*notes, *_notes(used, years, grid.marks, context)],
        source=sources(used, source, context),
        plot_mm=grid.height,
    )
    for index, city in enumerate(cities):
        grid.panel(page, index, find(used, group=city), city == own)
    unit = _unit(used[0], context)
    alt = _alt(latest, used, years, area, context)
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
        text = last.text if last else series.UNKNOWN
        room = self.wide - width(text, size, True) - 1.0
        city = _fitting(shown_name(rows[0].group, self.context), room, size)
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
        axes.plot(axes.get_xlim(), [0.5, 0.5], color=p.GRID, lw=0.6, zorder=0)
        if self.reference is not None:
            axes.plot([self.reference] * 2, [0, 1], color=p.OUTLINE, lw=0.8)
        if row is None:
            return
        color = p.POSITIVE if own else p.QUIET
        if row.has_interval:
            axes.plot([row.low, row.high], [0.5, 0.5], color=color, lw=1.2)
        elif self.reference is not None:
            axes.plot([self.reference, row.value], [0.5, 0.5], color=color, lw=1.6)
        axes.plot([row.value], [0.5], "o", color=color, ms=4.5, clip_on=False)

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
            axes.plot(axes.get_xlim(), [mark] * 2, color=p.GRID, lw=0.6, zorder=0, clip_on=False)
        if self.reference is not None:
            axes.plot(axes.get_xlim(), [self.reference] * 2, color=p.OUTLINE, lw=0.6, zorder=0)
        if known := [row for row in rows if row.known]:
            series.line(axes, known, p.POSITIVE if own else p.OUTLINE, strong=own)
        for year, side in ((years[0], "left"), (years[-1], "right")):
            x = page.where(axes, year + (-0.3 if side == "left" else 0.3), 0)[0]
            y = page.where(axes, year, self.marks[0])[1] + self.foot / 2
            text = series.year_text(page, year)
            page.text(x, y, text, size=size, color=p.MUTED, ha=side)


def _unit(row: Row, context: Context) -> str:
    """The unit; an index has none of its own, whatever stands in the row."""
    if row.indicator.endswith("_index"):
        return context.say("指数", "index")
    return unit_name(row.unit, context)


def _said(row: Row, context: Context) -> str:
    return row.text if row.indicator.endswith("_index") else row.said(context)


def _fitting(text: str, room: float, size: float) -> str:
    """A name cut where it would run into its number."""
    if width(text, size, True) <= room:
        return text
    while text and width(f"{text}…", size, True) > room:
        text = text[:-1]
    return f"{text}…"


def _title(latest: Sequence[Row], area: str, context: Context) -> str:
    """The range; a small base is never named."""
    where = area or context.city
    named = titles.nameable(latest)
    if not named:
        return context.say(f"{where}を並べて見る", f"{where} side by side")
    measure = words_for(named[0].indicator, context)
    low, high = (pick(named, key=lambda row: row.value) for pick in (min, max))
    ends = context.say(
        f"{_said(low, context)}（{shown_name(low.group, context)}）から"
        f"{_said(high, context)}（{shown_name(high.group, context)}）",
        f"{_said(low, context)} ({shown_name(low.group, context)}) to "
        f"{_said(high, context)} ({shown_name(high.group, context)})",
    )
    return context.say(f"{where}の{measure}は{ends}", f"{measure} of {where}: {ends}")


def _subtitle(used: Sequence[Row], years: range, area: str, context: Context) -> str:
    unit = _unit(used[0], context)
    span = (
        titles.year_span(years[0], years[-1], context)
        if len(years) > 1
        else context.say(f"{titles.era(years[0])}年", f"{years[0]}")
    )
    words = words_for(used[0].indicator, context)
    if used[0].category:
        words += context.say("・", ", ") + words_for(
            f"{used[0].indicator}.{used[0].category}", context
        )
    where, said = area or context.city, context.say("、", ", ").join(filter(None, (span, unit)))
    return context.say(f"{where}の{words}（{said}）", f"{words} of {where} ({said})")


def _notes(
    used: Sequence[Row], years: range, marks: Sequence[float], context: Context
) -> list[str]:
    low, high = series.tick_texts([marks[0], marks[-1]])
    notes = [
        context.say(f"どの市も同じ目盛り（{low}〜{high}）", f"All on one scale ({low} to {high})")
    ]
    if len(years) > 1:
        notes.append(context.say("右上は最新の値", "Top right: the latest value"))
    if any(row.has_interval for row in used):
        notes.append(context.say("細い線は95％信頼区間", "Thin bars: 95% intervals"))
    if any(row.small for row in used):
        notes.append(context.say("回答が30に満たない市がある", "Some bases are under 30"))
    return notes


def _alt(
    latest: Sequence[Row], used: Sequence[Row], years: range, area: str, context: Context
) -> str:
    kind = context.say("市ごとの小さな図を並べたもの", "Small multiples, a panel a city")
    subject = _subtitle(used, years, area, context)
    ordered = sorted(latest, key=lambda row: -row.value)
    ends = [ordered[0], ordered[-1]] if len(ordered) > 1 else ordered
    said = [f"{shown_name(row.group, context)} {_said(row, context)}" for row in ends]
    return titles.alternative(kind, subject, context.say("、", ", ").join(said), context)
