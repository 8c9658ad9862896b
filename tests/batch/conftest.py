"""A tiny project's environment for what runs in this process; stores of objects."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
import stores
from few import make_project, tiny
from swift_server import swift, why_not

from helpers.batch.store import Store
from helpers.places import ROOT_VARIABLE

Made = Callable[[Mapping[tuple[str, int], str]], Path]


@pytest.fixture(autouse=True)
def _own_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a task in this process was told that the project is, nobody is told after the test."""
    monkeypatch.setenv(ROOT_VARIABLE, "")
    monkeypatch.delenv(ROOT_VARIABLE)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """Makes a project of editions, and this process and its children see it."""

    def make(numbers: Mapping[tuple[str, int], str]) -> Path:
        project = make_project(tmp_path / "project", numbers)
        for name, value in tiny.environment(project).items():
            monkeypatch.setenv(name, value)
        # Processes that Python itself starts look for modules where this one does.
        monkeypatch.syspath_prepend(project / "src")
        return project

    return make


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real S3-compatible server."""
    if why := why_not():
        pytest.skip(why)
    with swift(tmp_path_factory.mktemp("swift") / "server") as address:
        yield address


@pytest.fixture
def s3(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a folder in a bucket of its own."""
    for name, value in stores.environment(server).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL_S3", raising=False)  # the user's own
    return stores.new_bucket()


@pytest.fixture
def folder_store(tmp_path: Path) -> tuple[Store, Path]:
    """A store in a folder, and the folder."""
    folder = tmp_path / "置き場"
    folder.mkdir()
    return Store(str(folder)), folder


@pytest.fixture(params=["s3", "folder"])
def store(request: pytest.FixtureRequest) -> Store:
    """A store of each kind."""
    if request.param == "folder":
        return request.getfixturevalue("folder_store")[0]
    return Store(request.getfixturevalue("s3"))
