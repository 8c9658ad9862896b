"""The code as the linters and the type checker see it; notebooks as the reader sees them."""

import itertools
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize(
    "command",
    [["ruff", "format", "--check", "."], ["ruff", "check", "."], ["mypy"]],
    ids=lambda command: " ".join(command[:2]),
)
def test_tools_find_nothing(command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def cells(path: Path, kind: str) -> list[dict]:
    content = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in content["cells"] if cell["cell_type"] == kind]


def test_there_are_notebooks():
    assert len(NOTEBOOKS) >= 12


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestNotebook:
    """A notebook is an essay: a sentence, a few lines, something to look at."""

    def test_is_short(self, path):
        code = cells(path, "code")
        assert 2 <= len(code) <= 15
        assert max(len(cell["source"]) for cell in code) <= 12

    def test_a_sentence_stands_before_each_step(self, path):
        kinds = [c["cell_type"] for c in json.loads(path.read_text(encoding="utf-8"))["cells"]]
        assert kinds[0] == "markdown"
        # The parameters cell and the cell that opens the desk share the opening sentence.
        pairs = list(itertools.pairwise(kinds))[2:]
        assert ("code", "code") not in pairs

    def test_has_plain_typed_parameters(self, path):
        first = cells(path, "code")[0]
        assert first["metadata"].get("tags") == ["parameters"]
        lines = "".join(first["source"]).splitlines()
        assert [re.match(r"\w+: \w+ = ", line) is not None for line in lines] == [True] * len(lines)
        assert any('city: str = "mihon"' in line for line in lines)

    def test_leaves_the_work_to_helpers(self, path):
        source = "\n".join("".join(cell["source"]) for cell in cells(path, "code"))
        forbidden = (
            r"\bdef\b|\bclass\b|\bround\(|\.round\(|Path\(|open\(|\.csv\"|#[0-9a-fA-F]{6}|read_csv"
        )
        assert re.findall(forbidden, source) == []
