"""Indicators against baseline and target: a panel each, columns by fiscal year."""

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes

from helpers.drawing import Chart, Context, Page
from helpers.drawing import palette as p
from helpers.drawing.fonts import width
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.drawing.text import wrap
from helpers.figures import titles
from helpers.figures.chart_type import chart_type
from helpers.figures.rows import (
    UNKNOWN,
    Row,
    find,
    groups_of,
    name,
    need,
    one,
    read,
    sources,
    table,
    unit_name,
)
from helpers.labels import LABELS
from helpers.years import short_year

# A mark beside the word, so that a status is never told by colour.
MARKS = {
    "achieved": "●", "on_pace": "○", "kept": "○", "improved": "△", "level": "→",
    "behind": "▽", "declined": "▼", "worse": "▼", "missed": "▼",
}  # fmt: skip


@chart_type
def progress(
    rows: pd.DataFrame,
    *,
    context: Context,
    groups: Sequence[str] | None = None,
    key: str = "progress",
    title: str | None = None,
    notes: Sequence[str] = (),
    source: str = "",
) -> Chart:
    """Draw each indicator's baseline, results and target.

    Args:
        rows: ``kpi`` (``baseline``, ``actual``, ``target``; a direction alone is printed ↗) and,
            of the edition's year, ``kpi_attainment``, ``kpi_progress``, ``kpi_status``.
        context: city, edition, language, width.
        groups: which indicators in which order; all if not given.
        key: name of the figure.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    known = read(rows)
    values = need(known, indicator="kpi", category=["baseline", "actual", "target"])
    wanted = list(groups) if groups is not None else groups_of(values)
    values = [
        r
        for r in values
        if r.group in wanted and (r.year <= context.year or r.category == "target")
    ]
    judged = [r for r in known if r.indicator in ("kpi_attainment", "kpi_progress", "kpi_status")]
    judged = find(judged, year=context.year, group=wanted)
    used = [*values, *judged]
    years = range(min(r.year for r in values), max(r.year for r in values) + 1)
    across = 1 if context.narrow else min(3, len(wanted))
    gap = 4.0
    panel = (context.width_mm - 2 * MARGIN - gap * (across - 1)) / across
    body = 22.0 if context.narrow else 32.0
    size, lang = context.sizes.label, context.lang
    names, name_size = _names(wanted, panel, context)
    states = {
        g: wrap(_status(find(judged, group=g), context), panel, size, lang=lang) for g in wanted
    }
    lines = [wanted[i : i + across] for i in range(0, len(wanted), across)]
    tall = [max(len(names[g]) for g in line) for line in lines]
    low = [max(len(states[g]) for g in line) for line in lines]
    heights = [
        _head(n, m, context) + body + line_mm(size) + 3.0 for n, m in zip(tall, low, strict=True)
    ]
    page = Page(
        context,
        title=titles.choose(title, _title(judged, wanted, context), used, context),
        subtitle=_subtitle(values, context),
        notes=[*notes, _note(values, context)],
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
        _columns(page, mine, years, (x, top, panel, body))
    return page.chart(
        key,
        unit=unit_name(find(values, group=wanted[0])[0].unit, context),
        alt=_alt(used, wanted, context),
        data=table(used, context),
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
    words = unit_name(unit, context)
    return context.say(f"（{words}）", f"({words})")


def _columns(
    page: Page, mine: Sequence[Row], years: range, place: tuple[float, float, float, float]
) -> None:
    x, y, wide, high = place
    values = [row for row in mine if row.indicator == "kpi"]
    numbers = [row.value for row in values if row.known]
    # Room above the columns for the target's two lines of text.
    room = 2.15 * line_mm(page.sizes.label)
    axes = page.axes(x, y, wide, high)
    axes.set(
        xlim=(years[0] - 0.55, years[-1] + 0.55), ylim=(0, max(numbers) * high / (high - room))
    )
    results = [row for row in values if row.category != "target"]
    latest = max((row.year for row in results if row.known), default=0)
    size = _value_size(page, axes, results, latest)
    targets = [row.year for row in values if row.category == "target"]
    for year in years:
        row = one(results, year=year)
        at, base = page.where(axes, year, 0)
        page.text(
            at,
            base + line_mm(page.sizes.label) / 2 + 0.4,
            short_year(year) if page.context.lang == "ja" else f"'{year % 100:02d}",
            ha="center",
        )
        if row is None or not row.known:
            if year <= latest:
                page.text(
                    at, base - 2.0, UNKNOWN if row is None else row.text, color=p.MUTED, ha="center"
                )
            continue
        newest = year == latest and row.category == "actual"
        hatched = row.category == "baseline"
        fill = p.PAPER if hatched else p.POSITIVE if newest else p.POSITIVE_SOFT
        axes.bar(
            year,
            row.value,
            width=0.72,
            color=fill,
            edgecolor=p.OUTLINE,
            linewidth=0.6,
            hatch="////" if hatched else None,
        )
        at, top = page.where(axes, year, row.value)
        at = _aside(page, axes, results, row, width(row.text, size, newest))
        middle = top - line_mm(page.sizes.label) / 2 - 0.1
        page.text(at, middle, row.text, bold=newest, ha="center", size=size)
    base = page.where(axes, years[0], 0)[1]
    page.rule([x, x + wide], [base, base], color=p.OUTLINE, points=0.8)
    if targets:
        _target(page, axes, values, latest)


def _aside(page: Page, axes: Axes, results: Sequence[Row], row: Row, wide: float) -> float:
    """The middle of a number: over its column, but not on a taller neighbour or off the panel."""
    at, _ = page.where(axes, row.year, row.value)
    after = one(results, year=row.year + 1)
    if after is not None and after.known and after.value > row.value:
        at = min(at, page.where(axes, row.year + 1 - 0.36, 0)[0] - 0.4 - wide / 2)
    return max(at, page.where(axes, axes.get_xlim()[0], 0)[0] + wide / 2)


def _value_size(page: Page, axes: Axes, results: Sequence[Row], latest: int) -> float:
    """The size of the numbers: smaller where neighbours of like height would touch."""
    known = sorted((row for row in results if row.known), key=lambda row: row.year)
    sizes = (page.sizes.label, page.sizes.note, page.sizes.note - 0.5, 7.0)
    return next((s for s in sizes if s > 7 and _fit(page, axes, known, latest, s)), 7.0)


def _fit(page: Page, axes: Axes, known: Sequence[Row], latest: int, size: float) -> bool:
    """Whether the numbers of neighbouring columns stay apart."""
    for before, after in pairwise(known):
        (x0, y0), (x1, y1) = (page.where(axes, row.year, row.value) for row in (before, after))
        halves = (width(before.text, size) + width(after.text, size, after.year == latest)) / 2
        if x1 - x0 < halves + 0.7 and abs(y1 - y0) < line_mm(size):
            return False
    return True


def _target(page: Page, axes: Axes, values: Sequence[Row], latest: int) -> None:
    """The target: a dashed outline and its number, or an arrow where only a direction is set."""
    context, size = page.context, page.sizes.label
    target = next(row for row in values if row.category == "target")
    word = context.say("目標", "Target")
    edge = page.where(axes, target.year + 0.55, 0)[0] + 1.0
    if target.known:
        axes.bar(
            target.year,
            target.value,
            width=0.72,
            facecolor="none",
            edgecolor=p.NEGATIVE,
            linewidth=1.1,
            linestyle="--",
        )
        last = one([r for r in values if r.category == "actual"], year=latest)
        reach = target.year - 0.36
        begin = _begin(page, axes, last, target) if last else latest - 0.36
        axes.plot([begin, reach], [target.value] * 2, color=p.NEGATIVE, lw=1.0, ls="--")
        at, top = page.where(axes, target.year, target.value)
        half = max(width(target.text, size, True), width(word, size, True)) / 2
        at = min(at, edge - half)
        page.text(
            at, top - line_mm(size) * 1.5 - 0.2, word, bold=True, color=p.NEGATIVE, ha="center"
        )
        page.text(
            at,
            top - line_mm(size) * 0.5 - 0.2,
            target.text,
            bold=True,
            color=p.NEGATIVE,
            ha="center",
        )
        return
    base = next((r for r in values if r.category == "baseline" and r.known), None)
    level = base.value if base else 0.0
    axes.plot(
        [(base.year if base else latest) + 0.4, target.year + 0.4],
        [level] * 2,
        color=p.OUTLINE,
        lw=0.8,
        ls="--",
    )
    x, y = page.where(axes, target.year, level)
    rising = target.printed != "↘"
    wide = 3.5
    tip = (x + wide / 2, y - 0.8 - wide) if rising else (x + wide / 2, y - 0.8)
    start = (x - wide / 2, y - 0.8) if rising else (x - wide / 2, y - 0.8 - wide)
    page.arrow(start, tip, color=p.NEGATIVE)
    way = context.say("上昇" if rising else "低下", "rise" if rising else "fall")
    x = min(x, edge - max(width(way, size, True), width(word, size, True)) / 2)
    page.text(
        x, y - wide - 1.2 - line_mm(size) * 0.5, way, bold=True, color=p.NEGATIVE, ha="center"
    )
    page.text(
        x, y - wide - 1.2 - line_mm(size) * 1.5, word, bold=True, color=p.NEGATIVE, ha="center"
    )


def _begin(page: Page, axes: Axes, last: Row, target: Row) -> float:
    """Where the line of the target begins: over the last column, but beside its number."""
    size = page.sizes.label
    (at, top), (_, line) = (page.where(axes, last.year, v) for v in (last.value, target.value))
    if last.value < target.value and top - line > line_mm(size) * 1.05:
        return last.year - 0.36
    right = at + max(
        width(last.text, size, True) / 2 + 0.6,
        page.where(axes, 0.42, 0)[0] - page.where(axes, 0, 0)[0],
    )
    slot = page.where(axes, 1, 0)[0] - page.where(axes, 0, 0)[0]
    return last.year + (right - at) / slot


def _state(row: Row) -> str:
    """The identifier of a status, whether the row prints it or its Japanese word."""
    return next((state for state in MARKS if row.printed == LABELS[state][0]), row.printed)


def _status(mine: Sequence[Row], context: Context) -> str:
    """Status in a mark and words, with the rate where there is one."""
    status = one(mine, indicator="kpi_status")
    rate = one(mine, indicator="kpi_attainment")
    words = f"{MARKS.get(_state(status), '')} {name(_state(status), context)}" if status else ""
    if rate and rate.printed:
        words += context.say(
            f"（{name('kpi_attainment', context)}{rate.said(context)}）",
            f" ({name('kpi_attainment', context).lower()} {rate.said(context)})",
        )
    return words.strip() or UNKNOWN


def _title(judged: Sequence[Row], wanted: Sequence[str], context: Context) -> str:
    rows = [row for row in judged if row.indicator == "kpi_status"]
    states = {group: _state(row) for group in wanted for row in rows if row.group == group}
    plain = f"{context.city}の成果指標の推移", f"Performance indicators of {context.city}"
    return titles.statuses(states, context) or context.say(*plain)


def _subtitle(values: Sequence[Row], context: Context) -> str:
    last = max((r.year for r in values if r.category == "target"), default=context.year)
    period = context.say(
        f"{titles.fiscal_year(context)}までの実績と{titles.era(last)}年度の目標",
        f"results to FY{context.year}, targets for FY{last}",
    )
    return context.say(
        f"{context.city}の成果指標（{period}）",
        f"Performance indicators of {context.city} ({period})",
    )


def _note(values: Sequence[Row], context: Context) -> str:
    arrow = any(row.category == "target" and not row.known for row in values)
    return context.say(
        "R6などは令和の年度。斜線は現状値（基準）、濃い青は最新年度、破線は目標値。「…」はデータなし"
        + ("。「上昇」「低下」は方向性のみの目標" if arrow else ""),
        "Hatched: baseline; dark blue: latest fiscal year; dashed: target. “…”: no data"
        + (". “Rise” or “fall”: a target of direction only" if arrow else ""),
    )


def _alt(used: Sequence[Row], wanted: Sequence[str], context: Context) -> str:
    said = []
    for group in wanted:
        values = find(used, indicator="kpi", group=group)
        last = max((r for r in values if r.category == "actual"), key=lambda r: r.year)
        target = next((r for r in values if r.category == "target"), None)
        aim = context.say(f"（目標{target.text}）", f" (target {target.text})") if target else ""
        said.append(f"{name(group, context)} {last.said(context)}{aim}")
    return titles.alternative(
        context.say("縦棒グラフ", "Column chart"),
        _subtitle(used, context),
        context.say("、", ", ").join(said),
        context,
    )
