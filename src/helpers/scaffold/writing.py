"""Writing a file that is not there yet: never over another."""

from pathlib import Path


def write_new(path: Path, text: str) -> bool:
    """Write a file unless one of that name is there; the text's own line ends are kept.

    Returns:
        Whether it was written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True
