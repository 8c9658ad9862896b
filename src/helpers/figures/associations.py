"""Neighbourhood associations: households as columns, the membership rate as a line below."""

from collections.abc import Sequence

import pandas as pd

from helpers import palette as p
from helpers.drawing import Chart, Context, Page
from helpers.drawing.bars import bar
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.figures import series, titles
from helpers.figures.chart_type import chart_type
from helpers.figures.row_table import sources, table
from helpers.figures.rows import Row, name, need, read, unit_name
from helpers.figures.written_title import choose

_BETWEEN_MM = 4.0


@chart_type
def associations(
    rows: pd.DataFrame,
    *,
    context: Context,
    columns: str = "association_households",
    line: str = "association_rate",
    key: str = "associations",
    title: str | None = None,
    notes: Sequence[str] = (),
    source: str = "",
) -> Chart:
    """Draw an amount as columns from zero and its rate as a line in a panel of its own.

    Args:
        rows: both indicators (``total``), one row a year.
        context: city, edition, language, width.
        columns: the indicator drawn as columns.
        line: the indicator drawn as a line.
        key: name of the figure.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    known = [row for row in read(rows) if row.year <= context.year]
    amounts = need(known, indicator=columns, breakdown="total")
    rates = need(known, indicator=line, breakdown="total")
    used = [*amounts, *rates]
    years = range(min(r.year for r in used), max(r.year for r in used) + 1)
    head = line_mm(context.sizes.label) * 2.1
    high = (26.0, 20.0) if context.narrow else (30.0, 24.0)
    page = Page(
        context,
        title=choose(title, titles.over_years(rates, context), used, context),
        subtitle=_subtitle(columns, line, years, context),
        notes=[
            *notes,
            context.say("下の線は0から始まらない", "The axis of the line does not begin at zero"),
        ],
        source=sources(used, source, context),
        plot_mm=2 * head + sum(high) + _BETWEEN_MM + line_mm(context.sizes.note) + 1.0,
    )
    marks = series.ticks(0, max(r.value for r in amounts if r.known), 4)
    values = [r.value for r in rates if r.known]
    below_marks = series.ticks(min(values), max(values), 3)
    left = MARGIN + max(series.tick_width(page, m) for m in (marks, below_marks))
    wide = page.width - MARGIN - left
    page.text(MARGIN, line_mm(page.sizes.label) / 2, name(columns, context), bold=True)
    axes = page.axes(left, head, wide, high[0])
    axes.set(xlim=(years[0] - 0.5, years[-1] + 0.5), ylim=(0, marks[-1]))
    series.grid(page, axes, marks, unit_name(amounts[0].unit, context), MARGIN)
    for row in amounts:
        if row.known:
            fill, edge = p.POSITIVE_SOFT, p.OUTLINE
            bar(axes, row.year, row.value, wide=0.66, facecolor=fill, edgecolor=edge, lw=0.5)
    series.numbers(page, axes, amounts)
    series.missing_marks(page, axes, amounts, years)
    top = head + high[0] + _BETWEEN_MM
    page.text(MARGIN, top + line_mm(page.sizes.label) / 2, name(line, context), bold=True)
    below = page.axes(left, top + head, wide, high[1])
    marks = below_marks
    below.set(xlim=(years[0] - 0.5, years[-1] + 0.5), ylim=(marks[0], marks[-1]))
    series.grid(page, below, marks, unit_name(rates[0].unit, context), MARGIN)
    series.line(below, rates, p.POSITIVE)
    series.numbers(page, below, rates)
    series.year_labels(page, below, years)
    unit = unit_name(rates[0].unit, context)
    return page.chart(
        key, unit=unit, alt=_alt(amounts, rates, years, context), data=table(used, context)
    )


def _subtitle(columns: str, line: str, years: range, context: Context) -> str:
    span = titles.year_span(years[0], years[-1], context, "年度")
    return context.say(
        f"{context.city}の{name(columns, context)}と{name(line, context)}（{span}）",
        f"{name(columns, context)} and {name(line, context).lower()}, {context.city} ({span})",
    )


def _alt(amounts: Sequence[Row], rates: Sequence[Row], years: range, context: Context) -> str:
    said = []
    for rows in (amounts, rates):
        known = sorted((row for row in rows if row.known), key=lambda row: row.year)
        said.append(titles.from_to(known[0], known[-1], context))
    columns, line = amounts[0].indicator, rates[0].indicator
    return titles.alternative(
        context.say("縦棒グラフと折れ線グラフ", "Column and line chart"),
        _subtitle(columns, line, years, context),
        context.say("、", "; ").join(said),
        context,
    )
