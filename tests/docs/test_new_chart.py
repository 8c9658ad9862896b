"""The recipes of docs/new-chart: each at most twelve lines, run as it stands, at both widths."""

import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from helpers.places import NOTEBOOK_VARIABLE, RUN_VARIABLE

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```python\n(.*?)```", re.S)


def blocks(lang: str) -> list[str]:
    page = ROOT / "docs" / ("ja" if lang == "ja" else "") / "new-chart.md"
    return BLOCK.findall(page.read_text(encoding="utf-8"))


HEAD, *RECIPES = blocks("ja")


def test_both_languages_have_the_same_recipes():
    assert blocks("en") == [HEAD, *RECIPES]
    assert len(RECIPES) == 6
    assert max(len(code.splitlines()) for code in RECIPES) <= 12


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("code", RECIPES, ids=lambda code: re.findall(r'"(recipe_\w+)"', code)[0])
def test_a_recipe_gives_its_figure(tmp_path, monkeypatch, code, lang):
    shutil.copytree(ROOT / "data/processed/mihon/2025/indicators", tmp_path / "data/indicators")
    monkeypatch.setenv(RUN_VARIABLE, str(tmp_path))
    monkeypatch.setenv(NOTEBOOK_VARIABLE, "41_figures_own")
    names = {"city": "mihon", "fiscal_year": 2025, "lang": lang}
    exec(HEAD + code, names)  # ours, as the page has it
    key = re.findall(r'"(recipe_\w+)"', code)[0]
    folder = names["desk"].places.figures_out
    spoken = "" if lang == "ja" else "_en"
    for width, stem in ((160, f"{key}{spoken}"), (80, f"{key}_80mm{spoken}")):
        assert Image.open(folder / f"{stem}.png").width == int(width / 25.4 * 300)
    assert (ROOT / "docs" / "pictures" / f"{key}.png").exists()
