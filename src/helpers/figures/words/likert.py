"""The words of the chart type ``likert``."""

from collections.abc import Sequence

from helpers import palette as p
from helpers.drawing import Context, Key
from helpers.figures.likert_bar import Categories, colors
from helpers.figures.rows import Row, find
from helpers.sentences import titles
from helpers.sentences.indicator_row import name


def subtitle(asked: Sequence[str], splits: Sequence[str], context: Context) -> str:
    """Measure, area, period, unit."""
    subject = titles.joined([name(question, context) for question in asked], context)
    split = context.say("・", ", ").join(name(item, context) for item in splits)
    year = titles.fiscal_year(context)
    return context.say(
        f"{context.city}民の{subject}（{split}、{year}、％）",
        f"{subject}, {context.city} ({split}, {year}, %)",
    )


def legend(
    asked: Sequence[str], categories: Categories, used: Sequence[Row], context: Context
) -> list[Key]:
    """What the parts of a bar stand for."""
    keys = []
    for part, color in zip(categories, colors(categories), strict=True):
        words = dict.fromkeys(name(f"{question}.{part}", context) for question in asked)
        keys.append(Key(context.say("・", " / ").join(words), color))
    if any(row.has_interval for row in used):
        keys.append(Key(context.say("95％信頼区間", "95% interval"), p.INK, "line"))
    return keys


def notes(used: Sequence[Row], beside: Sequence[str], context: Context) -> list[str]:
    """What must be known to read the chart.

    Args:
        used: the rows.
        beside: the questions whose panels share the names of the groups.
        context: city, edition, language, width.
    """
    notes = []
    asked = [find(used, indicator=question) for question in beside]
    bases = [{(r.breakdown, r.group): r.n for r in rows if r.n >= 0} for rows in asked]
    if any(other != bases[0] for other in bases):
        order = context.say("、", ", ").join(name(question, context) for question in beside)
        notes.append(context.say(f"nは{order}の順", f"n: {order}"))
    if any(row.category == "neutral" and row.flag == "rounded_inputs" for row in used):
        notes.append(context.say("灰色は100％からの残り", "Grey: what is left to 100%"))
    if all(row.n != row.n for row in used):
        notes.append(
            context.say(
                "回答者数（n）は原典に記載がない", "The source gives no numbers of respondents (n)"
            )
        )
    if any(row.small for row in used):
        notes.append(
            context.say(
                "※と淡い色は回答者数が少ない参考値",
                "※ and pale colours: few respondents, for reference only",
            )
        )
    if any(row.hidden for row in used):
        notes.append(context.say("xは秘匿", "x: withheld"))
    return notes


def alt(
    asked: Sequence[str],
    splits: Sequence[str],
    used: Sequence[Row],
    categories: Sequence[str],
    context: Context,
) -> str:
    """Kind of chart, subject, the numbers that carry the finding."""
    heard = find(used, indicator=asked[0], category=categories[0])
    said = [f"{name(row.group, context)} {row.said(context)}" for row in heard if row.known]
    return titles.alternative(
        context.say("100％積み上げ横棒グラフ", "100% stacked bar chart"),
        subtitle(asked, splits, context),
        context.say(
            f"{titles.people(heard[0], context)}の割合は、{'、'.join(said)}",
            f"{titles.people(heard[0], context)}: {', '.join(said)}",
        ),
        context,
    )
