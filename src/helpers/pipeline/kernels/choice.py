"""Which kind of kernel runs the notebooks: by capability, or as ``CITYPROMO_KERNELS`` says."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from helpers.pipeline.kernels.imports import USUAL, imported_by
from helpers.pipeline.kernels.pool import Pool
from helpers.pipeline.notebook import Notebook, notebooks_in
from helpers.problems import InputError, Problem, nearest

VARIABLE = "CITYPROMO_KERNELS"
KINDS = ("forked", "ahead", "stock")


def chosen_kind() -> str:
    """``forked`` on Linux, else ``ahead``; the environment variable goes first.

    Raises:
        InputError: the variable names no kind, or one that this system cannot have.
    """
    told = os.environ.get(VARIABLE)
    # macOS has fork, but its system libraries do not survive one without exec.
    linux = sys.platform == "linux"
    if not told:
        return "forked" if linux else "ahead"
    if told not in KINDS:
        raise InputError(Problem(VARIABLE, f"「{told}」は使えません", remedy=nearest(told, KINDS)))
    if told == "forked" and not linux:
        raise InputError(Problem(VARIABLE, "「forked」は Linux でだけ使えます", "ahead か stock"))
    return told


def open_pool(
    workers: int = 1,
    folder: Path | None = None,
    notebooks: Sequence[Notebook] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Pool:
    """Kernels for one run, to be used in a ``with``: when it ends, so do all kernels.

    Returns at once; what takes time goes on in other processes.

    Args:
        workers: how many kernels will work at the same time.
        folder: the kernels' working directory (``notebooks/``).
        notebooks: what will run, if known: a kernel for each, with what they import imported.
        environment: variables on top of this process's, as they are now, for all kernels.

    Raises:
        InputError: ``CITYPROMO_KERNELS`` is wrong.
    """
    kind = chosen_kind() if notebooks is None or notebooks else "stock"  # nothing to get ready
    if kind == "forked":
        from helpers.pipeline.kernels.forked import ForkedPool

        imports = USUAL if notebooks is None else imported_by(notebooks)
        return ForkedPool(
            folder, environment, imports, notebooks is None or len(notebooks) > workers
        )
    if kind == "ahead":
        from helpers.pipeline.kernels.ahead import AheadPool

        expected = None if notebooks is None else len(notebooks)
        known = notebooks_in(folder or Path.cwd()) if notebooks is None else notebooks
        return AheadPool(folder, environment, imported_by(known) or USUAL, workers, expected)
    from helpers.pipeline.kernels.stock import StockPool

    return StockPool(folder, environment)
