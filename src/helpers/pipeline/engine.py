"""Papermill's engine of this project: entry point ``citypromo`` of ``papermill.engine``.

It executes a notebook in a kernel that a pool has lent, tells the kernel what it needs to know
of the notebook, and has it say what the notebook has read.
"""

import ast
import logging
import time
from collections.abc import Mapping
from itertools import takewhile
from queue import Empty
from typing import Any

from jupyter_client import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine
from papermill.log import logger
from papermill.translators import PythonTranslator, papermill_translators
from traitlets import Callable, Dict

from helpers.pipeline.kernels.pool import RENEWAL
from helpers.pipeline.output_control import Cap

# What papermill logs would otherwise end up on the terminal.
logger.addHandler(logging.NullHandler())
# A busy machine may be slow to pass on a large picture; four seconds are nbclient's default.
OUTPUT_TIMEOUT_S = 60
# How long to wait for the answer on the channel of outputs, before asking again.
PATIENCE_S = 0.1
# What any kernel is asked for, as an expression.
RECORDER = "__import__('helpers.recorder', fromlist=['recorder'])"


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
            observed: takes the JSON of what the notebook has read, also when a cell failed; it
                stays empty where the kernel does not answer any more.
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
        client.told = dict(environment or {})
        client.observed = observed
        client.execute()


class RunClient(PapermillNotebookClient):
    """Papermill's client; a dead kernel or a time-out becomes an error of the cell that it hit.

    papermill itself marks every cell as completed then, and keeps no trace of an error.
    """

    kc: Any
    position = 0
    told: dict[str, str] = {}
    observed: list[str] | None = None

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.cap = Cap()

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
        """Process a message of the kernel, cut to what a cell may give out.

        A kernel sends what is printed in parts, by its clock: joined here, or two runs of the same
        inputs would leave two notebooks.
        """
        output = super().process_message(self.cap.fitted(msg, cell_index), cell, cell_index)
        _join_printed(cell.get("outputs", []))
        return output

    def papermill_execute_cells(self) -> None:
        """Execute; before it tell the kernel what it has to know, after it ask what was read."""
        for expression in self._beginning():
            self._ask(expression)
        super().papermill_execute_cells()
        if self.observed is not None:
            self.observed.append(self._ask(f"{RECORDER}.end()"))

    def _beginning(self) -> list[str]:
        """Expressions for the kernel, which may have started long ago, before the first cell."""
        told = f"__import__('os').environ.update({self.told!r})"
        return [told] + [f"{RECORDER}.begin({self.told!r})"] * (self.observed is not None)

    def _ask(self, expression: str) -> Any:
        """What an expression is in the kernel; unlike a cell it leaves no name behind.

        Raises:
            RuntimeError: it cannot be told.
            DeadKernelError: the kernel has died.
        """
        wanted = {"it": expression}
        asked = self.kc.execute("", silent=True, store_history=False, user_expressions=wanted)
        reply = self.wait_for_reply(asked)
        answer = (reply or {}).get("content", {}).get("user_expressions", {}).get("it", {})
        if answer.get("status") != "ok":
            raise RuntimeError(f"{answer.get('ename', 'no answer')}: {answer.get('evalue', '')}")
        return ast.literal_eval(answer["data"]["text/plain"])

    def execute_cell(self, cell: Any, cell_index: int, **kwargs: Any) -> Any:
        """Execute a cell, knowing which."""
        self.position = cell_index
        return super().execute_cell(cell, cell_index, **kwargs)

    def execute(self, **kwargs: Any) -> Any:
        """Execute the notebook; papermill finds the errors in its cells."""
        try:
            return super().execute(**kwargs)
        except (DeadKernelError, CellTimeoutError) as error:
            cell = self._hit()
            if cell is None:
                raise
            text = str(error).strip().partition("\n")[0]
            # In place of an error that the shutdown of the kernel caused.
            cell.outputs = [o for o in cell.outputs if o.output_type != "error"]
            cell.outputs.append(
                new_output("error", ename=type(error).__name__, evalue=text, traceback=[text])
            )
            self.nb_man.cell_exception(cell, cell_index=self.position)
            return self.nb

    def _hit(self) -> Any:
        """The cell that takes the error: the first of code that was not done.

        A kernel may be dead before any cell runs; the first cell is mostly a title then, and
        papermill looks for the number of every cell that has failed.
        """
        codes = [i for i, cell in enumerate(self.nb.cells) if cell.cell_type == "code"]
        if not codes:
            return None
        self.position = next((i for i in codes if i >= self.position), codes[-1])
        return self.nb.cells[self.position]


def _join_printed(outputs: list[Any]) -> None:
    """Put the last output to what its stream has printed since the last that was displayed."""
    printed = list(takewhile(lambda each: each["output_type"] == "stream", reversed(outputs)))
    for earlier in printed[1:]:
        if earlier["name"] == printed[0]["name"]:
            earlier["text"] += outputs.pop()["text"]
            return


class StockKernel(AsyncKernelManager):
    """Starts the installed ``python3`` kernel, with the options of the pool."""

    options = Dict()
    check = Callable()

    async def start_kernel(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Start the kernel; nbclient calls this."""
        options = dict(self.options)
        kwargs["extra_arguments"] = [*kwargs.get("extra_arguments", ()), *options.pop("arguments")]
        await super().start_kernel(**{**options, **kwargs})
        self.check()


class StockClient(RunClient):
    """For a manager that has started nothing: nbclient starts, waits and shuts down."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.owns_km = True


class LentClient(RunClient):
    """For a kernel that runs already: no fixed waits, and its owner has it back."""

    def _beginning(self) -> list[str]:
        code = [cell.source for cell in self.nb.cells if cell.cell_type == "code"]
        return [f"{RENEWAL}.prepare({self.told!r}, {code!r}, {self.observed is not None})"]

    def execute(self, **kwargs: Any) -> Any:
        """Execute the notebook and let go of the kernel."""
        try:
            return super().execute(**kwargs)
        finally:
            if self.kc is not None:
                self.kc.stop_channels()
                self.kc = None

    def start_new_kernel_client(self, **_: Any) -> Any:
        """Connect, and wait until both channels have proved that they work."""
        self.kc = self.km.client()
        self.kc.start_channels(stdin=False, hb=False)
        run_sync(self._wait_for_ready)()
        return self.kc

    async def _wait_for_ready(self) -> None:
        """Wait for an answer on the shell, and for its idle message among the outputs.

        nbclient waits a further 0.2 s for whatever else may come; outputs of another request
        are ignored later anyway.
        """
        deadline = time.monotonic() + self.startup_timeout
        while time.monotonic() < deadline:
            request = self.kc.kernel_info()
            if await _answers(self.kc.shell_channel, request, 1.0, "reply") and await _answers(
                self.kc.iopub_channel, request, PATIENCE_S, "idle"
            ):
                return
            await self._async_check_alive()
        raise DeadKernelError(f"Kernel did not answer in {self.startup_timeout} s")


async def _answers(channel: Any, request: str, patience: float, wanted: str) -> bool:
    """Whether a reply or an idle message that answers a request arrives in time."""
    while True:
        try:
            message = await channel.get_msg(timeout=patience)
        except Empty:
            return False
        if message["parent_header"].get("msg_id") != request:
            continue
        if wanted == "reply" or message["content"].get("execution_state") == wanted:
            return True
