"""``manifest.json``: what a report was made from, with what, and what came out."""

import csv
import json
import platform
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers import __version__
from helpers.pipeline.plan import LOCK, Success, digest, file_digest
from helpers.pipeline.staging import Staging
from helpers.places import Places
from helpers.problems import InputError, Problem, Problems

if TYPE_CHECKING:
    from helpers.edition import Edition
    from helpers.pipeline.planning import Planning

PACKAGES = ("pandas", "numpy", "matplotlib", "seaborn", "papermill", "ipykernel")
NAME = "manifest.json"
SEAL = "sha256"
DELIVERABLES = "deliverables"  # beside the notebooks, the one other thing that a run makes


def write_manifest(
    planning: "Planning",
    successes: Mapping[str, Success],
    seconds: Mapping[str, float],
    times: Mapping[str, str],
    fingerprint: str,
) -> None:
    """Write ``report/manifest.json`` of a staged run, the last of its files.

    Args:
        planning: the edition, its parameters and where it is staged.
        successes: what was written, by notebook; and the deliverables.
        seconds: how long each notebook took that was executed.
        times: when the run started and finished.
        fingerprint: of all inputs, for the quick answer of the next run.
    """
    from importlib.metadata import version

    edition, staging = planning.edition, planning.staging
    root = edition.places.root
    raw = sorted(path for path in edition.places.raw.rglob("*") if path.is_file())
    manifest = {
        "edition": edition.id,
        "title": f"{edition.name.ja} {edition.year_label()}",
        **times,
        "citypromo": __version__,
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "lock": file_digest(root / LOCK),
        "git": _git(root),
        "inputs": {path.relative_to(root).as_posix(): file_digest(path) for path in raw},
        "outputs": _files({"data": staging.data, "report": staging.report}),
        "figures": _figures(staging.report / "figures"),
        "notebooks": {
            name: {
                "parameters": planning.parameters[name],
                "seconds": seconds.get(name, "前の実行のまま"),
                **_said(successes[name]),
            }
            for name in sorted(planning.parameters)
        },
        DELIVERABLES: _said(successes[DELIVERABLES]),
        "left_out": edition.left_out,
        "fingerprint": fingerprint,
    }
    manifest[SEAL] = digest(_written(manifest))
    (staging.report / NAME).write_text(_written(manifest), encoding="utf-8", newline="\n")


def _said(success: Success) -> dict[str, object]:
    return {"key": dict(success.key), "outputs": sorted(success.outputs)}


def read_manifest(places: Places) -> dict[str, Any]:
    """The manifest of the published report, or an empty one where there is none."""
    try:
        content = json.loads((places.published_report / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    sealed = isinstance(content, dict) and {SEAL, "outputs", "notebooks"} <= content.keys()
    return content if sealed else {}


def read_successes(places: Places) -> dict[str, Success]:
    """What the published report says of each notebook's last success."""
    manifest = read_manifest(places)
    outputs = manifest.get("outputs", {})
    known = dict(manifest.get("notebooks", {}))
    if DELIVERABLES in manifest:
        known[DELIVERABLES] = manifest[DELIVERABLES]
    return {
        name: Success(said["key"], {path: outputs.get(path, "") for path in said["outputs"]})
        for name, said in known.items()
    }


def verify(edition: "Edition") -> int:
    """Hold the published report against its manifest, byte by byte.

    Returns:
        How many files were compared.

    Raises:
        InputError: there is no report; or every file that is missing, changed or not in it.
    """
    places = edition.places
    manifest = read_manifest(places)
    path, again = places.published_report / NAME, f"citypromo run {edition.id}"
    if not manifest:
        remedy = f"{again} を実行してください"
        raise InputError(Problem(str(path), "公開された報告書がありません", remedy=remedy))
    problems = Problems()
    folders = {"data": places.published_data, "report": places.published_report}
    there = _files(folders)
    for name, value in manifest["outputs"].items():
        if there.get(name) != value:
            found = "公開のあとに変わりました" if name in there else "なくなりました"
            file = Staging(places).published(name)
            problems.add(str(file), found, remedy=f"{again} で作り直せます")
    for name in sorted(there.keys() - manifest["outputs"].keys()):
        file = Staging(places).published(name)
        problems.add(str(file), "報告書のファイルではありません", remedy="ほかへ移してください")
    seal = manifest.pop(SEAL)
    text = path.read_text(encoding="utf-8")
    if seal != digest(_written(manifest)) or text != _written({**manifest, SEAL: seal}):
        problems.add(
            str(path), "公開のあとに変わりました", remedy=f"{again} --again で作り直せます"
        )
    problems.stop_if_any()
    return len(manifest["outputs"]) + 1


def _written(manifest: Mapping[str, object]) -> str:
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def _files(folders: Mapping[str, Path]) -> dict[str, str]:
    """The hash of every file but the manifest, by ``data/…`` or ``report/…``."""
    return {
        f"{top}/{path.relative_to(folder).as_posix()}": file_digest(path)
        for top, folder in folders.items()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / NAME
    }


def _figures(folder: Path) -> dict[str, list[str]]:
    """The indicators that each figure shows: its CSV's last column holds the keys of its rows."""
    shown = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            keys = [row[-1] for row in csv.reader(file) if row][1:]
        shown[path.stem] = sorted({key.partition(".")[0] for key in keys if "." in key})
    return shown


def _git(root: Path) -> dict[str, object]:
    """Commit and dirty flag, or nothing where there is no git."""
    try:
        commit, changes = (
            subprocess.run(
                ["git", *words], cwd=root, capture_output=True, text=True, check=True
            ).stdout.strip()
            for words in (("rev-parse", "HEAD"), ("status", "--porcelain"))
        )
    except (OSError, subprocess.CalledProcessError):
        return {}
    return {"commit": commit, "dirty": bool(changes)}
