"""What an analyst does in JupyterLab, in a process of its own: a browser that hangs can be ended.

    python analyst.py ADDRESS NOTEBOOK TITLE CHROMIUM

Opens the notebook, writes a title into the figure's cell, runs all cells, saves; prints what was
seen as JSON: the picture's width in pixels and what the figure's cell printed.
"""

import json
import re
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PATIENCE_MS = 120_000


def edit(page: Page, address: str, notebook: Path, title: str) -> dict[str, object]:
    page.goto(f"{address}/lab/tree/notebooks/{notebook.name}?reset")
    # The cell of the figure: its last argument gets a title beside it.
    cell = page.locator(".jp-CodeCell", has_text="progress(").last
    cell.locator(".cm-line", has_text="groups=groups").click()
    page.keyboard.press("End")
    page.keyboard.insert_text(f' title="{title}",')
    page.get_by_role("menuitem", name=re.compile("^Run$")).click()
    page.get_by_role("menuitem", name=re.compile("^Run All Cells$")).click()
    picture = cell.locator(".jp-OutputArea-output img, .jp-OutputArea-output svg").first
    picture.wait_for()
    box = picture.bounding_box()
    said = cell.locator(".jp-OutputArea").inner_text()
    page.keyboard.press("Control+s")
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while title not in notebook.read_text(encoding="utf-8") and time.monotonic() < deadline:
        page.wait_for_timeout(200)
    return {"width": box["width"] if box else 0, "said": said}


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
