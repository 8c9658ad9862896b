"""The gallery in a real browser, by keyboard, with a real copy and a real download."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from helpers.report.gallery import gallery
from helpers.report.gallery.words import WORDS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SECONDS = 150
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")


@pytest.fixture(scope="session")
def visited():
    return {}


@pytest.fixture
def visit(reported, previous, visited, tmp_path_factory):
    """What the reader in the browser did, once for all tests."""
    if not visited:
        folder = tmp_path_factory.mktemp("gallery")
        page = reported.folder / "index.html"
        page.write_bytes(gallery(reported, previous, beside=["report.pdf"]).encode())
        script = Path(__file__).with_name("gallery_visit.py")
        command = [sys.executable, str(script), CHROMIUM, str(page), str(folder)]
        visited |= {"folder": folder, **json.loads(said_by(command))}
    return visited


def said_by(command: list[str]) -> str:
    """What a program prints; it and its browser are ended where they hang."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as program:
        try:
            out, errors = program.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            pytest.fail(f"the browser did not answer in {SECONDS} s")
        finally:
            if hasattr(os, "killpg"):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(program.pid, signal.SIGKILL)
        assert program.returncode == 0, errors.decode()
    return out.decode()


@needs_chromium
class TestInABrowser:
    def test_axe_finds_nothing_serious(self, visit):
        found = [visit[name] for name in ("axe", "axe_open", "axe_phone")]
        assert [*found, visit["keyboard"]["english"][2]] == [[], [], [], []]

    def test_no_request_leaves_the_page(self, visit):
        """The page alone is loaded; what a foreign script would try is refused."""
        assert {url.rpartition("/")[2] for url in visit["requests"]} <= {
            "index.html",
            "index.html#figures",
        }
        assert visit["errors"] == []
        assert visit["asked"][:2] == ["refused", "refused"]
        assert visit["asked"][2] == "rgb(26, 26, 26)"
        assert visit["asked"][3] != "taken"

    def test_a_keyboard_is_enough(self, visit):
        said = visit["keyboard"]
        assert said["start"] == ["skip"]
        assert said["skipped_to"] == "figures"
        assert said["opened"] is True

    def test_the_interface_changes_its_language(self, visit):
        said = visit["keyboard"]
        assert said["english"][:2] == ["en", "Mihon FY2025: figures and numbers"]
        assert said["japanese"] == ["ja", "見本市 令和7年度（2025年度） 図と数値"]

    def test_figures_are_filtered_by_words_section_and_status(self, visit):
        said = visit["keyboard"]
        assert said["words"] == [["fig-commuters"], "1"]  # full-width ９ finds 9,840
        assert said["section"] == ["fig-attachment_age", "fig-stay_age"]
        assert said["status"] == ["changed", ["fig-attachment_age"]]

    def test_what_is_saved_is_the_published_file(self, visit, reported):
        first = reported.figures[0]
        for ending in ("png", "svg", "csv"):
            name = visit["keyboard"][ending]
            assert name == first.file(ending).name
            assert (visit["folder"] / name).read_bytes() == first.file(ending).read_bytes()
        with Image.open(visit["folder"] / visit["keyboard"]["png"]) as picture:
            assert picture.text["X-Figure-Key"] == "attachment_age"

    def test_what_is_copied_is_the_picture_and_its_words(self, visit, reported):
        first, said = reported.figures[0], visit["keyboard"]
        with Image.open(first.file("png")) as picture:
            size = {"width": picture.width, "height": picture.height}
        assert said["copied_png"] == {"type": "image/png", **size}
        assert said["copied_alt"] == {"type": "text/plain", "text": first.alt}
        assert said["said_png"] == WORDS["copied"][0]

    def test_a_phone_needs_no_sideways_scrolling(self, visit):
        assert visit["phone_width"] <= 360

    def test_a_phone_shows_the_narrow_drawing_and_paper_the_wide_one(self, visit, reported):
        desk = [how[:2] for how in visit["drawn_desk"]]
        assert [kind for kind, _ in desk] == ["data"] * len(reported.figures)
        # 80 mm in CSS pixels; the other figures have no narrow drawing.
        assert [how[:2] for how in visit["drawn_phone"]] == [["blob", 302], *desk[1:]]
        assert [how[:2] for how in visit["drawn_paper"]] == desk

    def test_no_drawing_is_cut_by_the_end_of_a_page(self, visit):
        assert {how[2] for how in visit["drawn_paper"]} == {"avoid"}

    def test_paper_has_figures_and_no_controls(self, visit):
        printed = {"article img": True, "article h3": True, ".fictional": True}
        assert visit["printed"] == {"#filter": False, "nav": False, ".saves": False, **printed}

    def test_without_a_script_pictures_tables_and_downloads_remain(self, visit):
        there = {"article img": True, "a.save.png": True, "summary": True}
        assert visit["without_script"] == {"#filter": False, "button[data-copy]": False, **there}


def test_the_page_holds_its_files_and_links_the_others(reported, previous):
    page = gallery(reported, previous)
    links = set(re.findall(r'href="(figures/[^"]+)"', page))
    assert links == {
        *(
            f"figures/{figure.stem}.{ending}"
            for figure in reported.figures
            for ending in ("svg", "pdf")
        ),
        *(f"figures/attachment_age_80mm.{ending}" for ending in ("png", "svg", "pdf")),
    }
    assert all((reported.folder / link).exists() for link in links)
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)


def test_texts_are_never_markup(reported):
    page = gallery(reported)
    assert "<b>#x" not in page
    assert "=1+1 &lt;b&gt;#x*y*&lt;/b&gt;" in page
    assert "②&lt;住環境&gt;" in page


def test_a_figure_says_what_became_of_it(reported, previous):
    page = gallery(reported, previous)
    told = dict(re.findall(r'<article id="fig-(\w+)".*?data-status="(\w+)"', page, re.DOTALL))
    assert told == {"attachment_age": "changed", "stay_age": "new", "commuters": "same"}
