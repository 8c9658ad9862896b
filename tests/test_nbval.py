"""The committed notebooks under nbval: every cell is run again and held to its kept outputs.

It is typed as nbval's own documentation says, with the kernels that JupyterLab starts. Notebooks
are committed without outputs, and nbval passes a cell that was never run:
notebooks/conftest.py gives it what tests/notebooks/ keeps, and fails a cell of which nothing is
kept. nbval skips pictures in PNG: figures are kept as SVG.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import chosen

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
KEPT = ROOT / "tests" / "notebooks"
# Cells that only prepare: parameters, imports, assignments. All others must show something.
SILENT = re.compile(r"^\s*(#|from |import |[\w\[\]\"', ]+(: \w+)? (\+|\|)?= |\)|\]|\}|if |    )")


def code_cells(path: Path) -> list[dict]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def kept(path: Path) -> dict[str, list[dict]]:
    return json.loads((KEPT / f"{path.stem}.json").read_text(encoding="utf-8"))


def test_what_is_kept_is_of_these_notebooks():
    assert sorted(path.stem for path in KEPT.glob("*.json")) == [path.stem for path in NOTEBOOKS]
    for path in NOTEBOOKS:
        assert list(kept(path)) == [cell["id"] for cell in code_cells(path)], path.name


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_that_shows_something_has_it_kept(path):
    cells, outputs = code_cells(path), kept(path)
    for cell in cells:
        last = "".join(cell["source"]).splitlines()[-1]
        shows = not SILENT.match(last) or last.startswith((")", "]", "}"))
        ends_in_expression = shows and not re.match(r"^[\w\[\]\"', ]+ (\+|\|)?= ", _statement(cell))
        assert outputs[cell["id"]] or not ends_in_expression, "".join(cell["source"])
    assert sum(map(bool, outputs.values())) >= max(1, len(cells) // 2)


def _statement(cell: dict) -> str:
    """The last statement of a cell, from its first line."""
    lines = "".join(cell["source"]).splitlines()
    start = max(i for i, line in enumerate(lines) if line and line[0] not in " )]}")
    return lines[start]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_nothing_kept_is_an_error_or_a_raster(path):
    for output in (output for outputs in kept(path).values() for output in outputs):
        assert output["output_type"] != "error"
        assert not {"image/png", "image/jpeg"} & output.get("data", {}).keys()
        assert "data:image/" not in json.dumps(output)


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the published data of the sample city, to run notebooks in."""
    project = tmp_path_factory.mktemp("workshop")
    for folder in ("notebooks", "tests/notebooks", "data/raw/mihon", "src"):
        shutil.copytree(ROOT / folder, project / folder)
    for year in (2023, 2024, 2025):  # the history that figures read; drafts go first
        indicators = Path("data/processed/mihon") / str(year) / "indicators"
        shutil.copytree(ROOT / indicators, project / indicators)
    shutil.copy(ROOT / "requirements.txt", project)
    # Somebody's own city, which is not even here: nbval holds the sample city all the same.
    (project / ".chosen").write_text("nowhere 2025", encoding="utf-8")
    (project / "ipython" / "profile_default").mkdir(parents=True)
    hook = project / "ipython" / "profile_default" / chosen.HOOK.name
    hook.write_text(chosen.HOOK_TEXT, encoding="utf-8")
    return project


def nbval(workshop: Path, *names: str) -> subprocess.CompletedProcess[str]:
    """Run notebooks in the order of their names, all where none are named."""
    own = {"CITYPROMO_ROOT": str(workshop), "IPYTHONDIR": str(workshop / "ipython")}
    return subprocess.run(
        [*(sys.executable, "-m", "pytest", "--nbval"), "-n", "0", *(names or ["notebooks/"])],
        cwd=workshop,
        env=os.environ | own,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_notebooks_give_what_is_kept(workshop):
    done = nbval(workshop)
    cells = sum(len(code_cells(path)) for path in NOTEBOOKS)
    assert done.returncode == 0, done.stdout[-6000:]
    assert re.search(rf"\b{cells} passed", done.stdout), done.stdout[-500:]


# What is wrong → in which notebook, and how its text and that of its kept outputs are spoiled.
FIGURE, TABLE = "30_figures_progress", "12_clean_statistics"
SPOILED: dict[str, tuple[str, Callable[[str], str], Callable[[str], str] | None]] = {
    "14_number": (FIGURE, lambda text: text, lambda kept: kept.replace("14960", "14961")),
    "15_colour": (FIGURE, lambda text: text, lambda kept: kept.replace("#00428c", "#00428d")),
    "16_new_cell": (TABLE, lambda text: text.replace('"id": "9d682f54"', '"id": "new"'), str),
    "17_silent": (TABLE, lambda text: text, lambda kept: _emptied(kept, "9d682f54")),
    "18_nothing": (TABLE, lambda text: text, lambda kept: _emptied(kept, *json.loads(kept))),
    "19_no_file": (TABLE, lambda text: text, None),
}


def _emptied(text: str, *ids: str) -> str:
    return json.dumps(json.loads(text) | {key: [] for key in ids})


def test_it_compares_or_fails(workshop):
    """A changed number or colour, and all ways in which there could be nothing to compare."""
    for name, (notebook, change, keep) in SPOILED.items():
        text = (ROOT / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8")
        outputs = (KEPT / f"{notebook}.json").read_text(encoding="utf-8")
        (workshop / "notebooks" / f"{name}.ipynb").write_text(change(text), encoding="utf-8")
        if keep:
            assert (change(text), keep(outputs)) != (text, outputs)
            path = workshop / "tests" / "notebooks" / f"{name}.json"
            path.write_text(keep(outputs), encoding="utf-8")
    done = nbval(workshop, *(f"notebooks/{name}.ipynb" for name in SPOILED))
    failed = Counter(re.findall(r"^FAILED notebooks/(\w+)\.ipynb", done.stdout, re.MULTILINE))
    cells = len(code_cells(ROOT / "notebooks" / f"{TABLE}.ipynb"))
    none = {"18_nothing": cells, "19_no_file": cells}
    assert failed == dict.fromkeys(SPOILED, 1) | none, done.stdout[-3000:]
    assert "python tools/keep_outputs.py 19_no_file" in done.stdout
