"""JupyterLab for real: an analyst changes a title, runs all cells, sees the draft, publishes."""

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

import pytest

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CITY, YEAR = "isehara", 2024
NAME = "30_figures_progress"
TITLE = "進みぐあいの題を変えた"
PATIENCE_MS = 180_000

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, once published, its notebooks opened for the edition."""
    folder = tmp_path_factory.mktemp("browser")
    for name in ("src", "notebooks", f"data/raw/{CITY}"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "requirements.txt", folder)
    path = folder / "notebooks" / f"{NAME}.ipynb"
    text = path.read_text(encoding="utf-8")
    text = text.replace('\\"mihon\\"', f'\\"{CITY}\\"').replace("int = 2025", f"int = {YEAR}")
    path.write_text(text, encoding="utf-8")
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


def environment(project: Path) -> dict[str, str]:
    told = {"CITYPROMO_ROOT": str(project), "PYTHONPATH": str(project / "src"), "PYTHONUTF8": "1"}
    return os.environ | told


@pytest.fixture
def address(project: Path) -> Iterator[str]:
    """JupyterLab as ``make lab`` starts it, without opening a browser of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"]
    options = [f"--port={port}", "--IdentityProvider.token=", "--ServerApp.port_retries=0"]
    log = (project / "jupyter.log").open("w")
    with (
        log,
        subprocess.Popen(
            [*command, *options, f"--notebook-dir={project}"],
            cwd=project,
            env=environment(project),
            stdout=log,
            stderr=log,
        ) as server,
    ):
        url = f"http://127.0.0.1:{port}"
        wait_for(url, server, project / "jupyter.log")
        yield url
        server.terminate()


def wait_for(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/api"):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(log.read_text())


@pytest.mark.skipif(
    not os.environ.get("CITYPROMO_BROWSER"),
    reason="hung in a fresh clone on 2026-11-22, cause unknown; CITYPROMO_BROWSER=1 runs it",
)
def test_a_title_changed_by_hand_is_drafted_and_then_published(project, address):
    from playwright.sync_api import sync_playwright

    draft = project / "reports" / "_draft" / CITY / str(YEAR) / "figures" / "progress.txt"
    published = project / "reports" / CITY / str(YEAR) / "figures" / "progress.txt"
    old = published.read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{address}/lab/tree/notebooks/{NAME}.ipynb?reset")
        # The cell of the figure: its last argument gets a title beside it.
        cell = page.locator(".jp-CodeCell", has_text="progress(").last
        cell.locator(".cm-line", has_text="groups=groups").click()
        page.keyboard.press("End")
        page.keyboard.insert_text(f' title="{TITLE}",')
        page.get_by_role("menuitem", name=re.compile("^Run$")).click()
        page.get_by_role("menuitem", name=re.compile("^Run All Cells$")).click()
        picture = cell.locator(".jp-OutputArea-output img, .jp-OutputArea-output svg").first
        picture.wait_for()
        box = picture.bounding_box()
        said = cell.locator(".jp-OutputArea").inner_text()
        page.keyboard.press("Control+s")
        saved = project / "notebooks" / f"{NAME}.ipynb"
        page.wait_for_timeout(500)
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while TITLE not in saved.read_text(encoding="utf-8") and time.monotonic() < deadline:
            page.wait_for_timeout(200)
        browser.close()
    assert box is not None and box["width"] > 300
    assert f"citypromo run {CITY} {YEAR}" in said
    assert draft.read_text(encoding="utf-8").startswith(TITLE)
    assert published.read_text(encoding="utf-8") == old
    done = citypromo(project, "run", CITY, str(YEAR))
    assert done.returncode == 0, done.stderr
    assert re.findall(r"○ (\w+)", done.stdout) == [NAME]
    assert published.read_text(encoding="utf-8").startswith(TITLE)
    assert not draft.exists()
