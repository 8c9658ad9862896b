"""mGAP of one year: shares of low and high scores, and the waterfall of the amounts of intent."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from helpers.drawing import Chart, Context, Page
from helpers.drawing import palette as p
from helpers.drawing.fonts import MM, width
from helpers.drawing.lint import FLOATING
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.figures import titles
from helpers.figures.chart_type import chart_type
from helpers.figures.rows import Row, name, need, of_year, one, read, sources, table, unit_name
from helpers.rounding import MINUS

INTENTS = ("recommend", "participate", "thank")
# What an intent says, in small type under its name.
WISHES = {
    "recommend": ("おすすめしたい", "would recommend"),
    "participate": ("活動に参加したい", "would take part"),
    "thank": ("感謝している", "is grateful"),
}
_PARTS = ("share_0_5", "share_8_10", "modified_nps", "intent_amount")


@dataclass(frozen=True)
class _Columns:
    """Where the columns of the chart begin and end, in millimetres."""

    label: float
    bars: tuple[float, float]
    net: float
    fall: tuple[float, float]


@chart_type
def mgap_bars(
    rows: pd.DataFrame,
    *,
    context: Context,
    intents: Sequence[str] = INTENTS,
    key: str = "mgap",
    title: str | None = None,
    notes: Sequence[str] = (),
    source: str = "",
) -> Chart:
    """Draw how the mGAP of a year comes about, from the shares to the sum.

    Args:
        rows: ``share_0_5``, ``share_8_10``, ``modified_nps``, ``intent_amount`` by intent and
            ``mgap``; of one definition.
        context: city, edition, language, width.
        intents: which intents in which order.
        key: name of the figure.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    known = of_year(read(rows), context.year)
    parts = need(known, indicator=_PARTS, breakdown="total", category=list(intents))
    total = need(known, indicator="mgap", breakdown="total")[0]
    used = [*parts, total]
    step = context.sizes.label * MM * 2.9
    head = line_mm(context.sizes.label) * (0.3 if context.narrow else 2.1)
    page = Page(
        context,
        title=titles.choose(title, _title(parts, total, context), used, context),
        subtitle=_subtitle(total, context),
        notes=[*notes, *([] if context.narrow else [_note(context)])],
        source=sources(used, source, context),
        plot_mm=head + step * (len(intents) + 1.35),
    )
    columns = _columns(page, intents)
    for index, intent in enumerate(intents):
        _label(page, intent, head + (index + 0.5) * step)
    if not context.narrow:
        _heads(page, columns, total)
        _shares(page, columns, parts, intents, (head, step))
    _waterfall(page, columns, parts=parts, total=total, intents=intents, place=(head, step))
    return page.chart(
        key,
        unit=unit_name(total.unit, context),
        alt=_alt(parts, total, context),
        data=table(used, context),
    )


def _columns(page: Page, intents: Sequence[str]) -> _Columns:
    right = page.width - MARGIN - 1.0
    label = MARGIN + 2.0 + _label_mm(page, intents)
    if page.context.narrow:
        return _Columns(label, (0, 0), 0, (label, right))
    unit = page.width / 160
    left = max(25.0 * unit, label)
    return _Columns(label, (left, 77.0 * unit), 87.0 * unit, (99.0 * unit, right))


def _label_mm(page: Page, intents: Sequence[str]) -> float:
    size, note = page.sizes.label, page.sizes.note
    names = [width(name(intent, page.context), size, True) for intent in intents]
    wishes = [width(page.context.say(*WISHES[i]), note) for i in intents if i in WISHES]
    return max([*names, *wishes, width(_sum_name(page.context), size, True)])


def _label(page: Page, intent: str, y: float) -> None:
    note = line_mm(page.sizes.note)
    wish = page.context.say(*WISHES[intent]) if intent in WISHES else ""
    page.text(MARGIN, y - (note * 0.55 if wish else 0), name(intent, page.context), bold=True)
    if wish:
        page.text(MARGIN, y + note * 0.55, wish, size=page.sizes.note, color=p.MUTED)


def _heads(page: Page, columns: _Columns, total: Row) -> None:
    context = page.context
    y = line_mm(page.sizes.label) / 2
    middle = sum(columns.bars) / 2
    page.text(middle, y, context.say("得点の分布（％）", "Scores (%)"), bold=True, ha="center")
    page.text(columns.net, y, name("modified_nps", context), bold=True, ha="center")
    fall = context.say("意欲量の積み上げ", "Amount of intent")
    unit = unit_name(total.unit, context)
    full = context.say(f"{fall}（{unit}）", f"{fall} ({unit})")
    room = columns.fall[1] - columns.net - width(name("modified_nps", context), page.sizes.label)
    words = full if width(full, page.sizes.label, True) < room else fall
    page.text(columns.fall[1] + 1.0, y, words, bold=True, ha="right")


def _shares(
    page: Page,
    columns: _Columns,
    parts: Sequence[Row],
    intents: Sequence[str],
    place: tuple[float, float],
) -> None:
    """Low scores to the left of the axis, high scores to the right, the net as a number."""
    head, step = place
    left, right = columns.bars
    low = {row.category: row for row in parts if row.indicator == "share_0_5"}
    high = {row.category: row for row in parts if row.indicator == "share_8_10"}
    most = max(row.value for row in low.values()), max(row.value for row in high.values())
    axes = page.axes(left, head, right - left, step * len(intents))
    axes.set(xlim=(-most[0], most[1]), ylim=(len(intents), 0))
    per_point = (right - left) / sum(most)
    for index, intent in enumerate(intents):
        for row, sign, color in ((low[intent], -1, p.NEGATIVE), (high[intent], 1, p.POSITIVE)):
            axes.barh(index + 0.5, sign * row.value, height=0.6, color=color)
            x, y = page.where(axes, sign * row.value / 2, index + 0.5)
            if width(row.text, page.sizes.label, True) + 0.8 <= row.value * per_point:
                page.text(x, y, row.text, bold=True, color=p.PAPER, ha="center")
            else:
                end = page.where(axes, sign * row.value, index + 0.5)[0] + sign
                side = "left" if sign > 0 else "right"
                page.text(end, y, row.text, bold=True, color=color, ha=side)
        net = one(parts, indicator="modified_nps", category=intent)
        if net is not None:
            y = page.where(axes, 0, index + 0.5)[1]
            size = page.sizes.label * 1.15
            color = p.signed(net.value)
            page.text(columns.net, y, net.signed, bold=True, color=color, ha="center", size=size)
    zero, top = page.where(axes, 0, 0)
    page.rule([zero, zero], [top, top + step * len(intents)], color=p.INK, points=1.0)
    y = head - line_mm(page.sizes.label) / 2 + 0.8
    page.text(zero - 1.0, y, name("share_0_5", page.context), color=p.NEGATIVE, ha="right")
    page.text(zero + 1.0, y, name("share_8_10", page.context), color=p.POSITIVE)


def _waterfall(
    page: Page,
    columns: _Columns,
    *,
    parts: Sequence[Row],
    total: Row,
    intents: Sequence[str],
    place: tuple[float, float],
) -> None:
    """The amounts one after another, and what they come to."""
    head, step = place
    left, right = columns.fall
    amounts = [one(parts, indicator="intent_amount", category=i) for i in intents]
    steps = [row for row in amounts if row is not None]
    ends = [sum(row.value for row in steps[:i]) for i in range(len(steps) + 1)]
    low, high = min(0.0, *ends, total.value), max(0.0, *ends, total.value)
    rows_mm = step * (len(steps) + 1.35)
    axes = page.axes(left, head, right - left, rows_mm)
    axes.set(xlim=(low, high), ylim=(len(steps) + 1.35, 0))
    page.rule(
        [page.where(axes, 0, 0)[0]] * 2, [head, head + rows_mm - 2.2], color=p.INK, points=1.0
    )
    for index, row in enumerate([*steps, total]):
        is_total = row is total
        y = index + (0.8 if is_total else 0.5)
        start = 0.0 if is_total else ends[index]
        color = p.TOTAL if is_total else p.signed(row.value)
        [bar] = axes.barh(y, row.value, left=start, height=0.6, color=color)
        if not is_total:
            bar.set_gid(FLOATING)
            below = index + (1.5 if index + 1 == len(steps) else 1.2)
            axes.plot([ends[index + 1]] * 2, [y + 0.3, below], color=p.OUTLINE, lw=0.6)
        _amount(
            page,
            axes_at=(page.where(axes, start, y), page.where(axes, start + row.value, y)),
            least=columns.label,
            row=row,
            color=color,
        )
    y = len(steps) + 0.8
    x, mm = page.where(axes, 0, y)
    page.text(MARGIN, mm, _sum_name(page.context), bold=True)
    if not page.context.narrow:
        page.text(columns.net + 5.0, mm, _sum_of(steps), color=p.MUTED, ha="right")
    page.text(x, head + rows_mm - 0.6, "0", size=page.sizes.note, color=p.MUTED, ha="center")


def _sum_name(context: Context) -> str:
    return "mGAP" if context.narrow else context.say("mGAP（合計）", "mGAP (sum)")


def _sum_of(steps: Sequence[Row]) -> str:
    """The sum written out: ``−165.6 − 1,097.1 + 848.7 ＝``."""
    first, *others = steps
    said = [first.text]
    said += [f"{'−' if row.value < 0 else '+'} {row.text.lstrip(MINUS)}" for row in others]
    return " ".join([*said, "="])


def _amount(
    page: Page,
    *,
    axes_at: tuple[tuple[float, float], tuple[float, float]],
    least: float,
    row: Row,
    color: str,
) -> None:
    """The number of a step: on its bar, or beside it where there is room."""
    (x0, y), (x1, _) = axes_at
    size = page.sizes.label
    text = row.text if color == p.TOTAL else row.signed
    if width(text, size, True) + 1.6 <= abs(x1 - x0):
        page.text((x0 + x1) / 2, y, text, bold=True, color=p.PAPER, ha="center")
        return
    leftmost = min(x0, x1) - 1.0
    if leftmost - width(text, size, True) > least - 1.0:
        page.text(leftmost, y, text, bold=True, color=color, ha="right")
    else:
        page.text(max(x0, x1) + 1.0, y, text, bold=True, color=color)


def _title(parts: Sequence[Row], total: Row, context: Context) -> str:
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


def _subtitle(total: Row, context: Context) -> str:
    year = titles.fiscal_year(context)
    return context.say(
        f"{context.city}版mGAPの内訳（{year}、{unit_name(total.unit, context)}）",
        f"Parts of the mGAP of {context.city} ({year}, {unit_name(total.unit, context)})",
    )


def _note(context: Context) -> str:
    return context.say(
        "6〜7点は図から省略。修正NPS＝8〜10点の割合−0〜5点の割合（端数処理のため、表示値の差と一致しない場合がある）。"
        "意欲量＝修正NPS×定住人口",
        "Scores of 6–7 are left out. Modified NPS = share of 8–10 − share of 0–5 (may differ from "
        "the printed shares by rounding). Amount of intent = modified NPS × residents",
    )


def _alt(parts: Sequence[Row], total: Row, context: Context) -> str:
    amounts = [row for row in parts if row.indicator == "intent_amount"]
    said = [f"{name(row.category, context)} {row.signed}" for row in amounts]
    comma = context.say("、", ", ")
    return titles.alternative(
        context.say("左右の棒グラフと滝グラフ", "Diverging bars and waterfall chart"),
        _subtitle(total, context),
        context.say(
            f"意欲量は{comma.join(said)}、合計のmGAPは{total.text}",
            f"Amounts of intent: {comma.join(said)}; mGAP {total.text}",
        ),
        context,
    )
