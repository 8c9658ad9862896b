"""Where the lines and columns of a chart of 100 % bars are."""

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.drawing import Context
from helpers.drawing.fonts import MM, width
from helpers.drawing.sheet import MARGIN, line_mm
from helpers.figures import likert_bar
from helpers.figures.rows import Row, find, groups_of
from helpers.sentences.indicator_row import UNKNOWN, name

_BETWEEN_MM = 4.0  # panels side by side; half of it between panels one below another
# Height of a line in sizes of type: a bar alone, and one whose n stands under its name.
_LINE, _LINE_WITH_N = 2.15, 2.85
# Under a bar: its bracket, and enough paper that a number below belongs to its own bar.
_BRACKET_MM = 2.4


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
        names: right edge of the names of the groups, and of the n under them.
        panels: left edge and top of each panel.
        bars: width of a full bar.
        beside: whether the panels stand side by side.
    """

    lines: Sequence[Line]
    high: float
    head: float
    names: float
    panels: Sequence[tuple[float, float]]
    bars: float
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
    beside = len(asked) > 1 and not (context.narrow or context.large_print)
    labels = [width(name(row.group, context), size, bold=True) for row in used]
    bases = [width(text, note) for text in _all_bases(used, beside)]
    names = MARGIN + max([*labels, *bases])
    last = max(width(row.text, size, bold=True) for row in used if row.category == categories[-1])
    first = names + 2.0
    room = context.width_mm - MARGIN - first
    panel = (room - _BETWEEN_MM) / 2 if beside else room
    bars = panel - last - 1.0
    crowded = _crowded(used, bars, categories, context)
    lines, height = _lines(used, splits, any(bases), crowded, context)
    head = line_mm(size) + 1.8 if len(asked) > 1 else 0.0
    high = head + height
    panels = [
        (first + number * (panel + _BETWEEN_MM), 0.0)
        if beside
        else (first, number * (high + _BETWEEN_MM / 2))
        for number in range(len(asked))
    ]
    return Grid(lines, high, head, names, panels, bars, beside)


def base(rows: Sequence[Row]) -> str:
    """The numbers of respondents of a group as shown, one a question, or one that all share.

    Small ones are marked; nothing where none is known.
    """
    known = sorted(rows, key=lambda row: row.n == row.n)  # one that says it counts
    of_question = {row.indicator: row for row in known}.values()
    said = [f"{r.n:,.0f}{'※' if r.small else ''}" if r.n == r.n else UNKNOWN for r in of_question]
    if not set(said) - {UNKNOWN}:
        return ""
    return f"n={'・'.join(said if len(set(said)) > 1 else said[:1])}"


def _all_bases(used: Sequence[Row], beside: bool) -> list[str]:
    if not beside:
        return [base([row]) for row in used]
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in used:
        groups.setdefault((row.breakdown, row.group), []).append(row)
    return [base(rows) for rows in groups.values()]


def _crowded(used: Sequence[Row], bars: float, categories: Sequence[str], context: Context) -> bool:
    """Whether a number that has no place beside its bar does not fit into it either."""
    return any(
        row.known and not likert_bar.inside(row, row.value / 100 * bars, False, context)
        for row in used
        if row.category != categories[-1]
    )


def _lines(
    used: Sequence[Row], splits: Sequence[str], based: bool, crowded: bool, context: Context
) -> tuple[list[Line], float]:
    bar, size = likert_bar.bar_mm(context), context.sizes.label * MM
    over = likert_bar.above_mm(context) if crowded else 0.0
    step = max(size * (_LINE_WITH_N if based else _LINE), size * _LINE + over)
    if any(row.has_interval for row in used):
        step = max(step, bar + over + _BRACKET_MM)
    lines: list[Line] = []
    y = max(bar, step - over if based else bar) / 2 + 0.4 + over
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
    return lines, y - 0.8 - step + bar / 2 + (1.4 if based else 0.8)
