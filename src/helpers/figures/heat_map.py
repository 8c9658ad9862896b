"""Groups against questions: the share in every cell, darker where it is higher."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.patches import Rectangle

from helpers import palette as p
from helpers.drawing import Chart, Context, Page
from helpers.drawing.fonts import MM, width
from helpers.drawing.lint import SCALE
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.drawing.text import wrap
from helpers.figures.chart_type import chart_type
from helpers.figures.row_table import sources, table
from helpers.figures.rows import Row, groups_of, need, of_year, one, read
from helpers.sentences import titles
from helpers.sentences.indicator_row import UNKNOWN, name
from helpers.sentences.typed import choose

_APART_MM = 1.3  # between the groups of one breakdown and the next


@chart_type
def heat_map(
    rows: pd.DataFrame,
    *,
    context: Context,
    indicator: Sequence[str],
    breakdown: str | Sequence[str] = "age_group",
    category: str = "positive",
    key: str = "heat_map",
    title: str | None = None,
    notes: Sequence[str] = (),
    source: str = "",
) -> Chart:
    """Draw a table of shares with cells coloured by their value.

    Args:
        rows: the indicators by group, and their totals.
        context: city, edition, language, width.
        indicator: the questions, a column each.
        breakdown: by what the rows of the table are split.
        category: which part of the answers.
        key: name of the figure.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    splits = [breakdown] if isinstance(breakdown, str) else list(breakdown)
    known = need(
        read(rows), indicator=list(indicator), breakdown=["total", *splits], category=category
    )
    used = of_year(known, context.year)
    groups = [("total", g) for g in groups_of(r for r in used if r.breakdown == "total")]
    groups += [(s, g) for s in splits for g in groups_of(r for r in used if r.breakdown == s)]
    size = context.sizes.label
    left = MARGIN + max(width(name(g, context), size, True) for _, g in groups) + 2.0
    cell = (context.width_mm - MARGIN - left) / len(indicator)
    heads, key_note = _heads(indicator, cell, context)
    head = max(len(lines) for lines in heads) * line_mm(context.sizes.note) + 1.2
    step = size * MM * 2.1
    tops = _tops([split for split, _ in groups], step)
    page = Page(
        context,
        title=choose(title, _title(used, context), used, context),
        subtitle=_subtitle(splits, context),
        notes=[*notes, *key_note, *_notes(used, context)],
        source=sources(used, source, context),
        plot_mm=head + tops[-1] + step + 0.5,
    )
    for column, lines in enumerate(heads):
        spare = head - 1.2 - len(lines) * line_mm(page.sizes.note)
        middle = left + (column + 0.5) * cell
        page.lines(middle, spare, lines, size=page.sizes.note, ha="center")
    cells = [[one(used, indicator=i, breakdown=s, group=g) for i in indicator] for s, g in groups]
    _cells(page, cells, tops, (left, head, cell, step))
    for top, (split, group) in zip(tops, groups, strict=True):
        y = head + top + step / 2
        page.text(left - 2.0, y, name(group, context), bold=split == "total", ha="right")
    return page.chart(
        key, unit=context.say("％", "%"), alt=_alt(used, splits, context), data=table(used, context)
    )


def _heads(
    indicator: Sequence[str], cell: float, context: Context
) -> tuple[list[list[str]], list[str]]:
    """The heads of the columns in lines; letters, told in a note, where a word is too wide."""
    size, names = context.sizes.note, [name(i, context) for i in indicator]
    heads = [wrap(text, cell - 1.0, size, lang=context.lang) for text in names]
    if all(width(line, size) <= cell - 1.0 for lines in heads for line in lines):
        return heads, []
    letters = [chr(ord("A") + index) for index in range(len(names))]
    told = [f"{letter}: {text}" for letter, text in zip(letters, names, strict=True)]
    return [[letter] for letter in letters], [context.say("、", "; ").join(told)]


def _tops(splits: Sequence[str], step: float) -> list[float]:
    """Where each line begins, in millimetres: breakdowns stand a little apart."""
    parts = [len(dict.fromkeys(splits[: index + 1])) - 1 for index in range(len(splits))]
    return [index * step + part * _APART_MM for index, part in enumerate(parts)]


def _cells(
    page: Page,
    cells: Sequence[Sequence[Row | None]],
    tops: Sequence[float],
    place: tuple[float, float, float, float],
) -> None:
    # Not seaborn's heat map: its import doubles that of all figures (2 s), its one mesh leaves no
    # gap between breakdowns, and the lint could not hold each number against its own cell.
    left, head, cell, step = place
    values = [row.value for line in cells for row in line if row and row.known]
    low, high = min(values), max(values)
    down = tops[-1] + step
    axes = page.axes(left, head, cell * len(cells[0]), down)
    axes.set(xlim=(0, len(cells[0])), ylim=(down, 0))
    for top, line in zip(tops, cells, strict=True):
        for j, row in enumerate(line):
            fill = _shade(row.value, low, high) if row and row.known else p.PAPER
            axes.add_artist(Rectangle((j, top), 1, step, fc=fill, ec=p.PAPER, lw=1.0, gid=SCALE))
            text = row.text if row else UNKNOWN
            mark = "※" if row and row.known and row.small else ""
            x, y = left + (j + 0.5) * cell, head + top + step / 2
            page.text(x, y, text + mark, color=p.ink_on(fill), ha="center")


def _shade(value: float, low: float, high: float) -> str:
    """One of five shades of equal width: between them no ink could be read on some blues."""
    steps = len(p.SEQUENTIAL)
    return p.SEQUENTIAL[min(steps - 1, int((value - low) / ((high - low) or 1.0) * steps))]


def _title(used: Sequence[Row], context: Context) -> str:
    parts = titles.nameable(row for row in used if row.breakdown != "total")
    if not parts:
        return _subtitle((), context)
    cells = [
        context.say(
            f"{titles.group_name(r, context)}の{name(r.indicator, context)}",
            f"{name(r.indicator, context)}, {titles.group_name(r, context)}",
        )
        for r in parts
    ]
    subject = context.say("肯定的な回答", "The positive share")
    return titles.extremes(parts, subject, context, cells)


def _subtitle(splits: Sequence[str], context: Context) -> str:
    split = context.say("・", ", ").join(name(item, context) for item in splits)
    year = titles.fiscal_year(context)
    return context.say(
        f"{context.city}民の肯定的な回答の割合（{split}、{year}、％）",
        f"Share of positive answers in {context.city} ({split}, {year}, %)",
    )


def _notes(used: Sequence[Row], context: Context) -> list[str]:
    notes = [
        context.say(
            "色が濃いほど割合が高い（最小から最大までを5等分）",
            "Darker: higher share (range in five equal steps)",
        )
    ]
    if any(row.known and row.small for row in used):
        notes.append(
            context.say("※は回答者数が少ない参考値", "※ few respondents, for reference only")
        )
    if any(row.hidden for row in used):
        notes.append(context.say("xは秘匿", "x: withheld"))
    return notes


def _alt(used: Sequence[Row], splits: Sequence[str], context: Context) -> str:
    return titles.alternative(
        context.say("色分けした表（ヒートマップ）", "Heat map"),
        _subtitle(splits, context),
        _title(used, context),
        context,
    )
