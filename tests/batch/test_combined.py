"""What a batch leaves of all editions together, from the published tables of the sample city."""

import csv
import shutil
from pathlib import Path

import pandas as pd
import pytest

from helpers.batch.combined import combine
from helpers.batch.outcome import DONE, FAILED, Outcome
from helpers.problems import InputError
from helpers.tables import load_indicators

ROOT = Path(__file__).parents[2]
CITIES = ("aoba", "izumi", "umi", "kiryu")
YEARS = (2024, 2025)


def read(folder: Path) -> pd.DataFrame:
    """All rows of the dataset, as whoever is given it reads them."""
    return pd.read_parquet(folder / "indicators").astype({"fiscal_year": int})


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project where the sample city's numbers are published under four names."""
    for city in CITIES:
        for year in YEARS:
            _publish(tmp_path, city, year)
    (tmp_path / "notebooks").mkdir()
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        (tmp_path / "notebooks" / path.name).touch()
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    return tmp_path


def _publish(root: Path, city: str, year: int) -> None:
    raw = root / "data" / "raw" / city / str(year)
    raw.mkdir(parents=True)
    text = (ROOT / f"data/raw/mihon/{year}/edition.yml").read_text(encoding="utf-8")
    text = text.replace("city: mihon", f"city: {city}").replace("見本市", f"{city}市")
    (raw / "edition.yml").write_text(text, encoding="utf-8")
    to = root / "data" / "processed" / city / str(year) / "indicators"
    to.mkdir(parents=True)
    for path in (ROOT / f"data/processed/mihon/{year}/indicators").glob("*.csv"):
        text = path.read_text(encoding="utf-8").replace("\nmihon,", f"\n{city},")
        (to / path.name).write_text(text, encoding="utf-8")


def outcomes(*failed: str) -> list[Outcome]:
    states = {city: FAILED if city in failed else DONE for city in CITIES}
    return [Outcome(city, year, states[city]) for city in CITIES for year in YEARS]


def test_the_dataset_holds_every_row_once(root, tmp_path):
    combine(outcomes("umi"), root, tmp_path / "out")
    rows = read(tmp_path / "out")
    expected = pd.concat(
        load_indicators(root / f"data/processed/{city}/{year}").assign(edition=year)
        for city in CITIES
        for year in YEARS
        if city != "umi"  # what failed is not up to date
    )
    keys = ["city", "edition", "fiscal_year", "indicator", "breakdown", "group", "category"]
    keys += ["definition"]
    both = [
        frame.sort_values(keys).reset_index(drop=True)[expected.columns]
        for frame in (rows, expected)
    ]
    pd.testing.assert_frame_equal(*both, check_dtype=False, check_categorical=False)
    folders = {path.name for path in (tmp_path / "out/indicators").iterdir()}
    assert folders == {f"fiscal_year={year}" for year in expected["fiscal_year"]}


def test_the_same_numbers_share_every_rank_and_figures_are_drawn(root, tmp_path):
    written = combine(outcomes(), root, tmp_path / "out")
    with (tmp_path / "out/comparison.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["市"] for row in rows} == {f"{city}市" for city in CITIES}
    ranks = {row["順位"] for row in rows}
    assert ranks == {"1–4", ""}  # four times the same numbers: nobody is told apart
    assert {row["順位のない理由"] != "" for row in rows if row["順位"] == ""} == {True}
    drawn = {path.name for path in written if path.suffix == ".png"}
    assert drawn == {
        f"small_multiples_{name}.png"
        for name in ("attachment", "residence_intention", "turnover_rate")
    }
    said = (tmp_path / "out/figures/small_multiples_attachment.txt").read_text(encoding="utf-8")
    assert "aoba市" in said
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.*") if path.is_file()}
    combine(outcomes(), root, tmp_path / "out")
    assert {path: path.read_bytes() for path in before} == before


def test_a_table_that_does_not_fit_is_said_and_left_out(root, tmp_path):
    path = root / "data/processed/izumi/2025/indicators/population.csv"
    text = path.read_text(encoding="utf-8-sig").replace("register", "hearsay", 1)
    path.write_text(text, encoding="utf-8-sig")
    with pytest.raises(InputError, match="hearsay"):
        combine(outcomes(), root, tmp_path / "out")
    rows = read(tmp_path / "out")
    found = set(zip(rows["city"], rows["edition"], strict=True))
    assert found == {(c, y) for c in CITIES for y in YEARS} - {("izumi", 2025)}


def test_nothing_well_nothing_but_the_list(root, tmp_path):
    combine(outcomes(*CITIES), root, tmp_path / "out")
    assert not (tmp_path / "out/comparison.csv").exists()
    assert len(pd.read_csv(tmp_path / "out/editions.csv")) == len(CITIES) * len(YEARS)
    shutil.rmtree(tmp_path / "out")
