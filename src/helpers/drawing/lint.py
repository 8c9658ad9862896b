"""What is wrong with a drawn chart, in sentences; a figure with a flaw is not published."""

from collections.abc import Iterator, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.container import BarContainer

from helpers.drawing import marks, spacing
from helpers.drawing.chart import Chart
from helpers.drawing.fonts import missing
from helpers.drawing.marks import PX_MM, Word
from helpers.drawing.style import styled
from helpers.problems import InputError, Problem

SMALLEST_PT = 7
MOST_CATEGORIES = 5
FLOATING = "floating"  # gid of bars that begin elsewhere on purpose (waterfall, intervals)
SCALE = "scale"  # gid of marks coloured by a scale (heat map), which are not categories


@styled
def flaws(chart: Chart) -> list[str]:
    """What a chart may not be published with.

    Returns:
        Sentences for the analyst, none when all is well.
    """
    words = marks.words(chart.figure)
    return [
        *_texts(chart, words),
        *spacing.overlapping(words),
        *_bars(chart),
        *_colors(chart),
        *_words(chart, words),
    ]


@styled
def remarks(chart: Chart) -> list[str]:
    """What a designer should mend and an analyst cannot: it depends on the year's numbers."""
    words, filled = marks.words(chart.figure), marks.areas(chart.figure)
    return [
        *spacing.crowded(words),
        *spacing.crossed(words, marks.strokes(chart.figure)),
        *spacing.straddling(words, filled),
        *spacing.faint(words, filled),
    ]


def lint(chart: Chart) -> list[str]:
    """Everything to be said against a chart: its flaws, then the remarks."""
    return [*flaws(chart), *remarks(chart)]


def stop_if_flawed(chart: Chart) -> None:
    """Raise the flaws of a chart as one error.

    Raises:
        InputError: at least one flaw.
    """
    if found := flaws(chart):
        raise InputError(Problem(f"図「{chart.stem}」", sentence) for sentence in found)


def _texts(chart: Chart, words: Sequence[Word]) -> Iterator[str]:
    page = chart.figure.bbox
    for word in words:
        left, bottom, right, top = word.box
        if absent := missing(word.text):
            yield f"「{word.text}」の文字「{absent}」がフォントにない"
        if word.size < SMALLEST_PT:
            yield f"「{word.text}」が{word.size:g}ptで、{SMALLEST_PT}ptより小さい"
        if not word.upright:
            yield f"「{word.text}」が横書きでない"
        over = max(page.x0 - left, right - page.x1, page.y0 - bottom, top - page.y1)
        if over > 0:
            yield f"「{word.text}」が紙面から{over / PX_MM:.1f}mmはみ出している"


def _bars(chart: Chart) -> Iterator[str]:
    for axes in chart.figure.axes:
        bars = [b for b in axes.containers if isinstance(b, BarContainer)]
        for upright in (True, False):
            mine = [b for b in bars if (b.orientation != "horizontal") == upright]
            if mine and not _from_zero(axes, mine, upright):
                yield "棒が0から始まっていない"


def _from_zero(axes: Axes, bars: list[BarContainer], upright: bool) -> bool:
    """Whether every bar stands on zero, or on another bar of its stack, and zero is in view."""
    limits = sorted(axes.get_ylim() if upright else axes.get_xlim())
    if not limits[0] <= 1e-9 or not limits[1] >= -1e-9:
        return False
    spans: dict[float, list[tuple[float, float]]] = {}
    for bar in bars:
        for patch in bar.patches:
            if patch.get_gid() == FLOATING:
                continue
            place, start, length = (
                (patch.get_x(), patch.get_y(), patch.get_height())
                if upright
                else (patch.get_y(), patch.get_x(), patch.get_width())
            )
            if length:
                spans.setdefault(round(place, 6), []).append((start, start + length))
    for stack in spans.values():
        ends = {0.0} | {round(end, 6) for _, end in stack}
        if any(round(start, 6) not in ends for start, _ in stack):
            return False
    return True


def _colors(chart: Chart) -> Iterator[str]:
    """Colours that tell categories apart; greys and scales are not counted."""
    used: set[str] = set()
    for axes in chart.figure.axes:
        patches = [patch for patch in axes.patches if patch.get_gid() != SCALE]
        used |= {to_hex(patch.get_facecolor()) for patch in patches}
        used |= {to_hex(line.get_color()) for line in axes.lines}
        for collection in axes.collections:
            if collection.get_gid() != SCALE:
                used |= {to_hex(tuple(color)) for color in np.asarray(collection.get_facecolor())}
    vivid = {c for c in used if len({c[1:3], c[3:5], c[5:7]}) > 1}
    if len(vivid) > MOST_CATEGORIES:
        yield f"色で{len(vivid)}種類を区別している（{MOST_CATEGORIES}種類まで）"


def _words(chart: Chart, words: Sequence[Word]) -> Iterator[str]:
    printed = "".join(word.text for word in words)
    if not chart.unit:
        yield "単位がない"
    elif chart.unit not in printed:
        yield f"単位「{chart.unit}」が図の中に書かれていない"
    if not chart.source:
        yield "出典がない"
    if not chart.alt.strip():
        yield "代替テキストがない"
    if not chart.title.strip():
        yield "題名がない"
    if chart.data.empty:
        yield "図の数値（CSV）がない"
