"""The tutorial followed word for word, in both languages, on a copy of the project.

Run are the commands that stand there, JupyterLab in a real browser; what the pages quote must be
said, what they promise must be there. Mihon has one notebook of figures here instead of all: the
pages name no other, and a minute of drawing is saved.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "tests" / "browser")]

from following import Step, follow, there  # noqa: E402
from test_jupyterlab import CHROMIUM, edit_in_browser, jupyterlab  # noqa: E402
from tutorial_page import Item, items, unsaid  # noqa: E402

LOCALES = {"ja": "ja_JP.UTF-8", "en": "en_US.UTF-8"}
# Notebooks of 2025 that these pages can do without: all figures but one, and one of stage 2.
LEFT_OUT = re.compile(r"  - (?!30_figures_progress$)(3|26)")


def environment(project: Path, lang: str) -> dict[str, str]:
    told = {"CITYPROMO_ROOT": str(project), "PYTHONPATH": str(project / "src"), "PYTHONUTF8": "1"}
    return {**os.environ, **told, "LC_ALL": LOCALES[lang], "OMP_NUM_THREADS": "1"}


def typed(project: Path, item: Item, lang: str) -> str:
    """What the commands of a block say; each must end as the page says."""
    said = ""
    for line in item.text.splitlines():
        assert line.startswith("$ citypromo "), line
        done = subprocess.run(
            [sys.executable, "-m", "helpers.cli", *line.split()[2:]],
            cwd=project,
            env=environment(project, lang),
            capture_output=True,
            encoding="utf-8",
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=600,
        )
        said += done.stdout + done.stderr
        assert done.returncode == item.status, f"{line}\n{said}"
    return said


def in_jupyterlab(project: Path, item: Item) -> dict[str, Any]:
    """The edit of a ``diff`` block by hand; what was seen."""
    title = re.findall("title=(.+),$", item.text, re.MULTILINE)[0]
    with jupyterlab(project, environment(project, "ja")) as address:
        return edit_in_browser(address, project / item.path, title)


@dataclass
class Followed:
    """What became of the two pages: quotes not said, promises not kept or kept too early."""

    project: Path
    unsaid: list[tuple[str, str]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    early: list[str] = field(default_factory=list)
    lab: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with Mihon alone, its history up to 2024, and few figures to draw in 2025."""
    folder = tmp_path_factory.mktemp("tutorial")
    history = [f"data/processed/mihon/{year}/indicators" for year in (2023, 2024)]
    for name in ("src", "notebooks", "data/raw/mihon", *history):
        ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "requirements.txt", folder)
    path = folder / "data" / "raw" / "mihon" / "2025" / "edition.yml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if not LEFT_OUT.match(x)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def followed(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Followed:
    result = Followed(project)
    pages = list(zip(items("ja"), items("en"), strict=True))
    promised = [ja for ja, _ in pages if ja.kind == "promise"]
    result.early = [p.path for p in promised if there(project, p.path, p.text)]
    said = {"ja": "", "en": ""}
    other = project
    for number, (ja, en) in enumerate(pages):
        if ja.kind == "console":
            quotes = [page.text for page in pages[number + 1]]
            if quotes[0] != quotes[1]:  # on a copy as it is now: a command may change things
                other = tmp_path_factory.mktemp("english") / "project"
                shutil.copytree(project, other)
                said["en"] = typed(other, en, "en")
            said["ja"] = typed(project, ja, "ja")
            if quotes[0] == quotes[1]:
                other, said["en"] = project, said["ja"]
        elif ja.kind == "text":
            found = {lang: unsaid(item.text, said[lang]) for lang, item in (("ja", ja), ("en", en))}
            result.unsaid += [(lang, line) for lang, line in found.items() if line]
        elif ja.kind == "diff":
            other = project
            if CHROMIUM:
                result.lab = in_jupyterlab(project, ja)
            else:
                follow(project, Step("diff", ja.path, ja.text))
        elif ja.kind == "promise" and (CHROMIUM or "_draft" not in ja.path):
            places = ((project, ja), (other, en))
            result.broken += [p.path for at, p in places if not there(at, p.path, p.text)]
    return result


def test_both_languages_say_the_same_steps():
    def steps(lang: str) -> list[tuple[str, ...]]:
        same = ("console", "diff", "lab")
        found = items(lang)
        return [(i.kind, i.path, i.text if i.kind in same else "", str(i.status)) for i in found]

    assert steps("ja") == steps("en")
    assert len([1 for step in steps("ja") if step[0] == "console"]) >= 10


def test_what_the_pages_quote_is_said(followed):
    assert followed.unsaid == []


def test_what_the_pages_promise_is_there_and_was_not_before(followed):
    assert followed.early == []
    assert followed.broken == []


def test_the_draft_is_gone_once_it_is_published(followed):
    drafts = followed.project / "reports" / "_draft" / "mihon" / "2025"
    assert not (drafts / "figures" / "progress.txt").exists()


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_what_is_seen_in_jupyterlab(followed):
    quoted = [item.text.strip() for item in items("ja") if item.kind == "lab"]
    assert quoted
    assert [line for line in quoted if line not in followed.lab["said"]] == []
    assert followed.lab["width"] > 300
