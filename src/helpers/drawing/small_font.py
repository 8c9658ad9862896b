"""A font file with only the characters of one figure.

matplotlib subsets the font for every PDF, and fontTools reads all of its 11,740 glyphs each time:
over a second a figure. Taking the few glyphs from a font that stays in memory costs milliseconds.
"""

from copy import copy
from functools import cache
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont, newTable


@cache
def _open(path: Path) -> tuple[TTFont, dict[int, str]]:
    whole = TTFont(path)
    return whole, whole.getBestCmap()


def small_font(path: Path, text: str, target: Path) -> None:
    """Write a TrueType font with the characters of a text.

    Args:
        path: the whole font: TrueType outlines, no composite glyphs, no hinting.
        text: the characters wanted; those that the font lacks are left out.
        target: the file to write.
    """
    whole, cmap = _open(path)
    codes = sorted({ord(c) for c in text if ord(c) in cmap} | {ord(" ")})
    names = [".notdef", *dict.fromkeys(cmap[code] for code in codes)]
    builder = FontBuilder(whole["head"].unitsPerEm, isTTF=True)
    font = builder.font
    # Outlines go over as they are: nothing is unpacked or measured again.
    font.recalcBBoxes = font.recalcTimestamp = False
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({code: cmap[code] for code in codes})
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder = names
    font["glyf"].glyphs = {name: whole["glyf"].glyphs[name] for name in names}
    for table in ("head", "hhea", "maxp", "OS/2", "name", "post"):
        font[table] = copy(whole[table])
    builder.setupHorizontalMetrics({name: whole["hmtx"][name] for name in names})
    builder.save(str(target))
