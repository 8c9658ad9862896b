"""The words of the chart type ``distribution``."""

from collections.abc import Sequence

from helpers.drawing import Context
from helpers.figures import titles
from helpers.figures.rows import Row, name


def intent(row: Row, intents: Sequence[str]) -> str:
    """The question that a row belongs to."""
    return row.group if row.group in intents else row.category


def title(means: Sequence[Row], intents: Sequence[str], context: Context) -> str:
    """The finding."""
    named = sorted(titles.nameable(means), key=lambda row: -row.value)
    if len(named) < 2:
        return context.say("思いの強さの分布", "Distribution of the scores")
    high, low = named[0], named[-1]
    names = [name(intent(row, intents), context) for row in (high, low)]
    if not titles.apart(high, low):
        return context.say("思いの強さの差は誤差の範囲", "Mean scores differ within sampling error")
    return context.say(
        f"平均点は{names[0]}が{high.text}点で最も高く、{names[1]}が{low.text}点で最も低い",
        f"Mean score: {names[0]} highest at {high.text}, {names[1]} lowest at {low.text}",
    )


def subtitle(used: Sequence[Row], context: Context) -> str:
    """Measure, area, period, unit."""
    year = context.say(f"{titles.era(used[0].year)}年度", f"FY{used[0].year}")
    return context.say(
        f"{context.city}民の3つの思いの強さ（0〜10点、{year}、％）",
        f"Strength of three intents in {context.city} (scores 0–10, {year}, %)",
    )


def alt(used: Sequence[Row], means: Sequence[Row], intents: Sequence[str], context: Context) -> str:
    """Kind of chart, subject, the numbers that carry the finding."""
    said = [f"{name(intent(row, intents), context)} {row.text}" for row in means]
    return titles.alternative(
        context.say("縦棒グラフ（分布）", "Column charts of distributions"),
        subtitle(used, context),
        context.say("平均点は", "Means: ") + context.say("、", ", ").join(said),
        context,
    )


def notes(used: Sequence[Row], context: Context) -> list[str]:
    """What a reader must know of the columns."""
    return [context.say("xは秘匿", "x: withheld")] if any(row.hidden for row in used) else []
