"""What dispatching costs: empty tasks, on the pool and on a Dask cluster of two processes.

python benchmarks/dispatch.py
"""

import tempfile
import time
from pathlib import Path

from helpers.batch.cluster import Cluster
from helpers.batch.drive import drive
from helpers.batch.engine import Engine
from helpers.batch.journal import Journal
from helpers.batch.outcome import DONE, Outcome
from helpers.batch.pool import LocalPool
from helpers.batch.schedule import Schedule

TASKS = 2000
YEAR = 2025


class Kept:
    """An engine that stays when a batch ends, so that the next one finds it warm."""

    def __init__(self, engine: Engine):
        self.free, self.submit, self.wait = engine.free, engine.submit, engine.wait

    def close(self) -> None:
        pass


def nothing(city: str, year: int, _: str) -> Outcome:
    """An empty task."""
    return Outcome(city, year, DONE)


def empty_tasks(engine: Engine, folder: Path) -> tuple[float, float]:
    """Seconds that pass for an empty task, and the processor time of it where the batch is.

    The latter, with Dask's scheduler in the same process, cannot be done side by side.
    """
    schedule = Schedule([(f"c{n}", YEAR) for n in range(TASKS)])
    drive(Schedule([("warm", YEAR), ("warm2", YEAR)]), Kept(engine), Journal(folder))
    start, cpu = time.monotonic(), time.process_time()
    drive(schedule, engine, Journal(folder))
    return (time.monotonic() - start) / TASKS, (time.process_time() - cpu) / TASKS


def main() -> None:
    from distributed import LocalCluster

    dask = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with tempfile.TemporaryDirectory() as place, LocalCluster(**dask, silence_logs=50) as cluster:
        pool = LocalPool(place, 2, editions=10**9, task=nothing)
        far = Cluster(cluster.scheduler_address, place, task=nothing)
        for name, engine in (("pool", pool), ("Dask", far)):
            seconds, cpu_s = empty_tasks(engine, Path(place))
            print(f"{name}: {seconds * 1000:.2f} ms, here {cpu_s * 1000:.2f} ms of processor time")


if __name__ == "__main__":
    main()
