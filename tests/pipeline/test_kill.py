"""Whatever moment a run is killed at, the report stays whole and the next run succeeds."""

import random
import sys
from collections import Counter

import pytest
import tiny
from killing import check_next_run, kill_a_run

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="reads other processes' environment"
)
RUNS = 15
SEED = 5


def test_killed_at_random_moments(tmp_path):
    project, chance = tiny.make_project(tmp_path), random.Random(SEED)
    assert tiny.run(project).returncode == 0
    moments: Counter[str] = Counter()
    for number in range(1, 2 * RUNS + 1):
        if number > RUNS and moments["publishing"] >= 2:
            break  # on a busy machine the moment is easily missed
        moments[kill_a_run(project, number, chance)] += 1
        # Runs are also killed on what an earlier killed run has left.
        if number % 3 == 0:
            check_next_run(project, number)
    assert moments["before"] >= 2, moments
    assert moments["publishing"] >= 2, moments
    tiny.temporary(project).rmdir()
