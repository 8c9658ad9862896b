"""What every worker does around an edition, whichever engine has sent it."""

import time
from concurrent.futures import ThreadPoolExecutor

from helpers.batch.outcome import DONE, Outcome
from helpers.batch.task import measured


def test_a_worker_with_several_threads_does_one_edition_at_a_time():
    """Dask workers may have more threads; a second edition would change the first one's project."""
    inside: list[int] = []
    most = 0

    def work() -> Outcome:
        nonlocal most
        inside.append(1)
        most = max(most, len(inside))
        time.sleep(0.2)
        inside.pop()
        return Outcome("aoba", 2025, DONE)

    with ThreadPoolExecutor(3) as threads:
        outcomes = [threads.submit(measured, work) for _ in range(3)]
    assert most == 1
    assert [done.result().edition for done in outcomes] == [("aoba", 2025)] * 3
    assert all(done.result().seconds >= 0.2 for done in outcomes)
    assert all(done.result().peak_mb > 0 for done in outcomes)
