"""Kernels for several runs, one after another: the price of starting them is paid once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from helpers.pipeline.helper_code import package_files
from helpers.pipeline.kernels.choice import chosen_kind, open_pool
from helpers.pipeline.kernels.pool import Pool
from helpers.pipeline.notebook import Notebook

State = tuple[Path, int, int]  # a file, when it was written, and its size


class KeptKernels:
    """Lends one pool to run after run, for as long as the helpers are what they were.

    Who edits a helper between two runs gets kernels that have imported what is there now.

    Args:
        root: the project; its helpers are watched.
    """

    def __init__(self, root: Path):
        self._root = root
        self._pool: Pool | None = None
        self._helpers: frozenset[State] = frozenset()

    def get_ready(self) -> Pool:
        """Start what takes time, in other processes, before it is known which notebooks run."""
        now = _state(self._root)
        if self._pool is None or self._pool.stopped or self._helpers != now:
            self.close()
            self._pool, self._helpers = open_pool(1, self._root / "notebooks"), now
        return self._pool

    def get_ready_if_cheap(self) -> None:
        """The same before it is known whether anything runs, where starting costs nothing here."""
        if chosen_kind() == "forked":
            self.get_ready()

    @contextmanager
    def lend(self, workers: int, notebooks: Sequence[Notebook]) -> Iterator[Pool]:
        """The pool for one run, as ``open_pool`` gives one; not for two runs at a time.

        Args:
            workers: how many kernels will work at the same time.
            notebooks: what will run.
        """
        pool = self.get_ready()
        pool.expect(len(notebooks), workers)
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

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _state(root: Path) -> frozenset[State]:
    """What would differ after an edit of a helper; not read, for kernels are waited for."""
    seen = ((path, path.stat()) for path in package_files(root / "src"))
    return frozenset((path, status.st_mtime_ns, status.st_size) for path, status in seen)
