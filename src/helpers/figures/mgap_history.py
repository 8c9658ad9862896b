"""mGAP over the years with its interval, the intents it sums, and what moved it."""

from collections.abc import Sequence

import pandas as pd

from helpers.drawing import Chart, Context, Key, Page
from helpers.drawing import palette as p
from helpers.drawing.fonts import width
from helpers.drawing.legend import entries
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.figures import series, titles
from helpers.figures.chart_type import chart_type
from helpers.figures.rows import Row, find, name, need, one, read, sources, table, unit_name

INTENTS = ("recommend", "participate", "thank")
# What a change of mGAP is made of (methods 1.6): attitudes, and the number of residents.
PARTS = ("attitude", "people")
_HIGH_MM = (30.0, 34.0, 18.0)


@chart_type
def mgap_history(
    rows: pd.DataFrame,
    *,
    context: Context,
    indicator: str = "mgap",
    intents: Sequence[str] = INTENTS,
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
        key: name of the figure.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    known = [row for row in read(rows) if row.year <= context.year]
    sums = need(known, indicator=indicator, breakdown="total")
    amounts = find(known, indicator="intent_amount", breakdown="total", category=list(intents))
    parts = find(known, indicator="mgap_change", category=PARTS)
    used = [*sums, *amounts, *parts]
    years = range(min(r.year for r in used), max(r.year for r in used) + 1)
    head = line_mm(context.sizes.label) * 2.0 + line_mm(context.sizes.note)
    panels = 1 + bool(amounts) + bool(parts)
    page = Page(
        context,
        title=titles.choose(title, titles.over_years(sums, context, "mGAP"), used, context),
        subtitle=_subtitle(sums, years, context),
        notes=[*notes, *_notes(sums, parts, context)],
        source=sources(used, source, context),
        plot_mm=sum(_HIGH_MM[:panels]) + head * panels + 1.5,
    )
    marks = series.ticks(*_range(sums), 4)
    stacked = series.ticks(*_stack_range(amounts, years), 4) if amounts else marks
    left = MARGIN + max(series.tick_width(page, marks), series.tick_width(page, stacked))
    wide = page.width - MARGIN - left - 1.0
    y = line_mm(context.sizes.label) * 2.0
    _line(page, sums, marks, years, (left, y, wide, _HIGH_MM[0]))
    y += _HIGH_MM[0]
    if amounts:
        _stack(
            page, amounts, intents, stacked, years=years, place=(left, y + head, wide, _HIGH_MM[1])
        )
        y += head + _HIGH_MM[1]
    if parts:
        _parts(page, parts, years, (left, y + head, wide, _HIGH_MM[2]))
    unit = unit_name(sums[0].unit, context)
    return page.chart(key, unit=unit, alt=_alt(sums, years, context), data=table(used, context))


def _range(rows: Sequence[Row]) -> tuple[float, float]:
    values = [
        v for r in rows if r.known for v in (r.value, *((r.low, r.high) if r.has_interval else ()))
    ]
    return min(values), max(values)


def _stack_range(amounts: Sequence[Row], years: range) -> tuple[float, float]:
    lows = [sum(r.value for r in amounts if r.year == y and r.known and r.value < 0) for y in years]
    highs = [
        sum(r.value for r in amounts if r.year == y and r.known and r.value > 0) for y in years
    ]
    return min(lows), max(highs)


def _heading(page: Page, y: float, words: str, keys: Sequence[Key] = ()) -> None:
    """The heading of a panel, and beside it what its colours mean."""
    size = page.sizes.label
    page.text(MARGIN, y + line_mm(size) * 0.6, words, bold=True)
    x = MARGIN + width(words, size, True) + 4.0
    entries(page, x, y + line_mm(size) * 0.6, keys, page.sizes.note)


def _line(
    page: Page,
    sums: Sequence[Row],
    marks: Sequence[float],
    years: range,
    place: tuple[float, float, float, float],
) -> None:
    x, y, wide, high = place
    _heading(page, y - line_mm(page.sizes.label) * 1.9, "mGAP")
    axes = page.axes(x, y, wide, high)
    axes.set(xlim=(years[0] - 0.6, years[-1] + 0.6), ylim=(marks[0], marks[-1]))
    series.grid(page, axes, marks)
    series.line(axes, sums, p.TOTAL)
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
    """Amounts above and below zero, one on another."""
    x, y, wide, high = place
    keys = [Key(name(i, page.context), c) for i, c in zip(intents, p.CATEGORICAL_3, strict=False)]
    words = page.context.say("意欲量の内訳", "By intent")
    _heading(page, y - line_mm(page.sizes.label) * 1.9, words, keys)
    axes = page.axes(x, y, wide, high)
    axes.set(xlim=(years[0] - 0.6, years[-1] + 0.6), ylim=(marks[0], marks[-1]))
    series.grid(page, axes, marks)
    for year in years:
        ends = {-1: 0.0, 1: 0.0}
        for intent, color in zip(intents, p.CATEGORICAL_3, strict=False):
            row = one(amounts, year=year, category=intent)
            if row is None or not row.known:
                continue
            side = -1 if row.value < 0 else 1
            axes.bar(
                year,
                row.value,
                bottom=ends[side],
                width=0.8,
                color=color,
                edgecolor=p.PAPER,
                lw=0.6,
            )
            at, mm = page.where(axes, year, ends[side] + row.value / 2)
            tall = abs(page.where(axes, year, row.value)[1] - page.where(axes, year, 0)[1])
            slot = wide / (len(years) + 0.2) * 0.8
            sizes = [s for s in (page.sizes.note, 7) if width(row.signed, s) < slot]
            if sizes and tall > line_mm(sizes[0]) * 0.8:
                page.text(at, mm, row.signed, size=sizes[0], color=p.ink_on(color), ha="center")
            else:
                page.left_out = True
            ends[side] += row.value
    series.year_labels(page, axes, years)


def _parts(
    page: Page, parts: Sequence[Row], years: range, place: tuple[float, float, float, float]
) -> None:
    """What moved mGAP since the year before: attitudes and the number of residents."""
    x, y, wide, high = place
    note = page.sizes.note
    words = page.context.say("前年度からの変化の内訳", "Parts of the change")
    names = {
        "attitude": page.context.say("意識", "attitudes"),
        "people": page.context.say("人口", "residents"),
    }
    colors = dict(zip(PARTS, (p.POSITIVE, p.QUIET), strict=True))
    _heading(
        page, y - line_mm(page.sizes.label) * 1.6, words, [Key(names[c], colors[c]) for c in PARTS]
    )
    axes = page.axes(x, y + 2.0, wide, high - 2.0)
    values = [0.0, *(row.value for row in parts if row.known)]
    span = (max(values) - min(values)) or 1.0
    pad = span * line_mm(note) * 1.1 / (high - 2.0 - 2.2 * line_mm(note))
    axes.set(xlim=(years[0] - 0.6, years[-1] + 0.6), ylim=(min(values) - pad, max(values) + pad))
    axes.plot(axes.get_xlim(), [0, 0], color=p.OUTLINE, lw=0.6)
    for row in parts:
        if row.known:
            at = row.year + (-0.2 if row.category == PARTS[0] else 0.2)
            axes.bar(at, row.value, width=0.36, color=colors[row.category])
            mm, end = page.where(axes, at, row.value)
            end += line_mm(note) / 2 * (1 if row.value < 0 else -1)
            page.text(mm, end, row.signed, size=note, ha="center")
    series.year_labels(page, axes, years)


def _subtitle(sums: Sequence[Row], years: range, context: Context) -> str:
    unit = unit_name(sums[0].unit, context)
    span = titles.year_span(years[0], years[-1], context, "年度")
    return context.say(
        f"{context.city}のmGAP（{span}、{unit}）", f"mGAP of {context.city} ({span}, {unit})"
    )


def _notes(sums: Sequence[Row], parts: Sequence[Row], context: Context) -> list[str]:
    notes = []
    if any(row.has_interval for row in sums):
        notes.append(context.say("縦の線は95％信頼区間", "Vertical lines: 95% intervals"))
    if any(row.flag == "series_break" for row in sums):
        notes.append(
            context.say("線の切れ目は調査方法の変更", "A gap in the line: the survey changed")
        )
    if parts:
        words = (
            "変化＝意識の変化による分＋人口の変化による分",
            "Change = part of attitudes + part of residents",
        )
        notes.append(context.say(*words))
    return notes


def _alt(sums: Sequence[Row], years: range, context: Context) -> str:
    said = [f"{row.year}{context.say('年度', '')} {row.text}" for row in sums if row.known]
    return titles.alternative(
        context.say("折れ線グラフと積み上げ縦棒グラフ", "Line chart and stacked columns"),
        _subtitle(sums, years, context),
        context.say("mGAPは", "mGAP: ") + context.say("、", ", ").join(said),
        context,
    )
