"""A small edition in a temporary project, to be spoiled in one place by each test."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the raw files of both real editions, and the notebooks' names."""
    for city in ("nishitokyo", "isehara"):
        shutil.copytree(ROOT / "data" / "raw" / city, tmp_path / "data" / "raw" / city)
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    return tmp_path


@pytest.fixture
def spoil(project: Path) -> Callable[[str, str, str], Path]:
    """Replace a text in a raw file of the temporary project; the text must be there."""

    def replace(file: str, old: str, new: str) -> Path:
        path = project / "data" / "raw" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return replace
