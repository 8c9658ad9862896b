"""The quick answer to "is there anything to do": no notebook is parsed, nothing heavy imported.

A published report remembers one fingerprint of everything that a run without parameters could
depend on. While it holds, and every output is what the run left, nothing has to run. When it does
not, that proves nothing: the plan then decides notebook by notebook.
"""

import contextlib
import json
import platform
from collections.abc import Iterable
from pathlib import Path

from helpers.pipeline.manifest import SEAL, read_manifest
from helpers.pipeline.notebook import Notebook
from helpers.pipeline.plan import LOCK, digest, file_digest, helpers_digest, history, raw_files
from helpers.pipeline.publication import is_interrupted, staging_folder
from helpers.pipeline.staging import Staging
from helpers.places import Places, project_root
from helpers.problems import InputError, Said
from helpers.years import parse_year

NOTHING_TO_DO = Said(
    "変わったものがないので、何も実行しませんでした。", "Nothing has changed; nothing was run."
)


def fingerprint(places: Places, notebooks: Iterable[str]) -> str:
    """SHA-256 over all that a run depends on: raw files, history, helpers, code cells, lock.

    Args:
        places: the edition's folders.
        notebooks: names of the notebooks that the edition uses.
    """
    root = places.root
    files = [root / LOCK, *raw_files(places), *history(places)]
    seen = {path.relative_to(root).as_posix(): file_digest(path) for path in files}
    for name in notebooks:
        path = root / "notebooks" / f"{name}.ipynb"
        seen[name] = digest("\0".join(Notebook(path).code)) if path.exists() else ""
    fixed = [platform.python_version(), helpers_digest(root)]
    return digest(json.dumps([*fixed, sorted(seen.items())]))


def remember(places: Places, mark: str) -> None:
    """Note that all this would give the published report too, though it was made from other.

    Where a helper has changed that no notebook needs, the plan finds nothing to do; the next
    quick answer need not ask it again.
    """
    seal = str(read_manifest(places).get(SEAL, ""))
    with contextlib.suppress(OSError):  # the answer then takes a second, that is all
        _note(places).write_text(f"{seal} {mark}", encoding="utf-8", newline="\n")


def _remembered(places: Places, seal: str) -> str:
    """The fingerprint that was noted for a report; none for another report."""
    try:
        noted, _, mark = _note(places).read_text(encoding="utf-8").partition(" ")
    except (OSError, UnicodeDecodeError):
        return ""
    return mark if noted == seal else ""


def _note(places: Places) -> Path:
    return staging_folder(places).with_suffix(".unchanged")


def up_to_date(city: str, year: str | int) -> str | None:
    """The edition's title if its published report is up to date to the byte, else None."""
    try:
        places = Places(project_root(), city, parse_year(year))
        manifest = read_manifest(places)
        if not manifest or is_interrupted(places):
            return None
        known = {manifest.get("fingerprint"), _remembered(places, manifest[SEAL])}
        if fingerprint(places, manifest["notebooks"]) not in known:
            return None
    except (ValueError, OSError, InputError):
        return None  # whoever opens the edition says what is wrong
    published = Staging(places).published
    whole = all(file_digest(published(p)) == value for p, value in manifest["outputs"].items())
    return str(manifest["title"]) if whole else None
