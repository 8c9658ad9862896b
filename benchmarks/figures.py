"""Processor time of drawing and exporting each chart type, warm, at one width.

Run: ``.venv/bin/python benchmarks/figures.py [width_mm]``; exits 1 where a figure takes over 0.5 s.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "figures"))

from test_charts import CHARTS

from helpers.drawing import FORMATS, lint

REPEATS = 5
GOAL_S = 0.5


def main(width_mm: float) -> int:
    """Print the median seconds of each step of each chart; how many miss the goal."""
    steps = ["draw", *FORMATS, "lint", "all"]
    print(f"{'figure':20}" + "".join(f"{step:>8}" for step in steps))
    late = 0
    for name, make in CHARTS.items():
        chart = make()
        runs = [measure(chart.at(width_mm=width_mm)) for _ in range(REPEATS + 1)][1:]
        medians = {step: sorted(run[step] for run in runs)[len(runs) // 2] for step in steps}
        print(f"{name:20}" + "".join(f"{value:8.3f}" for value in medians.values()))
        late += medians["all"] > GOAL_S
    print(f"{len(CHARTS) - late} of {len(CHARTS)} within {GOAL_S} s at {width_mm:g} mm")
    return late


def measure(chart) -> dict[str, float]:
    """Seconds of drawing again, of every format, of the lint; ``all`` is what a run pays."""
    taken: dict[str, float] = {}
    start = time.process_time()
    fresh = chart.at()
    taken["draw"] = time.process_time() - start
    for step, work in {**FORMATS, "lint": lint}.items():
        start = time.process_time()
        work(fresh)
        taken[step] = time.process_time() - start
    taken["all"] = sum(taken.values())
    return taken


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 160) > 0)
