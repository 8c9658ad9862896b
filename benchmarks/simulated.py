"""How long all municipalities take on many cores: a simulation of the schedule.

    python benchmarks/simulated.py --seconds 18.2 --dispatch 0.006 --mb 27

``benchmarks/batch.py`` runs it with the times that it has measured.
"""

import argparse
import heapq
import random
import statistics

CITIES, YEARS = 1741, 5
START_S = 6.0  # a worker's imports and first kernels; it matters only beyond 1,000 workers


def simulated(workers: int, times: list[float], dispatch_s: float, seed: int = 1) -> float:
    """Seconds for all cities and years: years of a city in order, longest chain first.

    Args:
        workers: cores.
        times: measured seconds of editions, drawn from at random.
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
            end = dispatcher + chance.choice(times) + (0.0 if warm else START_S)
            heapq.heappush(running, (end, -left - 1, city))
        now, left, city = heapq.heappop(running)
        idle.append((now, True))
        if left:
            heapq.heappush(ready, (-left, city))
    return now


def predict(times: list[float], dispatch_s: float, size: float) -> None:
    """Print the simulation as a table.

    Args:
        times: measured seconds of editions.
        dispatch_s: processor seconds of the dispatching process for an edition.
        size: bytes that an edition leaves.
    """
    each = statistics.mean(times)
    print(f"{CITIES * YEARS:,} editions, {each:.1f} s each, simulated:")
    print("| cores | hours | efficiency | written, MB/s |\n|---|---|---|---|")
    for workers in (1, 2, 16, 64, 256, 1000, 1741, 4000):
        seconds = simulated(workers, times, dispatch_s)
        rate = size * CITIES * YEARS / seconds / 1e6
        efficiency = each * CITIES * YEARS / workers / seconds
        print(f"| {workers:,} | {seconds / 3600:.2f} | {efficiency:.2f} | {rate:,.0f} |")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, nargs="+", default=[18.0], help="of editions")
    parser.add_argument("--dispatch", type=float, default=0.006, help="seconds for an edition")
    parser.add_argument("--mb", type=float, default=27.0, help="that an edition leaves")
    given = parser.parse_args()
    predict(given.seconds, given.dispatch, given.mb * 1e6)


if __name__ == "__main__":
    main()
