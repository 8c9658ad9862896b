"""Refuse what must not be committed: large files, and answers of real respondents.

    python tools/guard.py FILE [FILE …]
    python tools/guard.py --history

Called by pre-commit with the files about to be committed. Every file outside the sample city is
opened, whatever its name, place, encoding or kind (notebooks, workbooks, Parquet, archives …),
and looked at for a table with a row a person. ``--history`` looks at every version of every file
that git holds.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from helpers.contents import Part, parts
from helpers.person_rows import looks_like_a_respondent, looks_like_respondents

LIMIT = 5_000_000
# The fictional city: what made it, what is made of it, and what is tested with it.
SAMPLE = ("data/raw/mihon/", "data/processed/mihon/", "tests/", "tools/mihon/")
# Pages that show what a file of answers looks like, with a few lines that are made up.
MADE_UP = ("docs/city-answers.md", "docs/ja/city-answers.md")
DATA = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".parquet", ".feather", ".pkl", ".pickle",
        ".sav", ".dta", ".rds", ".sqlite", ".db", ".zip", ".gz", ".7z")  # fmt: skip


def complaints(paths: list[str]) -> list[str]:
    """One sentence for each file that must stay out of git."""
    return [said for path in paths for said in _complaints(path, Path(path))]


def _complaints(path: str, file: Path) -> Iterator[str]:
    if not file.is_file():
        return
    if file.stat().st_size > LIMIT:
        yield f"{path}: {file.stat().st_size:,} bytes; git takes at most {LIMIT:,}."
    elif sign := sign_in(file.as_posix(), file.read_bytes()):
        yield (
            f"{path}: {sign}; only the sample city's answers may go into git. "
            "If these are statistics, show a colleague and commit with --no-verify."
        )


def sign_in(path: str, content: bytes) -> str:
    """What in a file looks like respondents, or cannot be looked at; empty if nothing does.

    Args:
        path: from the top of the working tree.
        content: the bytes.
    """
    if path.startswith(SAMPLE) or path in MADE_UP:
        return ""
    if not content:
        return "empty, so it cannot be looked at" if path.lower().endswith(DATA) else ""
    for part in parts(content):
        if part.opaque:
            return f"holds {part.opaque} that cannot be looked at{_at(part)}"
        text = part.text
        sign = looks_like_a_respondent(text) if text else looks_like_respondents(part.rows)
        if sign:
            return f"looks like a row a respondent ({sign}){_at(part)}"
    return ""


def _at(part: Part) -> str:
    return f", {part.where}" if part.where else ""


def history() -> list[str]:
    """One sentence for each version of a file in git that would be refused today."""
    listed = subprocess.run(
        ["git", "rev-list", "--objects", "--all"], capture_output=True, check=True
    ).stdout.decode("utf-8")
    named = dict(line.split(" ", 1) for line in listed.splitlines() if " " in line)
    wanted = {h: path for h, path in named.items() if not path.startswith(SAMPLE)}
    reader = subprocess.Popen(
        ["git", "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert reader.stdin is not None and reader.stdout is not None
    found = []
    for name, path in wanted.items():
        reader.stdin.write(f"{name}\n".encode())
        reader.stdin.flush()
        _, kind, size = reader.stdout.readline().split()
        content = reader.stdout.read(int(size) + 1)[:-1]
        if kind == b"blob" and (sign := sign_in(path, content)):
            found.append(f"{path} ({name[:10]}): {sign}")
    reader.stdin.close()
    reader.wait()
    return found


if __name__ == "__main__":
    problems = history() if sys.argv[1:] == ["--history"] else complaints(sys.argv[1:])
    print("\n".join(problems))
    sys.exit(bool(problems))
