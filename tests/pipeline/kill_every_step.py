"""Kills publications at their every step; run as a script, for it forks.

    python kill_every_step.py FOLDER exchange|renames first|again

A child is killed by SIGKILL at its n-th change of the file system: it cannot clean up.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from helpers.pipeline import publication
from helpers.places import Places

FILES = ("a.txt", "figures/b.txt", "figures/c.txt")
CHANGES = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "open")


def write(folder: Path, text: str) -> None:
    for name in FILES:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def texts(folder: Path) -> set[str]:
    """What a reader finds in a folder; every file must be there, or none."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found in (set(FILES), set()), found
    return {(folder / name).read_text() for name in found}


def published(places: Places) -> list[set[str]]:
    return [texts(places.published_data), texts(places.published_report)]


def killed(places: Places, work: Callable[[Places], object], steps: int) -> bool:
    """Do something in a child; whether it was killed before it was through."""
    child = os.fork()
    if child == 0:
        left = steps

        def count(event: str, _: object) -> None:
            nonlocal left
            left -= event in CHANGES
            if left < 0 and event in CHANGES:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            work(places)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL), status
    return status != 0


def prepare(places: Places, first: bool) -> None:
    for folder in (places.published_data, places.published_report, places.draft):
        shutil.rmtree(folder, ignore_errors=True)
        if not first:
            write(folder, "old")
    for name in ("data", "report"):
        write(publication.staging_folder(places) / name, "new")


def main(places: Places, can: bool, first: bool) -> int:
    """The number of steps at which a publication was killed, and each of its repairs."""
    if not can:
        publication.exchange = lambda one, other: False
    old: set[str] = set() if first else {"old"}
    # With the exchange a reader never finds nothing where there was something.
    allowed = [old, {"new"}] if can else [old, {"new"}, set()]
    steps = 0
    while True:
        prepare(places, first)
        if not killed(places, publication.publish, steps):
            break
        assert all(seen in allowed for seen in published(places)), (steps, published(places))
        repairs = 0  # repairs are killed as well, each one step later than the one before
        while killed(places, publication.repair, repairs):
            assert all(seen in allowed for seen in published(places)), (steps, repairs)
            repairs += 1
        check(places, old, steps)
        steps += 1
    check(places, {"new"}, steps)
    return steps


def check(places: Places, old: set[str], steps: int) -> None:
    """After a repair all is of one run, and what is not needed any more is gone."""
    seen = published(places)
    assert seen in ([old, old], [{"new"}, {"new"}]), (steps, seen)
    if seen == [{"new"}, {"new"}]:
        assert not publication.staging_folder(places).exists()
        assert not places.draft.exists()
    assert not publication._rubbish(places).exists()


if __name__ == "__main__":
    root, can, first = sys.argv[1:]
    print(main(Places(Path(root), "mihon", 2025), can == "exchange", first == "first"))
