"""100 % bars: how a question was answered by the whole and by each group."""

from collections.abc import Sequence

import pandas as pd

from helpers import palette as p
from helpers.drawing import Chart, Context, Page
from helpers.drawing.fonts import width
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.figures import likert_bar, titles
from helpers.figures.chart_type import chart_type
from helpers.figures.likert_grid import Grid, base, grid
from helpers.figures.row_table import sources, table
from helpers.figures.rows import Row, find, name, need, of_year, one, read
from helpers.figures.words import likert as words
from helpers.figures.written_title import choose

PARTS = ("positive", "neutral", "negative")


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
    places = grid(used, asked, splits, categories, context)
    heard = find(used, indicator=asked[0], category=categories[0])
    whole = one(heard, breakdown="total")
    parts = [row for row in heard if row.breakdown != "total"]
    computed = titles.lowest_share(whole, parts, context)
    low = titles.lowest(whole, parts)
    page = Page(
        context,
        title=choose(title, computed, used, context),
        subtitle=words.subtitle(asked, splits, context),
        legend=words.legend(asked, categories, used, context),
        notes=[*notes, *words.notes(used, asked if places.beside else (), context)],
        source=sources(used, source, context),
        plot_mm=places.height,
    )
    for number, question in enumerate(asked):
        _panel(page, places, used, question, categories, number, low)
    return page.chart(
        key or f"{asked[0]}_{'_'.join(splits)}",
        unit=context.say("％", "%"),
        alt=words.alt(asked, splits, used, categories, context),
        data=table(used, context),
    )


def _panel(
    page: Page,
    places: Grid,
    everyone: Sequence[Row],
    question: str,
    categories: Sequence[str],
    number: int,
    lowest: Row | None,
) -> None:
    """One question: a bar a group, its its name and n beside the first panel in a row."""
    answers = find(everyone, indicator=question)
    size, note = page.sizes.label, page.sizes.note
    x, y = places.panels[number]
    leading = number == 0 or not places.beside
    if places.head and answers:
        heading = name(answers[0].indicator, page.context)
        left = min(x, page.width - MARGIN - width(heading, size, True))
        page.text(left, y + line_mm(size) / 2 + 0.6, heading, bold=True)
    y += places.head
    high = places.high - places.head
    axes = page.axes(x, y, places.bars, high)
    axes.set(xlim=(0, 100), ylim=(high, 0))
    for line in places.lines:
        text = name(line.group, page.context)
        at = y + line.y
        if line.heading:
            if leading:
                page.text(MARGIN, at, text, bold=True, color=p.MUTED, size=note)
            continue
        strong = lowest is not None and line.group == lowest.group
        shown = find(answers, breakdown=line.breakdown, group=line.group)
        if leading:
            heard = everyone if places.beside else answers
            n = base(find(heard, breakdown=line.breakdown, group=line.group))
            up, down = (line_mm(note) / 2, line_mm(size) / 2) if n else (0.0, 0.0)
            page.text(places.names, at - up, text, bold=strong, ha="right")
            if n:
                page.text(places.names, at + down, n, size=note, color=p.MUTED, ha="right")
        likert_bar.draw(page, axes, shown, categories, y=line.y, bold=strong)
