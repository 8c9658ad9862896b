"""What notebooks import, imported before they ask: in the fork server, or in a waiting kernel."""

import contextlib
import importlib

MODULES = (
    "pandas",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg",
    "seaborn",
    "pandera.pandas",
    "pyarrow.parquet",
    "helpers.desk",
    "helpers.figures",
    "helpers.indicators",
)


def import_ahead() -> None:
    """Import everything; what cannot be imported is left to the notebook, whose cell says why."""
    for name in MODULES:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
