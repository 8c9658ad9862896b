"""What a batch costs: throughput, efficiency, memory, and how long 8,705 editions take.

    python benchmarks/batch.py --editions 4 --tiny 0      # throughput
    python benchmarks/batch.py --editions 0 --tiny 200    # memory

Fictional municipalities with all their deliverables (``tools/make_municipalities.py``) run warm in
one process, on the pool with one and two workers, and on a Dask cluster of two processes, with as
many cores as workers; warming up is measured apart. Empty tasks tell what dispatching costs. The
times measured go into a simulation of the schedule with many workers. Processor times stand beside
wall-clock ones: on a busy machine only they mean something.
"""

import argparse
import heapq
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "batch"))

from few import make_project, tiny

import make_municipalities
from helpers.batch.cluster import Cluster
from helpers.batch.drive import drive
from helpers.batch.engine import Ended, Engine
from helpers.batch.journal import Journal
from helpers.batch.outcome import DONE, EditionId, Outcome
from helpers.batch.pool import LocalPool
from helpers.batch.schedule import Schedule
from helpers.batch.task import end_kernels, run_one

CITIES, YEARS = 1741, 5
EMPTY = 2000
FIRST = 2025


class Kept:
    """An engine that stays when a batch ends, so that the next one finds it warm."""

    def __init__(self, engine: Engine):
        self.engine = engine
        self.free, self.submit, self.wait = engine.free, engine.submit, engine.wait

    def close(self) -> None:
        pass


@dataclass
class Measured:
    """One way to run the editions."""

    way: str
    workers: int
    seconds: float
    outcomes: list[Outcome]

    @property
    def cpu_each(self) -> float:
        return statistics.mean(outcome.cpu_s for outcome in self.outcomes)

    @property
    def per_hour(self) -> float:
        return len(self.outcomes) / self.seconds * 3600

    def line(self, single: "Measured") -> str:
        per_core = self.per_hour / self.workers / (single.per_hour / single.workers)
        peak = max(outcome.peak_mb for outcome in self.outcomes)
        return (
            f"| {self.way} | {self.workers} | {self.per_hour:.0f} | {per_core:.2f} |"
            f" {self.cpu_each:.1f} | {self.cpu_each / single.cpu_each:.2f} | {peak:.0f} |"
        )


def nothing(city: str, year: int, _: str) -> Outcome:
    """An empty task."""
    return Outcome(city, year, DONE)


def again(root: Path) -> None:
    """Forget what has been published, so that everything has to run."""
    for top in ("reports", "data/processed"):
        shutil.rmtree(root / top, ignore_errors=True)


def confine(cores: int) -> None:
    """Let this process, and whatever it starts from now on, use so many cores and no more."""
    os.sched_setaffinity(0, range(cores))


def timed(
    way: str,
    workers: int,
    engine: Engine,
    editions: list[EditionId],
    root: Path,
    cores: int | None = None,
) -> Measured:
    """Run editions on an engine whose workers have each run one before.

    A worker alone on a machine of several cores uses a little more than one of them; what one
    core does is only known where it has no other.
    """
    confine(cores or workers)
    again(root)
    drive(Schedule(editions[:workers]), Kept(engine), Journal(root))
    again(root)
    start = time.monotonic()
    outcomes = drive(Schedule(editions), Kept(engine), Journal(root))
    seconds = time.monotonic() - start
    engine.close()
    assert all(outcome.state == DONE for outcome in outcomes), outcomes
    print(f"{way}: {seconds:.1f} s", file=sys.stderr, flush=True)
    return Measured(way, workers, seconds, outcomes)


class Here:
    """This very process as an engine: single runs, one after another, kernels kept."""

    def __init__(self, root: str):
        self._root, self._edition = root, None

    def free(self) -> int:
        return 1

    def submit(self, edition: EditionId) -> None:
        self._edition = edition

    def wait(self, _: float) -> Iterator[Ended]:
        yield self._edition, run_one(*self._edition, self._root)

    def close(self) -> None:
        end_kernels()


def empty_tasks(engine: Engine, folder: Path) -> tuple[float, float]:
    """Seconds that pass for an empty task, and the processor time of it where the batch is.

    The latter, with Dask's scheduler in the same process, cannot be done side by side.
    """
    schedule = Schedule([(f"c{n}", FIRST) for n in range(EMPTY)])
    drive(Schedule([("warm", FIRST), ("warm2", FIRST)]), Kept(engine), Journal(folder))
    start, cpu = time.monotonic(), time.process_time()
    drive(schedule, Kept(engine), Journal(folder))
    seconds = (time.monotonic() - start) / EMPTY
    cpu_s = (time.process_time() - cpu) / EMPTY
    print(f"an empty task: {seconds * 1000:.2f} ms, processor {cpu_s * 1000:.2f} ms")
    engine.close()
    return seconds, cpu_s


def memory(folder: Path, count: int) -> None:
    """Memory of a worker over many editions, never replaced."""
    numbers = {(f"c{n:03d}", FIRST): "50" for n in range(count)}
    project = make_project(folder / "tiny", numbers)
    os.environ.update(tiny.environment(project))
    sys.path.insert(0, str(project / "src"))  # workers look for modules where we do
    engine = LocalPool(str(project), 2, editions=10**9, limit_mb=1e9)
    outcomes = drive(Schedule(numbers), engine, Journal(folder))
    assert all(outcome.state == DONE for outcome in outcomes), outcomes[0]
    held = [outcome.memory_mb for outcome in outcomes]
    tenth = max(len(held) // 10, 1)
    slope = statistics.linear_regression(range(len(held) // 2), held[-(len(held) // 2) :]).slope
    ends = statistics.mean(held[:tenth]), statistics.mean(held[-tenth:])
    print(f"\nmemory of a worker over {count} small editions, never replaced:")
    print(f"first tenth {ends[0]:.0f} MB, last tenth {ends[1]:.0f} MB", end="; ")
    print(f"second half {slope * 100:+.1f} MB per 100 editions")


def simulated(
    workers: int, times: list[float], start_s: float, dispatch_s: float, seed: int = 1
) -> float:
    """Seconds for all cities and years: years of a city in order, longest chain first.

    Args:
        workers: cores.
        times: measured seconds of editions, drawn from at random.
        start_s: what a worker's first edition takes longer.
        dispatch_s: what the one dispatching process spends on each edition.
        seed: of the draws.
    """
    chance = random.Random(seed)
    ready = [(-YEARS, city) for city in range(CITIES)]
    heapq.heapify(ready)
    idle = [(0.0, False)] * workers  # free since, warm
    running: list[tuple[float, int, int]] = []  # end, years left, city
    now = dispatcher = 0.0
    while ready or running:
        while ready and idle:
            left, city = heapq.heappop(ready)
            _, warm = idle.pop()
            dispatcher = max(dispatcher, now) + dispatch_s
            end = dispatcher + chance.choice(times) + (0.0 if warm else start_s)
            heapq.heappush(running, (end, -left - 1, city))
        now, left, city = heapq.heappop(running)
        idle.append((now, True))
        if left:
            heapq.heappush(ready, (-left, city))
    return now


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--editions", type=int, default=4, help="an even number; 0: none")
    parser.add_argument("--tiny", type=int, default=200, help="for the memory; 0: none")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        if given.editions:
            throughput(Path(place) / "many", given.editions)
        if given.tiny:
            memory(Path(place), given.tiny)


def throughput(root: Path, count: int) -> None:
    """Every way to run the same editions, and what follows for many."""
    from distributed import LocalCluster

    make_municipalities.make(root, count, years=1)
    editions = [(path.parent.name, int(path.name)) for path in root.glob("data/raw/*/*")]
    rows = [timed("single runs, warm", 1, Here(str(root)), editions, root)]
    for workers in (1, 2):
        rows.append(timed("pool", workers, LocalPool(str(root), workers), editions, root))
    free = timed("pool, free to use two cores", 1, LocalPool(str(root), 1), editions, root, 2)
    dask = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(**dask, silence_logs=50) as cluster:
        address = cluster.scheduler_address
        rows.append(timed("Dask", 2, Cluster(address, str(root)), editions, root))
        print("\n| | workers | an hour | per core | CPU s each | of single | peak MB |")
        print("|---|---|---|---|---|---|---|")
        for row in [*rows, free]:
            print(row.line(rows[0]))
        print(f"two workers against one: {rows[2].per_hour / rows[1].per_hour:.2f}")
        print(f"Dask against the pool: {rows[3].seconds / rows[2].seconds - 1:+.1%}")
        local, _ = empty_tasks(LocalPool(str(root), 2, editions=10**9, task=nothing), root)
        latency, dispatch = empty_tasks(Cluster(address, str(root), task=nothing), root)
    times = [outcome.seconds for outcome in rows[1].outcomes]
    each = statistics.mean(times)
    print(f"overhead an edition: pool {local / each:.2%}, Dask {latency / each:.2%}")
    size = sum(p.stat().st_size for p in root.glob("reports/kaku*/**/*") if p.is_file())
    print(f"an edition leaves {size / len(editions) / 1e6:.0f} MB\n")
    predict(times, dispatch, size / len(editions))


def predict(times: list[float], dispatch: float, size: float) -> None:
    """Print the simulation as a table."""
    start = 6.0  # a worker's imports and first kernels, seconds; it matters only beyond 1,000
    total = statistics.mean(times) * CITIES * YEARS
    print(f"{CITIES * YEARS:,} editions, {statistics.mean(times):.1f} s each, simulated:")
    print("| cores | hours | efficiency | written, MB/s |\n|---|---|---|---|")
    for workers in (1, 2, 16, 64, 256, 1000, 1741, 4000):
        seconds = simulated(workers, times, start, dispatch)
        rate = size * CITIES * YEARS / seconds / 1e6
        efficiency = total / workers / seconds
        print(f"| {workers:,} | {seconds / 3600:.2f} | {efficiency:.2f} | {rate:,.0f} |")


if __name__ == "__main__":
    main()
