"""Where the raw data and the reports of a batch are: in the project, or in a store."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from helpers.batch.engine import Task
from helpers.batch.outcome import EditionId, Outcome
from helpers.batch.scratch import Scratch, sweep
from helpers.batch.store import open_store
from helpers.batch.store_task import bring_indicators, run_one_from_store
from helpers.batch.task import run_one
from helpers.batch.version import editions_in, published_in
from helpers.edition import editions
from helpers.places import ROOT_VARIABLE, Places
from helpers.problems import InputError


class Home:
    """The project's own folders.

    Args:
        root: the project.

    Attributes:
        root: the project.
        task: what a worker does with an edition.
    """

    def __init__(self, root: Path):
        self.root = root
        self.task: Task = run_one

    def editions(self) -> list[EditionId]:
        """Every edition that has raw files."""
        return editions()

    def published(self, some: Sequence[EditionId]) -> set[EditionId]:
        """Those of some editions that have a published report."""
        return {
            e for e in some if (Places(self.root, *e).published_report / "manifest.json").exists()
        }

    @contextmanager
    def at_hand(self, _: Sequence[Outcome]) -> Iterator[Path]:
        """A project that holds the configurations and indicators of these outcomes."""
        yield self.root

    def end(self) -> None:
        """Leave nothing behind."""


class StoreHome(Home):
    """A store of objects; the project holds the program alone.

    Args:
        root: the project.
        address: of the store.

    Raises:
        InputError: the store cannot be opened.
    """

    def __init__(self, root: Path, address: str):
        super().__init__(root)
        self._store = open_store(address)
        self.task = partial(run_one_from_store, self._store.address)

    def editions(self) -> list[EditionId]:
        """Every edition that has raw files there."""
        return editions_in(self._store)

    def published(self, some: Sequence[EditionId]) -> set[EditionId]:
        """Those of some editions that have a published report there."""
        return published_in(self._store) & set(some)

    @contextmanager
    def at_hand(self, outcomes: Sequence[Outcome]) -> Iterator[Path]:
        """A folder of our own, as long as it is needed.

        Raises:
            InputError: the store refuses; or, at the end, some reports are damaged.
        """
        scratch = Scratch(self.root)
        before = os.environ.get(ROOT_VARIABLE)
        try:
            with scratch.emptied() as folder:
                well = [outcome.edition for outcome in outcomes if outcome.well]
                damaged = bring_indicators(self._store, well, folder)
                os.environ[ROOT_VARIABLE] = str(folder)
                with self._named(folder):
                    yield folder
            if damaged:
                raise InputError(damaged)
        finally:
            os.environ.pop(ROOT_VARIABLE, None)
            if before is not None:
                os.environ[ROOT_VARIABLE] = before
            scratch.close()

    @contextmanager
    def _named(self, folder: Path) -> Iterator[None]:
        """What is wrong is said of the store, not of a folder that will be gone."""
        try:
            yield
        except InputError as error:
            said = [
                replace(problem, where=problem.where.replace(str(folder), self._store.name))
                for problem in error.problems
            ]
            raise InputError(said) from None

    def end(self) -> None:
        """Remove the folders of workers that are gone."""
        sweep(self.root)
