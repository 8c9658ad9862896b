"""When a text cannot be read: over another, too close, across a line or an edge, too faint.

All boxes are (left, bottom, right, top) in pixels of 300 dpi; strokes are rows of x0, y0, x1, y1
and half the thickness.
"""

import numpy as np

from helpers.drawing.marks import PX_MM, Area, Box, Word
from helpers.palette import PAPER, contrast

APART_MM = 0.5  # between texts side by side; nearer, two numbers read as one
READABLE = 4.5  # contrast of a text and what it stands on
_TOUCH = 1.5  # ink may touch by so many pixels: 0.13 mm


def boxes(marked: list[Word] | list[Area]) -> np.ndarray:
    """The boxes of marks as rows of an array."""
    return np.array([mark.box for mark in marked], dtype=float).reshape(-1, 4)


def _shared(box: Box, others: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How many pixels a box shares with others, across and up (negative: apart)."""
    wide = np.minimum(box[2], others[:, 2]) - np.maximum(box[0], others[:, 0])
    high = np.minimum(box[3], others[:, 3]) - np.maximum(box[1], others[:, 1])
    return wide, high


def overlapping(box: Box, others: np.ndarray) -> np.ndarray:
    """Which texts are over a text."""
    wide, high = _shared(box, others)
    return (wide > _TOUCH) & (high > _TOUCH)


def crowding(box: Box, others: np.ndarray) -> np.ndarray:
    """Which texts are nearer to a text, side by side, than ``APART_MM``."""
    wide, high = _shared(box, others)
    lowest = np.minimum(box[3] - box[1], others[:, 3] - others[:, 1])
    return (wide <= _TOUCH) & (high > lowest / 2) & (wide > -APART_MM * PX_MM)


def crossing(box: Box, strokes: np.ndarray) -> np.ndarray:
    """Which strokes touch a box: their own boxes meet, and its corners lie on both sides."""
    x0, y0, x1, y1, half = strokes.T
    left, bottom, right, top = box
    meet = (
        (np.minimum(x0, x1) - half < right)
        & (np.maximum(x0, x1) + half > left)
        & (np.minimum(y0, y1) - half < top)
        & (np.maximum(y0, y1) + half > bottom)
    )
    long = np.hypot(x1 - x0, y1 - y0)
    sides = np.array(
        [(x1 - x0) * (y - y0) - (y1 - y0) * (x - x0) for x in (left, right) for y in (bottom, top)]
    )
    return meet & (sides.min(axis=0) <= half * long) & (sides.max(axis=0) >= -half * long)


def straddled(box: Box, areas: list[Area]) -> bool:
    """Whether a text stands half on a filled area."""
    within = boxes(areas)
    wide, high = _shared(box, within)
    out = np.stack(
        [
            within[:, 0] - box[0],
            box[2] - within[:, 2],
            within[:, 1] - box[1],
            box[3] - within[:, 3],
        ]
    ).max(axis=0, initial=-np.inf)
    colored = np.array([area.color != PAPER for area in areas], dtype=bool)
    return bool(((wide > _TOUCH) & (high > _TOUCH) & (out > _TOUCH) & colored).any())


def legibility(word: Word, areas: list[Area]) -> float:
    """The contrast of a text and what it stands on, 1 to 21."""
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    under = [a.color for a in areas if a.box[0] < x < a.box[2] and a.box[1] < y < a.box[3]]
    return contrast(word.color, under[-1] if under else PAPER)
