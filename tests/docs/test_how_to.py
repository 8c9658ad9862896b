"""Adding things, as docs/ says it: each page followed word for word on a copy of the project."""

import re
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(Path(__file__).parent))

from following import Step, follow, results, steps, there  # noqa: E402

PLACES = {
    "new-year": 2,
    "new-city": 1,
    "data": 0,
    "new-table": 2,
    "new-figure": 2,
    "new-indicator": 2,
}


def page(name: str, lang: str = "ja") -> str:
    folder = ROOT / "docs" / ("ja" if lang == "ja" else "")
    return (folder / f"{name}.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as Isehara's analyst has it, its report published once for all pages."""
    project = tmp_path_factory.mktemp("how_to")
    for folder in ("src", "notebooks", "data/raw/isehara", "data/processed/isehara"):
        ignored = shutil.ignore_patterns("__pycache__", "*.parquet", ".*")
        shutil.copytree(ROOT / folder, project / folder, ignore=ignored)
    shutil.copy(ROOT / "requirements.txt", project)
    without_deliverables(project)
    follow(project, Step("console", "", "$ citypromo run isehara 2024\n"))
    return project


@pytest.fixture
def copy(published: Path, tmp_path: Path) -> Path:
    return shutil.copytree(published, tmp_path / "project")


def without_deliverables(project: Path) -> None:
    """PDF, Word and gallery have tests of their own, and are no part of what the pages promise."""
    for path in project.glob("data/raw/*/*/edition.yml"):
        text = path.read_text(encoding="utf-8")
        if "\ndeliverables:" not in text:
            path.write_text(f"{text.rstrip()}\ndeliverables: []\n", encoding="utf-8")


@pytest.mark.parametrize("name", PLACES)
def test_following_the_page_gives_what_it_says(copy, name):
    text = page(name)
    promised = results(text)
    assert promised
    assert [p for p in promised if there(copy, *p)] == []
    for step in steps(text):
        without_deliverables(copy)
        follow(copy, step)
    assert [p for p in promised if not there(copy, *p)] == []


@pytest.mark.parametrize("name", PLACES)
def test_both_languages_say_the_same_steps(name):
    ja, en = page(name, "ja"), page(name, "en")
    assert steps(ja) == steps(en)
    assert results(ja) == results(en)
    assert re.match(r"# [^\n]*[ぁ-ん]", ja)
    assert re.match(r"# (A new \w+|Statistics only: [a-z ]+)\n", en)
    assert len(ja.splitlines()) <= 105


@pytest.mark.parametrize(("name", "count"), PLACES.items())
def test_as_few_files_as_possible_are_edited(name, count):
    assert len({step.path for step in steps(page(name)) if step.path}) == count
