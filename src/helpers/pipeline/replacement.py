"""One folder put in the place of another: in one step where the system can, else in two.

Linux can exchange two folders at once. Elsewhere the old one is moved aside and the new one moved
in; a crash between the two steps is seen by what lies where, and repaired by going on.
"""

import ctypes
import os
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

AT_FDCWD = -100
RENAME_EXCHANGE = 2
PATIENCE_S = 2.0


@dataclass(frozen=True)
class Replacement:
    """A new folder, and the one that it replaces.

    Attributes:
        new: the new folder; on the same file system.
        target: where it belongs.
        inode: the new folder's number, by which it is known wherever it lies.
    """

    new: Path
    target: Path
    inode: int

    @property
    def aside(self) -> Path:
        """Where the old folder waits to be removed, out of the readers' sight."""
        return self.new.with_name(f"old-{self.new.name}")

    @property
    def done(self) -> bool:
        """Whether the new folder is where it belongs."""
        return not self.new.exists() or _inode(self.target) == self.inode

    def do(self) -> None:
        """Put the new folder in place, from whatever state a crash has left.

        Raises:
            OSError: it cannot be moved; ``undo`` then brings back the old state.
        """
        if self.done:
            return
        self.target.parent.mkdir(parents=True, exist_ok=True)
        if self.target.exists():
            if exchange(self.new, self.target):
                return
            if self.aside.exists():
                shutil.rmtree(self.aside)
            _move(self.target, self.aside)
        _move(self.new, self.target)

    def undo(self) -> None:
        """Put the old folder back."""
        if not self.new.exists():
            _move(self.target, self.new)
        elif _inode(self.target) == self.inode:
            exchange(self.new, self.target)
        if self.aside.exists() and not self.target.exists():
            _move(self.aside, self.target)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; ``False`` where the system cannot."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    paths = os.fsencode(one), os.fsencode(other)
    return bool(rename(AT_FDCWD, paths[0], AT_FDCWD, paths[1], RENAME_EXCHANGE) == 0)


def _move(source: Path, target: Path) -> None:
    """Rename; wait for a moment where a virus scanner may hold a file."""
    deadline = time.monotonic() + (PATIENCE_S if patient() else 0)
    while True:
        try:
            source.rename(target)
            return
        except PermissionError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.1)


def held(folder: Path) -> list[Path]:
    """The files that another program has open, on Windows: they take no name, not even their own.

    Elsewhere an open file is no obstacle, and none is found.
    """
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and _is_held(path)]


def _is_held(path: Path) -> bool:
    try:
        path.rename(path)
    except PermissionError:
        return True
    except OSError:  # removed meanwhile
        return False
    return False


def patient() -> bool:
    """Whether this is a system that renames no folder with an open file: Windows."""
    return os.name == "nt"


def _inode(path: Path) -> int | None:
    return path.stat().st_ino if path.exists() else None
