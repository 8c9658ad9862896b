"""Native Excel charts in the report's colours."""

from collections.abc import Sequence
from typing import Any

from xlsxwriter.workbook import Workbook

from helpers import bands, palette
from helpers.drawing.fonts import width
from helpers.report.workbook.block import Block, Series
from helpers.report.workbook.format import FONT, number_format

# Excel's own chart type and subtype for each kind of block.
KINDS: dict[str, dict[str, str]] = {
    "bar": {"type": "bar"},
    "column": {"type": "column"},
    "line": {"type": "line"},
    "rank": {"type": "line"},
    "stacked": {"type": "column", "subtype": "stacked"},
    "percent": {"type": "bar", "subtype": "percent_stacked"},
    "scatter": {"type": "scatter"},
}
_MEANING = {
    "positive": palette.POSITIVE,
    **dict(zip(bands.BANDS, (palette.NEGATIVE, palette.MIDDLE, palette.POSITIVE), strict=True)),
    "neutral": palette.MIDDLE,
    "negative": palette.NEGATIVE,
    "inflow": palette.POSITIVE,
    "outflow": palette.NEGATIVE,
    "baseline": palette.QUIET,
    "actual": palette.POSITIVE,
    "target": palette.PAPER,
}
_TEXT = {"name": FONT, "size": 9, "color": palette.INK}
WIDTH = 640
_LINE = 14  # pixels of a line of a label
_PX_PER_MM = 96 / 25.4


def height(block: Block) -> int:
    """Height of a block's chart in pixels."""
    if KINDS[block.kind]["type"] != "bar":
        return 420 if block.kind == "scatter" else 320
    many = len(block.categories) * (1 if block.kind == "percent" else len(block.series))
    return max(240, 120 + 24 * many)


def chart(book: Workbook, block: Block, sheet: str, top: int, own: str) -> Any:
    """The chart of a block that stands on a sheet.

    Args:
        book: the workbook.
        block: what to draw.
        sheet: name of the sheet.
        top: row of the block's heads, from 0; categories are in the first column.
        own: name of the city, whose bar among other cities' is marked.
    """
    drawn = book.add_chart(dict(KINDS[block.kind]))
    first, last = top + 1, top + len(block.categories)
    span = [sheet, first, 0, last, 0]
    if block.kind == "scatter":
        drawn.add_series(_points(block, sheet, first, last))
    else:
        for column, series in enumerate(block.series, 1):
            drawn.add_series(
                {
                    "name": [sheet, top, column],
                    "categories": span,
                    "values": [sheet, first, column, last, column],
                    **_look(block, series, column - 1, own),
                }
            )
    _axes(drawn, block)
    unit = f"（{'％' if block.unit == '%' else block.unit}）" if block.unit else ""
    drawn.set_title({"name": block.name + unit, "name_font": _TEXT | {"size": 11, "bold": True}})
    unnamed = len(block.series) == 1 or block.kind == "scatter"
    drawn.set_legend({"none": True} if unnamed else {"position": "top", "font": _TEXT})
    drawn.set_size({"width": WIDTH, "height": height(block)})
    drawn.set_chartarea({"border": {"none": True}})
    drawn.show_blanks_as("gap")
    return drawn


def alone(block: Block) -> bool:
    """Whether there is but one number, of which a chart would show nothing."""
    return sum(cell.value is not None for s in block.series for cell in s.cells.values()) <= 1


def _points_by_meaning(block: Block, series: Series, color: str, own: str) -> list[str]:
    """The colour of each bar: the own city's, scores by their range, balances by their sign."""
    if own in block.categories:
        return [palette.POSITIVE if c == own else palette.QUIET for c in block.categories]
    if series.meaning == "score_share":
        return [_of_score(name) for name in block.categories]
    values = [series.cells[c].value if c in series.cells else None for c in block.categories]
    below = any(value is not None and value < 0 for value in values)
    # A balance has two colours; beside other series a negative number keeps its series' own.
    if below and block.kind != "stacked" and (len(block.series) == 1 or _apart(block)):
        return [palette.signed(value or 0.0) for value in values]
    return [color] * len(values)


def _of_score(score: str) -> str:
    """The colour of a score from 0 to 10, as in the chart of its distribution."""
    if not score.isdecimal() or int(score) not in bands.VALID:
        return palette.QUIET
    if int(score) in bands.POSITIVE:
        return palette.POSITIVE
    return palette.NEGATIVE if int(score) in bands.NEGATIVE else palette.MIDDLE


def _color(block: Block, series: Series, index: int) -> str:
    if series.meaning in _MEANING and len({s.meaning for s in block.series}) == len(block.series):
        return _MEANING[series.meaning]
    if len(block.series) == 1:
        return palette.POSITIVE
    few = len(block.series) <= 3
    colors = palette.CATEGORICAL_3 if few else palette.CATEGORICAL
    return colors[index % len(colors)]


def _look(block: Block, series: Series, index: int, own: str) -> dict[str, Any]:
    """Colour, edge and labels of a series."""
    color = _color(block, series, index)
    labels = {"value": True, "num_format": _format(series), "font": _TEXT}
    if KINDS[block.kind]["type"] == "line":
        mark = {"type": "circle", "size": 6, "fill": {"color": color}, "border": {"color": color}}
        where: dict[str, Any] = {"position": "above"}
        if len(block.series) > 1:  # lines cross: their ends are labelled, the rest is in the cells
            there = [n for n, c in enumerate(block.categories) if c in series.cells]
            ends = {there[0], there[-1]} if there else set()
            count = len(block.categories)
            where["custom"] = [None if n in ends else {"delete": True} for n in range(count)]
        return {
            "line": {"color": color, "width": 2},
            "marker": mark,
            "data_labels": labels | where,
        }
    if block.kind in ("percent", "stacked"):
        labels |= {"font": _TEXT | {"color": palette.ink_on(color)}, "position": "center"}
    dashed = {"dash_type": "dash"} if series.meaning == "target" else {}
    look = {
        "fill": {"color": color},
        "border": {"color": palette.OUTLINE, "width": 0.75} | dashed,
        "gap": 60,
        "overlap": 100 if block.kind in ("percent", "stacked") or _apart(block) else 0,
        "data_labels": labels,
    }
    colors = _points_by_meaning(block, series, color, own)
    if set(colors) != {color}:
        look["points"] = [{"fill": {"color": each}} for each in colors]
    return look


def _apart(block: Block) -> bool:
    """Whether no category has two series: then their bars may stand in the same place."""
    return all(sum(name in s.cells for s in block.series) <= 1 for name in block.categories)


def _points(block: Block, sheet: str, first: int, last: int) -> dict[str, Any]:
    """The first series across, the second upwards, each point with its category's name."""
    dot = {"color": palette.POSITIVE}
    # The names themselves: LibreOffice shows nothing for a reference. None is read as a formula.
    free = _free(block)
    names = [
        {"value": name.lstrip("=")} if name in free else {"delete": True}
        for name in block.categories
    ]
    return {
        "categories": [sheet, first, 1, last, 1],
        "values": [sheet, first, 2, last, 2],
        "marker": {"type": "circle", "size": 6, "fill": dot, "border": dot},
        "data_labels": {"custom": names, "value": True, "position": "right", "font": _TEXT},
    }


def _free(block: Block) -> set[str]:
    """The points whose names stand on no other name or point; the others are in the cells."""
    across, up = block.series[:2]
    known = {
        name: (x.value, y.value)
        for name in block.categories
        if (x := across.cells.get(name)) and (y := up.cells.get(name))
        if x.value is not None and y.value is not None
    }
    if not known:
        return set()
    xs, ys = zip(*known.values(), strict=True)
    # Excel's axes are wider than the data: half the chart's size is what is sure to be there.
    wide, high = 0.5 * WIDTH, 0.5 * height(block)
    dots = {
        name: (
            (x - min(xs)) / ((max(xs) - min(xs)) or 1) * wide,
            (y - min(ys)) / ((max(ys) - min(ys)) or 1) * high,
        )
        for name, (x, y) in known.items()
    }
    taken: list[tuple[float, float, float]] = []
    free = set()
    for name, (x, y) in dots.items():
        end = x + 8 + width(name, 9.0) * _PX_PER_MM
        others = [(a, a, b) for other, (a, b) in dots.items() if other != name]
        if not any(a < end and x < b and abs(y - c) < _LINE for a, b, c in [*taken, *others]):
            taken.append((x, end, y))
            free.add(name)
    return free


def _axes(drawn: Any, block: Block) -> None:
    plain = {"num_font": _TEXT, "line": {"color": palette.OUTLINE}}
    grid = {"major_gridlines": {"visible": True, "line": {"color": palette.GRID}}}
    if block.kind == "scatter":
        across, up = (series.name for series in block.series[:2])
        named = {"name_font": _TEXT, "num_format": "0.0", "label_position": "low"}
        drawn.set_x_axis(plain | grid | named | {"name": across})
        drawn.set_y_axis(plain | grid | named | {"name": up})
        return
    flat = KINDS[block.kind]["type"] == "bar"
    # Names read from the top down, and stand clear of bars that go below zero.
    side = "high" if block.kind == "rank" else "low"
    names = plain | {"label_position": side, "reverse": flat}
    digits = "0%" if block.kind == "percent" else number_format("")
    values = plain | grid | {"num_format": digits, "reverse": block.kind == "rank"}
    if block.kind in ("bar", "column"):
        values |= {"visible": False, "major_gridlines": {"visible": False}, **_zero(block)}
    # Of a bar chart, Excel's x axis is the one of the values.
    drawn.set_x_axis(values if flat else names)
    drawn.set_y_axis(names if flat else values)


def _zero(block: Block) -> dict[str, Any]:
    """The end of the axis where all bars stand: left alone, Excel may cut them off."""
    numbers = [cell.value for s in block.series for cell in s.cells.values() if cell.value]
    return {"min": 0} if min(numbers, default=0) >= 0 else {}


def _format(series: Series) -> str:
    printed: Sequence[str] = [cell.printed for cell in series.cells.values() if cell.value]
    return number_format(printed[0] if printed else "")
