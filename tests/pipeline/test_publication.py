"""Publication: old or new, never a mixture, whenever it is killed; and a sentence when it cannot."""

import subprocess
import sys
from pathlib import Path

import pytest
from kill_every_step import published, texts, write

from helpers.pipeline import publication
from helpers.pipeline.publication import lock, publish, repair, staging_folder
from helpers.places import Places
from helpers.problems import InputError

SCRIPT = Path(__file__).with_name("kill_every_step.py")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path, "mihon", 2025)


def stage(places: Places, text: str) -> None:
    for name in ("data", "report"):
        write(staging_folder(places) / name, text)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of Unix")
@pytest.mark.parametrize("how", ["exchange", "renames"])
@pytest.mark.parametrize("which", ["first", "again"])
def test_killed_at_every_step(tmp_path, how, which):
    command = [sys.executable, str(SCRIPT), str(tmp_path), how, which]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10


def test_two_folders_are_exchanged_in_one_step(places, tmp_path):
    write(tmp_path / "one", "1")
    write(tmp_path / "two", "2")
    if not publication.exchange(tmp_path / "one", tmp_path / "two"):
        pytest.skip("this system cannot exchange folders")
    assert (texts(tmp_path / "one"), texts(tmp_path / "two")) == ({"2"}, {"1"})
    assert not publication.exchange(tmp_path / "one", tmp_path / "three")


@pytest.mark.parametrize("name", ["data", "report"])
@pytest.mark.parametrize("where", ["target", "new"])
def test_a_file_held_open_on_windows(places, monkeypatch, name, where):
    """There a folder with an open file cannot be renamed."""
    held = {"data": places.published_data, "report": places.published_report}[name]
    held = held if where == "target" else staging_folder(places) / name
    rename = Path.rename

    def windows(self, target):
        if self == held:
            raise PermissionError(13, "Access is denied", str(self))
        return rename(self, target)

    for folder in (places.published_data, places.published_report):
        write(folder, "old")
    stage(places, "new")
    with monkeypatch.context() as system:
        system.setattr(publication, "exchange", lambda one, other: False)
        system.setattr(Path, "rename", windows)
        with pytest.raises(InputError, match="開かれている") as caught:
            publish(places)
    assert str(places.published_report) in str(caught.value)
    assert published(places) == [{"old"}, {"old"}]
    assert texts(staging_folder(places) / "report") == {"new"}
    assert repair(places) is False  # given up, not half-done
    publish(places)
    assert published(places) == [{"new"}, {"new"}]


@pytest.mark.parametrize("many", [1, 7])
def test_the_files_that_are_open_are_named(places, monkeypatch, many):
    write(places.published_data, "old")
    stage(places, "new")
    held = [places.published_report / f"{number}.xlsx" for number in range(many)]
    places.published_report.mkdir(parents=True)
    for path in (*held, places.published_report / "closed.xlsx"):
        path.write_text("old", encoding="utf-8")
    rename = Path.rename

    def windows(self, target):
        if self in held or self == places.published_report:
            raise PermissionError(13, "Access is denied", str(self))
        return rename(self, target)

    with monkeypatch.context() as system:
        system.setattr(publication, "exchange", lambda one, other: False)
        system.setattr(Path, "rename", windows)
        with pytest.raises(InputError) as caught:
            publish(places)
    said = str(caught.value)
    assert "（reports/mihon/2025/0.xlsx" in said
    assert "closed.xlsx" not in said
    assert ("ほか 2 件" in said) is (many == 7)
    assert all(path.exists() for path in held)


def test_a_journal_that_is_half_written_is_none(places, monkeypatch):
    for folder in (places.published_data, places.published_report):
        write(folder, "old")
    stage(places, "new")

    def power_cut(content, file):
        file.write('{"data": 1')
        file.flush()
        raise KeyboardInterrupt

    with monkeypatch.context() as system:
        system.setattr("helpers.pipeline.publication.json.dump", power_cut)
        with pytest.raises(KeyboardInterrupt):
            publish(places)
    assert repair(places) is False
    assert published(places) == [{"old"}, {"old"}]
    publish(places)
    assert published(places) == [{"new"}, {"new"}]


def test_a_virus_scanner_is_waited_for(places, monkeypatch):
    rename, refused = Path.rename, []

    def scanned(self, target):
        if len(refused) < 3:
            refused.append(self)
            raise PermissionError(13, "Access is denied", str(self))
        return rename(self, target)

    stage(places, "new")
    monkeypatch.setattr(publication, "PATIENCE_S", 60.0)
    monkeypatch.setattr(publication, "patient", lambda: True)
    monkeypatch.setattr(publication.time, "sleep", lambda _: None)
    monkeypatch.setattr(Path, "rename", scanned)
    publish(places)
    assert len(refused) == 3
    assert published(places) == [{"new"}, {"new"}]


def test_nothing_to_repair(places):
    assert repair(places) is False
    stage(places, "half")
    assert repair(places) is False
    assert texts(staging_folder(places) / "data") == {"half"}


def test_a_second_run_is_refused(places):
    with lock(places), pytest.raises(InputError, match="別の実行"), lock(places):
        pass
    with lock(places):
        pass
