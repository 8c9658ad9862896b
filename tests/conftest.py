"""A small edition in a temporary project, to be spoiled in one place by each test."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Messages are held in Japanese wherever the tests run; children inherit it.
os.environ.pop("LC_ALL", None)
os.environ["LC_MESSAGES"] = "ja_JP.UTF-8"


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
