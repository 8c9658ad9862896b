"""The words of the chart type ``rank_slope``."""

from collections.abc import Sequence

from helpers.drawing import Context
from helpers.figures import titles
from helpers.figures.rows import Row, name, one


def item(category: str, context: Context) -> str:
    """What was asked, in words."""
    return name(f"brand_score.{category}", context)


def rank(row: Row, context: Context) -> str:
    """A rank as a label has it."""
    return context.say(f"{row.text}位", f"No. {row.text}")


def title(ranks: Sequence[Row], years: Sequence[int], context: Context) -> str:
    """The finding."""
    items = list(dict.fromkeys(row.category for row in ranks))
    rose = 0
    for item in items:
        before, after = (one(ranks, category=item, year=year) for year in years)
        rose += bool(before and after and after.value < before.value)
    return context.say(
        f"全国順位は{len(items)}項目のうち{rose}項目で{years[0]}年より上がった",
        f"{rose} of {len(items)} national ranks rose from {years[0]} to {years[1]}",
    )


def subtitle(years: Sequence[int], context: Context) -> str:
    """Measure, area, period, unit."""
    return context.say(
        f"地域ブランド調査での{context.city}の順位（{years[0]}年と{years[1]}年、位）",
        f"Ranks of {context.city} in the Regional Brand Survey ({years[0]} and {years[1]})",
    )


def alt(ranks: Sequence[Row], tama: Sequence[Row], years: Sequence[int], context: Context) -> str:
    """Kind of chart, subject, the numbers that carry the finding."""
    said = []
    for asked in dict.fromkeys(row.category for row in ranks):
        before, after = (one(ranks, category=asked, year=year) for year in years)
        if before and after:
            said.append(f"{item(asked, context)} {rank(before, context)}→{rank(after, context)}")
    if tama:
        way = "→".join(rank(row, context) for row in tama)
        said.append(f"{name('brand_rank_tama', context)} {way}")
    return titles.alternative(
        context.say("順位の傾きグラフ", "Slope chart of ranks"),
        subtitle(years, context),
        context.say("、", ", ").join(said),
        context,
    )
