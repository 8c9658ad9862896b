"""History without noise: whatever computes, the committed indicators have the same bytes.

Linear algebra is not exact: another processor, another number of threads or another release adds
in another order. Here the survey's numbers (raked weights, covariances, intervals) and those of
the registers are computed by the notebooks themselves, with the libraries' code for an old
processor and for this one, and by every other Python that has what the notebooks need. All must
write what is committed; so CI's Windows with another Python holds it, too.
"""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = (
    "11_clean_printed_tables",
    "12_clean_statistics",
    "13_clean_survey",
    "22_indicators_population",
)
NOTEBOOKS += ("25_indicators_survey", "26_indicators_changes")
COMMITTED = ROOT / "data" / "processed" / "mihon" / "2025" / "indicators"
# What the notebooks import first; a Python that has not got it cannot be asked.
NEEDED = "import numpy, openpyxl, pandas, pandera, pyarrow, pydantic, python_calamine, scipy, yaml"
# The cells of notebooks, one after the other, by hand.
CELLS = """
import json, sys
from IPython.display import display
for path in sys.argv[1:]:
    space = {"display": display}
    for cell in json.load(open(path, encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), space)
"""


def settings() -> dict[str, dict[str, str]]:
    """Two ways for the same libraries to compute, by name."""
    features = np._core._multiarray_umath.__cpu_features__
    dispatched = [f for f in np._core._multiarray_umath.__cpu_dispatch__ if features.get(f)]
    old = {"OPENBLAS_NUM_THREADS": "1", "NPY_DISABLE_CPU_FEATURES": " ".join(dispatched)}
    if platform.machine() in ("x86_64", "AMD64"):
        old["OPENBLAS_CORETYPE"] = "Prescott"
    return {
        "old processor, one thread": old,
        "this one, two threads": {"OPENBLAS_NUM_THREADS": "2"},
    }


def pythons() -> list[str]:
    """This Python, and one of every other version on the path that has the libraries."""
    names = [f"python3.{minor}" for minor in range(11, 20) if minor != sys.version_info.minor]
    others = [path for name in names if (path := shutil.which(name))]
    asked = {p: subprocess.run([p, "-c", NEEDED], capture_output=True, check=False) for p in others}
    able = [path for path, done in asked.items() if done.returncode == 0]
    return [sys.executable, *able]


def started(python: str, told: dict[str, str], project: Path) -> "subprocess.Popen[str]":
    """The notebooks, begun in a copy of what they read."""
    for part in ("notebooks", "data/raw/mihon"):
        shutil.copytree(ROOT / part, project / part)
    for year in ("2023", "2024"):  # who is hidden in one year is hidden in all
        before = COMMITTED.parents[1] / year / "indicators"
        shutil.copytree(before, project / before.relative_to(ROOT))
    alone = ("CITYPROMO_", "OPENBLAS_", "OMP_", "MKL_", "NPY_")
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(alone)}
    own = {"CITYPROMO_ROOT": str(project), "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    return subprocess.Popen(
        [python, "-c", CELLS, *(str(project / "notebooks" / f"{n}.ipynb") for n in NOTEBOOKS)],
        cwd=project / "notebooks",
        env=inherited | own | told | {"MPLBACKEND": "agg"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_two_processors_and_all_pythons_write_what_is_committed(tmp_path):
    ways = {f"{p}, {name}": (p, told) for p in pythons() for name, told in settings().items()}
    places = {way: tmp_path / str(number) for number, way in enumerate(ways)}
    work = {way: started(*ways[way], places[way]) for way in ways}
    for way, process in work.items():
        _, said = process.communicate(timeout=600)
        assert process.returncode == 0, f"{way}: {said[-2000:]}"
        written = places[way] / "reports" / "_draft" / "mihon" / "2025" / "data" / "indicators"
        names = sorted(path.name for path in written.glob("*.csv"))
        assert names == ["changes.csv", "population.csv", "survey.csv"]
        for name in names:
            ours, theirs = ((folder / name).read_bytes() for folder in (written, COMMITTED))
            if ours != theirs:
                pairs = zip(ours.splitlines(), theirs.splitlines(), strict=True)
                pytest.fail(f"{way}, {name}: {[pair for pair in pairs if len(set(pair)) > 1][:3]}")
