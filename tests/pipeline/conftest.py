"""What cells print is seen before output control takes it away: tests of kernels read it."""

from pathlib import Path

import nbformat
import pytest
from kernel_notebooks import WHOLE

from helpers.pipeline.output_control import control


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep each executed notebook as its kernel left it; what is stored is controlled as ever."""
    WHOLE.clear()

    def keep(path: Path, key: str, lang: str = "ja") -> None:
        if path.exists():
            WHOLE[path.name] = nbformat.read(path, as_version=4)
        control(path, key, lang)

    monkeypatch.setattr("helpers.pipeline.execution.control", keep)
