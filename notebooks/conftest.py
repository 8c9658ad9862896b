"""``pytest --nbval notebooks/`` compares with the outputs kept in ``tests/notebooks/``.

Notebooks are committed without outputs, and nbval passes a cell that was never run without
looking at it. So every cell gets its kept outputs here, and one that has none fails.
"""

import json
from collections.abc import Generator
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbval.plugin import IPyNbCell

KEPT = Path(__file__).parents[1] / "tests" / "notebooks"
NOT_KEPT = (
    "tests/notebooks/{0}.json にこのセルの出力がありません。→ python tools/keep_outputs.py {0}"
    " / no outputs of this cell are kept. → python tools/keep_outputs.py {0}"
)


@cache
def kept(notebook: str) -> dict[str, list[dict[str, Any]]]:
    """The kept outputs of a notebook, by cell; none where there is no file."""
    path = KEPT / f"{notebook}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Give a cell what it is compared with; one that has nothing runs, for the next, and fails."""
    if not isinstance(item, IPyNbCell) or item.options["skip"]:
        return (yield)
    outputs = kept(item.path.stem)
    known = any(outputs.values()) and item.cell.get("id") in outputs
    if known:
        item.cell.outputs = nbformat.from_dict(outputs[item.cell["id"]])
        nbformat.v4.rwbase.rejoin_lines(nbformat.NotebookNode(cells=[item.cell]))
        item.cell.execution_count = 1  # None would tell nbval not to compare
    done = yield
    if not known:
        item.raise_cell_error(NOT_KEPT.format(item.path.stem))
    return done
