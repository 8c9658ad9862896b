"""``manifest.json``: what a report was made from, with what, and what came out."""

import json
import platform
import subprocess
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from helpers import __version__
from helpers.edition import Edition
from helpers.pipeline.execution import Executed
from helpers.pipeline.plan import LOCK, Success, file_digest
from helpers.pipeline.staging import Staging
from helpers.places import Places
from helpers.problems import InputError, Problem, Problems

PACKAGES = ("pandas", "numpy", "matplotlib", "seaborn", "papermill", "ipykernel")
NAME = "manifest.json"


def write_manifest(
    edition: Edition,
    staging: Staging,
    parameters: Mapping[str, dict[str, object]],
    executed: list[Executed],
    successes: Mapping[str, Success],
) -> None:
    """Write ``report/manifest.json`` of a staged run."""
    root = edition.places.root
    raw = sorted(path for path in edition.places.raw.rglob("*") if path.is_file())
    seconds = {done.notebook: round(done.seconds, 1) for done in executed}
    manifest = {
        "edition": edition.id,
        "citypromo": __version__,
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "lock": file_digest(root / LOCK),
        "git": _git(root),
        "inputs": {path.relative_to(root).as_posix(): file_digest(path) for path in raw},
        "notebooks": {
            name: {
                "parameters": parameters[name],
                "seconds": seconds.get(name, "前の実行のまま"),
                "key": dict(success.key),
                "outputs": dict(success.outputs),
            }
            for name, success in sorted(successes.items())
        },
        "left_out": edition.left_out,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (staging.report / NAME).write_text(text + "\n", encoding="utf-8")


def read_manifest(places: Places) -> dict:
    """The manifest of the published report, or an empty one where there is none."""
    try:
        content = json.loads((places.published_report / NAME).read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError):
        return {}
    return content if isinstance(content, dict) else {}


def read_successes(places: Places) -> dict[str, Success]:
    """What the published report says of each notebook's last success."""
    notebooks = read_manifest(places).get("notebooks", {})
    return {name: Success(said["key"], said["outputs"]) for name, said in notebooks.items()}


def verify(edition: Edition) -> int:
    """Hold the published report against its manifest, byte by byte.

    Returns:
        How many files were compared.

    Raises:
        InputError: there is no report; or every file that is missing, changed or not in it.
    """
    places = edition.places
    successes = read_successes(places)
    if not successes:
        remedy = f"citypromo run {edition.id} を実行してください"
        found = "公開された報告書がありません"
        raise InputError(Problem(str(places.published_report), found, remedy=remedy))
    known = {path: v for success in successes.values() for path, v in success.outputs.items()}
    staging, problems = Staging(places), Problems()
    for path, value in sorted(known.items()):
        file = staging.published(path)
        if file_digest(file) != value:
            found = "公開のあとに変わりました" if file.exists() else "なくなりました"
            problems.add(str(file), found, remedy=f"citypromo run {edition.id} で作り直せます")
    for top, folder in (("data", places.published_data), ("report", places.published_report)):
        for file in (path for path in folder.rglob("*") if path.is_file()):
            name = f"{top}/{file.relative_to(folder).as_posix()}"
            if name not in known and name != f"report/{NAME}":
                problems.add(
                    str(file), "報告書のファイルではありません", remedy="ほかへ移してください"
                )
    problems.stop_if_any()
    return len(known)


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
