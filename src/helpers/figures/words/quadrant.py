"""The words of the chart type ``quadrant``."""

from collections.abc import Sequence

from helpers.drawing import Context
from helpers.figures import titles
from helpers.figures.fields import Field
from helpers.figures.row_table import shown_name
from helpers.figures.rows import unit_name


def title(fields: Sequence[Field], context: Context) -> str:
    """The finding."""
    up = shown_name(fields[0].up.indicator, context)
    low, high = (pick(fields, key=lambda f: f.up.value) for pick in (min, max))
    names = shown_name(high.group, context), shown_name(low.group, context)
    if not titles.apart(low.up, high.up):
        return context.say(f"{up}の差は誤差の範囲", f"{up} differs within sampling error")
    return context.say(
        f"{up}が最も高いのは{names[0]}（{high.up.text}）、最も低いのは{names[1]}（{low.up.text}）",
        f"{up} is highest for {names[0]} ({high.up.text}), lowest for {names[1]} ({low.up.text})",
    )


def subtitle(across: str, up: str, fields: Sequence[Field], context: Context) -> str:
    """Measure, area, period, unit."""
    unit = unit_name(fields[0].across.unit, context) or context.say("点", "points")
    names = shown_name(across, context), shown_name(up, context)
    year = titles.fiscal_year(context)
    return context.say(
        f"{context.city}の施策の分野別の{names[0]}と{names[1]}（{year}、{unit}）",
        f"{names[0]} and {names[1].lower()} by policy field, {context.city} ({year}, {unit})",
    )


def notes(fields: Sequence[Field], highlight: Sequence[str], context: Context) -> list[str]:
    """What must be known to read the chart."""
    notes = [context.say("破線は全分野の平均", "Dashed lines: means of all fields")]
    if any(f.before and f.group in highlight for f in fields):
        notes.append(
            context.say(
                "白丸と矢印は前回調査からの動き", "Ring and arrow: movement since the last survey"
            )
        )
    return notes


def alt(fields: Sequence[Field], across: str, up: str, context: Context) -> str:
    """Kind of chart, subject, the numbers that carry the finding."""
    low, high = (pick(fields, key=lambda f: f.up.value) for pick in (min, max))
    names = shown_name(across, context), shown_name(up, context)
    said = [
        f"{shown_name(f.group, context)} {names[0]} {f.across.text} {names[1]} {f.up.text}"
        for f in (high, low)
    ]
    return titles.alternative(
        context.say("散布図（4象限）", "Quadrant scatter chart"),
        subtitle(across, up, fields, context),
        context.say("、", ", ").join(said),
        context,
    )
