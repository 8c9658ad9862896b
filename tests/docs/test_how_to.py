"""Adding things, as docs/ says it: each page followed word for word on a copy of the project."""

import re
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(Path(__file__).parent))

from following import follow, results, steps, there  # noqa: E402

PLACES = {"new-year": 2, "new-city": 1, "new-table": 2, "new-figure": 2, "new-indicator": 2}


def page(name: str, lang: str = "ja") -> str:
    folder = ROOT / "docs" / ("ja" if lang == "ja" else "")
    return (folder / f"{name}.md").read_text(encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project as Isehara's analyst has it: raw files, notebooks, code, and the history."""
    for folder in ("src", "notebooks", "data/raw/isehara", "data/processed/isehara"):
        ignored = shutil.ignore_patterns("__pycache__", "*.parquet", ".*")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    for file in ("requirements.txt",):
        shutil.copy(ROOT / file, tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", PLACES)
def test_following_the_page_gives_what_it_says(copy, name):
    text = page(name)
    promised = results(text)
    assert promised
    assert [p for p in promised if there(copy, *p)] == []
    for step in steps(text):
        follow(copy, step)
    assert [p for p in promised if not there(copy, *p)] == []


@pytest.mark.parametrize("name", PLACES)
def test_both_languages_say_the_same_steps(name):
    ja, en = page(name, "ja"), page(name, "en")
    assert steps(ja) == steps(en)
    assert results(ja) == results(en)
    assert re.match(r"# [^\n]*[ぁ-ん]", ja)
    assert re.match(r"# A new \w+\n", en)
    assert len(ja.splitlines()) <= 80


@pytest.mark.parametrize(("name", "count"), PLACES.items())
def test_as_few_files_as_possible_are_edited(name, count):
    assert len({step.path for step in steps(page(name)) if step.path}) == count
