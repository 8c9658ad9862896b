"""The words of the chart type ``mgap``."""

from collections.abc import Sequence

from helpers.drawing import Context
from helpers.figures.rows import Row
from helpers.sentences import titles
from helpers.sentences.indicator_row import name, unit_name


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


def second_mark(total: Row, other: Row, context: Context) -> str:
    """What the mark of the other method is, and of whom it speaks where not of the same."""
    pooled = other.source != total.source
    return context.say(
        f"◇は市の方法による値 {other.text}"
        + ("（無作為抽出でない回答も合わせている）" if pooled else ""),
        f"◇: by the city's method, {other.text}"
        + (" (also of answers outside the random sample)" if pooled else ""),
    )


def one_point(total: Row, context: Context) -> list[str]:
    """What one point of mGAP means: 1 % of 10,000 residents."""
    said = "1ポイントは差し引き100人分の意欲", "One point: the willingness of 100 people, net"
    return [context.say(*said)] if total.unit == "万人・ポイント" else []


def notes(total: Row, other: Row | None, people: str, context: Context) -> list[str]:
    """How the numbers come about.

    Args:
        total: the headline; its interval is drawn.
        other: the mGAP by another method.
        people: the population (in 万人) that they are multiplied by.
        context: city, edition, language.
    """
    marks = []
    if total.has_interval:
        marks.append(context.say("横の線は95％信頼区間", "Horizontal line: 95% interval"))
    if other and other.known:
        marks.append(second_mark(total, other, context))
    marks += one_point(total, context)
    size = f"（{people}万人）" if people else ""
    size_en = f" ({people} × 10,000)" if people else ""
    amount = context.say(
        f"意欲量＝修正NPS×定住人口{size}", f"Amount of intent = modified NPS × residents{size_en}"
    )
    if context.narrow:
        return [amount, *marks]
    nps = context.say(
        "6〜7点は図から省略。修正NPS＝8〜10点の割合 − 0〜5点の割合"
        "（端数処理のため、表示値の差と一致しない場合がある）",
        "Scores of 6–7 are left out. Modified NPS = share of 8–10 − share of 0–5 (may differ from "
        "the printed shares by rounding)",
    )
    return [nps, amount, *marks]


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
