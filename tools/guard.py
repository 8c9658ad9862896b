"""Refuse what must not be committed: large files, and answers of real respondents.

    python tools/guard.py FILE [FILE …]

Called by pre-commit with the files about to be committed.
"""

import sys
from pathlib import Path

LIMIT = 5_000_000
SAMPLE = ("data/raw/mihon/", "tests/")
WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".ods", ".parquet")


def complaints(paths: list[str]) -> list[str]:
    """One sentence for each file that must stay out of git."""
    found = []
    for path in paths:
        file = Path(path)
        if file.exists() and file.stat().st_size > LIMIT:
            found.append(f"{path}: {file.stat().st_size:,} bytes; git takes at most {LIMIT:,}.")
        data = file.as_posix().startswith("data/") and file.suffix.lower() in WORKBOOKS
        if data and not file.as_posix().startswith(SAMPLE):
            found.append(
                f"{path}: may hold respondents' answers; only the sample city's may go in."
            )
    return found


if __name__ == "__main__":
    problems = complaints(sys.argv[1:])
    print("\n".join(problems))
    sys.exit(bool(problems))
