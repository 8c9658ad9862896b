"""A real Dask cluster of processes: the same outcomes, the same bytes, a worker killed."""

import os
import shutil
import signal
import threading
import time

import dask
import pytest
from few import published, tiny

from helpers.batch.cluster import Cluster
from helpers.batch.drive import drive
from helpers.batch.journal import Journal
from helpers.batch.outcome import DONE, FAILED
from helpers.batch.schedule import Schedule
from helpers.problems import InputError

NUMBERS = {("aoba", 2024): "60", ("aoba", 2025): "62", ("asagiri", 2025): "40"}


@pytest.fixture
def address(made):
    """The address of a cluster whose two workers see the project."""
    from distributed import LocalCluster

    made({**NUMBERS, ("izumi", 2025): "bad", ("umi", 2025): "kill"})
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster.scheduler_address


def kill_a_worker(journal, killed: list[str]) -> None:
    """Kill the worker of the first outcome, some time into its next edition."""
    while not journal.exists() or len(journal.read_text(encoding="utf-8").splitlines()) < 2:
        time.sleep(0.05)
    worker = journal.read_text(encoding="utf-8").split('"worker": "')[1].partition('"')[0]
    time.sleep(0.7)
    os.kill(int(worker.rpartition(":")[2]), signal.SIGKILL)
    killed.append(worker)


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_the_same_on_a_cluster(address, tmp_path):
    project, folder = tmp_path / "project", tmp_path / "batch"
    journal, killed = Journal(folder), []
    journal.begin([*NUMBERS, ("izumi", 2025), ("umi", 2025)])
    asked, _ = journal.read()
    killer = threading.Thread(target=kill_a_worker, args=(folder / "journal.jsonl", killed))
    killer.start()
    lost = []
    outcomes = drive(Schedule(asked), Cluster(address, str(project)), journal, again=lost.append)
    killer.join()
    found = {outcome.edition: outcome for outcome in outcomes}
    assert len(killed) == 1
    assert {edition for edition, o in found.items() if o.state == DONE} == set(NUMBERS)
    assert found["izumi", 2025].state == FAILED
    assert "架空の失敗" in found["izumi", 2025].said
    assert (found["umi", 2025].state, found["umi", 2025].tries) == (FAILED, 3)
    assert lost.count(("umi", 2025)) == 2
    assert max(outcome.tries for outcome in outcomes) <= 3
    _check_same_as_single_runs(project)


def _check_same_as_single_runs(project):
    batch = {edition: published(project, *edition) for edition in NUMBERS}
    for top in ("reports", "data/processed"):
        shutil.rmtree(project / top)
    (project / "data/raw/umi/2025/number.txt").write_text("1")
    (project / "data/raw/izumi/2025/number.txt").write_text("1")
    single = tiny.citypromo(project, "run", "--all")
    assert single.returncode == 0, single.stderr
    for edition, files in batch.items():
        assert published(project, *edition) == files


def test_a_worker_that_cannot_see_the_folder_says_so(address, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (outcome,) = drive(
        Schedule([("aoba", 2024)]), Cluster(address, str(elsewhere)), Journal(tmp_path)
    )
    assert outcome.state == FAILED
    assert "共有フォルダー" in outcome.said
    assert str(elsewhere) in outcome.said


def test_a_scheduler_that_goes_away_is_a_sentence(made, tmp_path):
    from distributed import LocalCluster

    made(NUMBERS)
    with LocalCluster(
        n_workers=0, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        engine = Cluster(cluster.scheduler_address, str(tmp_path / "project"))
    patience = dask.config.set({"distributed.comm.timeouts.connect": "2s"})
    with patience, pytest.raises(InputError, match="--resume"):
        drive(Schedule([("aoba", 2024)]), engine, Journal(tmp_path))
