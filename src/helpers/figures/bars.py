"""One number after another as bars from zero: options, questions of a formula, or years."""

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from helpers import palette as p
from helpers.drawing import Chart, Context, Page, Spot
from helpers.drawing.bars import bar, stroke
from helpers.drawing.fonts import MM, width
from helpers.drawing.sheet import MARGIN
from helpers.drawing.text import wrap
from helpers.figures.chart_type import chart_type, titled
from helpers.figures.row_table import sources, table
from helpers.figures.rows import Row, need, read
from helpers.sentences import titles
from helpers.sentences.indicator_row import name, unit_name

By = Literal["category", "group", "year"]


@chart_type
def bars(
    rows: pd.DataFrame,
    *,
    context: Context,
    indicator: str,
    by: By = "category",
    breakdown: str = "total",
    groups: Sequence[str] | None = None,
    categories: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
    key: str = "",
    title: str | None = None,
    notes: Sequence[str] = (),
    source: str = "",
) -> Chart:
    """Draw the numbers of an indicator, a bar each, in the order of the rows.

    Args:
        rows: indicator rows of one definition; of the edition's year, but for ``by="year"``.
        context: city, edition, language, width.
        indicator: which number.
        by: what a bar stands for.
        breakdown: of which the groups are; ``total`` for the whole.
        groups: which groups; all if not given.
        categories: which answers; all if not given.
        years: which years; all if not given.
        key: name of the figure; the indicator if not given.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    known = need(read(rows), indicator=indicator, breakdown=breakdown)
    past = [row.year for row in known if row.year <= context.year]
    used = [row for row in known if row.year in past and (by == "year" or row.year == max(past))]
    used = sorted(used, key=lambda row: row.year) if by == "year" else used
    used = [row for row in used if row.known]
    scale = [0.0, *(row.value for row in used)]  # of all bars, also where some stand elsewhere
    used = [
        row
        for row in used
        if (groups is None or row.group in groups)
        and (categories is None or row.category in categories)
        and (years is None or row.year in years)
    ]
    size, note = context.sizes.label, context.sizes.note
    room = context.width_mm * 0.42
    names = [wrap(_name(row, by, context), room, size, lang=context.lang) for row in used]
    left = MARGIN + max(width(line, size, True) for lines in names for line in lines) + 2.0
    steps = [max(2.1, 1.35 * len(lines) + 0.6) * size * MM for lines in names]
    ns = {row.n for row in used if row.n == row.n}
    said = [context.say(f"n={n:,.0f}", f"n = {n:,.0f}") for n in ns] if len(ns) == 1 else []
    page = Page(
        context,
        title=titled(title, _title(used, by, context), used, context),
        subtitle=_subtitle(indicator, used, by, context),
        notes=[*notes, *said],
        source=sources(used, source, context),
        plot_mm=sum(steps) + 1.0,
    )
    texts = [width(row.text, size, True) for row in used]
    axes = page.axes(left, 0.5, context.width_mm - MARGIN - left - max(texts) - 1.5, sum(steps))
    least, most = min(scale), max(scale)
    axes.set(xlim=(least, most or 1.0), ylim=(sum(steps), 0))
    y = 0.0
    for row, lines, step in zip(used, names, steps, strict=True):
        middle = y + step / 2
        last = by == "year" and row is used[-1]
        color = p.POSITIVE if last or by != "year" else p.POSITIVE_SOFT
        bar(axes, middle, row.value, wide=size * MM * 1.3, across=True, facecolor=color,
            edgecolor=p.OUTLINE, lw=0.4)  # fmt: skip
        x, mm = page.where(axes, max(row.value, 0.0), middle)
        top = mm - (len(lines) - 1) * size * MM * 0.65
        for index, line in enumerate(lines):
            page.text(left - 1.5, top + index * size * MM * 1.3, line, ha="right", bold=last)
        page.number(row.text, [Spot(x + 1.0, mm, "left", size=s) for s in (size, note)], bold=last)
        y += step
    stroke(axes, [0, 0], [0, sum(steps)], color=p.OUTLINE, lw=0.8)
    return page.chart(
        key or indicator,
        unit=unit_name(used[0].unit, context) or context.say("点", "points"),
        alt=_alt(indicator, used, by, context),
        data=table(used, context),
        divide=_divide(used, by),
    )


def _divide(used: Sequence[Row], by: By) -> tuple[str, Sequence[str | int]]:
    """What is drawn on further sheets where one does not hold all bars."""
    if by == "year":
        return "years", [row.year for row in used]
    if by == "group":
        return "groups", [row.group for row in used]
    return "categories", list(dict.fromkeys(row.category for row in used))


def _name(row: Row, by: By, context: Context) -> str:
    if by == "year":
        return context.say(f"{titles.era(row.year)}年度", f"FY{row.year}")
    if by == "group":
        return name(row.group, context)
    return name(f"{row.indicator}.{row.category}" if row.category else row.indicator, context)


def _title(used: Sequence[Row], by: By, context: Context) -> str:
    subject = name(used[0].indicator, context)
    if by == "year":
        return titles.over_years(used, context)
    high = max(used, key=lambda row: row.value)
    what = _name(high, by, context)
    return context.say(
        f"{subject}のうち最も多いのは{what}（{high.said(context)}）"
        if high.unit == "%" else f"{subject}は{what}が{high.said(context)}で最も高い",
        f"{subject}: {what} is highest, {high.said(context)}",
    )  # fmt: skip


def _subtitle(indicator: str, used: Sequence[Row], by: By, context: Context) -> str:
    unit = unit_name(used[0].unit, context) or context.say("点", "points")
    year = (
        titles.fiscal_year(context)
        if by != "year"
        else titles.year_span(used[0].year, used[-1].year, context, "年度")
    )
    subject = name(indicator, context)
    return context.say(
        f"{context.city}の{subject}（{year}、{unit}）",
        f"{subject}, {context.city} ({year}, {unit})",
    )


def _alt(indicator: str, used: Sequence[Row], by: By, context: Context) -> str:
    said = [f"{_name(row, by, context)} {row.said(context)}" for row in used]
    return titles.alternative(
        context.say("横棒グラフ", "Horizontal bar chart"),
        _subtitle(indicator, used, by, context),
        context.say("、", ", ").join(said),
        context,
    )
