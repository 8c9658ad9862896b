"""A pool lends kernels to notebooks and lets none outlive the run.

``reused``, on every system: as many kernels as work side by side, each lent again and again; it
is renewed after each notebook, and retired when anything is left of it. ``stock``: papermill's
own, one a notebook, the reference.
"""

import ast
import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING, Any, Self

from helpers.pipeline.helper_code import package_files
from helpers.pipeline.kernels.imports import AHEAD, USUAL, imported_by
from helpers.pipeline.kernels.runtime import FOLDER, Runtime
from helpers.pipeline.notebook import Notebook
from helpers.problems import InputError, Problem, nearest

if TYPE_CHECKING:  # slow to import, and not needed where nothing runs
    from jupyter_client import AsyncKernelManager

VARIABLE = "CITYPROMO_KERNELS"
KINDS = ("reused", "stock")
# A notebook is one of several side by side: threads of a library would only get in the way, and
# one thread gives the same last digit on every machine and with every kind of kernel.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
# A failing shell line fails its cell; nothing is logged on the terminal; kernels side by side
# would fight for a history file.
ARGUMENTS = ("--InteractiveShell.system_raise_on_error=True", "--Application.log_level=50")
NO_HISTORY = "--HistoryManager.hist_file=:memory:"
# What a kernel prints before its output is captured is for nobody's eyes.
SILENT: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
# What is asked of a kernel, as expressions: they leave no name behind.
RENEWAL = "__import__('helpers.pipeline.kernels.renewal', fromlist=['renewal'])"
RENEW = f"{RENEWAL}.renew()"
RENEWAL_TIMEOUT_S = 20.0


class KernelsStopped(RuntimeError):
    """The run was interrupted; there are no more kernels."""


def chosen_kind() -> str:
    """``reused``, or as ``CITYPROMO_KERNELS`` says.

    Raises:
        InputError: the variable names no kind.
    """
    told = os.environ.get(VARIABLE) or KINDS[0]
    if told not in KINDS:
        raise InputError(Problem(VARIABLE, f"「{told}」は使えません", remedy=nearest(told, KINDS)))
    return told


def open_pool(
    workers: int = 1,
    folder: Path | None = None,
    notebooks: Sequence[Notebook] | None = None,
    environment: Mapping[str, str] | None = None,
) -> "Pool":
    """Kernels for one run, to be used in a ``with``: when it ends, so do all kernels.

    Returns at once; what takes time goes on in other processes.

    Args:
        workers: how many kernels will work at the same time.
        folder: the kernels' working directory (``notebooks/``).
        notebooks: what will run, if known: what the first ones import is imported at once.
        environment: variables on top of this process's, as they are now, for all kernels.

    Raises:
        InputError: ``CITYPROMO_KERNELS`` is wrong.
    """
    if chosen_kind() == "stock":
        return StockPool(folder, environment)
    pool = ReusedPool(folder, environment)
    try:
        pool.expect(workers if notebooks is None else len(notebooks), workers, notebooks)
    except BaseException:
        pool.close()
        raise
    return pool


class Pool(ABC):
    """Kernels for one run; threads may use it side by side.

    Args:
        folder: the kernels' working directory.
        environment: variables on top of this process's.

    Attributes:
        retired: the kernels that were not renewed: the notebook that had run, and what it left.
    """

    kind: str

    def __init__(self, folder: Path | None, environment: Mapping[str, str] | None):
        if sys.platform == "win32":
            # ZeroMQ cannot wait in the event loop that Windows has by default.
            asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
        self.folder = str((folder or Path.cwd()).resolve())
        self.stopped = False
        self.retired: list[tuple[str, list[str]]] = []
        self.runtime = Runtime()
        self._given = {**ONE_THREAD, **os.environ, **(environment or {})}
        self._changed = threading.Condition()
        self._living: set[AsyncKernelManager] = set()
        self._beside = ThreadPoolExecutor(2, "kernels")

    @property
    def environment(self) -> dict[str, str]:
        """The kernels' variables; what they write for a while goes with the run."""
        temporary = str(self.runtime.temporary)
        return {**self._given, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), temporary)}

    def expect(  # noqa: B027  # stock kernels are started when they are asked for
        self, notebooks: int, workers: int, known: Sequence[Notebook] | None = None
    ) -> None:
        """Be told what will be asked for.

        Args:
            notebooks: how many more.
            workers: how many kernels at the same time.
            known: the notebooks themselves, in their order.
        """

    @abstractmethod
    def _borrow(self) -> "AsyncKernelManager":
        """A kernel's manager; waits until there is one."""

    @abstractmethod
    def _take_back(self, manager: "AsyncKernelManager", notebook: str) -> None:
        """What becomes of a kernel whose notebook has succeeded; beside the caller."""

    @contextmanager
    def kernel(self, notebook: str = "") -> Iterator["AsyncKernelManager"]:
        """A kernel as if no notebook had run in it.

        Afterwards it is made so again, or shut down, while the caller goes on; it is ended at
        once if the notebook failed.

        Args:
            notebook: the name of what will run.

        Raises:
            KernelsStopped: the pool has been stopped.
        """
        manager = self._borrow()
        try:
            self.check()
            yield manager
        except BaseException:
            self._end(manager, now=True)
            raise
        self._beside.submit(self._take_back, manager, notebook)

    def _end(self, manager: "AsyncKernelManager", now: bool = False) -> None:
        from jupyter_core.utils import run_sync

        try:
            run_sync(_shut_down)(manager, now)
        finally:
            with self._changed:
                self._living.discard(manager)
                self._changed.notify_all()

    def check(self) -> None:
        """A kernel that was just starting when the pool was stopped runs nothing.

        Raises:
            KernelsStopped: the pool has been stopped.
        """
        if self.stopped:
            raise KernelsStopped

    def stop(self) -> None:
        """Kill every kernel now and start no more; the notebooks that ran in them fail."""
        with self._changed:
            self.stopped = True
            managers = list(self._living)
            self._changed.notify_all()
        for manager in managers:
            if manager.provisioner is not None:
                asyncio.run(manager.provisioner.kill())

    def settle(self) -> None:
        """Wait until lent kernels are as new or gone: all is written that they had to write."""
        self._beside.shutdown()
        self._beside = ThreadPoolExecutor(2, "kernels")

    def close(self) -> None:
        """Wait until lent kernels are as new or gone, then end all and remove what is left."""
        self._beside.shutdown()
        self.stop()
        for manager in list(self._living):
            self._end(manager, now=True)
        self.runtime.remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is not None:
            self.stop()
        self.close()


async def _shut_down(manager: "AsyncKernelManager", now: bool) -> None:
    """End a kernel, if it lives; in good order as jupyter_client does, but asking more often."""
    if now and manager.has_kernel:
        await manager._async_shutdown_kernel(now=True)
    elif manager.has_kernel:
        await manager._async_request_shutdown()
        await manager._async_finish_shutdown(pollinterval=0.01)
    await manager._async_cleanup_resources()


class ReusedPool(Pool):
    """Lends each kernel again and again, for as long as it is as new."""

    kind = "reused"

    def __init__(self, folder: Path | None, environment: Mapping[str, str] | None):
        super().__init__(folder, environment)
        self._idle: deque[AsyncKernelManager] = deque()
        self._workers = self._expected = 0

    def expect(self, notebooks: int, workers: int, known: Sequence[Notebook] | None = None) -> None:
        """Start as many kernels as will work side by side."""
        with self._changed:
            self._workers, self._expected = workers, notebooks
            while len(self._living) < min(workers, notebooks):
                first = USUAL if known is None else imported_by(known[:workers])
                self._start_one(first)
            self._changed.notify_all()

    def _borrow(self) -> "AsyncKernelManager":
        with self._changed:
            while True:
                self.check()
                while self._idle:
                    manager = self._idle.popleft()
                    if _alive(manager):
                        self._expected -= 1
                        return manager
                    self._living.discard(manager)  # someone killed it
                if len(self._living) < max(self._workers, 1):
                    self._start_one()
                else:
                    self._changed.wait()

    def _start_one(self, imports: Sequence[str] = ()) -> None:
        """Start a kernel and go on; one thread at a time, for two could be given one port."""
        from jupyter_core.utils import run_sync

        from helpers.pipeline.kernels.manager import own_kernel

        manager = own_kernel(self.runtime.new())
        self._living.add(manager)
        told = {AHEAD: " ".join(imports), FOLDER: str(self.runtime.folder)}
        run_sync(manager._async_start_kernel)(
            cwd=self.folder,
            env={**self.environment, **told},
            extra_arguments=[*ARGUMENTS, NO_HISTORY, "--IPKernelApp.parent_handle=0"],
            stdin=subprocess.PIPE,  # the lifeline: it closes when this process ends
            **SILENT,
        )
        self._idle.append(manager)

    def _take_back(self, manager: "AsyncKernelManager", notebook: str) -> None:
        left = self._renewed(manager)
        if not left:
            with self._changed:
                self._idle.append(manager)
                self._changed.notify_all()
            return
        if not self.stopped:
            self.retired.append((notebook, left))
        with self._changed:
            self._living.discard(manager)
            if self._expected > 0 and not self.stopped:  # it gets ready while this one ends
                self._start_one()
            self._living.add(manager)
            self._changed.notify_all()
        self._end(manager)

    def _renewed(self, manager: "AsyncKernelManager") -> list[str]:
        """What is left of the notebook that has run in a kernel; nothing where it is as new."""
        client = manager.blocking_client()
        client.start_channels(shell=True, iopub=False, stdin=False, hb=False, control=False)
        try:
            wanted = {"left": RENEW}
            asked = client.execute("", silent=True, store_history=False, user_expressions=wanted)
            end = time.monotonic() + RENEWAL_TIMEOUT_S
            while time.monotonic() < end and not self.stopped and _alive(manager):
                try:
                    reply = client.get_shell_msg(timeout=0.5)
                except Empty:
                    continue
                if reply["parent_header"].get("msg_id") == asked:
                    answer = reply["content"]["user_expressions"]["left"]
                    if answer["status"] != "ok":
                        return [f"{answer['ename']}: {answer['evalue']}"]
                    return list(json.loads(ast.literal_eval(answer["data"]["text/plain"])))
            return ["no answer"]
        except (OSError, ValueError, KeyError, SyntaxError) as error:
            return [repr(error)]
        finally:
            client.stop_channels()


class StockPool(Pool):
    """Lends managers that have started nothing: nbclient does all, the engine lets it."""

    kind = "stock"

    def _borrow(self) -> "AsyncKernelManager":
        from helpers.pipeline.kernels.manager import StockKernel

        with self._changed:
            self.check()
            options = {"arguments": ARGUMENTS, "cwd": self.folder, "env": self.environment}
            manager = StockKernel(
                kernel_name="python3",
                connection_file=f"{self.runtime.new()}.json",
                check=self.check,
                options={**options, **SILENT},
            )
            self._living.add(manager)
        return manager

    def _take_back(self, manager: "AsyncKernelManager", notebook: str) -> None:  # noqa: ARG002
        self._end(manager)


def _alive(manager: "AsyncKernelManager") -> bool:
    return manager.provisioner is not None and asyncio.run(manager.provisioner.poll()) is None


class KeptKernels:
    """Lends one pool to run after run, for as long as the helpers are what they were.

    Who edits a helper between two runs gets kernels that have imported what is there now.

    Args:
        root: the project; its helpers are watched.
    """

    def __init__(self, root: Path):
        self._root = root
        self._pool: Pool | None = None
        self._helpers: frozenset[tuple[Path, int, int]] = frozenset()

    def get_ready(self) -> Pool:
        """Start a first kernel, once something will run, before it is known what."""
        now = _state(self._root)
        if self._pool is None or self._pool.stopped or self._helpers != now:
            self.close()
            self._pool, self._helpers = open_pool(1, self._root / "notebooks"), now
        return self._pool

    @contextmanager
    def lend(self, workers: int, notebooks: Sequence[Notebook]) -> Iterator[Pool]:
        """The pool for one run, as ``open_pool`` gives one; not for two runs at a time.

        Args:
            workers: how many kernels will work at the same time.
            notebooks: what will run.
        """
        pool = self.get_ready()
        pool.retired.clear()
        pool.expect(len(notebooks), workers, notebooks)
        try:
            yield pool
            pool.settle()
        except BaseException:
            pool.stop()
            raise

    def close(self) -> None:
        """End all kernels."""
        if self._pool is not None:
            self._pool.close()
            self._pool = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.close()


def _state(root: Path) -> frozenset[tuple[Path, int, int]]:
    """What would differ after an edit of a helper; not read, for kernels are waited for."""
    seen = ((path, path.stat()) for path in package_files(root / "src"))
    return frozenset((path, status.st_mtime_ns, status.st_size) for path, status in seen)
