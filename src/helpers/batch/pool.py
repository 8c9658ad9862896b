"""The processes of this machine.

Each worker is a fresh process, started the same way on every system, with a pipe of its own:
when one is killed, nothing but its edition is lost, and another takes its place.
"""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait

from helpers.batch.engine import Ended, Task
from helpers.batch.outcome import EditionId, Outcome
from helpers.batch.task import end_kernels, run_one

PATIENCE_S = 10
# An edition has one core: libraries that would take more only get in each other's way.
ONE_CORE = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


class Worker:
    """One process and what it is doing.

    Attributes:
        edition: the edition that it runs, if any.
        done: how many editions it has run.
        pipe: our end of the pipe to it.
    """

    def __init__(self, root: str, task: Task):
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, root, task), daemon=False)
        self.process.start()
        theirs.close()
        self.edition: EditionId | None = None
        self.done = 0

    def begin(self, edition: EditionId) -> None:
        """Send it an edition; who has just died is found out by ``LocalPool.wait``."""
        self.edition = edition
        with suppress(OSError):
            self.pipe.send(edition)

    def end(self) -> None:
        """Let it go if it is idle, else kill it."""
        with suppress(OSError):
            self.pipe.send(None)
        if self.edition is not None:
            self.process.terminate()
        self.process.join(PATIENCE_S)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.pipe.close()


class LocalPool:
    """Workers on this machine.

    Args:
        root: the project.
        workers: how many.
        editions: after so many a worker is replaced, whatever it may have piled up.
        limit_mb: a worker that holds more afterwards is replaced, too.
        task: what a worker does with an edition.
    """

    def __init__(
        self,
        root: str,
        workers: int,
        editions: int = 100,
        limit_mb: float = 1500,
        task: Task = run_one,
    ):
        self._root, self._editions, self._limit_mb, self._task = root, editions, limit_mb, task
        for variable in ONE_CORE:
            os.environ.setdefault(variable, "1")
        self._workers: list[Worker] = []
        self._wanted = workers

    def free(self) -> int:
        """How many more editions could run now."""
        return self._wanted - sum(worker.edition is not None for worker in self._workers)

    def submit(self, edition: EditionId) -> None:
        """Begin an edition in an idle worker, or in a new one."""
        idle = next((worker for worker in self._workers if worker.edition is None), None)
        if idle is None:
            idle = Worker(self._root, self._task)
            self._workers.append(idle)
        idle.begin(edition)

    def wait(self, seconds: float) -> Iterator[Ended]:
        """What has ended."""
        busy = {worker.pipe: worker for worker in self._workers if worker.edition is not None}
        ready = wait(list(busy), seconds)
        for pipe, worker in busy.items():
            if pipe not in ready:
                continue
            edition, worker.edition = worker.edition, None
            assert edition is not None
            try:
                outcome: Outcome | None = pipe.recv()
            except (EOFError, OSError):  # killed; what it had sent by then is half a message
                outcome = None
            worker.done += 1
            heavy = outcome is not None and outcome.memory_mb > self._limit_mb
            if outcome is None or heavy or worker.done >= self._editions:
                self._workers.remove(worker)
                worker.end()
            yield edition, outcome

    def close(self) -> None:
        """End all workers; those that are idle in good order."""
        while self._workers:
            self._workers.pop().end()


def serve(pipe: Connection, root: str, task: Task) -> None:
    """A worker's life: an edition after another until it is told to end."""
    # Ctrl-C reaches the whole terminal; it is the batch that ends its workers.
    signal.signal(signal.SIGINT, lambda *_: None)
    while (edition := _next(pipe)) is not None:
        outcome = task(*edition, root)  # what it raises is seen: it ends this worker
        with suppress(OSError):  # the batch is gone
            pipe.send(outcome)
    end_kernels()


def _next(pipe: Connection) -> EditionId | None:
    """The edition to run; None at the end, and where the batch is gone."""
    try:
        edition: EditionId | None = pipe.recv()
    except (EOFError, OSError):
        return None
    return edition
