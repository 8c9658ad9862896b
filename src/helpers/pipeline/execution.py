"""Executing notebooks with papermill, side by side, and what is said when one fails."""

import errno
import importlib
import re
import sys
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers import seal
from helpers.pipeline.kernels import KernelsStopped, Pool
from helpers.pipeline.notebook import Notebook
from helpers.pipeline.output_control import OURS, control, without_answers
from helpers.problems import Said

CELL_TIMEOUT_S = 600
FULL = (errno.ENOSPC, errno.EDQUOT)
_importing = threading.Lock()
_SPARED = ("rfc3987_syntax", "isoduration")


@dataclass(frozen=True)
class Failure:
    """Why a notebook failed, in the three things a person needs."""

    notebook: str
    heading: str
    what: Said
    remedy: Said

    def __str__(self) -> str:
        """Three lines: where, what, what to do."""
        return self.said.ja

    @property
    def said(self) -> Said:
        """The three lines in both languages."""
        ja = f"{self.notebook}「{self.heading}」で止まりました。\n{self.what}\n→ {self.remedy}"
        en = f"{self.notebook} stopped at “{self.heading}”.\n{self.what.en}\n→ {self.remedy.en}"
        return Said(ja, en)


@dataclass(frozen=True)
class Executed:
    """The outcome of one notebook.

    Attributes:
        notebook: its name.
        seconds: how long it took.
        failure: why it failed, if it did.
        observed: JSON of what it read (``helpers.recorder``); empty if its kernel did not say.
    """

    notebook: str
    seconds: float
    failure: Failure | None = None
    observed: str = ""


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
    observed: list[str] = []
    key = seal.new_key()
    told = {**(environment or {}), seal.VARIABLE: key}
    try:
        _papermill(notebook, parameters, output, kernels, reader, told, observed)
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
        ja, en = "カーネル（Python）が起動しません", "the kernel (Python) does not start"
        what = Said(f"{ja}: {error}", f"{en}: {error}")
        remedy = Said(
            "citypromo の環境を確かめ、もう一度実行してください。",
            "look at the environment of citypromo, and run again.",
        )
        why = INTERRUPTED if kernels.stopped else (what, remedy)
        failure = Failure(notebook.name, reader.heading, *why)
    finally:
        control(output, key, str(parameters.get("lang", "ja")))
    return Executed(notebook.name, time.monotonic() - start, failure, "".join(observed))


def import_papermill() -> Any:
    """Papermill, which is slow to import: only when something has to run.

    jsonschema, for formats that no notebook has, imports what is slow: a grammar of
    internationalized addresses (two seconds) and dates of arrow, where jupyterlab is installed.
    """
    with _importing:
        spared = [name for name in _SPARED if name not in sys.modules]
        if "papermill" in sys.modules:
            spared = []
        sys.modules.update(dict.fromkeys(spared))  # type: ignore[arg-type]
        try:
            return importlib.import_module("papermill")
        finally:
            for name in spared:
                del sys.modules[name]


def _papermill(
    notebook: Notebook,
    parameters: dict[str, object],
    output: Path,
    kernels: Pool,
    reader: Reader,
    environment: Mapping[str, str],
    observed: list[str],
) -> None:
    papermill = import_papermill()
    with kernels.kernel(notebook.name) as kernel:
        papermill.execute_notebook(
            # papermill fills in {…} in paths.
            *(str(path).replace("{", "{{").replace("}", "}}") for path in (notebook.path, output)),
            parameters=parameters,
            engine_name="citypromo",
            kernel_name="python3",
            language="python",
            kernel=kernel,
            environment=environment,
            observed=observed,
            progress_bar=False,
            execution_timeout=CELL_TIMEOUT_S,
            # Once, at the end: not before and after every cell, pictures and all.
            request_save_on_cell_execute=False,
            on_cell_start=reader,
        )


AGAIN = Said("もう一度実行してください。", "run again.")
INTERRUPTED = (Said("Ctrl-C で中断しました。", "It was interrupted by Ctrl-C."), AGAIN)
DISK_FULL = (
    Said("ディスクがいっぱいで、書き込めません。", "The disk is full; nothing can be written."),
    Said(
        "不要なファイルを消して空きを作り、もう一度実行してください。",
        "remove files that are not needed, and run again.",
    ),
)
ENDED = (
    Said("カーネル（Python）が途中で終了しました。", "The kernel (Python) ended unexpectedly."),
    Said(
        "メモリー不足でないか確かめ、もう一度実行してください。",
        "see whether memory was short, and run again.",
    ),
)
TOO_LONG = Said("1つのセルが {s} 秒を超えました。", "A cell took more than {s} seconds.")
LOOK_AT_IT = Said("そのセルの処理を見直してください。", "look at what the cell does.")
MEND = Said(
    "上に挙げた箇所を直して、もう一度実行してください。", "mend what is named above, and run again."
)


def explained(
    name: str, text: str, notebook: str, interrupted: bool = False, said: str = ""
) -> tuple[Said, Said]:
    """What happened and what to do, for an error that a cell ended with.

    Args:
        name: the error's class.
        text: its whole message.
        notebook: where it happened.
        interrupted: whether the run was.
        said: what of the message may be said, as it may quote an answer; by default all.
    """
    look = Said(
        f"JupyterLab で notebooks/{notebook}.ipynb を開き、この見出しの下を確かめてください。",
        f"open notebooks/{notebook}.ipynb in JupyterLab and look below this heading.",
    )
    if name == "DeadKernelError":
        return INTERRUPTED if interrupted else ENDED
    if name == "CellTimeoutError":
        ja, en = (text.format(s=CELL_TIMEOUT_S) for text in (TOO_LONG.ja, TOO_LONG.en))
        return Said(ja, en), LOOK_AT_IT
    if name == "InputError":
        return Said(text, text), MEND
    if name == "OSError" and re.search(rf"Errno ({'|'.join(map(str, FULL))})\b", text, re.I):
        return DISK_FULL
    if shell := re.match(r"Command '(.*)' returned non-zero exit status (-?\d+)", text, re.DOTALL):
        command = shell[1] if shell[1] in (said or text) else "…"
        ja = f"シェルの行「{command}」が失敗しました（終了コード {shell[2]}）。"
        return Said(ja, f"The shell line “{command}” failed (exit code {shell[2]})."), look
    # The rest of a long text is in the notebook, when it is run by hand.
    first = f"{name}: {(said or text).strip().partition(chr(10))[0]}"
    return Said(first, first), look


def side_by_side(
    notebooks: list[Notebook],
    execute_one: Callable[[Notebook], Executed],
    kernels: Pool,
    workers: int,
) -> list[Executed]:
    """Execute independent notebooks; a kernel is a process, so threads only wait.

    Args:
        notebooks: what is to run.
        execute_one: runs one of them; a notebook that fails says so in what it returns.
        kernels: stopped when the user interrupts.
        workers: how many run at the same time.

    Raises:
        KeyboardInterrupt: interrupted, and no notebook failed by it.
    """
    with ThreadPoolExecutor(workers) as pool:
        # What has most code goes first: all others would wait for it at the end.
        longest = sorted(notebooks, key=lambda each: len("".join(each.code)), reverse=True)
        tasks = [pool.submit(execute_one, notebook) for notebook in longest]
        try:
            done = [task.result() for task in as_completed(tasks)]
        except KeyboardInterrupt:
            # Notebooks that are running fail with their kernels; those that wait never start.
            kernels.stop()
            pool.shutdown(wait=False, cancel_futures=True)
            done = [task.result() for task in tasks if not task.cancelled()]
            if not any(outcome.failure for outcome in done):
                raise
    return sorted(done, key=lambda outcome: outcome.notebook)
