"""One edition, one task: what every worker does, whichever engine has sent it.

A worker does one edition at a time, keeps its kernels warm from one to the next, and runs the
notebooks of an edition one after another: all cores are busy with other editions.
"""

import io
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.batch.memory import Watch
from helpers.batch.outcome import DONE, FAILED, UNCHANGED, Outcome
from helpers.places import ROOT_VARIABLE
from helpers.problems import InputError, Message

if TYPE_CHECKING:
    from helpers.pipeline.kernels import KeptKernels

NO_ROOT = Message(
    "ワーカー {worker} から、このフォルダーが見えません",
    remedy="すべてのワーカーから同じ場所に見える共有フォルダーに置いてください",
    en="the worker {worker} does not see this folder. → put it on a folder that all workers share",
)
OTHER_PROGRAM = Message(
    "ワーカー {worker} の helpers は、このフォルダーの src と同じではありません",
    remedy="ワーカーの環境に同じ版を入れてください",
    en="the helpers of the worker {worker} differ from src here. → install the same there",
)
_alone = threading.Lock()  # a worker with several threads still does one edition at a time
_kept: "dict[str, KeptKernels]" = {}


def run_one(city: str, year: int, root: str, side_by_side: int = 1) -> Outcome:
    """Bring one edition up to date and publish it, as ``citypromo run`` does.

    Args:
        city: the city's id.
        year: the fiscal year.
        root: the project, as this worker sees it.
        side_by_side: notebooks of one stage that run at the same time.
    """
    return measured(lambda: bring_up_to_date(city, year, Path(root), side_by_side))


def measured(work: Callable[[], Outcome]) -> Outcome:
    """An outcome, with what it took and who did it; one at a time."""
    with _alone:
        start = time.monotonic()
        with Watch() as watch:
            outcome = work()
    return replace(
        outcome,
        seconds=time.monotonic() - start,
        cpu_s=watch.cpu_s,
        memory_mb=watch.memory_mb,
        peak_mb=watch.peak_mb,
        worker=name(),
    )


def name() -> str:
    """This worker, as the table and a person on call name it."""
    return f"{socket.gethostname()}:{os.getpid()}"


def end_kernels() -> None:
    """End the kernels that this worker keeps; the next edition starts new ones."""
    while _kept:
        _kept.popitem()[1].close()


def bring_up_to_date(city: str, year: int, root: Path, side_by_side: int = 1) -> Outcome:
    """The work of a task, whatever measures it.

    Args:
        city: the city's id.
        year: the fiscal year.
        root: the project; this process works there from now on.
        side_by_side: notebooks of one stage that run at the same time.
    """
    from helpers.pipeline.run import program_error

    os.environ[ROOT_VARIABLE] = str(root)
    try:
        _check(root)
        return _run(city, year, root, side_by_side)
    except InputError as error:
        return Outcome(city, year, FAILED, error.text("ja"), error.text("en"))
    except Exception as error:  # a fault of ours must not stop the other editions
        said = program_error(error, city, year)
        return Outcome(city, year, FAILED, said.ja, said.en)


def _run(city: str, year: int, root: Path, side_by_side: int) -> Outcome:
    from helpers.pipeline.closing import verify_if_closed
    from helpers.pipeline.plan import up_to_date

    if verify_if_closed(city, year) or up_to_date(city, year):
        return Outcome(city, year, UNCHANGED)
    from helpers.edition import Edition
    from helpers.pipeline.kernels import KeptKernels
    from helpers.pipeline.progress import Progress
    from helpers.pipeline.run import run

    for other in _kept.keys() - {str(root)}:
        _kept.pop(other).close()
    kernels = _kept.setdefault(str(root), KeptKernels(root))
    progress = Progress(io.StringIO())
    result = run(Edition.open(city, year), progress=progress, workers=side_by_side, kernels=kernels)
    if result.report is None:
        said = [failure.said for failure in result.failures]
        ja, en = ("\n".join(each.of(lang) for each in said) for lang in ("ja", "en"))
        return Outcome(city, year, FAILED, ja, en)
    return Outcome(city, year, DONE if result.published else UNCHANGED)


def _check(root: Path) -> None:
    """The worker sees the project, and runs the very program that lies there.

    Raises:
        InputError: it does not.
    """
    from helpers.pipeline.plan import helpers_digest

    if not (root / "data" / "raw").is_dir():
        raise InputError(NO_ROOT.at(str(root), worker=name()))
    mine = Path(__file__).resolve().parents[3]
    if mine != root.resolve() and helpers_digest(mine) != helpers_digest(root):
        raise InputError(OTHER_PROGRAM.at(str(root), worker=name()))
