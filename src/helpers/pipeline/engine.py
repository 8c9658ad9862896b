"""Papermill's engine of this project: entry point ``citypromo`` of ``papermill.engine``."""

import logging
from collections.abc import Mapping
from typing import Any

from papermill.engines import NBClientEngine
from papermill.log import logger
from papermill.translators import PythonTranslator, papermill_translators

# What papermill logs would otherwise end up on the terminal.
logger.addHandler(logging.NullHandler())
# A busy machine may be slow to pass on a large picture; four seconds are nbclient's default.
OUTPUT_TIMEOUT_S = 60


class ReadableTranslator(PythonTranslator):
    r"""Parameters as a person would write them: papermill writes Japanese as ``\u…``."""

    @classmethod
    def translate_escaped_str(cls, str_val: object) -> str:
        """A string literal that escapes only what cannot be seen."""
        text = str(str_val).replace("\\", r"\\").replace('"', r"\"")
        shown = (c if c.isprintable() or c == "\u3000" else _escaped(c) for c in text)
        return f'"{"".join(shown)}"'


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode()


papermill_translators.register("python", ReadableTranslator)


class CitypromoEngine(NBClientEngine):
    """Executes a notebook in a kernel of a pool."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        kernel: Any = None,
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        environment: Mapping[str, str] | None = None,
        observed: list[str] | None = None,
        **options: Any,
    ) -> None:
        """Execute; papermill calls this.

        Args:
            nb_man: the notebook, and where it is saved.
            kernel_name: ignored where a kernel is lent: it is of this very interpreter.
            kernel: the lent kernel; without one, a pool is opened for this notebook alone.
            start_timeout: seconds that a kernel may take to answer.
            execution_timeout: seconds that a cell may take.
            environment: variables of this notebook alone.
            observed: takes what the recorder noted, as JSON.
            options: the options of papermill's and nbclient's client.
        """
        if kernel is None:
            from helpers.pipeline.kernels import open_pool

            with open_pool() as pool, pool.kernel() as lent:
                cls.execute_managed_notebook(
                    nb_man,
                    kernel_name,
                    lent,
                    start_timeout,
                    execution_timeout,
                    environment,
                    observed,
                    **options,
                )
            return
        from helpers.pipeline.kernels.client import LentClient, StockClient

        options.pop("input_path", None)
        kind = LentClient if kernel.has_kernel else StockClient
        client = kind(
            nb_man,
            km=kernel,
            timeout=execution_timeout,
            startup_timeout=start_timeout,
            iopub_timeout=OUTPUT_TIMEOUT_S,
            log=logger,
            **options,
        )
        client.told = environment or {}
        client.observed = [] if observed is None else observed
        client.execute()
