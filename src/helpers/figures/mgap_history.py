"""mGAP over the years with its interval, the intents it sums, and what moved it."""

from collections.abc import Sequence

import pandas as pd

from helpers import palette as p
from helpers.drawing import Chart, Context, Key, Page, Spot
from helpers.drawing.bars import bar, stroke
from helpers.drawing.fonts import width
from helpers.drawing.legend import entries, entries_mm
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.figures import intent_stack, series
from helpers.figures.chart_type import chart_type
from helpers.figures.row_table import sources, table
from helpers.figures.rows import Row, find, need, other_method, read
from helpers.figures.words import mgap_history as words
from helpers.sentences import titles
from helpers.sentences.indicator_row import name, unit_name
from helpers.sentences.typed import choose

INTENTS = ("recommend", "participate", "thank")
# What a change of mGAP is made of (methods 1.6): attitudes, and the number of residents.
PARTS = ("attitude", "people")
PANELS = ("sum", "intents", "change")
_HIGH_MM = (30.0, 34.0, 18.0)
_BETWEEN_MM = 1.5  # between the years of a panel and the heading of the next


@chart_type
def mgap_history(
    rows: pd.DataFrame,
    *,
    context: Context,
    indicator: str = "mgap",
    intents: Sequence[str] = INTENTS,
    panels: Sequence[str] = PANELS,
    other: pd.DataFrame | None = None,
    key: str = "mgap_history",
    title: str | None = None,
    notes: Sequence[str] = (),
    source: str = "",
) -> Chart:
    """Draw mGAP by year, its intents as stacked columns, and the parts of its change.

    Args:
        rows: ``mgap`` (or another indicator of the sum) and ``intent_amount`` by year;
            ``mgap_change`` with the categories ``attitude`` and ``people``, if known.
        context: city, edition, language, width.
        indicator: which sum, for example ``mgap_unrounded``, which has an interval.
        intents: which intents in which order.
        other: ``mgap`` of the newest year by another method, a mark of its own.
        panels: which of ``sum``, ``intents``, ``change`` are drawn.
        key: name of the figure.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    known = [row for row in read(rows) if row.year <= context.year]
    sums = need(known, indicator=indicator, breakdown="total")
    amounts = find(known, indicator="intent_amount", breakdown="total", category=list(intents))
    parts = find(known, indicator="mgap_change", category=PARTS)
    amounts, parts = (
        rows if panel in panels else [] for rows, panel in ((amounts, "intents"), (parts, "change"))
    )
    shown = sums if "sum" in panels else []
    second = other_method(other, context.year, indicator="mgap")
    second = second if second and second.known and shown else None
    used = [*shown, *amounts, *parts] or sums
    used = [*used, second] if second else used
    years = range(min(r.year for r in used), max(r.year for r in used) + 1)
    line = 2.6 if context.narrow else 2.0
    head = line_mm(context.sizes.label) * line + line_mm(context.sizes.note) + _BETWEEN_MM
    there = [
        (panel, high)
        for panel, drawn, high in zip(PANELS, (shown, amounts, parts), _HIGH_MM, strict=True)
        if drawn
    ]
    page = Page(
        context,
        title=choose(title, titles.over_years(sums, context, "mGAP"), [*used, *sums], context),
        subtitle=words.subtitle(sums, years, context),
        notes=[*notes, *words.notes(sums, shown, parts, second, context)],
        source=sources(used, source, context),
        plot_mm=sum(high for _, high in there) + head * len(there),
    )
    marks = series.ticks(*_range([*sums, second] if second else sums), 4)
    stacked = series.ticks(*intent_stack.span(amounts, years), 4) if amounts else marks
    left = MARGIN + max(series.tick_width(page, marks), series.tick_width(page, stacked))
    wide = page.width - MARGIN - left - 1.0
    y = line_mm(context.sizes.label) * line
    for panel, high in there:
        place = left, y, wide, high
        if panel == "sum":
            _line(page, sums, second, marks, years, place)
        elif panel == "intents":
            _stack(page, amounts, intents, stacked, years=years, place=place)
        else:
            _parts(page, parts, years, place)
        y += high + head
    unit = unit_name(sums[0].unit, context)
    return page.chart(
        key,
        unit=unit,
        alt=words.alt(sums, years, context),
        data=table([*used, *(row for row in sums if row not in used)], context),
        divide=("panels", [panel for panel, _ in there]),
    )


def _range(rows: Sequence[Row]) -> tuple[float, float]:
    values = [
        v for r in rows if r.known for v in (r.value, *((r.low, r.high) if r.has_interval else ()))
    ]
    return min(values), max(values)


def _above(page: Page) -> float:
    """Where the heading of a panel begins, in lines above its axes."""
    return 2.5 if page.context.narrow else 1.9


def _heading(page: Page, y: float, heading: str, keys: Sequence[Key] = ()) -> None:
    """The heading of a panel, and beside it what its colours mean."""
    size, line = page.sizes.label, line_mm(page.sizes.label)
    page.text(MARGIN, y + line * 0.6, heading, bold=True)
    x = MARGIN + width(heading, size, True) + 4.0
    if x + entries_mm(keys, page.sizes.note) <= page.width - MARGIN:
        entries(page, x, y + line * 0.6, keys, page.sizes.note)
    else:  # under it: the panel has a line of room above its axis
        entries(page, MARGIN, y + line * 1.5, keys, page.sizes.note)


def _line(
    page: Page,
    sums: Sequence[Row],
    second: Row | None,
    marks: Sequence[float],
    years: range,
    place: tuple[float, float, float, float],
) -> None:
    x, y, wide, high = place
    _heading(page, y - line_mm(page.sizes.label) * _above(page), "mGAP")
    axes = page.axes(x, y, wide, high)
    axes.set(xlim=(years[0] - 0.6, years[-1] + 0.6), ylim=(marks[0], marks[-1]))
    series.grid(page, axes, marks)
    series.line(axes, sums, p.TOTAL)
    if second:
        stroke(axes, [second.year], [second.value], marker="D", color=p.INK, ms=4,
               markerfacecolor=p.PAPER)  # fmt: skip
        at, mm = page.where(axes, second.year, second.value)
        page.number(second.text, [Spot(at + 1.6, mm, "left"), Spot(at - 1.6, mm, "right")])
    series.numbers(page, axes, sums)
    series.year_labels(page, axes, years)


def _stack(
    page: Page,
    amounts: Sequence[Row],
    intents: Sequence[str],
    marks: Sequence[float],
    *,
    years: range,
    place: tuple[float, float, float, float],
) -> None:
    """The panel of the amounts that the sum is made of."""
    x, y, wide, high = place
    keys = [
        Key(name(i, page.context), c) for i, c in zip(intents, intent_stack.COLORS, strict=False)
    ]
    heading = page.context.say("意欲量の内訳", "By intent")
    _heading(page, y - line_mm(page.sizes.label) * _above(page), heading, keys)
    axes = page.axes(x, y, wide, high)
    axes.set(xlim=(years[0] - 0.6, years[-1] + 0.6), ylim=(marks[0], marks[-1]))
    series.grid(page, axes, marks)
    intent_stack.draw(page, axes, amounts, intents, years)
    series.year_labels(page, axes, years)


def _parts(
    page: Page, parts: Sequence[Row], years: range, place: tuple[float, float, float, float]
) -> None:
    """What moved mGAP since the year before: attitudes and the number of residents."""
    x, y, wide, high = place
    note = page.sizes.note
    heading = page.context.say("前年度からの変化の内訳", "Parts of the change")
    names = {
        "attitude": page.context.say("意識", "attitudes"),
        "people": page.context.say("人口", "residents"),
    }
    colors = dict(zip(PARTS, (p.POSITIVE, p.QUIET), strict=True))
    _heading(
        page,
        y - line_mm(page.sizes.label) * (_above(page) - 0.3),
        heading,
        [Key(names[c], colors[c]) for c in PARTS],
    )
    axes = page.axes(x, y + 2.0, wide, high - 2.0)
    values = [0.0, *(row.value for row in parts if row.known)]
    span = (max(values) - min(values)) or 1.0
    pad = span * line_mm(note) * 1.1 / (high - 2.0 - 2.2 * line_mm(note))
    axes.set(xlim=(years[0] - 0.6, years[-1] + 0.6), ylim=(min(values) - pad, max(values) + pad))
    stroke(axes, axes.get_xlim(), [0, 0], color=p.OUTLINE, lw=0.6)
    for row in parts:
        if row.known:
            at = row.year + (-0.2 if row.category == PARTS[0] else 0.2)
            bar(axes, at, row.value, wide=0.36, lw=0, facecolor=colors[row.category])
            mm, end = page.where(axes, at, row.value)
            end += line_mm(note) / 2 * (1 if row.value < 0 else -1)
            aside = width(row.signed, note) / 4 * (-1 if row.category == PARTS[0] else 1)
            spots = [
                Spot(mm + x, end, size=s) for x in (0.0, aside) for s in (note, page.sizes.least)
            ]
            page.number(row.signed, spots, rank=-row.year)
    series.year_labels(page, axes, years)
