"""Ranks of two surveys as slopes, and the rank among neighbours over the years."""

from collections.abc import Sequence

import pandas as pd

from helpers import palette as p
from helpers.drawing import Chart, Context, Key, Page, Spot
from helpers.drawing.bars import stroke
from helpers.drawing.fonts import width
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.drawing.text import wrap
from helpers.figures import series
from helpers.figures.chart_type import chart_type
from helpers.figures.row_table import sources, table
from helpers.figures.rows import Row, find, need, one, read
from helpers.figures.words import rank_slope as words
from helpers.sentences.indicator_row import name
from helpers.sentences.typed import choose

_LEAST_MM = 12.0  # a slope shorter than this shows nothing; then the scores make room
_UP, _DOWN = p.POSITIVE, p.NEGATIVE


@chart_type
def rank_slope(
    rows: pd.DataFrame,
    *,
    context: Context,
    ranking: str = "brand",
    panels: Sequence[str] = ("all", "peers"),
    peers: int = 26,
    key: str = "",
    title: str | None = None,
    notes: Sequence[str] = (),
    source: str = "",
) -> Chart:
    """Draw ranks and scores of the last two surveys, and the rank among peers over the years.

    Args:
        rows: ``<ranking>_rank`` and ``<ranking>_score`` by item for two years, and one
            ``<ranking>_rank_…`` among peers for two years or more.
        context: city, edition, language, width.
        ranking: which ranking.
        panels: the ranks among all, those among peers, or both.
        peers: how many cities the second rank is among.
        key: name of the figure; ``<ranking>_rank`` if not given.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    known = [row for row in read(rows) if row.year <= context.year]
    ranks = need(known, indicator=f"{ranking}_rank")
    years = sorted({row.year for row in ranks})[-2:]
    ranks = find(ranks, year=years)
    scores = find(known, indicator=f"{ranking}_score", year=years)
    tama = [row for row in known if row.indicator.startswith(f"{ranking}_rank_")]
    tama = [row for row in tama if not row.indicator.endswith("_change")]
    tama = tama if "peers" in panels else []
    whole = "all" in panels or not tama
    used = [*ranks, *scores, *tama] if whole else tama
    computed = words.title(ranks, years, context) if whole else words.among_peers(tama, context)
    shown = years if whole else sorted({row.year for row in tama})
    beside = not context.narrow
    slope_mm, bump_mm = (66.0, 66.0) if beside else (58.0, 36.0)
    head = line_mm(context.sizes.label) * 2.2
    page = Page(
        context,
        title=choose(title, computed, used, context),
        subtitle=words.subtitle(ranks[0], shown, context),
        legend=[
            Key(context.say("順位が上がった", "rank rose"), _UP, "line"),
            Key(context.say("順位が下がった", "rank fell"), _DOWN, "dashline"),
        ][: 2 if whole else 0],
        notes=[
            *notes,
            context.say("縦軸は上ほど上位", "Better ranks are higher"),
        ],
        source=sources(used, source, context),
        plot_mm=head
        + (bump_mm + 2.0 if not whole else slope_mm)
        + (0 if beside or not (tama and whole) else head + bump_mm + 6.0),
    )
    wide = page.width - 2 * MARGIN
    both = beside and whole and bool(tama)
    if whole:
        _slopes(page, used, years, (MARGIN, 0, wide * 0.62 if both else wide, slope_mm))
    if tama:
        x, y = (MARGIN + wide * 0.70, 0.0) if both else (MARGIN, head + slope_mm + 4.0)
        y = y if whole else 0.0
        _bump(page, tama, peers, (x, y, wide * 0.30 if both else wide, bump_mm))
    return page.chart(
        key or f"{ranking}_rank",
        unit=context.say("位", "rank"),
        alt=words.alt(
            ranks if whole else [], tama, words.subtitle(ranks[0], shown, context), context
        ),
        data=table(used, context),
        divide=("panels", ("all", "peers") if whole and tama else ()),
    )


def _slopes(
    page: Page, used: Sequence[Row], years: Sequence[int], place: tuple[float, float, float, float]
) -> None:
    x, y, wide, high = place
    context, size = page.context, page.sizes.label
    ranks = [row for row in used if row.indicator.endswith("_rank")]
    both = [
        (one(ranks, category=c, year=years[0]), one(ranks, category=c, year=years[1]))
        for c in dict.fromkeys(r.category for r in ranks)
    ]
    pairs = [(a, b) for a, b in both if a and b and a.known and b.known]
    scores = [row for row in used if row.indicator.endswith("_score")]
    # What has no room goes: first the scores, then the size of the labels.
    for shown, points in ((scores, size), ([], size), ([], page.sizes.note)):
        left, right = _room(pairs, shown, page, points)
        if wide - left - right >= _LEAST_MM:
            break
    heading = name(ranks[0].indicator, context)
    if shown:
        heading += context.say("と点数", " and score")
        page.notes.append(context.say("かっこ内は点数", "Scores in brackets"))
    page.text(x, y + line_mm(size) / 2, heading, bold=True)
    top = y + line_mm(size) * 2.6
    axes = page.axes(x + left, top, wide - left - right, high - 4.0)
    values = [row.value for pair in pairs for row in pair]
    axes.set(xlim=(0, 1), ylim=(max(values), min(values)))
    bottom = top + high - 4.0
    for side, year in enumerate(years):
        at, _ = page.where(axes, side, 0)
        page.rule([at, at], [top, bottom], color=p.GRID, zorder=-1)
        page.text(
            at,
            top - line_mm(size) * 1.0,
            context.say(f"{year}年", str(year)),
            size=points,
            color=p.MUTED,
            ha="center",
        )
    for side in (0, 1):
        ends = [pair[side] for pair in pairs]
        wanted = [page.where(axes, side, row.value)[1] for row in ends]
        places = series.spread(wanted, line_mm(size), top, bottom)
        for row, pair, mm in zip(ends, pairs, places, strict=True):
            at, _ = page.where(axes, side, 0)
            color = _UP if pair[1].value <= pair[0].value else _DOWN
            text = _end(row, shown, context, named=side == 1)
            page.text(
                at + (2.2 if side else -2.2),
                mm,
                text,
                size=points,
                bold=side == 1,
                color=color,
                ha="left" if side else "right",
            )
    for before, after in pairs:
        color = _UP if after.value <= before.value else _DOWN
        style = "-" if color == _UP else "--"
        stroke(axes, [0, 1], [before.value, after.value], color=color, lw=1.5, ls=style)
        stroke(axes, [0, 1], [before.value, after.value], ls="", marker="o", color=color, ms=4.5)


def _room(
    pairs: Sequence[tuple[Row, Row]], scores: Sequence[Row], page: Page, size: float
) -> tuple[float, float]:
    """Room for the labels at both ends, in millimetres."""
    context = page.context
    left = max(width(_end(before, scores, context), size) for before, _ in pairs)
    right = max(width(_end(after, scores, context, named=True), size, True) for _, after in pairs)
    return left + 2.6, right + 2.6


def _end(row: Row, scores: Sequence[Row], context: Context, *, named: bool = False) -> str:
    score = one(scores, category=row.category, year=row.year)
    points = context.say(f"（{score.text}点）", f" ({score.text})") if score else ""
    item = f"{words.item(row, context)} " if named else ""
    return f"{item}{words.rank(row, context)}{points}"


def _bump(
    page: Page, tama: Sequence[Row], peers: int, place: tuple[float, float, float, float]
) -> None:
    x, y, wide, high = place
    context, size = page.context, page.sizes.label
    heading = name(tama[0].indicator, context)
    item = words.item(tama[0], context) if tama[0].category else ""
    heading = context.say(f"{item}の{heading}" if item else heading, heading)
    page.lines(x, y, wrap(heading, wide, size, bold=True, lang=context.lang), bold=True)
    top = y + line_mm(size) * 2.2
    axes = page.axes(x + 6.0, top, wide - 6.0, high - 4.0 - line_mm(page.sizes.note))
    years = range(min(r.year for r in tama), max(r.year for r in tama) + 1)
    axes.set(xlim=(years[0] - 0.5, years[-1] + 0.5), ylim=(peers + 0.5, 0.5))
    for mark in (1, peers):
        stroke(axes, axes.get_xlim(), [mark, mark], color=p.GRID, lw=0.6)
        at, mm = page.where(axes, years[0] - 0.5, mark)
        page.text(at - 1.0, mm, str(mark), size=page.sizes.note, color=p.MUTED, ha="right")
    series.line(axes, tama, p.TOTAL)
    by_year = {row.year: row for row in tama}
    for row in tama:
        beside = [by_year[y] for y in (row.year - 1, row.year + 1) if y in by_year]
        # Above a peak and below a dip, so that the line runs free of the number.
        side = -1 if all(row.value <= other.value for other in beside) else 1
        away = line_mm(size) * 0.8
        at, mm = page.where(axes, row.year, row.value)
        bold = row.year == years[-1]
        spots = [
            Spot(at + shift, mm + way * away, size=points)
            for points in (size, page.sizes.note)
            for way in (side, -side)
            for shift in (0.0, -2.0, 2.0)
        ]
        page.number(words.rank(row, context), spots, bold=bold, rank=0 if bold else 1)
    series.year_labels(page, axes, years, drop=1.0, calendar=True)
