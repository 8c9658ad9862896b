"""Indicators against baseline and target: a panel each, columns by fiscal year."""

from collections.abc import Sequence

import pandas as pd

from helpers import palette as p
from helpers.drawing import Chart, Context, Page
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.drawing.text import wrap
from helpers.figures import kpi_columns
from helpers.figures.chart_type import chart_type, titled
from helpers.figures.row_table import sources, table
from helpers.figures.rows import find, groups_of, need, read
from helpers.figures.words import progress as words
from helpers.sentences.indicator_row import name, unit_name


@chart_type
def progress(
    rows: pd.DataFrame,
    *,
    context: Context,
    groups: Sequence[str] | None = None,
    plan_years: Sequence[tuple[str, int]] = (),
    key: str = "progress",
    of: str = "",
    title: str | None = None,
    notes: Sequence[str] = (),
    source: str = "",
) -> Chart:
    """Draw each indicator's baseline, results and target.

    Args:
        rows: ``kpi`` (``baseline``, ``actual``, ``target``; a direction alone is printed ↗) and,
            of the edition's year, the rates, ``kpi_status`` or, where a rule grades, ``kpi_grade``.
        context: city, edition, language, width.
        groups: which indicators in which order; all if not given.
        plan_years: the year of the plan's target by indicator, where it is not the last.
        key: name of the figure.
        of: whose indicators they are, a 施策; the city's if not given.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    known = read(rows)
    whose = of or context.city
    values = need(known, indicator="kpi", category=["baseline", "actual", "target"])
    wanted = list(groups) if groups is not None else groups_of(values)
    values = [
        row
        for group in wanted
        for row in need(values, group=group)
        if row.year <= context.year or row.category == "target"
    ]
    judged = [r for r in known if r.indicator in words.JUDGED]
    judged = find(judged, year=context.year, group=wanted)
    judged += find(known, indicator="evaluation", year=context.year)
    used = [*values, *judged]
    years = range(min(r.year for r in values), max(r.year for r in values) + 1)
    stacked = context.narrow or context.large_print
    across = 1 if stacked else 2 if len(wanted) == 4 else min(3, len(wanted))
    gap = 3.0
    panel = (context.width_mm - 2 * MARGIN - gap * (across - 1)) / across
    body = 32.0 if not stacked else 27.0 if context.large_print else 22.0
    size, lang = context.sizes.label, context.lang
    names, name_size = _names(wanted, panel, context)
    states = {
        g: wrap(words.status(find(judged, group=g), context), panel, size, lang=lang)
        for g in wanted
    }
    lines = [wanted[i : i + across] for i in range(0, len(wanted), across)]
    tall = [max(len(names[g]) for g in line) for line in lines]
    low = [max(len(states[g]) for g in line) for line in lines]
    heights = [
        _head(n, m, context) + body + line_mm(size) + 3.0 for n, m in zip(tall, low, strict=True)
    ]
    page = Page(
        context,
        title=titled(title, words.title(judged, wanted, context, whose), used, context),
        subtitle=words.subtitle(values, context, whose),
        notes=[*notes, words.note(used, context)],
        source=sources(used, source, context),
        plot_mm=sum(heights) - 2.0,
    )
    for index, group in enumerate(wanted):
        line, column = divmod(index, across)
        x, y = MARGIN + column * (panel + gap), sum(heights[:line])
        # Names stand on the line above the status, so that short ones leave no hole.
        spare = tall[line] * line_mm(size) - len(names[group]) * line_mm(name_size)
        page.lines(x, y + spare, names[group], bold=True, size=name_size)
        head = y + tall[line] * line_mm(size)
        mine = [row for row in used if row.group == group]
        page.lines(x, head, states[group])
        top = y + _head(tall[line], low[line], context)
        unit = next(row.unit for row in mine if row.indicator == "kpi")
        middle = top - line_mm(size) / 2
        page.text(x, middle, _unit(unit, context), color=p.MUTED, size=page.sizes.note)
        kpi_columns.draw(page, mine, years, (x, top, panel, body), dict(plan_years).get(group))
    return page.chart(
        key,
        unit=unit_name(find(values, group=wanted[0])[0].unit, context),
        alt=words.alt(used, wanted, context, whose),
        data=table(used, context),
        divide=("groups", wanted),
    )


def _names(
    wanted: Sequence[str], panel: float, context: Context
) -> tuple[dict[str, list[str]], float]:
    """The names in lines, all in smaller type where one would need a third line."""
    for size in (context.sizes.label, context.sizes.note):
        names = {
            g: wrap(name(g, context), panel, size, bold=True, lang=context.lang) for g in wanted
        }
        if max(map(len, names.values())) <= 2:
            break
    return names, size


def _head(name_lines: int, status_lines: int, context: Context) -> float:
    return (name_lines + status_lines + 1) * line_mm(context.sizes.label)


def _unit(unit: str, context: Context) -> str:
    heading = unit_name(unit, context)
    return context.say(f"（{heading}）", f"({heading})")
