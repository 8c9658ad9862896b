"""What a kernel costs: three small notebooks with each kind of kernel, as ratios in one run.

``python benchmarks/kernels.py [rounds] [workers]``. The floor is one Python process with the same
cells. Kinds take turns, so that a busy machine is busy for all of them; medians are compared.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from helpers.pipeline.execution import execute, import_papermill
from helpers.pipeline.kernels import KINDS, open_pool
from helpers.pipeline.notebook import Notebook

CELLS = (
    "import pandas as pd\nimport matplotlib.pyplot as plt",
    "frame = pd.DataFrame({'a': range(1000)})\nframe['b'] = frame['a'] ** 2",
    "figure, axes = plt.subplots()\naxes.plot(frame['a'], frame['b'])\nplt.show()",
)
NUMBER = 3


def notebooks(folder: Path) -> list[Notebook]:
    """Small notebooks that import pandas and matplotlib and show a figure."""
    found = []
    for number in range(NUMBER):
        tagged = new_code_cell('city: str = "mihon"', metadata={"tags": ["parameters"]})
        made = new_notebook(cells=[tagged, *(new_code_cell(cell) for cell in CELLS)])
        path = folder / f"3{number}_small.ipynb"
        nbformat.write(made, path)
        found.append(Notebook(path))
    return found


def by_pool(kind: str, folder: Path, workers: int) -> None:
    """All notebooks with kernels of one kind, from opening the pool to closing it."""
    os.environ["CITYPROMO_KERNELS"] = kind
    each = notebooks(folder)
    with open_pool(workers, folder, each) as pool, ThreadPoolExecutor(workers) as threads:
        tasks = [
            threads.submit(execute, one, {"city": "x"}, folder / f"out_{one.path.name}", pool)
            for one in each
        ]
        assert not any(task.result().failure for task in tasks)


def by_script() -> None:
    """The same cells in one plain process."""
    code = "\n".join(["import matplotlib; matplotlib.use('Agg')", *CELLS * NUMBER])
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True)


def main(rounds: int = 3, workers: int = 1) -> None:
    """Measure and print a table."""
    import_papermill()
    seconds: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as place:
        ways: dict[str, Callable[[], None]] = {"script": by_script}
        for kind in KINDS:
            ways[kind] = lambda kind=kind: by_pool(kind, Path(place), workers)  # type: ignore[misc]
        for _ in range(rounds):
            for name, way in ways.items():
                start = time.monotonic()
                way()
                seconds.setdefault(name, []).append(time.monotonic() - start)
    floor = statistics.median(seconds["script"])
    print(f"{NUMBER} notebooks, {workers} at a time, medians of {rounds}")
    for name, values in sorted(seconds.items(), key=lambda item: statistics.median(item[1])):
        middle = statistics.median(values)
        print(f"{name:8} {middle:6.2f} s   {middle / floor:5.2f} of the floor")


if __name__ == "__main__":
    main(*(int(text) for text in sys.argv[1:]))
