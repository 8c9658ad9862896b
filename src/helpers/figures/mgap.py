"""mGAP of one year: shares of low and high scores, and the waterfall of the amounts of intent."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from helpers import palette as p
from helpers.drawing import Chart, Context, Page, Spot
from helpers.drawing.fonts import MM, width
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.figures import mgap_shares, waterfall
from helpers.figures.chart_type import chart_type
from helpers.figures.row_table import sources, table
from helpers.figures.rows import Row, need, of_year, one, other_method, read
from helpers.figures.words import mgap as words
from helpers.rounding import MINUS
from helpers.sentences.indicator_row import name, unit_name
from helpers.sentences.typed import choose

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
    other: pd.DataFrame | None = None,
    population: str = "",
    key: str = "mgap",
    title: str | None = None,
    notes: Sequence[str] = (),
    source: str = "",
) -> Chart:
    """Draw how the mGAP of a year comes about, from the shares to the sum.

    Args:
        rows: ``share_0_5``, ``share_8_10``, ``modified_nps``, ``intent_amount`` by intent and
            ``mgap``; of one definition. ``population`` in 万人, for the note, if there is one.
        context: city, edition, language, width.
        intents: which intents in which order.
        other: the ``mgap`` of the same year by another method, a mark beside the sum.
        population: printed, in 万人, for the note where no row has it.
        key: name of the figure.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    known = of_year(read(rows), context.year)
    parts = need(known, indicator=_PARTS, breakdown="total", category=list(intents))
    total = need(known, indicator="mgap", breakdown="total")[0]
    people = one(known, indicator="population", breakdown="total", unit="万人")
    second = other_method(other, context.year, indicator="mgap")
    used = [*parts, total, *([people] if people else []), *([second] if second else [])]
    step = context.sizes.label * MM * 2.9
    head = line_mm(context.sizes.label) * (0.3 if context.narrow else 2.1)
    page = Page(
        context,
        title=choose(title, words.title(parts, total, context), used, context),
        subtitle=words.subtitle(total, context),
        notes=[*notes, *words.notes(total, second, people.text if people else population, context)],
        source=sources(used, source, context),
        plot_mm=head + step * waterfall.lines_of(intents, total, second),
    )
    columns = _columns(page, intents)
    for index, intent in enumerate(intents):
        _label(page, intent, head + (index + 0.5) * step)
    if not context.narrow:
        _heads(page, columns, total)
        mgap_shares.draw(
            page, parts, intents, bars=columns.bars, net=columns.net, place=(head, step)
        )
    amounts = [one(parts, indicator="intent_amount", category=i) for i in intents]
    steps = [row for row in amounts if row is not None]
    y = waterfall.draw(page, steps, total, second, across=columns.fall, place=(head, step))
    page.text(MARGIN, y, _sum_name(context), bold=True)
    if not context.narrow and all(row.known for row in steps):
        page.number(_sum_of(steps), [Spot(columns.net + 5.0, y, "right")], color=p.MUTED, rank=9)
    return page.chart(
        key,
        unit=unit_name(total.unit, context),
        alt=words.alt(parts, total, context),
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
    heading = full if width(full, page.sizes.label, True) < room else fall
    page.text(columns.fall[1] + 1.0, y, heading, bold=True, ha="right")


def _sum_name(context: Context) -> str:
    return "mGAP" if context.narrow else context.say("mGAP（合計）", "mGAP (sum)")


def _sum_of(steps: Sequence[Row]) -> str:
    """The sum written out: ``−165.6 − 1,097.1 + 848.7 ＝``."""
    first, *others = steps
    said = [first.text]
    said += [f"{'−' if row.value < 0 else '+'} {row.text.lstrip(MINUS)}" for row in others]
    return " ".join([*said, "="])
