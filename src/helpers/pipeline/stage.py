"""Notebooks of one stage, side by side."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING

from helpers.pipeline.notebook import Notebook
from helpers.pipeline.plan import Key, Success
from helpers.pipeline.planning import Planning
from helpers.pipeline.progress import Progress
from helpers.places import NOTEBOOK_VARIABLE, RUN_VARIABLE

if TYPE_CHECKING:  # slow to import: only when something has to run
    from helpers.pipeline.execution import Executed
    from helpers.pipeline.kernels import Pool


def side_by_side(
    notebooks: list[Notebook],
    execute: "Callable[[Notebook], Executed]",
    kernels: "Pool",
    workers: int,
) -> "list[Executed]":
    """Execute independent notebooks; a kernel is a process, so threads only wait.

    Args:
        notebooks: what is to run.
        execute: runs one of them; a notebook that fails says so in what it returns.
        kernels: stopped when the user interrupts.
        workers: how many run at the same time.

    Raises:
        KeyboardInterrupt: interrupted, and no notebook failed by it.
    """
    with ThreadPoolExecutor(workers) as pool:
        # What has most code goes first: all others would wait for it at the end.
        longest = sorted(notebooks, key=lambda each: len("".join(each.code)), reverse=True)
        tasks = [pool.submit(execute, notebook) for notebook in longest]
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


def executor(
    planning: Planning,
    keys: Mapping[str, Key],
    kernels: "Pool",
    progress: Progress,
    successes: dict[str, Success],
) -> "Callable[[Notebook], Executed]":
    """A function that executes one notebook of the stage and says how far it is.

    A success is recorded in ``successes`` and at once in the staging folder, for whatever comes
    next.
    """
    from helpers.pipeline.execution import execute

    staging = planning.staging

    def run(notebook: Notebook) -> "Executed":
        name, cells = notebook.name, len(notebook.cells) + 1  # with the cell of parameters
        told = {RUN_VARIABLE: str(staging.folder), NOTEBOOK_VARIABLE: name}
        output = staging.part(name) / "report" / "notebooks" / notebook.path.name

        def say(index: int, heading: str) -> None:
            progress.cell(name, index + 1, cells, heading)

        done = execute(notebook, planning.parameters[name], output, kernels, say, told)
        if done.failure is None:
            successes[name] = staging.complete(name, keys[name])
        progress.end(name, f"  {'×' if done.failure else '○'} {name}  {done.seconds:.1f} 秒")
        return done

    return run
