"""Names in columns under a chart whose points are numbered."""

from collections.abc import Sequence

from helpers.drawing import Context, Page
from helpers.drawing.fonts import width
from helpers.drawing.sheet import MARGIN, line_mm


def _columns(listed: Sequence[str], context: Context) -> int:
    """How many columns a list of names has room for."""
    widest = max(width(text, context.sizes.note) for text in listed) + 1.5
    return max(1, int((context.width_mm - 2 * MARGIN) / widest))


def height_mm(listed: Sequence[str], context: Context) -> float:
    """Height of the columns with the room above them."""
    return -(-len(listed) // _columns(listed, context)) * line_mm(context.sizes.note) + 2.0


def draw(page: Page, listed: Sequence[str], top: float) -> None:
    """The names of the numbers, in columns."""
    size, columns = page.sizes.note, _columns(listed, page.context)
    lines = -(-len(listed) // columns)
    for index, text in enumerate(listed):
        column, line = divmod(index, lines)
        x = MARGIN + column * (page.width - 2 * MARGIN) / columns
        page.text(x, top + (line + 0.5) * line_mm(size), text, size=size)
