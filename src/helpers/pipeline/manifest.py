"""``manifest.json``: what a report was made from, with what, and what came out."""

import csv
import json
import platform
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from helpers import __version__
from helpers.pipeline.inputs import digest, file_digest, fresh_digest
from helpers.places import Places
from helpers.problems import InputError, Message, Problems, Said

if TYPE_CHECKING:
    from helpers.edition import Edition
    from helpers.pipeline.plan import Planning
    from helpers.recorder import Name

PACKAGES = ("pandas", "numpy", "matplotlib", "seaborn", "papermill", "ipykernel")
NAME = "manifest.json"
CLOSED = "closed.json"  # committed beside the indicators; no file of a run
SEAL = "sha256"
DELIVERABLES = "deliverables"  # beside the notebooks, the one other thing that a run makes

NO_REPORT = Message(
    "公開された報告書がありません",
    remedy="citypromo run {id} を実行してください",
    en="no report is published. → run: citypromo run {id}",
)
CHANGED = Message(
    "公開のあとに変わりました",
    remedy="citypromo run {id}{again} で作り直せます",
    en="was changed after it was published. → citypromo run {id}{again} makes it again",
)
GONE = Message(
    "なくなりました",
    remedy="citypromo run {id} で作り直せます",
    en="is gone. → citypromo run {id} makes it again",
)
FOREIGN = Message(
    "報告書のファイルではありません",
    remedy="ほかへ移してください",
    en="is no file of the report. → move it elsewhere",
)
UNTOUCHED = Said("公開済みの報告書はそのままです。", "The published report is as it was.")
NONE_YET = Said("公開された報告書はまだありません。", "No report is published yet.")
TOUCHED = Said(
    "公開済みの報告書も変わっています（{files}）。"
    "citypromo run {id} --again で作り直してください。",
    "The published report has been changed too ({files}). "
    "→ make it again: citypromo run {id} --again",
)


@dataclass(frozen=True)
class Success:
    """A last success: what it was made from, and the files it left with their hashes.

    Attributes:
        code: digests of code, parameters, helpers, lock and Python, by what a person calls them.
        inputs: digests of all that was read.
        outputs: digests of the files, ``data/…`` and ``report/…``.
    """

    code: Mapping[str, str]
    inputs: Mapping["Name", str]
    outputs: Mapping[str, str]

    def as_json(self) -> dict[str, object]:
        """As it is written; the parts of an input's name are separated by tabs."""
        inputs = {"\t".join(name).rstrip("\t"): value for name, value in self.inputs.items()}
        return {"code": dict(self.code), "inputs": inputs, "outputs": dict(self.outputs)}

    @classmethod
    def from_json(cls, known: Mapping[str, Any]) -> Self:
        """As it was written.

        Raises:
            KeyError: it was written by an earlier release, which did not record what was read.
        """
        inputs = {_name(text): str(value) for text, value in known["inputs"].items()}
        return cls(known["code"], inputs, known["outputs"])


def _name(text: str) -> "Name":
    path, question, more = (*text.split("\t"), "", "")[:3]
    return path, question, more


def write_manifest(
    planning: "Planning",
    successes: Mapping[str, Success],
    inputs: Mapping[str, str],
    seconds: Mapping[str, float],
    times: Mapping[str, str],
    mark: str,
) -> None:
    """Write ``report/manifest.json`` of a staged run, the last of its files.

    Args:
        planning: the edition, its parameters and where it is staged.
        successes: what was written, by notebook; and the deliverables.
        inputs: digests of the files that could be read, by their paths in the project.
        seconds: how long each notebook took that was executed.
        times: when the run started and finished.
        mark: of all inputs, for the quick answer of the next run; empty where there is none.
    """
    from importlib.metadata import version

    edition, staging = planning.edition, planning.staging
    root, raw = edition.places.root, f"data/raw/{edition.places.edition}/"
    manifest = {
        "edition": edition.id,
        "title": f"{edition.name.ja} {edition.year_label()}",
        **times,
        "citypromo": __version__,
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "lock": file_digest(root / "requirements.txt"),
        "git": _git(root),
        "inputs": {name: value for name, value in inputs.items() if name.startswith(raw)},
        "outputs": _files({"data": staging.data, "report": staging.report}),
        "figures": _figures(staging.report / "figures"),
        "notebooks": {
            name: {
                "parameters": planning.parameters[name],
                "seconds": seconds.get(name, "前の実行のまま"),
                **_made(successes[name]),
            }
            for name in sorted(planning.parameters)
        },
        DELIVERABLES: _made(successes[DELIVERABLES]),
        "left_out": edition.left_out,
        "fingerprint": mark,
    }
    manifest[SEAL] = digest(_written(manifest))
    (staging.report / NAME).write_text(_written(manifest), encoding="utf-8", newline="\n")


def _made(success: Success) -> dict[str, object]:
    """Digests of the outputs stand in the manifest once, for all."""
    return {**success.as_json(), "outputs": sorted(success.outputs)}


def read_manifest(places: Places) -> dict[str, Any]:
    """The manifest of the published report, or an empty one where there is none."""
    try:
        content = json.loads((places.published_report / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    sealed = isinstance(content, dict) and {SEAL, "outputs", "notebooks"} <= content.keys()
    return content if sealed else {}


def successes_of(manifest: Mapping[str, Any]) -> dict[str, Success]:
    """What a manifest says of each notebook's last success, and of the deliverables'."""
    outputs = manifest.get("outputs", {})
    known = dict(manifest.get("notebooks", {}))
    if DELIVERABLES in manifest:
        known[DELIVERABLES] = manifest[DELIVERABLES]
    return {
        name: Success.from_json(
            {**made, "outputs": {path: outputs.get(path, "") for path in made["outputs"]}}
        )
        for name, made in known.items()
        if "inputs" in made  # an earlier release did not record them
    }


def read_successes(places: Places) -> dict[str, Success]:
    """What the published report says of each notebook's last success."""
    return successes_of(read_manifest(places))


def verify(edition: "Edition") -> int:
    """Hold the published report against its manifest, byte by byte; needs no write access.

    Returns:
        How many files were compared.

    Raises:
        InputError: there is no report; or every file that is missing, changed or not in it.
    """
    places = edition.places
    manifest = read_manifest(places)
    path = places.published_report / NAME
    if not manifest:
        raise InputError(NO_REPORT.at(str(path), id=edition.id))
    problems = Problems()
    folders = {"data": places.published_data, "report": places.published_report}
    there = _files(folders)
    for name, value in manifest["outputs"].items():
        if there.get(name) != value:
            message = CHANGED if name in there else GONE
            problems.note(message.at(str(places.published(name)), id=edition.id, again=""))
    for name in sorted(there.keys() - manifest["outputs"].keys()):
        problems.note(FOREIGN.at(str(places.published(name))))
    seal = manifest.pop(SEAL)
    text = path.read_text(encoding="utf-8")
    if seal != digest(_written(manifest)) or text != _written({**manifest, SEAL: seal}):
        problems.note(CHANGED.at(str(path), id=edition.id, again=" --again"))
    problems.stop_if_any()
    return len(manifest["outputs"]) + 1


def state_of_published(places: Places) -> Said:
    """A sentence on the published report after a run that failed; every file is read anew."""
    manifest = read_manifest(places)
    if not manifest:
        return NONE_YET
    outputs = manifest["outputs"].items()
    changed = [name for name, value in outputs if fresh_digest(places.published(name)) != value]
    if not changed:
        return UNTOUCHED
    words = {"id": f"{places.city} {places.fiscal_year}", "files": ", ".join(changed[:5])}
    return Said(TOUCHED.ja.format(**words), TOUCHED.en.format(**words))


def _written(manifest: Mapping[str, object]) -> str:
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def _files(folders: Mapping[str, Path]) -> dict[str, str]:
    """The hash of every file that a run makes but the manifest, by ``data/…`` or ``report/…``."""
    return {
        f"{top}/{path.relative_to(folder).as_posix()}": file_digest(path)
        for top, folder in folders.items()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / (CLOSED if top == "data" else NAME)
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
