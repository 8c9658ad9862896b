"""What is wrong with a drawn chart, in sentences; a figure with a flaw is not published."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.colors import to_hex
from matplotlib.container import BarContainer

from helpers.drawing import marks, spacing
from helpers.drawing.chart import FORMATS, Chart, heads
from helpers.drawing.fonts import missing
from helpers.drawing.marks import PX_MM, Word
from helpers.drawing.paper import SIZES, tallest
from helpers.drawing.style import styled
from helpers.problems import InputError, Message, Problem, listed

SMALLEST_PT = 7
MOST_CATEGORIES = 5
FLOATING = "floating"  # gid of bars that begin elsewhere on purpose (waterfall, intervals)
SCALE = "scale"  # gid of marks coloured by a scale (heat map), which are not categories

_SHORTER = "title= や notes= の文、名前（edition.yml の labels）を短くしてください"
_GIVE = "ノートの図の関数に渡してください"

# The same for who has drawn the marks and texts in a notebook.
_ROOM = "文を短くするか、height_mm= を増やすか、横棒（x と y を入れ替える）にしてください"
BY_HAND = {
    "small": "fontsize= を外してください（家の大きさになります）",
    "upright": "rotation= を外し、長い名前は横棒（x と y を入れ替える）で描いてください",
    "typeface": "fontfamily= などの指定と sns.set_theme() を外してください",
    "outside": _ROOM,
    "overlap": _ROOM,
    "crowd": _ROOM,
    "cross": "字の場所を線から離すか、その字を外してください",
    "edge": "字を塗りの中か外に置いてください（numbers=True なら自動で置きます）",
    "faint": "color= の字の色を外すか、desk.colors の色にしてください",
    "zero": "軸の範囲（set_xlim、set_ylim）が 0 を含むようにしてください",
    "colors": "hue= を減らすか、color= で1色にし、目立たせるものだけ色を変えてください",
    "tall": "height_mm= を小さくするか、行を分けて desk.canvas を2つにしてください",
    "unit": "unit= を desk.canvas に渡してください",
    "title": "title= か subtitle= を desk.canvas に渡してください",
    "source": '**desk.sourced("survey") のように出典を渡してください',
}

RULES = {
    "width": Message(
        "幅が{width:g}mmで、印刷の大きさにない",
        "{known} mm のどれか",
        en="{width:g} mm wide, which is no printed size. → one of {known} mm",
    ),
    "tall": Message(
        "高さが{height:.0f}mmで、幅{width:g}mmの図の上限（{most:g}mm）を超える",
        remedy="groups= などで行を絞るか、図を分けてください",
        en="{height:.0f} mm high; at most {most:g} mm at a width of {width:g} mm. → show fewer "
        "rows, or make two figures",
    ),
    "typeface": Message(
        "「{text}」が BIZ UDPゴシック でない書体",
        remedy="fontfamily= などの指定を外してください",
        en="“{text}” is not set in BIZ UDPGothic. → leave the font as it is",
    ),
    "twin": Message(
        "左右（上下）2つの軸が重ねてある",
        "1つの図に1つの目盛り",
        "desk.canvas(..., panels=2) で上下に分けてください",
        en="two scales over one another (twinx). → draw two panels: desk.canvas(..., panels=2)",
    ),
    "columns": Message(
        "図の数値の表に列「{names}」がない（報告書の表・Excel に使う）",
        remedy="自分の図は desk.canvas の中で、指標の行から描いてください（docs/ja/new-chart.md）",
        en="the table of the figure has no columns {names}, which the deliverables print. → draw "
        "it in desk.canvas from indicator rows (docs/new-chart.md)",
    ),
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
    if any(len(_over(chart, axes)) > 1 for axes in chart.figure.axes):
        return [_flaw(chart, "twin")]  # all else follows from it
    words = marks.words(chart.figure)
    return [
        *_paper(chart),
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


@styled
def save(chart: Chart, folder: Path) -> list[Path]:
    """Write a chart in all formats as ``<stem>.<format>``: the second door.

    Raises:
        InputError: the lint found something; nothing is written.
    """
    stop_if_flawed(chart)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for ending, export in FORMATS.items():
        path = folder / f"{chart.stem}.{ending}"
        path.write_bytes(export(chart))
        paths.append(path)
    return paths


def _flaw(chart: Chart, rule: str, **words: object) -> Problem:
    problem = RULES[rule].at(f"{chart.stem}.png", **words)
    return replace(problem, remedy=BY_HAND[rule]) if chart.by_hand and rule in BY_HAND else problem


def _paper(chart: Chart) -> Iterator[Problem]:
    width, height = chart.context.width_mm, chart.height_mm
    most = tallest(width)
    if most is None:
        yield _flaw(chart, "width", width=width, known="、".join(f"{s.width:g}" for s in SIZES))
    elif height > most + 0.05:
        yield _flaw(chart, "tall", height=height, width=width, most=most)


def _texts(chart: Chart, words: list[Word]) -> Iterator[Problem]:
    page = chart.figure.bbox
    for word in words:
        left, bottom, right, top = word.box
        if absent := missing(word.text):
            yield _flaw(chart, "font", text=word.text, absent=absent)
        if not word.ours:
            yield _flaw(chart, "typeface", text=word.text)
        if word.size < SMALLEST_PT - 1e-9:
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


def _over(chart: Chart, axes: Axes) -> list[Axes]:
    """The axes with a scale that lie exactly where these do, themselves among them."""
    here = axes.get_position().bounds
    return [
        other
        for other in chart.figure.axes
        if axes.axison and other.axison and np.allclose(here, other.get_position().bounds)
    ]


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
        used |= {to_hex(line.get_color()) for line in axes.lines if line.get_visible()}
        for collection in axes.collections:
            if collection.get_gid() != SCALE and not _is_scale(collection):
                used |= {to_hex(tuple(color)) for color in np.asarray(collection.get_facecolor())}
    vivid = {c for c in used if len({c[1:3], c[3:5], c[5:7]}) > 1}
    if len(vivid) > MOST_CATEGORIES:
        yield _flaw(chart, "colors", count=len(vivid))


def _is_scale(collection: Collection) -> bool:
    """Whether colours stand for numbers; they are not categories."""
    array = collection.get_array()
    return array is not None and np.asarray(array).size > 0


def _words(chart: Chart, words: list[Word]) -> Iterator[Problem]:
    printed = "".join(word.text for word in words)
    if chart.unit and chart.unit not in printed:
        yield _flaw(chart, "unprinted", unit=chart.unit)
    if missing_columns := [name for name in heads(chart.context) if name not in chart.data]:
        yield _flaw(chart, "columns", names=listed(missing_columns))
    there = {
        "unit": bool(chart.unit),
        "source": bool(chart.source),
        "alt": bool(chart.alt.strip()),
        "title": bool(chart.title.strip()),
        "data": not chart.data.empty,
    }
    yield from (_flaw(chart, rule) for rule, is_there in there.items() if not is_there)
