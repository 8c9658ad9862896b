"""Pictures that lost their key: pasted ones, told again by what they look like.

Word writes a picture from the clipboard anew, without the key inside. Likeness proves nothing, so
what is found here is only shown to a person, never called current and never replaced.
"""

import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from PIL import Image

_SIDE = 64  # pixels of the small copies that are compared
# Our figures copied at half size as JPEG of low quality correlate above 0.99 with themselves.
_ALIKE = 0.98
_SHAPE = 0.03  # how far width : height may differ, as a share


@dataclass(frozen=True)
class Look:
    """A small grey copy of a picture.

    Attributes:
        grey: ``_SIDE * _SIDE`` brightnesses less their mean, of length 1.
        shape: width by height.
    """

    grey: np.ndarray
    shape: float

    def likeness(self, other: "Look") -> float:
        """Correlation of the brightnesses; 0 for pictures of another shape."""
        if abs(self.shape / other.shape - 1) > _SHAPE:
            return 0.0
        return float(self.grey @ other.grey)


def look_of(picture: bytes) -> Look | None:
    """The look of a picture; None for a plain area and for what cannot be read as a picture."""
    try:
        with Image.open(io.BytesIO(picture)) as image:
            wide, high = image.size
            flat = image.convert("RGBA")
            flat = Image.alpha_composite(Image.new("RGBA", flat.size, "white"), flat)
            small = flat.convert("L").resize((_SIDE, _SIDE), Image.Resampling.BOX)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    grey = np.asarray(small, dtype=float).ravel()
    grey -= grey.mean()
    length = float(np.linalg.norm(grey))
    return Look(grey / length, wide / high) if length else None


@dataclass(frozen=True)
class Looks:
    """The looks of all figures of a city's reports.

    Attributes:
        folder: with a folder a year, each with ``figures/``.
    """

    folder: Path

    @cached_property
    def _known(self) -> list[tuple[Look, str, str]]:
        files = sorted(self.folder.glob("[0-9]*/figures/*.png"), reverse=True)
        looks = ((look_of(file.read_bytes()), file) for file in files)
        return [(look, file.stem, file.parents[1].name) for look, file in looks if look]

    def nearest(self, picture: bytes) -> tuple[str, str] | None:
        """Key and year of the figure that a picture looks like, the newest first; else None."""
        look = look_of(picture)
        if look is None:
            return None
        likest = max(self._known, key=lambda known: look.likeness(known[0]), default=None)
        if likest is None or look.likeness(likest[0]) < _ALIKE:
            return None
        return likest[1], likest[2]
