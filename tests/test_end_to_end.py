"""The whole, as the analyst runs it: a copy of the project, the real command, the real kernels."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

ROOT = Path(__file__).parents[1]
CITY, YEAR = "isehara", 2024
FORMATS = {"png", "svg", "pdf", "csv", "txt"}


def citypromo(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"CITYPROMO_ROOT": str(project), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "helpers.cli", *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the project in which one edition has been run."""
    project = tmp_path_factory.mktemp("project")
    for folder in ("src", "notebooks", "data/raw"):
        shutil.copytree(ROOT / folder, project / folder)
    shutil.copy(ROOT / "requirements.txt", project)
    done = citypromo(project, "run", CITY, "令和6年度")
    assert done.returncode == 0, done.stdout + done.stderr
    yield project


def test_the_report_is_whole(published):
    report = published / "reports" / CITY / str(YEAR)
    figures = content(report / "figures")
    stems = {Path(name).stem for name in figures}
    assert {"progress", "movement_register_all", "movement_japanese_movers"} <= stems
    for stem in stems:
        assert {Path(n).suffix[1:] for n in figures if Path(n).stem == stem} == FORMATS
    with Image.open(report / "figures" / "progress.png") as picture:
        assert picture.width / picture.info["dpi"][0] * 25.4 == pytest.approx(160, abs=0.1)
    executed = {path.stem for path in (report / "notebooks").iterdir()}
    assert "24_indicators_progress" in executed
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["edition"] == f"{CITY} {YEAR}"
    assert manifest["outputs"].keys() >= {"report/figures/progress.png"}


def test_the_indicators_are_the_history(published):
    path = published / "data/processed" / CITY / str(YEAR) / "indicators" / "progress.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")  # Excel reads it as UTF-8
    rows = pd.read_csv(path, encoding="utf-8-sig").set_index(["indicator", "group", "fiscal_year"])
    assert rows.loc[("kpi_progress", "page_views", 2024), "printed"] == "−440.7"


def test_no_staging_is_left(published):
    reports = published / "reports"
    assert list((reports / ".staging").iterdir()) == []
    assert [path.suffix for path in (reports / ".locks").iterdir()] == [".lock"]


def test_a_second_run_gives_the_same_bytes(published):
    before = content(published / "reports" / CITY / str(YEAR) / "figures")
    data = content(published / "data/processed" / CITY)
    assert citypromo(published, "run", CITY, str(YEAR)).returncode == 0
    assert content(published / "reports" / CITY / str(YEAR) / "figures") == before
    assert content(published / "data/processed" / CITY) == data


RAW = f"data/raw/{CITY}/{YEAR}"
BAD_INPUT = [
    ("printed_tables.csv", None, None, ["printed_tables.csv", "ファイルがありません"]),
    ("movement_register.csv", "転入者数", "てんにゅう", ["転入者数", "movement_register.csv"]),
    ("printed_tables.csv", "41.3%", "141.3%", ["141.3%", "0〜100", "E"]),
    ("printed_tables.csv", "Ｒ５実績値", "Ｒ５実積値", ["Ｒ５実積値", "「Ｒ５実績値」の誤り"]),
    ("edition.yml", "code: 142140", "codo: 142140", ["codo", "「code」の誤り"]),
]


@pytest.mark.parametrize(("file", "old", "new", "words"), BAD_INPUT, ids=lambda v: str(v)[:20])
def test_bad_input_is_a_sentence_and_harms_nothing(published, file, old, new, words):
    path = published / RAW / file
    good = path.read_bytes()
    before = content(published / "reports" / CITY) | content(published / "data/processed" / CITY)
    try:
        if old is None:
            path.unlink()
        else:
            assert old.encode() in good
            path.write_bytes(good.replace(old.encode(), new.encode(), 1))
        done = citypromo(published, "run", CITY, str(YEAR))
    finally:
        path.write_bytes(good)
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    for word in words:
        assert word in said
    after = content(published / "reports" / CITY) | content(published / "data/processed" / CITY)
    assert after == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "isehra", "2024"], "「isehara」の誤り"),
        (["run", CITY, "来年度"], "年度ではありません"),
        (["run", CITY, "2031"], "2024"),
        (["run", CITY, "2024", "-p", "langu=en"], "「lang」の誤り"),
        (["run", CITY, "2024", "-p", "lang=fr"], "languages: [ja, en]"),
    ],
)
def test_a_wrong_command_starts_no_kernel(published, arguments, words):
    done = citypromo(published, *arguments)
    assert done.returncode == 1
    assert words in done.stderr
    assert "cleaning" not in done.stdout
