"""The words of the chart type ``progress``."""

from collections.abc import Sequence

from helpers.drawing import Context
from helpers.figures.rows import Row, find, one
from helpers.labels import LABELS
from helpers.sentences import titles
from helpers.sentences.indicator_row import UNKNOWN, name

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


def state(row: Row) -> str:
    """The identifier of a status, whether the row prints it or its Japanese word."""
    return next((state for state in MARKS if row.printed == LABELS[state][0]), row.printed)


_RATES = ("kpi_attainment", "kpi_progress", "kpi_year_attainment")
JUDGED = ("kpi_status", "kpi_grade", *_RATES)


def status(mine: Sequence[Row], context: Context) -> str:
    """Grade, or status in a mark and words, with the rates there are, each by its name."""
    status, grade = (one(mine, indicator=n) for n in ("kpi_status", "kpi_grade"))
    words = f"{MARKS.get(state(status), '')} {name(state(status), context)}" if status else ""
    if grade:
        shown = name(f"kpi_grade_count.{grade.printed}", context)
        words = context.say(f"評価「{shown}」", f"Grade “{shown}”")
    rates = [row for n in _RATES if (row := one(mine, indicator=n)) and row.printed]
    said = [
        (f"{name(row.indicator, context)}{row.said(context)}",
         f"{name(row.indicator, context).lower()} {row.said(context)}")
        for row in rates
    ]  # fmt: skip
    if said:
        ja, en = ("、".join(one[0] for one in said), ", ".join(one[1] for one in said))
        words += context.say(f"（{ja}）", f" ({en})")
    return words.strip() or UNKNOWN


def title(judged: Sequence[Row], wanted: Sequence[str], context: Context, whose: str = "") -> str:
    """The finding."""
    if graded := [row for row in judged if row.indicator == "kpi_grade" and row.group in wanted]:
        return _graded(graded, context, whose or context.city)
    rows = [row for row in judged if row.indicator == "kpi_status"]
    states = {group: state(row) for group in wanted for row in rows if row.group == group}
    plain = f"{context.city}の成果指標の推移", f"Performance indicators of {context.city}"
    return _statuses(states, context) or context.say(*plain)


def subtitle(values: Sequence[Row], context: Context, whose: str = "") -> str:
    """Measure, area, period, unit."""
    whose = whose or context.city
    last = max((r.year for r in values if r.category == "target"), default=context.year)
    period = context.say(
        f"{titles.fiscal_year(context)}までの実績と{titles.era(last)}年度の目標",
        f"results to FY{context.year}, targets for FY{last}",
    )
    return context.say(
        f"{whose}の成果指標（{period}）",
        f"Performance indicators of {whose} ({period})",
    )


def note(values: Sequence[Row], context: Context) -> str:
    """What must be known to read the chart."""
    targets = [row for row in values if row.category == "target"]
    arrow = any(not row.known for row in targets)
    yearly = len(targets) > len({row.group for row in targets})
    there = {row.indicator for row in values}
    ja = ["R6などは令和の年度。斜線は現状値（基準）、濃い青は最新年度、破線は"
          + ("計画の目標値、実線の段は年度ごとの目標値" if yearly else "目標値")
          + "。「…」はデータなし"]  # fmt: skip
    en = ["Hatched: baseline; dark blue: latest fiscal year; dashed: "
          + ("the plan’s target; stepped line: targets of the years" if yearly else "target")
          + ". “…”: no data"]  # fmt: skip
    if arrow:
        ja.append("「上昇」「低下」は方向性のみの目標")
        en.append("“Rise” or “fall”: a target of direction only")
    evaluation = next((row for row in values if row.indicator == "evaluation"), None)
    grades = {row.group: row.printed for row in values if row.indicator == "kpi_grade"}
    back = [row for row in values if row.indicator == "kpi_progress" and row.value < 0]
    if back and (evaluation or grades):
        shown = [f"{name(row.group, context)} {row.said(context)}" for row in back]
        plain = grades[back[0].group] if evaluation is None else evaluation.printed
        beside = [f"{one}（「{grades[row.group]}」）" if row.group in grades else one
                  for one, row in zip(shown, back, strict=True)]  # fmt: skip
        lead = f"シートの評価は「{plain}」だが、" if evaluation else ""
        ja.append(f"{lead}現状値より後退した（進捗率が負の）指標: {'、'.join(beside)}")
        en.append((f"The sheet says “{plain}”, but m" if evaluation else "M")
                  + f"oved away from the baseline: {', '.join(shown)}")  # fmt: skip
    if there & {*_RATES}:
        ja.append("達成率＝実績÷計画の目標、進捗率＝（実績−現状値）÷（計画の目標−現状値）")
        en.append("Attainment: actual ÷ the plan’s target; progress: (actual − baseline) ÷ "
                  "(the plan’s target − baseline)")  # fmt: skip
    return context.say("。".join(ja), ". ".join(en))


def alt(used: Sequence[Row], wanted: Sequence[str], context: Context, whose: str = "") -> str:
    """Kind of chart, subject, the numbers that carry the finding."""
    said = []
    for group in wanted:
        values = find(used, indicator="kpi", group=group)
        last = max((r for r in values if r.category == "actual"), key=lambda r: r.year)
        targets = [r for r in values if r.category == "target"]
        target = max(targets, key=lambda r: r.year, default=None)
        aim = context.say(f"（目標{target.text}）", f" (target {target.text})") if target else ""
        said.append(f"{name(group, context)} {last.said(context)}{aim}")
    return titles.alternative(
        context.say("縦棒グラフ", "Column chart"),
        subtitle(used, context, whose),
        context.say("、", ", ").join(said),
        context,
    )


def _graded(rows: Sequence[Row], context: Context, whose: str) -> str:
    """How many measures have each grade."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.printed] = counts.get(row.printed, 0) + 1
    said = [
        context.say(f"「{shown}」が{n}", f"{n} “{shown}”")
        for grade, n in counts.items()
        for shown in [name(f"kpi_grade_count.{grade}", context)]
    ]
    return context.say(
        f"{whose}の成果指標{len(rows)}のうち、評価は{'、'.join(said)}",
        f"Of {len(rows)} indicators of {whose}: {', '.join(said)}",
    )


def _statuses(states: dict[str, str], context: Context) -> str:
    """What became of the indicators, in the order of ``STATUS``; none is left out."""
    ordered = [g for status in STATUS for g in states if states[g] == status]
    said = [(name(g, context), context.say(*STATUS[states[g]])) for g in ordered]
    return titles.statuses(said, context.say("指標", "indicators"), context) if said else ""
