"""Colours by meaning, from the design tokens of デジタル庁 (MIT).

Names say what a colour means, never what it looks like; ``tests/drawing/test_palette.py`` proves
that they stay apart for every colour vision (two models), on a grey copy, and against paper.
"""

from dataclasses import dataclass

POSITIVE = "#00428c"
POSITIVE_SOFT = "#57b8ff"
MIDDLE = "#e6e6e6"
NEGATIVE_SOFT = "#ffc199"
NEGATIVE = "#c74700"
TOTAL = "#333333"

INK = "#1a1a1a"  # titles, labels, values
MUTED = "#4d4d4d"  # subtitles, notes, axis labels
OUTLINE = "#666666"  # thin edge that lends pale areas a contrast of 3:1
QUIET = "#8c8c8c"  # what is shown for comparison only
GRID = "#e6e6e6"
PAPER = "#ffffff"

LIKERT = (POSITIVE, POSITIVE_SOFT, MIDDLE, NEGATIVE_SOFT, NEGATIVE)
CATEGORICAL = ("#008bf2", "#6d2700", "#006173", "#927200", "#30016c")
# The third is darker than the token 00a3bf, which has less than 3:1 on paper.
CATEGORICAL_3 = ("#00118f", "#c74700", "#009ab3")
SEQUENTIAL = ("#f0f9ff", "#97d3ff", "#5aa3d8", "#0055ad", "#00234b")


def luminance(color: str) -> float:
    """Relative luminance of a ``#rrggbb`` colour as WCAG defines it."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def ink_on(background: str) -> str:
    """Paper or ink, whichever is read more easily on a background."""
    return max((PAPER, INK), key=lambda ink: contrast(ink, background))


def signed(value: float) -> str:
    """The colour of a number by its sign; zero counts as positive."""
    return NEGATIVE if value < 0 else POSITIVE


@dataclass(frozen=True)
class Colors:
    """The colours by meaning, as a notebook names them: ``desk.colors.positive``.

    Attributes:
        positive: what is wanted: attached, satisfied, moved in.
        negative: its contrary.
        neutral: neither, or shown for comparison only.
        emphasis: the one bar or line that the title speaks of; the others are ``neutral``.
        plain: bars that mean nothing but themselves.
    """

    positive: str = POSITIVE
    negative: str = NEGATIVE
    neutral: str = QUIET
    emphasis: str = POSITIVE
    plain: str = CATEGORICAL[0]

    @property
    def ordered(self) -> list[str]:
        """Five steps from little to much, for cells: ``cmap=desk.colors.ordered``."""
        return list(SEQUENTIAL)

    @property
    def categorical(self) -> list[str]:
        """At most five that differ for every colour vision and on a grey copy."""
        return list(CATEGORICAL)
