"""What a chart has on paper, in pixels: boxes of ink, strokes, filled areas. Nothing is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import Collection, LineCollection, PathCollection, QuadMesh
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnnotationBbox, OffsetBox
from matplotlib.patches import Rectangle
from matplotlib.table import Table
from matplotlib.text import Text

from helpers.drawing.fonts import BOLD, ink, ours
from helpers.drawing.label import Label
from helpers.palette import PAPER, contrast

PX_MM = 300 / 25.4
_HAIRLINE = 1.6  # contrast to paper below which a line is a grid that numbers may stand on

Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True)
class Word:
    """A visible text and the box of its ink; whether it runs horizontally, in our typeface."""

    text: str
    size: float
    color: str
    box: Box
    upright: bool
    ours: bool = True


@dataclass(frozen=True)
class Area:
    """A filled rectangle; of two that cover one another the later is seen."""

    color: str
    box: Box


def texts(figure: Figure) -> list[Text]:
    """Every text that is to be seen, whoever drew it, at its final place.

    Texts of the sheet and of the axes; where axes show their frame, also ticks, labels of axes,
    titles, legends and tables.
    """
    shown = [axes for axes in _axes(figure) if axes.get_visible()]
    open_ones = [axes for axes in shown if axes.axison or _beside(axes)]
    # Asked for one by one: ``findobj`` would make ticks for axes that have none.
    found: list[Text] = [*figure.texts, *(text for axes in shown for text in axes.texts)]
    if open_ones or figure.legends:
        figure.draw_without_rendering()  # settles ticks and legends
    for axes in open_ones:
        found += _framed(axes) if axes.axison else []
        for other in _beside(axes):
            found += other.findobj(Text)
    for legend in figure.legends:
        found += legend.findobj(Text)
    one_each = dict.fromkeys(found)
    return [text for text in one_each if text.get_visible() and text.get_text().strip()]


def _axes(figure: Figure) -> list[Axes]:
    """The axes of a figure and those that stand in others."""
    found: list[Any] = list(figure.axes)
    for axes in found:
        found += [child for child in axes.child_axes if child not in found]
    return found


def _beside(axes: Axes) -> list[Artist]:
    """What stands in axes beside their marks: legends, tables, boxes of text."""
    return [
        artist
        for artist in axes.get_children()
        if isinstance(artist, Legend | Table | OffsetBox | AnnotationBbox) and artist.get_visible()
    ]


def _framed(axes: Axes) -> list[Text]:
    """The texts around axes: titles, the names of both axes, ticks within view."""
    found: list[Text] = [
        child for child in axes.get_children() if isinstance(child, Text)
    ]  # titles too
    for axis in (axes.xaxis, axes.yaxis):
        if not axis.get_visible():
            continue
        low, high = sorted(axis.get_view_interval())
        slack = (high - low) * 1e-9
        found += [axis.label, axis.get_offset_text()]
        for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
            if low - slack <= tick.get_loc() <= high + slack:
                found += [tick.label1, tick.label2]
    return found


def words(figure: Figure) -> list[Word]:
    """Every visible text as ink on paper."""
    return [word(text, figure) for text in texts(figure)]


def word(text: Text, figure: Figure) -> Word:
    """One text and where its ink is."""
    return Word(
        text.get_text(),
        float(text.get_fontsize()),
        to_hex(text.get_color()),
        _ink(text, figure),
        text.get_rotation() == 0,
        ours(text.get_fontproperties()),
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
    return [*_cells(figure)] + [
        Area(to_hex(patch.get_facecolor()), _corners(patch))
        for patch in sorted(found, key=lambda patch: patch.get_zorder())
    ]


def _cells(figure: Figure) -> Iterator[Area]:
    """The cells of meshes (heat maps), each a rectangle."""
    for axes in _axes(figure):
        for mesh in axes.collections:
            if isinstance(mesh, QuadMesh) and mesh.get_visible():
                mesh.update_scalarmappable()
                corners = np.asarray(mesh.get_coordinates())
                grid = mesh.get_transform().transform(corners.reshape(-1, 2))
                high, wide = corners.shape[0] - 1, corners.shape[1] - 1
                grid, colors = grid.reshape(high + 1, wide + 1, 2), mesh.get_facecolor()
                for index, color in enumerate(np.resize(colors, (high * wide, 4))):
                    i, j = divmod(index, wide)
                    (x0, y0), (x1, y1) = grid[i, j], grid[i + 1, j + 1]
                    box = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
                    if color[3] > 0:
                        yield Area(to_hex(tuple(color)), box)


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
    for axes in _axes(figure):
        for group in axes.collections:
            rows += _of_collection(group) if group.get_visible() else []
    for patch in _rectangles(figure):
        unfilled = to_rgba(patch.get_facecolor())[3] == 0
        if unfilled and patch.get_linewidth() and _stands_out(patch.get_edgecolor()):
            x0, y0, x1, y1 = _corners(patch)
            around = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)])
            rows.append(_joined(around, patch.get_linewidth()))
    return np.concatenate(rows) if rows else np.empty((0, 5))


def _of_collection(group: Collection) -> list[np.ndarray]:
    """The lines of a collection (intervals) and its dots, as strokes."""
    rows = []
    if isinstance(group, LineCollection):
        widths = np.resize(group.get_linewidth(), len(group.get_segments()))
        colors = np.resize(group.get_colors(), (len(widths), 4))
        for segment, wide, color in zip(group.get_segments(), widths, colors, strict=True):
            if len(segment) > 1 and np.isfinite(segment).all() and _stands_out(tuple(color)):
                rows.append(_joined(group.get_transform().transform(segment), float(wide)))
    elif isinstance(group, PathCollection):
        points = group.get_offset_transform().transform(np.ma.filled(group.get_offsets(), np.nan))
        sizes = np.resize(np.sqrt(group.get_sizes()), len(points))
        for point, size in zip(points, sizes, strict=True):
            if np.isfinite(point).all():
                rows.append(_joined(np.vstack([point, point]), float(size)))
    return rows


def _stands_out(color: object) -> bool:
    return contrast(to_hex(color), PAPER) >= _HAIRLINE  # type: ignore[arg-type]


def _clipped(line: Line2D, points: np.ndarray) -> np.ndarray:
    if line.axes is None or not line.get_clip_on():
        return points
    box = line.axes.bbox
    return np.clip(points, [box.x0, box.y0], [box.x1, box.y1])


def _joined(points: np.ndarray, thick: float, step: int = 1) -> np.ndarray:
    """Neighbouring points as strokes; with step 2 each point is a stroke of its own."""
    if len(points) < 2:
        return np.empty((0, 5))
    half = np.full((len(points) - 1, 1), thick * 300 / 72 / 2)
    return np.hstack([points[:-1], points[1:], half])[::step]


def _lines(figure: Figure) -> Iterator[Line2D]:
    for artist in [*figure.artists, *(line for axes in _axes(figure) for line in axes.lines)]:
        if isinstance(artist, Line2D):
            yield artist


def _rectangles(figure: Figure) -> Iterator[Rectangle]:
    for artist in [*figure.artists, *(patch for axes in _axes(figure) for patch in axes.patches)]:
        if isinstance(artist, Rectangle) and artist.get_visible():
            yield artist


def _corners(patch: Rectangle) -> Box:
    # Not ``get_window_extent``, which builds the outline: a rectangle is upright and has two ends.
    (x, y), wide, high = patch.get_xy(), patch.get_width(), patch.get_height()
    (x0, y0), (x1, y1) = patch.get_data_transform().transform([(x, y), (x + wide, y + high)])
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
