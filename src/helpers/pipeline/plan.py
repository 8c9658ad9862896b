"""What has to run, decided from content and never from times."""

import hashlib
import json
import platform
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.pipeline.imports import HelperCode, package_files
from helpers.pipeline.notebook import Notebook
from helpers.places import Places

if TYPE_CHECKING:
    from helpers.edition import Edition

LOCK = "requirements.txt"


@dataclass(frozen=True)
class Key:
    """The fingerprints of all that a notebook's outputs depend on, by what a person calls it."""

    parts: Mapping[str, str]

    def changes(self, before: Mapping[str, str]) -> list[str]:
        """What differs from an earlier key, in words."""
        names = {*self.parts, *before}
        return sorted(name for name in names if self.parts.get(name) != before.get(name))


@dataclass(frozen=True)
class Success:
    """A notebook's last success: its key, and the files it left with their hashes."""

    key: Mapping[str, str]
    outputs: Mapping[str, str]


def code_parts(
    notebook: Notebook, parameters: Mapping[str, object], edition: "Edition", helpers: HelperCode
) -> dict[str, str]:
    """What a notebook's outputs depend on, other than data; to be read before kernels start.

    Who changes a helper while a run goes on must find the notebook out of date afterwards.

    Args:
        notebook: its code cells count, not its prose or outputs.
        parameters: the values it will get.
        edition: its configuration counts by content, not by layout.
        helpers: the package as it is now.
    """
    own = {
        "コード": digest("\0".join(notebook.code)),
        "パラメーター": digest(json.dumps(parameters, ensure_ascii=False, sort_keys=True)),
    }
    return own | code_key(notebook.code, edition, helpers)


def code_key(cells: list[str], edition: "Edition", helpers: HelperCode) -> dict[str, str]:
    """What any code of an edition depends on: configuration, lock, Python, helpers it imports."""
    root = edition.places.root
    parts = {
        "edition.yml": digest(edition.model_dump_json(exclude={"notebooks", "deliverables"})),
        LOCK: file_digest(root / LOCK),
        "Python": digest(platform.python_version()),
    }
    for path in helpers.needed_by(cells):
        parts[path.relative_to(root / "src").as_posix()] = file_digest(path)
    return parts


def helpers_digest(root: Path) -> str:
    """SHA-256 over all that notebooks could import from ``helpers``: code and fonts."""
    paths = package_files(root / "src")
    seen = {path.relative_to(root).as_posix(): file_digest(path) for path in paths}
    return digest(json.dumps(sorted(seen.items())))


def data_parts(paths: Iterable[Path], places: Places) -> dict[str, str]:
    """The fingerprints of the files that a notebook's stage may read."""
    return {_named(path, places): file_digest(path) for path in sorted(paths)}


def inputs(stage: int, places: Places, data: Path) -> list[Path]:
    """The files that a notebook of a stage may read.

    Args:
        stage: 1 raw files of this edition and of the one before, 2 cleaned tables and earlier
            indicators, 3 indicators of this edition and of earlier ones.
        places: the edition's folders.
        data: the data folder of the run (or the published one).
    """
    if stage == 1:
        own = places.raw / "edition.yml"  # counts by content; claims are read by the audit alone
        return [p for p in raw_files(places) if p != own and p.name != "claims.yml"]
    if stage == 2:
        return [*sorted(data.glob("*.parquet")), *history(places, "indicators")]
    return [*(data / "indicators").glob("*.csv"), *history(places, "indicators")]


def raw_files(places: Places) -> list[Path]:
    """The raw files of an edition, and of the one before: a change needs the answers of both."""
    years = [path.parent for path in places.raw.parent.glob("[0-9]*/edition.yml")]
    before = [f for f in years if f.name.isdigit() and int(f.name) < places.fiscal_year]
    folders = [places.raw, *sorted(before, key=lambda folder: int(folder.name))[-1:]]
    found = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return [path for path in found if path.name[0] not in "~."]


def history(places: Places, *kinds: str) -> list[Path]:
    """The numbers of earlier editions: their ``indicators``, the ``figures``' data, or both."""
    tops = (places.published_data.parent, places.published_report.parent)
    earlier = [
        folder
        for top in tops
        for folder in top.glob("[0-9]*")
        if folder.name.isdigit() and int(folder.name) < places.fiscal_year
    ]
    wanted = kinds or ("indicators", "figures")
    return [p for folder in earlier for kind in wanted for p in folder.glob(f"{kind}/*.csv")]


def reason(key: Key, success: Success | None, locate: Callable[[str], Path]) -> str:
    """Why a notebook has to run, in one line; empty where it is up to date.

    Args:
        key: the notebook's key now.
        success: its last success.
        locate: where an output of that success should be.
    """
    if success is None:
        return "まだ成功していない"
    if changed := key.changes(success.key):
        more = f" ほか {len(changed) - 3}" if len(changed) > 3 else ""
        return f"変わったもの: {'、'.join(changed[:3])}{more}"
    for path, value in success.outputs.items():
        if file_digest(locate(path)) != value:
            return f"できあがりが変わったか、なくなった: {path}"
    return ""


def digest(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, or ``""`` where there is none."""
    if not path.is_file():
        return ""
    status = path.stat()
    identity = (status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)
    return _digest_of(_Version(path, identity))


@dataclass(frozen=True)
class _Version:
    """A file as it was when it was looked at, by whichever of its names."""

    path: Path = field(compare=False)
    identity: tuple[int, ...]


@lru_cache(4096)  # some editions' files: a worker of a batch sees thousands
def _digest_of(version: _Version) -> str:
    """Read a file once a run; a file that changes meanwhile is read again."""
    return hashlib.sha256(version.path.read_bytes()).hexdigest()


def _named(path: Path, places: Places) -> str:
    """How a person calls an input: by its name, wherever the run keeps it."""
    history = places.published_data.parent
    if path.is_relative_to(history) and not path.is_relative_to(places.published_data):
        return f"{path.parents[1].name}/{path.name}"
    if path.is_relative_to(places.raw):
        return path.relative_to(places.raw).as_posix()
    raw = places.raw.parent
    return path.relative_to(raw).as_posix() if path.is_relative_to(raw) else path.name
