"""The committed notebooks under nbval: every cell is run again and held to its stored output.

The kernels are those of a run, so that imports are paid once: test_kernels.py holds them to the
stock kernel. nbval compares nothing for a cell without a stored output, and skips pictures in PNG. So a
notebook with a cell that stores nothing to compare is refused here, and figures are stored as SVG.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.pipeline.kernels.forked import ForkedPool

from helpers.pipeline.kernels import open_pool
from helpers.pipeline.kernels.manager import LAUNCH
from helpers.pipeline.notebook import Notebook

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# Cells that only prepare: parameters, imports, assignments. All others must show something.
SILENT = re.compile(r"^\s*(#|from |import |[\w\[\]\"', ]+(: \w+)? (\+|\|)?= |\)|\]|\}|if |    )")


def code_cells(path: Path) -> list[dict]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_that_shows_something_has_it_stored(path):
    cells = code_cells(path)
    for cell in cells:
        last = "".join(cell["source"]).splitlines()[-1]
        shows = not SILENT.match(last) or last.startswith((")", "]", "}"))
        ends_in_expression = shows and not re.match(r"^[\w\[\]\"', ]+ (\+|\|)?= ", _statement(cell))
        assert cell["outputs"] or not ends_in_expression, "".join(cell["source"])
    stored = [cell for cell in cells if cell["outputs"]]
    assert len(stored) >= max(1, len(cells) // 2)


def _statement(cell: dict) -> str:
    """The last statement of a cell, from its first line."""
    lines = "".join(cell["source"]).splitlines()
    start = max(i for i, line in enumerate(lines) if line and line[0] not in " )]}")
    return lines[start]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_stored_output_is_an_error_or_a_raster(path):
    for cell in code_cells(path):
        for output in cell["outputs"]:
            assert output["output_type"] != "error"
            assert "image/png" not in output.get("data", {})


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the published data of the sample city, to run notebooks in."""
    project = tmp_path_factory.mktemp("workshop")
    for folder in ("notebooks", "data/raw/mihon", "src"):
        shutil.copytree(ROOT / folder, project / folder)
    for year in (2023, 2024):  # the history that figures read
        indicators = Path("data/processed/mihon") / str(year) / "indicators"
        shutil.copytree(ROOT / indicators, project / indicators)
    shutil.copy(ROOT / "requirements.txt", project)
    return project


@pytest.fixture(scope="session")
def kernel(workshop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment in which Jupyter finds the kernel ``held``: forked where the system can."""
    every = [Notebook(path) for path in NOTEBOOKS]
    with open_pool(1, workshop / "notebooks", every) as pool:
        metadata = {}
        if isinstance(pool, ForkedPool):
            config = {"server_address": pool.address}
            provisioner = {"provisioner_name": "citypromo-forked", "config": config}
            metadata = {"kernel_provisioner": provisioner}
        spec = {"argv": LAUNCH, "display_name": "held", "language": "python", "metadata": metadata}
        folder = tmp_path_factory.mktemp("jupyter")
        (folder / "kernels" / "held").mkdir(parents=True)
        (folder / "kernels" / "held" / "kernel.json").write_text(json.dumps(spec), "utf-8")
        yield {"JUPYTER_PATH": str(folder), "CITYPROMO_ROOT": str(workshop)}


def nbval(kernel: dict[str, str], *names: str) -> subprocess.CompletedProcess[str]:
    """Run notebooks as JupyterLab would: in their folder, in the order of their names."""
    plain = ["-q", "-p", "no:cacheprovider", "-n", "0", "--nbval-kernel-name", "held"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval", *plain, *names],
        cwd=Path(kernel["CITYPROMO_ROOT"]) / "notebooks",
        env=os.environ | kernel,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_notebooks_give_what_is_stored(kernel):
    done = nbval(kernel, *(path.name for path in NOTEBOOKS))
    cells = sum(len(code_cells(path)) for path in NOTEBOOKS)
    assert done.returncode == 0, done.stdout[-6000:]
    assert re.search(rf"\b{cells} passed", done.stdout), done.stdout[-500:]


def test_a_changed_number_and_a_recoloured_bar_are_seen(workshop, kernel):
    name = "35_figures_associations.ipynb"
    text = (workshop / "notebooks" / name).read_text(encoding="utf-8")
    for old, new in (("14526", "14527"), ("#57b8ff", "#57b9ff")):
        assert old in text
        (workshop / "notebooks" / name).write_text(text.replace(old, new), encoding="utf-8")
        try:
            assert nbval(kernel, name).returncode == 1
        finally:
            (workshop / "notebooks" / name).write_text(text, encoding="utf-8")
