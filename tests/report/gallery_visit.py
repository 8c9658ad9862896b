"""A reader in Chromium: opens the gallery, uses it by keyboard alone, says what happened.

Run as a program of its own, so that a browser that hangs can be ended: ``python gallery_visit.py
CHROMIUM PAGE FOLDER`` prints JSON.
"""

import contextlib
import json
import sys
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

PATIENCE_MS = 20_000
CLIPBOARD = """async () => {
  const [item] = await navigator.clipboard.read();
  const type = item.types.find((name) => name.startsWith("image/")) ?? "text/plain";
  const blob = await item.getType(type);
  if (type === "text/plain") return { type, text: await blob.text() };
  const picture = await createImageBitmap(blob);
  return { type, width: picture.width, height: picture.height };
}"""
REACHED = """() => {
  const at = document.activeElement;
  return at.id || at.dataset.copy || at.className || at.tagName;
}"""
# What each figure shows: the drawing in the page or the narrow one, its width, and at which place.
DRAWN = """() => [...document.querySelectorAll("article img")].map((img) =>
  [img.currentSrc.split(":")[0], img.naturalWidth, getComputedStyle(img.closest(".picture")).breakInside])"""
# A section's name may be as long as a sentence.
LONG_NAME = "document.getElementById('section').append(new Option('愛着と居住継続意向'.repeat(9)))"
ASKS = """async () => {
  const picture = new Image();
  picture.src = "figures/commuters.png";
  const loaded = await picture.decode().then(() => "loaded", () => "refused");
  const fetched = await fetch("figures/commuters.csv").then(() => "loaded", () => "refused");
  const style = document.createElement("style");
  style.textContent = "body{color:red}";
  document.head.append(style);
  const script = document.createElement("script");
  script.textContent = "document.title = 'taken'";
  document.head.append(script);
  return [loaded, fetched, getComputedStyle(document.body).color, document.title];
}"""


def serious(page: Page) -> list[str]:
    """What axe finds, serious or critical; also where it could not decide about contrast."""
    found = Axe().run(page).response["violations"]
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:200]}"
        for v in found
        if v["impact"] in ("serious", "critical")
    ]


def tab_to(page: Page, target: str) -> list[str]:
    """Press Tab until an element has the focus; the ways there."""
    way: list[str] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        way.append(page.evaluate(REACHED))
        if way[-1] == target:
            return way
    raise AssertionError(f"Tab does not reach {target}: {way}")


def save(page: Page, folder: Path) -> str:
    with page.expect_download(timeout=PATIENCE_MS) as download:
        page.keyboard.press("Enter")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path.name


def shown(page: Page) -> list[str]:
    return page.locator("article:visible").evaluate_all("found => found.map(a => a.id)")


def drawn(page: Page, kind: str) -> list[list[Any]]:
    """What the figures show, as soon as the first one is of a kind, or after a while."""
    with contextlib.suppress(TimeoutError):
        page.wait_for_function(
            "kind => (img => img.complete && img.currentSrc.startsWith(kind))"
            "(document.querySelector('article img'))",
            arg=kind,
            timeout=5000,
        )
    return page.evaluate(DRAWN)


def by_keyboard(page: Page, folder: Path) -> dict[str, Any]:
    """Skip, switch, filter, save, copy, read: no mouse."""
    said: dict[str, Any] = {"start": tab_to(page, "skip")}
    page.keyboard.press("Enter")
    said["skipped_to"] = page.evaluate(REACHED)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.reload()
    tab_to(page, "language")
    page.keyboard.press("Enter")
    said["english"] = [
        page.evaluate("document.documentElement.lang"),
        page.locator("h1").inner_text(),
        serious(page),
    ]
    page.keyboard.press("Enter")
    said["japanese"] = [
        page.evaluate("document.documentElement.lang"),
        page.locator("h1").inner_text(),
    ]
    tab_to(page, "words")
    page.keyboard.type("港東区　９")
    said["words"] = [shown(page), page.locator("#count").inner_text()]
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    tab_to(page, "section")
    page.keyboard.press("ArrowDown")
    said["section"] = shown(page)
    page.keyboard.press("ArrowUp")
    tab_to(page, "status")
    page.keyboard.press("ArrowDown")
    said["status"] = [page.locator("#status").input_value(), shown(page)]
    page.keyboard.press("ArrowUp")
    for name in ("png", "svg", "csv"):
        tab_to(page, f"save {name}")
        said[name] = save(page, folder)
    for name in ("png", "alt"):
        tab_to(page, name)
        page.keyboard.press("Enter")
        page.locator("article output.said:not(:empty)").first.wait_for()
        page.wait_for_timeout(300)
        said[f"copied_{name}"] = page.evaluate(CLIPBOARD)
        said[f"said_{name}"] = page.locator("article output.said").first.inner_text()
    tab_to(page, "SUMMARY")
    page.keyboard.press("Enter")
    said["opened"] = page.locator("article").first.locator("details").first.evaluate("d => d.open")
    return said


def visit(browser: Browser, address: str, folder: Path) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    requests: list[str] = []
    errors: list[str] = []
    ours = ("data:", "blob:")  # in the page itself
    page.on("request", lambda r: None if r.url.startswith(ours) else requests.append(r.url))
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    said: dict[str, Any] = {"axe": serious(page), "keyboard": by_keyboard(page, folder)}
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    said["axe_open"] = serious(page)
    page.screenshot(path=folder / "desk.png")
    said["drawn_desk"] = drawn(page, "data")
    page.set_viewport_size({"width": 360, "height": 740})
    said["drawn_phone"] = drawn(page, "blob")
    page.evaluate(LONG_NAME)
    said["phone_width"] = page.evaluate("document.documentElement.scrollWidth")
    said["axe_phone"] = serious(page)
    page.emulate_media(media="print")
    parts = ("#filter", "nav", ".saves", "article img", "article h3", ".fictional")
    said["printed"] = {part: page.locator(part).first.is_visible() for part in parts}
    said["drawn_paper"] = drawn(page, "data")
    page.emulate_media(media="screen")
    said |= {"requests": list(requests), "errors": list(errors)}
    said["asked"] = page.evaluate(ASKS)
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(address, timeout=PATIENCE_MS)
    said["without_script"] = {
        part: plain.locator(part).first.is_visible()
        for part in ("#filter", "article img", "a.save.png", "button[data-copy]", "summary")
    }
    return said


if __name__ == "__main__":
    chromium, address, told = sys.argv[1], Path(sys.argv[2]).as_uri(), Path(sys.argv[3])
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"], timeout=PATIENCE_MS
        )
        try:
            print(json.dumps(visit(opened, address, told)))
        finally:
            opened.close()
