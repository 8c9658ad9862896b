"""``manifest.json``: what a report was made from, with what, and what came out."""

import hashlib
import json
import platform
import subprocess
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from helpers import __version__
from helpers.edition import Edition
from helpers.pipeline.execution import Executed

PACKAGES = ("pandas", "numpy", "matplotlib", "seaborn", "papermill", "ipykernel")


def write_manifest(
    edition: Edition,
    staging: Path,
    parameters: Mapping[str, dict[str, object]],
    executed: list[Executed],
) -> None:
    """Write ``report/manifest.json`` of a staged run."""
    root = edition.places.root
    manifest = {
        "edition": edition.id,
        "citypromo": __version__,
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "lock": _hash(root / "requirements.txt"),
        "git": _git(root),
        "parameters": dict(parameters),
        "inputs": _hashes(edition.places.raw, root),
        "outputs": {
            **_hashes(staging / "data", staging),
            **_hashes(staging / "report", staging),
        },
        "seconds": {done.notebook: round(done.seconds, 1) for done in executed},
        "left_out": edition.left_out,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (staging / "report" / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _hashes(folder: Path, base: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(base).as_posix(): _hash(path) for path in files}


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _git(root: Path) -> dict[str, object]:
    """Commit and dirty flag, or nothing where there is no git."""
    try:
        commit, changes = (
            subprocess.run(
                ["git", *words], cwd=root, capture_output=True, text=True, check=True
            ).stdout.strip()
            for words in (
                ("rev-parse", "HEAD"),
                ("status", "--porcelain", "src", "notebooks", "data"),
            )
        )
    except (OSError, subprocess.CalledProcessError):
        return {}
    return {"commit": commit, "dirty": bool(changes)}
