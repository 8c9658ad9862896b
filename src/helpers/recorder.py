"""What a notebook reads of the project: readers say it here, so that it can count in its key.

Rooms that read go through these few functions. Outside a run they only read; while a run
executes a notebook, each also notes what was asked, and whether it was there.
"""

from pathlib import Path


def reading(path: Path) -> Path:
    """The path of a file whose bytes are about to be read, by whatever library."""
    return path


def exists(path: Path) -> bool:
    """Whether a file or folder is there; one that was looked for and not found counts too."""
    return path.exists()


def listing(folder: Path, pattern: str = "*") -> list[Path]:
    """The paths of a folder that fit a pattern, sorted; none where there is no folder."""
    return sorted(folder.glob(pattern))


def begin(told: dict[str, str]) -> None:
    """In a kernel, before the first cell of a run's notebook: note from now on.

    Args:
        told: the environment variables of this notebook alone.
    """


def end() -> str:
    """In a kernel, after the last cell: JSON of what was noted."""
    return "{}"
