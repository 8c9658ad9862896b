"""Verification: a staged report is published only when it is whole."""

import json
from collections.abc import Mapping
from pathlib import Path

from helpers.edition import Edition
from helpers.pipeline.plan import Success, file_digest
from helpers.problems import Problems

FORMATS = ("png", "svg", "pdf", "csv", "txt")


def verify_staged(edition: Edition, staging: Path, successes: Mapping[str, Success]) -> None:
    """Hold a staged report against what it must contain.

    Every figure in every format, none empty; at least one figure and one table of indicators;
    every notebook of the edition executed, without an error cell; every file as its notebook
    left it.

    Raises:
        InputError: everything that is missing or broken.
    """
    problems = Problems()
    figures = {path.name: path for path in (staging / "report" / "figures").glob("*")}
    stems = {path.stem for path in figures.values()}
    for name in (f"{stem}.{ending}" for stem in sorted(stems) for ending in FORMATS):
        if name not in figures or figures[name].stat().st_size == 0:
            problems.add(edition.id, f"図のファイル {name} がありません")
    if not stems:
        problems.add(edition.id, "図が1つもありません", remedy="31_… などを edition.yml に足す")
    if not any((staging / "data" / "indicators").glob("*.csv")):
        problems.add(edition.id, "指標が1つもありません", remedy="21_… などを edition.yml に足す")
    for name in edition.notebooks:
        path = staging / "report" / "notebooks" / f"{name}.ipynb"
        if not path.exists() or _has_error(path):
            problems.add(name, "実行した結果が残っていないか、誤りのセルがあります")
    for name, success in successes.items():
        for file, value in success.outputs.items():
            if file_digest(staging / file) != value:
                remedy = "citypromo run に --again を付けて実行してください"
                problems.add(name, f"{file} が書いたときのままではありません", remedy=remedy)
    problems.stop_if_any()


def verify_no_respondent(
    staging: Path, before: Mapping[str, Success], edition: Edition | None = None
) -> None:
    """Hold everything that is about to be published against the respondents' rows.

    A file that is published already was held against the same rows then.

    Args:
        staging: the run's folder.
        before: what is published now, by notebook.
        edition: whose words for questions and answers count too.

    Raises:
        InputError: a row of a respondent is in a file: which, and where.
    """
    tables = sorted((staging / "data").glob("responses*.parquet"))  # this year's, and last year's
    if not tables:
        return
    # Only where there are respondents to protect; read so that pandas is not imported for it.
    from pyarrow import parquet

    from helpers.pipeline.privacy import answer_words, leaks

    published = {path: value for one in before.values() for path, value in one.outputs.items()}
    same = all(published.get(f"data/{table.name}") == file_digest(table) for table in tables)
    seen = set(published.values()) if same else set()
    folders = (staging / "report", staging / "data" / "indicators")
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    new = [path for path in files if file_digest(path) not in seen]
    problems = Problems()
    words = answer_words(edition) if edition else None
    problems.extend(leaks(new, [parquet.ParquetFile(table).read() for table in tables], words))
    problems.stop_if_any()


def _has_error(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    if '"error"' not in text:  # most have none, and hold pictures that are slow to parse
        return False
    return any(
        output["output_type"] == "error"
        for cell in json.loads(text)["cells"]
        for output in cell.get("outputs", [])
    )
