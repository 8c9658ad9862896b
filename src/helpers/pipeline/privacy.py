"""The scan before publication: no row of a respondent may be in anything that is published.

Looked for are the respondents' names in the cleaned table, and stretches of cells that stand in
the same order in somebody's answers. Aggregates do not repeat eight cells of one person.
"""

import html
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path

import pyarrow as pa

from helpers.pipeline.inputs import file_digest
from helpers.pipeline.manifest import Success
from helpers.problems import Problem, Problems

Window = tuple[str, ...]
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


def leaks(files: Iterable[Path], surveys: Sequence[pa.Table]) -> list[Problem]:
    """Every file that holds a row of a respondent.

    Args:
        files: what is about to be published, or is published.
        surveys: the cleaned answers: ``person`` and a column a variable, one table a survey.
    """
    people = {str(name).encode() for table in surveys for name in table["person"].to_pylist()}
    # Names are a word and a number: one search for the words is quicker than one for each name.
    words = b"|".join(sorted({re.escape(name.rpartition(b"-")[0]) for name in people}))
    name_like = re.compile(rb"(?:" + words + rb")-[0-9a-f]+")
    columns = [column for table in surveys for column in table.columns]
    vocabulary = {str(cell) for column in columns for cell in column.unique().to_pylist()}
    named: dict[Path, str] = {}
    suspects: dict[Path, list[Window]] = {}
    for path in sorted(files):
        content = _unpacked(path) if path.suffix in OFFICE else path.read_bytes()
        if name := next((name for name in name_like.findall(content) if name in people), None):
            named[path] = f"回答者の名前 {name.decode()}"
        elif path.suffix in TEXTS:
            text = content.decode("utf-8", errors="replace")
            suspects[path] = list(_answer_like(_lines(path, text), vocabulary))
    wanted = {window for windows in suspects.values() for window in windows}
    known = wanted & set(_windows(surveys)) if wanted else set()
    rows = {path: next((w for w in own if w in known), ()) for path, own in suspects.items()}
    found = named | {path: f"回答の並び {' '.join(row)}" for path, row in rows.items() if row}
    remedy = "ノートブックで回答データの行を表示・保存しないでください（集計だけにする）"
    return [
        Problem(str(path), f"{what} が入っています", "回答者1人ずつの行なし", remedy)
        for path, what in sorted(found.items())
    ]


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


def _windows(surveys: Iterable[pa.Table]) -> Iterator[Window]:
    """Stretches of cells of all respondents, gaps left out, with and without reasons for them."""
    for table in surveys:
        answers = table.to_pydict()
        columns = [name for name in answers if name != "person"]
        plain = [name for name in columns if not name.endswith("_missing")]
        for names in (plain, columns):
            for row in zip(*(answers[name] for name in names), strict=True):
                cells = [str(cell) for cell in row if cell is not None and cell != ""]
                yield from zip(*(cells[i:] for i in range(WINDOW)), strict=False)


def _answer_like(lines: Iterable[str], vocabulary: Set[str]) -> Iterator[Window]:
    """Stretches of cells that all occur among the answers, and are not a pattern of tables."""
    for line in lines:
        cells = [plain for cell in _CELL.findall(line) if (plain := _plain(cell))]
        since = 0  # how many cells up to here are answers
        for i, cell in enumerate(cells):
            since = since + 1 if cell in vocabulary else 0
            window = tuple(cells[i + 1 - WINDOW : i + 1])
            if since >= WINDOW and len(set(window)) >= DISTINCT:
                yield window


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


def verify_no_respondent(staging: Path, before: Mapping[str, Success]) -> None:
    """Hold everything that is about to be published against the respondents' rows.

    A file that is published already was held against the same rows then.

    Args:
        staging: the run's folder.
        before: what is published now, by notebook.

    Raises:
        InputError: a row of a respondent is in a file: which, and where.
    """
    tables = sorted((staging / "data").glob("responses*.parquet"))  # this year's, and last year's
    if not tables:
        return
    # Only where there are respondents to protect; read so that pandas is not imported for it.
    from pyarrow import parquet

    published = {path: value for one in before.values() for path, value in one.outputs.items()}
    same = all(published.get(f"data/{table.name}") == file_digest(table) for table in tables)
    seen = set(published.values()) if same else set()
    folders = (staging / "report", staging / "data" / "indicators")
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    new = [path for path in files if file_digest(path) not in seen]
    problems = Problems()
    problems.extend(leaks(new, [parquet.ParquetFile(table).read() for table in tables]))
    problems.stop_if_any()
