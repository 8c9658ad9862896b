"""A Dask cluster: whatever its scheduler knows of workers takes editions, one a thread.

The batch sends no more than there are threads, so that a worker that is killed loses nothing but
what it was doing. Who joins later is found at the next look.
"""

import time
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from helpers.batch.engine import Ended, Task
from helpers.batch.outcome import FAILED, EditionId, Outcome
from helpers.batch.task import run_one
from helpers.problems import InputError, Message

if TYPE_CHECKING:
    from distributed import Client, Future

NOT_INSTALLED = Message(
    "Dask（distributed）が入っていません",
    remedy="pip install distributed で入れてください",
    en="Dask (distributed) is not installed. → pip install distributed",
)
NO_SCHEDULER = Message(
    "スケジューラーにつながりません",
    "tcp://サーバー:8786 のような動いているスケジューラーのアドレス",
    "dask scheduler を始め、アドレスを確かめてください",
    en="no scheduler answers. → start one (dask scheduler) and look at its address",
)
GONE = Message(
    "スケジューラーとの接続が切れました",
    remedy="スケジューラーを始め直し、--resume を付けて続けてください",
    en="the scheduler is gone. → start it again and go on with --resume",
)
NO_PROGRAM = Message(
    "ワーカーで始められません（{error}）",
    remedy="すべてのワーカーに、同じ版の citypromo の環境を入れてください",
    en="a worker could not begin ({error}). → install the same citypromo on all workers",
)
PATIENCE_S = 30
LOOK_S = 2.0  # who joins gets work within this time


class Cluster:
    """Workers of a Dask cluster.

    Args:
        address: of the scheduler, ``tcp://host:8786``.
        root: the project, as the workers see it.
        task: what a worker does with an edition.

    Raises:
        InputError: Dask is not installed, or nobody answers.
    """

    def __init__(self, address: str, root: str, task: Task = run_one):
        self._address, self._root, self._task = address, root, task
        self._client = _connected(address)
        # Who counts the tries is the batch, on a cluster as on one machine.
        # (A lambda travels whole: the scheduler's machine needs nothing of ours.)
        self._client.run_on_scheduler(
            lambda dask_scheduler: setattr(dask_scheduler, "allowed_failures", 0)
        )
        self._running: dict[EditionId, Future] = {}
        self._ended: SimpleQueue[EditionId] = SimpleQueue()
        self._sent = self._threads = 0
        self._look_at = 0.0

    def free(self) -> int:
        """How many more editions could run now; one may wait for a cluster that starts itself."""
        now = time.monotonic()
        if now >= self._look_at:
            self._look_at = now + LOOK_S
            self._threads = sum(self._nthreads().values())
        return max(self._threads, 1) - len(self._running)

    def _nthreads(self) -> dict[str, int]:
        try:
            if self._client.status == "running":
                threads: dict[str, int] = self._client.nthreads()
                return threads
        except OSError:
            pass
        raise InputError(GONE.at(self._address)) from None

    def submit(self, edition: EditionId) -> None:
        """Begin an edition."""
        self._sent += 1
        city, year = edition
        future = self._client.submit(
            self._task,
            city,
            year,
            self._root,
            key=f"edition-{city}-{year}-{self._sent}",
            pure=False,
        )
        self._running[edition] = future
        future.add_done_callback(lambda _: self._ended.put(edition))

    def wait(self, seconds: float) -> Iterator[Ended]:
        """What has ended.

        Raises:
            InputError: the scheduler is gone.
        """
        try:
            ended = [self._ended.get(timeout=seconds)]
        except Empty:
            if self._client.status != "running":
                raise InputError(GONE.at(self._address)) from None
            return
        while not self._ended.empty():
            ended.append(self._ended.get())
        for edition in ended:
            yield edition, self._result(edition, self._running.pop(edition))

    def _result(self, edition: EditionId, future: "Future") -> Outcome | None:
        """The outcome; None if the worker was killed."""
        if future.status == "finished":
            outcome: Outcome = future.result(timeout=PATIENCE_S)
            return outcome
        if future.status != "error":  # cancelled or lost, with its scheduler
            raise InputError(GONE.at(self._address))
        from distributed import KilledWorker

        error = future.exception(timeout=PATIENCE_S)
        if isinstance(error, KilledWorker):
            return None
        words = {"error": f"{type(error).__name__}: {error}"}
        problem = NO_PROGRAM.at(f"{edition[0]} {edition[1]}", **words)
        return Outcome(*edition, FAILED, problem.text("ja"), problem.text("en"))

    def close(self) -> None:
        """Give up what still runs, and leave; the cluster stays."""
        self._client.cancel(list(self._running.values()), force=True)
        self._client.close()


def _connected(address: str) -> "Client":
    try:
        from distributed import Client
    except ImportError:
        raise InputError(NOT_INSTALLED.at("--scheduler")) from None
    try:
        return Client(address, timeout=PATIENCE_S)
    except (OSError, ValueError):
        raise InputError(NO_SCHEDULER.at(address)) from None
