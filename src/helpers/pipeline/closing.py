"""Closed editions: what is printed must not change, so a run verifies it instead of making it.

``closed.json`` lies beside the indicators and is committed: it holds the digests of the report and
of its indicators, whoever has made them. Tables between raw files and indicators are no part of it.
"""

import errno
import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from helpers.pipeline.inputs import fresh_digest
from helpers.pipeline.manifest import CLOSED, NAME, read_manifest, verify
from helpers.pipeline.publication import lock, refuse_interrupted
from helpers.places import Places, project_root
from helpers.problems import InputError, Message, Problems, Said
from helpers.years import parse_year

if TYPE_CHECKING:
    from helpers.edition import Edition

DAMAGED = Message(
    "読めません（citypromo close が書いたままではありません）",
    remedy="git で元に戻してください（git checkout -- {path}）",
    en="cannot be read: it is not as citypromo close wrote it. → git checkout -- {path}",
)
CHANGED = Message(
    "閉じた年度版のファイルが、閉じたときと違います",
    remedy="控えか git から戻してください。直して出し直すときは "
    "citypromo close {id} --reopen のあとに run です",
    en="is not as it was when the edition was closed. → bring it back from git or your copy; to "
    "publish anew: citypromo close {id} --reopen, then run",
)
NOT_CLOSED = Message(
    "この年度版は閉じていません",
    remedy="そのまま run できます",
    en="this edition is not closed. → it can be run as it is",
)
AS_CLOSED = Said(
    "{id}: {date} に閉じた年度版です。{count} 個のファイルは、すべて閉じたときのままです"
    "（実行しません）。",
    "{id}: closed on {date}. All {count} files are as they were then; nothing is run.",
)
NOT_HERE = Said(
    "{id}: {date} に閉じた年度版です。その報告書はここにありません"
    "（指標の {count} 個のファイルは閉じたときのままです。実行しません）。",
    "{id}: closed on {date}. Its report is not here; the {count} files of its indicators are as "
    "they were then, and nothing is run.",
)
# No such file can be there: the name of a city or year that does not exist, on any system.
_NONE = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL)


@dataclass(frozen=True)
class Closing:
    """What ``closed.json`` holds.

    Attributes:
        date: when it was closed, ``2026-05-01``.
        commit: the commit that the report was made with; empty where git did not tell.
        files: digests of the report and its indicators, by ``data/…`` and ``report/…``.
    """

    date: str
    commit: str
    files: Mapping[str, str]


def close(edition: "Edition") -> Said:
    """Close an edition whose published report is whole.

    Raises:
        InputError: there is no report, its publication was interrupted, or it is not as it was
            published; or it was closed before and has changed since.
    """
    places = edition.places
    with lock(places):
        closing = _read(places)
        if closing is None:
            refuse_interrupted(places)
            verify(edition)
            closing = _closing_now(places)
            text = json.dumps(asdict(closing), ensure_ascii=False, indent=1) + "\n"
            (places.published_data / CLOSED).write_text(text, encoding="utf-8", newline="\n")
        return _verified(places, closing)


def reopen(places: Places) -> None:
    """Take a closing back.

    Raises:
        InputError: the edition is not closed.
    """
    with lock(places):
        try:
            (places.published_data / CLOSED).unlink()
        except FileNotFoundError:
            raise InputError(NOT_CLOSED.at(places.edition)) from None


def verify_closed(places: Places) -> Said | None:
    """Hold a closed edition's report and indicators against what they were, byte by byte.

    Returns:
        A sentence on what was found, or None where the edition is open.

    Raises:
        InputError: every file that is not as it was; a clone has no report, and need not.
    """
    closing = _read(places)
    return _verified(places, closing) if closing else None


def verify_if_closed(city: str, year: str | int) -> Said | None:
    """The same of an edition that is not opened: whatever its raw files have become.

    Raises:
        InputError: as `verify_closed`.
    """
    try:
        fiscal_year = parse_year(year)
    except ValueError:  # whoever opens the edition says so
        return None
    return verify_closed(Places(project_root(), city, fiscal_year))


def _closing_now(places: Places) -> Closing:
    manifest = read_manifest(places)
    files = {name: value for name, value in manifest["outputs"].items() if _is_printed(name)}
    files[f"report/{NAME}"] = fresh_digest(places.published_report / NAME)
    commit = str(manifest.get("git", {}).get("commit", ""))
    return Closing(time.strftime("%Y-%m-%d"), commit, dict(sorted(files.items())))


def _verified(places: Places, closing: Closing) -> Said:
    here = places.published_report.exists()
    asked = {name: value for name, value in closing.files.items() if here or name[:5] == "data/"}
    edition, problems = f"{places.city} {places.fiscal_year}", Problems()
    for name, value in asked.items():
        if fresh_digest(places.published(name)) != value:
            problems.note(CHANGED.at(str(places.published(name)), id=edition))
    problems.stop_if_any()
    words = {"id": edition, "date": closing.date, "count": len(asked)}
    told = AS_CLOSED if here else NOT_HERE
    return Said(told.ja.format(**words), told.en.format(**words))


def _is_printed(name: str) -> bool:
    return not name.startswith("data/") or name.endswith(".csv")


def _read(places: Places) -> Closing | None:
    path = places.published_data / CLOSED
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        files = {str(name): str(value) for name, value in known["files"].items()}
        return Closing(str(known["date"]), str(known["commit"]), files)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        if isinstance(error, OSError) and error.errno in _NONE:
            return None
        shown = path.relative_to(places.root).as_posix()
        raise InputError(DAMAGED.at(str(path), path=shown)) from None
