"""The words of the chart type ``distribution``."""

from collections.abc import Sequence

from helpers.drawing import Context
from helpers.figures.rows import Row
from helpers.sentences import titles
from helpers.sentences.indicator_row import name


def intent(row: Row, intents: Sequence[str]) -> str:
    """The question that a row belongs to."""
    return row.group if row.group in intents else row.category


def subtitle(used: Sequence[Row], intents: Sequence[str], context: Context) -> str:
    """Measure, area, period, unit."""
    year = context.say(f"{titles.era(used[0].year)}年度", f"FY{used[0].year}")
    what, what_en = f"{len(intents)}つの思いの強さ", f"Strength of {len(intents)} intents"
    if len(intents) == 1:
        what = what_en = name(intents[0], context)
    elif len(intents) == 3:
        what_en = "Strength of three intents"
    return context.say(
        f"{context.city}民の{what}（0〜10点、{year}、％）",
        f"{what_en} in {context.city} (scores 0–10, {year}, %)",
    )


def alt(used: Sequence[Row], means: Sequence[Row], intents: Sequence[str], context: Context) -> str:
    """Kind of chart, subject, the numbers that carry the finding."""
    said = [f"{name(intent(row, intents), context)} {row.text}" for row in means]
    return titles.alternative(
        context.say("縦棒グラフ（分布）", "Column charts of distributions"),
        subtitle(used, intents, context),
        context.say("平均点は", "Means: ") + context.say("、", ", ").join(said),
        context,
    )


def notes(used: Sequence[Row], context: Context) -> list[str]:
    """What a reader must know of the columns."""
    return [context.say("xは秘匿", "x: withheld")] if any(row.hidden for row in used) else []
