"""What a run costs, as ratios to one plain Python process that does the same work.

    python benchmarks/run.py [CITY YEAR [TIMES]]

``make bench`` prints this table, medians of five rounds in which all rows take turns. Every row is
measured in a fresh copy of the project, so nothing is warm but the disk's cache. Processor time is
the steadier measure where other work goes on beside it; it counts all processes of a row.
"""

import compileall
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

import others
from helpers.edition import Edition
from helpers.pipeline.notebook import notebooks_of

ROOT = Path(__file__).parents[1]
EDITS = 5
ALL, NONE, ADDED = (
    "`citypromo run`, everything to do",
    "`citypromo run`, nothing to do",
    "what a run adds to the edited notebook",
)
# What must be reached: against the floor, or in seconds.
MUST = {ALL: "≤ 0.85", NONE: "≤ 0.3 s", ADDED: "≤ 0.7 s"}
# The plain process: all cells of all notebooks of an edition in order, by hand (drafts).
FLOOR = """
import json, sys
for path in sys.argv[3:]:
    space = {"__name__": "__main__"}
    for cell in json.load(open(path, encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), space)
            if "parameters" in cell["metadata"].get("tags", []):
                space.update(city=sys.argv[1], fiscal_year=int(sys.argv[2]))
"""


def copied(folder: Path, city: str) -> Path:
    """A copy of the project with a city's raw files and its history."""
    project = folder / "project"
    shutil.rmtree(project, ignore_errors=True)
    for name in ("src", "notebooks", f"data/raw/{city}"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "requirements.txt", project)
    compileall.compile_dir(project / "src", quiet=1)  # as it is from an analyst's second run on
    for path in project.glob("data/raw/*/*/edition.yml"):
        # Like with like: the others make no PDF, Word file or gallery.
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}\ndeliverables: []\n", encoding="utf-8")
    return project


@dataclass(frozen=True)
class Cost:
    """What commands cost: seconds of wall-clock and of processors, the peak of memory in MB."""

    seconds: float
    cpu_s: float
    peak_mb: float


def median(costs: Sequence[Cost]) -> Cost:
    """The middle of each; of memory the most."""
    seconds, cpu = (statistics.median(getattr(c, n) for c in costs) for n in ("seconds", "cpu_s"))
    return Cost(seconds, cpu, max(cost.peak_mb for cost in costs))


def timed(project: Path, *commands: list[str]) -> Cost:
    """What commands cost, one after the other."""
    told = {"CITYPROMO_ROOT": str(project), "PYTHONPATH": str(project / "src")}
    peaks: list[float] = [0.0]
    start, before = time.perf_counter(), os.times()
    for command in commands:
        process = subprocess.Popen(
            command,
            cwd=project / "notebooks",
            env=os.environ | told | {"OMP_NUM_THREADS": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        watching = threading.Thread(target=watch, args=(process.pid, peaks))
        watching.start()
        error = process.communicate()[1]
        if process.returncode:
            raise SystemExit(error.decode())
    seconds, after = time.perf_counter() - start, os.times()
    cpu = sum(after[2:4]) - sum(before[2:4])  # of the children that have ended, and of theirs
    return Cost(seconds, cpu, max(peaks))


def watch(pid: int, peaks: list[float]) -> None:
    """Note the memory of a process tree in MB, now and then; shared pages count once (PSS)."""
    try:
        root = psutil.Process(pid)
        while root.is_running() and root.status() != psutil.STATUS_ZOMBIE:
            peaks.append(sum(memory(p) for p in [root, *root.children(recursive=True)]))
            # Often at first, so that a short run is seen too; looking takes time of its own.
            time.sleep(0.05 if len(peaks) < 10 else 0.5)
    except psutil.NoSuchProcess:
        pass


def memory(process: psutil.Process) -> float:
    try:
        return float(getattr(process.memory_full_info(), "pss", 0)) / 1e6
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0.0


def edit(path: Path) -> None:
    """Add a remark to the last code cell."""
    content = json.loads(path.read_text(encoding="utf-8"))
    cell = [cell for cell in content["cells"] if cell["cell_type"] == "code"][-1]
    cell["source"] = "".join(cell["source"]) + "\n# edited"
    path.write_text(json.dumps(content), encoding="utf-8")


def allow_deliverables(project: Path) -> None:
    for path in project.glob("data/raw/*/*/edition.yml"):
        text = path.read_text(encoding="utf-8").replace("\ndeliverables: []\n", "")
        path.write_text(text, encoding="utf-8")


def rounds(city: str, year: str, folder: Path) -> dict[str, Cost]:
    """One measurement of each row."""
    edition = Edition.open(city, year)
    stages = notebooks_of(edition.notebooks, ROOT / "notebooks")
    names = [notebook.name for stage in stages for notebook in stage]
    files = [f"{name}.ipynb" for name in names]
    python = sys.executable
    found: dict[str, Cost] = {}

    def measure(row: str, work: Callable[[Path], list[list[str]]], project: Path) -> None:
        found[row] = timed(project, *work(project))
        print(f"{row}: {found[row].seconds:.1f} s, {found[row].cpu_s:.1f} CPU", file=sys.stderr)

    papermill = [python, "-m", "papermill", "--no-progress-bar", "-k", "python3"]
    given = ["-r", "city", city, "-p", "fiscal_year", year]
    run = [python, "-m", "helpers.cli", "run", city, year]
    measure("floor", lambda _: [[python, "-c", FLOOR, city, year, *files]], copied(folder, city))
    measure(
        "loop of papermill commands",
        lambda p: [[*papermill, file, str(p / f"out-{file}"), *given] for file in files],
        copied(folder, city),
    )
    by_stage = [[notebook.name for notebook in stage] for stage in stages]
    for tool in others.available():
        measure(
            f"`{tool}`, two jobs at a time",
            lambda p, tool=tool: [others.command(tool, p, by_stage, city, year)],  # type: ignore[misc]
            copied(folder, city),
        )
    project = copied(folder, city)
    measure(ALL, lambda _: [run], project)
    measure(NONE, lambda _: [run], project)
    alone = [python, "-c", FLOOR, city, year, files[-1]]
    edited: list[tuple[Cost, Cost]] = []
    for _ in range(EDITS):  # in turns, for what is small is lost in what a machine does beside it
        edit(project / "notebooks" / files[-1])
        edited.append((timed(project, run), timed(project, alone)))
    found[f"`citypromo run`, {names[-1]} edited"] = median([run for run, _ in edited])
    found[f"{names[-1]} alone in a plain process"] = median([alone for _, alone in edited])
    found[ADDED] = median(
        [Cost(r.seconds - a.seconds, r.cpu_s - a.cpu_s, r.peak_mb) for r, a in edited]
    )
    print(f"{ADDED}: {found[ADDED].seconds:.2f} s", file=sys.stderr)
    allow_deliverables(project)
    measure("`citypromo run`, the deliverables alone", lambda _: [run], project)
    return found


def main(city: str = "mihon", year: str = "2025", times: str = "5") -> None:
    """Print the table as Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        all_rounds = [rounds(city, year, Path(folder)) for _ in range(int(times))]
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"`{city} {year}`, median of {times}, {os.cpu_count()} cores, load {load:.1f}\n")
    print("| | seconds | against the floor | must | processor time, s | peak memory, MB |")
    print("|---|---|---|---|---|---|")
    for row in all_rounds[0]:
        cost = median([each[row] for each in all_rounds])
        # Each round against its own floor: a machine is not equally busy in all of them.
        ratio = statistics.median(each[row].seconds / each["floor"].seconds for each in all_rounds)
        told = f"{cost.seconds:.2f} | {ratio:.2f} | {MUST.get(row, '')} | {cost.cpu_s:.1f}"
        print(f"| {row} | {told} | {cost.peak_mb:.0f} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
