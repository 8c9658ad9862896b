"""The words of the chart type ``quadrant``."""

from collections.abc import Sequence

from helpers.drawing import Context
from helpers.figures.fields import Field
from helpers.figures.row_table import shown_name
from helpers.figures.rows import Row
from helpers.sentences import titles
from helpers.sentences.indicator_row import unit_name


def title(fields: Sequence[Field], context: Context) -> str:
    """The finding."""
    up = shown_name(fields[0].up.indicator, context)
    known = [field for field in fields if not field.up.small] or list(fields)
    named = [shown_name(field.group, context) for field in known]
    return titles.extremes([field.up for field in known], up, context, named)


def subtitle(across: str, up: str, fields: Sequence[Field], context: Context) -> str:
    """Measure, area, period, unit."""
    unit = unit_name(fields[0].across.unit, context) or context.say("点", "points")
    names = shown_name(across, context), shown_name(up, context)
    year = titles.fiscal_year(context)
    return context.say(
        f"{context.city}の施策の分野別の{names[0]}と{names[1]}（{year}、{unit}）",
        f"{names[0]} and {names[1].lower()} by policy field, {context.city} ({year}, {unit})",
    )


def quadrant_of(field: Field, across: Row, up: Row, context: Context) -> str:
    """On which side of both means a field lies: 満足度が平均未満・重要度が平均以上."""
    sides = []
    for row, mean in ((field.across, across), (field.up, up)):
        what = shown_name(row.indicator, context)
        if row.value < mean.value:
            sides.append(context.say(f"{what}が平均未満", f"{what} below the mean"))
        else:
            sides.append(context.say(f"{what}が平均以上", f"{what} at or above the mean"))
    return context.say("・", ", ").join(sides)


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
