"""The numbers on the methods page are those that the formulas give."""

from pathlib import Path

import numpy as np

from helpers.indicators.measures import Measurement, attainment, progress
from helpers.indicators.mgap import unrounded_bounds
from helpers.intervals import Interval
from helpers.rounding import printed, share_half_up
from helpers.tables import RULES

DOCS = Path(__file__).parents[2] / "docs"


def test_the_numbers_of_the_methods_page_are_derived():
    # Nishitokyo's shares as if 1,000 had been asked; the correlation of the questions assumed.
    high, low = np.array([0.30, 0.14, 0.61]), np.array([0.38, 0.67, 0.19])
    errors = np.sqrt((high + low - (high - low) ** 2) / 1000)
    alike = sum(errors[i] * errors[j] for i, j in ((0, 1), (0, 2), (1, 2)))
    half = {
        r: 1.96 * 100 * 20.7 * np.sqrt((errors**2).sum() + 2 * r * alike) for r in (0, 0.35, 0.5)
    }
    table = {
        "recommend": ("30", "38", "−8"),
        "participate": ("14", "67", "−53"),
        "thank": ("61", "19", "41"),
    }
    bounds = unrounded_bounds(table, Interval.exactly(20.7))
    views = Measurement(753, 493, 812, "up", 2021, 2024, 2027)
    index = Measurement(-414, -380, -300, "up", 2021, 2024, 2027)
    wanted = {
        *(f"±{value:.0f}" for value in (*half.values(), half[0.35] * np.sqrt(2))),
        *(f"{float(end):g}".replace("-", "−") for end in (bounds.low, bounds.high)),
        f"{20.7 * (-8 - 53 + 42):.1f}".replace("-", "−"),
        printed(attainment(views), 1),
        printed(progress(views), 1),
        printed(progress(index), 1),
        f"{-380 / -300 * 100:.0f}",
        str(share_half_up(1, 8)),
        str(23 / 40 * 100),
        f"**{RULES.smallest_base}**",
        f"**{RULES.smallest_base}–{RULES.caution_base - 1}**",
    }
    for folder in ("", "ja"):
        text = (DOCS / folder / "methods.md").read_text(encoding="utf-8").replace("〜", "–")
        assert {number for number in wanted if number not in text} == set()
