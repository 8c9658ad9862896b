"""The one typeface, BIZ UDPGothic, loaded by path so that every machine draws the same."""

from functools import cache
from pathlib import Path

from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.ft2font import LoadFlags

FOLDER = Path(__file__).parents[1] / "fonts"
REGULAR = FOLDER / "BIZUDPGothic-Regular.ttf"
BOLD = FOLDER / "BIZUDPGothic-Bold.ttf"
FAMILY = "BIZ UDPGothic"

MM = 25.4 / 72  # millimetres in a point


def font(size: float, bold: bool = False) -> FontProperties:
    """Font properties that name our file, not a family that a system may resolve otherwise."""
    return FontProperties(fname=str(BOLD if bold else REGULAR), size=size)


@cache
def register() -> None:
    """Make ``font.family`` find our files first, for text that seaborn or matplotlib draws."""
    ours = {str(REGULAR), str(BOLD)}
    fontManager.ttflist = [
        entry for entry in fontManager.ttflist if entry.name != FAMILY or entry.fname in ours
    ]
    for path in (REGULAR, BOLD):
        fontManager.addfont(path)


@cache
def characters() -> frozenset[str]:
    """Every character that both weights can draw."""
    both = [set(get_font(str(path)).get_charmap()) for path in (REGULAR, BOLD)]
    return frozenset(chr(code) for code in both[0] & both[1])


def missing(text: str) -> str:
    """The characters of a text that the font cannot draw, each once, in order."""
    return "".join(dict.fromkeys(c for c in text if c != "\n" and c not in characters()))


@cache
def width(text: str, size: float, bold: bool = False) -> float:
    """Width of one line of text in millimetres."""
    face = get_font(str(BOLD if bold else REGULAR))
    # Measured at 64 times the size: FreeType counts in 1/64 pixels, and rounds.
    face.set_size(size * 64, 72)
    face.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return float(face.get_width_height()[0]) / 64 / 64 * MM
