"""The words of the chart type ``movement``."""

from collections.abc import Sequence

from helpers.drawing import Context
from helpers.figures.rows import Row, find, one
from helpers.sentences import titles
from helpers.sentences.indicator_row import name, unit_name


def title(used: Sequence[Row], panels: Sequence[tuple[str, str, str]], context: Context) -> str:
    """The finding."""
    net = [find(used, indicator=panel[2]) for panel in panels]
    return titles.balances([rows for rows in net if rows], context)


def subtitle(years: range, used: Sequence[Row], context: Context) -> str:
    """Measure, area, period, unit."""
    span = titles.year_span(years[0], years[-1], context)
    unit = unit_name(used[0].unit, context)
    return context.say(
        f"{context.city}の人口の動き（{span}、{unit}）",
        f"Population movement of {context.city} ({span}, {unit})",
    )


def notes(used: Sequence[Row], context: Context) -> list[str]:
    """What must be known to read the chart."""
    notes = [
        context.say(
            "1月から12月までの1年間の数。上の線は0から始まらない",
            "Calendar years. The axis of the lines does not begin at zero",
        )
    ]
    if any(row.broken for row in used):
        notes.append(
            context.say("線の切れ目は定義の変更", "A gap in a line is a change of definition")
        )
    return notes


def alt(used: Sequence[Row], panels: Sequence[tuple[str, str, str]], context: Context) -> str:
    """Kind of chart, subject, the numbers that carry the finding."""
    said = []
    for panel in panels:
        for indicator in panel:
            rows = [row for row in find(used, indicator=indicator) if row.known]
            if rows:
                last = max(rows, key=lambda row: row.year)
                first = one(rows, year=min(row.year for row in rows)) or last
                said.append(f"{name(indicator, context)} {from_to(first, last, context)}")
    years = range(min(r.year for r in used), max(r.year for r in used) + 1)
    return titles.alternative(
        context.say("折れ線グラフと縦棒グラフ", "Line and column chart"),
        subtitle(years, used, context),
        context.say("、", "; ").join(said),
        context,
    )


def from_to(first: Row, last: Row, context: Context) -> str:
    """The first and the last number of a series."""
    return context.say(
        f"{first.year}年{first.said(context)}→{last.year}年{last.said(context)}",
        f"{first.text} in {first.year} → {last.text} in {last.year}",
    )
