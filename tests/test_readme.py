"""What the READMEs, the changelog and the version say is true."""

import re
import tomllib
from pathlib import Path

import pytest

import helpers
from helpers.cli import parser

ROOT = Path(__file__).parents[1]
READMES = [ROOT / "README.md", ROOT / "README.ja.md"]


def commands() -> set[str]:
    """The names that the command line knows."""
    groups = parser()._subparsers._group_actions
    return set(groups[0].choices)


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_every_command_named_exists_and_every_command_is_named(path):
    named = set(re.findall(r"`citypromo ([a-z-]+)", path.read_text(encoding="utf-8")))
    assert named <= commands()
    assert commands() <= named


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_links_and_places_exist(path):
    text = path.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert links
    missing = [link for link in links if not (ROOT / link).exists()]
    assert missing == []
    assert len(text.splitlines()) < 150


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_every_make_target_named_exists(path):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"make ([a-z]+)", path.read_text(encoding="utf-8"))) <= targets


def test_one_version_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\d+\.\d+\.\d+)", changelog, re.MULTILINE)
    assert newest and newest[1] == project["version"] == helpers.__version__
