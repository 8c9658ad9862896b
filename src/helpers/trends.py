"""When a change is called an increase, level or a decrease, a slight one or a large one.

The one place of these thresholds: the titles of figures, the sentences to paste and the audit of
claims use the same ones. Shares and scores are judged in points, everything else in percent of the
first value.
"""

from typing import Literal

# 横ばい: a change smaller than this.
LEVEL_PERCENT = 3.0
LEVEL_POINTS = 1.0
# 微増, やや減少: at most this. Three points are what surveys commonly take for sampling error.
SLIGHT_PERCENT = 10.0
SLIGHT_POINTS = 3.0
# 大幅に増加: at least this.
LARGE_PERCENT = 10.0
LARGE_POINTS = 5.0
# 高い傾向: Kendall's tau of the groups in their order, at least this (three in four pairs agree).
TENDENCY = 0.5

TREND = {
    "up": ("増加", "increased"),
    "level": ("横ばい", "was level"),
    "down": ("減少", "decreased"),
}
# Units of 0 to 100, whose changes are points; 点 is the brand survey's score.
POINTS = ("%", "％", "ポイント", "点")

Size = Literal["level", "slight", "large"]


def sizes(change: float, before: float, unit: str) -> set[Size]:
    """What a change may be called besides its direction, more than one where they overlap.

    A change of points is large also where it is large in percent: 6.5 to 8.4 points is. Nothing
    speaks against slight or large where a first value of zero or less allows no percent.

    Args:
        change: the difference, in the unit.
        before: the first value.
        unit: of the value.
    """
    points = unit in POINTS
    percent = abs(change) / before * 100 if before > 0 else float("nan")
    size = abs(change) if points else percent
    if not points and before <= 0:
        return {"slight", "large"}
    found: set[Size] = set()
    if size < (LEVEL_POINTS if points else LEVEL_PERCENT):
        found.add("level")
    if size <= (SLIGHT_POINTS if points else SLIGHT_PERCENT):
        found.add("slight")
    if percent >= LARGE_PERCENT or (points and size >= LARGE_POINTS):
        found.add("large")
    return found
