"""What an analyst does in JupyterLab, in a process of its own: a browser that hangs can be ended.

    python analyst.py ADDRESS NOTEBOOK TITLE CHROMIUM

Opens the notebook, writes a title (as Python has it) into the figure's cell, runs all cells, saves; prints what was
seen as JSON: the picture's width in pixels and what the figure's cell printed.
"""

import contextlib
import json
import re
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, TimeoutError, sync_playwright

PATIENCE_MS = 200_000


def edit(page: Page, address: str, notebook: Path, title: str) -> dict[str, object]:
    page.goto(f"{address}/lab/tree/notebooks/{notebook.name}?reset")
    # Cells that run before the kernel is there may ask which kernel to take.
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()
    # The cell of the figure: its first argument gets a title beside it.
    cell = page.locator(".jp-CodeCell", has_text="progress(").last
    cell.locator(".cm-line", has_text=re.compile(r"^\s*rows,$")).click()
    page.keyboard.press("End")
    page.keyboard.insert_text(f" title={title},")
    run_all(page)
    picture = cell.locator(".jp-OutputArea-output img, .jp-OutputArea-output svg").first
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    said = cell.locator(".jp-OutputArea").inner_text()
    page.keyboard.press("Control+s")
    deadline = time.monotonic() + PATIENCE_MS / 1000
    written = json.dumps(title, ensure_ascii=False)[1:-1]
    while written not in notebook.read_text(encoding="utf-8") and time.monotonic() < deadline:
        page.wait_for_timeout(200)
    return {"width": box["width"] if box else 0, "said": said}


def run_all(page: Page) -> None:
    """Run all cells by the menu; on a busy machine a menu that is being drawn can lose a click."""
    begun = page.locator(".jp-CodeCell .jp-InputPrompt", has_text=re.compile(r"\[(\*|\d+)\]"))
    for _ in range(10):
        page.get_by_role("menuitem", name=re.compile("^Run$")).click()
        page.get_by_role("menuitem", name=re.compile("^Run All Cells$")).click()
        with contextlib.suppress(TimeoutError):
            begun.first.wait_for(timeout=PATIENCE_MS / 20)
            return
        page.keyboard.press("Escape")


def all_cells_there(folder: Path) -> dict[str, str]:
    """Variables for a JupyterLab that holds all cells in its page, not only those near the eye."""
    settings = folder / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('{"windowingMode": "none"}', encoding="utf-8")
    return {"JUPYTERLAB_SETTINGS_DIR": str(folder)}


def main(address: str, notebook: str, title: str, chromium: str) -> None:
    # Containers give /dev/shm too little room for a browser, which then dies without a word.
    options = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(PATIENCE_MS)
        try:
            seen = edit(page, address, Path(notebook), title)
        except TimeoutError:
            print(page.locator("body").inner_text(), file=sys.stderr)
            raise
        print(json.dumps(seen), flush=True)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
