"""The folder of one run's kernels: sockets, connection files, and what they write for a while.

It is private, its path is short, and it is never left behind: the run removes it; if the run is
killed, its kernels do; and if all of them are, the next run does.
"""

import itertools
import json
import os
import shutil
import tempfile
from pathlib import Path

# The variable that tells a starting kernel where it is.
FOLDER = "CITYPROMO_RUNTIME"
PREFIX = "citypromo-"
# Only a folder with this file in it is ever removed for another process.
MARKER = "citypromo-run.json"
# The path of a Unix socket has at most 107 characters (macOS: 103), file names included.
LONGEST = 80
# How far two readings of when a process started may differ: the clock may be put right between.
SAME_START_S = 5.0


class Runtime:
    """A fresh folder for the kernels of one pool, made when it is first asked for."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._numbers = itertools.count(1)

    @property
    def folder(self) -> Path:
        """The folder, marked as this process's."""
        if self._folder is None:
            base = _base()
            sweep(base)
            started = _started()  # asked first: a folder is marked as soon as it is there
            self._folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
            _mark(self._folder, started)
            self.temporary.mkdir()
        return self._folder

    @property
    def temporary(self) -> Path:
        """Where kernels put their temporary files: with a respondent's answers, perhaps."""
        return self.folder / "t"

    def new(self) -> Path:
        """A path that nothing else of this pool begins with."""
        return self.folder / f"k{next(self._numbers)}"

    def remove(self) -> None:
        """Delete the folder, if it has been made."""
        if self._folder is not None:
            remove(self._folder)


def remove(folder: Path) -> None:
    """Delete a folder, its marker last; also when another process is doing so."""
    try:
        inside = [path for path in folder.iterdir() if path.name != MARKER]
    except OSError:
        return
    for path in inside:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            _delete(path)
    try:
        next(path for path in folder.iterdir() if path.name != MARKER)
    except StopIteration:
        shutil.rmtree(folder, ignore_errors=True)
    except OSError:
        return


def sweep(base: Path) -> None:
    """Delete the folders of runs that were killed together with all that belonged to them.

    The folder's own marker must say that it is ours, and the process that it names must have
    ended: its number may be another's by now, so the time when it started counts too.
    """
    for folder in base.glob(f"{PREFIX}*"):
        if not folder.is_symlink() and _abandoned(folder):
            remove(folder)


def _started() -> float:
    import psutil  # type: ignore[import-untyped]  # slow, and only wanted where something runs

    return float(psutil.Process().create_time())


def _mark(folder: Path, started: float) -> None:
    said = {"folder": folder.name, "process": os.getpid(), "started": started}
    (folder / MARKER).write_text(json.dumps(said), encoding="utf-8", newline="\n")


def _abandoned(folder: Path) -> bool:
    try:
        said = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        # A copy of such a folder under another name is somebody's own.
        process, started = int(said["process"]), float(said["started"])
        return bool(said["folder"] == folder.name) and not _lives(process, started)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _lives(process: int, started: float) -> bool:
    import psutil

    try:
        return bool(abs(psutil.Process(process).create_time() - started) < SAME_START_S)
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:  # it may not be looked at, so it is there
        return True


def has_ended(process: int) -> bool:
    """Whether a process of ours runs no more, although its threads may still be going.

    Of a killed process the system says so at once, but lets its parent have the end only when
    the last of its threads is gone, some milliseconds later.
    """
    import psutil

    try:
        return bool(psutil.Process(process).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True
    except psutil.Error:
        return False


def _delete(path: Path) -> None:
    try:
        path.unlink()
    except OSError:  # gone, or held open
        return


def _base() -> Path:
    base = Path(tempfile.gettempdir())
    return base if os.name == "nt" or len(str(base)) < LONGEST else Path("/tmp")
