"""How papermill's client works with a lent kernel, and what it does when one breaks down."""

import time
from collections.abc import Mapping
from queue import Empty
from typing import Any

from jupyter_core.utils import run_sync
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient

from helpers.pipeline.output_control import Cap

# How long to wait for the answer on the channel of outputs, before asking again.
PATIENCE_S = 0.1


class RunClient(PapermillNotebookClient):
    """Papermill's client; a dead kernel or a time-out becomes an error of the cell that it hit.

    papermill itself marks every cell as completed then, and keeps no trace of an error.
    """

    kc: Any
    position = 0
    told: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.cap = Cap()

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
        """Process a message of the kernel, cut to what a cell may give out."""
        return super().process_message(self.cap.fitted(msg, cell_index), cell, cell_index)

    def papermill_execute_cells(self) -> None:
        """Tell the kernel, which may have started long ago, its own environment; then execute."""
        if self.told:
            # An expression: it leaves no name behind.
            code = f"__import__('os').environ.update({dict(self.told)!r})"
            self.kc.execute(code, silent=True, store_history=False)
        super().papermill_execute_cells()

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


class StockClient(RunClient):
    """For a manager that has started nothing: nbclient starts, waits and shuts down."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.owns_km = True


class LentClient(RunClient):
    """For a kernel that runs already: no fixed waits, and its owner shuts it down."""

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
