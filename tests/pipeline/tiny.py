"""A tiny project with an edition of three notebooks that need nothing but Python: runs are fast.

Every file that a run leaves holds the number in the raw file, so that a mixture of two runs
would be seen.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ROOT = Path(__file__).parents[2]
CITY, YEAR = "mihon", 2025
PARAMETERS = 'city: str = "mihon"\nfiscal_year: int = 2025\nlang: str = "ja"\ncode: str = "011002"'
EDITION = """\
city: mihon
fiscal_year: 2025
name: {ja: 見本市, en: Mihon}
code: "011002"
report: {ja: 報告書, en: Report}
sources:
  own: {ja: 市, en: City}
notebooks: [11_clean, 21_indicators, 31_figures, 32_figures]
deliverables: []
"""
DESK = "from helpers.edition import Edition\nplaces = Edition.open(city, fiscal_year).places"
SHOWN = "print(number)"
CLEAN = """\
number = (places.raw / "number.txt").read_text()
places.data_out.mkdir(parents=True, exist_ok=True)
(places.data_out / "table.parquet").write_text(number)"""
INDICATORS = """\
number = (places.data_in("table.parquet") / "table.parquet").read_text()
(places.data_out / "indicators").mkdir(parents=True, exist_ok=True)
(places.data_out / "indicators" / "all.csv").write_text(number)"""
FIGURES = """\
number = (places.data_in("indicators") / "indicators" / "all.csv").read_text()
places.figures_out.mkdir(parents=True, exist_ok=True)
for ending in ("png", "svg", "pdf", "csv", "txt"):
    (places.figures_out / f"{name}.{ending}").write_text(number)"""


def make_project(folder: Path) -> Path:
    """The project, with a source folder of its own whose helpers may be changed."""
    raw = folder / "data" / "raw" / CITY / str(YEAR)
    raw.mkdir(parents=True)
    (raw / "edition.yml").write_text(EDITION, encoding="utf-8")
    (raw / "number.txt").write_text("0")
    (raw / "claims.yml").write_text("claims: []\n")
    shutil.copytree(
        ROOT / "src",
        folder / "src",
        ignore=shutil.ignore_patterns("*Bold.ttf", "__pycache__", "*.egg*"),
    )
    shutil.copy(ROOT / "requirements.txt", folder)
    write_notebook(folder, "11_clean", CLEAN, "from helpers.rounding import share_half_up")
    write_notebook(folder, "21_indicators", INDICATORS)
    figures = "from helpers.figures.palette_a import name"
    (folder / "src/helpers/figures/palette_a.py").write_text('name = "one"\n')
    (folder / "src/helpers/figures/palette_b.py").write_text('name = "two"\n')
    write_notebook(folder, "31_figures", FIGURES, figures)
    write_notebook(folder, "32_figures", FIGURES, figures.replace("_a", "_b"))
    return folder


def write_notebook(
    project: Path,
    name: str,
    code: str,
    imports: str = "import os",
    desk: str = DESK,
    shown: str = SHOWN,
) -> Path:
    cells = [
        new_markdown_cell("# 題"),
        new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
        new_code_cell(f"{imports}\n{desk}"),
        new_markdown_cell("## 仕事"),
        new_code_cell(code),
        new_code_cell(shown),
    ]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = project / "notebooks" / f"{name}.ipynb"
    path.parent.mkdir(exist_ok=True)
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": spec}), path)
    return path


def environment(project: Path) -> dict[str, str]:
    source = str(project / "src")
    told = {"CITYPROMO_ROOT": str(project), "PYTHONPATH": source, "PYTHONUTF8": "1"}
    return os.environ | told | {"TMPDIR": str(temporary(project))}


def temporary(project: Path) -> Path:
    """Where kernels of this project keep their sockets; a short path, as sockets need."""
    folder = Path("/tmp" if os.name == "posix" else str(project)) / f"cp-{project.stat().st_ino}"
    folder.mkdir(exist_ok=True)
    return folder


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "helpers.cli", *arguments]


def citypromo(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the real command in the tiny project."""
    return subprocess.run(
        command(*arguments),
        cwd=project,
        env=environment(project),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def run(project: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return citypromo(project, "run", CITY, str(YEAR), *more)


def set_number(project: Path, number: object) -> None:
    (project / "data" / "raw" / CITY / str(YEAR) / "number.txt").write_text(str(number))


def report(project: Path) -> Path:
    return project / "reports" / CITY / str(YEAR)


def data(project: Path) -> Path:
    return project / "data" / "processed" / CITY / str(YEAR)


def manifest(project: Path) -> dict:
    return json.loads((report(project) / "manifest.json").read_text(encoding="utf-8"))


def executed(project: Path, name: str) -> str:
    """What an executed notebook of the published report holds."""
    return (report(project) / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")
