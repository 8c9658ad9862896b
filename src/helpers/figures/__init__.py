"""Chart types, one a file: indicator rows in, a chart out; no file is read, nothing computed."""

from helpers.figures.likert import likert
from helpers.figures.mgap import mgap_bars
from helpers.figures.progress import progress

__all__ = ["likert", "mgap_bars", "progress"]
