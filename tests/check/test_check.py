"""The command: everything at once, in both languages, quickly, with the right exit status."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "reading"))
from survey_files import ROWS, open_edition

from helpers import cli
from helpers.check.examination import examine
from helpers.check.report import as_html
from helpers.reading.consistency import counts, inconsistent, judge

ROOT = Path(__file__).parents[2]


def test_the_inputs_of_the_cities_have_no_error():
    for city, year in (("nishitokyo", 2025), ("isehara", 2024), ("mihon", 2025)):
        assert examine(city, year).errors == []


def test_all_kinds_of_files_at_once(spoil, project, capsys):
    spoil("nishitokyo/2025/movement_register.csv", "2015,12263", "2015,12千")
    spoil("nishitokyo/2025/movement_register.csv", "2018,13493", "2018,13439")
    spoil("nishitokyo/2025/printed_tables.csv", "全体,12.1%", "全体,29.1%")
    (project / "data/raw/nishitokyo/2025/population.csv").unlink()
    assert cli.main(["check", "nishitokyo", "2025"]) == 1
    said = capsys.readouterr().out
    for cell in ("movement_register.csv B2", "movement_register.csv H5", "population.csv", "E2"):
        assert cell in said
    assert "エラー 4 件" in said or "エラー 5 件" in said
    assert str(project) not in said


def test_english_and_json(spoil, capsys):
    spoil("nishitokyo/2025/movement_register.csv", "2015,12263", "2015,12千")
    cli.main(["check", "nishitokyo", "2025", "--lang", "en"])
    assert "“12千” is not a number" in capsys.readouterr().out
    cli.main(["check", "nishitokyo", "2025", "--json"])
    found = json.loads(capsys.readouterr().out)
    first = found["problems"][0]
    assert (first["file"], first["cell"], first["rule"]) == ("movement_register.csv", "B2", "L2-01")
    assert found["errors"] == 1


def test_warnings_alone_are_no_failure(spoil, capsys, tmp_path):
    spoil("nishitokyo/2025/movement_japanese.csv", "2018,11032", "2018,1103")
    page = tmp_path / "check.html"
    assert cli.main(["check", "nishitokyo", "2025", "--html", str(page)]) == 0
    assert "movement_japanese.csv B4" in capsys.readouterr().out
    assert "movement_japanese.csv B4" in page.read_text(encoding="utf-8")


def test_an_unknown_edition_is_a_problem_too(project, capsys):
    assert cli.main(["check", "nishitoky", "2025"]) == 1
    assert "nishitokyo" in capsys.readouterr().out


def test_the_page_shows_what_files_say_as_text(spoil):
    spoil("nishitokyo/2025/movement_register.csv", "2015,12263", "2015,<script>x</script>")
    page = as_html(examine("nishitokyo", 2025))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_scale_without_zero_is_an_error(tmp_path, monkeypatch):
    rows = [[f"K{i}", 1, "10年以上", 1, 1 + i % 10, None] for i in range(400)]
    open_edition(tmp_path, monkeypatch, rows=rows)
    assert any("0〜10 点の設問" in str(problem) for problem in examine("testville", 2025).errors)
    rows[0][4] = 0
    open_edition(tmp_path / "with_zero", monkeypatch, rows=rows)
    assert not any("0〜10" in str(problem) for problem in examine("testville", 2025).errors)


def test_survey_and_codebook_are_looked_at(tmp_path, monkeypatch):
    rows = [list(row) for row in ROWS]
    rows[1][4] = 55
    open_edition(tmp_path, monkeypatch, rows=rows)
    cells = [problem.where for problem in examine("testville", 2025).errors]
    # 5-9 in the third column is not a class of this codebook; 55 is no answer.
    assert any("E5" in cell for cell in cells)


def test_counts_that_print_as_a_share():
    # methods 3.5: 48.0, 44.0, 66.0 and 8.0 fit 50 people.
    assert [list(counts(text, 50)) for text in ("48.0", "44.0", "8.0")] == [[24], [22], [4]]
    assert list(counts("48.0", 51)) == []
    assert list(counts("50", 3)) == []
    assert list(counts("33", 3)) == [1]


@pytest.mark.parametrize(
    ("texts", "complete", "problems"),
    [
        (["33.3", "33.3", "33.3"], True, 0),  # 99.75 to 100.05
        (["33.4", "33.3", "33.2"], True, 0),
        (["33.3", "33.3", "33.2"], True, 1),  # 99.65 to 99.95
        (["72.5", "12.1"], False, 0),
        (["72.5", "27.6"], False, 0),
        (["72.5", "27.7"], False, 1),
        (["50", "50.5"], False, 0),
    ],
)
def test_shares_of_one_row(texts, complete, problems):
    assert len(list(judge("a", texts, None, complete))) == problems


def test_a_printed_base_is_held_against_its_shares():
    def row(indicator, category, printed, unit):
        place = {"table": "t", "breakdown": "total", "group": "total", "fiscal_year": 2025}
        place |= {"definition": "", "table": "t"}
        return place | {"indicator": indicator, "category": category, "printed": printed,
                        "unit": unit, "value": float(printed), "where": f"p {category}"}  # fmt: skip

    rows = [row("base", "", "51", "人"), row("attachment", "positive", "48.0", "%")]
    assert "51" in str(next(iter(inconsistent(rows, {}))))
    rows[0] = row("base", "", "50", "人")
    assert list(inconsistent(rows, {})) == []


def test_what_last_years_edition_had_otherwise(tmp_path, monkeypatch):
    from test_spoiled import folder_of
    from writing import grid, write_csv

    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    for year, number in ((2024, 12901), (2025, 12910)):
        rows = grid()
        rows[1][1] = number
        write_csv(folder_of(tmp_path, year, {"file": "a.csv"}) / "a.csv", rows)
    (found,) = examine("mihon", 2025).problems
    assert found.severity == "warning"
    assert "12910" in str(found)
    assert "2024 年度版の 12901" in str(found)
