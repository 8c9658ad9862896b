"""A Word or PowerPoint file as a zip of parts, refused where it cannot be refreshed safely."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from helpers.problems import InputError
from helpers.report.office import messages

Kind = Literal["word", "powerpoint"]
CONTENT_TYPES = "[Content_Types].xml"
# The oldest date that a zip can state: new parts carry no time of day.
EPOCH = (1980, 1, 1, 0, 0, 0)
UNIX = 3
UNPACKED_LIMIT = 512 * 2**20
RATIO_LIMIT, RATIO_FROM = 150, 8 * 2**20
PARTS_LIMIT = 20_000
_SUFFIXES: dict[str, Kind] = {
    ".docx": "word",
    ".docm": "word",
    ".pptx": "powerpoint",
    ".pptm": "powerpoint",
}
_MAIN: dict[Kind, bytes] = {
    "word": rb'(?:wordprocessingml\.document|ms-word\.document\.macroEnabled)\.main\+xml"',
    "powerpoint": rb"(?:presentationml\.presentation|ms-powerpoint\.presentation\.macroEnabled)"
    rb'\.main\+xml"',
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"http://purl.oclc.org/ooxml/"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, NotImplementedError)


@dataclass(frozen=True)
class Package:
    """The parts of a file, in their order.

    Attributes:
        path: where it was read.
        kind: whose file it is.
        entries: what the zip says of each part.
        parts: the bytes of each part by its name.
    """

    path: Path
    kind: Kind
    entries: tuple[zipfile.ZipInfo, ...]
    parts: Mapping[str, bytes]

    def with_parts(self, changed: Mapping[str, bytes | None]) -> bytes:
        """The bytes of the file with parts changed, added, or (None) left out.

        Unchanged parts keep their bytes, order, date and method; the result depends on nothing
        else, so the same changes give the same bytes.
        """
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for entry in self.entries:
                content = changed.get(entry.filename, self.parts[entry.filename])
                if content is not None:
                    archive.writestr(_like(entry), content)
            for name in sorted(changed.keys() - self.parts.keys()):
                content = changed[name]
                if content is not None:
                    archive.writestr(new_entry(name), content)
        return buffer.getvalue()


def read_package(path: Path, kind: Kind) -> Package:
    """Open a file of the wanted kind.

    Raises:
        InputError: not there, an old or protected or strict or damaged file, another kind, a bomb.
    """
    where = str(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(messages.NOT_THERE.at(where)) from None
    except OSError as error:
        raise InputError(messages.UNREADABLE.at(where, why=error.strerror or "")) from None
    if content.startswith(_OLE):
        message = messages.PASSWORD if _ENCRYPTED in content else messages.OLD
        raise InputError(message.at(where))
    if _SUFFIXES.get(path.suffix.lower()) != kind:
        raise InputError(messages.OTHER_KIND[kind].at(where))
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        package = Package(path, kind, tuple(archive.infolist()), _parts(where, archive))
    except _BROKEN as error:
        raise InputError(messages.DAMAGED.at(where, why=str(error))) from None
    if not re.search(_MAIN[kind], package.parts.get(CONTENT_TYPES, b"")):
        raise InputError(messages.OTHER_KIND[kind].at(where))
    if any(_STRICT in part for name, part in package.parts.items() if name.endswith(".rels")):
        raise InputError(messages.STRICT.at(where))
    return package


def _parts(where: str, archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Each part read once, never more of it than may be: what the zip claims is not trusted."""
    entries = archive.infolist()
    room = UNPACKED_LIMIT
    if len(entries) > PARTS_LIMIT or len({e.filename for e in entries}) < len(entries):
        raise InputError(messages.BOMB.at(where, part=f"{len(entries)} parts"))
    parts = {}
    for entry in entries:
        with archive.open(entry) as stream:
            most = min(room, max(RATIO_FROM, RATIO_LIMIT * entry.compress_size))
            content = stream.read(most + 1)
        if len(content) > most:
            raise InputError(messages.BOMB.at(where, part=entry.filename))
        room -= len(content)
        parts[entry.filename] = content
    return parts


def new_entry(name: str) -> zipfile.ZipInfo:
    """A new entry, the same whenever and wherever it is made."""
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.create_system = UNIX  # Python would write which system it runs on
    return entry


def _like(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """A new entry with the date, method and attributes of one that was read."""
    new = zipfile.ZipInfo(entry.filename, entry.date_time)
    new.compress_type = entry.compress_type
    new.external_attr, new.create_system = entry.external_attr, entry.create_system
    return new
