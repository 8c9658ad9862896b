"""The sample city: the same bytes every time, and fit for every section of the report."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from helpers.edition import Edition
from helpers.indicators.identities import check_identities
from helpers.reading.codebook import open_codebook
from helpers.reading.files import read_cells
from helpers.reading.printed import read_printed_tables
from helpers.reading.register import read_register
from helpers.reading.respondents import Survey, read_responses
from helpers.reading.statistics import read_statistics

ROOT = Path(__file__).resolve().parents[1]
COMMITTED = ROOT / "data" / "raw" / "mihon"
BY_HAND = {"edition.yml", "codebook.yml", "claims.yml"}
YEARS = (2023, 2024, 2025)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("mihon")
    command = [sys.executable, str(ROOT / "tools" / "make_mihon.py"), str(folder)]
    # another hash seed, so that nothing hangs on the order of a set
    subprocess.run(command, check=True, env={"PYTHONHASHSEED": "7"})
    return folder


@pytest.fixture(scope="module")
def surveys() -> dict[int, Survey]:
    editions = {year: Edition.open("mihon", year) for year in YEARS}
    return {year: read_responses(e, open_codebook(e)) for year, e in editions.items()}


def test_the_program_writes_what_is_committed(made):
    committed = {
        path.relative_to(COMMITTED): path.read_bytes()
        for path in COMMITTED.rglob("*")
        if path.is_file() and path.name not in BY_HAND
    }
    again = {p.relative_to(made): p.read_bytes() for p in made.rglob("*") if p.is_file()}
    assert sorted(again) == sorted(committed)
    assert [str(name) for name in again if again[name] != committed[name]] == []


def test_no_workbook_holds_the_time_it_was_made(made):
    for path in made.rglob("*.xlsx"):
        with zipfile.ZipFile(path) as workbook:
            assert {entry.date_time for entry in workbook.infolist()} == {(2026, 4, 1, 0, 0, 0)}
            assert b"2026-04-01T00:00:00Z" in workbook.read("docProps/core.xml")


def test_it_is_small_and_says_that_it_is_fictional():
    assert sum(p.stat().st_size for p in COMMITTED.rglob("*") if p.is_file()) < 3_000_000
    for year in YEARS:
        edition = Edition.open("mihon", year)
        assert edition.fictional
        assert "架空" in edition.report.ja
        for source in edition.sources.values():
            assert "架空" in source.ja and "fictional" in source.en.lower()


@pytest.mark.parametrize("year", YEARS)
def test_every_raw_file_is_read(year):
    edition = Edition.open("mihon", year)
    statistics = read_statistics(edition)
    assert check_identities(statistics) >= 40
    tables = set(statistics["table"])
    areas = {"composition_age", "rates"}
    register = {"movement_register", "population", "associations"}
    assert tables == areas | register | {"daytime", "commuters"}
    years = statistics.loc[statistics["table"] == "associations", "fiscal_year"]
    assert sorted(set(years)) == list(range(year - 9, year + 1))
    assert (statistics["table"] == "daytime").sum() == 26 * 5
    printed = read_printed_tables(edition)
    assert {"brand_score", "brand_rank", "kpi", "evaluation"} <= set(printed["indicator"])


@pytest.mark.parametrize("year", YEARS)
def test_the_register_is_the_adults_of_the_population(year):
    edition = Edition.open("mihon", year)
    register = read_register(edition, open_codebook(edition))
    assert len(register) == 4 * 7 * 2
    assert register["persons"].sum() == pytest.approx(0.853 * edition.population.persons, rel=1e-3)


def test_one_map_carries_three_years():
    texts = {(COMMITTED / str(year) / "codebook.yml").read_bytes() for year in YEARS}
    assert len(texts) == 1


def test_sizes_and_the_small_groups_that_try_disclosure(surveys):
    for survey in surveys.values():
        counts = survey.responses["source"].value_counts()
        assert 1_350 <= counts["resident"] <= 1_500
        assert counts["monitor"] == 100
        assert 110 <= counts["event"] <= 175
    youngest = {
        year: (s.responses.query("source == 'resident'")["age_group"] == "18-19").sum()
        for year, s in surveys.items()
    }
    assert youngest[2024] < 10
    assert 10 <= youngest[2025] < 30


def test_no_name_number_or_remark_gets_in(surveys):
    for year, survey in surveys.items():
        assert len(survey.unread) == 9
        text = survey.responses.to_csv()
        for secret in ("見本 M", "M001", "バスを増やして", "朝市", f"{year % 100}-10007"):
            assert secret not in text
        raw = read_cells(COMMITTED / str(year) / f"市政モニター_R{year - 2018}.xlsx")
        assert any("見本 M" in cell for row in raw.values for cell in row)


def test_monitors_are_the_same_people_over_the_years(surveys):
    members = {
        year: set(s.responses.loc[s.responses["source"] == "monitor", "person"])
        for year, s in surveys.items()
    }
    assert 70 <= len(members[2024] & members[2025]) < 100


def test_the_hand_typed_scores_are_read_and_told(surveys):
    assert surveys[2025].notes["cells"].sum() >= 10
    assert set(surveys[2025].notes["note"]) == {
        "全角の数字を読みました",
        "「点」の付いた数字を読みました",
    }


def test_the_year_with_reversed_codes_is_no_outlier(surveys):
    wish = {}
    for year, survey in surveys.items():
        answers = survey.responses["residence_intention"].dropna()
        wish[year] = answers.isin([1, 2]).mean()
    assert max(wish.values()) - min(wish.values()) < 0.05
    assert min(wish.values()) > 0.75


def test_the_three_questions_hang_together_and_volunteers_are_keener(surveys):
    for survey in surveys.values():
        questions = survey.responses[["source", "recommend", "participate", "thank"]]
        residents = questions[questions["source"] == "resident"].iloc[:, 1:].astype(float)
        correlation = residents.corr().to_numpy()
        for pair in ((0, 1), (0, 2), (1, 2)):
            assert 0.24 <= correlation[pair] <= 0.39
        mean = questions.astype({"participate": float}).groupby("source", observed=True)
        by_source = mean["participate"].mean()
        assert by_source["resident"] < by_source["monitor"] < by_source["event"]


def test_citizen_participation_matters_least(surveys):
    for survey in surveys.values():
        fields = survey.responses.filter(regex=r"^field_importance\.(?!.*_missing)").astype(float)
        ranked = (3 - fields.mean()).sort_values()
        assert ranked.index[0] == "field_importance.participation"
        assert ranked.iloc[1] - ranked.iloc[0] > 0.3
