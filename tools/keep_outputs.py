"""Keep in ``tests/notebooks/`` the outputs that the sample city gives, for nbval and the site.

    python tools/keep_outputs.py [NAME …]          all (make kept), or the named notebooks

Notebooks are run as nbval runs them, each by hand in a kernel of its own, but in a copy of the
project: neither drafts nor anybody's own city are in what is kept. Figures alone are drawn from
the committed numbers; else the stages before are run, too. All get through, or nothing is kept.
"""

import json
import os
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, CellExecutionError, DeadKernelError

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "tests" / "notebooks"
CITY = "mihon"
AT_ONCE = 2
PATIENCE_S = 600
# What tells a notebook that it does not run by hand, in this project, or for nobody in particular.
TOLD = ("CITYPROMO_RUN", "CITYPROMO_NOTEBOOK", "JPY_SESSION_NAME")


def main(*wanted: str) -> int:
    """Run notebooks, stage by stage, and write what those that are wanted show."""
    known = sorted(path.stem for path in (ROOT / "notebooks").glob("[1-9][0-9]_*.ipynb"))
    if unknown := [name for name in wanted if name not in known]:
        print(f"not in notebooks/: {', '.join(unknown)}", file=sys.stderr)
        return 2
    names = needed(known, wanted or tuple(known))
    shown: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        project = copied(Path(folder))
        os.environ["CITYPROMO_ROOT"] = str(project)
        for name in TOLD:
            os.environ.pop(name, None)
        for _, stage in groupby(names, key=lambda name: name[0]):
            run = list(stage)
            try:
                shown |= zip(run, pool.map(lambda name: outputs(project, name), run), strict=True)
            except (CellExecutionError, CellControlSignal, DeadKernelError, TimeoutError) as error:
                print(f"{error}\nnothing was kept.", file=sys.stderr)
                return 1
    write({name: text for name, text in shown.items() if name in (wanted or known)}, known)
    return 0


def needed(known: list[str], wanted: tuple[str, ...]) -> list[str]:
    """What has to be run: the wanted figures alone, or all stages up to the last wanted."""
    stages = {name[0] for name in wanted}
    if stages == {"3"}:
        return [name for name in known if name in wanted]
    return [name for name in known if name[0] < max(stages) or name in wanted]


def copied(folder: Path) -> Path:
    """The part of the project that the sample city's notebooks need."""
    for part in ("notebooks", f"data/raw/{CITY}"):
        shutil.copytree(ROOT / part, folder / part)
    for path in (ROOT / "data" / "processed" / CITY).glob("[0-9]*/indicators"):
        shutil.copytree(path, folder / path.relative_to(ROOT))
    return folder


def outputs(project: Path, name: str) -> str:
    """What each code cell of a notebook shows: JSON, by the cell's id.

    Raises:
        CellExecutionError: a cell failed.
    """
    path = project / "notebooks" / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": str(path.parent)}}
    quiet = ["--Application.log_level=50"]
    NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=PATIENCE_S,
        resources=place,
        extra_arguments=quiet,
    ).execute()
    done = nbformat.v4.rwbase.split_lines(notebook)
    cells = {cell.id: cell.outputs for cell in done.cells if cell.cell_type == "code"}
    plain = {key: [_plain(output) for output in found] for key, found in cells.items()}
    return json.dumps(plain, ensure_ascii=False, indent=0) + "\n"


def _plain(output: dict[str, Any]) -> dict[str, Any]:
    """An output without its count, which says only how often cells were run."""
    return {key: output[key] for key in sorted(output) if key != "execution_count"}


def write(shown: dict[str, str], known: list[str]) -> None:
    """Write what has changed, and forget notebooks that are gone."""
    for path in KEPT.glob("*.json"):
        if path.stem not in known:
            path.unlink()
            print(f"- {path.name}")
    for name, text in shown.items():
        path = KEPT / f"{name}.json"
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(path.name)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
