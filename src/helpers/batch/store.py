"""A store of objects: a bucket, or any folder that fsspec can open.

S3 is spoken by pyarrow, which every installation has, with the credentials that AWS programs take
(environment, ``~/.aws``, the machine's role); everything else by fsspec.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from helpers.batch.refusal import refusal
from helpers.problems import InputError, Message

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

T = TypeVar("T")
R = TypeVar("R")
AT_ONCE = 16  # requests; each waits for the network most of its time
CONNECT_S, REQUEST_S = 10, 60
NOT_INSTALLED = Message(
    "この置き場を開くためのライブラリーがありません（{why}）",
    "s3://バケット/フォルダー、file:///フォルダー など、fsspec で開けるアドレス",
    'pip install "citypromo[batch]" と、そのアドレスに要る fsspec の部品を入れてください',
    en='no library opens this address ({why}). → pip install "citypromo[batch]", and what fsspec '
    "needs for it; s3://bucket/folder needs nothing more",
)
BAD_NAME = Message(
    "使えない名前のファイルがあります",
    remedy="名前を変えてください",
    en="a file's name cannot be used. → rename it",
)


class Store:
    """Objects by their path from the store's top.

    Args:
        address: ``s3://bucket/folder``, ``file:///folder``, or what fsspec knows.

    Raises:
        InputError: nothing that is installed opens such an address.
    """

    def __init__(self, address: str):
        if "://" not in address:  # a folder, wherever the workers' own working directory is
            address = f"file:///{Path(address).resolve().as_posix().lstrip('/')}"
        self.address = address.rstrip("/")
        # As messages say it: an address may hold a password.
        self.name = re.sub(r"(?<=://)[^/@]*@", "", self.address)
        with self._said(""):
            self._files, self._top = _opened(self.address, self.name)

    def read(self, path: str) -> bytes | None:
        """An object's bytes; None where there is none."""
        with self._said(path):
            try:
                # A file knows its size: one request, where a stream asks again and again.
                with self._files.open_input_file(f"{self._top}/{path}") as file:
                    return bytes(file.read())
            except FileNotFoundError:
                return None

    def write(self, path: str, content: bytes) -> None:
        """Put an object in place, whole or not at all."""
        target = f"{self._top}/{path}"
        # An object of S3 appears when it is complete; elsewhere it is moved there.
        at_once = self._files.type_name == "s3"
        with self._said(path):
            with self._files.open_output_stream(target if at_once else f"{target}.new") as stream:
                stream.write(content)
            if not at_once:
                self._files.move(f"{target}.new", target)

    def files(self, folder: str) -> dict[str, float | None]:
        """When each object below a folder was written, by its path from there; none if it is none.

        Raises:
            InputError: the bucket is missing or closed, or a path would lead out of the folder.
        """
        found = self._below(folder)
        for path in found:
            if leads_away(path):
                raise InputError(BAD_NAME.at(f"{self.name}/{folder}/{path}"))
        return found

    def _below(self, folder: str) -> dict[str, float | None]:
        from pyarrow.fs import FileSelector, FileType

        top = f"{self._top}/{folder}"
        with self._said(folder):
            try:
                infos = self._files.get_file_info(FileSelector(top, recursive=True))
            except FileNotFoundError:
                return {}
        found = {i.path[len(top) + 1 :]: i.mtime_ns for i in infos if i.type == FileType.File}
        return {path: at and at / 1e9 for path, at in found.items()}

    def delete(self, folder: str) -> None:
        """Delete all that is below a folder."""
        with self._said(folder):
            try:
                self._files.delete_dir(f"{self._top}/{folder}")
            except OSError:  # older servers do not delete many objects by one request as S3 does
                paths = [f"{self._top}/{folder}/{path}" for path in self._below(folder)]
                each(self._files.delete_file, paths)

    @contextmanager
    def _said(self, path: str) -> Iterator[None]:
        """Whatever a store complains of, in a sentence."""
        try:
            yield
        except (InputError, MemoryError):
            raise
        except Exception as error:  # each kind of store has its own
            raise InputError(refusal(error, self.name, path)) from None


@lru_cache(4)
def open_store(address: str) -> Store:
    """A store, its connections kept by this process."""
    return Store(address)


def each(work: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """Do the same with many objects, some at the same time; the first failure is raised."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(work, items))


def leads_away(path: str) -> bool:
    """Whether a path from somebody else could be written outside the folder it is for."""
    return bool({"", ".", ".."} & set(path.split("/"))) or "\\" in path or ":" in path


def _opened(address: str, name: str) -> "tuple[FileSystem, str]":
    """What reads and writes there, and the path that it calls the store's top."""
    from pyarrow import fs

    scheme, _, path = address.partition("://")
    if scheme == "s3":
        endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
        # Servers other than Amazon's may know no other; what is sent is read back anyway.
        os.environ.setdefault("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required")
        times = {"connect_timeout": CONNECT_S, "request_timeout": REQUEST_S}
        return fs.S3FileSystem(endpoint_override=endpoint, allow_delayed_open=True, **times), path
    try:
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]

        options: dict[str, Any] = {"use_listings_cache": False}
        opened, path = url_to_fs(address, **options)
    except (ImportError, ValueError) as error:
        why = f"{scheme}:// {type(error).__name__}"
        raise InputError(NOT_INSTALLED.at(name, why=why)) from None
    opened.auto_mkdir = True  # a folder on a disk makes folders as they are needed
    return fs.PyFileSystem(fs.FSSpecHandler(opened)), path.rstrip("/")
