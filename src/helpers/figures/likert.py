"""100 % bars: how a question was answered by the whole and by each group."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from helpers.drawing import Chart, Context, Key, Page
from helpers.drawing import palette as p
from helpers.drawing.fonts import MM, width
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.figures import titles
from helpers.figures.chart_type import chart_type
from helpers.figures.rows import (
    UNKNOWN,
    Row,
    find,
    groups_of,
    name,
    need,
    of_year,
    one,
    read,
    sources,
    table,
)

COLORS = {
    3: (p.POSITIVE, p.MIDDLE, p.NEGATIVE),
    4: (p.POSITIVE, p.POSITIVE_SOFT, p.NEGATIVE_SOFT, p.NEGATIVE),
    5: p.LIKERT,
}
PARTS = ("positive", "neutral", "negative")


@dataclass(frozen=True)
class _Line:
    """One line of the chart: a heading of a section, or a group with its bars."""

    group: str
    breakdown: str
    y: float
    heading: bool = False


@chart_type
def likert(
    rows: pd.DataFrame,
    *,
    context: Context,
    indicator: str | Sequence[str] = ("attachment", "residence_intention"),
    breakdown: str | Sequence[str] = "age_group",
    groups: Sequence[str] | None = None,
    categories: Sequence[str] = PARTS,
    key: str = "",
    title: str | None = None,
    notes: Sequence[str] = (),
    source: str = "",
) -> Chart:
    """Draw shares of answers as 100 % bars, the whole on top, then the groups.

    Args:
        rows: indicator rows; those of the edition's year are drawn.
        context: city, edition, language, width.
        indicator: one or two questions, a panel each.
        breakdown: one or several, a section each.
        groups: which groups in which order; all in the order of the rows if not given.
        categories: the parts of a bar from left to right.
        key: name of the figure; ``<first indicator>_<breakdown>`` if not given.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    asked = [indicator] if isinstance(indicator, str) else list(indicator)
    splits = [breakdown] if isinstance(breakdown, str) else list(breakdown)
    used = of_year(
        need(read(rows), indicator=asked, breakdown=["total", *splits], category=categories),
        context.year,
    )
    if groups is not None:
        used = [row for row in used if row.breakdown == "total" or row.group in groups]
        used.sort(key=lambda row: -1 if row.breakdown == "total" else list(groups).index(row.group))
    lines, height = _lines(used, splits, context)
    heard = find(used, indicator=asked[0], category=categories[0])
    whole = one(heard, breakdown="total")
    parts = [row for row in heard if row.breakdown != "total"]
    computed = titles.lowest_share(whole, parts, context)
    low = min(titles.nameable(parts), key=lambda row: row.value, default=None)
    beside = not context.narrow and len(asked) > 1
    head = line_mm(context.sizes.label) + 1.8 if len(asked) > 1 else 0.0
    page = Page(
        context,
        title=titles.choose(title, computed, used, context),
        subtitle=_subtitle(asked, splits, context),
        legend=_legend(asked, categories, used, context),
        notes=[*notes, *_notes(used, context)],
        source=sources(used, source, context),
        plot_mm=(head + height) * (1 if beside else len(asked))
        + (0 if beside else 2.0 * (len(asked) - 1)),
    )
    _draw(
        page,
        used=used,
        lines=lines,
        asked=asked,
        categories=categories,
        bold=low.group if low else "",
        high=head + height,
    )
    return page.chart(
        key or f"{asked[0]}_{'_'.join(splits)}",
        unit=context.say("％", "%"),
        alt=_alt(asked, splits, used, categories, context),
        data=table(used, context),
    )


def _pitch(context: Context) -> tuple[float, float]:
    """Height of a bar and distance of bars in millimetres."""
    line = context.sizes.label * MM
    return line * 1.65, line * 2.15


def _lines(
    used: Sequence[Row], splits: Sequence[str], context: Context
) -> tuple[list[_Line], float]:
    bar, step = _pitch(context)
    lines: list[_Line] = []
    y = bar / 2 + 0.4
    for group in groups_of(find(used, breakdown="total")):
        lines.append(_Line(group, "total", y))
        y += step + 1.4
    for split in splits:
        if len(splits) > 1:
            lines.append(_Line(split, split, y - 0.4, heading=True))
            y += step * 0.82
        for group in groups_of(row for row in used if row.breakdown == split):
            lines.append(_Line(group, split, y))
            y += step
        y += 0.8
    return lines, y - 0.8 - step + bar / 2 + 0.8


def _draw(
    page: Page,
    *,
    used: Sequence[Row],
    lines: Sequence[_Line],
    asked: Sequence[str],
    categories: Sequence[str],
    bold: str,
    high: float,
) -> None:
    context, size, note = page.context, page.sizes.label, page.sizes.note
    beside = not context.narrow and len(asked) > 1
    labels = [name(line.group, context) for line in lines if not line.heading]
    left = MARGIN + max(width(text, size, bold=True) for text in labels) + 2.0
    # Bases that are the same for both questions stand once, beside the labels.
    shared = _same_bases(used)
    n_mm = max((width(_base(row), note) + 2.0 for row in used if _base(row)), default=0)
    outside = width("88.8", size, bold=True) + 1.0 + (0 if shared else n_mm)
    first = left + (n_mm if shared else 0)
    room = page.width - MARGIN - first
    panel = (room - 4.0) / 2 if beside else room
    for number, question in enumerate(asked):
        x = first + (number * (panel + 4.0) if beside else 0)
        y = 0.0 if beside else number * (high + 2.0)
        if len(asked) > 1:
            page.text(x, y + line_mm(size) / 2 + 0.6, name(question, context), bold=True)
            y += line_mm(size) + 1.8
        axes = page.axes(x, y, panel - outside, lines[-1].y + _pitch(context)[0])
        axes.set(xlim=(0, 100), ylim=(lines[-1].y + _pitch(context)[0], 0))
        for line in lines:
            if number == 0 or not beside:
                _label(page, line, left, y, bold)
            if line.heading:
                continue
            shown = find(used, indicator=question, breakdown=line.breakdown, group=line.group)
            strong = line.group == bold
            _bar(page, axes, shown=shown, categories=categories, line=line, bold=strong)
            if shown and (number == 0 or not (beside and shared)):
                at = x - 1.6 if shared else x + panel
                base = _base(shown[0])
                page.text(at, y + line.y, base, size=note, color=p.MUTED, ha="right")


def _same_bases(used: Sequence[Row]) -> bool:
    bases: dict[tuple[str, str], set[float]] = {}
    for row in used:
        bases.setdefault((row.breakdown, row.group), set()).add(row.n)
    return all(len(ns) == 1 for ns in bases.values())


def _label(page: Page, line: _Line, left: float, y: float, bold: str) -> None:
    if line.heading:
        text = name(line.group, page.context)
        page.text(MARGIN, y + line.y, text, bold=True, color=p.MUTED, size=page.sizes.note)
        return
    text = name(line.group, page.context)
    page.text(left - 2.0, y + line.y, text, bold=line.group == bold, ha="right")


def _bar(
    page: Page,
    axes: Axes,
    *,
    shown: Sequence[Row],
    categories: Sequence[str],
    line: _Line,
    bold: bool,
) -> None:
    """One bar with its numbers: inside where they fit, the last one outside if it does not."""
    bar, _ = _pitch(page.context)
    size = page.sizes.label
    x, y = page.where(axes, 0, line.y)
    per_point = (page.where(axes, 100, line.y)[0] - x) / 100
    by_part = {row.category: row for row in shown}
    if any(row.hidden for row in shown) or not shown:
        page.text(x + 1.0, y, shown[0].text if shown else UNKNOWN, color=p.MUTED)
        return
    start = 0.0
    for part, color in zip(categories, COLORS[len(categories)], strict=True):
        row = by_part.get(part)
        if row is None or not row.known:
            continue
        fill = _paler(color) if row.small else color
        axes.barh(
            line.y, row.value, left=start, height=bar, color=fill, edgecolor=p.PAPER, linewidth=0.9
        )
        middle, segment = x + (start + row.value / 2) * per_point, row.value * per_point
        start += row.value
        # The last number goes outside rather than small; the middle ones have no outside.
        sizes = (size, page.sizes.note) if part == categories[-1] else (size, page.sizes.note, 7)
        fits = [s for s in sizes if width(row.text, s, bold) + 0.7 <= segment]
        if fits:
            ink = p.ink_on(fill)
            page.text(middle, y, row.text, size=fits[0], bold=bold, color=ink, ha="center")
        elif part == categories[-1]:
            page.text(x + start * per_point + 1.0, y, row.text, bold=True, color=p.NEGATIVE)
        else:
            page.left_out = True
    top, bottom, end = line.y - bar / 2, line.y + bar / 2, start
    axes.plot(
        [0, end, end, 0, 0], [top, top, bottom, bottom, top], color=p.OUTLINE, lw=0.6, clip_on=False
    )
    if (first := by_part.get(categories[0])) and first.has_interval:
        # The 95 % interval of the first part: a bracket under the bar.
        at = [bottom + 0.35, bottom + 0.8, bottom + 0.8, bottom + 0.35]
        axes.plot([first.low, first.low, first.high, first.high], at, color=p.INK, lw=0.8)


def _paler(color: str) -> str:
    """Halfway to paper: for numbers of a small base."""
    return "#" + "".join(f"{(int(color[i : i + 2], 16) + 255) // 2:02x}" for i in (1, 3, 5))


def _base(row: Row) -> str:
    if row.n != row.n:
        return ""
    return f"n={row.n:,.0f}{'※' if row.small else ''}"


def _subtitle(asked: Sequence[str], splits: Sequence[str], context: Context) -> str:
    subject = context.say("と", " and ").join(name(question, context) for question in asked)
    split = context.say("・", ", ").join(name(item, context) for item in splits)
    year = titles.fiscal_year(context)
    return context.say(
        f"{context.city}民の{subject}（{split}、{year}、％）",
        f"{subject}, {context.city} ({split}, {year}, %)",
    )


def _legend(
    asked: Sequence[str], categories: Sequence[str], used: Sequence[Row], context: Context
) -> list[Key]:
    keys = []
    for part, color in zip(categories, COLORS[len(categories)], strict=True):
        words = dict.fromkeys(name(f"{question}.{part}", context) for question in asked)
        keys.append(Key(context.say("・", " / ").join(words), color))
    if any(row.has_interval for row in used):
        keys.append(Key(context.say("95％信頼区間", "95% interval"), p.INK, "line"))
    return keys


def _notes(used: Sequence[Row], context: Context) -> list[str]:
    notes = []
    if all(row.n != row.n for row in used):
        notes.append(
            context.say(
                "回答者数（n）は原典に記載がない", "The source gives no numbers of respondents (n)"
            )
        )
    if any(row.small for row in used):
        notes.append(
            context.say(
                "※と淡い色は回答者数が少ない参考値",
                "※ and pale colours: few respondents, for reference only",
            )
        )
    if any(row.hidden for row in used):
        notes.append(context.say("xは秘匿", "x: withheld"))
    return notes


def _alt(
    asked: Sequence[str],
    splits: Sequence[str],
    used: Sequence[Row],
    categories: Sequence[str],
    context: Context,
) -> str:
    heard = find(used, indicator=asked[0], category=categories[0])
    said = [f"{name(row.group, context)} {row.said(context)}" for row in heard if row.known]
    return titles.alternative(
        context.say("100％積み上げ横棒グラフ", "100% stacked bar chart"),
        _subtitle(asked, splits, context),
        context.say(
            f"{titles.people(asked[0], context)}の割合は、{'、'.join(said)}",
            f"{titles.people(asked[0], context)}: {', '.join(said)}",
        ),
        context,
    )
