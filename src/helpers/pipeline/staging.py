"""The staging folder of a run: a part for each notebook, put together stage by stage.

A part that is complete is named by a small file beside it, with the key it was made from. So an
interrupted run goes on where it stopped, and every output is known by the notebook that wrote it.
"""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from helpers.pipeline.plan import Key, Success, file_digest
from helpers.pipeline.publication import cannot_move, staging_folder
from helpers.places import Places
from helpers.problems import InputError, Problem


class Staging:
    """Where a run of one edition writes, on the same file system as what it will replace."""

    def __init__(self, places: Places):
        self.places = places
        self.folder = staging_folder(places)
        self.data = self.folder / "data"
        self.report = self.folder / "report"
        self._writer: dict[str, str] = {}

    def prepare(self, again: bool = False) -> None:
        """Empty all but complete parts, which an interrupted run left for this one.

        Args:
            again: empty those too.

        Raises:
            InputError: a file is open in another program (Windows). A published file has its
                second name here, so this is said before notebooks run for nothing.
        """
        for folder in (self.data, self.report):
            if folder.exists():
                try:
                    shutil.rmtree(folder)
                except PermissionError as error:
                    raise InputError(cannot_move(self.places, error)) from error
            folder.mkdir(parents=True)
        for part in self.folder.glob("parts/*/"):
            if again or not self._record(part.name).exists():
                shutil.rmtree(part)

    def part(self, name: str) -> Path:
        """The folder that one notebook writes to, empty."""
        folder = self.folder / "parts" / name
        if folder.exists():
            shutil.rmtree(folder)
        self._record(name).unlink(missing_ok=True)
        (folder / "report" / "notebooks").mkdir(parents=True)
        return folder

    def success(self, name: str) -> Success | None:
        """What an interrupted run recorded of a notebook, if its files are still whole."""
        try:
            known = json.loads(self._record(name).read_text(encoding="utf-8"))
        except (OSError, json.JSONDecodeError):
            return None
        part = self.folder / "parts" / name
        whole = all(file_digest(part / path) == value for path, value in known["outputs"].items())
        return Success(known["key"], known["outputs"]) if whole else None

    def complete(self, name: str, key: Key) -> Success:
        """Record that a notebook has succeeded."""
        part = self.folder / "parts" / name
        files = sorted(path for path in part.rglob("*") if path.is_file())
        outputs = {path.relative_to(part).as_posix(): file_digest(path) for path in files}
        record = json.dumps({"key": dict(key.parts), "outputs": outputs}, ensure_ascii=False)
        partial = self._record(name).with_suffix(".partial")
        partial.write_text(record, encoding="utf-8", newline="\n")
        partial.replace(self._record(name))
        return Success(key.parts, outputs)

    def take(self, name: str, outputs: Mapping[str, str], source: Callable[[str], Path]) -> None:
        """Put a notebook's outputs together with those of the others.

        Args:
            name: the notebook.
            outputs: its files, ``data/…`` and ``report/…``.
            source: where each of them is now.

        Raises:
            InputError: another notebook has written the same file.
        """
        put = _link if source == self.published else shutil.copyfile
        for path in outputs:
            other = self._writer.setdefault(path, name)
            if other != name:
                found = f"{path} は {other} も書いています"
                remedy = "保存する名前をノートブックごとに変えてください"
                raise InputError(Problem(name, found, remedy=remedy))
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            put(source(path), target)

    def published(self, path: str) -> Path:
        """Where an output of the published edition is."""
        top, _, rest = path.partition("/")
        places = self.places
        return (places.published_data if top == "data" else places.published_report) / rest

    def staged(self, name: str) -> Callable[[str], Path]:
        """Where the outputs of a notebook's own part are."""
        return lambda path: self.folder / "parts" / name / path

    def _record(self, name: str) -> Path:
        return self.folder / "parts" / f"{name}.json"


def _link(published: Path, target: Path) -> None:
    """Another name for a file that nobody writes to; a copy where the disk knows only one."""
    try:
        target.hardlink_to(published)
    except OSError:
        shutil.copyfile(published, target)
