"""The one typeface, BIZ UDPGothic, loaded by path so that every machine draws the same."""

from functools import cache
from pathlib import Path

from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
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


def ours(properties: FontProperties) -> bool:
    """Whether a text is set in our typeface, whoever asked for it by file or by family."""
    return Path(findfont(properties)).resolve() in (REGULAR.resolve(), BOLD.resolve())


def missing(text: str) -> str:
    """The characters of a text that the font cannot draw, each once, in order."""
    return "".join(dict.fromkeys(c for c in text if c != "\n" and c not in characters()))


# Of the characters met so far, of the regular and of the bold weight, in ems: how far the next
# one stands, and the box of the ink (left, bottom, right, top).
_Glyph = tuple[float, tuple[float, float, float, float]]
_GLYPHS: tuple[dict[str, _Glyph], dict[str, _Glyph]] = ({}, {})


def _glyphs(text: str, bold: bool) -> dict[str, _Glyph]:
    known = _GLYPHS[bold]
    face = get_font(str(BOLD if bold else REGULAR))
    for character in set(text) - known.keys():
        shown = character if character in characters() else "〓"  # as wide; the lint names it
        glyph = face.load_char(ord(shown), flags=LoadFlags.NO_SCALE)
        left, bottom, right, top = (edge / face.units_per_EM for edge in glyph.bbox)
        known[character] = (glyph.horiAdvance / face.units_per_EM, (left, bottom, right, top))
    return known


def width(text: str, size: float, bold: bool = False) -> float:
    """Width of one line of text in millimetres (the font has no kerning: advances add up)."""
    try:
        known = _GLYPHS[bold]
        return sum([known[character][0] for character in text]) * size * MM
    except KeyError:
        known = _glyphs(text, bold)
        return sum([known[character][0] for character in text]) * size * MM


def ink(text: str, size: float, bold: bool = False) -> tuple[float, float, float, float]:
    """The box of a line's ink in millimetres from where it begins: left, bottom, right, top."""
    if not text:
        return 0.0, 0.0, 0.0, 0.0
    known = _glyphs(text, bold)
    shown = text.strip() or text
    boxes = [known[character][1] for character in shown]
    start = width(text[: len(text) - len(text.lstrip())], size, bold) if text.strip() else 0.0
    spare = known[shown[-1]][0] - boxes[-1][2]
    em = size * MM
    return (
        start + boxes[0][0] * em,
        min(box[1] for box in boxes) * em,
        start + width(shown, size, bold) - spare * em,
        max(box[3] for box in boxes) * em,
    )
