"""The IPython extension of a kernel started ahead: imports before the first cell is there.

As an extension, and not as lines to execute: a notebook that forgets an import must still fail.
"""

import os

from helpers.pipeline.kernels.imports import VARIABLE, import_ahead


def load_ipython_extension(_: object) -> None:
    """Import what notebooks import."""
    import_ahead(os.environ.pop(VARIABLE, "").split())
