"""A project in which two editions of the sample city are published."""

import shutil
from pathlib import Path

import pytest
import small_report

from helpers.edition import Edition
from helpers.report.reported import Reported, published

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def small_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    for year in (small_report.YEAR - 1, small_report.YEAR):
        small_report.publish(folder, year)
    return folder


@pytest.fixture(autouse=True)
def _in_small_project(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITYPROMO_ROOT", str(small_project))


@pytest.fixture
def reported(_in_small_project: None) -> Reported:
    return published(Edition.open(small_report.CITY, small_report.YEAR))


@pytest.fixture
def previous(_in_small_project: None) -> Reported:
    return published(Edition.open(small_report.CITY, small_report.YEAR - 1))
