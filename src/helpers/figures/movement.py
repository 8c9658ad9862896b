"""Population movement: in and out, births and deaths as lines, and what remains as columns."""

from collections.abc import Sequence

import pandas as pd

from helpers.drawing import Chart, Context, Page
from helpers.drawing import palette as p
from helpers.drawing.fonts import width
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.figures import series, titles
from helpers.figures.chart_type import chart_type
from helpers.figures.rows import Row, find, name, need, one, read, sources, table, unit_name

# What comes, what goes, what remains.
PANELS = (("moved_in", "moved_out", "net_migration"), ("births", "deaths", "natural_change"))
_LINES_MM, _BETWEEN_MM = 34.0, 5.0
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
    net_mm = 14.0 if context.narrow else 18.0
    head = line_mm(context.sizes.label) * _HEAD
    high = head + _LINES_MM + _BETWEEN_MM + net_mm + line_mm(context.sizes.note) + 1.0
    page = Page(
        context,
        title=titles.choose(title, _title(used, panels, context), used, context),
        subtitle=_subtitle(years, used, context),
        notes=[*notes, *_notes(used, context)],
        source=sources(used, source, context),
        plot_mm=high * (1 if beside else len(panels)) + (0 if beside else 4.0 * (len(panels) - 1)),
    )
    gap = 6.0
    wide = (page.width - 2 * MARGIN - (gap if beside else 0)) / (len(panels) if beside else 1)
    for number, panel in enumerate(panels):
        x = MARGIN + (number * (wide + gap) if beside else 0)
        y = 0 if beside else number * (high + 4.0)
        _panel(page, used, panel, years, (x, y, wide, net_mm))
    unit = unit_name(used[0].unit, context)
    return page.chart(key, unit=unit, alt=_alt(used, panels, context), data=table(used, context))


def _panel(
    page: Page,
    used: Sequence[Row],
    panel: tuple[str, str, str],
    years: range,
    place: tuple[float, float, float, float],
) -> None:
    x, y, wide, net_mm = place
    context, size = page.context, page.sizes.label
    lines = [find(used, indicator=indicator) for indicator in panel[:2]]
    values = [row.value for rows in lines for row in rows if row.known]
    marks = series.ticks(min(values), max(values), 4)
    left = series.tick_width(page, marks)
    latest = [max((r for r in rows if r.known), key=lambda r: r.year) for rows in lines]
    labels = [name(panel[i], context) for i in (0, 1)]
    right = max(width(text, size, True) for text in [*labels, *(row.text for row in latest)]) + 1.5
    heading = context.say("と", " and ").join(name(i, context) for i in panel[:2])
    page.text(x, y + line_mm(size) / 2, heading, bold=True)
    top = y + line_mm(size) * _HEAD
    axes = page.axes(x + left, top, wide - left - right, _LINES_MM)
    axes.set(xlim=(years[0] - 0.5, years[-1] + 0.5), ylim=(marks[0], marks[-1]))
    series.grid(page, axes, marks, unit_name(latest[0].unit, context))
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
    )


def _net(
    page: Page,
    rows: Sequence[Row],
    indicator: str,
    years: range,
    place: tuple[float, float, float, float],
) -> None:
    """Columns of what remains, each with its number where there is room for it."""
    x, top, wide, net_mm = place
    size = page.sizes.note
    y = top + _LINES_MM + _BETWEEN_MM
    axes = page.axes(x, y, wide, net_mm)
    values = [0.0, *(row.value for row in rows if row.known)]
    span = max(values) - min(values) or 1.0
    # Room for the numbers above and below the columns.
    pad = span * line_mm(size) / (net_mm - 2 * line_mm(size))
    low = min(values) - (pad if min(values) < 0 else 0)
    high = max(values) + (pad if max(values) > 0 else 0)
    axes.set(xlim=(years[0] - 0.5, years[-1] + 0.5), ylim=(low, high))
    axes.plot(axes.get_xlim(), [0, 0], color=p.OUTLINE, lw=0.6)
    words = name(indicator, page.context)
    page.text(x, y - line_mm(size) * 0.6, words, bold=True, size=size)
    slot = wide / len(years)
    small = next((s for s in (size, 7) if all(width(r.signed, s) + 0.3 <= slot for r in rows)), 0)
    shown = rows if small else [*sorted((r for r in rows if r.known), key=lambda r: r.year)[-1:]]
    page.left_out |= not small
    for row in rows:
        if row.known:
            axes.bar(row.year, row.value, width=0.7, color=p.signed(row.value))
    for row in shown:
        if row.known:
            at, end = page.where(axes, row.year, row.value)
            end += line_mm(size) / 2 * (1 if row.value < 0 else -1)
            ink = p.signed(row.value)
            page.text(at, end, row.signed, size=small or size, color=ink, ha="center")
    series.missing_marks(page, axes, rows, years)
    series.year_labels(page, axes, years)


def _title(used: Sequence[Row], panels: Sequence[tuple[str, str, str]], context: Context) -> str:
    last = [
        max(
            (r for r in find(used, indicator=panel[2]) if r.known),
            key=lambda r: r.year,
            default=None,
        )
        for panel in panels
    ]
    rows = [row for row in last if row is not None]
    if not rows:
        return context.say(f"{context.city}の人口の動き", f"Population movement of {context.city}")
    if len({row.year for row in rows}) == 1:
        said = [
            context.say(
                f"{name(row.indicator, context)}は{row.signed}人",
                f"{name(row.indicator, context).lower()} {row.signed}",
            )
            for row in rows
        ]
        year = context.say(f"{titles.era(rows[0].year)}年の", f"{rows[0].year}: ")
        return year + context.say("、", ", ").join(said)
    said = [
        context.say(
            f"{name(row.indicator, context)}は{row.signed}人（{titles.era(row.year)}年）",
            f"{name(row.indicator, context)} {row.signed} ({row.year})",
        )
        for row in rows
    ]
    return context.say("、", ", ").join(said)


def _subtitle(years: range, used: Sequence[Row], context: Context) -> str:
    span = titles.year_span(years[0], years[-1], context)
    unit = unit_name(used[0].unit, context)
    return context.say(
        f"{context.city}の人口の動き（{span}、{unit}）",
        f"Population movement of {context.city} ({span}, {unit})",
    )


def _notes(used: Sequence[Row], context: Context) -> list[str]:
    notes = [
        context.say(
            "1月から12月までの1年間の数。上の線は0から始まらない",
            "Calendar years. The axis of the lines does not begin at zero",
        )
    ]
    if any(row.flag == "series_break" for row in used):
        notes.append(
            context.say("線の切れ目は定義の変更", "A gap in a line is a change of definition")
        )
    return notes


def _alt(used: Sequence[Row], panels: Sequence[tuple[str, str, str]], context: Context) -> str:
    said = []
    for panel in panels:
        for indicator in panel:
            rows = [row for row in find(used, indicator=indicator) if row.known]
            if rows:
                last = max(rows, key=lambda row: row.year)
                first = one(rows, year=min(row.year for row in rows)) or last
                said.append(f"{name(indicator, context)} {_from_to(first, last, context)}")
    years = range(min(r.year for r in used), max(r.year for r in used) + 1)
    return titles.alternative(
        context.say("折れ線グラフと縦棒グラフ", "Line and column chart"),
        _subtitle(years, used, context),
        context.say("、", "; ").join(said),
        context,
    )


def _from_to(first: Row, last: Row, context: Context) -> str:
    return context.say(
        f"{first.year}年{first.said(context)}→{last.year}年{last.said(context)}",
        f"{first.text} in {first.year} → {last.text} in {last.year}",
    )
