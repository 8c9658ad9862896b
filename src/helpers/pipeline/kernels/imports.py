"""What notebooks import, imported before they ask: in the fork server, or in a waiting kernel."""

import ast
import contextlib
import importlib
import sys
from collections.abc import Iterable, Iterator

from helpers.pipeline.notebook import Notebook
from helpers.problems import InputError

VARIABLE = "CITYPROMO_IMPORTS"
PREPARE = "CITYPROMO_PREPARE"
# Where it is not known which notebooks will run.
USUAL = ("pandas", "helpers.desk.figures", "helpers.figures")
# What is imported only when it is used, by the package that uses it.
LATER = {
    "pandas": (
        "pandas.core.reshape.reshape",
        "pandas.io.formats.csvs",
        "pandas.io.formats.html",
        "pandas.io.formats.string",
    ),
    "matplotlib": ("matplotlib.backends.backend_agg",),
    "helpers.tables": ("pandera.pandas",),
    "helpers.drawing": ("matplotlib.backends.backend_pdf", "matplotlib.backends.backend_svg"),
}


def imported_by(notebooks: Iterable[Notebook]) -> list[str]:
    """The modules that notebooks import, once each.

    ``from a import b`` gives ``a`` and ``a.b``, for ``b`` may be a module.
    """
    names: dict[str, None] = {}
    for notebook in notebooks:
        with contextlib.suppress(InputError):  # not to be read: whoever runs it says so
            for source in notebook.code:
                names.update(dict.fromkeys(_imported(source)))
    return list(names)


def _imported(source: str) -> Iterator[str]:
    with contextlib.suppress(SyntaxError):  # a shell line; the notebook imports for itself
        for line in ast.walk(ast.parse(source)):
            if isinstance(line, ast.Import):
                yield from (alias.name for alias in line.names)
            elif isinstance(line, ast.ImportFrom) and line.module and not line.level:
                yield line.module
                yield from (f"{line.module}.{alias.name}" for alias in line.names)


def import_ahead(names: Iterable[str]) -> None:
    """Import everything; what cannot be imported is left to the notebook, whose cell says why."""
    _import(names)
    for package, more in LATER.items():
        if package in sys.modules:
            _import(more)


def _import(names: Iterable[str]) -> None:
    for name in names:
        with contextlib.suppress(Exception):
            parent, _, last = name.rpartition(".")
            if not parent or not hasattr(importlib.import_module(parent), last):
                importlib.import_module(name)
