"""Population movement: in and out, births and deaths as lines, and what remains as columns."""

from collections.abc import Sequence

import pandas as pd

from helpers import palette as p
from helpers.drawing import Chart, Context, Page, Spot
from helpers.drawing.bars import bar, stroke
from helpers.drawing.fonts import width
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.figures import series
from helpers.figures.chart_type import chart_type
from helpers.figures.row_table import sources, table
from helpers.figures.rows import Row, find, need, read
from helpers.figures.words import movement as words
from helpers.sentences import titles
from helpers.sentences.indicator_row import name, unit_name
from helpers.sentences.typed import choose

# What comes, what goes, what remains.
PANELS = (("moved_in", "moved_out", "net_migration"), ("births", "deaths", "natural_change"))
_LINES_MM, _BETWEEN_MM = 34.0, 6.5
_HEAD = 2.3  # lines above a panel: its heading and the unit


@chart_type
def movement(
    rows: pd.DataFrame,
    *,
    context: Context,
    panels: Sequence[tuple[str, str, str]] = PANELS,
    key: str = "movement",
    title: str | None = None,
    notes: Sequence[str] = (),
    source: str = "",
) -> Chart:
    """Draw movement by calendar year: two lines a panel, the net below.

    Args:
        rows: ``moved_in``, ``moved_out``, ``net_migration``, ``births``, ``deaths``,
            ``natural_change``; one row a year each (``fiscal_year`` holds the calendar year),
            of one definition.
        context: city, edition, language, width.
        panels: which rows come, go and remain, a panel each.
        key: name of the figure.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    known = read(rows)
    used = need(known, indicator=[i for panel in panels for i in panel], breakdown="total")
    years = range(min(row.year for row in used), max(row.year for row in used) + 1)
    beside = not context.narrow and len(panels) > 1
    # The columns, and a line of numbers above and below them.
    net_mm = (7.5 if context.narrow else 10.5) + 2 * line_mm(context.sizes.note)
    head = line_mm(context.sizes.label) * _HEAD
    high = head + _LINES_MM + _BETWEEN_MM + net_mm + line_mm(context.sizes.note) + 1.0
    page = Page(
        context,
        title=choose(title, words.title(used, panels, context), used, context),
        subtitle=words.subtitle(years, used, context),
        notes=[*notes, *words.notes(used, context)],
        source=sources(used, source, context),
        plot_mm=high * (1 if beside else len(panels)) + (0 if beside else 4.0 * (len(panels) - 1)),
    )
    gap = 6.0
    wide = (page.width - 2 * MARGIN - (gap if beside else 0)) / (len(panels) if beside else 1)
    # One scale for what remains, also where the panels stand on sheets of their own.
    remains = [*(panel[2] for panel in panels), *(panel[2] for panel in PANELS)]
    nets = [row.value for row in find(known, indicator=remains, breakdown="total") if row.known]
    each = [_sides(page, used, panel) for panel in panels]  # alike, so that years stand alike
    sides = max(left for left, _ in each), max(right for _, right in each)
    for number, panel in enumerate(panels):
        x = MARGIN + (number * (wide + gap) if beside else 0)
        y = 0 if beside else number * (high + 4.0)
        _panel(page, used, panel, years, sides, (x, y, wide, net_mm), nets)
    unit = unit_name(used[0].unit, context)
    return page.chart(
        key,
        unit=unit,
        alt=words.alt(used, panels, context),
        data=table(used, context),
        divide=("panels", panels),
    )


def _lines(used: Sequence[Row], panel: tuple[str, str, str]) -> list[list[Row]]:
    return [find(used, indicator=indicator) for indicator in panel[:2]]


def _marks(lines: Sequence[Sequence[Row]]) -> list[float]:
    values = [row.value for rows in lines for row in rows if row.known]
    return series.ticks(min(values), max(values), 4)


def _latest(lines: Sequence[Sequence[Row]]) -> list[Row]:
    return [max((r for r in rows if r.known), key=lambda r: r.year) for rows in lines]


def _sides(page: Page, used: Sequence[Row], panel: tuple[str, str, str]) -> tuple[float, float]:
    """Room at the left of a panel for its scale, at the right for its names and numbers."""
    lines, size = _lines(used, panel), page.sizes.label
    texts = [name(indicator, page.context) for indicator in panel[:2]]
    texts += [row.text for row in _latest(lines)]
    right = max(width(text, size, True) for text in texts) + 1.5
    return series.tick_width(page, _marks(lines)), right


def _panel(
    page: Page,
    used: Sequence[Row],
    panel: tuple[str, str, str],
    years: range,
    sides: tuple[float, float],
    place: tuple[float, float, float, float],
    nets: Sequence[float],
) -> None:
    (x, y, wide, net_mm), (left, right) = place, sides
    context, size = page.context, page.sizes.label
    lines = _lines(used, panel)
    marks, latest = _marks(lines), _latest(lines)
    labels = [name(indicator, context) for indicator in panel[:2]]
    heading = titles.joined([name(i, context) for i in panel[:2]], context)
    page.text(x, y + line_mm(size) / 2, heading, bold=True)
    top = y + line_mm(size) * _HEAD
    axes = page.axes(x + left, top, wide - left - right, _LINES_MM)
    axes.set(xlim=(years[0] - 0.5, years[-1] + 0.5), ylim=(marks[0], marks[-1]))
    series.grid(page, axes, marks, unit_name(latest[0].unit, context), x)
    for rows, color in zip(lines, (p.POSITIVE, p.NEGATIVE), strict=True):
        series.line(axes, rows, color)
    step = line_mm(size)
    wanted = [page.where(axes, row.year, row.value)[1] for row in latest]
    places = series.spread(wanted, 2 * step, top, top + _LINES_MM - step / 2)
    for row, text, color, at in zip(latest, labels, (p.POSITIVE, p.NEGATIVE), places, strict=True):
        end = page.where(axes, years[-1] + 0.5, 0)[0] + 0.5
        page.text(end, at - step / 2, text, bold=True, color=color)
        page.text(end, at + step / 2, row.text, color=color)
    _net(
        page,
        find(used, indicator=panel[2]),
        panel[2],
        years,
        (x + left, top, wide - left - right, net_mm),
        nets,
    )


def _net(
    page: Page,
    rows: Sequence[Row],
    indicator: str,
    years: range,
    place: tuple[float, float, float, float],
    nets: Sequence[float],
) -> None:
    """Columns of what remains on the scale of all ``nets``, with numbers where there is room."""
    x, top, wide, net_mm = place
    size = page.sizes.note
    y = top + _LINES_MM + _BETWEEN_MM
    axes = page.axes(x, y, wide, net_mm)
    values = [0.0, *nets]
    span = max(values) - min(values) or 1.0
    # Room for the numbers above and below the columns.
    pad = span * line_mm(size) / (net_mm - 2 * line_mm(size))
    low = min(values) - (pad if min(values) < 0 else 0)
    high = max(values) + (pad if max(values) > 0 else 0)
    axes.set(xlim=(years[0] - 0.5, years[-1] + 0.5), ylim=(low, high if high > low else low + 1))
    stroke(axes, axes.get_xlim(), [0, 0], color=p.OUTLINE, lw=0.6)
    heading = name(indicator, page.context)
    page.text(x, y - line_mm(size) * 0.6, heading, bold=True, size=size)
    slot = wide / len(years)
    small = next(
        (
            s
            for s in (size, page.sizes.least)
            if all(width(r.signed, s) + 0.3 <= slot for r in rows)
        ),
        0,
    )
    shown = rows if small else [*sorted((r for r in rows if r.known), key=lambda r: r.year)[-1:]]
    page.left_out |= not small
    for row in rows:
        if row.known:
            bar(axes, row.year, row.value, wide=0.7, lw=0, facecolor=p.signed(row.value))
    for row in shown:
        if row.known:
            at, end = page.where(axes, row.year, row.value)
            end += line_mm(size) / 2 * (1 if row.value < 0 else -1)
            ink = p.signed(row.value)
            page.number(row.signed, [Spot(at, end, size=small or size)], color=ink)
    series.missing_marks(page, axes, rows, years)
    series.year_labels(page, axes, years)
