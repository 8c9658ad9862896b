"""A line of text placed by known widths: matplotlib would lay it out anew at every draw."""

from typing import Any

from matplotlib.colors import to_rgba
from matplotlib.text import Text

from helpers.drawing.fonts import font, width

INCH = 25.4  # millimetres
SIDES = {"left": 0.0, "center": 0.5, "right": 1.0}  # how much of a line is before its point


class Label(Text):
    """A horizontal line of text that begins, is centred or ends at a point on its baseline."""

    def __init__(self, x: float, y: float, text: str, *, size: float, bold: bool, **style: Any):
        super().__init__(
            x, y, text, fontproperties=font(size, bold), va="baseline", zorder=10, **style
        )
        # From the point back to where the line begins, in millimetres. Not by the ink: the digits
        # of a column stand under one another.
        self.back = SIDES[self.get_horizontalalignment()] * width(text, size, bold)

    def draw(self, renderer: Any) -> None:
        """Hand the line to the renderer; anything but a plain line goes the long way."""
        text = self.get_text()
        if self.get_rotation() or "\n" in text or not self.get_visible():
            super().draw(renderer)
            return
        x, y = self.get_transform().transform(self.get_position())
        figure = self.get_figure(root=True)
        x -= self.back / INCH * figure.dpi  # type: ignore[union-attr]
        if renderer.flipy():
            y = renderer.get_canvas_width_height()[1] - y
        renderer.open_group("text", self.get_gid())
        gc = renderer.new_gc()
        gc.set_foreground(to_rgba(self.get_color()), isRGBA=True)
        gc.set_antialiased(self.get_antialiased())
        renderer.draw_text(gc, x, y, text, self.get_fontproperties(), 0, mtext=self)
        gc.restore()
        renderer.close_group("text")
        self.stale = False
