"""Runs of the tiny project that are killed at random moments, and what must hold afterwards."""

import json
import random
import signal
import subprocess
import time
from pathlib import Path

import psutil
import tiny

from helpers.pipeline.kernels.runtime import MARKER, sweep

PATIENCE_S = 30
# What is in the folder of a run before its first kernel has started.
EARLY = {MARKER, "t", "k1.json"}
RUN_S = 6.0


def kill_a_run(project: Path, number: int, chance: random.Random) -> str:
    """Start a run on new raw data and kill it; then hold the project to its promises.

    Every second run is killed in its publication: within two milliseconds of its journal.

    Returns:
        What it was doing when it was killed: ``before``, ``publishing`` or ``after``.
    """
    tiny.set_number(project, number)
    journal = project / "reports" / ".staging" / f"{tiny.CITY}-{tiny.YEAR}" / "publish.json"
    call = tiny.command("run", tiny.CITY, str(tiny.YEAR))
    with subprocess.Popen(
        call, cwd=project, env=tiny.environment(project), stdout=subprocess.DEVNULL
    ) as process:
        end = time.monotonic() + (PATIENCE_S if number % 2 else chance.uniform(0, RUN_S))
        while time.monotonic() < end and process.poll() is None and not journal.exists():
            time.sleep(0.0002)
        if number % 2:
            time.sleep(chance.uniform(0, 0.002))
        process.send_signal(signal.SIGKILL)
    moment = "publishing" if journal.exists() else "before" if process.returncode else "after"
    check_report(project)
    check_nothing_is_left(project)
    return moment


def check_report(project: Path) -> str:
    """A reader finds one complete run, without any repair; returns its number."""
    report = tiny.report(project)
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    known = {name for name in manifest["outputs"] if name.startswith("report/")}
    there = {f"report/{p.relative_to(report)}" for p in report.rglob("*") if p.is_file()}
    assert there == known | {"report/manifest.json"}, there ^ known
    numbers = {path.read_text() for path in (report / "figures").iterdir()}
    assert len(numbers) == 1, numbers
    data = {
        (tiny.data(project) / name).read_text() for name in ("table.parquet", "indicators/all.csv")
    }
    assert len(data) == 1, data
    return numbers.pop()


def check_nothing_is_left(project: Path) -> None:
    """No process of the run lives on, no socket and no connection file is left.

    Kernels remove them when the run is killed; where it was killed before the first had started,
    the next run does.
    """
    temporary = tiny.temporary(project)
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and of_project(project):
        time.sleep(0.05)
    assert not of_project(project)
    assert all({path.name for path in each.iterdir()} <= EARLY for each in temporary.iterdir())
    sweep(temporary)
    assert not list(temporary.iterdir())


def of_project(project: Path) -> list[psutil.Process]:
    """The living processes that work for the tiny project: its root is in their environment."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("CITYPROMO_ROOT") == str(project):
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


def check_next_run(project: Path, number: int) -> None:
    """The next run succeeds, and what it publishes is whole to the byte."""
    done = tiny.run(project)
    assert done.returncode == 0, done.stdout + done.stderr
    verified = tiny.citypromo(project, "verify", tiny.CITY, str(tiny.YEAR))
    assert verified.returncode == 0, verified.stderr
    assert check_report(project) == str(number)
