"""Texts that cannot be read: over one another, too close, across a line or an edge, too faint."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from helpers.drawing.marks import PX_MM, Area, Word
from helpers.drawing.palette import PAPER, contrast

APART_MM = 0.5  # between texts side by side; nearer, two numbers read as one
READABLE = 4.5  # contrast of a text and what it stands on
_TOUCH = 1.5  # ink may touch by so many pixels: 0.13 mm


def overlapping(words: Sequence[Word]) -> Iterator[str]:
    """Texts over one another."""
    for one, other, wide, high in _pairs(words):
        if wide > _TOUCH and high > _TOUCH:
            yield f"「{one.text}」と「{other.text}」が重なっている"


def crowded(words: Sequence[Word]) -> Iterator[str]:
    """Texts nearer side by side than ``APART_MM``."""
    for one, other, wide, high in _pairs(words):
        lowest = min(box[3] - box[1] for box in (one.box, other.box))
        if wide <= _TOUCH and high > lowest / 2 and wide > -APART_MM * PX_MM:
            gap = max(-wide, 0) / PX_MM
            yield f"「{one.text}」と「{other.text}」の間が{gap:.1f}mmしかない"


def _pairs(words: Sequence[Word]) -> Iterator[tuple[Word, Word, float, float]]:
    """Every two texts, and how many pixels they share across and up (negative: apart)."""
    for one, other in combinations(words, 2):
        (a0, a1, a2, a3), (b0, b1, b2, b3) = one.box, other.box
        yield one, other, min(a2, b2) - max(a0, b0), min(a3, b3) - max(a1, b1)


def crossed(words: Sequence[Word], strokes: np.ndarray) -> Iterator[str]:
    """Texts that a line runs through."""
    for word in words:
        if _hits(word.box, strokes).any():
            yield f"「{word.text}」に線が重なっている"


def _hits(box: tuple[float, float, float, float], strokes: np.ndarray) -> np.ndarray:
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


def straddling(words: Sequence[Word], areas: Sequence[Area]) -> Iterator[str]:
    """Texts that stand half on a filled area."""
    for word in words:
        left, bottom, right, top = word.box
        for area in areas:
            a0, a1, a2, a3 = area.box
            on = min(right, a2) - max(left, a0) > _TOUCH and min(top, a3) - max(bottom, a1) > _TOUCH
            out = max(a0 - left, right - a2, a1 - bottom, top - a3)
            if on and out > _TOUCH and area.color != PAPER:
                yield f"「{word.text}」が塗りの縁にかかっている"
                break


def faint(words: Sequence[Word], areas: Sequence[Area]) -> Iterator[str]:
    """Texts too much like what they stand on."""
    for word in words:
        x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
        under = [a.color for a in areas if a.box[0] < x < a.box[2] and a.box[1] < y < a.box[3]]
        ratio = contrast(word.color, under[-1] if under else PAPER)
        if ratio < READABLE:
            yield f"「{word.text}」の文字と地の明暗の比が{ratio:.1f}で、{READABLE}より小さい"
