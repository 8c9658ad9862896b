"""The scan before publication: no row of a respondent may be in anything that is published.

Looked for are the respondents' names in the cleaned table, and stretches of cells that stand in
the same order in somebody's answers. Aggregates do not repeat eight cells of one person.
"""

import html
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from helpers.problems import Problem

WINDOW = 8
# Eight equal answers are a pattern of tables, not of a person.
DISTINCT = 3
OFFICE = (".xlsx", ".docx", ".pptx")
TEXTS = (*OFFICE, ".csv", ".txt", ".json", ".ipynb", ".html", ".log", ".md")
_CELL = re.compile(r"[^\s,;|\"']+")
# Rows of tables in HTML, Word and PowerPoint.
_ROW = re.compile(r"<(?:[aw]:)?tr[ >].*?</(?:[aw]:)?tr>", re.DOTALL)
_IS_ROW = re.compile(r"<(?:[aw]:)?tr[ >]")
_TAG = re.compile(r"<[^>]+>")


def leaks(folders: Iterable[Path], responses: pd.DataFrame) -> list[Problem]:
    """Every file below the folders that holds a row of a respondent.

    Args:
        folders: what is about to be published, or is published.
        responses: the cleaned answers: ``person`` and a column a variable.
    """
    people = {str(name).encode() for name in responses["person"]}
    # Names are a word and a number: one search for the words is quicker than one for each name.
    words = b"|".join(sorted({re.escape(name.rpartition(b"-")[0]) for name in people}))
    name_like = re.compile(rb"(?:" + words + rb")-[0-9a-f]+")
    known = _windows(responses)
    found = []
    for path in sorted(p for folder in folders for p in folder.rglob("*") if p.is_file()):
        content = _unpacked(path) if path.suffix in OFFICE else path.read_bytes()
        named = next((name for name in name_like.findall(content) if name in people), None)
        row = None if path.suffix not in TEXTS else _row_of_somebody(path, content, known)
        if named or row:
            what = (
                f"回答者の名前 {named.decode()}" if named else f"回答の並び {' '.join(row or ())}"
            )
            remedy = "ノートブックで回答データの行を表示・保存しないでください（集計だけにする）"
            found.append(
                Problem(str(path), f"{what} が入っています", "回答者1人ずつの行なし", remedy)
            )
    return found


def _unpacked(path: Path) -> bytes:
    """The text of an Office file: a line a row of a workbook, else the XML of its parts."""
    if path.suffix == ".xlsx":
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_path(path)
        rows = (
            row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()
        )
        return "\n".join(" ".join(map(str, row)) for row in rows).encode()
    with zipfile.ZipFile(path) as package:
        parts = [name for name in package.namelist() if name.endswith(".xml")]
        return b"\n".join(package.read(name) for name in parts)


def _windows(responses: pd.DataFrame) -> set[tuple[str, ...]]:
    """Stretches of cells of all respondents, gaps left out, with and without reasons for them."""
    answers = responses.drop(columns="person")
    texts = {name: _texts(answers[name]) for name in answers.columns}
    plain = [name for name in answers.columns if not name.endswith("_missing")]
    known: set[tuple[str, ...]] = set()
    for columns in (plain, list(answers.columns)):
        for row in zip(*(texts[name] for name in columns), strict=True):
            cells = [cell for cell in row if cell]
            known.update(zip(*(cells[i:] for i in range(WINDOW)), strict=False))
    return {window for window in known if len(set(window)) >= DISTINCT}


def _texts(column: pd.Series) -> list[str]:
    return ["" if pd.isna(value) else str(value) for value in column]


def _row_of_somebody(
    path: Path, content: bytes, known: set[tuple[str, ...]]
) -> tuple[str, ...] | None:
    for line in _lines(path, content.decode("utf-8", errors="replace")):
        cells = [plain for cell in _CELL.findall(line) if (plain := _plain(cell))]
        for i in range(len(cells) - WINDOW + 1):
            window = tuple(cells[i : i + WINDOW])
            if window in known:
                return window
    return None


def _plain(cell: str) -> str:
    """A cell as the responses hold it: 2.0 is 2, <NA> and nan are nothing."""
    whole, point, rest = cell.partition(".")
    if point and not rest.strip("0"):
        return whole
    return "" if cell in ("<NA>", "NaN", "nan", "None") else cell


def _lines(path: Path, text: str) -> Iterator[str]:
    """Rows of a file: lines, rows of tables, and both in the outputs of a notebook."""
    if path.suffix == ".ipynb":
        for cell in json.loads(text).get("cells", []):
            for output in cell.get("outputs", []):
                data = {**output.get("data", {}), "text/plain+": output.get("text", "")}
                for kind, content in data.items():
                    if kind.startswith("text/"):
                        yield from _rows("".join(content))
    else:
        yield from _rows(text)


def _rows(text: str) -> Iterator[str]:
    if not _IS_ROW.search(text):
        yield from text.splitlines()
    for row in _ROW.findall(text):
        yield html.unescape(_TAG.sub(" ", row))
