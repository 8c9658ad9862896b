"""Refuse what must not be committed: large files, and answers of real respondents.

    python tools/guard.py FILE [FILE …]

Called by pre-commit with the files about to be committed.
"""

import csv
import re
import sys
from collections import Counter
from pathlib import Path

LIMIT = 5_000_000
SAMPLE = ("data/raw/mihon/", "tests/")
WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".ods", ".parquet")
TABLES = (".csv", ".tsv", ".txt")

# What vendors call the number, the name and the free text of one respondent.
PERSON = re.compile(
    r"(整理|会員|受付|回答者|調査票|モニター)\s*(番号|No|ID)|氏名|自由(意見|記述|回答)|ご意見|^回答者"
    r"|\b(respondent|person|rid|pid)\b",
    re.IGNORECASE,
)
QUESTION = re.compile(r"^\s*(問|Q|設問|質問)\s*[0-9０-９]", re.IGNORECASE)
# A question has at most eleven answers (0-10); of a table of statistics hardly a column has so
# few, but for the two or three that say what the row is about (district, age, sex).
ANSWERS, QUESTIONS, PEOPLE = 11, 5, 40
# Our own long tables are made of such columns, and hold a number a row, not a person.
LONG = ({"indicator", "breakdown", "printed"}, {"page", "table", "row", "column", "text"})


def complaints(paths: list[str]) -> list[str]:
    """One sentence for each file that must stay out of git."""
    found = []
    for path in paths:
        file = Path(path)
        where, kind = file.as_posix(), file.suffix.lower()
        if file.exists() and file.stat().st_size > LIMIT:
            found.append(f"{path}: {file.stat().st_size:,} bytes; git takes at most {LIMIT:,}.")
        if where.startswith(SAMPLE):
            continue
        if where.startswith("data/") and kind in WORKBOOKS:
            found.append(
                f"{path}: may hold respondents' answers; only the sample city's may go in."
            )
        held = where.startswith(("data/", "reports/")) and kind in TABLES and file.exists()
        if held and (sign := sign_of_respondents(rows_of(file))):
            found.append(
                f"{path}: looks like a row a respondent ({sign}); only the sample city's answers "
                "may go in. If these are statistics, show a colleague and commit with --no-verify."
            )
    return found


def rows_of(file: Path) -> list[list[str]]:
    """The table in a file of text: the rows of the most frequent width, the heading first."""
    content = file.read_bytes()
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # Excel's "Unicode text"
    try:
        text = content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp932", errors="replace")
    lines = text.splitlines()
    separator = "\t" if sum(line.count("\t") for line in lines) > len(lines) else ","
    rows = [row for row in csv.reader(lines, delimiter=separator) if row]
    widths = Counter(map(len, rows))
    usual = widths.most_common(1)[0][0] if widths else 0
    return [row for row in rows if len(row) == usual]


def sign_of_respondents(rows: list[list[str]]) -> str:
    """What makes a table look like answers, a row a person; empty if nothing does."""
    if not rows or any(names <= set(rows[0]) for names in LONG):
        return ""
    heading, *body = rows
    if name := next((name for name in heading if PERSON.search(name)), None):
        return f"column {name!r}"
    if name := next((name for name in heading if QUESTION.search(name)), None):
        return f"column {name!r}"
    columns = list(zip(*body, strict=True)) if len(body) >= PEOPLE else []
    short = sum(2 <= len(set(column) - {""}) <= ANSWERS for column in columns)
    return f"{short} columns of a few answers each" if short >= QUESTIONS else ""


if __name__ == "__main__":
    problems = complaints(sys.argv[1:])
    print("\n".join(problems))
    sys.exit(bool(problems))
