"""The drawing kit: style, palette, pages in millimetres, export, lint."""

from helpers.drawing.chart import FORMATS, Alternative, Chart
from helpers.drawing.context import Context
from helpers.drawing.legend import Key
from helpers.drawing.lint import lint, save
from helpers.drawing.page import Page
from helpers.drawing.spots import Spot
from helpers.drawing.style import styled

__all__ = [
    "FORMATS",
    "Alternative",
    "Chart",
    "Context",
    "Key",
    "Page",
    "Spot",
    "lint",
    "save",
    "styled",
]
