"""Every spoiled file of the corpus: the right cell is named, with the remedy, and no traceback."""

from pathlib import Path

import pytest
import yaml
from english import english, japanese_in
from foresight import foreseen
from spoiled import CASES, STANDARD, Case
from writing import grid, write_csv

from helpers.check.examination import Examination, examine
from helpers.check.report import as_html, as_json, as_text

EDITION = {
    "city": "mihon",
    "name": {"ja": "見本市", "en": "Mihon"},
    "code": "999999",
    "report": {"ja": "報告", "en": "Report"},
    "sources": {"s": {"ja": "統計", "en": "Statistics"}},
    "notebooks": [],
}


def folder_of(root: Path, year: int, table: dict[str, object]) -> Path:
    """An edition with one table, in a temporary project."""
    folder = root / "data" / "raw" / "mihon" / str(year)
    folder.mkdir(parents=True, exist_ok=True)
    content = EDITION | {"fiscal_year": year, "tables": {"movement": STANDARD | table}}
    text = yaml.safe_dump(content, allow_unicode=True)
    (folder / "edition.yml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    return tmp_path


def examined(root: Path, case: Case) -> Examination:
    folder = folder_of(root, 2025, case.table)
    path = case.make(folder)
    folder_of(root, 2025, case.table | {"file": path.name})
    if case.last_year:
        before = folder_of(root, 2024, case.table | {"file": "before.csv"})
        write_csv(before / "before.csv", case.last_year)
    return foreseen()


def test_the_corpus_is_large_and_of_every_kind():
    assert len(CASES) >= 40
    assert len({case.id for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_cell_is_named(root, case):
    found = examined(root, case)
    lines = [
        f"{problem} [{problem.rule}]"
        for problem in found.problems
        if case.named in problem.where and problem.severity == case.severity
    ]
    fitting = [line for line in lines if all(word in line for word in case.words)]
    assert fitting, as_text(found)
    if case.severity == "warning":
        assert not found.errors, as_text(found)
    assert [english(problem) for problem in found.problems if japanese_in(english(problem))] == []
    assert "→" in as_text(found, "en")
    assert case.named.split(" ")[0] in as_json(found)
    assert "<table>" in as_html(found)


def test_a_sound_file_has_no_problem(root):
    write_csv(folder_of(root, 2025, {"file": "a.csv"}) / "a.csv", grid())
    assert examine("mihon", 2025).problems == []
