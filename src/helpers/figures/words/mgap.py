"""The words of the chart type ``mgap``."""

from collections.abc import Sequence

from helpers.drawing import Context
from helpers.figures import titles
from helpers.figures.rows import Row, name, unit_name


def title(parts: Sequence[Row], total: Row, context: Context) -> str:
    """The finding."""
    amounts = [row for row in parts if row.indicator == "intent_amount" and row.known]
    if total.hidden or not amounts:
        return context.say(f"{context.city}のmGAP", f"mGAP of {context.city}")
    low = min(amounts, key=lambda row: row.value)
    high = max(amounts, key=lambda row: row.value)
    names = name(low.category, context), name(high.category, context)
    return context.say(
        f"mGAPは{total.text}。{names[0]}は{low.signed}、{names[1]}は{high.signed}",
        f"mGAP is {total.text}; {names[0]} {low.signed}, {names[1]} {high.signed}",
    )


def subtitle(total: Row, context: Context) -> str:
    """Measure, area, period, unit."""
    year = titles.fiscal_year(context)
    return context.say(
        f"{context.city}版mGAPの内訳（{year}、{unit_name(total.unit, context)}）",
        f"Parts of the mGAP of {context.city} ({year}, {unit_name(total.unit, context)})",
    )


def notes(people: str, context: Context) -> list[str]:
    """How the numbers come about, with the population (in 万人) that they are multiplied by."""
    size = f"（{people}万人）" if people else ""
    size_en = f" ({people} × 10,000)" if people else ""
    amount = context.say(
        f"意欲量＝修正NPS×定住人口{size}", f"Amount of intent = modified NPS × residents{size_en}"
    )
    if context.narrow:
        return [amount]
    nps = context.say(
        "6〜7点は図から省略。修正NPS＝8〜10点の割合 − 0〜5点の割合"
        "（端数処理のため、表示値の差と一致しない場合がある）",
        "Scores of 6–7 are left out. Modified NPS = share of 8–10 − share of 0–5 (may differ from "
        "the printed shares by rounding)",
    )
    return [nps, amount]


def alt(parts: Sequence[Row], total: Row, context: Context) -> str:
    """Kind of chart, subject, the numbers that carry the finding."""
    amounts = [row for row in parts if row.indicator == "intent_amount"]
    said = [f"{name(row.category, context)} {row.signed}" for row in amounts]
    comma = context.say("、", ", ")
    return titles.alternative(
        context.say("左右の棒グラフと滝グラフ", "Diverging bars and waterfall chart"),
        subtitle(total, context),
        context.say(
            f"意欲量は{comma.join(said)}、合計のmGAPは{total.text}",
            f"Amounts of intent: {comma.join(said)}; mGAP {total.text}",
        ),
        context,
    )
