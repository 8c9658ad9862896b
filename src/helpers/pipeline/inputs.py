"""What an edition's notebooks can read, and the digest of whatever one of them has read.

A notebook's inputs are known by the names that the recorder gave them. Each has a digest at any
time: before a run, of the files where they are; during a run, of the copies that notebooks read
(their *view*), so that no notebook can change what the others or the next run read.
"""

import csv
import hashlib
import json
import secrets
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from helpers.places import Places
from helpers.problems import InputError
from helpers.recorder import EXISTS, LISTING, PART, PROGRAM, ROWS, Name

TABLES = ("*.csv", "*.parquet")  # of rows that are asked for by indicator


class Inputs:
    """The files that an edition's notebooks can read.

    Args:
        places: the edition.
        files: where each is now, by its path in the project: raw files and history.
        results: the edition's own data so far, by the same kind of path.
    """

    def __init__(
        self, places: Places, files: Mapping[str, Path], results: Mapping[str, Path] | None = None
    ):
        self.places = places
        self.files = files
        self.results = results or {}
        self.values: Mapping[str, str] = {}  # of copies, as they were copied

    @classmethod
    def of(cls, places: Places) -> "Inputs":
        """What there is now: this city's files up to this year, and what notebooks import."""
        root, year = places.root, places.fiscal_year
        tops = {
            root / "data" / "raw" / places.city: year,
            root / "data" / "processed" / places.city: year - 1,
            root / "reports" / places.city: year - 1,
        }
        found = [
            path
            for top, newest in tops.items()
            for path in _files(top)
            if _year(path.relative_to(top)) <= newest
            and (top.parent.name != "reports" or path.match("figures/*.csv"))
        ]
        found += [p for p in _files(root / "notebooks") if p.suffix != ".ipynb"]
        return cls(places, {path.relative_to(root).as_posix(): path for path in sorted(found)})

    def copied(self, folder: Path) -> "Inputs":
        """The same files in a folder of their own, as a project looks: a view of the inputs."""
        (folder / "notebooks").mkdir(parents=True)
        for notebook in (self.places.root / "notebooks").glob("*.ipynb"):
            (folder / "notebooks" / notebook.name).touch()  # their names; nobody reads them there
        view = Inputs(self.places, {name: folder / name for name in self.files})
        for name, copy in view.files.items():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.files[name], copy)
        view.values = {name: fresh_digest(copy) for name, copy in view.files.items()}
        return view

    def altered(self) -> list[str]:
        """The copies that are no longer what was copied, or the files that are gone."""
        return [
            name for name, value in self.values.items() if fresh_digest(self.files[name]) != value
        ]

    def seeing(self, results: Mapping[str, Path]) -> "Inputs":
        """The same, with results of the edition: ``data/…`` and ``report/…`` as a run has them.

        Args:
            results: where each is now, by its path in the run.
        """
        edition = self.places.edition
        tops = {"data": f"data/processed/{edition}", "report": f"reports/{edition}"}
        parted = ((path.partition("/"), where) for path, where in results.items())
        named = {f"{tops[top]}/{rest}": where for (top, _, rest), where in parted}
        return Inputs(self.places, self.files, named)

    def digests(self, names: Iterable[Name]) -> dict[Name, str]:
        """The digest of each input now; an empty one of what is not there."""
        return {name: self.digest(name) for name in names}

    def digest(self, name: Name) -> str:
        """The digest of an input now."""
        path, question, more = name
        return {
            "": self._bytes,
            EXISTS: self._exists,
            LISTING: self._listing,
            PART: self._part,
            ROWS: self._rows,
            PROGRAM: _nobody_knows,
        }[question](path, more)

    def coarse(self, name: Name) -> str:
        """A digest that differs whenever ``digest`` does, and is quick: whole files, no parts."""
        path, question, _ = name
        if question == PART:
            return self._bytes(path)
        if question == ROWS:
            tables = [name for kind in TABLES for name in self._fitting(path, kind)]
            return digest("\0".join(f"{table} {self._bytes(table)}" for table in tables))
        return self.digest(name)

    def where(self, path: str) -> Path | None:
        """Where a file of the project is now; nowhere what the edition itself has not made yet."""
        edition = self.places.edition
        if path.startswith((f"data/processed/{edition}/", f"reports/{edition}/")):
            return self.results.get(path)
        return self.files.get(path, self.places.root / path)

    def _bytes(self, path: str, _: str = "") -> str:
        where = self.where(path)
        return file_digest(where) if where else ""

    def _exists(self, path: str, _: str) -> str:
        known = (*self.files, *self.results)
        inside = any(name.startswith(f"{path}/") for name in known)
        where = self.where(path)
        return "1" if inside or (where and where.exists()) else ""

    def _listing(self, folder: str, pattern: str) -> str:
        return digest("\0".join(self._fitting(folder, pattern)))

    def _fitting(self, folder: str, pattern: str) -> list[str]:
        """The paths below a folder that fit a pattern, part by part; hidden ones do not count."""
        parts = PurePosixPath(pattern).parts
        above = f"{folder}/"
        every = (*self.files, *self.results)
        known = [name[len(above) :] for name in every if name.startswith(above)]
        if not known:  # not of this city, or nothing there; what a run made is in its results
            real, edition = self.places.root / folder, self.places.edition
            made = [self.places.root / top / edition for top in ("data/processed", "reports")]
            found = (p for p in real.glob(pattern) if not any(map(p.is_relative_to, made)))
            known = [path.relative_to(real).as_posix() for path in found]
        if "**" in parts:
            return sorted(above + name for name in known)
        cut = {PurePosixPath(*PurePosixPath(name).parts[: len(parts)]) for name in known}
        return sorted(
            above + path.as_posix()
            for path in cut
            if len(path.parts) == len(parts) and all(map(fnmatchcase, path.parts, parts))
        )

    def _part(self, path: str, part: str) -> str:
        where = self.where(path)
        if where is None or not where.is_file():
            return ""
        if not part:
            return _validity(version(where), path)
        content: Any = _yaml(version(where))
        for key in part.split("/"):
            content = content.get(key) if isinstance(content, dict) else None
        return "" if content is None else digest(json.dumps(content, ensure_ascii=False))

    def _rows(self, folder: str, indicator: str) -> str:
        names = [name for kind in TABLES for name in self._fitting(folder, kind)]
        tables = map(self.where, names)
        rows = (_rows_of(version(path)).get(indicator, "") for path in tables if path)
        return digest("\0".join(rows))


def shown(name: Name) -> str:
    """How a person calls an input."""
    path, question, more = name
    last = "/".join(path.split("/")[-2:])
    return {
        EXISTS: last,
        LISTING: f"{last}/{more}",
        PART: f"{last} {more.replace('/', '.')}".rstrip(),
        ROWS: f"{last} {more}",
        PROGRAM: path,
    }.get(question, last)


def digest(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Version:
    """A file as it was when it was looked at, by whichever of its names."""

    path: Path = field(compare=False)
    identity: tuple[int, ...]


def version(path: Path) -> Version:
    """The file as it is now; one that changes meanwhile is another version."""
    status = path.stat()
    identity = (status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)
    return Version(path, identity)


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, or ``""`` where there is none."""
    return _digest_of(version(path)) if path.is_file() else ""


def fresh_digest(path: Path) -> str:
    """The same, read now, whatever the times of the file say."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


@lru_cache(4096)  # some editions' files: a worker of a batch sees thousands
def _digest_of(file: Version) -> str:
    """Read a file once a run."""
    return hashlib.sha256(file.path.read_bytes()).hexdigest()


@lru_cache(64)
def _yaml(file: Version) -> Any:
    from helpers.configuration import read_yaml  # slow to import

    try:
        return read_yaml(file.path)
    except InputError:
        return None


@lru_cache(64)
def _validity(file: Version, path: str) -> str:
    """Whether a description can be read; what it says is asked part by part."""
    from helpers.configuration import read_yaml
    from helpers.edition import Edition
    from helpers.reading.codebook import read_codebook

    readers: Mapping[str, Callable[[Path], Any]] = {
        "edition.yml": Edition.read,
        "codebook.yml": read_codebook,
    }
    try:
        readers.get(PurePosixPath(path).name, read_yaml)(file.path)
    except InputError as error:
        return digest(str(error))
    return "valid"


@lru_cache(256)
def _rows_of(file: Version) -> dict[str, str]:
    """The digest of each indicator's rows in a table."""
    heading, *lines = _cells(file.path) or [[]]
    column = heading.index("indicator") if "indicator" in heading else 0
    found: dict[str, Any] = {}
    for cells in filter(None, lines):
        own = found.setdefault(cells[column], hashlib.sha256("\0".join(heading).encode()))
        own.update("\0".join([*cells, "\n"]).encode())
    return {indicator: rows.hexdigest() for indicator, rows in found.items()}


def _cells(path: Path) -> list[list[str]]:
    """A table's heading and rows."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.reader(stream))
    from pyarrow import parquet

    table = parquet.ParquetFile(path).read()
    columns = [list(map(repr, column.to_pylist())) for column in table.columns]
    names = table.column_names.index("indicator") if "indicator" in table.column_names else 0
    columns[names] = table.columns[names].to_pylist()
    return [table.column_names, *map(list, zip(*columns, strict=True))]


def _nobody_knows(*_: str) -> str:
    """The digest of what nobody knows is never the same."""
    return secrets.token_hex(8)


def _files(folder: Path) -> list[Path]:
    """All files below a folder but hidden ones and those that Excel leaves while it is open."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return [p for p in paths if not any(x[0] in "~." for x in p.relative_to(folder).parts)]


def _year(path: Path) -> int:
    """The year's folder that a path of a city lies in; 0 for what belongs to no year."""
    return int(path.parts[0]) if path.parts[0].isdecimal() else 0
