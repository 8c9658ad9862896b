"""Kernels started ahead: they start and import while other notebooks run. For any system."""

import asyncio
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path

from jupyter_client import AsyncKernelManager
from jupyter_core.utils import run_sync

from helpers.pipeline.kernels.imports import VARIABLE
from helpers.pipeline.kernels.manager import SILENT, kernel_manager
from helpers.pipeline.kernels.pool import ARGUMENTS, Pool

WARM = "--InteractiveShellApp.extra_extensions=helpers.pipeline.kernels.warm"


class AheadPool(Pool):
    """Keeps as many kernels in reserve as work at the same time, and no more than are expected.

    Args:
        folder: the kernels' working directory.
        environment: variables on top of this process's.
        imports: modules to import ahead.
        workers: how many kernels will work at the same time.
        expected: how many kernels will be asked for in all, if known.
    """

    kind = "ahead"

    def __init__(
        self,
        folder: Path | None,
        environment: Mapping[str, str] | None,
        imports: Sequence[str],
        workers: int,
        expected: int | None,
    ):
        super().__init__(folder, environment)
        if sys.platform == "win32":
            # ZeroMQ cannot wait in the event loop that Windows has by default.
            asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
        self._imports = " ".join(imports)
        self._expected = expected
        self._started = 0
        self._reserve: deque[AsyncKernelManager] = deque()
        try:
            for _ in range(workers):
                self._start_one()
        except BaseException:
            self.close()
            raise

    def expect(self, notebooks: int, workers: int) -> None:
        """Keep as many in reserve as will be needed."""
        with self._lock:
            self._expected = self._started - len(self._reserve) + notebooks
            while len(self._reserve) < min(workers, notebooks):
                self._start_one()

    def _start_one(self) -> None:
        """Start a kernel and go on; one thread at a time, for two could be given one port."""
        if self._expected is not None and self._started >= self._expected:
            return
        manager = kernel_manager(self.runtime.new())
        self._living.add(manager)
        self._started += 1
        run_sync(manager._async_start_kernel)(
            cwd=self.folder,
            env={**self.environment, VARIABLE: self._imports},
            extra_arguments=[*ARGUMENTS, WARM],
            **SILENT,
        )
        self._reserve.append(manager)

    def _manager(self) -> AsyncKernelManager:
        if not self._reserve:
            self._expected = None  # more are asked for than were announced
            self._start_one()
        manager = self._reserve.popleft()
        self._start_one()
        return manager
