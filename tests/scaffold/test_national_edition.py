"""A municipality by its name alone: its numbers are the publishers', and the edition runs."""

import csv
import io

import pytest

from helpers.check.examination import examine
from helpers.cli import main
from helpers.edition import Edition
from helpers.national import named
from helpers.places import Places, project_root
from helpers.scaffold.national_edition import edition_from_box, lay_out

CENSUS = {"daytime_population.csv", "population.csv", "population_by_age.csv"}


def table(city, year, file):
    path = Places(project_root(), city, year).raw / file
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_the_numbers_are_those_collected_by_hand_for_nishitokyo(project):
    edition_from_box(named("西東京市"), 2031)
    ours = table("nishitokyo", 2031, "movement_japanese.csv")
    theirs = table("nishitokyo", 2025, "movement_japanese.csv")
    assert [[cell.replace("…", "") for cell in row.values()] for row in ours] == [
        list(row.values()) for row in theirs
    ]
    own = [
        r
        for r in table("nishitokyo", 2031, "daytime_population.csv")
        if r["市区町村"] == "西東京市"
    ]
    assert own[0]["昼夜間人口比率"].startswith("75.91")  # not imputed: 80.9


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("鎌倉市", {*CENSUS, "movement_japanese.csv", "rates.csv"}),
        ("双葉町", {"movement_japanese.csv"}),  # nobody lived there on the day of the census
        ("札幌市中央区", CENSUS),
        ("那珂川市", {*CENSUS, "movement_japanese.csv", "rates.csv"}),
    ],
)
def test_what_the_box_lacks_is_left_out_by_name(project, name, files):
    edition, made = edition_from_box(named(name), 2026)
    assert set(made) == {"edition.yml", *files}
    missing = {"movement_japanese.csv": "③人口変動", "daytime_population.csv": "④昼間人口"}
    assert set(edition.left_out) == {what for file, what in missing.items() if file not in files}
    assert not list(examine(edition.city, 2026).errors)


def test_a_code_given_anew_keeps_the_years_before(project):
    edition_from_box(named("40231"), 2026)
    assert [row["年"] for row in table("nakagawa_fukuoka", 2026, "movement_japanese.csv")] == [
        str(year) for year in range(2016, 2025)
    ]


def test_a_number_not_published_stays_unknown(project):
    edition_from_box(named("鎌倉市"), 2026)
    last = table("kamakura", 2026, "movement_japanese.csv")[-1]
    assert (last["年"], last["出生数"], last["死亡数"]) == ("2024", "…", "…")


def test_the_command_runs_to_a_report(project, capsys):
    assert main(["new-city", "青ヶ島村", "--year", "R8", "--peers", "御蔵島村、三宅村"]) == 0
    edition = Edition.open("aogashima", 2026)
    assert set(edition.labels) >= {"aogashima", "mikurajima", "miyake_tokyo"}
    assert main(["run", "aogashima", "2026"]) == 0
    figures = edition.places.published_report / "figures"
    assert (figures / "daytime_population.png").exists()
    assert (figures / "movement_japanese_movers.png").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["府中市"], "132063"),
        (["鎌蔵市"], "鎌倉市"),
        (["99999"], "近いコード"),
        (["鎌倉市", "--peers", "逗子、浜川"], "浜川"),
        (["鎌倉市", "--year", "らいねん"], "らいねん"),
    ],
)
def test_what_cannot_be_meant_is_one_sentence_and_writes_nothing(project, capsys, arguments, words):
    before = sorted((project_root() / "data" / "raw").rglob("*"))
    assert main(["new-city", *arguments]) == 1
    said = capsys.readouterr().err.strip()
    assert words in said
    assert len(said.splitlines()) == 1
    assert sorted((project_root() / "data" / "raw").rglob("*")) == before


def test_an_edition_is_never_written_twice(project, capsys):
    assert main(["new-city", "鎌倉市", "--year", "R8"]) == 0
    path = Edition.open("kamakura", 2026).places.raw / "movement_japanese.csv"
    path.write_text("mine", encoding="utf-8")
    assert main(["new-city", "鎌倉市", "--year", "R8"]) == 1
    assert lay_out([named("鎌倉市")], 2026) == [("kamakura", 2026)]
    assert path.read_text(encoding="utf-8") == "mine"
