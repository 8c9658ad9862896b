"""What a comparison says, in Japanese and English."""

from helpers.comparison.change import BEYOND, UNKNOWN, WITHIN, Change
from helpers.comparison.comparison import Comparison
from helpers.problems import counted
from helpers.rounding import MINUS, printed

WORDS: dict[str, dict[str, str]] = {
    "ja": {
        "title": "{before} から {after} への変化",
        "empty": "違いはありません。",
        "status": "評価・状況の変化",
        "method": "定義・方法・出典の変化（前後の数値をそのまま比べられません）",
        BEYOND: "誤差の範囲を超えた変化",
        WITHIN: "誤差の範囲の変化（上がったとも下がったともいえません）",
        UNKNOWN: "そのほかの数値の変化（標本誤差がないか、わからないもの）",
        "handling": "表示の扱いの変化（参考値、非公表など）",
        "revision": "同じ年の数値の修正",
        "new": "新しい行",
        "dropped": "なくなった行",
        "figures": "図",
        "heads": "指標|定義|前|後|差|誤差",
        "chance": "区間のある {n} 組のうち約 {m} 組は、何も変わらなくても偶然この幅を超えます。",
        "margin": "±{m}",
        "rest": "  ほかに {n} 行（--csv か --html ですべて）",
        "same": "同じ図です",
        "none": "ありません",
        "unit": "ポイント",
    },
    "en": {
        "title": "What changed from {before} to {after}",
        "empty": "No differences.",
        "status": "Changes of grade and status",
        "method": "Changes of definition, method or source (numbers not comparable as they are)",
        BEYOND: "Changes beyond sampling error",
        WITHIN: "Changes within sampling error (neither a rise nor a fall)",
        UNKNOWN: "Other changed numbers (no sampling error, or unknown)",
        "handling": "Changes in how a number may be shown",
        "revision": "Revised numbers of the same year",
        "new": "New rows",
        "dropped": "Dropped rows",
        "figures": "Figures",
        "heads": "Indicator|Definition|Before|After|Difference|Error",
        "chance": "By chance alone about {m} of {n} with intervals would pass this width.",
        "margin": "±{m}",
        "rest": "  and {n} more (all with --csv or --html)",
        "same": "The same picture",
        "none": "None",
        "unit": " points",
    },
}
SECTIONS = (
    ("status", ""),
    ("method", ""),
    ("change", BEYOND),
    ("change", UNKNOWN),
    ("change", WITHIN),
    ("handling", ""),
    ("revision", ""),
    ("new", ""),
    ("dropped", ""),
)


def heading(comparison: Comparison, lang: str = "ja") -> str:
    """The title: from which edition to which."""
    names = comparison.before.name, comparison.after.name
    if lang == "en":
        names = f"FY{comparison.before.year}", f"FY{comparison.after.year}"
    return WORDS[lang]["title"].format(before=names[0], after=names[1])


def chance(comparison: Comparison, lang: str = "ja") -> str:
    """How many of the judged pairs pass the margin by chance; empty where none is judged."""
    judged = sum(each.judgement != UNKNOWN for each in comparison.kind("change"))
    if not judged:
        return ""
    pairs = counted(judged, "pair") if lang == "en" else judged
    return WORDS[lang]["chance"].format(n=pairs, m=round(judged * 0.05))


def side(change: Change, which: str, lang: str = "ja") -> str:
    """One side's number as printed, with unit and year: ``74.6%（2024）``."""
    row = change.before if which == "before" else change.after
    if row is None:
        return ""
    mark = f" [{row['flag']}]" if row["flag"] else ""
    number = row["printed"] or "－"
    year = f"（{row['fiscal_year']}）" if lang == "ja" else f" ({row['fiscal_year']})"
    return f"{number}{row['unit']}{mark}{year}"


def other(change: Change, lang: str = "ja") -> str:
    """What else differs than the number: ``basis: microdata → published``."""
    if change.before is None or change.after is None:
        return ""
    old, new = change.before, change.after
    names = ("definition", "basis", "unit", "source", "flag")
    if change.kind not in ("method", "revision"):
        return ""
    parts = [f"{n}: {old[n] or '－'} → {new[n] or '－'}" for n in names if old[n] != new[n]]
    return ("、" if lang == "ja" else ", ").join(parts)


def difference(change: Change, lang: str = "ja") -> str:
    """The difference with its sign and unit: ``−0.9ポイント``."""
    text = change.difference
    if not text:
        return ""
    sign = "" if text.startswith(MINUS) or not text.strip("0.") else "+"
    unit = WORDS[lang]["unit"] if change.unit == "ポイント" else change.unit
    return f"{sign}{text}{unit}"


def margin(change: Change, lang: str = "ja") -> str:
    """``±3.5``, in the unit of the difference."""
    if change.margin is None:
        return ""
    decimals = len(change.difference.partition(".")[2])
    return WORDS[lang]["margin"].format(m=printed(change.margin, decimals))


def section_title(kind: str, judgement: str, lang: str = "ja") -> str:
    """The heading of a section."""
    return WORDS[lang][judgement or kind]
