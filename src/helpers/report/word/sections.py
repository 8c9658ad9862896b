"""The report's sections: a notebook's heading over the figures that it drew."""

import json
from pathlib import Path

from helpers.report.reported import Figure, Reported


def sections(reported: Reported) -> list[tuple[str, list[Figure]]]:
    """Heading and figures of each section, in the order of the notebooks."""
    found: dict[str, list[Figure]] = {}
    for figure in reported.figures:
        found.setdefault(figure.notebook, []).append(figure)
    shelf = reported.edition.places.root / "notebooks"
    return [(_heading(shelf / f"{name}.ipynb"), figures) for name, figures in found.items()]


def _heading(notebook: Path) -> str:
    """The first heading of a notebook; empty where there is none to read."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return ""
    lines = (line for cell in cells if cell["cell_type"] == "markdown" for line in cell["source"])
    return next((line[2:].strip() for line in lines if line.startswith("# ")), "")
