"""The marks by which a picture is known as one of our figures: names, and keys inside a PNG."""

import re
import struct
from dataclasses import dataclass

_PNG = b"\x89PNG\r\n\x1a\n"
_VARIANT = re.compile(r"(?:_(\d+)mm)?(?:_large)?(?:_en)?$")
_NAMED = re.compile(r"\bfig:\s*([A-Za-z][A-Za-z0-9_]*)")
_BOOKMARK = re.compile(r"fig_([A-Za-z][A-Za-z0-9_]*)$")
FULL_WIDTH_MM = 160


@dataclass(frozen=True)
class Mark:
    """What a PNG of ours says of itself (charts.md, section 4).

    Attributes:
        key: the figure's file name without ending, with its width (``attachment_age_80mm``).
        edition: ``mihon 2024``; empty where it does not say.
    """

    key: str
    edition: str = ""


def mark_of(picture: bytes) -> Mark | None:
    """The mark inside a PNG, or None: another format, not ours, or recompressed."""
    texts = {}
    at = len(_PNG)
    while picture.startswith(_PNG) and at + 8 <= len(picture):
        length, kind = struct.unpack_from(">I4s", picture, at)
        if kind == b"IDAT":  # our texts stand before the pixels
            break
        if kind == b"tEXt":
            name, _, value = picture[at + 8 : at + 8 + length].partition(b"\0")
            texts[name.decode("latin-1")] = value.decode("latin-1")
        at += length + 12
    key = texts.get("X-Figure-Key")
    return Mark(key, texts.get("X-Figure-Edition", "")) if key else None


def png_size(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG, in pixels."""
    wide, high = struct.unpack_from(">II", picture, 16)
    return wide, high


def base_of(key: str) -> str:
    """The figure without its width, size of type and language: ``mgap_80mm`` → ``mgap``."""
    return _VARIANT.sub("", key)


def width_of(key: str) -> int:
    """The printed width that a key names, in mm."""
    match = _VARIANT.search(key)
    return int(match[1]) if match and match[1] else FULL_WIDTH_MM


def named(text: str) -> str:
    """The key in ``fig:KEY``, or nothing."""
    match = _NAMED.search(text)
    return match[1] if match else ""


def bookmarked(name: str) -> str:
    """The key in a bookmark's name ``fig_KEY``, or nothing."""
    match = _BOOKMARK.match(name)
    return match[1] if match else ""


def is_figure_key(text: str) -> bool:
    """Whether a text can be a figure's file name without ending."""
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", text) is not None
