"""The real command with raw data and reports in a store: the same bytes as on a disk."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pandas as pd
import psutil
import pytest
from few import make_project, published, tiny

from helpers.batch.home import StoreHome
from helpers.batch.store import Store
from helpers.batch.version import Version, fetch, find_version
from helpers.places import ROOT_VARIABLE, Places

NUMBERS = {("aoba", 2024): "60", ("aoba", 2025): "62", ("asagiri", 2025): "40"}
# The figures of a year show the numbers of all years before, and last year's raw number.
FIGURES = """\
paths = sorted(places.raw.parent.glob("*/number.txt"))
raw = [p.read_text() for p in paths if int(p.parent.name) <= fiscal_year]
tables = sorted(places.published_data.parent.glob("*/indicators/all.csv"))
earlier = [p.read_text() for p in tables if int(p.parents[1].name) < fiscal_year]
now = (places.data_in("indicators") / "indicators" / "all.csv").read_text()
places.figures_out.mkdir(parents=True, exist_ok=True)
for ending in ("png", "svg", "pdf", "csv", "txt"):
    (places.figures_out / f"one.{ending}").write_text("".join([*raw, *earlier, now]))
number = len(earlier)"""
CHANGED = "asagiri", 2025
PROGRAM = ["notebooks", "requirements.txt", "src"]
MANY = 32
# One number makes many files, which take a while to send.
HEAVY = f"""\
number = (places.raw / "number.txt").read_text()
places.data_out.mkdir(parents=True, exist_ok=True)
for i in range({MANY} if number == "41" else 0):
    (places.data_out / f"table{{i}}.parquet").write_text(number)
(places.data_out / "table.parquet").write_text(number)"""


def put_raw(store: Store, project: Path) -> None:
    """Move the project's raw files to the store: what is there now can only be from there."""
    for path in sorted((project / "data/raw").rglob("*.*")):
        store.write(path.relative_to(project).as_posix(), path.read_bytes())
    shutil.rmtree(project / "data")


def batch(project: Path, store: Store, *more: str) -> subprocess.CompletedProcess[str]:
    return tiny.citypromo(project, "batch", "--store", store.address, "--workers", "1", *more)


def states(project: Path) -> dict[tuple[str, int], str]:
    rows = pd.read_csv(project / "reports/_batch/editions.csv").set_index(["city", "year"])
    return rows["state"].to_dict()


def in_store(store: Store, folder: Path) -> dict[tuple[str, int], dict[str, bytes]]:
    """Every published file of every edition."""
    found = {}
    for edition in NUMBERS:
        version = find_version(store, edition)
        assert fetch(store, version, version.files, Places(folder, *edition)) == []
        found[edition] = published(folder, *edition)
    return found


def make_with_history(folder: Path) -> Path:
    """A project whose figures show earlier years."""
    project = make_project(folder, NUMBERS)
    tiny.write_notebook(project, "11_clean", HEAVY)
    tiny.write_notebook(project, "31_figures", FIGURES)
    (project / "notebooks/32_figures.ipynb").unlink()
    for path in (project / "data/raw").glob("*/*/edition.yml"):
        path.write_text(path.read_text(encoding="utf-8").replace(", 32_figures", ""), "utf-8")
    return project


@pytest.fixture(scope="module")
def disk(tmp_path_factory) -> Path:
    """A project and what single runs in it have published."""
    project = make_with_history(tmp_path_factory.mktemp("disk") / "project")
    done = tiny.citypromo(project, "run", "--all")
    assert done.returncode == 0, done.stderr
    return project


@pytest.fixture
def moved(disk, tmp_path, monkeypatch) -> Path:
    """The same project, nothing run yet."""
    project = tmp_path / "project"
    ignore = shutil.ignore_patterns("reports", "processed", "__pycache__")
    shutil.copytree(disk, project, ignore=ignore)
    for name, value in tiny.environment(project).items():
        monkeypatch.setenv(name, value)
    monkeypatch.syspath_prepend(project / "src")
    return project


def test_a_batch_in_a_bucket(moved, s3, disk, tmp_path):
    """Published as on a disk; then what has not changed costs no notebook, and a worker dies."""
    store = Store(s3)
    put_raw(store, moved)
    done = batch(moved, store, "--all")
    assert done.returncode == 0, done.stderr
    assert_same_as_on_disk(store, moved, disk, tmp_path)
    assert_nothing_is_left(moved)
    if os.name == "nt":  # no SIGKILL
        return
    before = {edition: find_version(store, edition) for edition in NUMBERS}
    store.write("data/raw/asagiri/2025/number.txt", b"41")
    assert_old_report_stands_while_it_is_sent(moved, store, before["asagiri", 2025], tmp_path)
    assert states(moved) == dict.fromkeys(NUMBERS, "unchanged") | {CHANGED: "done"}
    rows = pd.read_csv(moved / "reports/_batch/editions.csv").set_index(["city", "year"])
    assert rows["tries"].to_dict() == dict.fromkeys(NUMBERS, 1) | {CHANGED: 2}
    after = {edition: find_version(store, edition) for edition in NUMBERS}
    assert {edition for edition in NUMBERS if before[edition] != after[edition]} == {CHANGED}
    assert after[CHANGED].before == before[CHANGED].digest
    new = Places(tmp_path / "new", *CHANGED)
    assert fetch(store, after[CHANGED], after[CHANGED].files, new) == []
    assert (new.published_data / "table31.parquet").read_text() == "41"
    numbers = pd.read_parquet(moved / "reports/_batch/indicators")["printed"]
    assert sorted(numbers) == ["41", "60", "62"]
    assert_nothing_is_left(moved)


def assert_old_report_stands_while_it_is_sent(
    project: Path, store: Store, old: Version, folder: Path
) -> None:
    """Kill the worker in the middle of sending, and let the batch go on."""
    going = subprocess.Popen(
        tiny.command("batch", "--store", store.address, "--workers", "1", "--all"),
        cwd=project,
        env=tiny.environment(project),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    private = project / "reports/.staging/scratch/1"
    made = private / "data/processed/asagiri/2025/table31.parquet"  # from then on it is sent
    while going.poll() is None and not (made.exists() and len(sent(store, old)) >= 3):
        time.sleep(0.05)
    assert going.poll() is None, going.communicate()
    children = psutil.Process(going.pid).children()
    worker = next(p for p in children if "spawn_main" in " ".join(p.cmdline()))
    assert private.stat().st_mode & 0o777 == 0o700
    worker.kill()
    assert 3 <= len(sent(store, old)) < MANY
    assert find_version(store, CHANGED) == old
    assert fetch(store, old, old.files, Places(folder / "old", *CHANGED)) == []
    said, _ = going.communicate(timeout=300)
    assert going.returncode == 0, said
    assert "別のワーカー" in said


def sent(store: Store, old: Version) -> list[str]:
    """What has arrived of a new version."""
    paths = store.files("versions/asagiri/2025")
    return [path for path in paths if not path.startswith(old.digest)]


def test_a_batch_in_a_folder_on_a_cluster(moved, folder_store, disk, tmp_path):
    """The same by Dask, and through fsspec."""
    from distributed import LocalCluster

    store, _ = folder_store
    put_raw(store, moved)
    with LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        done = batch(moved, store, "--all", "--scheduler", cluster.scheduler_address)
        assert done.returncode == 0, done.stderr
        (private,) = [p for p in (moved / "reports/.staging/scratch").iterdir() if p.is_dir()]
        assert sorted(path.name for path in private.iterdir()) == PROGRAM
    assert_same_as_on_disk(store, moved, disk, tmp_path)
    assert_nothing_is_left(moved)


def assert_same_as_on_disk(store: Store, project: Path, disk: Path, folder: Path) -> None:
    assert states(project) == dict.fromkeys(NUMBERS, "done")
    found = in_store(store, folder / "found")
    assert found == {edition: published(disk, *edition) for edition in NUMBERS}
    text = found["aoba", 2025]["reports/aoba/2025/figures/one.csv"].decode()
    assert text.startswith("6062city")  # last year's raw number and this year's, then the rows
    assert text.count("\naoba,2024,") == text.count("\naoba,2025,") == 1
    rows = pd.read_parquet(project / "reports/_batch/indicators")
    assert sorted(rows["printed"]) == ["40", "60", "62"]


def assert_nothing_is_left(project: Path) -> None:
    """No respondent's answer stays with the program."""
    scratch = project / "reports/.staging/scratch"
    assert {path.suffix for path in scratch.iterdir()} == {".lock"}
    assert not (project / "data").exists()
    assert sorted(path.name for path in (project / "reports").iterdir()) == [".staging", "_batch"]


@pytest.mark.parametrize("told", [None, "elsewhere"])
def test_where_the_project_is_is_known_afterwards_as_before(made, folder_store, monkeypatch, told):
    project = made({("aoba", 2025): "60"})
    monkeypatch.delenv(ROOT_VARIABLE)
    if told:
        monkeypatch.setenv(ROOT_VARIABLE, told)
    with StoreHome(project, str(folder_store[1])).at_hand([]) as root:
        assert os.environ[ROOT_VARIABLE] == str(root) != str(project)
    assert os.environ.get(ROOT_VARIABLE) == told


def test_failures_are_sentences(made, folder_store):
    """A failed edition says where its files are for the user; a wrong store ends the command."""
    project, (store, _) = made({("aoba", 2025): "bad", ("umi", 2025): "1"}), folder_store
    put_raw(store, project)
    store.write("data/raw/umi/2025/edition.yml", b"city: aoba\n")
    failed = batch(project, store, "--all")
    assert failed.returncode == 1
    assert "架空の失敗" in failed.stderr
    assert f"{store.name}/data/raw/umi/2025/edition.yml" in failed.stderr
    assert (project / "reports/_failed/aoba/2025/11_clean.ipynb").exists()
    wrong = batch(project, Store(f"{store.address}/nowhere"), "--all")
    assert (wrong.returncode, "Traceback" in wrong.stderr) == (1, False)
    assert "data/raw/<市>/<年度>/edition.yml" in wrong.stderr
