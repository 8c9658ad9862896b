"""What notebooks import, imported before they ask: in the fork server, or in a waiting kernel."""

import ast
import contextlib
import importlib
import os
import sys
from collections.abc import Iterable

VARIABLE = "CITYPROMO_IMPORTS"
# Where it is not known what a notebook imports.
USUAL = ("pandas", "matplotlib.pyplot", "helpers.desk")
# What is imported only when it is used, by the package that uses it.
LATER = {
    "pandas": ("pandas.io.formats.html", "pyarrow.parquet", "pyarrow.pandas_compat"),
    "matplotlib": ("matplotlib.backends.backend_agg",),
    "helpers.drawing": ("matplotlib.backends.backend_pdf", "matplotlib.backends.backend_svg"),
}


def imported_by(sources: Iterable[str]) -> list[str]:
    """The modules that cells import, once each.

    ``from a import b`` gives ``a`` and ``a.b``, for ``b`` may be a module.
    """
    names: dict[str, None] = {}
    for source in sources:
        with contextlib.suppress(SyntaxError):  # a shell line; the notebook imports for itself
            for line in ast.walk(ast.parse(source)):
                if isinstance(line, ast.Import):
                    names.update(dict.fromkeys(alias.name for alias in line.names))
                elif isinstance(line, ast.ImportFrom) and line.module and not line.level:
                    names[line.module] = None
                    names.update({f"{line.module}.{alias.name}": None for alias in line.names})
    return list(names)


def import_ahead(more: Iterable[str] = ()) -> None:
    """Import everything; what cannot be imported is left to the notebook, whose cell says why."""
    _import([*more, *(os.environ.pop(VARIABLE, "").split() or USUAL)])
    for package, names in LATER.items():
        if package in sys.modules:
            _import(names)


def _import(names: Iterable[str]) -> None:
    for name in names:
        with contextlib.suppress(Exception):
            parent, _, last = name.rpartition(".")
            if not parent or not hasattr(importlib.import_module(parent), last):
                importlib.import_module(name)
