"""A tiny edition that reads every kind of input, twice: once followed by runs, once run anew.

After each edit the first twin runs what has changed, the second everything; both reports must be
the same to the byte. What a notebook reads shows in what it writes, so that a stale result differs.
"""

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import tiny

from helpers.edition import Edition
from helpers.pipeline.kernels import KeptKernels
from helpers.pipeline.progress import Progress
from helpers.pipeline.run import run

EDITION = """\
# A remark.
city: mihon
fiscal_year: {year}
name: {{ja: 見本市, en: Mihon}}
code: "011002"
report: {{ja: 報告書, en: Report}}
sources:
  own: {{ja: 市, en: City}}
labels:
  one: {{ja: いち, en: One}}
  two: {{ja: に, en: Two}}
notebooks: [{notebooks}]
deliverables: [workbook]
"""
NOTEBOOKS = "11_clean, 12_clean, 21_indicators, 31_figures, 32_figures"
CODEBOOK = """\
sources:
  resident: {file: answers.xlsx, sample: random}
groups:
  age:
    columns: [年齢]
    sources: [resident]
    classes:
      young: ["1"]
      old: ["2"]
questions:
  attachment:
    columns: [愛着]
    sources: [resident]
    scale: single
    answers: {1: yes, 2: rather, 3: no}
    positive: [1, 2]
"""
ROW = "mihon,{year},{name},total,total,,{value},{value},人,,,,register,register_all,,own\n"
HEAD = (
    "\ufeffcity,fiscal_year,indicator,breakdown,group,category,value,printed,unit,n,low,high,"
    "basis,definition,flag,source\n"
)
# What each notebook does; all of it is shown, or written into what it leaves.
ENTRY = """\
import pandas as pd
from helpers.edition import Edition
from helpers import tables
edition = Edition.open(city, fiscal_year)
places = edition.places"""
READS = """\
import mine
number = (places.raw / "number.txt").read_text()
cells = read_cells(places.raw / "answers.xlsx", None).values
found = sorted(path.name for path in places.raw.glob("*.add"))
more = (places.raw / "extra.txt").exists()
text = f"{number} {cells} {found} {more} {mine.VALUE}"
(places.data_out).mkdir(parents=True, exist_ok=True)
pd.DataFrame({"a": [text]}).to_parquet(places.data_out / "table.parquet")"""
POSITIVE = """\
codebook = open_codebook(edition)
text = str(codebook.questions["attachment"].positive)
(places.data_out).mkdir(parents=True, exist_ok=True)
pd.DataFrame({"a": [text]}).to_parquet(places.data_out / "positive.parquet")"""
COUNTS = """\
folder = places.data_in("table.parquet")
texts = [pd.read_parquet(recorder.reading(folder / f"{name}.parquet")).a[0]
         for name in ("table", "positive")]
earlier = sum(len(tables.load_indicators(path)) for path in tables.earlier_data(places))
values = {"one": sum(map(ord, texts[0])), "two": sum(map(ord, texts[1])) + earlier}
rows = [f"mihon,{fiscal_year},{name},total,total,,{v},{v},人,,,,register,register_all,,own"
        for name, v in values.items()]
(places.data_out / "indicators").mkdir(parents=True, exist_ok=True)
(places.data_out / "indicators" / "all.csv").write_text(HEAD + "\\n".join(rows) + "\\n")"""
DRAWS = """\
from PIL import Image
from PIL.PngImagePlugin import PngInfo
rows = tables.load_indicators(places.data_in("indicators"), name)
text = f"{rows.printed.to_list()} {edition.own_labels()[name]} {shade}"
places.figures_out.mkdir(parents=True, exist_ok=True)
for ending in ("svg", "pdf", "csv", "txt"):
    (places.figures_out / f"{name}.{ending}").write_text(text)
about = PngInfo()
about.add_text("X-Figure-Subject", text.encode("unicode_escape").decode())
Image.new("1", (1, 1)).save(places.figures_out / f"{name}.png", pnginfo=about)"""


def make(folder: Path) -> Path:
    """The tiny project with an edition that reads everything there is to read."""
    project = tiny.make_project(folder)
    for path in (project / "notebooks").iterdir():
        path.unlink()
    raw = project / "data" / "raw" / tiny.CITY
    for year, notebooks in ((2024, "11_clean"), (2025, NOTEBOOKS)):
        (raw / str(year)).mkdir(exist_ok=True)
        text = EDITION.format(year=year, notebooks=notebooks)
        (raw / str(year) / "edition.yml").write_text(text, encoding="utf-8")
    (raw / "2025" / "codebook.yml").write_text(CODEBOOK, encoding="utf-8")
    write_answers(project, "1")
    history = project / "data" / "processed" / tiny.CITY / "2024" / "indicators" / "all.csv"
    history.parent.mkdir(parents=True)
    history.write_text(HEAD + ROW.format(year=2024, name="one", value="1.0"), encoding="utf-8")
    (project / "notebooks").mkdir(exist_ok=True)
    (project / "notebooks" / "mine.py").write_text("VALUE = 1\n")
    write(project, "11_clean", READS, "from helpers.reading.files import read_cells")
    write(project, "12_clean", POSITIVE, "from helpers.reading.codebook import open_codebook")
    write(project, "21_indicators", COUNTS, f"from helpers import recorder\nHEAD = {HEAD!r}")
    for number, name in ((1, "one"), (2, "two")):
        shade = f"from helpers.figures.palette_{'ab'[number - 1]} import name as shade"
        write(project, f"3{number}_figures", DRAWS, f'{shade}\nname = "{name}"')
    return project


def write(project: Path, name: str, code: str, imports: str) -> None:
    shown = "print(values)" if "values =" in code else "print(text)"
    tiny.write_notebook(project, name, code, imports, ENTRY, shown)


def write_answers(project: Path, value: str) -> None:
    book = openpyxl.Workbook()
    for row in (["年齢", "愛着"], ["1", value], ["2", "3"]):
        book.active.append(row)
    book.save(project / "data/raw/mihon/2025/answers.xlsx")


class Twins:
    """Both projects; what is done to them is done to both."""

    def __init__(self, folder: Path):
        self.followed, self.anew = (make(folder / name) for name in ("followed", "anew"))
        self._kernels = {root: KeptKernels(root) for root in (self.followed, self.anew)}
        self.run()

    def edit(self, change: Callable[[Path], object]) -> None:
        for project in (self.followed, self.anew):
            change(project)

    def run(self) -> list[str]:
        """Bring the first up to date, make the second from nothing; the notebooks that ran."""
        executed = self._run(self.followed, again=False)
        self._run(self.anew, again=True)
        one, other = left(self.followed), left(self.anew)
        names = sorted(one.keys() | other.keys())
        differing = [name for name in names if one.get(name) != other.get(name)]
        assert not differing, {name: (one.get(name), other.get(name)) for name in differing[:2]}
        return executed

    def _run(self, project: Path, again: bool) -> list[str]:
        os.environ.update(CITYPROMO_ROOT=str(project), PYTHONPATH=str(project / "src"))
        edition = Edition.open(tiny.CITY, tiny.YEAR)
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            kernels = self._kernels[project]
            done = run(edition, progress=Progress(nowhere), again=again, kernels=kernels)
        assert not done.failures, "\n".join(map(str, done.failures))
        return sorted(each.notebook for each in done.executed)

    def close(self) -> None:
        for kernels in self._kernels.values():
            kernels.close()


def left(project: Path) -> dict[str, object]:
    """Everything that a run left, but for times."""
    report = project / "reports" / tiny.CITY / str(tiny.YEAR)
    data = project / "data" / "processed" / tiny.CITY / str(tiny.YEAR)
    found: dict[str, object] = {}
    for folder in (report, data):
        for path in folder.rglob("*"):
            if path.suffix == ".ipynb":
                cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
                found[path.name] = [(c["source"], c.get("outputs")) for c in cells]
            elif path.is_file() and path.name not in ("manifest.json", "run.log"):
                found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def replaced(file: str, old: str, new: str) -> Callable[[Path], object]:
    """An edit of a text file."""

    def change(project: Path) -> None:
        text = (project / file).read_text(encoding="utf-8")
        assert old in text, (file, old)
        (project / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


RAW = "data/raw/mihon/2025"
FIGURES = ["31_figures", "32_figures"]
ALL = ["11_clean", "12_clean", "21_indicators", *FIGURES]
# Each edit: its name, what it does, and the notebooks that must run for it.
EDITS: list[tuple[str, Callable[[Path], object], list[str]]] = [
    ("positive", replaced(f"{RAW}/codebook.yml", "positive: [1, 2]", "positive: [1]"),
     ["12_clean", "21_indicators", "32_figures"]),
    ("positive back", replaced(f"{RAW}/codebook.yml", "positive: [1]", "positive: [1, 2]"),
     ["12_clean", "21_indicators", "32_figures"]),
    ("a remark in the codebook", replaced(f"{RAW}/codebook.yml", "groups:", "# so\ngroups:"), []),
    ("another part of the codebook", replaced(f"{RAW}/codebook.yml", "young", "younger"), []),
    ("a remark in the edition", replaced(f"{RAW}/edition.yml", "# A remark.", "# So."), []),
    ("a label", replaced(f"{RAW}/edition.yml", "ja: いち", "ja: 一"), ["31_figures"]),
    ("another label", replaced(f"{RAW}/edition.yml", "ja: に", "ja: 二"), ["32_figures"]),
    ("a raw text", lambda p: tiny.set_number(p, "7"), ["11_clean", "21_indicators", "31_figures"]),
    ("a cell in Excel", lambda p: write_answers(p, "2"),
     ["11_clean", "21_indicators", "31_figures"]),
    ("a new file that is listed", lambda p: (p / RAW / "x.add").write_text(""),
     ["11_clean", "21_indicators", "31_figures"]),
    # A cell that lists a folder by itself is seen to list all of it; what it leaves is the same.
    ("a new file that is not", lambda p: (p / RAW / "x.other").write_text(""), ["11_clean"]),
    ("a file that was looked for", lambda p: (p / RAW / "extra.txt").write_text(""),
     ["11_clean", "21_indicators", "31_figures"]),
    ("it is gone again", lambda p: (p / RAW / "extra.txt").unlink(),
     ["11_clean", "21_indicators", "31_figures"]),
    ("a module beside the notebooks", replaced("notebooks/mine.py", "1", "2"),
     ["11_clean", "21_indicators", "31_figures"]),
    ("history", replaced("data/processed/mihon/2024/indicators/all.csv", "register_all,,own\n",
                         "register_all,,own\n" + ROW.format(year=2024, name="x", value="1.0")),
     ["21_indicators", "32_figures"]),
    ("a helper of one figure", replaced("src/helpers/figures/palette_a.py", "one", "uno"),
     ["31_figures"]),
    ("a helper of nobody", replaced("src/helpers/figures/likert.py", '"""', '"""So. '), []),
    ("a cell", replaced("notebooks/31_figures.ipynb", "print(text", "print(1, text"),
     ["31_figures"]),
    ("prose", replaced("notebooks/21_indicators.ipynb", "## 仕事", "## 作業"), ["21_indicators"]),
    ("claims", replaced(f"{RAW}/claims.yml", "[]", "[] # so"), []),
    ("last year's name", replaced("data/raw/mihon/2024/edition.yml", "ja: 見本市", "ja: 旧市"), []),
]  # fmt: skip


def random_edit(chance: random.Random) -> tuple[str, Callable[[Path], object]]:
    """One of the edits, or one of their kind with a value of its own."""
    value = str(chance.randrange(10**6))
    name = chance.choice(["one", "two"])
    any_one: dict[str, Callable[[Path], object]] = {
        "number": lambda p: tiny.set_number(p, value),
        "answers": lambda p: write_answers(p, value[0]),
        "module": lambda p: (p / "notebooks/mine.py").write_text(f"VALUE = {value}\n"),
        "listed": lambda p: (p / RAW / f"{value}.add").write_text(""),
        "looked for": lambda p: (p / RAW / "extra.txt").write_text(value),
        "gone": lambda p: (p / RAW / "extra.txt").unlink(missing_ok=True),
        "positive": lambda p: _set(p / RAW / "codebook.yml", "positive:", f"[{int(value[0]) % 3 + 1}]"),
        "label": lambda p: _set(p / RAW / "edition.yml", f"{name}:", f"{{ja: {value}, en: x}}"),
        "helper": lambda p: (p / "src/helpers/figures/palette_b.py").write_text(f"name = '{value}'\n"),
        "history": lambda p: (
            p / "data/processed/mihon/2024/indicators/all.csv"
        ).write_text(HEAD + "".join(
            ROW.format(year=2024, name=f"n{i}", value="1.0") for i in range(int(value[-1]))
        ), encoding="utf-8"),
        "lost output": lambda p: shutil.rmtree(
            p / "reports/mihon/2025/figures", ignore_errors=True
        ) if p.name == "followed" else None,
        "nothing": lambda p: None,
    }  # fmt: skip
    kind = chance.choice(sorted(any_one))
    return kind, any_one[kind]


def _set(path: Path, key: str, value: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.strip().startswith(key))
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    lines[at] = f"{indent}{key} {value}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
