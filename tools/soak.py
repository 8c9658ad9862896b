"""What takes too long for every day: runs killed at random moments, and random edits followed.

make soak                        both
python tools/soak.py kills 100   a hundred runs killed at random moments; after each, the report
                                 is whole and the next run succeeds
python tools/soak.py edits 30    thirty random sequences of ten edits; after each edit the report
                                 is, to the byte, what a run from nothing makes
"""

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "pipeline"))

import tiny  # type: ignore[import-not-found]
from killing import check_next_run, kill_a_run  # type: ignore[import-not-found]
from twins import Twins, random_edit  # type: ignore[import-not-found]

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


def main(what: str = "", number: str = "") -> None:
    """Do one of them, or both."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    if what != "edits":
        kills(int(number or 100), chance)
    if what != "kills":
        edits(int(number or 30), chance)


if __name__ == "__main__":
    main(*sys.argv[1:])
