"""The words of the chart type ``rank_slope``."""

from collections.abc import Sequence

from helpers.drawing import Context
from helpers.figures.rows import Row, one
from helpers.sentences import titles
from helpers.sentences.indicator_row import name


def item(row: Row, context: Context) -> str:
    """What was asked, in words."""
    return name(f"{row.indicator.partition('_rank')[0]}_score.{row.category}", context)


def rank(row: Row, context: Context) -> str:
    """A rank as a label has it."""
    return context.say(f"{row.text}位", f"No. {row.text}")


def title(ranks: Sequence[Row], years: Sequence[int], context: Context) -> str:
    """The finding."""
    moves = []
    for category in dict.fromkeys(row.category for row in ranks):
        before, after = (one(ranks, category=category, year=year) for year in years)
        if before and after and before.known and after.known:
            moves.append(round(after.value - before.value))
    return titles.ranks_moved(moves, years, name(ranks[0].indicator, context), context)


def among_peers(ranks: Sequence[Row], context: Context) -> str:
    """The finding of the ranks among peers alone: where they began and where they are."""
    known = sorted((row for row in ranks if row.known), key=lambda row: row.year)
    heading = name(ranks[0].indicator, context)
    if not known:
        return heading
    first, last = known[0], known[-1]
    old, new = rank(first, context), rank(last, context)
    return context.say(
        f"{heading}は{first.year}年の{old}から{last.year}年の{new}",
        f"{heading}: {old} in {first.year}, {new} in {last.year}",
    )


def subtitle(row: Row, years: Sequence[int], context: Context) -> str:
    """Measure, area, period, unit."""
    survey = name(f"{row.indicator}ing", context)
    ends = years[0], years[-1]
    when = f"{ends[0]}年{'と' if len(years) == 2 else '〜'}{ends[1]}年"
    when_en = f"{ends[0]}{' and ' if len(years) == 2 else '–'}{ends[1]}"
    return context.say(
        f"{survey}での{context.city}の順位（{when}、位）",
        f"Ranks of {context.city} in the {survey} ({when_en})",
    )


def alt(ranks: Sequence[Row], tama: Sequence[Row], subject: str, context: Context) -> str:
    """Kind of chart, subject, the numbers that carry the finding."""
    said = []
    years = sorted({row.year for row in ranks})
    for asked in dict.fromkeys(row.category for row in ranks):
        before, after = (one(ranks, category=asked, year=year) for year in years)
        if before and after:
            said.append(f"{item(before, context)} {rank(before, context)}→{rank(after, context)}")
    if tama:
        way = "→".join(rank(row, context) for row in tama)
        said.append(f"{name(tama[0].indicator, context)} {way}")
    return titles.alternative(
        context.say("順位の傾きグラフ", "Slope chart of ranks"),
        subject,
        context.say("、", ", ").join(said),
        context,
    )
