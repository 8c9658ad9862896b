"""Every way a notebook can fail: three lines, the real heading, and the notebook is kept."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from kernel_notebooks import KIND_PARAMETERS, LINUX_ONLY, notebook, run

from helpers.cli import main
from helpers.pipeline import execution
from helpers.pipeline.execution import Failure, Reader, execute, explained
from helpers.pipeline.kernels import open_pool

pytestmark = pytest.mark.usefixtures("whole")
CALM = ("print(city)", "## 準備", "1 + 1")
AFTER = ("## その後", "print('never')")
BROKEN = {
    "ZeroDivisionError: division by zero": "1 / 0",
    "シェルの行「false」が失敗しました（終了コード 1）。": "!false",
    "シェルの行「exit 3」が失敗しました（終了コード 3）。": "lines = !exit 3",
    "カーネル（Python）が途中で終了しました。": "import os\nos.kill(os.getpid(), 9)",
    "1つのセルが 5 秒を超えました。": "import time\ntime.sleep(60)",
    "調査票.xlsx: 年齢が空です。": (
        "from helpers.problems import InputError, Problem\n"
        "raise InputError(Problem('調査票.xlsx', '年齢が空です'))"
    ),
}
FULL = "ディスクがいっぱいで、書き込めません。"


@pytest.fixture(params=KIND_PARAMETERS)
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("CITYPROMO_KERNELS", request.param)
    return str(request.param)


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose one edition has one notebook, ``11_broken``, yet to be written."""
    raw = tmp_path / "data" / "raw" / "mihon" / "2025"
    raw.mkdir(parents=True)
    names = "name: {ja: 見本市, en: Mihon}\nreport: {ja: 報告書, en: Report}\n"
    text = f'city: mihon\nfiscal_year: 2025\ncode: "990001"\n{names}sources: {{}}\n'
    (raw / "edition.yml").write_text(f"{text}notebooks: [11_broken]\n", encoding="utf-8")
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    return tmp_path


def errors_of(executed: Path) -> list[tuple[str, str]]:
    """Names of the errors in an executed notebook, with the first line of their cells."""
    cells = nbformat.read(executed, as_version=4).cells
    return [
        (output.ename, cell.source.partition("\n")[0])
        for cell in cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "error"
    ]


def test_every_failure_is_told_with_its_heading(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    with open_pool(1, folder) as pool:
        for number, (what, cell) in enumerate(BROKEN.items()):
            each = notebook(folder, f"1{number}_broken", *CALM, "## ここで\n\n文", cell, *AFTER)
            output = tmp_path / each.path.name
            monkeypatch.setattr(execution, "CELL_TIMEOUT_S", 5 if "秒" in what else 600)
            failure = execute(each, {"city": "見本"}, output, pool).failure
            assert failure is not None, what
            assert (failure.notebook, failure.heading) == (each.name, "ここで")
            assert str(failure.what) == what
            assert len(str(failure).splitlines()) == 3
            ((_, source),) = errors_of(output)
            assert source == cell.partition("\n")[0]
            assert "never" not in output.read_text(encoding="utf-8").replace("'never'", "")
        run([notebook(folder, "19_calm", *CALM)], tmp_path, pool)
    assert capfd.readouterr() == ("", "")


@LINUX_ONLY
def test_full_disk(tmp_path: Path) -> None:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    writes = 'with open("/dev/full", "w") as file:\n    file.write("a")'
    parquet = 'import pandas as pd\npd.DataFrame({"a": [1]}).to_parquet("/dev/full")'
    picture = (
        'import matplotlib.pyplot as plt\nplt.plot([1]); plt.savefig("/dev/full", format="png")'
    )
    with open_pool(1, folder) as pool:
        for cell in (writes, parquet, picture):
            each = notebook(folder, "11_full", "## 書く", cell)
            failure = execute(each, {"city": "x"}, tmp_path / "o.ipynb", pool).failure
            assert failure == Failure("11_full", "書く", *execution.DISK_FULL)
        calm = notebook(folder, "12_calm", "## 見る", "1 + 1")
        output = tmp_path / "full.ipynb"
        output.symlink_to("/dev/full")
        failure = execute(calm, {"city": "x"}, output, pool).failure
        assert failure == Failure("12_calm", "見る", *execution.DISK_FULL)
        assert not output.exists()


def test_a_failed_run_ends_with_status_1_and_keeps_the_notebook(
    edition: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    notebook(edition / "notebooks", "11_broken", *CALM, "## ここで", "!false", *AFTER)
    report = edition / "reports" / "mihon" / "2025" / "index.html"
    report.parent.mkdir(parents=True)
    report.write_text("the last good report", encoding="utf-8")
    assert main(["run", "mihon", "2025"]) == 1
    told = capfd.readouterr().err.strip().splitlines()
    assert told[0] == "11_broken「ここで」で止まりました。"
    assert told[1] == "シェルの行「false」が失敗しました（終了コード 1）。"
    assert told[2].startswith("→ ")
    kept = edition / "reports" / "_failed" / "mihon" / "2025" / "11_broken.ipynb"
    assert errors_of(kept) == [("CalledProcessError", "!false")]
    assert report.read_text(encoding="utf-8") == "the last good report"


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as a Unix signal")
def test_ctrl_c(kind: str, edition: Path) -> None:
    # Who starts the tests in the background has them ignore Ctrl-C, and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # A notebook writes nothing into its project; no other test looks for this file.
    mark = edition.with_name(f"{edition.name}-started")
    cell = f"import time\nopen({str(mark)!r}, 'w').close()\ntime.sleep(600)"
    notebook(edition / "notebooks", "11_broken", *CALM, "## 長い計算", cell, *AFTER)
    with subprocess.Popen(
        [sys.executable, "-m", "helpers.cli", "run", "mihon", "2025"],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        deadline = time.monotonic() + 60
        while not mark.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        # As a terminal does: to all processes of its foreground group.
        os.killpg(process.pid, signal.SIGINT)
        try:
            told = process.communicate(timeout=60)[1].strip().splitlines()
        finally:
            process.kill()
    assert process.returncode == 1
    assert told[:2] == ["11_broken「長い計算」で止まりました。", "Ctrl-C で中断しました。"]
    assert told[2].startswith("→ ")
    kept = edition / "reports" / "_failed" / "mihon" / "2025" / "11_broken.ipynb"
    assert errors_of(kept) == [("DeadKernelError", "import time")]


def test_the_last_heading_of_a_cell_counts_and_code_has_none() -> None:
    said = []
    reader = Reader(lambda number, heading: said.append((number, heading)))
    cells = [
        ("code", "# no heading"),
        ("markdown", "text"),
        ("markdown", "# 章\n\n## 節 ##\n#hashtag"),
        ("code", "1"),
    ]
    for number, (kind, source) in enumerate(cells):
        reader(nbformat.NotebookNode(cell_type=kind, source=source), number)
    assert said == [(0, "（冒頭）"), (1, "（冒頭）"), (2, "節"), (3, "節")]


def test_a_long_error_is_one_line_and_problems_are_all_shown() -> None:
    assert explained("ValueError", "a\nb", "11_x")[0].ja == "ValueError: a"
    assert explained("InputError", "a\nb", "11_x")[0].ja == "a\nb"
    assert explained("OSError", "[Errno 28] No space left on device", "11_x")[0].ja == FULL
    assert explained("OSError", "[Errno 2] No such file", "11_x")[0].ja.startswith(
        "OSError: [Errno 2]"
    )
