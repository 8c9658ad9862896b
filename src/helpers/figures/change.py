"""Shares over several years, each with its interval."""

from collections.abc import Sequence

import pandas as pd

from helpers import palette as p
from helpers.drawing import Chart, Context, Key, Page
from helpers.drawing.fonts import width
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.figures import series
from helpers.figures.chart_type import chart_type
from helpers.figures.row_table import sources, table
from helpers.figures.rows import Row, find, need, read
from helpers.sentences import titles
from helpers.sentences.indicator_row import name, unit_name
from helpers.sentences.typed import choose

_ASIDE_MM = 1.1  # between the intervals of two lines in the same year


@chart_type
def change(
    rows: pd.DataFrame,
    *,
    context: Context,
    indicator: str | Sequence[str] = ("attachment", "residence_intention"),
    breakdown: str = "total",
    groups: Sequence[str] | None = None,
    category: str = "positive",
    key: str = "",
    title: str | None = None,
    notes: Sequence[str] = (),
    source: str = "",
) -> Chart:
    """Draw how shares moved: a line for each question or each group, at most five.

    Args:
        rows: the indicators of several years.
        context: city, edition, language, width.
        indicator: one question with several groups, or several questions.
        breakdown: ``total``, or by what one question is split.
        groups: which groups in which order; all if not given.
        category: which part of the answers.
        key: name of the figure; ``<first indicator>_change`` if not given.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    asked = [indicator] if isinstance(indicator, str) else list(indicator)
    known = [row for row in read(rows) if row.year <= context.year]
    used = need(known, indicator=asked, breakdown=breakdown, category=category)
    used = [row for row in used if groups is None or row.group in groups]
    lines = _lines(used, groups)
    years = range(min(r.year for r in used), max(r.year for r in used) + 1)
    head, high = line_mm(context.sizes.label) * 1.2, 46.0
    named = _named(lines, context)
    page = Page(
        context,
        legend=[] if named else _legend(lines, context),
        title=choose(title, _title(lines[0][1], context), used, context),
        subtitle=_subtitle(asked, used[0], years, context),
        notes=[*notes, *_notes(used, context)],
        source=sources(used, source, context),
        plot_mm=head + high + line_mm(context.sizes.note) + 2.0,
    )
    _draw(page, lines, years, (head, high), named)
    return page.chart(
        key or f"{asked[0]}_change",
        unit=unit_name(used[0].unit, context),
        alt=_alt(lines, asked, years, context),
        data=table(used, context),
    )


def _lines(used: Sequence[Row], groups: Sequence[str] | None) -> list[tuple[str, list[Row]]]:
    """What tells the lines apart: the group, or else the question."""
    by_group = len({row.group for row in used}) > 1
    order = list(groups) if groups and by_group else []
    lines: dict[str, list[Row]] = {key: [] for key in order}
    for row in used:
        lines.setdefault(row.group if by_group else row.indicator, []).append(row)
    return [(key, sorted(own, key=lambda row: row.year)) for key, own in lines.items() if own]


def _colors(lines: Sequence[tuple[str, list[Row]]]) -> Sequence[str]:
    return (p.POSITIVE, p.NEGATIVE) if len(lines) <= 2 else p.CATEGORICAL


def _label(key: str, own: Sequence[Row], context: Context, named: bool) -> str:
    return f"{name(key, context)} {own[-1].text}" if named else own[-1].text


def _named(lines: Sequence[tuple[str, list[Row]]], context: Context) -> bool:
    """Whether the names have room beside the lines; otherwise a legend has them."""
    size = context.sizes.label
    widest = max(width(_label(key, own, context, True), size, True) for key, own in lines)
    return widest < context.width_mm * 0.45


def _legend(lines: Sequence[tuple[str, list[Row]]], context: Context) -> list[Key]:
    pairs = zip(lines, _colors(lines), strict=False)
    return [Key(name(key, context), color, "line") for (key, _), color in pairs]


def _draw(
    page: Page,
    lines: Sequence[tuple[str, list[Row]]],
    years: range,
    place: tuple[float, float],
    named: bool,
) -> None:
    head, high = place
    size = page.sizes.label
    colors = _colors(lines)
    ends = [own[-1] for _, own in lines]
    values = [
        v
        for _, own in lines
        for r in own
        if r.known
        for v in (r.value, *((r.low, r.high) if r.has_interval else ()))
    ]
    marks = series.ticks(min(values), max(values), 5)
    left = MARGIN + series.tick_width(page, marks)
    labels = [_label(key, own, page.context, named) for key, own in lines]
    right = max(width(text, size, True) for text in labels) + 5.0
    axes = page.axes(left, head, page.width - MARGIN - left - right, high)
    axes.set(xlim=(years[0] - 0.3, years[-1] + 0.3), ylim=(marks[0], marks[-1]))
    series.grid(page, axes, marks, unit_name(ends[0].unit, page.context))
    step = _ASIDE_MM / (page.where(axes, 1, 0)[0] - page.where(axes, 0, 0)[0])
    step = step if any(row.has_interval for _, own in lines for row in own) else 0.0
    for index, ((_, own), color) in enumerate(zip(lines, colors, strict=False)):
        series.line(axes, own, color, shift=(index - (len(lines) - 1) / 2) * step)
    wanted = [page.where(axes, end.year, end.value)[1] if end.known else head for end in ends]
    places = series.spread(wanted, line_mm(size), head, head + high)
    for text, color, y in zip(labels, colors, places, strict=False):
        # Pale colours are too faint for text: a stroke of the colour leads to words in ink.
        x = page.width - MARGIN - right
        page.rule([x + 0.8, x + 3.8], [y, y], color=color, points=1.8)
        page.text(x + 5.0, y, text, bold=True)
    series.year_labels(page, axes, years, drop=1.4)


def _title(first: Sequence[Row], context: Context) -> str:
    subject = titles.people(first[0], context)
    if first[0].breakdown != "total":
        subject = f"{name(first[0].group, context)}{context.say('の', ': ')}{subject}"
    return titles.over_years(first, context, subject)


def _subtitle(asked: Sequence[str], first: Row, years: range, context: Context) -> str:
    subject = titles.joined([name(question, context) for question in asked], context)
    span = titles.year_span(years[0], years[-1], context, "年度")
    unit = unit_name(first.unit, context)
    end = context.say("、", ", ").join(filter(None, (span, unit)))
    # Shares of answers are those of the citizens; other units may count anybody.
    whose = context.say(f"{context.city}{'民' if first.unit in ('%', '％') else ''}の", "")
    return context.say(f"{whose}{subject}（{end}）", f"{subject}, {context.city} ({end})")


def _notes(used: Sequence[Row], context: Context) -> list[str]:
    notes = [context.say("縦軸は0から始まらない", "The axis does not begin at zero")]
    if any(row.has_interval for row in used):
        notes.append(context.say("縦の線は95％信頼区間", "Vertical lines: 95% intervals"))
    if any(row.broken for row in used):
        notes.append(
            context.say(
                "線の切れ目で数え方か調査方法が変わり、前後は比べられない",
                "A gap in a line: counted or asked otherwise, not comparable across it",
            )
        )
    return notes


def _alt(
    lines: Sequence[tuple[str, list[Row]]], asked: Sequence[str], years: range, context: Context
) -> str:
    said = []
    for key, own in lines:
        known = find(own, year=[row.year for row in own if row.known])
        if known:
            since = max((i for i, row in enumerate(known) if row.broken), default=0)
            ends = dict.fromkeys(row.said(context) for row in (known[since], known[-1]))
            said.append(f"{name(key, context)} {'→'.join(ends)}")
    return titles.alternative(
        context.say("折れ線グラフ", "Line chart"),
        _subtitle(asked, lines[0][1][0], years, context),
        context.say("、", ", ").join(said),
        context,
    )
