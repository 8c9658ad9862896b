"""Make any number of fictional municipalities with raw files as large and untidy as real ones.

They are 見本市 (``tools/make_mihon.py``) with another name, size, mood and random stream: a
resident survey as its vendor delivers it (another mess every year), monitors, event guests,
register, statistics, printed tables. The same seed writes the same bytes. All of it is 架空データ.

    python tools/make_municipalities.py /tmp/many 26               # 26 cities, 2023 to 2025
    python tools/make_municipalities.py /tmp/many 200 --years 1 --spoiled 5
    cd /tmp/many && citypromo batch --all

The folder is a project of its own (notebooks and helpers are copied), outside git.
"""

import argparse
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import make_mihon
from mihon.questionnaire import YEARS
from municipalities.municipality import Municipality, drawn
from municipalities.rewriting import rewrite
from municipalities.substitution import in_place_of_mihon

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "data" / "raw" / "mihon"


def make(root: Path, count: int, years: int = 3, spoiled: int = 0, seed: int = 1) -> None:
    """Write a project with ``count`` municipalities.

    Args:
        root: the project's folder.
        count: how many municipalities.
        years: how many editions of each, the last ones of 2023 to 2025.
        spoiled: how many have a fault that their newest edition must fail with.
        seed: of everything that is drawn.
    """
    copy_project(root)
    for number in range(1, count + 1):
        make_one(root, drawn(number, seed), YEARS[-years:], spoil=number <= spoiled)


def make_one(root: Path, city: Municipality, years: tuple[int, ...], spoil: bool) -> None:
    """Write all raw files of one municipality."""
    folder = root / "data" / "raw" / city.id
    shutil.rmtree(folder, ignore_errors=True)
    with in_place_of_mihon(city):
        make_mihon.make(folder)
    for year in YEARS:
        place = folder / str(year)
        if year not in years:
            shutil.rmtree(place, ignore_errors=True)
            continue
        for name in ("edition.yml", "codebook.yml"):
            shutil.copy(SOURCE / str(year) / name, place)
        rewrite(place, city, year)
        if year == years[0]:
            without_history(place / "edition.yml")
    if spoil:
        # A vendor's file that did not come: an analyst must act.
        next((folder / str(years[-1])).glob("*市民意識調査*.xlsx")).unlink()


def without_history(path: Path) -> None:
    """Leave out the notebooks that need the year before: 2023, the first edition, has none."""
    first = (SOURCE / str(YEARS[0]) / "edition.yml").read_text(encoding="utf-8").splitlines()
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("  - ") or line.rstrip() in first]
    path.write_text("".join(kept), encoding="utf-8", newline="\n")


def copy_project(root: Path) -> None:
    """Notebooks, helpers and lock of this checkout."""
    for name in ("src", "notebooks"):
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", ".ipynb_checkpoints")
        shutil.rmtree(root / name, ignore_errors=True)
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    shutil.copy(ROOT / "requirements.txt", root)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="架空の自治体を、好きな数だけ作ります。")
    parser.add_argument("root", type=Path, help="作る先のフォルダー（git の外）")
    parser.add_argument("count", type=int, help="自治体の数")
    parser.add_argument("--years", type=int, choices=(1, 2, 3), default=3, help="年度版の数")
    parser.add_argument("--spoiled", type=int, default=0, help="元データに欠けのある自治体の数")
    parser.add_argument("--seed", type=int, default=1, help="乱数の種")
    given = parser.parse_args()
    make(given.root, given.count, given.years, given.spoiled, given.seed)


if __name__ == "__main__":
    main()
