"""The folder of connection files and sockets: private, with a short path, and never left behind."""

import itertools
import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "citypromo-"
# The path of a Unix socket has at most 107 characters (macOS: 103), file names included.
LONGEST = 80


class Runtime:
    """A fresh folder for the connection files and sockets of one pool."""

    def __init__(self) -> None:
        base = _base()
        _sweep(base)
        self.folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=base))
        self._numbers = itertools.count(1)

    def new(self) -> Path:
        """A path that nothing else of this pool begins with."""
        return self.folder / f"k{next(self._numbers)}"

    def remove(self) -> None:
        """Delete the folder, also when another process is doing so."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _base() -> Path:
    base = Path(tempfile.gettempdir())
    return base if os.name == "nt" or len(str(base)) < LONGEST else Path("/tmp")


def _sweep(base: Path) -> None:
    """Delete the folders of runs that were killed together with all that belonged to them."""
    folders = list(base.glob(f"{PREFIX}*-*"))
    if not folders:
        return
    import psutil  # type: ignore[import-untyped]  # slow, and kernels are waited for

    for folder in folders:
        owner = folder.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdigit() and not psutil.pid_exists(int(owner)):
            # Another user's folder cannot be deleted, and need not be.
            shutil.rmtree(folder, ignore_errors=True)
