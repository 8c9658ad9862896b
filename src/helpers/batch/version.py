"""The report of an edition in a store: written whole under a new name, then pointed to.

    data/raw/<city>/<year>/…            as on disk
    reports/<city>/<year>.json          the pointer, the one object that is ever overwritten
    versions/<city>/<year>/<digest>/    report/… and data/…, named by the SHA-256 of manifest.json

Who follows the pointer finds one run's files, old or new. The version before stays, so that
nobody's reading ends in the middle; what is older is deleted when the pointer has moved.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from helpers.batch.outcome import EditionId
from helpers.batch.store import Store, each, leads_away
from helpers.pipeline.manifest import NAME, read_manifest
from helpers.places import Places
from helpers.problems import InputError, Message, Problem

RAW = "data/raw"
MANIFEST = f"report/{NAME}"
DAY_S = 86_400  # no upload takes so long: what is older and not pointed to was given up
DAMAGED = Message(
    "置き場の報告書が壊れています",
    remedy="{city} {year} を、もう一度 citypromo batch --cities {city} --years {year} で"
    "実行してください",
    en="a report in the store is damaged. → run citypromo batch --cities {city} --years {year}",
)
NOTHING = Message(
    "元データがありません",
    "data/raw/<市>/<年度>/edition.yml",
    "data/raw をフォルダーごと、この置き場へ写してください",
    "there are no raw files. → copy the folder data/raw there: data/raw/<city>/<year>/edition.yml",
)
NOT_WHOLE = Message(
    "送ったものが、そのとおりに届きませんでした。前の報告書はそのままです",
    remedy="もう一度実行してください",
    en="what was sent did not arrive as it was; the last report stands. → run again",
)


class Damaged(InputError):
    """What is published is not whole; it is made again by running its edition."""


@dataclass(frozen=True)
class Version:
    """A published report.

    Attributes:
        folder: where it is in the store.
        digest: of its manifest, its name.
        before: the version that was published before; empty if none was.
        files: the SHA-256 of each file, by ``report/…`` or ``data/…``.
    """

    folder: str
    digest: str
    before: str
    files: dict[str, str]

    def of_history(self) -> dict[str, str]:
        """The files that later editions and the combined output read."""
        kinds, endings = ("indicators", "figures"), (".csv", ".txt")
        return {
            path: digest
            for path, digest in self.files.items()
            if path == MANIFEST
            or (PurePosixPath(path).parent.name in kinds and path.endswith(endings))
        }


def find_version(store: Store, edition: EditionId) -> Version | None:
    """The version that the pointer of an edition names; None if nothing is published.

    Raises:
        Damaged: the pointer names nothing that is whole.
    """
    city, year = edition
    path = pointer(edition)
    told = store.read(path)
    if told is None:
        return None
    try:
        names = json.loads(told)
        digest, before = str(names["published"]), str(names["before"])
        folder = f"versions/{city}/{year}/{digest}"
        manifest = store.read(f"{folder}/{MANIFEST}") or b""
        files = dict(json.loads(manifest)["outputs"]) | {MANIFEST: digest}
    except (ValueError, KeyError, TypeError):
        files = {}
    if not files or sha256(manifest).hexdigest() != digest or any(map(leads_away, files)):
        raise Damaged(DAMAGED.at(f"{store.name}/{path}", city=city, year=year))
    return Version(folder, digest, before, files)


def editions_in(store: Store) -> list[EditionId]:
    """Every edition whose raw files the store has.

    Raises:
        InputError: the store cannot be used, or has none.
    """
    paths = [PurePosixPath(path).parts for path in store.files(RAW)]
    found = [(p[0], int(p[1])) for p in paths if p[2:] == ("edition.yml",) and p[1].isdigit()]
    if not found:
        raise InputError(NOTHING.at(f"{store.name}/{RAW}"))
    return sorted(found)


def published_in(store: Store) -> set[EditionId]:
    """Every edition that has a published report in the store."""
    paths = [PurePosixPath(path) for path in store.files("reports")]
    return {(str(p.parent), int(p.stem)) for p in paths if p.suffix == ".json" and p.stem.isdigit()}


def fetch(store: Store, version: Version, files: Iterable[str], places: Places) -> list[Problem]:
    """Bring files of a version to where a project has them published.

    Returns:
        Those that are not there, or not what the manifest says; they are left out.
    """
    published = places.published

    def bring(path: str) -> Problem | None:
        content = store.read(f"{version.folder}/{path}")
        if content is None or sha256(content).hexdigest() != version.files[path]:
            where = f"{store.name}/{version.folder}/{path}"
            return DAMAGED.at(where, city=places.city, year=places.fiscal_year)
        put(published(path), content)
        return None

    return [problem for problem in each(bring, files) if problem]


def publish(store: Store, places: Places) -> None:
    """Send the published report of a project, and point to it when all of it has arrived.

    Raises:
        InputError: the store refuses, or what arrived is not what was sent; the report that was
            published before stands.
    """
    edition = places.city, places.fiscal_year
    manifest = (places.published_report / NAME).read_bytes()
    name = sha256(manifest).hexdigest()
    files = read_manifest(places)["outputs"] | {MANIFEST: name}
    top = f"versions/{places.city}/{places.fiscal_year}"
    published = places.published

    def send(path: str) -> None:
        target = f"{top}/{name}/{path}"
        store.write(target, published(path).read_bytes())
        if sha256(store.read(target) or b"").hexdigest() != files[path]:
            raise InputError(NOT_WHOLE.at(f"{store.name}/{target}"))

    each(send, files)
    try:
        old = find_version(store, edition)
    except Damaged:
        old = None
    before = old.digest if old else ""
    store.write(pointer(edition), json.dumps({"published": name, "before": before}).encode())
    with suppress(InputError):  # it is published; what stays is deleted another time
        _tidy(store, top, {name, before}, old.before if old else "")


def _tidy(store: Store, top: str, kept: set[str], superseded: str) -> None:
    """Delete versions that nobody reads: the one before the one before, and what was given up."""
    written: dict[str, float] = {}
    for path, at in store.files(top).items():
        version = path.partition("/")[0]
        written[version] = max(written.get(version, 0.0), float("inf") if at is None else at)
    # By the store's clock, which has just set the time of what was sent.
    now = max((at for version, at in written.items() if version in kept), default=0.0)
    for version, at in written.items():
        if version not in kept and (version == superseded or now - at > DAY_S):
            store.delete(f"{top}/{version}")


def pointer(edition: EditionId) -> str:
    """Where the pointer of an edition is."""
    city, year = edition
    return f"reports/{city}/{year}.json"


def put(path: Path, content: bytes) -> None:
    """Write a file and the folders that it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
