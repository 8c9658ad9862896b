"""Numbers that need a free place: each takes the first of its spots where it can be read.

A number without a free spot is left out, and the page says so: it is in the CSV. So whatever the
year's numbers are, none stands on another, on a line or across an edge.
"""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from helpers.drawing import marks, spacing
from helpers.drawing.fonts import MM, ink, width
from helpers.drawing.label import SIDES
from helpers.drawing.marks import PX_MM, Word
from helpers.drawing.sheet import MIDDLE_TO_BASELINE, Sheet, line_mm

_LEADER_PT = 0.5


@dataclass(frozen=True)
class Spot:
    """Where a number may stand, in millimetres: its middle height, and its side or centre.

    Attributes:
        x: the point at its left edge, centre or right edge, as ``ha`` says.
        y: its middle height; of several lines, that of the last.
        ha: ``left``, ``center`` or ``right``.
        size: type size in points; that of labels if not given.
        color: another colour than the number's own, for a number on a bar.
        leader: the ends of a thin line to what it belongs to, if it stands away from it.
    """

    x: float
    y: float
    ha: str = "center"
    size: float | None = None
    color: str | None = None
    leader: tuple[tuple[float, float], tuple[float, float]] | None = None


@dataclass(frozen=True)
class Number:
    """A number that looks for a spot.

    Attributes:
        text: as shown; a line break begins a second line.
        spots: the best first.
        bold: the weight.
        color: of the text.
        rank: those of a lower rank choose first.
    """

    text: str
    spots: tuple[Spot, ...]
    bold: bool
    color: str
    rank: int = 0


class Paper:
    """What stands on a figure already."""

    def __init__(self, figure: Figure):
        self.figure = figure
        self.words = spacing.boxes(marks.words(figure))
        self.strokes, self.areas = marks.strokes(figure), marks.areas(figure)

    def free(self, word: Word) -> bool:
        """Whether a text could be read there, and leaves the others readable."""
        box = word.box
        if box[0] < 0 or box[2] > self.figure.bbox.width:
            return False
        return not (
            spacing.overlapping(box, self.words).any()
            or spacing.crowding(box, self.words).any()
            or spacing.crossing(box, self.strokes).any()
            or spacing.straddled(box, self.areas)
            or spacing.legibility(word, self.areas) < spacing.READABLE
        )

    def clear(self, leader: np.ndarray) -> bool:
        """Whether a leader runs through no text."""
        if not len(leader):
            return True
        (x0, y0, x1, y1, half) = leader[0]
        low, high = (
            (min(x0, x1) - half, min(y0, y1) - half),
            (max(x0, x1) + half, max(y0, y1) + half),
        )
        near = self.words[
            (self.words[:, 0] < high[0])
            & (self.words[:, 2] > low[0])
            & (self.words[:, 1] < high[1])
            & (self.words[:, 3] > low[1])
        ]
        return not any(spacing.crossing(tuple(box), leader).any() for box in near)

    def take(self, word: Word) -> None:
        """Note a text that has been placed."""
        self.words = np.vstack([self.words, word.box])


def settle(sheet: Sheet, numbers: list[Number]) -> bool:
    """Put every number on the first of its spots that is free; whether one had to be left out."""
    paper = Paper(sheet.figure)
    left_out = False
    for number in sorted(numbers, key=lambda number: number.rank):
        left_out |= not any(_put(sheet, paper, number, spot) for spot in number.spots)
    return left_out


def _put(sheet: Sheet, paper: Paper, number: Number, spot: Spot) -> bool:
    size = spot.size or sheet.sizes.label
    lines = sheet.context.signed(number.text).split("\n")
    color = spot.color or number.color
    heights = [spot.y - back * line_mm(size) for back in reversed(range(len(lines)))]
    words = [
        _word(sheet, line, spot, y, size, number.bold, color)
        for line, y in zip(lines, heights, strict=True)
    ]
    leader = _stroke(sheet, spot)
    if not (all(paper.free(word) for word in words) and paper.clear(leader)):
        return False
    for word in words:
        paper.take(word)
    for line, y in zip(lines, heights, strict=True):
        sheet.text(spot.x, y, line, size=size, bold=number.bold, color=color, ha=spot.ha)
    if spot.leader:
        paper.strokes = np.vstack([paper.strokes, leader])
        (x0, y0), (x1, y1) = spot.leader
        sheet.rule([x0, x1], [y0, y1], points=_LEADER_PT)
    return True


def _word(
    sheet: Sheet, text: str, spot: Spot, y: float, size: float, bold: bool, color: str
) -> Word:
    """What a text would be on paper, were it drawn there."""
    left, bottom, right, top = ink(text, size, bold)
    x = spot.x - SIDES[spot.ha] * width(text, size, bold)
    baseline = y + MIDDLE_TO_BASELINE * size * MM
    x0, y0 = sheet.mm.transform((x + left, baseline - bottom))
    x1, y1 = sheet.mm.transform((x + right, baseline - top))
    return Word(text, size, color, (x0, y0, x1, y1), True)


def _stroke(sheet: Sheet, spot: Spot) -> np.ndarray:
    """The leader as rows of strokes; none where there is none."""
    if spot.leader is None:
        return np.empty((0, 5))
    ends = sheet.mm.transform(spot.leader).ravel()
    return np.array([[*ends, _LEADER_PT / 72 * 25.4 * PX_MM / 2]])
