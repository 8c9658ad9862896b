"""What has not changed is linked from the published report."""

from pathlib import Path

import pytest

from helpers.pipeline.inputs import Inputs, file_digest
from helpers.pipeline.staging import Staging
from helpers.places import Places
from helpers.problems import InputError
from helpers.recorder import LISTING

FILE = "report/figures/a.csv"


@pytest.fixture
def staging(tmp_path: Path) -> Staging:
    """A staging folder beside a published report of one file."""
    staging = Staging(Places(tmp_path, "city", 2025))
    staging.places.published(FILE).parent.mkdir(parents=True)
    staging.places.published(FILE).write_text("a", encoding="utf-8")
    staging.prepare(Inputs(staging.places, {}))
    return staging


def taken(staging: Staging) -> Path:
    staging.take("31_figures", {FILE: ""}, staging.places.published)
    staging.put_together()
    return staging.folder / FILE


def test_what_is_published_is_not_written_again(staging):
    assert taken(staging).samefile(staging.places.published(FILE))


def test_a_disk_without_second_names_gets_a_copy(staging, monkeypatch):
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")  # as FAT and some shared folders do

    monkeypatch.setattr(Path, "hardlink_to", refused)
    copy = taken(staging)
    assert not copy.samefile(staging.places.published(FILE))
    assert copy.read_text(encoding="utf-8") == "a"


def test_what_a_notebook_wrote_stays_in_its_part(staging):
    part = staging.part("31_figures") / FILE
    part.parent.mkdir(parents=True)
    part.write_text("b", encoding="utf-8")
    staging.take("31_figures", {FILE: ""}, staging.staged("31_figures"))
    staging.put_together()
    assert (staging.folder / FILE).read_text(encoding="utf-8") == "b"
    # A file with one name only is new, and is waited for before it is published.
    assert (staging.folder / FILE).stat().st_nlink == 1


def test_a_file_that_changes_is_read_again_under_all_its_names(staging):
    copy = taken(staging)
    before = file_digest(copy)
    staging.places.published(FILE).write_text("changed", encoding="utf-8")
    assert file_digest(copy) != before


def test_a_published_file_that_is_open_is_said_before_anything_runs(staging, monkeypatch):
    """On Windows the second name of an open file cannot be removed either."""
    taken(staging)

    def windows(folder: Path) -> None:
        raise PermissionError(13, "in use", str(folder / "figures" / "a.csv"))

    with monkeypatch.context() as system:
        system.setattr("helpers.pipeline.staging.shutil.rmtree", windows)
        with pytest.raises(InputError, match="閉じて"):
            staging.prepare(Inputs(staging.places, {}))
    staging.prepare(Inputs(staging.places, {}))
    assert not (staging.folder / FILE).exists()
    assert staging.places.published(FILE).exists()


def test_what_a_first_run_made_is_not_what_the_next_one_reads(tmp_path):
    """Else the first answer after a city's first run is no quick one."""
    places = Places(tmp_path, "testville", 2025)
    names = [(f"{top}/testville", LISTING, "[0-9]*") for top in ("data/processed", "reports")]
    before = [Inputs.of(places).digest(name) for name in names]
    for top in ("data/processed", "reports"):
        (tmp_path / top / "testville" / "2025" / "figures").mkdir(parents=True)
    assert [Inputs.of(places).digest(name) for name in names] == before
    (tmp_path / "data/processed/testville/2024").mkdir()  # an earlier year's is read
    assert Inputs.of(places).digest(names[0]) != before[0]
