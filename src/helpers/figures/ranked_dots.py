"""Peers ranked by one number: a dot each, the own city in front, a line at the reference."""

from collections.abc import Sequence
from itertools import pairwise, zip_longest

import pandas as pd

from helpers import palette as p
from helpers.drawing import Chart, Context, Page, Spot
from helpers.drawing.bars import stroke
from helpers.drawing.fonts import width
from helpers.drawing.paper import tallest
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.figures import series
from helpers.figures.chart_type import chart_type
from helpers.figures.row_table import sources, table
from helpers.figures.rows import Row, need, of_year, read
from helpers.figures.words import ranked_dots as words
from helpers.sentences.typed import choose

_CLOSEST = 0.93  # of a line of type, from one city to the next


@chart_type
def ranked_dots(
    rows: pd.DataFrame,
    *,
    context: Context,
    indicator: str = "daytime_population_index",
    own: str = "",
    reference: float | None = 100,
    area: str = "",
    key: str = "",
    title: str | None = None,
    notes: Sequence[str] = (),
    source: str = "",
) -> Chart:
    """Draw peers from high to low.

    Args:
        rows: the indicator with ``breakdown`` ``peer``, a row a city, the own city among them
            or as ``total``; a row ``…_rank`` of the own city, counted from the lowest, for the
            title. Of one definition.
        context: city, edition, language, width.
        indicator: which number.
        own: the group that is the own city; the one shown as ``context.city`` if not given.
        reference: where the vertical line stands; none if None.
        area: who the peers are, for the title and subtitle (``多摩26市``).
        key: name of the figure; the indicator if not given.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    known = read(rows)
    ranked = need(
        of_year(need(known, indicator=indicator), context.year), breakdown=["peer", "total"]
    )
    shown = {row: words.city(row, context) for row in ranked}
    mine = next(
        (r for r in ranked if r.group == own or (not own and shown[r] == context.city)), None
    )
    if any(r.breakdown == "peer" and shown[r] == context.city for r in ranked):
        shown = {row: text for row, text in shown.items() if row.breakdown == "peer"}
        mine = next(r for r in shown if r.group == own or shown[r] == context.city)
    order = sorted((r for r in shown if r.known), key=lambda r: (-r.value, shown[r]))
    ranks = of_year([row for row in known if row.indicator.endswith("_rank")], context.year)
    own_groups = ["total", *([mine.group] if mine else [])]
    rank = next((row for row in ranks if row.group in own_groups), None)
    used = [*order, *([rank] if rank else [])]
    pitch, drawn = line_mm(context.sizes.note) * 1.06, order
    page = Page(
        context,
        title=choose(title, words.title(mine, rank, order, area, context), used, context),
        subtitle=words.subtitle(order, indicator, area, context),
        notes=notes,
        source=sources(used, source, context),
        plot_mm=0.0,
    )
    if most := tallest(context.width_mm):
        room = most - page.around() - 3.0
        pitch = min(pitch, max(room / (len(order) + 1), line_mm(context.sizes.note) * _CLOSEST))
        if (len(order) + 1) * pitch > room + 1e-9:
            drawn = _ends(order, mine, int(room / pitch) - 3)  # a note takes a line or two
            left_out = len(order) - len(drawn)
            page.notes.append(
                context.say(
                    f"点線のところにある{left_out}市区町村は描いていない（数値はCSVにある）",
                    f"{left_out} at the dotted lines are not drawn (numbers in the CSV)",
                )
            )
    page.height = pitch * (len(drawn) + 1) + 3.0
    for index, (row, next_row) in enumerate(pairwise(drawn), start=1):
        if order.index(next_row) - order.index(row) > 1:
            y = pitch * (1.2 + index)
            page.rule([MARGIN, page.width - MARGIN], [y, y], color=p.MUTED, points=0.8, ls=":")
    _draw(page, order=drawn, shown=shown, mine=mine, pitch=pitch, reference=reference)
    unit = words.unit_of(order[0], context)
    return page.chart(
        key or indicator,
        unit=unit,
        alt=words.alt(order, shown, mine, area, context),
        data=table(used, context),
    )


def _ends(order: Sequence[Row], mine: Row | None, lines: int) -> list[Row]:
    """The highest and the lowest as many as there are lines for, the own city among them."""
    own = [mine] if mine in order else []
    first = [row for row in order[: (lines + 1) // 2] if row is not mine]
    last = [row for row in order[::-1][: lines // 2] if row is not mine]
    kept = [*own, *(row for pair in zip_longest(first, last) for row in pair if row)][:lines]
    return [row for row in order if row in kept]


def _draw(
    page: Page,
    *,
    order: Sequence[Row],
    shown: dict[Row, str],
    mine: Row | None,
    pitch: float,
    reference: float | None,
) -> None:
    size = page.sizes.note
    left = MARGIN + max(width(shown[row], size, True) for row in order) + 2.0
    right = width("888.8", size, True) + 3.0
    high = pitch * len(order)
    values = [row.value for row in order] + ([reference] if reference is not None else [])
    room = page.width - MARGIN - right - left
    for count in (5, 4, 3, 2):  # as many ticks as have room for their numbers
        marks = series.ticks(min(values), max(values), count)
        widest = max(width(text, size, True) for text in series.tick_texts(marks)) + 1.0
        if widest * (len(marks) + 1) <= room:
            break
    low = marks[0]
    if reference is not None and order[-1].value - low < (marks[-1] - low) / 8:
        low -= (marks[-1] - low) / 8  # room for the lowest number beside its dot, and no tick
    top = pitch * 1.2
    axes = page.axes(left, top, page.width - MARGIN - right - left, high)
    axes.set(xlim=(low, marks[-1]), ylim=(len(order), 0))
    for value, tick in zip(marks, series.tick_texts(marks), strict=True):
        strong = value == reference
        x, _ = page.where(axes, value, 0)
        page.rule(
            [x, x],
            [top, top + high],
            color=p.OUTLINE if strong else p.GRID,
            points=0.9 if strong else 0.6,
            zorder=-1,
        )
        page.text(
            x,
            top - pitch * 0.5,
            tick,
            size=size,
            color=p.INK if strong else p.MUTED,
            bold=strong,
            ha="center",
        )
    for index, row in enumerate(order):
        own = row is mine
        y = index + 0.5
        color = p.POSITIVE if own else p.QUIET
        start = marks[0] if reference is None else reference
        stroke(axes, [start, row.value], [y, y], color=color, lw=1.8 if own else 0.8, zorder=1)
        stroke(axes, [row.value], [y], marker="o", color=color, ms=6 if own else 4.2)
        x, mm = page.where(axes, row.value, y)
        page.text(left - 2.0, mm, shown[row], size=size, bold=own, ha="right")
        # The number stands on the side away from the line to the reference.
        spots = [Spot(x + 1.4, mm, "left", size=size), Spot(x - 1.4, mm, "right", size=size)]
        if reference is not None and row.value < reference:
            spots.reverse()
        page.number(row.text, spots, bold=own)
