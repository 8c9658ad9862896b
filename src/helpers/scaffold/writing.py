"""Writing a file that is not there yet: never over another."""

from pathlib import Path


def write_new(path: Path, text: str | bytes) -> bool:
    """Write a file unless one of that name is there; the text's own line ends are kept.

    Returns:
        Whether it was written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            file.write(text.encode("utf-8") if isinstance(text, str) else text)
    except FileExistsError:
        return False
    return True
