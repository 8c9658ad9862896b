"""Satisfaction against importance: every field a labelled point, the means as lines."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from helpers.drawing import Chart, Context, Page
from helpers.drawing import palette as p
from helpers.drawing.fonts import width
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.figures import series, titles
from helpers.figures.chart_type import chart_type
from helpers.figures.placing import Box, place
from helpers.figures.rows import (
    Row,
    groups_of,
    need,
    one,
    read,
    shown_name,
    sources,
    table,
    unit_name,
)

_TOP_MM = 6.5  # above the scatter: what its vertical axis measures


@dataclass(frozen=True)
class _Field:
    """A policy field this year and, if it was asked, in the survey before."""

    group: str
    across: Row
    up: Row
    before: tuple[Row, Row] | None


@chart_type
def quadrant(
    rows: pd.DataFrame,
    *,
    context: Context,
    across: str = "field_satisfaction",
    up: str = "field_importance",
    highlight: Sequence[str] = (),
    key: str = "fields",
    title: str | None = None,
    notes: Sequence[str] = (),
    source: str = "",
) -> Chart:
    """Draw policy fields by satisfaction and importance.

    Args:
        rows: both indicators by ``field``, category ``score``; the means as ``total``; the
            survey before, if there is one, under its own year.
        context: city, edition, language, width.
        across: the indicator from left to right.
        up: the indicator from bottom to top.
        highlight: fields in front, with an arrow from their place in the survey before.
        key: name of the figure.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    known = [
        row for row in read(rows) if row.year <= context.year and row.indicator in (across, up)
    ]
    fields = _fields(known, across, up, context)
    means = [one(known, indicator=i, breakdown="total", year=context.year) for i in (across, up)]
    used = [row for f in fields for row in (f.across, f.up, *(f.before or ()))]
    used += [row for row in means if row is not None]
    numbered = context.narrow
    listed = _listed(fields, context) if numbered else []
    side = context.width_mm * (0.86 if numbered else 0.60)
    list_mm = -(-len(listed) // 2) * line_mm(context.sizes.note)
    page = Page(
        context,
        title=titles.choose(title, _title(fields, context), used, context),
        subtitle=_subtitle(across, up, fields, context),
        notes=[*notes, *_notes(fields, highlight, context)],
        source=sources(used, source, context),
        plot_mm=side + _TOP_MM + 9.0 + (list_mm + 2.0 if numbered else 0),
    )
    axes = _axes(page, fields, side)
    _quadrants(page, axes, means, across, up)
    _points(
        page,
        axes,
        fields=fields,
        highlight=highlight,
        numbered=numbered,
        lines=_lines(page, axes, means),
    )
    for index, text in enumerate(listed):
        column, line = divmod(index, -(-len(listed) // 2))
        x = MARGIN + column * (page.width - 2 * MARGIN) / 2
        y = side + _TOP_MM + 11.0 + (line + 0.5) * line_mm(page.sizes.note)
        page.text(x, y, text, size=page.sizes.note, bold=fields[index].group in highlight)
    unit = unit_name(fields[0].across.unit, context) or context.say("点", "points")
    return page.chart(
        key, unit=unit, alt=_alt(fields, across, up, context), data=table(used, context)
    )


def _fields(known: Sequence[Row], across: str, up: str, context: Context) -> list[_Field]:
    here = need(known, breakdown="field", year=context.year)
    earlier = sorted(
        {row.year for row in known if row.year < context.year and row.breakdown == "field"}
    )
    fields = []
    for group in groups_of(here):
        now = [one(here, indicator=i, group=group) for i in (across, up)]
        then = (
            [
                one(known, indicator=i, breakdown="field", group=group, year=earlier[-1])
                for i in (across, up)
            ]
            if earlier
            else []
        )
        if now[0] and now[1] and now[0].known and now[1].known:
            before = (then[0], then[1]) if then and then[0] and then[1] else None
            fields.append(_Field(group, now[0], now[1], before))
    return fields


def _axes(page: Page, fields: Sequence[_Field], side: float) -> Axes:
    xs = [f.across.value for f in fields] + [f.before[0].value for f in fields if f.before]
    ys = [f.up.value for f in fields] + [f.before[1].value for f in fields if f.before]
    # A twentieth of room, so that no point lies on the edge.
    pads = [(max(v) - min(v)) * 0.05 for v in (xs, ys)]
    across = series.ticks(min(xs) - pads[0], max(xs) + pads[0], 5)
    up = series.ticks(min(ys) - pads[1], max(ys) + pads[1], 5)
    left = MARGIN + series.tick_width(page, up) + 1.0
    top = _TOP_MM
    axes = page.axes(left, top, page.width - MARGIN - 3.0 - left, side)
    axes.set(xlim=(across[0], across[-1]), ylim=(up[0], up[-1]))
    for value, text in zip(across, series.tick_texts(across), strict=True):
        x, y = page.where(axes, value, up[0])
        page.rule([x, x], [top, y], color=p.GRID, zorder=-2)
        page.text(
            x,
            y + line_mm(page.sizes.note) / 2 + 1.6,
            text,
            size=page.sizes.note,
            color=p.MUTED,
            ha="center",
        )
    for value, text in zip(up, series.tick_texts(up), strict=True):
        x, y = page.where(axes, across[0], value)
        page.rule([x, page.where(axes, across[-1], 0)[0]], [y, y], color=p.GRID, zorder=-2)
        page.text(x - 1.0, y, text, size=page.sizes.note, color=p.MUTED, ha="right")
    return axes


def _quadrants(page: Page, axes: Axes, means: Sequence[Row | None], across: str, up: str) -> None:
    """Lines at the means, and what the axes measure."""
    context, note = page.context, page.sizes.note
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
    if means[0] is not None:
        axes.plot([means[0].value] * 2, [y0, y1], color=p.OUTLINE, lw=0.9, ls="--")
        x, y = page.where(axes, means[0].value, y1)
        page.text(
            x,
            y - line_mm(note) / 2 - 0.2,
            context.say(f"平均{means[0].text}", f"mean {means[0].text}"),
            size=note,
            color=p.MUTED,
            ha="center",
        )
    if means[1] is not None:
        axes.plot([x0, x1], [means[1].value] * 2, color=p.OUTLINE, lw=0.9, ls="--")
    bottom = page.where(axes, x0, y0)[1]
    right, top = page.where(axes, x1, y1)
    name = shown_name(up, context)
    mean = context.say(f"（平均{means[1].text}）", f" (mean {means[1].text})") if means[1] else ""
    page.text(MARGIN, top - line_mm(note) * 1.1 - 0.6, f"↑ {name}{mean}", size=note, bold=True)
    words = f"{shown_name(across, context)} →"
    page.text(right, bottom + line_mm(note) * 1.5 + 1.6, words, size=note, bold=True, ha="right")


def _lines(page: Page, axes: Axes, means: Sequence[Row | None]) -> list[Box]:
    """The lines of the means as boxes that no label may cover."""
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
    boxes = []
    if means[0] is not None:
        x, top = page.where(axes, means[0].value, y1)
        boxes.append(Box(x - 0.3, top, x + 0.3, page.where(axes, x0, y0)[1]))
    if means[1] is not None:
        left, y = page.where(axes, x0, means[1].value)
        boxes.append(Box(left, y - 0.3, page.where(axes, x1, y0)[0], y + 0.3))
    return boxes


def _points(
    page: Page,
    axes: Axes,
    *,
    fields: Sequence[_Field],
    highlight: Sequence[str],
    numbered: bool,
    lines: Sequence[Box],
) -> None:
    note = page.sizes.note
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
    spots = [page.where(axes, f.across.value, f.up.value) for f in fields]
    texts = [
        str(i + 1) if numbered else shown_name(f.group, page.context) for i, f in enumerate(fields)
    ]
    bold = [f.group in highlight for f in fields]
    sizes = [(width(t, note, b), line_mm(note) * 0.86) for t, b in zip(texts, bold, strict=True)]
    taken = list(lines)
    for field in fields:
        if field.before and field.group in highlight:
            start = page.where(axes, field.before[0].value, field.before[1].value)
            tip = page.where(axes, field.across.value, field.up.value)
            page.rule(
                [start[0]],
                [start[1]],
                color=p.NEGATIVE,
                marker="o",
                markersize=4.5,
                markerfacecolor=p.PAPER,
                zorder=3,
            )
            page.arrow(start, tip, color=p.NEGATIVE)
            taken += [
                Box(start[0] - 1, start[1] - 1, start[0] + 1, start[1] + 1),
                *_along(start, tip),
            ]
    left, bottom = page.where(axes, x0, y0)
    right, top = page.where(axes, x1, y1)
    placed = place(spots, sizes, Box(left, top, right, bottom), taken)
    for (x, y), (box, far), text, strong in zip(spots, placed, texts, bold, strict=True):
        color = p.NEGATIVE if strong else p.POSITIVE
        page.rule([x], [y], color=color, marker="o", markersize=5.5 if strong else 4.2, zorder=4)
        middle = (box.top + box.bottom) / 2
        if far:
            end = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
            page.rule([x, end[0]], [y, end[1]], color=p.QUIET, points=0.5)
        page.text(box.left, middle, text, size=note, bold=strong, color=color if strong else p.INK)


def _along(start: tuple[float, float], tip: tuple[float, float]) -> list[Box]:
    """Small boxes along an arrow, so that no label lies on it."""
    spots = [
        (start[0] + (tip[0] - start[0]) * i / 6, start[1] + (tip[1] - start[1]) * i / 6)
        for i in range(1, 6)
    ]
    return [Box(x - 0.6, y - 0.6, x + 0.6, y + 0.6) for x, y in spots]


def _listed(fields: Sequence[_Field], context: Context) -> list[str]:
    return [f"{i + 1} {shown_name(f.group, context)}" for i, f in enumerate(fields)]


def _title(fields: Sequence[_Field], context: Context) -> str:
    up = shown_name(fields[0].up.indicator, context)
    low, high = (pick(fields, key=lambda f: f.up.value) for pick in (min, max))
    names = shown_name(high.group, context), shown_name(low.group, context)
    if not titles.apart(low.up, high.up):
        return context.say(f"{up}の差は誤差の範囲", f"{up} differs within sampling error")
    return context.say(
        f"{up}が最も高いのは{names[0]}（{high.up.text}）、最も低いのは{names[1]}（{low.up.text}）",
        f"{up} is highest for {names[0]} ({high.up.text}), lowest for {names[1]} ({low.up.text})",
    )


def _subtitle(across: str, up: str, fields: Sequence[_Field], context: Context) -> str:
    unit = unit_name(fields[0].across.unit, context) or context.say("点", "points")
    names = shown_name(across, context), shown_name(up, context)
    year = titles.fiscal_year(context)
    return context.say(
        f"{context.city}の施策の分野別の{names[0]}と{names[1]}（{year}、{unit}）",
        f"{names[0]} and {names[1].lower()} by policy field, {context.city} ({year}, {unit})",
    )


def _notes(fields: Sequence[_Field], highlight: Sequence[str], context: Context) -> list[str]:
    notes = [context.say("破線は全分野の平均", "Dashed lines: means of all fields")]
    if any(f.before and f.group in highlight for f in fields):
        notes.append(
            context.say(
                "白丸と矢印は前回調査からの動き", "Ring and arrow: movement since the last survey"
            )
        )
    return notes


def _alt(fields: Sequence[_Field], across: str, up: str, context: Context) -> str:
    low, high = (pick(fields, key=lambda f: f.up.value) for pick in (min, max))
    names = shown_name(across, context), shown_name(up, context)
    said = [
        f"{shown_name(f.group, context)} {names[0]} {f.across.text} {names[1]} {f.up.text}"
        for f in (high, low)
    ]
    return titles.alternative(
        context.say("散布図（4象限）", "Quadrant scatter chart"),
        _subtitle(across, up, fields, context),
        context.say("、", ", ").join(said),
        context,
    )
