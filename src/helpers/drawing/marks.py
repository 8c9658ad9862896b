"""What a chart has on paper, in pixels: boxes of ink, strokes, filled areas. Nothing is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from helpers.drawing.fonts import BOLD, ink
from helpers.drawing.label import Label
from helpers.palette import PAPER, contrast

PX_MM = 300 / 25.4
_HAIRLINE = 1.6  # contrast to paper below which a line is a grid that numbers may stand on

Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True)
class Word:
    """A visible text and the box of its ink."""

    text: str
    size: float
    color: str
    box: Box
    upright: bool


@dataclass(frozen=True)
class Area:
    """A filled rectangle; of two that cover one another the later is seen."""

    color: str
    box: Box


def words(figure: Figure) -> list[Word]:
    """Every visible text."""
    # Asked for one by one: ``findobj`` would make ticks for axes that have none.
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    return [word(text, figure) for text in texts if text.get_visible() and text.get_text().strip()]


def word(text: Text, figure: Figure) -> Word:
    """One text and where its ink is."""
    return Word(
        text.get_text(),
        float(text.get_fontsize()),
        to_hex(text.get_color()),
        _ink(text, figure),
        text.get_rotation() == 0,
    )


def _ink(text: Text, figure: Figure) -> Box:
    """The box of the ink; of a text that no sheet placed, the box that matplotlib measures."""
    if not isinstance(text, Label):
        box = text.get_window_extent(FigureCanvasAgg(figure).get_renderer())
        return box.x0, box.y0, box.x1, box.y1
    bold = text.get_fontproperties().get_file() == str(BOLD)
    edges = ink(text.get_text(), float(text.get_fontsize()), bold)
    left, bottom, right, top = (edge * PX_MM for edge in edges)
    x, y = text.get_transform().transform(text.get_position())
    x -= text.back * PX_MM
    return x + left, y + bottom, x + right, y + top


def areas(figure: Figure) -> list[Area]:
    """Every filled rectangle, in the order in which they are drawn."""
    found = [patch for patch in _rectangles(figure) if to_rgba(patch.get_facecolor())[3] > 0]
    return [
        Area(to_hex(patch.get_facecolor()), _corners(patch))
        for patch in sorted(found, key=lambda patch: patch.get_zorder())
    ]


def strokes(figure: Figure) -> np.ndarray:
    """Every line that is more than a hairline: rows of x0, y0, x1, y1, half its thickness.

    Dashed lines count as whole ones, the edges of unfilled rectangles as four.
    """
    rows: list[np.ndarray] = []
    for line in _lines(figure):
        if line.get_visible() and _stands_out(line.get_color()):
            points = _clipped(line, line.get_transform().transform(line.get_xydata()))
            if line.get_linestyle() != "None" and line.get_linewidth():
                rows.append(_joined(points, line.get_linewidth()))
            if line.get_marker() not in ("", "None", None):
                rows.append(_joined(np.repeat(points, 2, axis=0), line.get_markersize(), 2))
    for patch in _rectangles(figure):
        unfilled = to_rgba(patch.get_facecolor())[3] == 0
        if unfilled and patch.get_linewidth() and _stands_out(patch.get_edgecolor()):
            x0, y0, x1, y1 = _corners(patch)
            around = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)])
            rows.append(_joined(around, patch.get_linewidth()))
    return np.concatenate(rows) if rows else np.empty((0, 5))


def _stands_out(color: object) -> bool:
    return contrast(to_hex(color), PAPER) >= _HAIRLINE  # type: ignore[arg-type]


def _clipped(line: Line2D, points: np.ndarray) -> np.ndarray:
    if line.axes is None or not line.get_clip_on():
        return points
    box = line.axes.bbox
    return np.clip(points, [box.x0, box.y0], [box.x1, box.y1])


def _joined(points: np.ndarray, thick: float, step: int = 1) -> np.ndarray:
    """Neighbouring points as strokes; with step 2 each point is a stroke of its own."""
    half = np.full((len(points) - 1, 1), thick * 300 / 72 / 2)
    return np.hstack([points[:-1], points[1:], half])[::step]


def _lines(figure: Figure) -> Iterator[Line2D]:
    for artist in [*figure.artists, *(line for axes in figure.axes for line in axes.lines)]:
        if isinstance(artist, Line2D):
            yield artist


def _rectangles(figure: Figure) -> Iterator[Rectangle]:
    for artist in [*figure.artists, *(patch for axes in figure.axes for patch in axes.patches)]:
        if isinstance(artist, Rectangle) and artist.get_visible():
            yield artist


def _corners(patch: Rectangle) -> Box:
    # Not ``get_window_extent``, which builds the outline: a rectangle is upright and has two ends.
    (x, y), wide, high = patch.get_xy(), patch.get_width(), patch.get_height()
    (x0, y0), (x1, y1) = patch.get_data_transform().transform([(x, y), (x + wide, y + high)])
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
