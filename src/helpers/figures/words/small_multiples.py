"""The words of the chart type ``small_multiples``."""

from collections.abc import Sequence

from helpers.drawing import Context
from helpers.figures.rows import Row
from helpers.figures.series import tick_texts
from helpers.figures.words.ranked_dots import city, unit_of
from helpers.sentences import titles
from helpers.sentences.indicator_row import name


def title(latest: Sequence[Row], area: str, context: Context) -> str:
    """The range; an end is named where sampling cannot have put it there, a small base never."""
    where = area or context.city
    named = titles.nameable(latest)
    if not named:
        return context.say(f"{where}を並べて見る", f"{where} side by side")
    cities = [city(row, context) for row in named]
    measure = name(named[0].indicator, context)
    return titles.span_of_cities(named, cities, measure, where, context)


def subtitle(used: Sequence[Row], years: range, area: str, context: Context) -> str:
    """Measure, area, period, unit."""
    unit = unit_of(used[0], context)
    span = (
        titles.year_span(years[0], years[-1], context)
        if len(years) > 1
        else context.say(f"{titles.era(years[0])}年", f"{years[0]}")
    )
    measure = name(used[0].indicator, context)
    if used[0].category:
        measure += context.say("・", ", ") + name(
            f"{used[0].indicator}.{used[0].category}", context
        )
    where, said = area or context.city, context.say("、", ", ").join(filter(None, (span, unit)))
    return context.say(f"{where}の{measure}（{said}）", f"{measure} of {where} ({said})")


def notes(used: Sequence[Row], years: range, marks: Sequence[float], context: Context) -> list[str]:
    """What must be known to read the panels."""
    low, high = tick_texts([marks[0], marks[-1]])
    said = [
        context.say(f"どの市も同じ目盛り（{low}〜{high}）", f"All on one scale ({low} to {high})")
    ]
    if len(years) > 1:
        said.append(context.say("右上は最新の値", "Top right: the latest value"))
    if any(row.has_interval for row in used):
        said.append(context.say("細い線は95％信頼区間", "Thin bars: 95% intervals"))
    if any(row.small for row in used):
        said.append(context.say("回答が30に満たない市がある", "Some bases are under 30"))
    return said


def alt(
    latest: Sequence[Row], used: Sequence[Row], years: range, area: str, context: Context
) -> str:
    """Alternative text: the highest and the lowest."""
    kind = context.say("市ごとの小さな図を並べたもの", "Small multiples, a panel a city")
    subject = subtitle(used, years, area, context)
    ordered = sorted(latest, key=lambda row: -row.value)
    ends = [ordered[0], ordered[-1]] if len(ordered) > 1 else ordered
    said = [f"{city(row, context)} {_said(row, context)}" for row in ends]
    return titles.alternative(kind, subject, context.say("、", ", ").join(said), context)


def _said(row: Row, context: Context) -> str:
    """The number with its unit; an index has none."""
    return row.text if row.indicator.endswith("_index") else row.said(context)
