"""Executing one notebook with papermill, and what is said when it fails."""

import errno
import importlib
import re
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers import seal
from helpers.pipeline.kernels import KernelsStopped, Pool
from helpers.pipeline.notebook import Notebook
from helpers.pipeline.output_control import OURS, control, without_answers

CELL_TIMEOUT_S = 600
AGAIN = "もう一度実行してください。"
FULL = (errno.ENOSPC, errno.EDQUOT)
_importing = threading.Lock()


@dataclass(frozen=True)
class Failure:
    """Why a notebook failed, in the three things a person needs."""

    notebook: str
    heading: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """Three lines: where, what, what to do."""
        return f"{self.notebook}「{self.heading}」で止まりました。\n{self.what}\n→ {self.remedy}"


@dataclass(frozen=True)
class Executed:
    """The outcome of one notebook."""

    notebook: str
    seconds: float
    failure: Failure | None = None


@dataclass
class Reader:
    """Reads along while cells are executed, so that the heading is known whatever happens.

    Attributes:
        say: told the number of each cell, and the heading that it stands under.
        heading: the last heading read.
    """

    say: Callable[[int, str], None] | None = None
    heading: str = "（冒頭）"

    def __call__(self, cell: Any, cell_index: int) -> None:
        """Read a cell; nbclient calls this before it executes it."""
        if cell.cell_type == "markdown":
            headings = re.findall(r"^#{1,6}\s+(.+?)\s*#*$", str(cell.source), re.MULTILINE)
            self.heading = headings[-1] if headings else self.heading
        if self.say:
            self.say(cell_index, self.heading)


def execute(
    notebook: Notebook,
    parameters: dict[str, object],
    output: Path,
    kernels: Pool,
    say: Callable[[int, str], None] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Executed:
    """Run one notebook in a kernel of its own and store it, as executed, at ``output``.

    Args:
        notebook: the notebook.
        parameters: the values of its parameters.
        output: where to store it; stored too when a cell fails, with the error in the cell.
        kernels: lends the kernel.
        say: told the number of each cell, and the heading that it stands under.
        environment: variables of this notebook alone.
    """
    papermill = import_papermill()
    start = time.monotonic()
    reader = Reader(say)
    failure = None
    key = seal.new_key()
    told = {**(environment or {}), seal.VARIABLE: key}
    try:
        _papermill(notebook, parameters, output, kernels, reader, told)
    except papermill.PapermillExecutionError as error:
        name, text = str(error.ename), str(error.evalue)
        said = text if name in OURS else without_answers(text, notebook.code)
        what, remedy = explained(name, text, notebook.name, kernels.stopped, said)
        failure = Failure(notebook.name, reader.heading, what, remedy)
    except KernelsStopped:
        failure = Failure(notebook.name, reader.heading, *INTERRUPTED)
    except OSError as error:
        if error.errno not in FULL:
            raise
        output.unlink(missing_ok=True)  # half of it is no notebook
        failure = Failure(notebook.name, reader.heading, *DISK_FULL)
    except RuntimeError as error:
        what = f"カーネル（Python）が起動しません: {error}"
        remedy = f"citypromo の環境を確かめ、{AGAIN}"
        why = INTERRUPTED if kernels.stopped else (what, remedy)
        failure = Failure(notebook.name, reader.heading, *why)
    finally:
        control(output, key, str(parameters.get("lang", "ja")))
    return Executed(notebook.name, time.monotonic() - start, failure)


def import_papermill() -> Any:
    """Papermill, which is slow to import: only when something has to run.

    Where jupyterlab is installed, jsonschema builds a grammar of internationalized addresses at
    import, two seconds of it. No notebook has one to be checked.
    """
    with _importing:
        spared = "papermill" not in sys.modules and "rfc3987_syntax" not in sys.modules
        if spared:
            sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
        try:
            return importlib.import_module("papermill")
        finally:
            if spared:
                del sys.modules["rfc3987_syntax"]


def _papermill(
    notebook: Notebook,
    parameters: dict[str, object],
    output: Path,
    kernels: Pool,
    reader: Reader,
    environment: Mapping[str, str],
) -> None:
    papermill = import_papermill()
    with kernels.kernel() as kernel:
        papermill.execute_notebook(
            # papermill fills in {…} in paths.
            *(str(path).replace("{", "{{").replace("}", "}}") for path in (notebook.path, output)),
            parameters=parameters,
            engine_name="citypromo",
            kernel_name="python3",
            language="python",
            kernel=kernel,
            environment=environment,
            progress_bar=False,
            execution_timeout=CELL_TIMEOUT_S,
            # Once, at the end: not before and after every cell, pictures and all.
            request_save_on_cell_execute=False,
            on_cell_start=reader,
        )


INTERRUPTED = ("Ctrl-C で中断しました。", AGAIN)
DISK_FULL = ("ディスクがいっぱいで、書き込めません。", f"不要なファイルを消して空きを作り、{AGAIN}")


def explained(
    name: str, text: str, notebook: str, interrupted: bool = False, said: str = ""
) -> tuple[str, str]:
    """What happened and what to do, for an error that a cell ended with.

    Args:
        name: the error's class.
        text: its whole message.
        notebook: where it happened.
        interrupted: whether the run was.
        said: what of the message may be said, as it may quote an answer; by default all.
    """
    look = f"JupyterLab で notebooks/{notebook}.ipynb を開き、この見出しの下を確かめてください。"
    if name == "DeadKernelError":
        what = "カーネル（Python）が途中で終了しました。"
        return INTERRUPTED if interrupted else (what, f"メモリー不足でないか確かめ、{AGAIN}")
    if name == "CellTimeoutError":
        what = f"1つのセルが {CELL_TIMEOUT_S} 秒を超えました。"
        return what, "そのセルの処理を見直してください。"
    if name == "InputError":
        return text, f"上に挙げた箇所を直して、{AGAIN}"
    if name == "OSError" and re.search(rf"Errno ({'|'.join(map(str, FULL))})\b", text, re.I):
        return DISK_FULL
    if shell := re.match(r"Command '(.*)' returned non-zero exit status (-?\d+)", text, re.DOTALL):
        command = shell[1] if shell[1] in (said or text) else "…"
        return f"シェルの行「{command}」が失敗しました（終了コード {shell[2]}）。", look
    # The rest of a long text is in the notebook, when it is run by hand.
    return f"{name}: {(said or text).strip().partition(chr(10))[0]}", look
