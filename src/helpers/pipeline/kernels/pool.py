"""A pool: it lends kernels to notebooks, one notebook a kernel, and lets none outlive the run."""

import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from helpers.pipeline.kernels.runtime import Runtime

if TYPE_CHECKING:
    from jupyter_client import AsyncKernelManager

# A notebook is one of several side by side: threads of a library would only get in the way, and
# one thread gives the same last digit on every machine and with every kind of kernel.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
# A failing shell line fails its cell; nothing is logged on the terminal.
ARGUMENTS = ("--InteractiveShell.system_raise_on_error=True", "--Application.log_level=50")


class KernelsStopped(RuntimeError):
    """The run was interrupted; there are no more kernels."""


class Pool(ABC):
    """Kernels for one run; threads may use it side by side.

    Args:
        folder: the kernels' working directory.
        environment: variables on top of this process's.
    """

    kind: str

    def __init__(self, folder: Path | None, environment: Mapping[str, str] | None):
        self.folder = str((folder or Path.cwd()).resolve())
        self.environment = {**ONE_THREAD, **os.environ, **(environment or {})}
        self.stopped = False
        self.runtime = Runtime()
        self._lock = threading.Lock()
        self._living: set[AsyncKernelManager] = set()
        self._undertakers = ThreadPoolExecutor(2, "kernel-shutdown")

    @abstractmethod
    def _manager(self) -> "AsyncKernelManager":
        """A kernel's manager; called by one thread at a time."""

    def _start(self, manager: "AsyncKernelManager") -> None:  # noqa: B027
        """Start the kernel if ``_manager`` has not; called by several threads at a time."""

    def expect(self, notebooks: int, workers: int) -> None:  # noqa: B027
        """Be told how many more kernels will be asked for, and how many at the same time."""

    @contextmanager
    def kernel(self) -> Iterator["AsyncKernelManager"]:
        """A kernel that has run nothing yet.

        Afterwards it is shut down while the caller goes on; at once if the notebook failed.

        Raises:
            KernelsStopped: the pool has been stopped.
        """
        with self._lock:
            self.check()
            manager = self._manager()
            self._living.add(manager)
        try:
            self._start(manager)
            self.check()
            yield manager
        except BaseException:
            self._end(manager, now=True)
            raise
        self._undertakers.submit(self._end, manager)

    def _end(self, manager: "AsyncKernelManager", now: bool = False) -> None:
        from jupyter_core.utils import run_sync

        try:
            run_sync(_shut_down)(manager, now)
        finally:
            self._living.discard(manager)

    def check(self) -> None:
        """A kernel that was just starting when the pool was stopped runs nothing.

        Raises:
            KernelsStopped: the pool has been stopped.
        """
        if self.stopped:
            raise KernelsStopped

    def stop(self) -> None:
        """Kill every kernel now and start no more; the notebooks that ran in them fail."""
        with self._lock:
            self.stopped = True
            managers = list(self._living)
        import asyncio  # slow to import, and the kernels are to start at once

        for manager in managers:
            if manager.provisioner is not None:
                asyncio.run(manager.provisioner.kill())

    def settle(self) -> None:
        """Wait until lent kernels have shut down: then all is written that they had to write."""
        self._undertakers.shutdown()
        self._undertakers = ThreadPoolExecutor(2, "kernel-shutdown")

    def close(self) -> None:
        """Wait until lent kernels have shut down in good order, then remove what is left."""
        self._undertakers.shutdown()
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
