"""A tiny project's environment for what runs in this process."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from few import make_project, tiny

Made = Callable[[Mapping[tuple[str, int], str]], Path]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """Makes a project of editions, and this process and its children see it."""

    def make(numbers: Mapping[tuple[str, int], str]) -> Path:
        project = make_project(tmp_path / "project", numbers)
        for name, value in tiny.environment(project).items():
            monkeypatch.setenv(name, value)
        # Processes that Python itself starts look for modules where this one does.
        monkeypatch.syspath_prepend(project / "src")
        return project

    return make
