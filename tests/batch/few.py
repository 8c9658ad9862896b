"""A tiny project with several cities and years; a raw number may tell its run to go wrong."""

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "pipeline"))

import tiny

YEARS = (2024, 2025)
# What a raw file may hold instead of a number: ``bad`` fails the notebook, ``kill`` kills the
# worker each time, ``once`` the first time.
IMPORTS = "import os\nimport psutil\nfrom pathlib import Path"
CLEAN = """\
number = (places.raw / "number.txt").read_text()
project = Path(os.environ["CITYPROMO_PROJECT"])
mark = project.with_name(f"killed-{city}-{fiscal_year}")  # a notebook writes nothing into it
if number == "kill" or number == "once" and not mark.exists():
    import psutil
    mark.touch()
    psutil.Process().parent().kill()  # of a kernel, that is the worker
    import time; time.sleep(60)
if number == "bad":
    raise OSError("架空の失敗")
number = "50.0" if number == "once" else number
places.data_out.mkdir(parents=True, exist_ok=True)
(places.data_out / "table.parquet").write_text(number)"""
HEAD = "city,fiscal_year,indicator,breakdown,group,category,value,printed,unit,n,low,high,basis"
INDICATORS = f"""\
number = (places.data_in("table.parquet") / "table.parquet").read_text()
low, high = float(number) - 3, float(number) + 3
head = "{HEAD},definition,flag,source\\n"
row = [city, fiscal_year, "attachment", "total", "total", "positive", number, number, "%"]
row += [400, low, high, "microdata", "weighted", "", "own"]
(places.data_out / "indicators").mkdir(parents=True, exist_ok=True)
(places.data_out / "indicators" / "all.csv").write_text(head + ",".join(map(str, row)) + "\\n")"""


def make_project(folder: Path, numbers: Mapping[tuple[str, int], str]) -> Path:
    """A project with an edition for each number."""
    project = tiny.make_project(folder)
    for font in (tiny.ROOT / "src/helpers/fonts").glob("*.ttf"):
        shutil.copy(font, project / "src/helpers/fonts")
    tiny.write_notebook(project, "11_clean", CLEAN, IMPORTS)
    tiny.write_notebook(project, "21_indicators", INDICATORS)
    base = (project / "data/raw/mihon/2025/edition.yml").read_text(encoding="utf-8")
    for (city, year), number in numbers.items():
        place = project / "data" / "raw" / city / str(year)
        place.mkdir(parents=True, exist_ok=True)
        text = base.replace("city: mihon", f"city: {city}").replace("2025", str(year))
        (place / "edition.yml").write_text(text, encoding="utf-8")
        (place / "number.txt").write_text(number)
    if ("mihon", 2025) not in numbers:
        for path in sorted((project / "data/raw/mihon").rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        (project / "data/raw/mihon").rmdir()
    return project


def published(project: Path, city: str, year: int) -> dict[str, bytes]:
    """Every file that a run publishes, without what says when it ran: log, manifest, cell times."""
    folders = [project / top / city / str(year) for top in ("reports", "data/processed")]
    return {
        path.relative_to(project).as_posix(): timeless(path)
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("run.log", "manifest.json")
    }


def timeless(path: Path) -> bytes:
    """A file's bytes; of a notebook all but what papermill draws or times anew."""
    if path.suffix != ".ipynb":
        return path.read_bytes()
    content = json.loads(path.read_text(encoding="utf-8"))
    for part in (content, *content["cells"]):
        for key in ("papermill", "execution"):
            part["metadata"].pop(key, None)
        if "injected-parameters" in part["metadata"].get("tags", []):
            part.pop("id", None)  # drawn anew each time
    return json.dumps(content, ensure_ascii=False).encode()
