"""Who answered against who lives here: shares by age and sex."""

from collections.abc import Sequence

import pandas as pd

from helpers import palette as p
from helpers.drawing import Chart, Context, Key, Page
from helpers.drawing.bars import bar
from helpers.drawing.fonts import MM, width
from helpers.drawing.sheet import MARGIN
from helpers.figures.chart_type import chart_type
from helpers.figures.row_table import sources, table
from helpers.figures.rows import Row, find, groups_of, need, of_year, one, read
from helpers.sentences import titles
from helpers.sentences.indicator_row import UNKNOWN, name
from helpers.sentences.typed import choose

SEXES = ("male", "female")


@chart_type
def pyramid(
    rows: pd.DataFrame,
    *,
    context: Context,
    sample: str = "sample_age",
    register: str = "register_age",
    key: str = "pyramid",
    title: str | None = None,
    notes: Sequence[str] = (),
    source: str = "",
) -> Chart:
    """Draw the age pyramid of the respondents as bars, that of the register as an outline.

    Args:
        rows: both indicators (shares of all, %) by ``age_group``, youngest first, categories
            ``male`` and ``female``.
        context: city, edition, language, width.
        sample: the indicator of the respondents.
        register: the indicator of the residents.
        key: name of the figure.
        title: replaces the computed one; its numbers must be among the rows.
        notes: printed after 注.
        source: printed after 出典.
    """
    used = of_year(
        need(read(rows), indicator=[sample, register], breakdown="age_group"), context.year
    )
    groups = groups_of(used)[::-1]
    pitch = context.sizes.label * MM * 2.0
    page = Page(
        context,
        title=choose(title, _title(used, sample, register, context), used, context),
        subtitle=_subtitle(used, sample, context),
        legend=[
            Key(name(sample, context), p.POSITIVE_SOFT),
            Key(name(register, context), p.NEGATIVE, "dashed"),
        ],
        notes=[
            *notes,
            context.say(
                f"かっこ内は{name(register, context)}",
                f"In brackets: {name(register, context).lower()}",
            ),
        ],
        source=sources(used, source, context),
        plot_mm=pitch * (len(groups) + 1.1),
    )
    size = page.sizes.label
    middle = max(width(name(g, context), size) for g in groups) + 4.0
    numbers = max(width(_pair(row, row), page.sizes.note) for row in used) + 1.5
    half = (page.width - 2 * MARGIN - middle) / 2
    bar_mm, top = half - numbers, pitch * 1.1
    most = max(row.value for row in used if row.known)
    for sex, zero, sign in ((SEXES[0], MARGIN + half, -1), (SEXES[1], MARGIN + half + middle, 1)):
        side = "right" if sign < 0 else "left"
        page.text(zero, pitch * 0.5, name(sex, context), bold=True, ha=side)
        axes = page.axes(zero - bar_mm if sign < 0 else zero, top, bar_mm, pitch * len(groups))
        axes.set(xlim=(-most, 0) if sign < 0 else (0, most), ylim=(len(groups), 0))
        page.rule([zero, zero], [top, top + pitch * len(groups)], color=p.INK)
        for index, group in enumerate(groups):
            answered = one(used, indicator=sample, group=group, category=sex)
            living = one(used, indicator=register, group=group, category=sex)
            reach = [r.value for r in (answered, living) if r and r.known]
            if answered and answered.known:
                bar(
                    axes,
                    index + 0.5,
                    sign * answered.value,
                    wide=0.78,
                    across=True,
                    facecolor=p.POSITIVE_SOFT,
                    edgecolor=p.OUTLINE,
                    lw=0.5,
                )
            if living and living.known:
                bar(
                    axes,
                    index + 0.5,
                    sign * living.value,
                    wide=0.78,
                    across=True,
                    facecolor="none",
                    edgecolor=p.NEGATIVE,
                    lw=1.1,
                    ls="--",
                )
            end = zero + sign * max(reach, default=0.0) / most * bar_mm + sign * 1.0
            page.text(
                end,
                top + (index + 0.5) * pitch,
                _pair(answered, living),
                size=page.sizes.note,
                ha=side,
            )
    for index, group in enumerate(groups):
        page.text(
            MARGIN + half + middle / 2,
            top + (index + 0.5) * pitch,
            name(group, context),
            ha="center",
        )
    return page.chart(
        key,
        unit=context.say("％", "%"),
        alt=_alt(used, sample, register, context),
        data=table(used, context),
    )


def _pair(answered: Row | None, living: Row | None) -> str:
    """Both shares, that of the register in brackets."""
    first, second = (row.text if row else UNKNOWN for row in (answered, living))
    return f"{first} ({second})"


def _title(used: Sequence[Row], sample: str, register: str, context: Context) -> str:
    answered = find(used, indicator=sample)
    pairs = [
        (row, other)
        for row in answered
        if (other := one(used, indicator=register, group=row.group, category=row.category))
        and row.known
        and other.known
    ]
    base = max((row.n for row in answered if row.n == row.n), default=float("nan"))
    return titles.unlike_register(pairs, base, context, _subtitle(used, sample, context))


def _subtitle(used: Sequence[Row], sample: str, context: Context) -> str:
    base = next((row.n for row in find(used, indicator=sample) if row.n == row.n), None)
    n = f"、n={base:,.0f}" if base is not None else ""
    return context.say(
        f"{context.city}の回答者と住民の年齢・性別の構成（{titles.fiscal_year(context)}、％{n}）",
        f"Age and sex of respondents and residents, {context.city} "
        f"({titles.fiscal_year(context)}, %{n.replace('、', ', ')})",
    )


def _alt(used: Sequence[Row], sample: str, register: str, context: Context) -> str:
    return titles.alternative(
        context.say("人口ピラミッド", "Age pyramid"),
        _subtitle(used, sample, context),
        _title(used, sample, register, context),
        context,
    )
