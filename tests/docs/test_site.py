"""The documentation's site: built without a warning, whole, off line, and true where it counts."""

import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
sys.path.insert(0, str(ROOT / "tools"))

from catalogue import PAGES, page  # noqa: E402
from helpers.cli import parser  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NAMES = sorted(path.stem for path in DOCS.glob("*.md"))
OWN = ("index", "tutorial", "methods", "security", "architecture", "decisions", "rap")
# Mentioned as what will be there, or as where a run writes.
MADE = ("data/raw/mihon/2026", "data/processed/mihon/2025/indicators/survey.csv", "docs/_build")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
    doctrees = tmp_path_factory.mktemp("doctrees")
    done = subprocess.run(
        [*command, "-d", str(doctrees), str(DOCS), str(folder)],
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "1"},  # Sphinx stops at an unknown locale
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return folder


class Seen(HTMLParser):
    """What a page loads, where it links to, and the places in it."""

    def __init__(self, path: Path):
        super().__init__()
        self.lang = ""
        self.loads: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        said = {name: value or "" for name, value in attrs}
        self.lang = said.get("lang", "") if tag == "html" else self.lang
        self.ids |= {said[name] for name in ("id", "name") if name in said}
        if "src" in said:
            self.loads.append(said["src"])
        if "href" in said:
            (self.loads if tag == "link" else self.links).append(said["href"])


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Seen]:
    return {path: Seen(path) for path in sorted(site.rglob("*.html"))}


def test_nothing_is_loaded_from_a_server(site, pages):
    far = re.compile(r"^(https?:)?//")
    loads = [load for seen in pages.values() for load in seen.loads]
    assert len(loads) > len(pages)
    assert [load for load in loads if far.match(load)] == []
    for sheet in site.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^)]*", text) == [], sheet


def test_no_link_is_dead(site, pages):
    dead = []
    for path, seen in pages.items():
        for link in [*seen.links, *seen.loads]:
            target, anchor = urldefrag(link)
            if "://" in target or target.startswith(("mailto:", "data:")):
                continue
            file = (path.parent / unquote(target.partition("?")[0])).resolve() if target else path
            known = pages.get(file)
            if not file.is_file() or (anchor and known and unquote(anchor) not in known.ids):
                dead.append((path.relative_to(site).as_posix(), link))
    assert dead == []


def test_every_page_is_there_in_both_languages_and_says_which(site, pages):
    assert sorted(path.stem for path in (DOCS / "ja").glob("*.md")) == NAMES
    for name in NAMES:
        english, japanese = pages[site / f"{name}.html"], pages[site / "ja" / f"{name}.html"]
        assert (english.lang, japanese.lang) == ("en", "ja")
        assert f"ja/{name}.html" in english.links
        assert f"../{name}.html" in japanese.links


def test_a_line_of_japanese_does_not_end_with_a_space(site):
    for path in (site / "ja").glob("*.html"):
        text = re.sub("<pre>.*?</pre>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert re.findall(r"[^\x00-\x7f]\n[^\x00-\x7f]", text) == [], path.name


def test_notebooks_are_shown_as_executed(site, pages):
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    folder = site / "ja" / "notebooks"
    shown = {path.stem for path in folder.glob("*.html")}
    assert shown == {path.stem for path in notebooks} | {"index"}
    for path in notebooks:
        kept = json.loads((ROOT / f"tests/notebooks/{path.stem}.json").read_text(encoding="utf-8"))
        data = [output.get("data", {}) for outputs in kept.values() for output in outputs]
        pictures = [load for load in pages[folder / f"{path.stem}.html"].loads if ".svg" in load]
        assert len(pictures) == sum("image/svg+xml" in d for d in data), path.stem
        text = (folder / f"{path.stem}.html").read_text(encoding="utf-8")
        tables = sum("text/html" in d and "image/svg+xml" not in d for d in data)
        assert text.count('class="dataframe"') == tables, path.stem


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_a_browser_asks_nobody_and_everybody_can_read_it(site):
    options = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        view = browser.new_page()
        view.on("request", lambda request: asked.append(request.url))
        for name in ("index", "ja/tutorial", "ja/methods", "catalogue", "architecture"):
            view.goto((site / f"{name}.html").as_uri())
            found = Axe().run(view).response["violations"]
            bad = [v for v in found if v["impact"] in ("serious", "critical")]
            assert [(v["id"], v["nodes"][0]["html"]) for v in bad] == [], name
        browser.close()
    assert len(asked) > 5
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


@pytest.mark.parametrize("name", ["tutorial", "methods", "security", "catalogue"])
def test_both_languages_have_the_same_parts(name):
    texts = [(DOCS / folder / f"{name}.md").read_text(encoding="utf-8") for folder in ("", "ja")]
    parts = [[len(mark) for mark in re.findall("^#+", text, re.MULTILINE)] for text in texts]
    rows = [len(re.findall(r"^[|>-]", text, re.MULTILINE)) for text in texts]
    assert parts[0] == parts[1]
    assert rows[0] == rows[1]


@pytest.mark.parametrize("lang", PAGES)
def test_the_catalogue_is_what_its_tool_writes(lang):
    written = PAGES[lang].read_text(encoding="utf-8")
    assert written == page(lang), "run: python tools/catalogue.py"


@pytest.mark.parametrize("folder", ["", "ja"])
@pytest.mark.parametrize("name", OWN)
def test_what_a_page_names_is_there(folder, name):
    text = (DOCS / folder / f"{name}.md").read_text(encoding="utf-8")
    found = re.findall(r"`((?:src|tests|tools|data|notebooks|\.github)/[^`]*)`", text)
    plain = [path for path in found if not re.search(r"[*<…]", path)]
    gone = [p for p in plain if not (ROOT / p).exists() and not p.startswith(MADE)]
    assert gone == []
    commands = set(parser()._subparsers._group_actions[0].choices)
    assert set(re.findall(r"(?:`|\$ )citypromo ([a-z-]+)", text)) <= commands
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", text)) <= targets


def test_the_drawing_has_words_and_every_room():
    text = (DOCS / "architecture.svg").read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    assert root.get("role") == "img"
    title, description = (root.find(f"{{*}}{tag}").text or "" for tag in ("title", "desc"))
    assert title and len(description) > 200
    texts = [text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text")]
    drawn = set(re.findall(r"\w+", " ".join(texts)))
    rooms = {path.stem for path in (ROOT / "src" / "helpers").iterdir() if path.stem[0] != "_"}
    assert rooms - drawn == set()
