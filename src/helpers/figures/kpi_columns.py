"""The columns of one indicator: baseline and results by fiscal year, each with its number."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from helpers import palette as p
from helpers.drawing import Page, Spot
from helpers.drawing.bars import bar
from helpers.drawing.fonts import width
from helpers.drawing.sheet import line_mm
from helpers.figures import kpi_steps, kpi_target, series
from helpers.figures.rows import Row, one
from helpers.sentences.indicator_row import UNKNOWN

HALF = 0.36  # of a column's width, in years
_APART_MM = 0.45  # between two numbers


def draw(
    page: Page,
    mine: Sequence[Row],
    years: range,
    place: tuple[float, float, float, float],
    plan_year: int | None = None,
) -> None:
    """Draw the columns, their numbers and the target.

    Args:
        page: the page.
        mine: the rows ``kpi`` of one indicator.
        years: all years of the axis.
        place: left, top, width and height in millimetres.
        plan_year: of the plan's target; the last one's if not given.
    """
    x, y, wide, high = place
    values = [row for row in mine if row.indicator == "kpi"]
    results = [row for row in values if row.category != "target"]
    targets = sorted((r for r in values if r.category == "target"), key=lambda r: r.year)
    target = next((r for r in targets if r.year == plan_year), targets[-1] if targets else None)
    latest = max((row.year for row in results if row.known), default=years[0])
    most = max((row.value for row in values if row.known), default=1.0) or 1.0
    room = _room(values, target) * line_mm(page.sizes.label)
    axes = page.axes(x, y, wide, high)
    axes.set(xlim=(years[0] - 0.5, years[-1] + 0.5), ylim=(0, most * high / (high - room)))
    for year in years:
        row = one(results, year=year)
        at, base = page.where(axes, year, 0)
        if row is not None and row.known:
            _column(axes, row, newest=year == latest and row.category == "actual")
        elif year <= latest:
            text = UNKNOWN if row is None else row.text
            page.text(at, base - 2.0, text, color=p.MUTED, ha="center")
    base = page.where(axes, years[0], 0)[1]
    page.rule([x, x + wide], [base, base], color=p.OUTLINE, points=0.8)
    series.year_labels(page, axes, years)
    if target is not None:
        kpi_target.draw(page, axes, target, results, latest)
        others = [row for row in targets if row is not target]
        kpi_steps.draw(page, axes, others, latest)
    known = [row for row in results if row.known]
    size = _number_size(page, axes, known, latest)
    for row in known:
        _number(page, axes, row, size, newest=row.year == latest)


def _room(values: Sequence[Row], target: Row | None) -> float:
    """Lines of text above the highest column: its number, and the two lines of the target."""
    high = [row for row in values if row.known and row.category != "target"]
    highest = max(high, key=lambda row: row.value, default=None)
    beside = highest and target and abs(target.year - highest.year) <= 1
    over = beside and (not target.known or target.value <= highest.value)  # type: ignore[union-attr]
    return 3.3 if over else 2.15


def _column(axes: Axes, row: Row, newest: bool) -> None:
    hatched = row.category == "baseline"
    bar(
        axes,
        row.year,
        row.value,
        wide=2 * HALF,
        facecolor=p.PAPER if hatched else p.POSITIVE if newest else p.POSITIVE_SOFT,
        edgecolor=p.OUTLINE,
        linewidth=0.6,
        hatch="////" if hatched else None,
    )


def _number_size(page: Page, axes: Axes, known: Sequence[Row], latest: int) -> float:
    """The largest size in which the numbers of neighbouring years stand side by side.

    That of labels where none is small enough: then numbers move aside or up.
    """
    slot = page.where(axes, 1, 0)[0] - page.where(axes, 0, 0)[0]
    pairs = [(a, b) for a in known for b in known if b.year == a.year + 1]
    for size in (page.sizes.label, page.sizes.note, page.sizes.least):
        wide = {row.year: width(row.text, size, row.year == latest) for row in known}
        if all((wide[a.year] + wide[b.year]) / 2 + _APART_MM <= slot for a, b in pairs):
            return size
    return page.sizes.label


def _number(page: Page, axes: Axes, row: Row, size: float, newest: bool) -> None:
    """The number over its column, smaller, to the side or higher where it is not free."""
    note = page.sizes.note
    at, top = page.where(axes, row.year, row.value)
    low, high = (page.where(axes, edge, 0)[0] for edge in axes.get_xlim())
    spots = []
    for step in (0.0, 0.5, 1.0, 1.5):
        for points in dict.fromkeys((size, min(size, note), page.sizes.least)):
            middle = top - line_mm(points) / 2 - 0.1 - step * line_mm(size)
            wide = width(row.text, points, newest)
            for shift in (0.0, -0.15, 0.15, -0.3, 0.3, -0.42, 0.42):
                x = min(max(at + shift * wide, low + wide / 2), high - wide / 2)
                spots.append(Spot(x, middle, size=points))
    page.number(row.text, spots, bold=newest, rank=-2 if newest else 0)
