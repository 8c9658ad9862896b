"""Kill a hundred runs at random moments; after each, the report is whole and the next run succeeds.

make soak
"""

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "pipeline"))

import tiny  # type: ignore[import-not-found]
from killing import check_next_run, kill_a_run  # type: ignore[import-not-found]


def main(runs: int = 100) -> None:
    """Print after how many kills of which kind everything held."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    chance, moments = random.Random(seed), Counter[str]()
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


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
