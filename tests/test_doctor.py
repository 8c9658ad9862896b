"""The doctor finds what is amiss, and says what to do."""

from pathlib import Path

from helpers import cli, doctor

ROOT = Path(__file__).parents[1]


def test_this_computer_is_well(capsys):
    assert cli.main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert said.count("○") == 7
    assert "×" not in said


def test_a_package_of_another_version_and_one_that_is_missing(tmp_path):
    lock = tmp_path / "requirements.txt"
    lock.write_text(
        'pandas==0.1 \\\n    --hash=sha256:00\nnosuchpackage==2\nold==1 ; python_version < "3"\n'
    )
    found = doctor.packages(lock)
    assert not found.well
    assert "pandas" in found.found
    assert "0.1 のはず" in found.found
    assert "nosuchpackage 2（ありません）" in found.found
    assert "old" not in found.found
    assert "make setup" in found.text("en")


def test_a_font_that_cannot_be_read(tmp_path):
    (tmp_path / doctor.FONTS[0]).write_bytes(b"no font")
    assert not doctor.fonts(tmp_path).well
    assert doctor.fonts().well


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "reports").write_text("a file where the folder should be")
    found = doctor.writing(tmp_path)
    assert not found.well
    assert "→" in str(found.text())


def test_too_little_space(tmp_path):
    assert not doctor.space(tmp_path, needed=10**18).well
    assert doctor.space(tmp_path, needed=1).well


def test_an_old_python(monkeypatch):
    monkeypatch.setattr(doctor, "PYTHON", (9, 0))
    assert "3.11" in doctor.python().text("en")
    assert not doctor.python().well


def test_a_kernel_that_does_not_start(monkeypatch):
    monkeypatch.setattr(doctor.sys, "executable", "/nowhere/python")
    assert not doctor.kernel().well


def test_an_unexpected_error_does_not_end_the_round(monkeypatch):
    def fail(*_):
        raise RuntimeError("broken")

    monkeypatch.setattr(doctor, "fonts", fail)
    monkeypatch.setattr(doctor, "kernel", fail)
    found = list(doctor.look(ROOT))
    assert len(found) == 7
    assert [one.name for one in found if not one.well] == ["フォント", "カーネル"]
