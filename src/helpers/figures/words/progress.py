"""The words of the chart type ``progress``."""

from collections.abc import Sequence

from helpers.drawing import Context
from helpers.figures import titles
from helpers.figures.rows import (
    UNKNOWN,
    Row,
    find,
    name,
    one,
)
from helpers.labels import LABELS

# A mark beside the word, so that a status is never told by colour.
MARKS = {
    "achieved": "●", "on_pace": "○", "kept": "○", "improved": "△", "level": "→",
    "behind": "▽", "declined": "▼", "worse": "▼", "missed": "▼",
}  # fmt: skip


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


def state(row: Row) -> str:
    """The identifier of a status, whether the row prints it or its Japanese word."""
    return next((state for state in MARKS if row.printed == LABELS[state][0]), row.printed)


def status(mine: Sequence[Row], context: Context) -> str:
    """Status in a mark and words, with the rate where there is one."""
    status = one(mine, indicator="kpi_status")
    rate = one(mine, indicator="kpi_attainment")
    words = f"{MARKS.get(state(status), '')} {name(state(status), context)}" if status else ""
    if rate and rate.printed:
        words += context.say(
            f"（{name('kpi_attainment', context)}{rate.said(context)}）",
            f" ({name('kpi_attainment', context).lower()} {rate.said(context)})",
        )
    return words.strip() or UNKNOWN


def title(judged: Sequence[Row], wanted: Sequence[str], context: Context) -> str:
    """The finding."""
    rows = [row for row in judged if row.indicator == "kpi_status"]
    states = {group: state(row) for group in wanted for row in rows if row.group == group}
    plain = f"{context.city}の成果指標の推移", f"Performance indicators of {context.city}"
    return _statuses(states, context) or context.say(*plain)


def subtitle(values: Sequence[Row], context: Context) -> str:
    """Measure, area, period, unit."""
    last = max((r.year for r in values if r.category == "target"), default=context.year)
    period = context.say(
        f"{titles.fiscal_year(context)}までの実績と{titles.era(last)}年度の目標",
        f"results to FY{context.year}, targets for FY{last}",
    )
    return context.say(
        f"{context.city}の成果指標（{period}）",
        f"Performance indicators of {context.city} ({period})",
    )


def note(values: Sequence[Row], context: Context) -> str:
    """What must be known to read the chart."""
    arrow = any(row.category == "target" and not row.known for row in values)
    return context.say(
        "R6などは令和の年度。斜線は現状値（基準）、濃い青は最新年度、破線は目標値。「…」はデータなし"
        + ("。「上昇」「低下」は方向性のみの目標" if arrow else ""),
        "Hatched: baseline; dark blue: latest fiscal year; dashed: target. “…”: no data"
        + (". “Rise” or “fall”: a target of direction only" if arrow else ""),
    )


def alt(used: Sequence[Row], wanted: Sequence[str], context: Context) -> str:
    """Kind of chart, subject, the numbers that carry the finding."""
    said = []
    for group in wanted:
        values = find(used, indicator="kpi", group=group)
        last = max((r for r in values if r.category == "actual"), key=lambda r: r.year)
        target = next((r for r in values if r.category == "target"), None)
        aim = context.say(f"（目標{target.text}）", f" (target {target.text})") if target else ""
        said.append(f"{name(group, context)} {last.said(context)}{aim}")
    return titles.alternative(
        context.say("縦棒グラフ", "Column chart"),
        subtitle(used, context),
        context.say("、", ", ").join(said),
        context,
    )


def _statuses(states: dict[str, str], context: Context) -> str:
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
