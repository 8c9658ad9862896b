"""Titles that state the finding: plain phrases, thresholds, and the check of a written title.

Neutral words only. A difference is named where the intervals of both numbers are apart or, where
no interval is known, as a description of printed numbers. A small base is never named.
"""

import re
from collections.abc import Iterable, Sequence

from helpers.drawing import Context
from helpers.figures.rows import Row, name
from helpers.labels import LABELS
from helpers.trends import LEVEL_PERCENT, LEVEL_POINTS, POINTS, TREND
from helpers.years import era_year

# Who the positive share of a question is, as a sentence says it.
PEOPLE = {
    "attachment": ("地域に愛着を感じている人", "Residents attached to the city"),
    "residence_intention": ("住み続けたい人", "Residents who wish to stay"),
    "housing_satisfaction": ("住み心地に満足している人", "Residents satisfied with living here"),
}

# What became of an indicator, as a sentence says it; told in this order.
STATUS = {
    "achieved": ("は目標を達成", ": target reached"),
    "worse": ("は現状値より後退", ": moved away from the baseline"),
    "missed": ("は目標に届かず", ": target missed"),
    "declined": ("は低下", ": declined"),
    "behind": ("は必要なペースに遅れ", ": behind the required pace"),
    "improved": ("は改善", ": improved"),
    "on_pace": ("は順調", ": on pace"),
    "kept": ("は維持", ": kept"),
    "level": ("は横ばい", ": level"),
}
_LONGEST = 40  # characters of a title; about a line at full width


def apart(one: Row, other: Row) -> bool:
    """Whether a difference between two numbers may be named."""
    if one.has_interval and other.has_interval:
        return one.high < other.low or other.high < one.low
    return one.printed != other.printed


def trend(before: Row, after: Row) -> str:
    """``up``, ``level`` or ``down``, by the thresholds and the intervals."""
    difference = after.value - before.value
    if before.has_interval and after.has_interval and not apart(before, after):
        return "level"
    if before.unit in POINTS:
        level = abs(difference) < LEVEL_POINTS
    else:
        level = abs(difference) < abs(before.value) * LEVEL_PERCENT / 100
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
    low = min(named, key=lambda row: row.value)
    if total and not apart(low, total):
        high = max(named, key=lambda row: row.value)
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
        f"{subject}: lowest at {where}, {low.said(context)}{end}",
    )


def between(subject: str, low: Row, high: Row, context: Context) -> str:
    """A range: from the lowest group to the highest."""
    names = name(low.group, context), name(high.group, context)
    return context.say(
        f"{subject}は{names[0]}の{low.said(context)}から{names[1]}の{high.said(context)}まで開きがある",
        f"{subject}: from {low.said(context)} ({names[0]}) to {high.said(context)} ({names[1]})",
    )


def statuses(states: dict[str, str], context: Context) -> str:
    """What became of the indicators, the most telling first, as many as a title holds."""
    ordered = sorted(
        states, key=lambda g: list(STATUS).index(states[g]) if states[g] in STATUS else 99
    )
    said = [
        name(g, context) + context.say(*STATUS[states[g]]) for g in ordered if states[g] in STATUS
    ]
    kept: list[str] = []
    for phrase in said:
        if not kept or len("".join([*kept, phrase])) <= _LONGEST * (
            1 if context.lang == "ja" else 2
        ):
            kept.append(phrase)
    return context.say("、", "; ").join(kept)


_NUMBER = re.compile(r"[−+-]?\d[\d,]*(?:\.\d+)?")
# Numbers that name something instead of measuring it.
_NAMING = re.compile(
    r"(令和|平成|昭和)\d+年?度?|[RHS]\d+|FY\d{4}|(19|20)\d{2}(年度?)?|\d+(市|項目|区分|か年|年間)|95％"
)


def choose(written: str | None, computed: str, rows: Iterable[Row], context: Context) -> str:
    """The analyst's title if there is one and its numbers are those of the rows.

    Raises:
        ValueError: a number of the title is not among the printed numbers of the figure.
    """
    if written is None:
        return computed
    known = list(rows)
    allowed = {_plain(row.printed) for row in known} | {_plain(row.text) for row in known}
    allowed |= {f"{row.n:g}" for row in known}
    rest = written
    words = [pair[context.lang != "ja"] for pair in LABELS.values()] + [
        w for _, w in context.labels
    ]
    for word in sorted((w for w in words if re.search(r"\d", w)), key=len, reverse=True):
        rest = rest.replace(word, " ")
    rest = _NAMING.sub(" ", rest)
    for found in _NUMBER.findall(rest):
        if _plain(found) not in allowed:
            raise ValueError(
                f"題名「{written}」の数値「{found}」は、この図の数値にありません。"
                "題名を直すか、title= を外して計算された題名を使ってください。"
            )
    return written


def _plain(text: str) -> str:
    return text.replace(",", "").lstrip("+−-")


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


def over_years(rows: Sequence[Row], context: Context, subject: str = "") -> str:
    """The finding of a series: the first known year against the last."""
    known = sorted(nameable(rows), key=lambda row: row.year)
    subject = subject or name(rows[0].indicator, context)
    if len(known) < 2:
        said = known[0].said(context) if known else ""
        return context.say(f"{subject}は{said}", f"{subject}: {said}")
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
