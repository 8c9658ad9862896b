"""Where --lang en is in force, nothing is said in Japanese but what is quoted from the files."""

import re
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "reading"))
from english import english, japanese_in
from survey_files import CODEBOOK, EDITION, HEADINGS, ROWS, open_edition

from helpers import cli
from helpers.check.examination import examine

ROOT = Path(__file__).parents[2]
_FILE = re.compile(r"\S+\.(?:xlsx|xls|csv|yml|md)\b")


def all_in_english(city: str = "testville", year: int = 2025) -> list[str]:
    problems = examine(city, year).problems
    assert problems
    assert [english(p) for p in problems if japanese_in(english(p))] == []
    # The place is a file, a sheet, a cell and its heading, or a key: no sentence.
    assert [p.where for p in problems if re.search("行目|文字目|の指標", p.where)] == []
    return [problem.en for problem in problems]


def test_every_wrong_cell_of_a_survey(tmp_path, monkeypatch):
    rows = [[f"K{i}", 1, "5-9", 1, 1 + i % 10, None] for i in range(310)]
    rows[0][:5] = ["K1", 3, "2025-05-09", 7, 5]
    rows[1][0], rows[2][0] = None, "K1"
    open_edition(tmp_path, monkeypatch, rows=rows)
    said = all_in_english()
    # A class, a date, an answer, no number, the same number twice, no 0; no register to weight by.
    assert len(said) == 7
    open_edition(tmp_path / "empty", monkeypatch, rows=[[*row[:4], None, None] for row in ROWS])
    assert "not a single answer" in "".join(all_in_english())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("問1 愛着", "問9 愛着"),
        ("scale: zero_to_ten", "scal: zero_to_ten"),
        ("scale: zero_to_ten", "scale: zero"),
        ("scale: zero_to_ten", "scale: single"),
        ("    columns: 問2 お勧め\n", ""),
        ("answers: {1: 強い, 2: やや強い,", "answers: {"),
        ("    scale: five_point", "    scale: five_point\n    positive: [9]"),
        ("    file: survey.xlsx\n", ""),
        ("person: 整理番号", "sample: panel"),
        ("sample: random\n", "sample: panel\n"),
        ("strata: district", "strata: ward"),
        ("sources: [resident]", "sources: [residents]"),
        ("questions:", "residents: {file: r.csv, date: 4月, groups: {tenure: 年数}, persons: 人}\nquestions:"),
        ("groups:", "groups: ["),
        ("sheet: 回答", "sheet: 解答"),
    ],
)  # fmt: skip
def test_every_fault_of_a_codebook(tmp_path, monkeypatch, old, new):
    assert old in CODEBOOK
    text = CODEBOOK.replace(old, new, 1)
    if "sample: panel" in new and "person" in old:
        text = CODEBOOK.replace("sample: random", "sample: panel").replace(
            "    person: 整理番号\n", ""
        )
    elif "sample: panel" in new:
        text = text.replace("    person: 整理番号\n", "")
    open_edition(tmp_path, monkeypatch, text)
    all_in_english()


def test_a_heading_found_twice_and_no_codebook(tmp_path, monkeypatch):
    headings = [[*HEADINGS[0][:5], "問1 愛着"], HEADINGS[1]]
    folder = open_edition(tmp_path, monkeypatch, headings=headings).places.raw
    assert "2 columns fit" in "".join(all_in_english())
    (folder / "codebook.yml").unlink()
    (folder / "edition.yml").write_text(
        EDITION.replace("notebooks: []", "notebooks: [13_clean_survey]"), encoding="utf-8"
    )
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks/13_clean_survey.ipynb", tmp_path / "notebooks")
    assert "copy last year" in "".join(all_in_english())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("code: 999999", "kode: 999999"),
        ("code: 999999", "code: 99"),
        ("fiscal_year: 2025", "fiscal_year: 来年"),
        ("fiscal_year: 2025", "fiscal_year: 2024"),
        ("city: testville", "city: testville\ncity: other"),
        ("sources:", "sources: ["),
        ("notebooks: []", "notebooks: [19_なし]"),
        ("notebooks: []", "notebooks: []\ntables: {a: {file: a.csv, columns: {}, source: 出典}}"),
        (EDITION, "- a list"),
    ],
)
def test_every_fault_of_an_edition(tmp_path, monkeypatch, old, new):
    edition = open_edition(tmp_path, monkeypatch, None)
    assert old in EDITION
    path = edition.places.raw / "edition.yml"
    path.write_text(EDITION.replace(old, new), encoding="utf-8")
    all_in_english()


def test_an_edition_or_a_year_that_is_not_there(project):
    all_in_english("nishi")
    all_in_english("nishitokyo", 2020)
    all_in_english("nishitokyo", "来年")


@pytest.mark.parametrize(
    "command",
    [
        "check nishitokyo 2025",
        "new-year nishitokyo 2026",
        "new-year nishitokyo 2020",
        "new-year nisitokyo 2026",
        "new-year nishitokyo 来年",
        "new-city isehara --name-ja 市 --name-en City --code 142141 --year 来年",
        "new-city Kamakura --name-ja 鎌倉市 --name-en Kamakura --code 14204 --year 2025",
        "new-city kamakura --name-ja 鎌倉市 --name-en Kamakura --code 142042 --year 2025",
        "diff nishitokyo 2025",
        "diff nishitokyo 2025 どこか",
        "doctor",
    ],
)
def test_the_commands(project, capsys, command, monkeypatch):
    from helpers import doctor

    monkeypatch.setattr(doctor, "kernel", doctor.python)  # a kernel takes a second to start
    shutil.copy(ROOT / "requirements.txt", project)
    cli.main([*command.split(), "--lang", "en"])
    out, err = capsys.readouterr()
    said = re.sub("“[^”]*”", "", _FILE.sub("", out + err))
    assert said.strip()
    assert [line for line in said.splitlines() if japanese_in(line)] == []


def test_the_systems_language_counts_where_no_option_is_given(project, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert cli.main(["new-year", "nisitokyo", "2026"]) == 1
    assert "no city “nisitokyo”" in capsys.readouterr().err
