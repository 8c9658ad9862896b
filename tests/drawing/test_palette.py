"""The palette is proved: two models of colour-vision deficiency, a grey copy, contrast."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from colorspacious import cspace_convert
from daltonlens import simulate

from helpers import palette as p
from helpers.figures import intent_stack

PASS_CATEGORICAL, PASS_NEIGHBOURS = 20.0, 15.0  # CAM02-UCS, charts.md section 2
KINDS = {
    "protanomaly": simulate.Deficiency.PROTAN,
    "deuteranomaly": simulate.Deficiency.DEUTAN,
    "tritanomaly": simulate.Deficiency.TRITAN,
}


def rgb(color):
    return [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def seen(color):
    """The colour as eight pairs of eyes see it, in CAM02-UCS."""
    views = [cspace_convert(rgb(color), "sRGB1", "CAM02-UCS")]
    brettel = simulate.Simulator_Brettel1997()
    for kind, deficiency in KINDS.items():
        space = {"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100}
        machado = np.clip(cspace_convert(rgb(color), space, "sRGB1"), 0, 1)
        views.append(cspace_convert(machado, "sRGB1", "CAM02-UCS"))
        pixel = np.array([[[round(255 * c) for c in rgb(color)]]], dtype=np.uint8)
        simulated = brettel.simulate_cvd(pixel, deficiency, severity=1.0)[0, 0] / 255
        views.append(cspace_convert(simulated, "sRGB1", "CAM02-UCS"))
    return np.array(views)


def distance(one, other):
    """The least difference over all eyes."""
    return float(np.linalg.norm(seen(one) - seen(other), axis=1).min())


def lightness(color):
    return float(cspace_convert(rgb(color), "sRGB1", "CIELab")[0])


CATEGORICAL = {
    "roles": (p.POSITIVE, p.MIDDLE, p.NEGATIVE),
    "five": p.CATEGORICAL,
    "three": p.CATEGORICAL_3,
    "lines": (p.POSITIVE, p.NEGATIVE),
    "intents": intent_stack.COLORS,
}
ORDERED = {"likert": p.LIKERT, "sequential": p.SEQUENTIAL}


@pytest.mark.parametrize("name", CATEGORICAL)
def test_categories_stay_apart_for_every_colour_vision(name):
    for one, other in combinations(CATEGORICAL[name], 2):
        assert distance(one, other) >= PASS_CATEGORICAL, (one, other)


@pytest.mark.parametrize("name", ORDERED)
def test_neighbours_of_a_scale_stay_apart(name):
    for one, other in pairwise(ORDERED[name]):
        assert distance(one, other) >= PASS_NEIGHBOURS, (one, other)


@pytest.mark.parametrize("name", CATEGORICAL)
def test_categories_stay_apart_on_a_grey_copy(name):
    for one, other in combinations(CATEGORICAL[name], 2):
        assert abs(lightness(one) - lightness(other)) >= 5, (one, other)


@pytest.mark.parametrize("name", ORDERED)
def test_neighbours_stay_apart_on_a_grey_copy(name):
    for one, other in pairwise(ORDERED[name]):
        assert abs(lightness(one) - lightness(other)) >= 8, (one, other)


@pytest.mark.parametrize(
    "colors", [(p.POSITIVE, p.NEGATIVE), intent_stack.COLORS], ids=["good and bad", "intents"]
)
def test_large_areas_differ_on_a_photocopy(colors):
    for one, other in combinations(colors, 2):
        assert abs(lightness(one) - lightness(other)) >= 15


@pytest.mark.parametrize("color", [p.POSITIVE, p.NEGATIVE, p.TOTAL, p.INK, p.MUTED])
def test_text_colours_are_readable_on_paper(color):
    assert p.contrast(color, p.PAPER) >= 4.5


@pytest.mark.parametrize("color", [*p.CATEGORICAL, *p.CATEGORICAL_3, p.QUIET, p.OUTLINE])
def test_marks_without_outline_have_three_to_one(color):
    assert p.contrast(color, p.PAPER) >= 3.0


@pytest.mark.parametrize("color", [*p.LIKERT, *p.CATEGORICAL, *p.CATEGORICAL_3, *p.SEQUENTIAL])
def test_the_ink_on_every_colour_is_readable(color):
    assert p.contrast(p.ink_on(color), color) >= 4.5


@pytest.mark.parametrize("color", p.SEQUENTIAL)
def test_the_ink_is_readable_on_a_grey_copy(color):
    # Copiers and printers weigh the encoded channels (ITU-R BT.601), not luminance.
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    grey = f"{round(0.299 * red + 0.587 * green + 0.114 * blue):02x}"
    assert p.contrast(p.ink_on(color), f"#{grey * 3}") >= 4.5


def test_the_proof_can_fail():
    # Green and pink of the CUD accent set: charts.md measured 6.9.
    assert distance("#03af7a", "#ff8082") < PASS_CATEGORICAL
