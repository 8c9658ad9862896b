"""A plan whose measures are graded by two rules has one glance, in which both are said."""

import pandas as pd

from helpers.drawing import Context
from helpers.edition.grades import Rule
from helpers.figures.grades import glance_words, shades
from helpers.palette import OUTLINE

COUNTED = Rule(ja="件数の基準", bands={"◎": "progress >= 50", "△": "progress < 50"})
ASKED = Rule(ja="意識調査の基準", bands={"◎": "gain > 3", "×": "gain <= 3"}, missing="…")
BOTH = [COUNTED, ASKED]


def counts(**numbers):
    return pd.DataFrame(
        {"category": grade, "value": n, "printed": str(n), "group_name": "暮らし"}
        for grade, n in numbers.items()
    )


def test_each_grade_of_both_has_its_colour_and_what_cannot_be_graded_comes_last():
    shown = shades(BOTH, ["×", "…", "－", "△", "◎"])
    assert list(shown) == ["◎", "△", "×", "－", "…"]
    assert shown["－"] == shown["…"] == OUTLINE and len({*shown.values()}) == 4


def test_both_are_said_and_the_worst_of_both_is_the_title():
    whole = counts(**{"◎": 5, "△": 2, "×": 1, "…": 1})
    words = glance_words(whole, whole, BOTH, Context(city="x", edition="aoba 2024"))
    assert "評価「×」が多いのは暮らし（1指標）" in words["title"]
    notes = "".join(words["notes"])
    assert "全9指標のうち ◎ 5、△ 2、× 1、… 1" in notes  # 5 + 2 + 1 + 1
    assert "件数の基準" in notes and "意識調査の基準" in notes
