"""What takes too long for every day: runs killed at random moments, and random edits followed.

make soak                        all three
python tools/soak.py kills 100   a hundred runs killed at random moments; after each, the report
                                 is whole and the next run succeeds
python tools/soak.py edits 30    thirty random sequences of ten edits; after each edit the report
                                 is, to the byte, what a run from nothing makes
python tools/soak.py memory 200  two hundred small editions in the same kernels: their memory and
                                 the run's own stay flat
"""

import os
import random
import statistics
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "pipeline"))

import psutil  # type: ignore[import-untyped]
import tiny  # type: ignore[import-not-found]
from killing import check_next_run, kill_a_run  # type: ignore[import-not-found]
from twins import Twins, random_edit  # type: ignore[import-not-found]

from helpers.edition import Edition
from helpers.pipeline.kernels import KeptKernels
from helpers.pipeline.progress import Progress
from helpers.pipeline.run import run

EDITS = 10


def kills(runs: int, chance: random.Random) -> None:
    """Print after how many kills of which kind everything held."""
    moments = Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        project = tiny.make_project(Path(folder))
        check_next_run(project, 0)
        for number in range(1, runs + 1):
            moments[kill_a_run(project, number, chance)] += 1
            # Some runs are killed on what an earlier killed run has left.
            if number % 3 or number == runs:
                check_next_run(project, number)
            print(number, dict(moments), flush=True)
        tiny.temporary(project).rmdir()
    print(f"{runs} runs killed, every report whole, every next run succeeded")


def edits(sequences: int, chance: random.Random) -> None:
    """Print which edits made which notebooks run, and that every report was as from nothing."""
    kinds = Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, sequences + 1):
            twins = Twins(Path(folder) / str(number))
            for _ in range(EDITS):
                kind, edit = random_edit(chance)
                kinds[kind] += 1
                twins.edit(edit)
                ran = twins.run()
                assert twins.run() == [], kind
                print(number, kind, *ran, flush=True)
            twins.close()
    print(f"{sequences} sequences of {EDITS} edits followed to the byte: {dict(kinds)}")


def memory(editions: int) -> None:
    """Print how the memory of this process and of its kernels grows from edition to edition.

    The first editions fill the caches; from then on a hundred may add a tenth.
    """
    used: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        project = tiny.make_project(Path(folder))
        os.environ.update(tiny.environment(project))
        with KeptKernels(project) as kernels:
            for number in range(1, editions + 1):
                tiny.set_number(project, number)
                edition = Edition.open(tiny.CITY, tiny.YEAR)
                assert run(edition, progress=Progress(), kernels=kernels).published
                used.append(sum(map(_resident, [here := psutil.Process(), *here.children()])))
                if number % 10 == 0:
                    print(f"{number}: {used[-1] / 1e6:.0f} MB", flush=True)
    middle = len(used) // 2
    first, last = (statistics.median(used[max(at, 0) :][:10]) for at in (middle, len(used) - 10))
    grown = (last / first - 1) * 100 / max(len(used) - middle, 1)
    print(f"{editions} editions: {first / 1e6:.0f} MB, then {last / 1e6:.0f} MB")
    assert grown < 0.1, f"{grown:.2f} % an edition"


def _resident(process: psutil.Process) -> int:
    return int(process.memory_info().rss)


def main(what: str = "", number: str = "") -> None:
    """Do one of them, or all."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    if what in ("", "kills"):
        kills(int(number or 100), chance)
    if what in ("", "edits"):
        edits(int(number or 30), chance)
    if what in ("", "memory"):
        memory(int(number or 200))


if __name__ == "__main__":
    main(*sys.argv[1:])
