"""Chart types, one a file: indicator rows in, a chart out; no file is read, nothing computed."""

from helpers.figures.likert import likert
from helpers.figures.mgap import mgap_bars
from helpers.figures.movement import movement
from helpers.figures.progress import progress
from helpers.figures.rank_slope import rank_slope
from helpers.figures.ranked_dots import ranked_dots

__all__ = ["likert", "mgap_bars", "movement", "progress", "rank_slope", "ranked_dots"]
