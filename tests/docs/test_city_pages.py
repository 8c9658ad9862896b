"""A city built from the docs alone: both pages followed word for word, on a copy without any city."""

import re
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(Path(__file__).parent))

from following import follow, results, steps, there  # noqa: E402

PAGES = ("city-printed", "city-answers")


def page(name: str, lang: str) -> str:
    folder = ROOT / "docs" / ("ja" if lang == "ja" else "")
    return (folder / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_following_the_page_gives_the_city(tmp_path, name):
    for folder in ("src", "notebooks"):
        ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    (tmp_path / "data/raw").mkdir(parents=True)
    text = page(name, "ja")
    for step in steps(text):
        follow(tmp_path, step)
        for path in tmp_path.glob("data/raw/*/*/edition.yml"):  # they have tests of their own
            if "deliverables" not in (said := path.read_text(encoding="utf-8")):
                path.write_text(f"{said}\ndeliverables: []\n", encoding="utf-8")
    promised = results(text)
    assert promised and [one for one in promised if not there(tmp_path, *one)] == []


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_have_the_same_steps_and_keys(name):
    ja, en = page(name, "ja"), page(name, "en")
    assert steps(ja) == steps(en) and results(ja) == results(en)
    keys = [re.findall(r"^\| (`.*?) \|", text, re.MULTILINE) for text in (ja, en)]
    assert [re.findall(r"`\w+`", key) for key in keys[0]] == [
        re.findall(r"`\w+`", key) for key in keys[1]
    ]
