"""A new city: the smallest edition that makes a report, its code checked, nothing overwritten."""

import subprocess
import sys
from pathlib import Path

import pytest

from helpers.check.examination import examine
from helpers.cli import main
from helpers.edition import Edition
from helpers.problems import InputError
from helpers.scaffold import asking
from helpers.scaffold.city_code import read_city_code
from helpers.scaffold.new_city import MOVEMENT, City, new_city

SAPPORO = City("sapporo", "札幌市", "Sapporo", "011002", "令和7年度")
OPTIONS = ["--name-ja", "札幌市", "--name-en", "Sapporo", "--code", "011002", "--year", "R7"]


@pytest.mark.parametrize(
    "code", ["132292", "142140", "011002", "131016", "４７２０１８", "01100-2"]
)
def test_real_codes_keep_every_digit(code):
    assert len(read_city_code(code)) == 6
    assert read_city_code("011002") == "011002"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("132293", "132292 ではありませんか"),
        ("123292", "検査数字"),  # two digits swapped
        ("11002", "011002か 110027"),
        ("13229", "132292 ですか"),
        ("482292", "01〜47"),
        ("999999", "01〜47"),
        ("西東京", "6桁"),
        ("1322921", "6桁"),
    ],
)
def test_a_wrong_code_is_refused_with_the_right_one(code, words):
    with pytest.raises(ValueError, match=words):
        read_city_code(code)


def test_the_edition_opens_and_waits_for_its_numbers(project):
    edition, made = new_city(SAPPORO)
    assert made == ["edition.yml", MOVEMENT, "元データ一覧.md"]
    assert (edition.code, edition.fiscal_year, edition.name.ja) == ("011002", 2025, "札幌市")
    errors = examine("sapporo", 2025).errors
    # Five years of four numbers, a line a column.
    assert [problem.cells for problem in errors] == [
        tuple(f"{column}{row}" for row in range(2, 7)) for column in "BCDE"
    ]


def test_names_with_any_signs_are_read_back(project):
    name = "A: {市} #1 'x' \"y\""
    edition, _ = new_city(City("x1", name, name, "011002", "2025"))
    assert edition.name.ja == name


def test_everything_wrong_is_said_at_once_and_nothing_written(project):
    before = sorted(project.rglob("*"))
    with pytest.raises(InputError) as caught:
        new_city(City("../Tokyo", " ", "a\nb", "12", "来年"))
    wheres = [problem.where for problem in caught.value.problems]
    assert wheres == ["ID", "--name-ja", "--name-en", "--code", "--year"]
    assert sorted(project.rglob("*")) == before


def test_a_known_city_is_refused(project):
    before = {p: p.read_bytes() for p in project.rglob("*") if p.is_file()}
    with pytest.raises(InputError, match="citypromo new-year isehara"):
        new_city(City("isehara", "伊勢原市", "Isehara", "142140", "2025"))
    assert {p: p.read_bytes() for p in project.rglob("*") if p.is_file()} == before


def test_a_table_that_came_first_is_kept(project):
    path = project / "data/raw/sapporo/2025" / MOVEMENT
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    _, made = new_city(SAPPORO)
    assert MOVEMENT not in made
    assert path.read_text(encoding="utf-8") == "mine"


def test_it_asks_until_the_answer_can_be_used(capsys):
    answers = iter(["Sapporo", "11002", "011002", "来年", "R7", "紙", "printed", "報告書", ""])
    given = {"name_ja": "札幌市", "name_en": None, "code": "", "year": None}
    asked = asking.ask(given, lambda _: next(answers))
    told = {"name_ja": "札幌市", "name_en": "Sapporo", "code": "011002", "year": "R7"}
    assert asked == told | {"has": "printed", "report": "報告書"}  # Enter leaves the source out
    assert "5桁" in capsys.readouterr().out


def test_without_a_terminal_it_names_the_options(project, capsys, monkeypatch):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    assert main(["new-city", "sapporo", "--code", "011002"]) == 2
    assert "--name-ja、--name-en、--year" in capsys.readouterr().err
    assert main(["new-city", "sapporo", *OPTIONS]) == 0
    assert Edition.open("sapporo", 2025).code == "011002"


def test_the_help_has_an_example():
    done = subprocess.run(
        [sys.executable, "-m", "helpers.cli", "new-city", "--help"],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=Path(__file__).parents[2],
        env={"PYTHONUTF8": "1", "COLUMNS": "200"},
    )
    assert "--code 142042" in done.stdout
    assert read_city_code("142042") == "142042"
