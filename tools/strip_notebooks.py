"""Notebooks as git holds them: what an analyst wrote, without what a kernel or an editor added.

    python tools/strip_notebooks.py --install          once for a clone (`make` does it)
    python tools/strip_notebooks.py FILE [FILE …]      strips them in place (pre-commit does it)
    python tools/strip_notebooks.py < FILE > STRIPPED  git's filter

Kept are cells, their ids and tags, and the line breaks of JupyterLab's own files, so that saving
after the edit of one cell changes that cell's lines. Only Python's standard library is needed:
git calls it for every notebook it looks at, on any system, also before `make`.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# A branch from before the filter, or of someone without it, merges as if it had been stripped.
RENORMALIZE = ("merge.renormalize", "true")


def stripped(content: bytes) -> bytes:
    """A notebook without outputs, counts and marks of an editor; anything else as it is.

    What is no notebook (one with the marks of a conflict in it) must come back from git as it
    was given to it, byte for byte.
    """
    try:
        notebook = json.loads(content)
        cells = [_stripped_cell(cell) for cell in notebook["cells"]]
        plain = {**notebook, "cells": cells, "metadata": METADATA}
        return (json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    except (ValueError, TypeError, KeyError, AttributeError):
        return content


def _stripped_cell(cell: dict[str, Any]) -> dict[str, Any]:
    source = cell["source"]
    lines = (source if isinstance(source, str) else "".join(source)).splitlines(keepends=True)
    tags = cell.get("metadata", {}).get("tags")
    kept = {**cell, "source": lines, "metadata": {"tags": tags} if tags else {}}
    return {**kept, "outputs": [], "execution_count": None} if cell["cell_type"] == "code" else kept


def strip_files(paths: list[Path]) -> None:
    """Strip notebooks where they are; a file that is right keeps its time."""
    for path in paths:
        content = path.read_bytes()
        if (plain := stripped(content)) != content:
            path.write_bytes(plain)


def install() -> None:
    """Tell the git of this clone how notebooks are stripped; outside git there is nothing to tell.

    The interpreter is the one that made the environment: the filter outlives `make clean`.
    """
    python = Path(getattr(sys, "_base_executable", sys.executable)).as_posix()
    clean = ("filter.notebooks.clean", f'"{python}" tools/strip_notebooks.py')
    for name, value in (clean, RENORMALIZE):
        try:
            done = subprocess.run(
                ["git", "config", name, value], cwd=ROOT, capture_output=True, check=False
            )
        except FileNotFoundError:
            return
        if done.returncode:
            return


if __name__ == "__main__":
    if sys.argv[1:] == ["--install"]:
        install()
    elif sys.argv[1:]:
        strip_files([Path(path) for path in sys.argv[1:]])
    else:
        sys.stdout.buffer.write(stripped(sys.stdin.buffer.read()))
