"""A project folder of one process: a copy of the program, and one edition at a time.

It lies in the project's ``reports/.staging``, which is not in git and may be on the worker's own
disk. Nobody but the user may look into it: respondents' answers pass through.
"""

import atexit
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout

from helpers.batch.task import end_kernels, name
from helpers.pipeline.inputs import digest, file_digest
from helpers.pipeline.plan import LOCK, helpers_digest
from helpers.problems import InputError, Message

NO_PROGRAM = Message(
    "ワーカー {worker} から、このフォルダーに citypromo の notebooks と src が見えません",
    remedy="すべてのワーカーの同じ場所に、このプロジェクトを置いてください",
    en="the worker {worker} sees no notebooks and src here. → put the project there, at the same "
    "place for all workers",
)
NO_WRITE = Message(
    "ワーカー {worker} は、このフォルダーに書けません（{why}）",
    remedy="書けるようにしてください",
    en="the worker {worker} cannot write here ({why}). → make the folder writable",
)
CONTENTS = ("data", "reports")
FOLDERS = ("notebooks", "src")


class Scratch:
    """The first of the project's scratch folders that no living process holds, emptied.

    Args:
        project: where the program is.

    Attributes:
        root: a project, too: its ``data`` and ``reports`` hold what an edition needs.

    Raises:
        InputError: the project's folder cannot be written to.
    """

    def __init__(self, project: Path):
        self._project = project
        self._copied = ""
        for number in count(1):
            self._lock = FileLock(_top(project) / f"{number}.lock")
            self.root = _top(project) / str(number)
            if _taken(self._lock):
                break
        _remove(self.root)  # whatever a worker that was killed has left
        self.root.mkdir(mode=0o700)
        atexit.register(self.close)

    @contextmanager
    def emptied(self) -> Iterator[Path]:
        """The folder with the program as it is now; what is brought to it is deleted at the end.

        Raises:
            InputError: there is no program to copy.
        """
        self._copy_program()
        try:
            for folder in CONTENTS:
                _remove(self.root / folder)
            (self.root / "data" / "raw").mkdir(parents=True)
            yield self.root
        finally:
            for folder in CONTENTS:
                shutil.rmtree(self.root / folder, ignore_errors=True)

    def _copy_program(self) -> None:
        """Copy notebooks, helpers and lock, unless they are still what they were."""
        project = self._project
        if not all((project / folder).is_dir() for folder in FOLDERS):
            raise InputError(NO_PROGRAM.at(str(project), worker=name()))
        notebooks = sorted((project / "notebooks").glob("*.ipynb"))
        parts = [helpers_digest(project), *map(file_digest, [*notebooks, project / LOCK])]
        if self._copied == (now := digest("\0".join(parts))):
            return
        end_kernels()  # they work in the folder
        for folder in FOLDERS:
            _remove(self.root / folder)
            ignore = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "*.egg-info")
            shutil.copytree(project / folder, self.root / folder, ignore=ignore)
        if (project / LOCK).exists():
            shutil.copy(project / LOCK, self.root)
        self._copied = now

    def close(self) -> None:
        """Remove the folder."""
        atexit.unregister(self.close)
        end_kernels()
        shutil.rmtree(self.root, ignore_errors=True)
        self._lock.release()


def sweep(project: Path) -> None:
    """Remove the scratch folders of processes that are gone."""
    for folder in _top(project).glob("[0-9]*"):
        if folder.is_dir() and _taken(lock := FileLock(folder.with_suffix(".lock"))):
            shutil.rmtree(folder, ignore_errors=True)
            lock.release()


def _top(project: Path) -> Path:
    folder = project / "reports" / ".staging" / "scratch"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(NO_WRITE.at(str(folder), worker=name(), why=error.strerror)) from None
    return folder


def _taken(lock: FileLock) -> bool:
    """Whether the lock is ours now; it goes with the process that holds it."""
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    return True


def _remove(folder: Path) -> None:
    """Remove a folder; nothing of another edition may be left in it.

    Raises:
        OSError: it cannot be removed.
    """
    if folder.exists():
        shutil.rmtree(folder)
