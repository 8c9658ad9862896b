"""Kernels for several runs, one after another: the price of starting them is paid once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from helpers.pipeline.kernels.choice import open_pool
from helpers.pipeline.kernels.pool import Pool
from helpers.pipeline.notebook import Notebook
from helpers.pipeline.plan import helpers_digest


class KeptKernels:
    """Lends one pool to run after run, for as long as the helpers are what they were.

    Who edits a helper between two runs gets kernels that have imported what is there now.

    Args:
        root: the project; its helpers are watched.
    """

    def __init__(self, root: Path):
        self._root = root
        self._pool: Pool | None = None
        self._helpers = ""

    @contextmanager
    def lend(self, workers: int, folder: Path, _: Sequence[Notebook]) -> Iterator[Pool]:
        """The pool for one run, as ``open_pool`` gives one; not for two runs at a time.

        Args:
            workers: how many kernels will work at the same time.
            folder: the kernels' working directory. What all its notebooks import is imported
                ahead, not only what this run's do: the next run may use others.
        """
        now = helpers_digest(self._root)
        if self._pool is None or self._pool.stopped or self._helpers != now:
            self.close()
            every = [Notebook(path) for path in sorted(folder.glob("[1-9][0-9]_*.ipynb"))]
            self._pool, self._helpers = open_pool(workers, folder, every, once=False), now
        try:
            yield self._pool
            self._pool.settle()
        except BaseException:
            self._pool.stop()
            raise

    def close(self) -> None:
        """End all kernels."""
        if self._pool is not None:
            self._pool.close()
            self._pool = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
