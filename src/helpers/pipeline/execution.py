"""Executing one notebook with papermill, and what is said when it fails."""

import time
from dataclasses import dataclass
from pathlib import Path

from helpers.pipeline.notebook import Notebook

CELL_TIMEOUT_S = 600


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


def execute(notebook: Notebook, parameters: dict[str, object], output: Path) -> Executed:
    """Run one notebook in a kernel of its own and store it, as executed, at ``output``."""
    # Slow to import: only when something has to run.
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    start = time.monotonic()
    failure = None
    try:
        papermill.execute_notebook(
            str(notebook.path),
            str(output),
            parameters=parameters,
            kernel_name="python3",
            progress_bar=False,
            log_output=False,
            execution_timeout=CELL_TIMEOUT_S,
        )
    except papermill.PapermillExecutionError as error:
        failure = _cell_failure(notebook, error)
    except DeadKernelError:
        what = "カーネル（Python）が途中で終了しました。"
        failure = Failure(
            notebook.name, "?", what, "メモリー不足でないか確かめ、もう一度実行してください。"
        )
    except CellTimeoutError:
        what = f"1つのセルが {CELL_TIMEOUT_S} 秒を超えました。"
        failure = Failure(notebook.name, "?", what, "そのセルの処理を見直してください。")
    return Executed(notebook.name, time.monotonic() - start, failure)


def _cell_failure(notebook: Notebook, error: object) -> Failure:
    name, text = str(getattr(error, "ename", "")), str(getattr(error, "evalue", ""))
    # papermill puts one injected cell behind the parameters cell.
    heading = notebook.heading_of(max(int(getattr(error, "cell_index", 0)) - 1, 0))
    if name == "InputError":
        return Failure(
            notebook.name, heading, text, "上に挙げた箇所を直して、もう一度実行してください。"
        )
    remedy = (
        f"JupyterLab で notebooks/{notebook.name}.ipynb を開き、この見出しの下を確かめてください。"
    )
    return Failure(notebook.name, heading, f"{name}: {text}", remedy)
