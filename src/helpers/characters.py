"""Characters that cannot be printed, or are not what they look like, found where text is read.

A text of a raw file or of a configuration ends up in charts, in a PDF and in Word: what one of
them cannot carry is said here, with what to write instead, and not when the report is made.
"""

import struct
import unicodedata
from functools import cache
from pathlib import Path

from helpers.problems import Said

# What copying leaves behind, by general category: no character of a written text.
_KINDS = {
    "Cc": Said("制御文字", "a control character"),
    "Cf": Said("見えない文字", "an invisible character"),
    "Cs": Said("壊れた文字", "half of a character"),
    "Co": Said("外字（私用領域の文字）", "a private-use character"),
    "Cn": Said("未定義の文字", "an unassigned character"),
}
_LINES = "\n\r\t"
_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
_RADICALS = (0x2E80, 0x2FDF)  # CJK radicals supplement, Kangxi radicals
_FONT = Path(__file__).parent / "fonts" / "BIZUDPGothic-Regular.ttf"


@cache
def house_font() -> frozenset[int]:
    """The characters that the house font can draw, by code point.

    Read from the font's own table (OpenType ``cmap``, format 12): a library that knows fonts
    takes longer to import than a whole check.
    """
    with _FONT.open("rb") as file:
        tables = struct.iter_unpack(">4s3L", file.read(12 + 16 * 64)[12:])
        start, size = next((at, size) for tag, _, at, size in tables if tag == b"cmap")
        file.seek(start)
        content = file.read(size)
    parts = struct.unpack_from(">H", content, 2)[0]
    for _, _, at in struct.iter_unpack(">2HL", content[4 : 4 + 8 * parts]):
        if struct.unpack_from(">H", content, at)[0] == 12:
            groups = struct.unpack_from(">L", content, at + 12)[0]
            ends = struct.iter_unpack(">3L", content[at + 16 : at + 16 + 12 * groups])
            return frozenset(code for a, b, _ in ends for code in range(a, b + 1))
    raise ValueError(f"{_FONT.name} has no table of characters of format 12")


def problem_of(text: str) -> Said | None:
    """The first thing about a text that keeps it from being printed as it is meant.

    Args:
        text: any text that a document will show.

    Returns:
        What is wrong and what to write instead, in both languages; None where nothing is.
    """
    if text.isascii() and text.isprintable():
        return None
    for at, character in enumerate(text):
        kind = _kind(character)
        if kind is not None:
            return _said(text, at, kind)
    return None


def plain_text(text: str) -> str:
    """The text in the spelling that is offered: one sign for what looks alike, no marks on it."""
    kept = "".join(c for c in text if not _within(c, _SELECTORS) and not _invisible(c))
    folded = "".join(_folded(c) for c in kept)
    return unicodedata.normalize("NFC", folded)


def _kind(character: str) -> Said | None:
    code, category = ord(character), unicodedata.category(character)
    if category in _KINDS and character not in _LINES:
        return _KINDS[category]
    if _within(character, _SELECTORS):
        return Said("異体字の指定（異体字セレクタ）", "a variation selector")
    if _RADICALS[0] <= code <= _RADICALS[1]:
        return Said("漢字に見える部首の記号", "a radical that looks like a kanji")
    if character in "\u3099\u309a" or 0x300 <= code <= 0x36F:
        return Said("前の文字に重なる濁点などの記号", "a mark that is laid over another character")
    if code not in house_font() and character not in _LINES:
        return Said("図のフォントにない文字", "a character that the font does not have")
    return None


def _said(text: str, at: int, kind: Said) -> Said:
    character = text[at]
    # Alone a control character or a mark would disturb the message itself.
    shown = f"「{character}」" if character.isprintable() and not _mark(character) else ""
    quoted = f" “{character}”" if shown else ""
    code = f"U+{ord(character):04X}"
    where = Said(f"{at + 1} 文字目", f"character {at + 1}")
    instead = plain_text(text)
    if instead != text and problem_of(instead) is None:
        fix = Said(f"「{instead}」と書いてください", f"write “{instead}”")
    else:
        fix = Said("別の字（常用の字体）に直してください", "write another character")
    return Said(
        f"{where.ja}が{kind.ja}{shown}（{code}）です。{fix.ja}",
        f"{where.en} is {kind.en}{quoted} ({code}): {fix.en}",
    )


def _folded(character: str) -> str:
    """NFKC where it helps and changes nothing else: not for ① or ㎡, which can be printed."""
    code = ord(character)
    plain = unicodedata.normalize("NFKC", character)
    if _RADICALS[0] <= code <= _RADICALS[1]:
        return plain
    odd = code not in house_font()
    return plain if odd and all(ord(c) in house_font() for c in plain) else character


def _invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf"


def _mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me", "Cf")


def _within(character: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(character) <= last for first, last in ranges)
