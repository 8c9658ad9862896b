"""One 100 % bar with its numbers: inside where they fit, else beside or above it."""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from helpers import palette as p
from helpers.drawing import Page, Spot
from helpers.drawing.bars import bar, stroke
from helpers.drawing.context import Context
from helpers.drawing.fonts import MM, width
from helpers.drawing.lint import SCALE
from helpers.figures.rows import Row
from helpers.sentences.indicator_row import UNKNOWN

COLORS = {
    3: (p.POSITIVE, p.MIDDLE, p.NEGATIVE),
    4: (p.POSITIVE, p.POSITIVE_SOFT, p.NEGATIVE_SOFT, p.NEGATIVE),
    5: p.LIKERT,
}
_SILENT = {"dont_know": "#bfbfbf", "no_answer": "#d9d9d9", "": p.SEQUENTIAL[2]}
_SHIFTS = (0.0, -1.2, 1.2, -2.4, 2.4, -3.6, 3.6, -4.8, 4.8)  # of a number above its segment


Categories = Sequence[str] | Mapping[str, str]
"""The parts of a bar from left to right; or part → role, for any number of options."""


def colors(categories: Categories) -> list[str]:
    """The colour of each part: by its role, the strongest at the ends of the scale."""
    if not isinstance(categories, Mapping):
        return list(COLORS[len(categories)])
    parts = list(categories.items())
    roles = [role for _, role in parts]
    if not {"positive", "negative"} & {*roles}:  # no good and bad: from dark to pale
        each = _between(p.SEQUENTIAL[4], p.SEQUENTIAL[0], sum(role == "" for role in roles))
        return [each.pop(0) if role == "" else _SILENT.get(role, p.MIDDLE) for role in roles]
    good_first = "negative" not in roles or (
        "positive" in roles and roles.index("positive") < roles.index("negative")
    )
    good = _between(p.POSITIVE, p.POSITIVE_SOFT, roles.count("positive"))
    bad = _between(p.NEGATIVE_SOFT, p.NEGATIVE, roles.count("negative"))
    middle = _between(p.MIDDLE, p.GRID, roles.count("neutral"))
    if not good_first:
        good.reverse()
        bad.reverse()
    told = {"positive": good, "negative": bad, "neutral": middle}
    return [told[role].pop(0) if role in told else _SILENT[role] for role in roles]


def _between(first: str, last: str, count: int) -> list[str]:
    """Colours from one to the other; of a single one the first, or the strong end of two."""
    if count < 2:
        return [p.NEGATIVE if last == p.NEGATIVE else first][:count]
    ends = [[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in (first, last)]
    steps = [k / (count - 1) for k in range(count)]
    return ["#" + "".join(f"{round(a + (b - a) * step):02x}" for a, b in zip(*ends, strict=True))
            for step in steps]  # fmt: skip


def bar_mm(context: Context) -> float:
    """Height of a bar."""
    return context.sizes.label * MM * 1.65


def above_mm(context: Context) -> float:
    """Room over a bar for the number of a segment that is too narrow for it."""
    return context.sizes.note * MM * 0.85 + 0.6


def inside(row: Row, mm: float, last: bool, context: Context, bold: bool = False) -> float:
    """The size in which a number fits into its segment of the bar, 0 where none does."""
    # The last number goes outside rather than small; the others have no outside at their height.
    sizes = (context.sizes.label, context.sizes.note, *(() if last else (context.sizes.least,)))
    return next((size for size in sizes if width(row.text, size, bold) + 0.7 <= mm), 0.0)


def draw(
    page: Page,
    axes: Axes,
    shown: Sequence[Row],
    categories: Categories,
    *,
    y: float,
    bold: bool,
) -> None:
    """Draw the bar of a group.

    Args:
        page: the page.
        axes: 0 to 100 across, millimetres down.
        shown: the rows of the group, one a category.
        categories: from left to right.
        y: the middle height of the bar, in the axes.
        bold: whether the group stands out.
    """
    high = bar_mm(page.context)
    left, middle = page.where(axes, 0, y)
    if any(row.hidden for row in shown) or not shown:
        page.text(left + 1.0, middle, shown[0].text if shown else UNKNOWN, color=p.MUTED)
        return
    by_part = {row.category: row for row in shown}
    start = 0.0
    order = list(categories)
    for part, color in zip(order, colors(categories), strict=True):
        row = by_part.get(part)
        if row is None or not row.known:
            continue
        fill = _paler(color) if row.small else color
        style = {"facecolor": fill, "edgecolor": p.PAPER}
        if isinstance(categories, Mapping):
            style["gid"] = SCALE  # the shades of a role are a scale
        bar(axes, y, row.value, start=start, wide=high, across=True, lw=0.9, **style)
        _number(page, axes, row, (start, y), fill=fill, last=part == order[-1], bold=bold)
        start += row.value
    top, bottom = y - high / 2, y + high / 2
    around = [0, start, start, 0, 0], [top, top, bottom, bottom, top]
    stroke(axes, *around, color=p.OUTLINE, lw=0.6)
    if (first := by_part.get(order[0])) and first.has_interval:
        # The 95 % interval of the first part: a bracket under the bar.
        at = [bottom + 0.35, bottom + 0.8, bottom + 0.8, bottom + 0.35]
        ends = [max(first.low, 0.0)] * 2 + [min(first.high, 100.0)] * 2
        stroke(axes, ends, at, color=p.INK, lw=0.8)


def _number(
    page: Page,
    axes: Axes,
    row: Row,
    place: tuple[float, float],
    *,
    fill: str,
    last: bool,
    bold: bool,
) -> None:
    """The number of a segment that begins at ``place``."""
    (x0, y), (x1, _) = (page.where(axes, place[0] + v, place[1]) for v in (0.0, row.value))
    middle = (x0 + x1) / 2
    if size := inside(row, x1 - x0, last, page.context, bold):
        page.text(middle, y, row.text, size=size, bold=bold, color=p.ink_on(fill), ha="center")
        return
    top = y - bar_mm(page.context) / 2
    over = top - 0.65 - page.sizes.note * MM * 0.37
    spots = [
        Spot(
            middle + shift, over, size=size, leader=((middle, top), (middle + shift / 2, top - 0.3))
        )
        for size in dict.fromkeys((page.sizes.note, page.sizes.least))
        for shift in _SHIFTS
    ]
    if last:
        beside = Spot(x1 + 1.0, y, "left", color=p.NEGATIVE)
        page.number(row.text, [beside, *spots], bold=True, color=p.INK)
    else:
        page.number(row.text, spots, rank=1)


def _paler(color: str) -> str:
    """Halfway to paper: for numbers of a small base."""
    return "#" + "".join(f"{(int(color[i : i + 2], 16) + 255) // 2:02x}" for i in (1, 3, 5))
