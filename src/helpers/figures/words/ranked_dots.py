"""The words of the chart type ``ranked_dots``."""

from collections.abc import Sequence

from helpers.drawing import Context
from helpers.figures.rows import Row
from helpers.sentences import titles
from helpers.sentences.indicator_row import name, unit_name


def unit_of(row: Row, context: Context) -> str:
    """The unit; an index has none of its own, whatever stands in the row."""
    if row.indicator.endswith("_index") or not row.unit:
        return context.say("指数", "index")
    return unit_name(row.unit, context)


def city(row: Row, context: Context) -> str:
    """The name of the city that a row is about."""
    if row.breakdown == "total":
        return context.city
    try:
        return name(row.group, context)
    except KeyError:
        return row.group


def title(
    mine: Row | None, rank: Row | None, order: Sequence[Row], area: str, context: Context
) -> str:
    """The finding."""
    measure = name(order[0].indicator, context)
    if mine is None:
        return context.say(
            f"{measure}は{order[-1].text}から{order[0].text}",
            f"{measure}: {order[-1].text} to {order[0].text}",
        )
    where = area or context.say(f"{len(order)}市", f"{len(order)} cities")
    if rank is None:
        return context.say(
            f"{context.city}の{measure}は{mine.text}", f"{measure} of {context.city}: {mine.text}"
        )
    place = {
        "1": ("最も低い", "the lowest"),
        f"{len(order)}": ("最も高い", "the highest"),
    }.get(rank.printed, (f"低い方から{rank.printed}番目", f"no. {rank.printed} from the bottom"))
    return context.say(
        f"{context.city}の{measure}は{mine.text}で、{where}のうち{place[0]}",
        f"{measure} of {context.city}: {mine.text}, {place[1]} of {where}",
    )


def subtitle(order: Sequence[Row], indicator: str, area: str, context: Context) -> str:
    """Measure, area, period, unit."""
    year = titles.era(order[0].year)
    unit = unit_of(order[0], context)
    where = area or context.say(f"{len(order)}市", f"{len(order)} cities")
    note = (
        context.say("、常住人口＝100", ", residents = 100")
        if indicator == "daytime_population_index"
        else ""
    )
    return context.say(
        f"{where}の{name(indicator, context)}（{year}年、{unit}{note}）",
        f"{name(indicator, context)} of {where} ({order[0].year}, {unit}{note})",
    )


def alt(
    order: Sequence[Row], shown: dict[Row, str], mine: Row | None, area: str, context: Context
) -> str:
    """Kind of chart, subject, the numbers that carry the finding."""
    named = [order[0], *([mine] if mine and mine not in (order[0], order[-1]) else []), order[-1]]
    said = context.say("、", ", ").join(f"{shown[row]} {row.text}" for row in named)
    return titles.alternative(
        context.say("高い順に並べた点グラフ", "Ranked dot chart"),
        subtitle(order, order[0].indicator, area, context),
        said,
        context,
    )
