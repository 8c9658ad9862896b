"""Labels beside points, none over another: the nearest free place, a thin line where it is far."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle in millimetres, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: "Box") -> float:
        """The area that two boxes share."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0

    def beyond(self, bounds: "Box") -> float:
        """How far the box is outside of bounds."""
        return sum(
            max(0.0, distance)
            for distance in (
                bounds.left - self.left,
                bounds.top - self.top,
                self.right - bounds.right,
                self.bottom - bounds.bottom,
            )
        )


# Where a label may stand, the best first: direction and distance from the point.
_SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
_DISTANCES = (1.3, 2.6, 4.2, 6.0, 8.5, 11.0)
NEAR = 1.3


def place(
    points: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    bounds: Box,
    taken: Sequence[Box] = (),
) -> list[tuple[Box, bool]]:
    """Find a box for the label of every point.

    Args:
        points: in millimetres.
        sizes: width and height of each label.
        bounds: where labels must stay.
        taken: boxes that no label may cover.

    Returns:
        For each point the box of its label, and whether a line should lead to it.
    """
    dots = [Box(x - 1.0, y - 1.0, x + 1.0, y + 1.0) for x, y in points]
    # The points with the closest neighbours choose first: they have the fewest places.
    order = sorted(range(len(points)), key=lambda i: _nearest(points, i))
    found: dict[int, tuple[Box, bool]] = {}
    for index in order:
        others = [dot for i, dot in enumerate(dots) if i != index]
        blocked = [*taken, *others, *(box for box, _ in found.values())]
        best = min(
            (
                (_cost(box, blocked, bounds) + distance * 0.05 + rank * 0.01, rank, box, distance)
                for distance in _DISTANCES
                for rank, box in enumerate(_around(points[index], sizes[index], distance))
            ),
            key=lambda choice: choice[:2],
        )
        found[index] = (best[2], best[3] > NEAR)
    return [found[index] for index in range(len(points))]


def _nearest(points: Sequence[tuple[float, float]], index: int) -> float:
    x, y = points[index]
    return min(
        ((x - a) ** 2 + (y - b) ** 2 for i, (a, b) in enumerate(points) if i != index), default=0.0
    )


def _around(point: tuple[float, float], size: tuple[float, float], distance: float) -> list[Box]:
    (x, y), (wide, high) = point, size
    boxes = []
    for side, rise in _SIDES:
        left = x + distance if side > 0 else x - distance - wide if side < 0 else x - wide / 2
        top = (
            y + distance * 0.6
            if rise > 0
            else y - distance * 0.6 - high
            if rise < 0
            else y - high / 2
        )
        boxes.append(Box(left, top, left + wide, top + high))
    return boxes


def _cost(box: Box, blocked: Sequence[Box], bounds: Box) -> float:
    return sum(box.overlap(other) for other in blocked) * 10 + box.beyond(bounds) * 100
