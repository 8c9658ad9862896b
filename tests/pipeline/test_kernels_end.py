"""Kernels die with the run, whatever ends it, and leave no process and no file behind."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import psutil
import pytest
from kernel_notebooks import KIND_PARAMETERS, notebook, run

from helpers.pipeline.execution import execute
from helpers.pipeline.kernels import KernelsStopped, Pool, open_pool
from helpers.pipeline.kernels.runtime import MARKER, PREFIX, Runtime, sweep

pytestmark = pytest.mark.usefixtures("whole")
PATIENCE_S = 60
# A run of its own: two kernels, one of which sleeps, with a child of its own.
SLEEPER = """
import sys
from pathlib import Path
from helpers.pipeline.execution import execute
from helpers.pipeline.kernels import open_pool
from helpers.pipeline.notebook import Notebook
folder = Path(sys.argv[1])
if __name__ == "__main__":
    with open_pool(2, folder) as pool:
        execute(Notebook(folder / "11_sleep.ipynb"), {"city": "x"}, folder / "o.ipynb", pool)
"""


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A folder for temporary files with a short path, so that what is left behind is seen."""
    folder = Path("/tmp" if os.name == "posix" else str(tmp_path)) / f"cp-{os.getpid()}"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    yield folder
    for path in folder.iterdir():
        path.rmdir()
    folder.rmdir()


@pytest.fixture(params=KIND_PARAMETERS)
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("CITYPROMO_KERNELS", request.param)
    return str(request.param)


def soon(condition: Callable[[], object]) -> bool:
    """Whether a condition comes true in time."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def family() -> set[int]:
    """The processes that this one has started, and theirs."""
    return {child.pid for child in psutil.Process().children(recursive=True)}


def alive(pids: set[int]) -> set[int]:
    """Those processes that live."""
    found = set()
    for pid in pids:
        try:
            if psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
                found.add(pid)
        except psutil.NoSuchProcess:
            continue
    return found


def test_nothing_is_left_behind(
    kind: str, temporary: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    each = notebook(tmp_path / "notebooks", "11_a", "import os\nos.getpid()", "!echo a")
    before = family()
    with open_pool(2, tmp_path / "notebooks") as pool:
        run([each, each], tmp_path, pool)
        assert len(list(temporary.iterdir())) == 1
    assert alive(family() - before) == set()
    assert list(temporary.iterdir()) == []
    assert capfd.readouterr() == ("", "")


def test_an_unclosed_file_is_written_when_the_pool_is_closed(kind: str, tmp_path: Path) -> None:
    each = notebook(tmp_path / "notebooks", "11_a", 'f = open("left_open.txt", "w")\nf.write("a")')
    with open_pool(1, tmp_path / "notebooks", [each]) as pool:
        run([each], tmp_path, pool)
    assert (tmp_path / "notebooks" / "left_open.txt").read_text() == "a"


LATE = """
import atexit, threading, time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

def write(name, seconds):
    time.sleep(seconds)
    Path(name).write_text("a")

idle = ThreadPoolExecutor(1)
idle.submit(int)
threading.Thread(target=write, args=["thread.txt", 1.0]).start()
atexit.register(write, "end.txt", 0.1)
"""


def test_threads_and_what_is_registered_for_the_end_are_waited_for(
    kind: str, tmp_path: Path
) -> None:
    each = notebook(tmp_path / "notebooks", "11_late", LATE)
    with open_pool(1, tmp_path / "notebooks", [each]) as pool:
        run([each], tmp_path, pool)
    written = {path.name for path in (tmp_path / "notebooks").glob("*.txt")}
    assert written == {"thread.txt", "end.txt"}


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_kernels_die_with_a_killed_run(
    kind: str, number: int, temporary: Path, tmp_path: Path
) -> None:
    mark = tmp_path / "started"
    cell = f"import time\nopen({str(mark)!r}, 'w').close()\ntime.sleep(600)"
    notebook(tmp_path / "notebooks", "11_sleep", cell)
    command = [sys.executable, "-c", SLEEPER, str(tmp_path / "notebooks")]
    with subprocess.Popen(command, start_new_session=True) as process:
        assert soon(mark.exists)
        kernels = {child.pid for child in psutil.Process(process.pid).children(recursive=True)}
        assert kernels
        process.send_signal(number)
    assert soon(lambda: not alive(kernels))
    if kind == "reused":  # they do it themselves
        assert soon(lambda: not list(temporary.iterdir()))
    else:  # there is nobody left to delete the folder: the next run does
        sweep(temporary)
        assert list(temporary.iterdir()) == []


def test_stopping_fails_what_runs_and_refuses_what_waits(kind: str, tmp_path: Path) -> None:
    mark = tmp_path / "started"
    cell = f"import time\nopen({str(mark)!r}, 'w').close()\ntime.sleep(600)"
    each = notebook(tmp_path / "notebooks", "11_sleep", "## 長い計算", cell)
    outcome = []
    with open_pool(1, tmp_path / "notebooks", [each]) as pool:

        def work() -> None:
            outcome.append(execute(each, {"city": "x"}, tmp_path / "o.ipynb", pool).failure)

        thread = threading.Thread(target=work)
        thread.start()
        assert soon(mark.exists)
        pool.stop()
        thread.join(PATIENCE_S)
        with pytest.raises(KernelsStopped), pool.kernel():
            pass
    (failure,) = outcome
    assert (failure.heading, failure.what.ja) == ("長い計算", "Ctrl-C で中断しました。")


@pytest.mark.parametrize("kind", [each for each in KIND_PARAMETERS if each.values != ("stock",)])
def test_a_kernel_that_is_dead_before_the_first_cell(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The cell where it stands is a title, which papermill does not take for one that fails."""
    monkeypatch.setenv("CITYPROMO_KERNELS", kind)
    each = notebook(tmp_path / "notebooks", "11_a", "print('never')")
    with open_pool(1, tmp_path / "notebooks") as pool:

        class Dying:
            stopped = False

            @contextmanager
            def kernel(self, notebook: str) -> Iterator[Any]:
                with pool.kernel() as lent:
                    asyncio.run(lent.provisioner.kill())
                    assert soon(lambda: asyncio.run(lent.provisioner.poll()) is not None)
                    yield lent

        failure = execute(each, {"city": "x"}, tmp_path / "o.ipynb", cast(Pool, Dying())).failure
    assert failure is not None
    assert failure.what.ja == "カーネル（Python）が途中で終了しました。"
    assert failure.heading == "（冒頭）"


def test_an_idle_kernel_that_was_killed_is_replaced(tmp_path: Path) -> None:
    each = notebook(tmp_path / "notebooks", "11_a", "import os\nprint(os.getpid())")
    with open_pool(1, tmp_path / "notebooks", [each, each]) as pool:
        (first,) = run([each], tmp_path, pool)
        pool.settle()
        psutil.Process(int(first)).kill()
        assert soon(lambda: not alive({int(first)}))
        assert run([each], tmp_path, pool) != [first]


def marked(folder: Path, process: int, started: float, name: str = "") -> Path:
    folder.mkdir()
    said = {"folder": name or folder.name, "process": process, "started": started}
    (folder / MARKER).write_text(json.dumps(said), encoding="utf-8")
    (folder / "t").mkdir()
    (folder / "t" / "answers.csv").write_text("1")
    return folder


def test_only_a_marked_folder_of_a_dead_process_is_removed(tmp_path: Path) -> None:
    """By number and time: 99999999 is no process, and this one did not start in 1970."""
    me, now = os.getpid(), psutil.Process().create_time()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    gone = [
        marked(tmp_path / f"{PREFIX}abc", ended.pid, now),
        marked(tmp_path / f"{PREFIX}number-of-another", me, 0.0),
    ]
    kept = [
        marked(tmp_path / f"{PREFIX}living", me, now),
        marked(tmp_path / f"{PREFIX}copied", ended.pid, now, f"{PREFIX}abc"),
        marked(tmp_path / "mine", ended.pid, now),
        tmp_path / f"{PREFIX}2025-backup",
        tmp_path / f"{PREFIX}{ended.pid}-backup",
        tmp_path / f"{PREFIX}99999999-kernels",
        tmp_path / f"{PREFIX}broken",
    ]
    for folder in kept[3:]:
        folder.mkdir()
        (folder / "survey.xlsx").write_text("answers")
    for number, text in enumerate(("{", "[]", "{}", '{"process": "a", "started": 1}')):
        (kept[-1] / MARKER).write_text(text)
        sweep(tmp_path)
        assert kept[-1].exists(), number
    if os.name == "posix":
        away = marked(tmp_path / "elsewhere", ended.pid, now, f"{PREFIX}link")
        (tmp_path / f"{PREFIX}link").symlink_to(away)
        kept.append(away / "t" / "answers.csv")
    sweep(tmp_path)
    assert not any(folder.exists() for folder in gone)
    assert all(folder.exists() for folder in kept)


def test_what_kernels_write_for_a_while_goes_with_the_run(
    kind: str, temporary: Path, tmp_path: Path
) -> None:
    cell = "import tempfile\nprint(tempfile.mkstemp()[1])"
    each = notebook(tmp_path / "notebooks", "11_a", cell)
    with open_pool(1, tmp_path / "notebooks", [each]) as pool:
        (path,) = run([each], tmp_path, pool)
        assert Path(path.strip()).is_relative_to(pool.runtime.folder)
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="Windows has no Unix sockets for kernels")
def test_a_long_temporary_folder_is_avoided(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    long = tmp_path / ("long" * 30)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))
    runtime = Runtime()
    assert len(str(runtime.new())) < 90
    runtime.remove()
