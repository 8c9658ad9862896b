"""Publication: a verified staging folder is put in place, and the last good one is never harmed.

The staging folder lies on the same file system as what it replaces. Once it is complete, a
journal names every move; from then on a crash at any point is repaired by following the journal
to its end at the next start. Before the journal, a crash leaves the old report untouched.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.places import Places
from helpers.problems import InputError, Problem

JOURNAL = "publish.json"


def staging_folder(places: Places) -> Path:
    """Where a run of this edition writes, empty at the start of every run."""
    return places.root / "reports" / ".staging" / f"{places.city}-{places.fiscal_year}"


def publish(staging: Path, places: Places) -> None:
    """Put the staged data and report in the place of the published ones."""
    moves = [
        [str(staging / "data"), str(places.published_data)],
        [str(staging / "report"), str(places.published_report)],
    ]
    partial = staging / f"{JOURNAL}.partial"
    partial.write_text(json.dumps(moves), encoding="utf-8")
    with partial.open("rb+") as file:
        os.fsync(file.fileno())
    partial.replace(staging / JOURNAL)
    repair(places)


def repair(places: Places) -> bool:
    """Finish a publication that was interrupted, if there is one.

    Returns:
        Whether there was one.
    """
    staging = staging_folder(places)
    journal = staging / JOURNAL
    if not journal.exists():
        return False
    for new, target in json.loads(journal.read_text(encoding="utf-8")):
        _replace(Path(new), Path(target))
    shutil.rmtree(staging)
    return True


def _replace(new: Path, target: Path) -> None:
    """Move ``new`` to ``target``; done already where ``new`` is gone."""
    old = target.with_name(f".old-{target.name}")
    if new.exists():
        if target.exists():
            _remove(old)
            target.rename(old)
        target.parent.mkdir(parents=True, exist_ok=True)
        new.rename(target)
    _remove(old)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def keep_failed(staging: Path, places: Places, notebooks: list[str]) -> Path:
    """Copy the executed notebooks that failed aside, for a look at what went wrong.

    The parts of the notebooks that succeeded stay in the staging folder: the next run goes on
    from there.
    """
    aside = places.root / "reports" / "_failed" / places.edition
    _remove(aside)
    aside.mkdir(parents=True)
    for name in notebooks:
        executed = staging / "parts" / name / "report" / "notebooks" / f"{name}.ipynb"
        if executed.exists():
            shutil.copyfile(executed, aside / executed.name)
    return aside


@contextmanager
def lock(places: Places) -> Iterator[None]:
    """Hold an edition for one run; the lock goes with the process that holds it.

    Raises:
        InputError: another run holds it.
    """
    from filelock import FileLock, Timeout

    path = staging_folder(places).with_suffix(".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(path, timeout=0):
            yield
    except Timeout:
        found, remedy = "別の実行がこの年度版を処理しています", "終わるのを待ってください"
        raise InputError(Problem(places.edition, found, remedy=remedy)) from None
