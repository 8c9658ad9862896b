"""A PNG file, written for flat drawings.

Pillow tries five filters on every line of an RGB picture. On flat colours none of them helps: left
out, the file is a tenth smaller and written in less than half the time.
"""

import struct
import zlib
from typing import Any

import numpy as np
from PIL.PngImagePlugin import PngInfo

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LEVEL = 3  # of zlib; 6 takes twice as long and saves 6 %


def png_file(pixels: np.ndarray[Any, Any], dpi: float, info: PngInfo) -> bytes:
    """The bytes of a PNG.

    Args:
        pixels: height x width x 3, eight bits each.
        dpi: pixels per inch, from which the physical size follows.
        info: texts to carry.
    """
    high, wide, _ = pixels.shape
    lines = np.zeros((high, 1 + 3 * wide), dtype=np.uint8)  # each begins with 0: no filter
    lines[:, 1:].reshape(high, wide, 3)[...] = pixels
    per_metre = round(dpi / 0.0254)
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)),
        (b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
        *((chunk[0], chunk[1]) for chunk in info.chunks),
        (b"IDAT", zlib.compress(lines.data, _LEVEL)),
        (b"IEND", b""),
    ]
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
