"""Definitions mixed in one series, on rows made by hand."""

import copy
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "reading"))
from survey_files import CODEBOOK, EDITION, open_edition
from test_spoiled import folder_of
from writing import grid, write_csv

from helpers.check.examination import examine
from helpers.check.numbers import Point, mixed_definitions, of_printed, told_twice
from helpers.check.survey import changed_questions
from helpers.edition import Edition
from helpers.reading.cell import Value
from helpers.reading.codebook import open_codebook
from helpers.reading.periods import day_in
from helpers.reading.statistics import Number


def points(**years: list[int]) -> list[Point]:
    """One series of people who moved in: the years of each definition."""
    return [
        Point("moved_in", year, name, f"{name} {year}")
        for name, known in years.items()
        for year in known
    ]


@pytest.mark.parametrize(
    ("years", "where"),
    [
        ({"all": [2018, 2019, 2020]}, []),
        # Both in the same years: two series, side by side.
        ({"all": [2018, 2019], "japanese": [2018, 2019]}, []),
        # One year with both: whoever draws it can see the step.
        ({"japanese": [2016, 2017, 2018], "all": [2018, 2019]}, []),
        ({"japanese": [2016, 2017], "all": [2018, 2019]}, ["all 2018"]),
        ({"all": [2018, 2019], "japanese": [2016, 2017]}, ["all 2018"]),
        ({"a": [2016], "b": [2017], "c": [2018]}, ["b 2017", "c 2018"]),
        ({"all": [2016, 2018], "japanese": [2017]}, ["japanese 2017"]),
        # What the prose of a document says is no series.
        ({"text": [2016], "all": [2017]}, []),
    ],
)
def test_one_definition_taking_over_from_another(years, where):
    found = list(mixed_definitions(points(**years)))
    assert [problem.where for problem in found] == where
    assert all(problem.severity == "warning" for problem in found)


def test_the_break_is_said_with_both_definitions_and_years():
    (found,) = mixed_definitions(points(japanese=[2016, 2017], all=[2018]))
    for word in ("moved_in", "2017 年まで「japanese」", "2018 年から「all」"):
        assert word in str(found)
    assert "“japanese” until 2017 and “all” from 2018" in found.text("en")


def test_other_groups_and_categories_are_other_series():
    def row(year, definition, group="total"):
        key = {"indicator": "attachment", "breakdown": "total", "group": group, "category": "x"}
        return key | {"fiscal_year": year, "definition": definition, "where": f"C{year}"}

    assert len(list(mixed_definitions(of_printed([row(2024, "a"), row(2025, "b")])))) == 1
    assert not list(mixed_definitions(of_printed([row(2024, "a"), row(2025, "b", "18-19")])))


def two_tables(root, later: str) -> list[str]:
    """Movement until 2019 in one table, from 2020 on in another."""
    folder = folder_of(root, 2025, {"file": "a.csv", "definition": "japanese"})
    rows = grid()
    write_csv(folder / "a.csv", rows)
    after = [rows[0], *([int(row[0]) + 50, *row[1:]] for row in rows[1:])]
    write_csv(folder / "b.csv", after)
    path = folder / "edition.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    table = content["tables"]["movement"] | {"file": "b.csv", "definition": later}
    content["tables"]["movement_later"] = copy.deepcopy(table)  # no alias, which is refused
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return [
        problem.where for problem in examine("mihon", 2025).problems if "定義が混ざ" in str(problem)
    ]


def test_two_tables_of_one_series_are_held_against_each_other(tmp_path, monkeypatch):
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    assert two_tables(tmp_path, "japanese") == []
    assert sorted(two_tables(tmp_path, "all")) == ["b.csv B2", "b.csv C2", "b.csv D2"]


def test_a_table_that_counts_otherwise_than_last_year(tmp_path, monkeypatch):
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    for year, definition in ((2024, "japanese"), (2025, "all")):
        table = {"file": "a.csv", "definition": definition}
        write_csv(folder_of(tmp_path, year, table) / "a.csv", grid())
    (found,) = examine("mihon", 2025).problems
    assert "tables.movement.definition" in found.where
    assert "2024 年度版の「japanese」" in str(found)


def test_a_question_of_another_scale_than_last_years(tmp_path, monkeypatch):
    edition = open_edition(tmp_path, monkeypatch)
    before = tmp_path / "data/raw/testville/2024"
    before.mkdir()
    text = EDITION.replace("2025", "2024")
    (before / "edition.yml").write_text(text, encoding="utf-8")
    good = "    scale: five_point\n    positive: [1, 2]"
    assert "    scale: five_point" in CODEBOOK
    for content, names in (
        (CODEBOOK, []),
        (CODEBOOK.replace("[問1 愛着]", "[Q1]"), []),  # another heading is no other question
        (CODEBOOK.replace("    scale: five_point", good), ["attachment"]),
    ):
        (before / "codebook.yml").write_text(content, encoding="utf-8")
        earlier = open_codebook(Edition.open("testville", 2024))
        found = changed_questions(edition, open_codebook(edition), earlier, 2024)
        assert [problem.where.rpartition(".")[2] for problem in found] == names


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和2年10月1日", (10, 1)),
        ("平成２７年１０月１日現在", (10, 1)),
        ("2020/1/1", (1, 1)),
        ("2020-10-01", (10, 1)),
        ("R7.4.1", (4, 1)),
        ("44105", (10, 1)),  # Excel's number of 1 October 2020
        ("2020", None),
        ("令和2年", None),
        ("令和2年度", None),
    ],
)
def test_the_day_as_of_which_a_number_is(text, day):
    assert day_in(text) == day


def test_one_number_told_differently_by_two_tables_is_an_error():
    tables = {
        name: SimpleNamespace(definition=name.split("_")[1])
        for name in (
            "movement_japanese",
            "movement_japanese_2026",
            "movement_all",
            "rates_japanese",
        )
    }

    def number(table, text):
        return Number(table, 2024, "total", "moved_in", Value(float(text), text), table)

    same = [number("movement_japanese", "5"), number("movement_japanese_2026", "5")]
    other = [number("movement_all", "9"), number("rates_japanese", "7")]
    edition = SimpleNamespace(tables=tables)
    assert list(told_twice(edition, [*same, *other])) == []
    (found,) = told_twice(edition, [*same, *other, number("movement_japanese_2026", "6")])
    assert found.severity == "error"
    assert "movement_japanese では 5、ここでは 6" in str(found)
