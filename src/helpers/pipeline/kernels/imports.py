"""What notebooks import, imported before they ask: in the fork server, or in a waiting kernel."""

import ast
import contextlib
import importlib
import os
from collections.abc import Iterable

VARIABLE = "CITYPROMO_IMPORTS"
# Every notebook sits down at the desk; saving a figure imports the formats' writers.
ALWAYS = (
    "pandas",
    "pandas.io.formats.html",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg",
    "pyarrow.parquet",
    "pyarrow.pandas_compat",
    "helpers.desk",
)


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
    for name in [*more, *ALWAYS, *os.environ.pop(VARIABLE, "").split()]:
        with contextlib.suppress(Exception):
            parent, _, last = name.rpartition(".")
            if not parent or not hasattr(importlib.import_module(parent), last):
                importlib.import_module(name)
