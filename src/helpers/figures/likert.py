"""100 % bars: how a question was answered by the whole and by each group."""

import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from helpers import palette as p
from helpers.drawing import Chart, Context, Page
from helpers.drawing.fonts import width
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.figures import likert_bar
from helpers.figures.chart_type import chart_type, titled
from helpers.figures.likert_grid import Grid, base, grid
from helpers.figures.row_table import sources, table
from helpers.figures.rows import Row, find, groups_of, need, of_year, read
from helpers.figures.words import likert as words
from helpers.sentences import titles
from helpers.sentences.indicator_row import name

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
    roles: Sequence[str] = (),
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
        roles: the role of each part, by which any number of options gets its colours; then
            ``positive`` of the rows gives the title.
        key: name of the figure; ``<first indicator>_<breakdown>`` if not given.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    asked = [indicator] if isinstance(indicator, str) else list(indicator)
    splits = [breakdown] if isinstance(breakdown, str) else list(breakdown)
    parts = list(categories)
    headline = "positive"  # of single options the first is only a part of it
    whole_and_groups = ["total", *splits]
    wanted = dict.fromkeys([*parts, headline])
    found = need(read(rows), indicator=asked, breakdown=whole_and_groups, category=[*wanted])
    about = of_year(found, context.year)
    used = need(about, indicator=asked, category=parts)
    drawn = {row.category for row in used}
    told = {part: role for part, role in zip(parts, roles, strict=False) if part in drawn}
    parts = list(told) or parts
    headline = headline if find(about, category=headline) else parts[0]
    summed = [row for row in about if row.category == headline and headline not in parts]
    if groups is not None:
        used = [row for row in used if row.breakdown == "total" or row.group in groups]
        used.sort(key=lambda row: -1 if row.breakdown == "total" else list(groups).index(row.group))
        summed = [row for row in summed if row.breakdown == "total" or row.group in groups]
    places = grid(used, asked, splits, parts, context)
    heard = [_as_if_drawn(r) for r in find([*used, *summed], category=headline)]
    questions = [own for question in asked if (own := find(heard, indicator=question))]
    computed = titles.shares(questions, context)
    low = titles.lowest(questions)
    page = Page(
        context,
        title=titled(title, computed, [*used, *summed], context),
        subtitle=words.subtitle(asked, splits, context),
        legend=words.legend(asked, told or parts, used, context),
        notes=[*notes, *words.notes(used, asked if places.beside else (), context)],
        source=sources(used, source, context),
        plot_mm=places.height,
    )
    for number, question in enumerate(asked):
        _panel(page, places, used, question, told or parts, number, low)
    return page.chart(
        key or f"{asked[0]}_{'_'.join(splits)}",
        unit=context.say("％", "%"),
        alt=words.alt(asked, splits, [*used, *summed], [headline], context),
        data=table([*used, *summed], context),
        divide=_divide(asked, splits, used),
    )


def _divide(
    asked: Sequence[str], splits: Sequence[str], used: Sequence[Row]
) -> tuple[str, Sequence[str]]:
    """What makes a sheet of its own where one does not hold all: question, breakdown, groups."""
    if len(asked) > 1:
        return "indicator", asked
    if len(splits) > 1:
        return "breakdown", splits
    return "groups", groups_of(row for row in used if row.breakdown != "total")


def _as_if_drawn(row: Row) -> Row:
    """A printed share with the interval that a simple random sample of its n would have (Wilson).

    The document prints none; a title claims no difference that sampling alone could have made.
    """
    if row.has_interval or row.unit != "%" or not row.known or not row.n > 0:
        return row
    share, z = row.value / 100, 1.959964
    spread = 1 + z**2 / row.n
    middle = (share + z**2 / (2 * row.n)) / spread
    half = z * math.sqrt(share * (1 - share) / row.n + z**2 / (4 * row.n**2)) / spread
    return replace(row, low=100 * (middle - half), high=100 * (middle + half))


def _panel(
    page: Page,
    places: Grid,
    everyone: Sequence[Row],
    question: str,
    categories: likert_bar.Categories,
    number: int,
    lowest: Sequence[Row],
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
        strong = any(line.group == row.group for row in lowest)
        shown = find(answers, breakdown=line.breakdown, group=line.group)
        if leading:
            heard = everyone if places.beside else answers
            n = base(find(heard, breakdown=line.breakdown, group=line.group))
            up, down = (line_mm(note) / 2, line_mm(size) / 2) if n else (0.0, 0.0)
            page.text(places.names, at - up, text, bold=strong, ha="right")
            if n:
                page.text(places.names, at + down, n, size=note, color=p.MUTED, ha="right")
        likert_bar.draw(page, axes, shown, categories, y=line.y, bold=strong)
