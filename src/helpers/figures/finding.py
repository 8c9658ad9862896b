"""What a chart of any indicator rows may say by itself: subject, title, alternative text.

A title names the highest only where its interval lies apart from all others: the rows may come
from the same people, and intervals that do not meet are apart whatever their correlation.
"""

from collections.abc import Collection, Sequence

from helpers.drawing import Context
from helpers.figures.row_table import shown_name
from helpers.figures.rows import Row
from helpers.sentences import titles
from helpers.sentences.significance import family

_KINDS = {
    "hbar": ("横棒グラフ", "Bar chart"),
    "bar": ("縦棒グラフ", "Column chart"),
    "line": ("折れ線グラフ", "Line chart"),
    "point": ("点グラフ", "Dot plot"),
    "cell": ("ヒートマップ", "Heat map"),
}
_MOST_NUMBERS = 12


def kind(kinds: Collection[str], context: Context) -> str:
    """Chart types as one phrase."""
    names = [context.say(*words) for name, words in _KINDS.items() if name in kinds]
    return titles.joined(names, context)


def subject(rows: Sequence[Row], context: Context) -> str:
    """What is shown, of whom, when: 「地域活動（見本市、令和7年度）」."""
    names = list(dict.fromkeys(shown_name(row.indicator, context) for row in rows))
    years = sorted({row.year for row in rows})
    peers = all(row.breakdown == "peer" for row in rows)  # statistics: of calendar years
    word = "年" if peers else "年度"
    when = titles.year_span(years[0], years[-1], context, word)
    if years[0] == years[-1]:
        english = f"{years[0]}" if peers else f"FY{years[0]}"
        when = context.say(f"{titles.era(years[0])}{word}", english)
    what = context.say("と", " and ").join(names[:3]) + ("…" if len(names) > 3 else "")
    return context.say(f"{what}（{context.city}、{when}）", f"{what}, {context.city} ({when})")


def title(rows: Sequence[Row], context: Context) -> str:
    """The finding of the drawn rows, or their subject where none may be named."""
    known = titles.nameable(rows)
    names = context.say("と", " and ").join(
        dict.fromkeys(shown_name(row.indicator, context) for row in rows)
    )
    if not known:
        return names
    parts = {part: {getattr(row, part) for row in known} for part in ("group", "category", "year")}
    several = {part for part, values in parts.items() if len(values) > 1}
    if len(known) == 1:
        subject = _of_one(known[0], context)
        said = known[0].said(context)
        return context.say(f"{subject}は{said}", f"{subject}: {said}")
    if own := _own_among_peers(known, context):
        return own
    if len({row.indicator for row in known}) == 1 and len({row.unit for row in known}) == 1:
        if several == {"year"}:
            return titles.over_years(known, context, _of_one(known[0], context))
        if len(several) == 1 and "year" not in several:
            return _highest(known, several.pop(), names, context)
    return names


def _own_among_peers(known: Sequence[Row], context: Context) -> str:
    """What the city itself has, where several numbers of it stand among those of its peers."""
    own = [row for row in known if shown_name(row.group, context) == context.city]
    peers = all(row.breakdown == "peer" for row in known)
    if not peers or not 2 <= len(own) <= 4 or len({row.year for row in own}) > 1:
        return ""
    said = []
    for row in own:
        what = shown_name(f"{row.indicator}.{row.category}" if row.category else row.indicator,
                          context)  # fmt: skip
        number = row.text if "（" in row.unit else row.said(context)
        said.append(context.say(f"{what}が{number}", f"{what} {number}"))
    return context.say(f"{context.city}は{'、'.join(said)}", f"{context.city}: {', '.join(said)}")


def _of_one(row: Row, context: Context) -> str:
    """The subject of a series: its indicator, and the group or category where it has one."""
    parts = [shown_name(row.indicator, context)]
    parts += [shown_name(row.group, context)] if row.breakdown != "total" else []
    parts += [shown_name(f"{row.indicator}.{row.category}", context)] if row.category else []
    return context.say("・", ", ").join(dict.fromkeys(parts))


def _highest(known: Sequence[Row], part: str, names: str, context: Context) -> str:
    if any(row.unit == "位" for row in known):
        return names
    groups = [row for row in known if part == "category" or row.group != "total"]
    ordered = sorted(groups, key=lambda row: row.inside[0], reverse=True)
    if len(ordered) < 2:
        return names
    first, second, last = ordered[0], ordered[1], ordered[-1]
    # Options of one question exclude one another: their intervals must not meet, either.
    held, same = family([ordered]), part == "category"
    if held.extreme(ordered, 1, 1) and (not same or _clear(first, second)):
        return context.say(
            f"{names}は「{_name(first, part, context)}」が{first.said(context)}で最も高い",
            f"{names}: highest for {_name(first, part, context)}, {first.said(context)}",
        )
    if held.differ(first, last) and (not same or _clear(first, last)):
        ends = [(_name(row, part, context), row.said(context)) for row in (last, first)]
        return context.say(
            f"{names}は「{ends[0][0]}」の{ends[0][1]}から「{ends[1][0]}」の{ends[1][1]}まで",
            f"{names}: from {ends[0][1]} ({ends[0][0]}) to {ends[1][1]} ({ends[1][0]})",
        )
    return names


def _clear(one: Row, other: Row) -> bool:
    """Whether one is above another, whatever sampling did."""
    if one.has_interval and other.has_interval:
        return one.inside[1] > other.inside[2]
    return one.value > other.value and one.printed != other.printed


def _name(row: Row, part: str, context: Context) -> str:
    identifier = f"{row.indicator}.{row.category}" if part == "category" else row.group
    return shown_name(identifier, context)


def numbers(rows: Sequence[Row], context: Context) -> str:
    """The numbers of a chart in words, the first of them where there are many."""
    vary = [
        part
        for part in ("indicator", "group", "category", "year")
        if len({getattr(row, part) for row in rows}) > 1
    ]
    said = [f"{_label(row, vary, context)} {row.said(context)}" for row in rows[:_MOST_NUMBERS]]
    more = len(rows) - len(said)
    rest = [context.say(f"ほか{more}件", f"and {more} more")] if more > 0 else []
    return context.say("、", "; ").join([*said, *rest])


def _label(row: Row, vary: Sequence[str], context: Context) -> str:
    words = {
        "indicator": shown_name(row.indicator, context),
        "group": shown_name(row.group, context),
        "category": shown_name(f"{row.indicator}.{row.category}", context) if row.category else "",
        "year": context.say(f"{row.year}年度", f"FY{row.year}"),
    }
    named = [words[part] for part in vary if words[part]] or [words["indicator"]]
    return context.say("・", ", ").join(named)
