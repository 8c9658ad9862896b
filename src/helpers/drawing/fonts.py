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


# Widths of the characters met so far, in ems, of the regular and of the bold weight.
_ADVANCES: tuple[dict[str, float], dict[str, float]] = ({}, {})


def width(text: str, size: float, bold: bool = False) -> float:
    """Width of one line of text in millimetres (the font has no kerning: advances add up)."""
    advances = _ADVANCES[bold]
    face = get_font(str(BOLD if bold else REGULAR))
    for character in set(text) - advances.keys():
        glyph = face.load_char(ord(character), flags=LoadFlags.NO_SCALE)
        advances[character] = glyph.horiAdvance / face.units_per_EM
    return sum(advances[character] for character in text) * size * MM
