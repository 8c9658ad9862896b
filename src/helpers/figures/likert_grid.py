"""Where the lines and columns of a chart of 100 % bars are."""

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.drawing import Context
from helpers.drawing.fonts import MM, width
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.figures import likert_bar
from helpers.figures.rows import Row, find, groups_of, name

_BETWEEN_MM = 4.0  # panels side by side; half of it between panels one below another


@dataclass(frozen=True)
class Line:
    """One line of the chart: a heading of a section, or a group with its bars."""

    group: str
    breakdown: str
    y: float
    heading: bool = False


@dataclass(frozen=True)
class Grid:
    """The places of a chart, in millimetres.

    Attributes:
        lines: headings and groups from top to bottom of one panel.
        high: height of one panel with its heading.
        head: height of the heading of a panel.
        names: right edge of the names of the groups.
        panels: left edge and top of each panel.
        bars: width of a full bar.
        bases: from the left edge of a panel to the right edge of its own n.
        shared: whether n stands once, beside the names.
        beside: whether the panels stand side by side.
    """

    lines: Sequence[Line]
    high: float
    head: float
    names: float
    panels: Sequence[tuple[float, float]]
    bars: float
    bases: float
    shared: bool
    beside: bool

    @property
    def height(self) -> float:
        """Of all panels."""
        return self.panels[-1][1] + self.high


def grid(
    used: Sequence[Row],
    asked: Sequence[str],
    splits: Sequence[str],
    categories: Sequence[str],
    context: Context,
) -> Grid:
    """Lay out panels for the questions asked, a line a group."""
    size, note = context.sizes.label, context.sizes.note
    beside = not context.narrow and len(asked) > 1
    labels = [name(row.group, context) for row in used]
    names = MARGIN + max(width(text, size, bold=True) for text in labels)
    # Bases that are the same for both questions stand once, beside the labels.
    shared = _same_bases(used)
    n_mm = max((width(base(row), note) + 2.0 for row in used if base(row)), default=0.0)
    last = max(width(row.text, size, bold=True) for row in used if row.category == categories[-1])
    first = names + 2.0 + (n_mm if shared else 0.0)
    room = context.width_mm - MARGIN - first
    panel = (room - _BETWEEN_MM) / 2 if beside else room
    bars = panel - last - 1.0 - (0.0 if shared else n_mm)
    over = likert_bar.above_mm(context) if _crowded(used, bars, categories, context) else 0.0
    lines, height = _lines(used, splits, over, context)
    head = line_mm(size) + 1.8 if len(asked) > 1 else 0.0
    high = head + height
    panels = [
        (first + number * (panel + _BETWEEN_MM), 0.0)
        if beside
        else (first, number * (high + _BETWEEN_MM / 2))
        for number in range(len(asked))
    ]
    return Grid(lines, high, head, names, panels, bars, panel, shared, beside)


def base(row: Row) -> str:
    """The number of respondents as shown, marked where it is small."""
    if row.n != row.n:
        return ""
    return f"n={row.n:,.0f}{'※' if row.small else ''}"


def _same_bases(used: Sequence[Row]) -> bool:
    bases: dict[tuple[str, str], set[float]] = {}
    for row in used:
        bases.setdefault((row.breakdown, row.group), set()).add(row.n)
    return all(len(ns) == 1 for ns in bases.values())


def _crowded(used: Sequence[Row], bars: float, categories: Sequence[str], context: Context) -> bool:
    """Whether a number that has no place beside its bar does not fit into it either."""
    return any(
        row.known and not likert_bar.inside(row, row.value / 100 * bars, False, context)
        for row in used
        if row.category != categories[-1]
    )


def _lines(
    used: Sequence[Row], splits: Sequence[str], over: float, context: Context
) -> tuple[list[Line], float]:
    bar = likert_bar.bar_mm(context)
    step = context.sizes.label * MM * 2.15 + over
    lines: list[Line] = []
    y = bar / 2 + 0.4 + over
    for group in groups_of(find(used, breakdown="total")):
        lines.append(Line(group, "total", y))
        y += step + 1.4
    for split in splits:
        if len(splits) > 1:
            lines.append(Line(split, split, y - 0.4, heading=True))
            y += step * 0.82
        for group in groups_of(row for row in used if row.breakdown == split):
            lines.append(Line(group, split, y))
            y += step
        y += 0.8
    return lines, y - 0.8 - step + bar / 2 + 0.8
