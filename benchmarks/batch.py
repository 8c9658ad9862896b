"""What a batch costs: throughput, efficiency, and how long 8,705 editions take.

    python benchmarks/batch.py --rounds 3

Fictional municipalities with all their deliverables (``tools/make_municipalities.py``) run warm in
one process, on the pool with one and two workers, and on a Dask cluster of two processes, with as
many cores as workers. All ways stay warm and take turns, there and back, with the same editions:
the speed of a shared machine wanders within minutes by more than what is to be told apart, so that
only what runs one right after the other can be compared. Empty tasks tell what dispatching costs.
The times measured go into a simulation of the schedule with many workers.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import make_municipalities
from dispatch import Kept, empty_tasks, nothing
from helpers.batch.cluster import Cluster
from helpers.batch.drive import drive
from helpers.batch.engine import Ended, Engine
from helpers.batch.journal import Journal
from helpers.batch.outcome import DONE, EditionId, Outcome
from helpers.batch.pool import LocalPool
from helpers.batch.schedule import Schedule
from helpers.batch.task import end_kernels, run_one
from simulated import predict

EACH = 2  # editions of each worker in a turn; at its end one waits for the other


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


@dataclass
class Way:
    """One way to run editions, and what its turns took, in seconds."""

    name: str
    workers: int
    engine: Engine
    turns: list[float] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def turn(self, editions: list[EditionId], root: Path) -> None:
        """Run everything anew: each worker its share."""
        for top in ("reports", "data/processed"):
            shutil.rmtree(root / top, ignore_errors=True)
        confine(self.workers)
        start = time.monotonic()
        outcomes = drive(Schedule(editions), Kept(self.engine), Journal(root))
        self.turns.append(time.monotonic() - start)
        assert all(outcome.state == DONE for outcome in outcomes), outcomes
        self.outcomes += outcomes

    def per_core(self) -> list[float]:
        """Editions an hour and core of each round; waiting for the slower worker counts."""
        there, back = self.turns[::2], self.turns[1::2]
        return [2 * EACH * 3600 / sum(seconds) for seconds in zip(there, back, strict=True)]

    def line(self, single: "Way") -> str:
        hour = self.workers * statistics.median(self.per_core())
        per_core = spread(self.per_core(), single.per_core())
        cells = [self.name, f"{self.workers}", f"{hour:.0f}", per_core]
        if self is single:  # the processes of all other ways are below this one
            return "| " + " | ".join([*cells, "–", "–", "–"]) + " |"
        cpu = statistics.mean(outcome.cpu_s for outcome in self.outcomes)
        busy = cpu * self.workers * EACH / statistics.mean(self.turns)
        peak = max(outcome.peak_mb for outcome in self.outcomes)
        return "| " + " | ".join([*cells, f"{busy:.2f}", f"{cpu:.1f}", f"{peak:.0f}"]) + " |"


def spread(these: list[float], those: list[float]) -> str:
    """Ratios within the rounds: the median, the least and the greatest."""
    ratios = [this / that for this, that in zip(these, those, strict=True)]
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"


def confine(cores: int) -> None:
    """Let this process, and whatever it starts from now on, use so many cores and no more.

    A worker alone on a machine of several cores uses a little more than one of them; what one
    core does is only known where it has no other.
    """
    if hasattr(os, "sched_setaffinity"):  # Linux
        os.sched_setaffinity(0, range(cores))


def take_turns(ways: list[Way], editions: list[EditionId], root: Path, rounds: int) -> None:
    """Once to get warm, then round by round: one worker half of the editions there, half back."""
    for way in ways:
        way.turn(editions[: way.workers], root)
        way.turns, way.outcomes = [], []
    for number in range(rounds):
        for back, order in enumerate((ways, ways[::-1])):
            for way in order:
                start = EACH * back if way.workers == 1 else 0
                way.turn(editions[start : start + EACH * way.workers], root)
                print(number + 1, way.name, f"{way.turns[-1]:.1f} s", file=sys.stderr, flush=True)


def written(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    from distributed import LocalCluster

    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=2, help="of five minutes")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "many"
        make_municipalities.make(root, 2 * EACH, years=1)
        editions = [(path.parent.name, int(path.name)) for path in root.glob("data/raw/*/*")]
        dask = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
        with LocalCluster(**dask, silence_logs=50) as cluster:
            on_dask = partial(Cluster, cluster.scheduler_address, str(root))
            compare(root, editions, rounds, on_dask)


def compare(
    root: Path, editions: list[EditionId], rounds: int, on_dask: Callable[..., Cluster]
) -> None:
    """Every way to run editions, and what follows for many."""
    ways = [
        Way("single runs, one after another, kernels kept", 1, Here(str(root))),
        Way("pool", 1, LocalPool(str(root), 1)),
        Way("pool", 2, LocalPool(str(root), 2)),
        Way("Dask", 2, on_dask()),
    ]
    single, one, two, dask = ways
    take_turns(ways, editions, root, rounds)
    size = statistics.mean(map(written, root.glob("reports/*/2*")))
    print("\n| | workers | an hour | per core | cores busy | CPU s each | peak MB |")
    print("|---|---|---|---|---|---|---|")
    for way in ways:
        print(way.line(single))
        way.engine.close()
    both = [2 * rate for rate in two.per_core()]
    print(f"two workers against one: {spread(both, one.per_core())}")
    print(f"the time of Dask against the pool's: {spread(two.per_core(), dask.per_core())}")
    local, _ = empty_tasks(LocalPool(str(root), 2, editions=10**9, task=nothing), root)
    latency, dispatch = empty_tasks(on_dask(task=nothing), root)
    each = statistics.median(outcome.seconds for outcome in one.outcomes)
    print(f"an empty task: pool {local * 1000:.2f} ms, {local / each:.2%} of an edition", end="; ")
    print(f"Dask {latency * 1000:.2f} ms, {latency / each:.2%}")
    print(f"an edition leaves {size / 1e6:.0f} MB\n")
    predict([outcome.seconds for outcome in one.outcomes], dispatch, size)


if __name__ == "__main__":
    main()
