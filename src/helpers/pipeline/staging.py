"""The staging folder of a run: a part for each notebook, put together stage by stage.

A part that is complete is named by a small file beside it, with what it was made from. So an
interrupted run goes on where it stopped, and every output is known by the notebook that wrote it.
Nothing in it shares its bytes with what is published while notebooks run.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.pipeline.inputs import Inputs, file_digest
from helpers.pipeline.manifest import Success
from helpers.pipeline.publication import cannot_move, staging_folder
from helpers.places import Places
from helpers.problems import InputError, Message, Problems
from helpers.recorder import Name

if TYPE_CHECKING:
    from helpers.edition import Edition

TWICE = Message(
    "{path} は {other} も書いています",
    remedy="保存する名前をノートブックごとに変えてください",
    en="{path} is written by {other} too. → give what each notebook saves a name of its own",
)
NO_FIGURE_FILE = Message(
    "図のファイル {name} がありません",
    remedy="desk.publish で保存してください",
    en="no file {name} of a figure. → save it with desk.publish",
)
ONE_LANGUAGE = Message(
    "図 {name} が片方の言語にしかありません",
    remedy="そのノートが lang を Desk に渡しているか確かめてください"
    "（Desk(city, fiscal_year, lang)）",
    en="the figure {name} is there in one language only. → see whether its notebook gives lang to "
    "the desk: Desk(city, fiscal_year, lang)",
)
NO_FIGURES = Message(
    "図が1つもありません",
    remedy="31_… などを edition.yml に足してください",
    en="not a single figure. → add a notebook 31_… to edition.yml",
)
NO_INDICATORS = Message(
    "指標が1つもありません",
    remedy="21_… などを edition.yml に足してください",
    en="not a single indicator. → add a notebook 21_… to edition.yml",
)
NOT_EXECUTED = Message(
    "実行した結果が残っていないか、誤りのセルがあります",
    remedy="ノートブックを確かめてください",
    en="was not executed, or has a cell with an error. → look at the notebook",
)
NOT_AS_WRITTEN = Message(
    "{path} が書いたときのままではありません",
    remedy="citypromo run に --again を付けて実行してください",
    en="{path} is not as it was written. → citypromo run with --again",
)
FORMATS = ("png", "svg", "pdf", "csv", "txt")
A_LINK = Message(
    "{path} はほかの場所へのリンクです",
    remedy="リンクでなくファイルを書いてください（リンクは公開しません）",
    en="{path} is a link to another place. → write a file; links are not published",
)


class Staging:
    """Where a run of one edition writes, on the same file system as what it will replace."""

    def __init__(self, places: Places):
        self.places = places
        self.folder = staging_folder(places)
        self.data = self.folder / "data"
        self.report = self.folder / "report"
        self.view = self.folder / "inputs"
        self._sources: dict[str, tuple[str, Path]] = {}

    def prepare(self, inputs: Inputs, again: bool = False) -> Inputs:
        """Empty all but complete parts, which an interrupted run left for this one.

        Args:
            inputs: what the edition's notebooks can read.
            again: empty those parts too.

        Returns:
            The copies of the inputs that notebooks will read.

        Raises:
            InputError: a file is open in another program (Windows).
        """
        for folder in (self.data, self.report, self.view):
            if folder.exists():
                try:
                    shutil.rmtree(folder)
                except PermissionError as error:
                    raise InputError(cannot_move(self.places, error)) from error
            folder.mkdir(parents=True)
        for part in self.folder.glob("parts/*/"):
            if again or not self._record(part.name).exists():
                shutil.rmtree(part)
        return inputs.copied(self.view)

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
            success = Success.from_json(known)
        except (OSError, ValueError, KeyError):
            return None
        part = self.folder / "parts" / name
        whole = all(file_digest(part / path) == value for path, value in success.outputs.items())
        return success if whole else None

    def complete(self, name: str, code: Mapping[str, str], inputs: Mapping[Name, str]) -> Success:
        """Record that a notebook has succeeded.

        Args:
            name: the notebook.
            code: what its outputs depend on, other than what it read.
            inputs: the digest of everything that it read.

        Raises:
            InputError: it has left links.
        """
        part = self.folder / "parts" / name
        problems = Problems()
        for path in sorted(path for path in part.rglob("*") if path.is_symlink()):
            problems.note(A_LINK.at(name, path=path.relative_to(part).as_posix()))
        problems.stop_if_any()
        files = sorted(path for path in part.rglob("*") if path.is_file())
        outputs = {path.relative_to(part).as_posix(): file_digest(path) for path in files}
        success = Success(code, inputs, outputs)
        partial = self._record(name).with_suffix(".partial")
        record = json.dumps(success.as_json(), ensure_ascii=False)
        partial.write_text(record, encoding="utf-8", newline="\n")
        partial.replace(self._record(name))
        return success

    def take(self, name: str, outputs: Mapping[str, str], source: Callable[[str], Path]) -> None:
        """Put a notebook's data together with those of the others; its report comes later.

        Args:
            name: the notebook.
            outputs: its files, ``data/…`` and ``report/…``.
            source: where each of them is now.

        Raises:
            InputError: another notebook has written the same file.
        """
        for path in outputs:
            other, _ = self._sources.setdefault(path, (name, source(path)))
            if other != name:
                raise InputError(TWICE.at(name, path=path, other=other))
            if path.startswith("data/"):
                _put(source(path), self.folder / path, shutil.copyfile)

    def results(self) -> dict[str, Path]:
        """The edition's own data so far, by the paths in the run."""
        return {path: self.folder / path for path in self._sources if path.startswith("data/")}

    def put_together(self) -> None:
        """Put the report together, when no kernel is left that could write to it."""
        for path, (_, source) in self._sources.items():
            target = self.folder / path
            if not path.startswith("data/") and not target.exists():
                published = source == self.places.published(path)
                _put(source, target, _link if published else shutil.copyfile)

    def staged(self, name: str) -> Callable[[str], Path]:
        """Where the outputs of a notebook's own part are."""
        return lambda path: self.folder / "parts" / name / path

    def _record(self, name: str) -> Path:
        return self.folder / "parts" / f"{name}.json"


def _put(source: Path, target: Path, put: Callable[[Path, Path], object]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    put(source, target)


def _link(published: Path, target: Path) -> None:
    """Another name for a file that nobody writes to; a copy where the disk knows only one."""
    try:
        target.hardlink_to(published)
    except OSError:
        shutil.copyfile(published, target)


def verify_staged(
    edition: "Edition", staging: Path, successes: Mapping[str, Success], names: Iterable[str]
) -> None:
    """Hold a staged report against what it must contain.

    Every figure in every format, none empty; at least one figure and one table of indicators;
    every notebook of the edition executed, without an error cell; every file as its notebook
    left it.

    Raises:
        InputError: everything that is missing or broken.
    """
    problems = Problems()
    figures = {path.name: path for path in (staging / "report" / "figures").glob("*")}
    stems = {path.stem for path in figures.values()}
    for name in (f"{stem}.{ending}" for stem in sorted(stems) for ending in FORMATS):
        if name not in figures or figures[name].stat().st_size == 0:
            problems.note(NO_FIGURE_FILE.at(edition.id, name=name))
    if not stems:
        problems.note(NO_FIGURES.at(edition.id))
    if not any((staging / "data" / "indicators").glob("*.csv")):
        problems.note(NO_INDICATORS.at(edition.id))
    for stem in sorted(stems) if len(edition.languages) > 1 else ():
        other = stem.removesuffix("_en") if stem.endswith("_en") else f"{stem}_en"
        if other not in stems:
            problems.note(ONE_LANGUAGE.at(edition.id, name=stem))
    for name in names:
        path = staging / "report" / "notebooks" / f"{name}.ipynb"
        if not path.exists() or _has_error(path):
            problems.note(NOT_EXECUTED.at(name))
    for name, success in successes.items():
        for file, value in success.outputs.items():
            if file_digest(staging / file) != value:
                problems.note(NOT_AS_WRITTEN.at(name, path=file))
    problems.stop_if_any()


def _has_error(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    if '"error"' not in text:  # most have none, and hold pictures that are slow to parse
        return False
    return any(
        output["output_type"] == "error"
        for cell in json.loads(text)["cells"]
        for output in cell.get("outputs", [])
    )
