"""Publication: a verified staging folder is put in place, and the last good one is never harmed.

The staging folder lies on the same file system as what it replaces. Once it is complete, a
journal is written; from then on a crash at any point is repaired by going on at the next start.
Before the journal, a crash leaves the old report untouched. Once everything is in place, the
staging folder, now with the old report in it, becomes rubbish in one step and is then removed.
"""

import contextlib
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.pipeline.replacement import Replacement, held
from helpers.places import Places
from helpers.problems import InputError, Problem

JOURNAL = "publish.json"
NAMED = 5


def staging_folder(places: Places) -> Path:
    """Where a run of this edition writes."""
    return places.root / "reports" / ".staging" / f"{places.city}-{places.fiscal_year}"


def publish(places: Places) -> None:
    """Put the staged data and report in the place of the published ones.

    Raises:
        InputError: a folder cannot be moved; everything published is as it was, and the next
            run needs only to publish.
    """
    staging = staging_folder(places)
    _onto_the_disk(staging / name for name in ("data", "report"))
    inodes = {name: (staging / name).stat().st_ino for name in ("data", "report")}
    partial = staging / f"{JOURNAL}.partial"
    with partial.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(inodes, file)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(staging / JOURNAL)
    repair(places)


def _onto_the_disk(folders: Iterable[Path]) -> None:
    """Wait until every file is on the disk: a power cut must not leave a report of empty files.

    What has a second name in the published report was waited for then.
    """
    from concurrent.futures import ThreadPoolExecutor  # not where there is nothing to do

    found = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    files = [path for path in found if path.stat().st_nlink == 1]
    with ThreadPoolExecutor(16) as pool:  # the disk takes many at once, not one after another
        list(pool.map(_synchronize, files))


def _synchronize(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def is_interrupted(places: Places) -> bool:
    """Whether a publication has begun and not ended."""
    return (staging_folder(places) / JOURNAL).exists()


def repair(places: Places) -> bool:
    """Finish a publication that was interrupted, if there is one.

    Returns:
        Whether there was one.

    Raises:
        InputError: a folder cannot be moved; everything published is as it was.
    """
    staging = staging_folder(places)
    _remove(_rubbish(places))
    journal = staging / JOURNAL
    if not journal.exists():
        return False
    inodes = json.loads(journal.read_text(encoding="utf-8"))
    targets = {"data": places.published_data, "report": places.published_report}
    replacements = [Replacement(staging / n, targets[n], inode) for n, inode in inodes.items()]
    try:
        for replacement in replacements:
            replacement.do()
    except OSError as error:
        with contextlib.suppress(OSError):  # if this fails too, the next start goes on
            for replacement in reversed(replacements):
                replacement.undo()
            journal.unlink()
        raise InputError(cannot_move(places, error)) from error
    # Drafts are out of date now: by hand nothing may read them any more.
    for folder in (places.draft, staging):
        _discard(folder, _rubbish(places))
    return True


def _discard(folder: Path, rubbish: Path) -> None:
    """Remove a folder at once, so that nobody sees it half-removed."""
    if folder.exists():
        rubbish.mkdir(parents=True, exist_ok=True)
        # On Windows a draft that someone has open stays.
        with contextlib.suppress(PermissionError):
            folder.rename(rubbish / f"{time.time_ns()}")
        _remove(rubbish)


def _rubbish(places: Places) -> Path:
    return staging_folder(places).with_suffix(".old")


def _remove(folder: Path) -> None:
    # On Windows a file that someone has open stays; the next start tries again.
    shutil.rmtree(folder, ignore_errors=True)


def cannot_move(places: Places, error: OSError) -> Problem:
    """What to do where the old report, or another name of one of its files, cannot be moved."""
    found = f"新しい報告書に置き換えられません（{error.strerror}: {error.filename}）"
    if isinstance(error, PermissionError):
        held_files = f"前の報告書のファイル{_held(places)}"
        found = f"{held_files}がほかのプログラムで開かれているので、置き換えられません"
    remedy = (
        f"{places.published_report} と {places.published_data} のファイルを開いている"
        "プログラム（Excel、PDF の表示など）を閉じて、もう一度実行してください"
    )
    return Problem(places.edition, found, remedy=remedy)


def _held(places: Places) -> str:
    """The first files that are open, in brackets; nothing where only a folder is."""
    folders = (places.published_report, places.published_data)
    files = [path for folder in folders for path in held(folder)]
    names = [path.relative_to(places.root).as_posix() for path in files[:NAMED]]
    rest = f" ほか {len(files) - NAMED} 件" if len(files) > NAMED else ""
    return f"（{'、'.join(names)}{rest}）" if names else ""


def keep_failed(staging: Path, places: Places, notebooks: list[str]) -> Path:
    """Copy the executed notebooks that failed aside, for a look at what went wrong.

    The parts of the notebooks that succeeded stay in the staging folder: the next run goes on
    from there.
    """
    aside = failed_folder(places)
    for name in notebooks:
        executed = staging / "parts" / name / "report" / "notebooks" / f"{name}.ipynb"
        # On a full disk the copy may fail; the sentence about the full disk is what counts.
        with contextlib.suppress(OSError):
            shutil.copyfile(executed, aside / executed.name)
    return aside


def failed_folder(places: Places) -> Path:
    """The folder for what a failed run leaves to look at, emptied."""
    aside = places.root / "reports" / "_failed" / places.edition
    _remove(aside)
    aside.mkdir(parents=True, exist_ok=True)
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
