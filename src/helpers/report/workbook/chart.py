"""Native Excel charts in the report's colours."""

from collections.abc import Sequence
from typing import Any

from xlsxwriter.workbook import Workbook

from helpers import palette
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
    alone = len(block.series) == 1 or block.kind == "scatter"
    drawn.set_legend({"none": True} if alone else {"position": "top", "font": _TEXT})
    drawn.set_size({"width": WIDTH, "height": height(block)})
    drawn.set_chartarea({"border": {"none": True}})
    drawn.show_blanks_as("gap")
    return drawn


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
        where = {"position": "above"}
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
    if own in block.categories:
        quiet = {"fill": {"color": palette.QUIET}}
        mine = {"fill": {"color": palette.POSITIVE}}
        look["points"] = [mine if name == own else quiet for name in block.categories]
    return look


def _apart(block: Block) -> bool:
    """Whether no category has two series: then their bars may stand in the same place."""
    return all(sum(name in s.cells for s in block.series) <= 1 for name in block.categories)


def _points(block: Block, sheet: str, first: int, last: int) -> dict[str, Any]:
    """The first series across, the second upwards, each point with its category's name."""
    dot = {"color": palette.POSITIVE}
    # The names themselves: LibreOffice shows nothing for a reference. None is read as a formula.
    names = [{"value": name.lstrip("=")} for name in block.categories]
    return {
        "categories": [sheet, first, 1, last, 1],
        "values": [sheet, first, 2, last, 2],
        "marker": {"type": "circle", "size": 6, "fill": dot, "border": dot},
        "data_labels": {"custom": names, "value": True, "position": "right", "font": _TEXT},
    }


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
