"""What an analyst does in JupyterLab, in a process of its own: a browser that hangs can be ended.

    python analyst.py ADDRESS NOTEBOOK TITLE CHROMIUM

Opens the notebook, writes a title (as Python has it) into the figure's cell, runs all cells, saves; prints what was
seen as JSON: the picture's width in pixels and what the figure's cell printed.
"""

import json
import re
import sys
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

PATIENCE_MS = 120_000


def edit(page: Page, address: str, notebook: Path, title: str) -> dict[str, object]:
    page.goto(f"{address}/lab/tree/notebooks/{notebook.name}?reset")
    # The cell of the figure: its first argument gets a title beside it.
    cell = page.locator(".jp-CodeCell", has_text="progress(").last
    cell.locator(".cm-line", has_text=re.compile(r"^\s*rows,$")).click()
    page.keyboard.press("End")
    page.keyboard.insert_text(f" title={title},")
    page.get_by_role("menuitem", name=re.compile("^Run$")).click()
    page.get_by_role("menuitem", name=re.compile("^Run All Cells$")).click()
    picture = cell.locator(".jp-OutputArea-output img, .jp-OutputArea-output svg").first
    scroll_to(page, picture)
    picture.wait_for()
    box = picture.bounding_box()
    said = cell.locator(".jp-OutputArea").inner_text()
    page.keyboard.press("Control+s")
    deadline = time.monotonic() + PATIENCE_MS / 1000
    written = json.dumps(title, ensure_ascii=False)[1:-1]
    while written not in notebook.read_text(encoding="utf-8") and time.monotonic() < deadline:
        page.wait_for_timeout(200)
    return {"width": box["width"] if box else 0, "said": said}


def scroll_to(page: Page, wanted: Locator) -> None:
    """Scroll through the notebook as a person does: JupyterLab holds only what is near the eye."""
    panel = page.locator(".jp-WindowedPanel-outer").first
    deadline = time.monotonic() + PATIENCE_MS / 1000
    share = 0
    while not wanted.is_visible() and time.monotonic() < deadline:
        panel.evaluate("(panel, share) => panel.scrollTop = panel.scrollHeight * share / 10", share)
        page.wait_for_timeout(500)
        share = (share + 1) % 10
    wanted.scroll_into_view_if_needed()


def main(address: str, notebook: str, title: str, chromium: str) -> None:
    # Containers give /dev/shm too little room for a browser, which then dies without a word.
    options = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(PATIENCE_MS)
        seen = edit(page, address, Path(notebook), title)
        print(json.dumps(seen), flush=True)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
