"""Answers from 0 to 10: how they are spread, in the three ranges of the modified NPS."""

from collections.abc import Sequence

import pandas as pd

from helpers import palette as p
from helpers.drawing import Chart, Context, Key, Page, Spot
from helpers.drawing.bars import bar
from helpers.drawing.fonts import width
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.figures.chart_type import chart_type
from helpers.figures.row_table import sources, table
from helpers.figures.rows import Row, need, of_year, read
from helpers.figures.words import distribution as words
from helpers.sentences import titles
from helpers.sentences.indicator_row import name
from helpers.sentences.typed import choose

SCORES = tuple(str(score) for score in range(11))
# The three ranges: their colour, and the scores from and to.
_RANGES = {
    "share_0_5": (p.NEGATIVE, (0, 5)),
    "share_6_7": (p.MIDDLE, (6, 7)),
    "share_8_10": (p.POSITIVE, (8, 10)),
}
_COLORS = {
    str(score): color
    for color, (first, last) in _RANGES.values()
    for score in range(first, last + 1)
}


@chart_type
def distribution(
    rows: pd.DataFrame,
    *,
    context: Context,
    intents: Sequence[str] = ("recommend", "participate", "thank"),
    key: str = "scores",
    title: str | None = None,
    notes: Sequence[str] = (),
    source: str = "",
) -> Chart:
    """Draw the shares of the scores 0 to 10, a panel a question, with the mean and its interval.

    Args:
        rows: ``score_share`` with the score as category and the question as group (breakdown
            ``intent``), or as category ``recommend.7`` of the total; ``mean_score`` alike.
        context: city, edition, language, width.
        intents: which questions in which order.
        key: name of the figure.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    known = of_year(
        need(read(rows), indicator=["score_share", "mean_score", *_RANGES]), context.year
    )
    # Answers of the whole only: rows of single groups would give the title a mean of their own.
    known = [row for row in known if row.breakdown in ("total", "intent")]
    panels = {intent: _of(known, intent) for intent in intents}
    used = [row for own in panels.values() for row in own]
    # One below another, so that the scales stand in line and every column has its number.
    head = line_mm(context.sizes.label) * (2.5 if context.narrow else 1.5)
    body = 20.0 if context.narrow else 16.0
    ranged = any(row.indicator in _RANGES for row in used)
    high = head + body + line_mm(context.sizes.note) * (2.2 if ranged else 1.0) + 1.0
    means = [row for row in used if row.indicator == "mean_score"]
    legend = [Key(name(indicator, context), color) for indicator, (color, _) in _RANGES.items()]
    if any(row.has_interval for row in means):
        legend.append(
            Key(context.say("平均点と95％信頼区間", "Mean and 95% interval"), p.INK, "dot")
        )
    page = Page(
        context,
        title=choose(title, _title(means, intents, context), used, context),
        subtitle=words.subtitle(used, intents, context),
        legend=legend,
        notes=[*notes, *words.notes(used, context)],
        source=sources(used, source, context),
        plot_mm=(high + 3.0) * len(intents) - 3.0,
    )
    left = 0.0 if context.narrow else _names_mm(intents, page)
    top = max(
        (row.value for row in used if row.indicator == "score_share" and row.known), default=1.0
    )
    for index, intent in enumerate(intents):
        y = index * (high + 3.0)
        place = MARGIN + left, y + head, page.width - 2 * MARGIN - left, body
        _heading(page, panels[intent], intent, y if context.narrow else y + head)
        _panel(page, panels[intent], top, place)
    return page.chart(
        key,
        unit=context.say("％", "%"),
        alt=words.alt(used, means, intents, context),
        data=table(used, context),
        divide=("intents", intents),
    )


def _title(means: Sequence[Row], intents: Sequence[str], context: Context) -> str:
    known = titles.nameable(means)
    if not known:
        return context.say("思いの強さの分布", "Distribution of the scores")
    called = [name(words.intent(row, intents), context) for row in known]
    return titles.extremes(known, name("mean_score", context), context, called)


def _of(rows: Sequence[Row], intent: str) -> list[Row]:
    return [
        r for r in rows if intent in (r.group, r.category) or r.category.startswith(f"{intent}.")
    ]


def _names_mm(intents: Sequence[str], page: Page) -> float:
    """Room for the names of the questions beside their columns."""
    size, note = page.sizes.label, page.sizes.note
    names = [width(name(intent, page.context), size, True) for intent in intents]
    return max([*names, width("n=8,888", note)]) + 5.0


def _heading(page: Page, rows: Sequence[Row], intent: str, y: float) -> None:
    """The question and its base: over the columns, or beside them where there is room."""
    size, note = page.sizes.label, page.sizes.note
    page.text(MARGIN, y + line_mm(size) / 2, name(intent, page.context), bold=True)
    base = next((r.n for r in rows if r.indicator == "score_share" and r.n == r.n), None)
    if base is None:
        return
    text = f"n={base:,.0f}"
    if page.context.narrow:
        x, y = page.width - MARGIN, y + line_mm(size) / 2
        page.text(x, y, text, size=note, color=p.MUTED, ha="right")
    else:
        page.text(MARGIN, y + line_mm(size) * 1.5, text, size=note, color=p.MUTED)


def _panel(
    page: Page,
    rows: Sequence[Row],
    most: float,
    place: tuple[float, float, float, float],
) -> None:
    x, y, wide, high = place
    note = page.sizes.note
    shares = {
        row.category.rpartition(".")[2]: row for row in rows if row.indicator == "score_share"
    }
    mean = next((row for row in rows if row.indicator == "mean_score"), None)
    axes = page.axes(x, y, wide, high)
    room = line_mm(note) * 1.2
    axes.set(xlim=(-0.6, 10.6), ylim=(0, most * high / (high - room)))
    for score in SCORES:
        row = shares.get(score)
        at, bottom = page.where(axes, int(score), 0)
        page.text(
            at, bottom + line_mm(note) / 2 + 0.3, score, size=note, color=p.MUTED, ha="center"
        )
        if row is None or not row.known:
            page.text(
                at, bottom - 1.8, row.text if row else "…", size=note, color=p.MUTED, ha="center"
            )
            continue
        fill, edge = _COLORS[score], p.OUTLINE
        bar(axes, int(score), row.value, wide=0.86, facecolor=fill, edgecolor=edge, lw=0.4)
        at, end = page.where(axes, int(score), row.value)
        sizes = dict.fromkeys((note, page.sizes.least))
        slot = wide / 11.2
        size = next((s for s in sizes if width(row.text, s) + 0.2 <= slot), page.sizes.least)
        # Wider than its column, it stands where the neighbours leave room above them.
        heights = [end - line_mm(size) * (0.5 + up) - 0.1 for up in (0.0, 0.9, 1.8)]
        page.number(row.text, [Spot(at, y, size=size) for y in heights], rank=-round(row.value))
    page.rule([x, x + wide], [page.where(axes, 0, 0)[1]] * 2)
    for indicator, (_, (first, last)) in _RANGES.items():
        row = next((r for r in rows if r.indicator == indicator), None)
        if row is not None:
            at, bottom = page.where(axes, (first + last) / 2, 0)
            ends = [page.where(axes, end, 0)[0] for end in (first - 0.4, last + 0.4)]
            under = bottom + line_mm(note) + 0.7
            page.rule(ends, [under, under], color=p.OUTLINE)
            heading = row.said(page.context)
            page.text(at, under + line_mm(note) * 0.6, heading, size=note, bold=True, ha="center")
    if mean is not None and mean.known:
        _mean(page, mean, x, y - line_mm(page.sizes.label) * 0.8, wide)


def _mean(page: Page, mean: Row, x: float, y: float, wide: float) -> None:
    """The mean on the scale of the scores, above the columns, with its interval."""

    def at(score: float) -> float:
        return x + (score + 0.6) / 11.2 * wide

    dot = 3.0 if page.context.narrow else 4.0  # small enough that the interval is seen beside it
    if mean.has_interval:
        page.rule([at(mean.low), at(mean.high)], [y, y], color=p.INK, points=1.0)
    page.rule([at(mean.value)], [y], color=p.INK, marker="o", markersize=dot)
    text = page.context.say(f"平均{mean.text}点", f"mean {mean.text}")
    right = at(mean.high if mean.has_interval else mean.value) + 1.5
    if right + width(text, page.sizes.note, True) <= x + wide:
        page.text(right, y, text, size=page.sizes.note, bold=True)
    else:
        left = at(mean.low if mean.has_interval else mean.value) - 1.5
        page.text(left, y, text, size=page.sizes.note, bold=True, ha="right")
