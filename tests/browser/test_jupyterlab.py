"""JupyterLab for real: an analyst changes a title, runs all cells, sees the draft, publishes.

The notebook works on the analyst's own city, and git sees the changed line alone.
"""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE
from typing import Any

import psutil
import pytest

from helpers.chosen import TESTED

sys.path.append(str(Path(__file__).parent))
from analyst import all_cells_there

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CITY, YEAR = "isehara", 2024
NAME = "30_figures_progress"
TITLE = "進みぐあいの題を変えた"
PATIENCE_S = 200
ANALYST = Path(__file__).with_name("analyst.py")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, once published, in git, where the edition is chosen."""
    folder = tmp_path_factory.mktemp("browser")
    for name in ("src", "notebooks", f"data/raw/{CITY}"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "requirements.txt", folder)
    for name in (".gitattributes", ".gitignore", "tools/strip_notebooks.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "-q", "-b", "main")
    subprocess.run(
        [sys.executable, "tools/strip_notebooks.py", "--install"], cwd=folder, check=True
    )
    git(folder, "add", ".gitattributes", ".gitignore", "notebooks", "tools")
    git(folder, "commit", "-qm", "release")
    assert citypromo(folder, "use", CITY, str(YEAR)).returncode == 0
    done = citypromo(folder, "run", CITY, str(YEAR))
    assert done.returncode == 0, done.stderr
    return folder


def citypromo(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "helpers.cli", *arguments],
        cwd=project,
        env=environment(project),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )


def git(project: Path, *words: str) -> str:
    person = ["-c", "user.name=a", "-c", "user.email=a"]
    done = subprocess.run(
        ["git", *person, *words], cwd=project, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def environment(project: Path) -> dict[str, str]:
    """As at an analyst's desk: the tests' own sign, by which kernels know them, is taken off."""
    told = {"CITYPROMO_ROOT": str(project), "PYTHONPATH": str(project / "src"), "PYTHONUTF8": "1"}
    return {name: value for name, value in os.environ.items() if name != TESTED} | told


@pytest.fixture
def address(project: Path) -> Iterator[str]:
    with jupyterlab(project, environment(project)) as url:
        yield url


@contextlib.contextmanager
def jupyterlab(project: Path, variables: dict[str, str]) -> Iterator[str]:
    """JupyterLab as ``make lab`` starts it, without opening a browser of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"]
    options = [f"--port={port}", "--IdentityProvider.token=", "--ServerApp.port_retries=0"]
    log, variables = project / "jupyter.log", variables | all_cells_there(project / "lab")
    with (
        log.open("w") as file,
        subprocess.Popen(
            [*command, *options, f"--notebook-dir={project}"],
            cwd=project,
            env=variables,
            stdout=file,
            stderr=file,
        ) as server,
    ):
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url, server, log)
            yield url
        finally:
            end(server)  # a server with a kernel that does not answer would wait for it


def wait_for(url: str, server: "subprocess.Popen[Any]", log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/api"):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(log.read_text())


def test_a_title_changed_by_hand_is_drafted_and_then_published(project, address):
    draft = project / "reports" / "_draft" / CITY / str(YEAR) / "figures" / "progress.txt"
    published = project / "reports" / CITY / str(YEAR) / "figures" / "progress.txt"
    old = published.read_text(encoding="utf-8")
    notebook = project / "notebooks" / f"{NAME}.ipynb"
    seen = edit_in_browser(address, notebook, f'"{TITLE}"')
    assert seen["width"] > 300
    assert f"{CITY} {YEAR}" in first_output(notebook)
    assert f"citypromo run {CITY} {YEAR}" in seen["said"]
    assert draft.read_text(encoding="utf-8").startswith(TITLE)
    assert published.read_text(encoding="utf-8") == old
    done = citypromo(project, "run", CITY, str(YEAR))
    assert done.returncode == 0, done.stderr
    assert re.findall(r"○ (\w+)", done.stdout) == [NAME]
    assert published.read_text(encoding="utf-8").startswith(TITLE)
    assert not draft.exists()
    assert git(project, "diff", "--numstat", "notebooks").split() == [
        *("1", "1"),
        f"notebooks/{NAME}.ipynb",
    ]
    merge_with_a_colleague(project, notebook)


def first_output(notebook: Path) -> str:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    outputs = next(cell["outputs"] for cell in cells if cell["cell_type"] == "code")
    return "".join(line for output in outputs for line in output["text"])


def merge_with_a_colleague(project: Path, notebook: Path) -> None:
    """Somebody else has changed the first cell of the same notebook meanwhile."""
    git(project, "commit", "-qam", "ours")
    git(project, "checkout", "-qb", "colleague", "HEAD~1")
    text = notebook.read_text(encoding="utf-8")
    assert TITLE not in text and '"# ' in text
    notebook.write_text(text.replace('"# ', '"# 同僚の', 1), encoding="utf-8", newline="\n")
    git(project, "commit", "-qam", "theirs")
    git(project, "merge", "-q", "main", "-m", "both")
    text = notebook.read_text(encoding="utf-8")
    assert TITLE in text and "同僚の" in text


def edit_in_browser(address: str, notebook: Path, title: str) -> dict[str, Any]:
    """The analyst's part; a browser that has not answered in time is started once more."""
    command = [sys.executable, str(ANALYST), address, str(notebook), title, str(CHROMIUM)]
    before = notebook.read_bytes()
    said = ""
    for _ in range(2):
        notebook.write_bytes(before)
        with subprocess.Popen(
            command, stdout=PIPE, stderr=PIPE, text=True, encoding="utf-8", start_new_session=True
        ) as analyst:
            try:
                said, errors = analyst.communicate(timeout=2 * PATIENCE_S)
            except subprocess.TimeoutExpired:
                end(analyst)  # the browser is its child and goes with it
                said, errors = analyst.communicate()
        if said:  # it may still hang while closing: what was seen, was seen
            return json.loads(said.splitlines()[0])
    pytest.fail(f"the browser did not get through: {errors}")


def end(process: "subprocess.Popen[Any]") -> None:
    """Kill a process and its children."""
    for child in psutil.Process(process.pid).children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            child.kill()
    process.kill()
