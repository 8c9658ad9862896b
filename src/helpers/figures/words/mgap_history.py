"""The words of the chart type ``mgap_history``."""

from collections.abc import Sequence

from helpers.drawing import Context
from helpers.figures.rows import Row
from helpers.figures.words.mgap import one_point, second_mark
from helpers.sentences import titles
from helpers.sentences.indicator_row import unit_name


def subtitle(sums: Sequence[Row], years: range, context: Context) -> str:
    """Measure, area, period, unit."""
    unit = unit_name(sums[0].unit, context)
    span = titles.year_span(years[0], years[-1], context, "年度")
    return context.say(
        f"{context.city}のmGAP（{span}、{unit}）", f"mGAP of {context.city} ({span}, {unit})"
    )


def notes(
    sums: Sequence[Row],
    lines: Sequence[Row],
    parts: Sequence[Row],
    second: Row | None,
    context: Context,
) -> list[str]:
    """What must be known to read the chart; ``lines`` are the sums that this sheet draws."""
    notes = []
    if any(row.has_interval for row in lines):
        notes.append(context.say("縦の線は95％信頼区間", "Vertical lines: 95% intervals"))
    if any(row.broken for row in sums):
        notes.append(
            context.say(
                "線の切れ目で数え方か調査方法が変わり、前後は比べられない",
                "A gap in the line: counted or asked otherwise, not comparable across it",
            )
        )
    if second:
        notes.append(second_mark(sums[0], second, context))
    notes += one_point(sums[0], context)
    if parts:
        words = (
            "変化＝意識の変化による分＋人口の変化による分",
            "Change = part of attitudes + part of residents",
        )
        notes.append(context.say(*words))
    return notes


def alt(sums: Sequence[Row], years: range, context: Context) -> str:
    """Kind of chart, subject, the numbers that carry the finding."""
    said = [f"{row.year}{context.say('年度', '')} {row.text}" for row in sums if row.known]
    return titles.alternative(
        context.say("折れ線グラフと積み上げ縦棒グラフ", "Line chart and stacked columns"),
        subtitle(sums, years, context),
        context.say("mGAPは", "mGAP: ") + context.say("、", ", ").join(said),
        context,
    )
