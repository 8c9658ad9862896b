"""Memory of a worker over many small editions, when it is never replaced.

python benchmarks/batch_memory.py --editions 200
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "batch"))

from few import make_project, tiny

from helpers.batch.drive import drive
from helpers.batch.journal import Journal
from helpers.batch.outcome import DONE
from helpers.batch.pool import LocalPool
from helpers.batch.schedule import Schedule

EACH = 20


def held(folder: Path, count: int) -> list[float]:
    """MB that a worker holds after each edition."""
    numbers = {(f"c{n:03d}", 2025): "50" for n in range(count)}
    project = make_project(folder / "tiny", numbers)
    os.environ.update(tiny.environment(project))
    sys.path.insert(0, str(project / "src"))  # workers look for modules where we do
    engine = LocalPool(str(project), 1, editions=10**9, limit_mb=1e9)
    outcomes = drive(Schedule(numbers), engine, Journal(folder))
    assert all(outcome.state == DONE for outcome in outcomes), outcomes[0]
    return [outcome.memory_mb for outcome in outcomes]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--editions", type=int, default=200)
    with tempfile.TemporaryDirectory() as place:
        megabytes = held(Path(place), parser.parse_args().editions)
    for start in range(0, len(megabytes), EACH):
        some = megabytes[start : start + EACH]
        print(f"editions {start + 1} to {start + len(some)}: {statistics.mean(some):.1f} MB")


if __name__ == "__main__":
    main()
