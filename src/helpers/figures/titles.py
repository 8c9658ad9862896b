"""Titles that state the finding: plain phrases, thresholds, and the check of a written title.

Neutral words only. A difference is named where the interval of the difference excludes zero or,
where no interval is known, as a description of printed numbers. A small base is never named.
"""

import math
from collections.abc import Iterable, Sequence

from helpers.drawing import Context
from helpers.figures.rows import Row, name
from helpers.trends import LEVEL_PERCENT, LEVEL_POINTS, POINTS, TREND
from helpers.years import era_year

# Who the positive share of a question is, as a sentence says it.
PEOPLE = {
    "attachment": ("地域に愛着を感じている人", "Residents attached to the city"),
    "residence_intention": ("住み続けたい人", "Residents who wish to stay"),
    "housing_satisfaction": ("住み心地に満足している人", "Residents satisfied with living here"),
}


def apart(one: Row, other: Row) -> bool:
    """Whether a difference between two independent numbers may be named.

    The interval of the difference decides, not the overlap of the two intervals, which is too
    cautious: it excludes zero where the difference exceeds the root of the sum of the squared
    halves that face one another (MOVER: Newcombe 1998; methods 1.6). Without intervals the
    printed numbers are described as they are.
    """
    if not (one.has_interval and other.has_interval):
        return one.printed != other.printed
    (low, _, top), (high, bottom, _) = sorted((one.inside, other.inside))
    return high - low > math.hypot(top - low, high - bottom)


def apart_from_rest(group: Row, total: Row) -> bool:
    """Whether a group may be named as differing from the rest of all.

    The whole contains the group: with the group's share w of all answers and the half widths g
    of the group and t of the whole, group and rest differ where |group − whole| exceeds
    √(t² + (1 − 2w)·g²). It follows from rest = (whole − w·group) / (1 − w) with group and rest
    independent, so that t² = w²·g² + (1 − w)²·r² (methods 1.6: a group against the rest). Weights
    are left aside: w is the group's part of n. Where an n is unknown, as ``apart``.
    """
    known = group.has_interval and total.has_interval and total.n > group.n  # false for NaN
    if not known:
        return apart(group, total)
    (one, one_low, one_high), (all_, all_low, all_high) = group.inside, total.inside
    share, above = group.n / total.n, one > all_
    g = one - one_low if above else one_high - one
    t = all_high - all_ if above else all_ - all_low
    return abs(one - all_) > math.sqrt(max(t**2 + (1 - 2 * share) * g**2, 0.0))


def trend(before: Row, after: Row) -> str:
    """``up``, ``level`` or ``down``, by the thresholds and the intervals."""
    old, new = before.inside[0], after.inside[0]
    difference = new - old
    if before.has_interval and after.has_interval and not apart(before, after):
        return "level"
    if before.unit in POINTS:
        level = abs(difference) < LEVEL_POINTS
    else:
        level = abs(difference) < abs(old) * LEVEL_PERCENT / 100
    return "level" if level else "up" if difference > 0 else "down"


def nameable(rows: Iterable[Row]) -> list[Row]:
    """The rows that a title may name."""
    return [row for row in rows if row.known and not row.small]


def people(indicator: str, context: Context) -> str:
    """Who the positive share of a question is."""
    if indicator in PEOPLE:
        return context.say(*PEOPLE[indicator])
    positive = name(f"{indicator}.positive", context)
    return context.say(
        f"{name(indicator, context)}が「{positive}」の人",
        f"“{positive}” on {name(indicator, context)}",
    )


def lowest_share(total: Row | None, groups: Sequence[Row], context: Context) -> str:
    """The finding of a question asked of several groups: where the share is lowest."""
    subject = people((total or groups[0]).indicator, context)
    named = nameable(groups)
    whole = context.say(
        f"{subject}は全体で{total.said(context)}" if total else subject,
        f"{subject}: {total.said(context)} overall" if total else subject,
    )
    if not named or (total and not total.known):
        return whole
    low = min(named, key=lambda row: row.inside)
    if total and not apart_from_rest(low, total):
        high = max(named, key=lambda row: row.inside)
        if apart(low, high):
            return between(subject, low, high, context)
        return context.say(
            f"{whole}。区分による差は誤差の範囲", f"{whole}; groups differ within sampling error"
        )
    tied = [row for row in named if row.printed == low.printed]
    where = context.say("と", " and ").join(name(row.group, context) for row in tied)
    end = (
        context.say(f"、全体は{total.said(context)}", f"; {total.said(context)} overall")
        if total
        else ""
    )
    return context.say(
        f"{subject}は{where}が{low.said(context)}で最も低{'く' if end else 'い'}{end}",
        f"{subject}: lowest at {where[:1].lower()}{where[1:]}, {low.said(context)}{end}",
    )


def lowest(total: Row | None, groups: Sequence[Row]) -> Row | None:
    """The group that a title may name as the lowest; none where sampling may have made it so."""
    named = nameable(groups)
    if not named or (total and not total.known):
        return None
    low, high = (pick(named, key=lambda row: row.inside) for pick in (min, max))
    return low if not total or apart_from_rest(low, total) or apart(low, high) else None


def between(subject: str, low: Row, high: Row, context: Context) -> str:
    """A range: from the lowest group to the highest."""
    names = name(low.group, context), name(high.group, context)
    return context.say(
        f"{subject}は{names[0]}の{low.said(context)}から{names[1]}の{high.said(context)}まで開きがある",
        f"{subject}: from {low.said(context)} ({names[0]}) to {high.said(context)} ({names[1]})",
    )


def year_span(first: int, last: int, context: Context, suffix: str = "年") -> str:
    """A period as a subtitle has it: ``平成28年〜令和6年``."""
    if context.lang != "ja":
        return f"{first}–{last}"
    return f"{era(first)}{suffix}〜{era(last)}{suffix}"


def era(year: int) -> str:
    """A year by its era without 年: ``令和7``."""
    return era_year(year, "")


def fiscal_year(context: Context) -> str:
    """The edition's year as a subtitle has it: ``令和7年度``."""
    return context.say(f"{era(context.year)}年度", f"FY{context.year}")


def alternative(kind: str, subject: str, finding: str, context: Context) -> str:
    """Alternative text: kind of chart, subject, the numbers that carry the finding, the table."""
    table = context.say(
        "数値の表は同名のCSVにある。", "The numbers are in the CSV of the same name."
    )
    stop = context.say("。", ". ")
    return f"{kind}{stop}{subject}{stop}{finding}{stop}{table}"


def joined(names: Sequence[str], context: Context) -> str:
    """Names as one phrase: ``A, b and c``."""
    if context.lang == "ja":
        return "と".join(names)
    first, *others = [names[0], *(name[:1].lower() + name[1:] for name in names[1:])]
    return " and ".join([", ".join([first, *others[:-1]]), *others[-1:]])


def over_years(rows: Sequence[Row], context: Context, subject: str = "") -> str:
    """The finding of a series: the first known year that can be compared against the last."""
    ordered = sorted(rows, key=lambda row: row.year)
    since = max((i for i, row in enumerate(ordered) if row.broken), default=0)
    known = nameable(ordered[since:])
    subject = subject or name(rows[0].indicator, context)
    if len(known) < 2:
        said = known[0].said(context) if known else ""
        broken = known and since
        end = context.say(
            "（前の年度とは数え方が違い、比べられない）",
            "; counted otherwise before, not comparable",
        )
        return context.say(f"{subject}は{said}", f"{subject}: {said}") + (end if broken else "")
    first, last = known[0], known[-1]
    ends = [row.text if len(row.unit) > 4 else row.said(context) for row in (first, last)]
    unclear = first.has_interval and last.has_interval and not apart(first, last)
    way = TREND[trend(first, last)]
    if unclear:
        end = context.say("（差は誤差の範囲）", ", within sampling error")
    else:
        end = "で横ばい" if way == TREND["level"] else f"へ{way[0]}"
    return context.say(
        f"{subject}は{era(first.year)}年度の{ends[0]}から{era(last.year)}年度の{ends[1]}{end}",
        f"{subject} {'went' if unclear else way[1]} from {ends[0]} in FY{first.year} "
        f"to {ends[1]} in FY{last.year}{end if unclear else ''}",
    )


def from_to(first: Row, last: Row, context: Context) -> str:
    """A series in alternative text: its first and its last number."""
    subject = name(first.indicator, context)
    return context.say(
        f"{subject}は{first.year}年度{first.said(context)}、{last.year}年度{last.said(context)}",
        f"{subject}: {first.said(context)} in FY{first.year}, "
        f"{last.said(context)} in FY{last.year}",
    )
