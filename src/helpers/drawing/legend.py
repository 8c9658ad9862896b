"""What colours stand for: samples of them with their words, in lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.drawing.fonts import width
from helpers.drawing.sheet import MARGIN, Sheet, line_mm
from helpers.drawing.text import wrap
from helpers.palette import OUTLINE, PAPER

_SIDE_MM, _TEXT_MM, _GAP_MM = 2.6, 3.6, 4.0  # sample, where its words begin, to the next entry


@dataclass(frozen=True)
class Key:
    """One entry of a legend: what a colour (or a hatching, or a dashed edge) stands for."""

    text: str
    color: str
    kind: str = "box"  # box, line, dashline, dot, ring, dashed, hatch, none


@dataclass(frozen=True)
class Legend:
    """Entries in as many lines as they need."""

    rows: Sequence[Sequence[Key]]
    size: float

    @property
    def height(self) -> float:
        """In millimetres, with the room below it."""
        return len(self.rows) * (line_mm(self.size) + 0.6) + 1.0 if self.rows else 0.0

    def draw(self, sheet: Sheet, y: float) -> None:
        """Draw the lines from the height ``y`` downwards."""
        for row in self.rows:
            y += (line_mm(self.size) + 0.6) / 2
            entries(sheet, MARGIN, y, row, self.size)
            y += (line_mm(self.size) + 0.6) / 2


def legend(keys: Sequence[Key], room: float, size: float) -> Legend:
    """Entries in the order given, a new line where one would not fit into the room."""
    rows: list[list[Key]] = []
    left = 0.0
    for key in [part for whole in keys for part in _broken(whole, room, size)]:
        if left < _wide(key, size) - _GAP_MM:
            rows.append([])
            left = room
        rows[-1].append(key)
        left -= _wide(key, size)
    return Legend(rows, size)


def _broken(key: Key, room: float, size: float) -> list[Key]:
    """A key whose words are wider than the sheet in several, the first with the sample."""
    lines = wrap(key.text, room - _TEXT_MM, size, lang="")
    return [Key(line, key.color, key.kind if i == 0 else "none") for i, line in enumerate(lines)]


def entries(sheet: Sheet, x: float, y: float, keys: Sequence[Key], size: float) -> None:
    """Entries side by side in one line whose middle is at height ``y``."""
    for key in keys:
        _sample(sheet, x, y, key)
        sheet.text(x + _TEXT_MM, y, key.text, size=size)
        x += _wide(key, size)


def entries_mm(keys: Sequence[Key], size: float) -> float:
    """Width of entries side by side."""
    return sum(_wide(key, size) for key in keys) - _GAP_MM


def _wide(key: Key, size: float) -> float:
    return _TEXT_MM + width(key.text, size) + _GAP_MM


def _sample(sheet: Sheet, x: float, y: float, key: Key) -> None:
    if key.kind == "none":
        return
    if key.kind in ("line", "dashline", "dot", "ring"):
        long = key.kind.endswith("line")
        sheet.rule(
            [x, x + _SIDE_MM] if long else [x + _SIDE_MM / 2],
            [y, y] if long else [y],
            color=key.color,
            points=1.8,
            linestyle=(0, (1.6, 0.9)) if key.kind == "dashline" else "-",
            marker="" if long else "o",
            markersize=5,
            markerfacecolor=PAPER if key.kind == "ring" else key.color,
        )
        return
    dashed, hatched = key.kind == "dashed", key.kind == "hatch"
    sheet.box(
        x,
        y,
        _SIDE_MM,
        facecolor=PAPER if dashed or hatched else key.color,
        edgecolor=key.color if dashed else OUTLINE,
        linewidth=1.0 if dashed else 0.5,
        linestyle="--" if dashed else "-",
        hatch="////" if hatched else None,
    )
