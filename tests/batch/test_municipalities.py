"""The maker of fictional municipalities: the same seed, the same bytes; none is 見本市."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import make_municipalities
import mihon.people
from helpers.check.examination import examine
from municipalities.municipality import drawn

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("many")
    small = next(drawn(n, 1) for n in range(1, 99) if drawn(n, 1).sent < 400)
    for place in (root, root / "again"):
        make_municipalities.make_one(place, small, (2025,), spoil=False)
    (root / "notebooks").mkdir()
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        (root / "notebooks" / path.name).touch()
    return root


def contents(root: Path) -> dict[str, bytes]:
    raw = root / "data" / "raw"
    return {p.relative_to(raw).as_posix(): p.read_bytes() for p in raw.rglob("*") if p.is_file()}


def test_the_same_seed_the_same_bytes(root):
    assert contents(root) == contents(root / "again")
    assert len(contents(root)) == 14
    assert mihon.people.SENT_PER_DISTRICT == 750  # what was exchanged is back


def test_it_is_fictional_and_says_so(root):
    (folder,) = (root / "data" / "raw").glob("*/2025")
    texts = {p: p.read_bytes().decode("utf-8", "ignore") for p in folder.iterdir()}
    configuration = texts[folder / "edition.yml"]
    assert "fictional: true" in configuration
    assert "架空データ" in configuration
    assert not [path for path, text in texts.items() if "見本市" in text]


def test_its_raw_files_are_read_without_complaint(root, monkeypatch):
    monkeypatch.setenv("CITYPROMO_ROOT", str(root))
    (folder,) = (root / "data" / "raw").glob("*/2025")
    found = examine(folder.parent.name, 2025)
    assert [p for p in found.problems if p.severity == "error"] == []


def test_sizes_differ_as_those_of_real_cities_do():
    scales = sorted(drawn(number, 1).scale for number in range(1, 1742))
    assert scales[0] < 0.1
    assert scales[-1] > 5
    assert 0.3 < scales[len(scales) // 2] < 0.7
