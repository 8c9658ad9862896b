"""What is wrong with a drawn chart, in sentences; a figure with a flaw is not published."""

from collections.abc import Iterator

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.container import BarContainer

from helpers.drawing import marks, spacing
from helpers.drawing.chart import Chart
from helpers.drawing.fonts import missing
from helpers.drawing.marks import PX_MM, Word
from helpers.drawing.style import styled
from helpers.problems import InputError, Message, Problem

SMALLEST_PT = 7
MOST_CATEGORIES = 5
FLOATING = "floating"  # gid of bars that begin elsewhere on purpose (waterfall, intervals)
SCALE = "scale"  # gid of marks coloured by a scale (heat map), which are not categories

_SHORTER = "title= や notes= の文、名前（edition.yml の labels）を短くしてください"
_GIVE = "ノートの図の関数に渡してください"

RULES = {
    "font": Message(
        "「{text}」の文字「{absent}」がフォントにない",
        remedy="別の字に替えてください",
        en="the font has no “{absent}” (in “{text}”)",
    ),
    "small": Message(
        f"「{{text}}」が{{size:g}}ptで、{SMALLEST_PT}ptより小さい",
        en=f"“{{text}}” is set in {{size:g}} pt, smaller than {SMALLEST_PT} pt",
    ),
    "upright": Message("「{text}」が横書きでない", en="“{text}” does not run horizontally"),
    "outside": Message(
        "「{text}」が紙面から{over:.1f}mmはみ出している",
        remedy=_SHORTER,
        en="“{text}” is {over:.1f} mm off the page",
    ),
    "overlap": Message(
        "「{text}」と「{other}」が重なっている",
        remedy=_SHORTER,
        en="“{text}” and “{other}” overlap",
    ),
    "crowd": Message(
        "「{text}」と「{other}」の間が{gap:.1f}mmしかない",
        remedy=_SHORTER,
        en="“{text}” and “{other}” are only {gap:.1f} mm apart",
    ),
    "cross": Message("「{text}」に線が重なっている", en="a line runs through “{text}”"),
    "edge": Message(
        "「{text}」が塗りの縁にかかっている", en="“{text}” stands across the edge of an area"
    ),
    "faint": Message(
        f"「{{text}}」の文字と地の明暗の比が{{ratio:.1f}}で、{spacing.READABLE}より小さい",
        en=f"contrast of “{{text}}” is {{ratio:.1f}}, less than {spacing.READABLE}",
    ),
    "zero": Message("棒が0から始まっていない", en="bars do not begin at zero"),
    "colors": Message(
        f"色で{{count}}種類を区別している（{MOST_CATEGORIES}種類まで）",
        remedy="groups= で絞ってください",
        en=f"{{count}} categories told apart by colour ({MOST_CATEGORIES} at most)",
    ),
    "unit": Message("単位がない", remedy=_GIVE, en="no unit"),
    "unprinted": Message(
        "単位「{unit}」が図の中に書かれていない",
        en="the unit “{unit}” is not printed in the figure",
    ),
    "source": Message("出典がない", remedy=_GIVE, en="no source"),
    "alt": Message("代替テキストがない", en="no alternative text"),
    "title": Message("題名がない", remedy=_GIVE, en="no title"),
    "data": Message("図の数値（CSV）がない", en="no data for the CSV"),
}


@styled
def lint(chart: Chart) -> list[Problem]:
    """What a chart may not be published with; none when all is well."""
    words = marks.words(chart.figure)
    return [
        *_texts(chart, words),
        *_places(chart, words),
        *_bars(chart),
        *_colors(chart),
        *_words(chart, words),
    ]


def stop_if_flawed(chart: Chart) -> None:
    """Raise the flaws of a chart as one error.

    Raises:
        InputError: at least one flaw.
    """
    if found := lint(chart):
        raise InputError(found)


def _flaw(chart: Chart, rule: str, **words: object) -> Problem:
    return RULES[rule].at(f"{chart.stem}.png", **words)


def _texts(chart: Chart, words: list[Word]) -> Iterator[Problem]:
    page = chart.figure.bbox
    for word in words:
        left, bottom, right, top = word.box
        if absent := missing(word.text):
            yield _flaw(chart, "font", text=word.text, absent=absent)
        if word.size < SMALLEST_PT:
            yield _flaw(chart, "small", text=word.text, size=word.size)
        if not word.upright:
            yield _flaw(chart, "upright", text=word.text)
        over = max(page.x0 - left, right - page.x1, page.y0 - bottom, top - page.y1)
        if over > 0:
            yield _flaw(chart, "outside", text=word.text, over=over / PX_MM)


def _places(chart: Chart, words: list[Word]) -> Iterator[Problem]:
    """Texts that cannot be read where they stand."""
    boxes, filled = spacing.boxes(words), marks.areas(chart.figure)
    strokes = marks.strokes(chart.figure)
    for index, word in enumerate(words):
        later = boxes[index + 1 :]
        for other in np.flatnonzero(spacing.overlapping(word.box, later)):
            yield _flaw(chart, "overlap", text=word.text, other=words[index + 1 + other].text)
        for other in np.flatnonzero(spacing.crowding(word.box, later)):
            beside = words[index + 1 + other]
            gap = max(beside.box[0] - word.box[2], word.box[0] - beside.box[2], 0) / PX_MM
            yield _flaw(chart, "crowd", text=word.text, other=beside.text, gap=gap)
        if spacing.crossing(word.box, strokes).any():
            yield _flaw(chart, "cross", text=word.text)
        if spacing.straddled(word.box, filled):
            yield _flaw(chart, "edge", text=word.text)
        if (ratio := spacing.legibility(word, filled)) < spacing.READABLE:
            yield _flaw(chart, "faint", text=word.text, ratio=ratio)


def _bars(chart: Chart) -> Iterator[Problem]:
    for axes in chart.figure.axes:
        bars = [b for b in axes.containers if isinstance(b, BarContainer)]
        for upright in (True, False):
            mine = [b for b in bars if (b.orientation != "horizontal") == upright]
            if mine and not _from_zero(axes, mine, upright):
                yield _flaw(chart, "zero")


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


def _colors(chart: Chart) -> Iterator[Problem]:
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
        yield _flaw(chart, "colors", count=len(vivid))


def _words(chart: Chart, words: list[Word]) -> Iterator[Problem]:
    printed = "".join(word.text for word in words)
    if chart.unit and chart.unit not in printed:
        yield _flaw(chart, "unprinted", unit=chart.unit)
    there = {
        "unit": bool(chart.unit),
        "source": bool(chart.source),
        "alt": bool(chart.alt.strip()),
        "title": bool(chart.title.strip()),
        "data": not chart.data.empty,
    }
    yield from (_flaw(chart, rule) for rule, is_there in there.items() if not is_there)
