"""The real command on this machine's processes: failures, killed workers, going on, sameness."""

import json
import sys

import pandas as pd
import psutil
import pytest
from few import published, tiny

from helpers.batch import pool
from helpers.batch.memory import used
from helpers.batch.outcome import UNCHANGED, Outcome

linux = pytest.mark.skipif(sys.platform != "linux", reason="the notebook kills its parent")
NUMBERS = {("aoba", 2024): "60", ("aoba", 2025): "62", ("asagiri", 2025): "40"}


@linux
def test_a_batch_and_what_it_leaves(made, tmp_path):
    """Well, failed, killed once; then the rest again, and nothing else."""
    numbers = {**NUMBERS, ("aoba", 2025): "once", ("izumi", 2025): "bad"}
    project = made(numbers)
    done = tiny.citypromo(project, "batch", "--all", "--workers", "2")
    assert done.returncode == 1, done.stderr
    assert "架空の失敗" in done.stderr
    together = project / "reports" / "_batch"
    rows = pd.read_csv(together / "editions.csv").set_index(["city", "year"])
    assert rows["state"].to_dict() == {
        **dict.fromkeys(NUMBERS, "done"),
        ("izumi", 2025): "failed",
    }
    assert rows.loc[("aoba", 2025), "tries"] == 2
    assert rows["tries"].sum() == len(rows) + 1
    assert rows.loc[("aoba", 2024), "peak_mb"] > 0
    _check_dataset(together)
    (project / "data/raw/izumi/2025/number.txt").write_text("55")
    before = (project / "reports/aoba/2024/manifest.json").read_bytes()
    again = tiny.citypromo(project, "batch", "--resume", "--workers", "1")
    assert again.returncode == 0, again.stderr
    assert "1/1" in again.stdout  # the others were not even looked at
    assert (project / "reports/aoba/2024/manifest.json").read_bytes() == before
    lines = (together / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + 4 + 1  # what was asked, four outcomes, one more
    assert json.loads(lines[-1])["city"] == "izumi"
    _check_same_as_single_runs(project)


def _check_dataset(together):
    rows = pd.read_parquet(together / "indicators")
    found = {(r.city, r.edition, int(r.fiscal_year)): r.printed for r in rows.itertuples()}
    expected = {("aoba", 2024): "60", ("aoba", 2025): "50.0", ("asagiri", 2025): "40"}
    assert found == {(city, year, year): text for (city, year), text in expected.items()}
    folders = sorted(path.name for path in (together / "indicators").iterdir())
    assert folders == ["fiscal_year=2024", "fiscal_year=2025"]
    table = pd.read_csv(together / "comparison.csv", dtype=str)
    assert table["順位"].tolist() == ["1", "1", "2"]


def _check_same_as_single_runs(project):
    """What the batch has published, runs one after another publish byte for byte."""
    batch = {edition: published(project, *edition) for edition in NUMBERS}
    single = tiny.citypromo(project, "run", "--all", "--again")
    assert single.returncode == 0, single.stderr
    for edition, files in batch.items():
        assert len(files) == 2 * 5 + 4 + 2  # figures, notebooks, data
        assert published(project, *edition) == files


def test_wrong_use_is_said(made):
    project = made(NUMBERS)
    for arguments, code, said in (
        ([], 2, "--all"),
        (["--all", "--workers", "0"], 2, "--workers"),
        (["--cities", "aobaa"], 1, "aoba"),
        (["--resume"], 1, "--resume"),
        (["--all", "--scheduler", "tcp://127.0.0.1:9"], 1, "スケジューラー"),
    ):
        done = tiny.citypromo(project, "batch", *arguments)
        assert (done.returncode, said in done.stderr) == (code, True), done.stderr
        assert "Traceback" not in done.stderr


def ended_by(task, folder):
    """What a pool says of one edition, done by a task."""
    workers = pool.LocalPool(str(folder), 1, task=task)
    try:
        workers.submit(("aoba", 2025))
        return next(ended for _ in range(600) for ended in workers.wait(0.1))
    finally:
        workers.close()


def unchanged(city, year, root):
    return Outcome(city, year, UNCHANGED)


def test_a_pipe_of_any_class_is_waited_for(monkeypatch, tmp_path):
    """Windows has pipes of a class of its own, which is no ``Connection``."""
    monkeypatch.setattr(pool, "Connection", type("Connection", (), {}))
    assert ended_by(unchanged, tmp_path) == (("aoba", 2025), Outcome("aoba", 2025, UNCHANGED))


def test_a_system_that_tells_less_of_memory_ends_no_worker(monkeypatch):
    def refuse(self):
        raise OSError("not on this system")

    monkeypatch.setattr(psutil.Process, "memory_full_info", refuse)
    resident = psutil.Process().memory_info().rss / 1e6
    assert used()[1] >= resident / 2


def broken(city, year, root):
    raise OSError("a fault of ours")


def test_a_fault_of_ours_ends_a_worker_not_silently(tmp_path, capfd):
    """As if the batch were gone, it used to end well and say nothing."""
    assert ended_by(broken, tmp_path) == (("aoba", 2025), None)
    assert "a fault of ours" in capfd.readouterr().err
