"""Commuters out and in, back to back by partner municipality."""

from collections.abc import Sequence

import pandas as pd

from helpers import palette as p
from helpers.drawing import Chart, Context, Page
from helpers.drawing.bars import bar
from helpers.drawing.fonts import MM, width
from helpers.drawing.sheet import MARGIN
from helpers.figures.chart_type import chart_type
from helpers.figures.row_table import shown_name, sources, table
from helpers.figures.rows import Row, find, groups_of, need, of_year, one, read
from helpers.sentences import titles
from helpers.sentences.indicator_row import unit_name
from helpers.sentences.typed import choose


@chart_type
def flows(
    rows: pd.DataFrame,
    *,
    context: Context,
    indicator: str = "commuters",
    most: int = 10,
    key: str = "commuters",
    title: str | None = None,
    notes: Sequence[str] = (),
    source: str = "",
) -> Chart:
    """Draw who goes where and who comes from where.

    Args:
        rows: the indicator by ``partner``, categories ``outflow`` and ``inflow``; a group
            ``other`` comes last.
        context: city, edition, language, width.
        indicator: which flows.
        most: how many partners are shown, the largest first.
        key: name of the figure.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    used = of_year(need(read(rows), indicator=indicator, breakdown="partner"), context.year)
    size_of = {g: sum(r.value for r in find(used, group=g) if r.known) for g in groups_of(used)}
    order = sorted((g for g in size_of if g != "other"), key=lambda g: (-size_of[g], g))[:most]
    order += [g for g in size_of if g == "other"]
    used = [row for row in used if row.group in order]
    pitch = context.sizes.label * MM * 2.0
    page = Page(
        context,
        title=choose(title, _title(used, context), used, context),
        subtitle=_subtitle(used, context),
        notes=notes,
        source=sources(used, source, context),
        plot_mm=pitch * (len(order) + 1.2),
    )
    size = page.sizes.label
    middle = max(width(_partner(g, context), size) for g in order) + 4.0
    numbers = max(width(row.text, size) for row in used) + 1.5
    half = (page.width - 2 * MARGIN - middle) / 2
    bar_mm = half - numbers
    top = pitch * 1.2
    largest = max(row.value for row in used if row.known)
    sides = (
        ("outflow", MARGIN + half, -1, p.NEGATIVE),
        ("inflow", MARGIN + half + middle, 1, p.POSITIVE),
    )
    for category, zero, sign, color in sides:
        words = {
            "outflow": context.say("流出（市外へ）", "Outflow"),
            "inflow": context.say("流入（市内へ）", "Inflow"),
        }
        page.text(
            zero,
            pitch * 0.5,
            words[category],
            bold=True,
            color=color,
            ha="right" if sign < 0 else "left",
        )
        left = zero - bar_mm if sign < 0 else zero
        axes = page.axes(left, top, bar_mm, pitch * len(order))
        axes.set(xlim=(-largest, 0) if sign < 0 else (0, largest), ylim=(len(order), 0))
        page.rule([zero, zero], [top, top + pitch * len(order)], color=p.INK)
        for index, group in enumerate(order):
            row = one(used, group=group, category=category)
            y = top + (index + 0.5) * pitch
            end = zero
            if row is not None and row.known:
                fill = p.QUIET if group == "other" else color
                bar(
                    axes, index + 0.5, sign * row.value, wide=0.7, across=True, lw=0, facecolor=fill
                )
                end = zero + sign * row.value / largest * bar_mm
            text = row.text if row else "…"
            page.text(end + sign * 1.0, y, text, ha="right" if sign < 0 else "left")
    for index, group in enumerate(order):
        text = _partner(group, context)
        page.text(MARGIN + half + middle / 2, top + (index + 0.5) * pitch, text, ha="center")
    unit = unit_name(used[0].unit, context)
    return page.chart(key, unit=unit, alt=_alt(used, context), data=table(used, context))


def _partner(group: str, context: Context) -> str:
    return context.say("その他", "Other") if group == "other" else shown_name(group, context)


def _largest(used: Sequence[Row], category: str) -> Row | None:
    known = [r for r in find(used, category=category) if r.known and r.group != "other"]
    return max(known, key=lambda row: row.value, default=None)


def _title(used: Sequence[Row], context: Context) -> str:
    out, into = _largest(used, "outflow"), _largest(used, "inflow")
    if out is None or into is None:
        return _subtitle(used, context)
    return context.say(
        f"流出は{_partner(out.group, context)}へ{out.said(context)}、"
        f"流入は{_partner(into.group, context)}から{into.said(context)}が最も多い",
        f"Largest flows: {out.text} to {_partner(out.group, context)}, "
        f"{into.text} from {_partner(into.group, context)}",
    )


def _subtitle(used: Sequence[Row], context: Context) -> str:
    unit = unit_name(used[0].unit, context)
    year = used[0].year
    return context.say(
        f"{context.city}の通勤・通学者の流出と流入（{titles.era(year)}年、{unit}）",
        f"Commuters out of and into {context.city} ({year}, {unit})",
    )


def _alt(used: Sequence[Row], context: Context) -> str:
    return titles.alternative(
        context.say("左右に向き合う横棒グラフ", "Back-to-back bar chart"),
        _subtitle(used, context),
        _title(used, context),
        context,
    )
