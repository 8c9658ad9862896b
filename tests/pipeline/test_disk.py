"""A full disk: a sentence, the old report whole, and the next run goes on."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import tiny


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for a report and little more."""
    if sys.platform != "linux":
        pytest.skip("needs tmpfs, a file system of Linux")
    mount = ["mount", "-t", "tmpfs", "-o", "size=40m", "citypromo", str(tmp_path)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"no small file system can be mounted here: {done.stderr.strip()}")
    yield tmp_path
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


# What is left when the disk is full: nothing, less than a figure, less than the whole report.
@pytest.mark.parametrize("left", [0, 40_000, 400_000])
def test_full_disk(small, left):
    project = tiny.make_project(small)
    figure = tiny.FIGURES.replace("write_text(number)", "write_text(number * 50_000)")
    imports = "from helpers.figures.palette_a import name"
    tiny.set_number(project, 1)
    tiny.write_notebook(project, "31_figures", figure, imports)
    assert tiny.run(project).returncode == 0
    before = {p: p.read_bytes() for p in tiny.report(project).rglob("*") if p.is_file()}
    tiny.set_number(project, 2)
    ballast = small / "ballast"
    fill(ballast, left)
    done = tiny.run(project)
    assert done.returncode == 1, done.stdout
    assert "ディスクがいっぱい" in done.stderr
    assert "空きを作り" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert {p: p.read_bytes() for p in tiny.report(project).rglob("*") if p.is_file()} == before
    ballast.unlink()
    again = tiny.run(project)
    assert again.returncode == 0, again.stderr
    assert tiny.citypromo(project, "verify", tiny.CITY, str(tiny.YEAR)).returncode == 0


def fill(path: Path, left: int) -> None:
    """Write a file until the disk is full, then give back so many bytes."""
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096) == 4096:
                pass
        except OSError:
            pass
        file.truncate(file.tell() - left)
