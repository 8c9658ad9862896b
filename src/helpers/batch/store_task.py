"""One edition of a store, one task: fetched to a folder of this worker's own, run there, sent."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from helpers.batch.outcome import FAILED, EditionId, Outcome
from helpers.batch.scratch import Scratch
from helpers.batch.store import Store, each, open_store
from helpers.batch.task import bring_up_to_date, measured
from helpers.batch.version import RAW, Damaged, fetch, find_version, publish, put
from helpers.pipeline.manifest import NAME
from helpers.places import ROOT_VARIABLE, Places
from helpers.problems import InputError, Problem

_scratch = lru_cache(1)(Scratch)


def run_one_from_store(address: str, city: str, year: int, root: str) -> Outcome:
    """Bring one edition of a store up to date there, by the same work as on a disk.

    Args:
        address: of the store.
        city: the city's id.
        year: the fiscal year.
        root: the project whose notebooks and helpers this worker runs.
    """
    return measured(lambda: _outcome(address, city, year, Path(root)))


def _outcome(address: str, city: str, year: int, project: Path) -> Outcome:
    from helpers.pipeline.run import program_error

    try:
        store = open_store(address)
        with _scratch(project).emptied() as folder:
            places = Places(folder, city, year)
            before = bring(store, places)
            outcome = bring_up_to_date(city, year, folder)
            if outcome.well and _digest(places) != before:
                publish(store, places)
            _keep_failed(places, project)
            return _as_user_sees(outcome, folder, store, project)
    except InputError as error:
        return Outcome(city, year, FAILED, error.text("ja"), error.text("en"))
    except Exception as error:  # a fault of ours must not stop the other editions
        os.environ[ROOT_VARIABLE] = str(project)
        said = program_error(error, city, year)
        return Outcome(city, year, FAILED, said.ja, said.en)


def bring(store: Store, places: Places) -> str:
    """Fetch what a run of an edition reads, and no more.

    That is what ``pipeline.inputs`` lists: the raw files of this edition and of the one before, the
    numbers of all earlier ones; and the last report, so that what has not changed is not run.

    Returns:
        The version that is published; empty if none is.

    Raises:
        InputError: the store refuses, or an earlier report is damaged.
    """
    city, year = places.city, places.fiscal_year
    raw = store.files(f"{RAW}/{city}")
    years = [int(y) for y in _folders(raw) if f"{y}/edition.yml" in raw and int(y) < year]
    wanted = {str(y) for y in (year, *sorted(years)[-1:])}
    _bring(store, f"{RAW}/{city}", [p for p in raw if p.partition("/")[0] in wanted], places.root)
    _bring_history(store, places)
    try:
        version = find_version(store, (city, year))
    except Damaged:
        return ""  # made again, and mended by that
    if version is None:
        return ""
    fetch(store, version, version.files, places)  # what is damaged is made again, too
    return version.digest


def bring_indicators(store: Store, editions: Sequence[EditionId], root: Path) -> list[Problem]:
    """Fetch what the combined output is made of: configurations and indicators.

    Returns:
        What is damaged; the others are there.

    Raises:
        InputError: the store refuses.
    """

    def one(edition: EditionId) -> list[Problem]:
        city, year = edition
        _bring(store, f"{RAW}/{city}/{year}", ["edition.yml"], root)
        try:
            _bring_numbers(store, Places(root, city, year), "data/")
        except Damaged as error:
            return error.problems
        return []

    return [problem for problems in each(one, editions) for problem in problems]


def _bring_history(store: Store, places: Places) -> None:
    """The numbers of earlier editions, published there or copied there from a disk."""
    city, year = places.city, places.fiscal_year
    names = [Path(path) for path in store.files(f"reports/{city}")]
    published = {p.stem for p in names if p.suffix == ".json" and p.stem.isdigit()}
    for earlier in sorted(int(y) for y in published if int(y) < year):
        _bring_numbers(store, Places(places.root, city, earlier))
    top = f"data/processed/{city}"
    paths = store.files(top)
    others = {y for y in _folders(paths) if int(y) < year} - published
    wanted = [p for p in paths if p.partition("/")[0] in others and p.endswith(".csv")]
    _bring(store, top, wanted, places.root)


def _bring_numbers(store: Store, places: Places, top: str = "") -> None:
    if version := find_version(store, (places.city, places.fiscal_year)):
        wanted = [path for path in version.of_history() if path.startswith(top)]
        if damaged := fetch(store, version, wanted, places):
            raise Damaged(damaged)


def _bring(store: Store, top: str, paths: Sequence[str], root: Path) -> None:
    """Fetch files to the same place in a project; what is not there the run complains of."""

    def one(path: str) -> None:
        if (content := store.read(f"{top}/{path}")) is not None:
            put(root / top / path, content)

    each(one, paths)


def _folders(paths: Sequence[str] | dict[str, float | None]) -> set[str]:
    """The years that paths ``2025/…`` begin with."""
    return {name for name in (path.partition("/")[0] for path in paths) if name.isdigit()}


def _digest(places: Places) -> str:
    return sha256((places.published_report / NAME).read_bytes()).hexdigest()


def _keep_failed(places: Places, project: Path) -> None:
    """What a failed run leaves to look at outlives the folder, where runs on a disk leave it."""
    aside = Path("reports", "_failed", places.edition)
    if (places.root / aside).exists():
        shutil.rmtree(project / aside, ignore_errors=True)
        shutil.move(places.root / aside, project / aside)


def _as_user_sees(outcome: Outcome, folder: Path, store: Store, project: Path) -> Outcome:
    """Sentences that name files where the user has them."""
    raw = str(folder / "data" / "raw")

    def seen(text: str) -> str:
        return text.replace(raw, f"{store.name}/{RAW}").replace(str(folder), str(project))

    return replace(outcome, said=seen(outcome.said), said_en=seen(outcome.said_en))
