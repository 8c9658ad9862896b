"""Tiny notebooks for the tests of kernels and failures."""

import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers.pipeline.execution import execute
from helpers.pipeline.kernels import KINDS, Pool
from helpers.pipeline.notebook import Notebook

LINUX_ONLY = pytest.mark.skipif(sys.platform != "linux", reason="what it needs only Linux has")
KIND_PARAMETERS = [pytest.param(kind) for kind in KINDS]

PARAMETERS = 'city: str = "mihon"\nfiscal_year: int = 2025'


def notebook(folder: Path, name: str, *cells: str) -> Notebook:
    """A notebook with a title, a parameters cell, and cells; one that begins with # is prose."""
    made = [
        new_markdown_cell("# 題"),
        new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
        *((new_markdown_cell if cell.startswith("#") else new_code_cell)(cell) for cell in cells),
    ]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": spec, "language_info": {"name": "python"}}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.ipynb"
    nbformat.write(new_notebook(cells=made, metadata=metadata), path)
    return Notebook(path)


WHOLE: dict[str, nbformat.NotebookNode] = {}
"""Notebooks as their kernels left them, before output control, by name (fixture ``whole``)."""


def outputs_of(executed: nbformat.NotebookNode) -> list[list[nbformat.NotebookNode]]:
    """All outputs of each cell of code."""
    return [cell.outputs for cell in executed.cells if cell.cell_type == "code"]


def printed(executed: Path) -> str:
    """What the cells of an executed notebook printed, none of which is published."""
    outputs = (output for outputs in outputs_of(WHOLE[executed.name]) for output in outputs)
    return "".join(output["text"] for output in outputs if output.output_type == "stream")


def run(notebooks: list[Notebook], folder: Path, pool: Pool) -> list[str]:
    """Run notebooks one after the other; what they printed."""
    texts = []
    for number, each in enumerate(notebooks):
        output = folder / f"executed-{number}.ipynb"
        done = execute(each, {"city": "mihon", "fiscal_year": 2025}, output, pool)
        assert done.failure is None, done.failure
        texts.append(printed(output))
    return texts
