"""Publication: a verified staging folder is put in place; the last good one is never harmed.

The staging folder lies on the same file system as what it replaces. Once it is complete, a
journal is written; from then on a crash at any point is repaired by going on at the next start.
Before the journal, a crash leaves the old report untouched. Once everything is in place, the
staging folder, now with the old report in it, becomes rubbish in one step and is then removed.

Linux can exchange two folders at once. Elsewhere the old one is moved aside and the new one moved
in; a crash between the two steps is seen by what lies where, and repaired by going on.
"""

import contextlib
import ctypes
import json
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from helpers.places import Places
from helpers.problems import InputError, Message, Problem, Said

JOURNAL = "publish.json"
NAMED = 5
AT_FDCWD = -100
RENAME_EXCHANGE = 2
PATIENCE_S = 2.0

RUNNING = Message(
    "別の実行がこの年度版を処理しています",
    remedy="終わるのを待ってください",
    en="another run is at work on this edition. → wait until it has ended",
)
HALF_WAY = Message(
    "公開が途中で止まっています",
    remedy="citypromo run {edition} で最後まで済みます",
    en="its publication was interrupted. → citypromo run {edition} finishes it",
)
NOT_WRITABLE = Message(
    "書き込めません（{why}）",
    "書き込めるフォルダー",
    "アクセス権とディスクを確かめてください",
    "cannot be written ({why}). → look at the permissions and at the disk",
)
ELSEWHERE = Message(
    "reports/.staging と別のディスクにあります",
    "同じディスクのフォルダー",
    "リンクをやめてフォルダーにするか、プロジェクトごと同じディスクに置いてください",
    "lies on another disk than reports/.staging. → make it a folder and no link, or keep the "
    "whole project on one disk",
)
A_LINK = Message(
    "リンクです",
    "フォルダー",
    "リンクを消してください（市のフォルダーをリンクにすることはできます）",
    "is a link, not a folder. → remove the link (the folder of the city may be one)",
)
HELD = Message(
    "前の報告書のファイル{files}がほかのプログラムで開かれているので、置き換えられません",
    remedy="{folders} のファイルを開いているプログラム（Excel、PDF の表示など）を閉じて、"
    "もう一度実行してください",
    en="files of the last report{files} are open in another program and cannot be replaced. → "
    "close the programs (Excel, a PDF reader) that have files of {folders} open, and run again",
)
NOT_MOVED = Message(
    "新しい報告書に置き換えられません（{why}）",
    remedy="{folders} のファイルを開いているプログラムを閉じて、もう一度実行してください",
    en="the new report cannot be put in place ({why}). → close the programs that have files of "
    "{folders} open, and run again",
)


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
    _onto_the_disk([staging / name for name in ("data", "report")])
    inodes = {name: (staging / name).stat().st_ino for name in ("data", "report")}
    partial = staging / f"{JOURNAL}.partial"
    with partial.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(inodes, file)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(staging / JOURNAL)
    _synchronize_folders([staging])
    repair(places)


def _onto_the_disk(folders: list[Path]) -> None:
    """Wait until all is on the disk: a power cut must not leave a report of empty files.

    What has a second name in the published report was waited for then.
    """
    from concurrent.futures import ThreadPoolExecutor  # not where there is nothing to do

    found = [path for folder in folders for path in folder.rglob("*")]
    files = [path for path in found if path.is_file() and path.stat().st_nlink == 1]
    with ThreadPoolExecutor(16) as pool:  # the disk takes many at once, not one after another
        list(pool.map(_synchronize, files))
    _synchronize_folders([*folders, *(path for path in found if path.is_dir())])


def _synchronize(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _synchronize_folders(folders: Iterable[Path]) -> None:
    """Wait until the names in folders are on the disk; Windows does that by itself."""
    if os.name == "nt":
        return
    for folder in folders:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            with contextlib.suppress(OSError):  # some network disks cannot
                os.fsync(descriptor)
        finally:
            os.close(descriptor)


def refuse_unreachable(places: Places) -> None:
    """Say before notebooks run that their report could not be put in place.

    Raises:
        InputError: a published folder is a link, or lies on another disk.
    """
    staging = staging_folder(places)
    staging.mkdir(parents=True, exist_ok=True)
    device = staging.stat().st_dev
    for target in (places.published_data, places.published_report):
        if target.is_symlink():
            raise InputError(A_LINK.at(str(target)))
        there = next(folder for folder in (target, *target.parents) if folder.exists())
        if there.stat().st_dev != device:
            raise InputError(ELSEWHERE.at(str(there)))


def is_interrupted(places: Places) -> bool:
    """Whether a publication has begun and not ended."""
    return (staging_folder(places) / JOURNAL).exists()


def refuse_interrupted(places: Places) -> None:
    """Say that a publication has not ended, where one has not.

    Raises:
        InputError: so it is.
    """
    if is_interrupted(places):
        edition = f"{places.city} {places.fiscal_year}"
        raise InputError(HALF_WAY.at(edition, edition=edition))


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
    _synchronize_folders({target.parent for target in targets.values()} | {staging})
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
    folders = f"{places.published_report}, {places.published_data}"
    if isinstance(error, PermissionError):
        return HELD.at(places.edition, files=_held(places), folders=folders)
    why = f"{error.strerror}: {error.filename}"
    return NOT_MOVED.at(places.edition, why=why, folders=folders)


def _held(places: Places) -> Said:
    """The first files that are open, in brackets; nothing where only a folder is."""
    folders = (places.published_report, places.published_data)
    files = [path for folder in folders for path in held(folder)]
    names = [path.relative_to(places.root).as_posix() for path in files[:NAMED]]
    more = len(files) - NAMED
    if not names:
        return Said("", "")
    ja = "、".join(names) + (f" ほか {more} 件" if more > 0 else "")
    en = ", ".join(names) + (f" and {more} more" if more > 0 else "")
    return Said(f"（{ja}）", f" ({en})")


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

    It lies in the project, where a run on another computer sees it too, and where nothing that
    cleans up removes it.

    Raises:
        InputError: another run holds it, or nothing can be written here.
    """
    from filelock import FileLock, Timeout

    path = places.root / "reports" / ".locks" / f"{places.city}-{places.fiscal_year}.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        held_lock = FileLock(path, timeout=0)
        held_lock.acquire()
    except Timeout:
        raise InputError(RUNNING.at(places.edition)) from None
    except OSError as error:
        raise InputError(NOT_WRITABLE.at(str(path.parent), why=error.strerror)) from None
    try:
        yield
    finally:
        held_lock.release()


@dataclass(frozen=True)
class Replacement:
    """A new folder, and the one that it replaces.

    Attributes:
        new: the new folder; on the same file system.
        target: where it belongs.
        inode: the new folder's number, by which it is known wherever it lies.
    """

    new: Path
    target: Path
    inode: int

    @property
    def aside(self) -> Path:
        """Where the old folder waits to be removed, out of the readers' sight."""
        return self.new.with_name(f"old-{self.new.name}")

    @property
    def done(self) -> bool:
        """Whether the new folder is where it belongs."""
        return not self.new.exists() or _inode(self.target) == self.inode

    def do(self) -> None:
        """Put the new folder in place, from whatever state a crash has left.

        Raises:
            OSError: it cannot be moved; ``undo`` then brings back the old state.
        """
        if self.done:
            return
        self.target.parent.mkdir(parents=True, exist_ok=True)
        if self.target.exists():
            if exchange(self.new, self.target):
                return
            if self.aside.exists():
                shutil.rmtree(self.aside)
            _move(self.target, self.aside)
        _move(self.new, self.target)

    def undo(self) -> None:
        """Put the old folder back."""
        if not self.new.exists():
            _move(self.target, self.new)
        elif _inode(self.target) == self.inode:
            exchange(self.new, self.target)
        if self.aside.exists() and not self.target.exists():
            _move(self.aside, self.target)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; ``False`` where the system cannot."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    paths = os.fsencode(one), os.fsencode(other)
    return bool(rename(AT_FDCWD, paths[0], AT_FDCWD, paths[1], RENAME_EXCHANGE) == 0)


def _move(source: Path, target: Path) -> None:
    """Rename; wait for a moment where a virus scanner may hold a file."""
    deadline = time.monotonic() + (PATIENCE_S if patient() else 0)
    while True:
        try:
            source.rename(target)
            return
        except PermissionError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.1)


def held(folder: Path) -> list[Path]:
    """The files that another program has open, on Windows: they take no name, not even their own.

    Elsewhere an open file is no obstacle, and none is found.
    """
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and _is_held(path)]


def _is_held(path: Path) -> bool:
    try:
        path.rename(path)
    except PermissionError:
        return True
    except OSError:  # removed meanwhile
        return False
    return False


def patient() -> bool:
    """Whether this is a system that renames no folder with an open file: Windows."""
    return os.name == "nt"


def _inode(path: Path) -> int | None:
    return path.stat().st_ino if path.exists() else None
