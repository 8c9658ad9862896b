"""The sizes that figures are printed at; the second door knows no others."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """A printed size in millimetres: exactly as wide, at most as high."""

    width: float
    height: float


SIZES = (
    Size(160, 230),  # the text width of A4; the height leaves room for a caption
    Size(80, 120),  # half of it: two side by side, or beside a column of text
    Size(338.7, 190.5),  # a slide, 16:9
    Size(210, 297),  # A4
)
PRINTED = (160, 80)  # the widths at which every figure of a report is published


def tallest(width: float) -> float | None:
    """How high a figure of this width may be; None for a width that nothing is printed at."""
    return next((size.height for size in SIZES if abs(size.width - width) < 0.05), None)
