"""Chart types, one a file: indicator rows in, a chart out; no file is read, nothing computed."""

from helpers.figures.bars import bars
from helpers.figures.change import change
from helpers.figures.distribution import distribution
from helpers.figures.flows import flows
from helpers.figures.heat_map import heat_map
from helpers.figures.likert import likert
from helpers.figures.mgap import mgap_bars
from helpers.figures.mgap_history import mgap_history
from helpers.figures.movement import movement
from helpers.figures.progress import progress
from helpers.figures.pyramid import pyramid
from helpers.figures.quadrant import quadrant
from helpers.figures.rank_slope import rank_slope
from helpers.figures.ranked_dots import ranked_dots

__all__ = [
    "bars",
    "change",
    "distribution",
    "flows",
    "heat_map",
    "likert",
    "mgap_bars",
    "mgap_history",
    "movement",
    "progress",
    "pyramid",
    "quadrant",
    "rank_slope",
    "ranked_dots",
]
