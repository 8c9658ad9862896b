"""The drawing kit: style, palette, pages in millimetres, export, lint."""

from helpers.drawing.chart import Chart
from helpers.drawing.context import Context
from helpers.drawing.export import FORMATS, save
from helpers.drawing.legend import Key
from helpers.drawing.lint import lint
from helpers.drawing.page import Page
from helpers.drawing.spots import Spot
from helpers.drawing.style import styled

__all__ = ["FORMATS", "Chart", "Context", "Key", "Page", "Spot", "lint", "save", "styled"]
