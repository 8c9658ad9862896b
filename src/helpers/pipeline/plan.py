"""What has to run of an edition, and why: decided from content and never from times.

A notebook is up to date when its cells, parameters, helpers, lock and Python, and everything that
it read at its last success, hash as they did then, and its outputs are still what it wrote.
"""

import contextlib
import json
import platform
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.pipeline.helper_code import HelperCode, package_files
from helpers.pipeline.inputs import Inputs, digest, file_digest, shown
from helpers.pipeline.manifest import (
    DELIVERABLES,
    NAME,
    SEAL,
    Success,
    read_manifest,
    read_successes,
    successes_of,
)
from helpers.pipeline.notebook import Notebook, in_languages, notebooks_of, resolve
from helpers.pipeline.publication import is_interrupted, staging_folder
from helpers.pipeline.staging import Staging
from helpers.places import Places, project_root
from helpers.problems import InputError, Said
from helpers.recorder import PROGRAM, ROWS, Name
from helpers.years import parse_year

if TYPE_CHECKING:
    from helpers.edition import Edition

LOCK = "requirements.txt"
CODE, PARAMETERS = Said("コードか本文", "code or prose"), Said("パラメーター", "parameters")
NEVER = Said("まだ成功していない", "it has not succeeded yet")
NAMED = 3
NOTHING_TO_DO = Said(
    "変わったものがないので、何も実行しませんでした。", "Nothing has changed; nothing was run."
)


class Planning:
    """What an edition's notebooks depend on now, against what is published.

    Args:
        edition: the edition.
        given: parameters passed by the user, as text.
        again: regard everything as out of date.

    Raises:
        InputError: a parameter or a notebook's name is wrong; no kernel has started.
    """

    def __init__(self, edition: "Edition", given: Mapping[str, str], again: bool = False):
        self.edition = edition
        self.again = again
        self.root = edition.places.root
        stages = notebooks_of(edition.notebooks, self.root / "notebooks")
        self.stages = in_languages(stages, edition.languages)
        fixed = {"city": edition.city, "fiscal_year": edition.fiscal_year}
        self.parameters = resolve(given, fixed, self.notebooks)
        self.staging = Staging(edition.places)
        self.inputs = Inputs.of(edition.places)
        self._helpers = HelperCode(self.root / "src")
        self._code: dict[str, dict[str, str]] = {}

    @cached_property
    def before(self) -> Mapping[str, Success]:
        """What the published report says of each notebook; first asked for under the lock."""
        return {} if self.again else read_successes(self.edition.places)

    @property
    def notebooks(self) -> list[Notebook]:
        """All notebooks in the order of their stages."""
        return [notebook for stage in self.stages for notebook in stage]

    def code(self, notebook: Notebook) -> dict[str, str]:
        """What the notebook's outputs depend on, other than what it reads.

        Taken once, before kernels import helpers: who changes a helper while a run goes on must
        find the notebook out of date afterwards.
        """
        name = notebook.name
        if name not in self._code:
            values = json.dumps(self.parameters[name], ensure_ascii=False, sort_keys=True)
            own = {CODE.ja: digest(notebook.text), PARAMETERS.ja: digest(values)}
            self._code[name] = own | self._imported(notebook.code)
        return self._code[name]

    def delivery_code(self) -> dict[str, str]:
        """What the deliverables depend on, other than what they show."""
        if DELIVERABLES not in self._code:
            names = "、".join([*self.edition.deliverables, *self.edition.languages])
            code = ["from helpers.report.deliverables import deliver"]
            self._code[DELIVERABLES] = {DELIVERABLES: names} | self._imported(code)
        return self._code[DELIVERABLES]

    def _imported(self, cells: list[str]) -> dict[str, str]:
        """What any code depends on: the lock, Python, the helpers that it imports."""
        parts = {LOCK: file_digest(self.root / LOCK), "Python": digest(platform.python_version())}
        for path in self._helpers.needed_by(cells):
            parts[path.relative_to(self.root / "src").as_posix()] = file_digest(path)
        return parts

    def reasons_to_run(self) -> dict[str, Said | None]:
        """Why each notebook would run; what an earlier one may change is named by that one."""
        reasons: dict[str, Said | None] = {}
        results: dict[str, Path] = {}
        for stage in self.stages:
            inputs = self.inputs.seeing(results)
            for notebook in stage:
                reasons[notebook.name] = self._reason_to_run(notebook, inputs, reasons)
            for notebook in stage:
                if found := self.known(notebook, inputs):
                    success, locate = found
                    results |= {path: locate(path) for path in success.outputs}
        return reasons

    def _reason_to_run(
        self, notebook: Notebook, inputs: Inputs, reasons: Mapping[str, Said | None]
    ) -> Said | None:
        name = notebook.name
        success = self.staging.success(name) or self.before.get(name)
        for earlier, why in reasons.items():
            if why and success and self._may_change(earlier, notebook, success.inputs):
                data = f"data/processed/{self.edition.places.edition}"
                read = {n: v for n, v in success.inputs.items() if not n[0].startswith(data)}
                if own := changes(replace(success, inputs=read), self.code(notebook), inputs):
                    return _changed(own)
                return Said(f"{earlier} の結果が変われば", f"if the results of {earlier} change")
        return None if self.known(notebook, inputs) else self.reason(notebook, inputs)

    def _may_change(self, earlier: str, notebook: Notebook, names: Iterable[Name]) -> bool:
        """Whether a notebook that will run may change what another has read."""
        if earlier[0] == notebook.name[0]:
            return False
        before = self.before.get(earlier)
        data = f"data/processed/{self.edition.places.edition}"
        written = [path for path in before.outputs if path.startswith("data/")] if before else []
        named = {f"{data}/{path.removeprefix('data/')}" for path in written}
        tables = {path for path in named if path.endswith(".csv")}
        return any(
            path in named
            or (path.startswith(data) and (before is None or (question == ROWS and bool(tables))))
            for path, question, _ in names
        )

    def known(
        self, notebook: Notebook, inputs: Inputs
    ) -> tuple[Success, Callable[[str], Path]] | None:
        """An earlier success of the same code and inputs, and where its outputs are.

        Args:
            notebook: the notebook.
            inputs: what it would read now.
        """
        left = self.staging.success(notebook.name)
        if left and not changes(left, self.code(notebook), inputs):
            return left, self.staging.staged(notebook.name)
        if self.reason(notebook, inputs) is None:
            return self.before[notebook.name], self.edition.places.published
        return None

    def reason(self, notebook: Notebook, inputs: Inputs) -> Said | None:
        """Why a notebook is not up to date with what is published."""
        before = self.before.get(notebook.name)
        return reason(before, self.code(notebook), inputs, self.edition.places.published)

    def why_deliver(self) -> Said | None:
        """Why the deliverables are not up to date with what is published."""
        if not self.edition.deliverables:
            return None
        published = self.edition.places.published
        notebooks = (s for name, s in self.before.items() if name != DELIVERABLES)
        results = {path: published(path) for success in notebooks for path in success.outputs}
        before = self.before.get(DELIVERABLES)
        return reason(before, self.delivery_code(), self.inputs.seeing(results), published)

    def is_done(self) -> bool:
        """Whether every notebook is up to date with what is published, and the report has no other.

        What an unpublished run has left does not count: it is still to be published.
        """
        left = {*self.before} - {notebook.name for notebook in self.notebooks} - {DELIVERABLES}
        published = self.edition.places.published
        results: dict[str, Path] = {}
        for stage in self.stages:
            inputs = self.inputs.seeing(results)
            if left or any(self.reason(notebook, inputs) for notebook in stage):
                return False
            made = (path for notebook in stage for path in self.before[notebook.name].outputs)
            results |= {path: published(path) for path in made}
        return not self.why_deliver()

    def likely(self, reasons: Mapping[str, Said | None]) -> list[Notebook]:
        """The notebooks that will run, or may, as what they read comes from one that will."""
        return [notebook for notebook in self.notebooks if reasons[notebook.name]]

    def look_again(self) -> None:
        """Forget what was published and what there was to read: both may have changed."""
        self.__dict__.pop("before", None)
        self.inputs = Inputs.of(self.edition.places)


def changes(success: Success, code: Mapping[str, str], inputs: Inputs) -> list[Said]:
    """What differs from what a success was made from, in words."""
    found = [
        PARAMETERS if name == PARAMETERS.ja else CODE if name == CODE.ja else Said(name, name)
        for name in sorted({*code, *success.code})
        if code.get(name) != success.code.get(name)
    ]
    for name, value in sorted(success.inputs.items()):
        if name[1] == PROGRAM:
            ja = f"ほかのプログラム（{name[0]}）を起動するので、毎回"
            found.append(Said(ja, f"it starts another program ({name[0]}), so every time"))
        elif inputs.digest(name) != value:
            found.append(Said(shown(name), shown(name)))
    return found


def reason(
    success: Success | None,
    code: Mapping[str, str],
    inputs: Inputs,
    locate: Callable[[str], Path],
) -> Said | None:
    """Why something has to be made again, in one line; nothing where it is up to date.

    Args:
        success: its last success.
        code: what it depends on now, other than what it reads.
        inputs: what it would read now.
        locate: where an output of that success should be.
    """
    if success is None:
        return NEVER
    if changed := changes(success, code, inputs):
        return _changed(changed)
    for path, value in success.outputs.items():
        if file_digest(locate(path)) != value:
            ja, en = "できあがりが変わったか、なくなった", "an output was changed or is gone"
            return Said(f"{ja}: {path}", f"{en}: {path}")
    return None


def _changed(what: Iterable[Said]) -> Said:
    each = list({said.ja: said for said in what}.values())
    more = len(each) - NAMED
    ja = "、".join(said.ja for said in each[:NAMED]) + (f" ほか {more}" * (more > 0))
    en = ", ".join(said.en for said in each[:NAMED]) + (f" and {more} more" * (more > 0))
    return Said(f"変わったもの: {ja}", f"changed: {en}")


def helpers_digest(root: Path) -> str:
    """SHA-256 over all that notebooks could import from ``helpers``: code and fonts."""
    paths = package_files(root / "src")
    seen = {path.relative_to(root).as_posix(): file_digest(path) for path in paths}
    return digest(json.dumps(sorted(seen.items())))


def code_mark(root: Path, notebooks: Iterable[str]) -> str:
    """A digest of all code that a run without parameters depends on; nothing is parsed."""
    cells = {}
    for name in dict.fromkeys(name.partition(".")[0] for name in notebooks):
        path = root / "notebooks" / f"{name}.ipynb"
        cells[name] = digest(Notebook(path).text) if path.exists() else ""
    lock = file_digest(root / LOCK)
    fixed = [platform.python_version(), lock, helpers_digest(root), sorted(cells.items())]
    return digest(json.dumps(fixed))


def mark(code: str, successes: Iterable[Success], inputs: Inputs) -> str:
    """One digest of all that a run depends on: code, and what was read, whole files at a time.

    Args:
        code: the digest of all code.
        successes: the notebooks' and the deliverables', for what they have read.
        inputs: what they would read now.
    """
    edition = inputs.places.edition
    made = (f"data/processed/{edition}/", f"reports/{edition}/")
    names = {name for success in successes for name in success.inputs}
    names |= {(f"data/raw/{edition}/edition.yml", "", "")}
    seen = {"\t".join(n): inputs.coarse(n) for n in names if not f"{n[0]}/".startswith(made)}
    return digest(json.dumps([code, sorted(seen.items())]))


@dataclass(frozen=True)
class Planned:
    """What a run would do with a notebook: why it would run, if so, and what it read last."""

    name: str
    why: Said | None
    inputs: list[str]


def plan(edition: "Edition", given: Mapping[str, str] | None = None) -> list[Planned]:
    """Why each notebook would run, and what each has read; needs no write access."""
    planning = Planning(edition, given or {})
    reasons = planning.reasons_to_run()
    known = {name: success.inputs for name, success in planning.before.items()}
    return [
        Planned(name, why, list(dict.fromkeys(shown(input_) for input_ in known.get(name, ()))))
        for name, why in reasons.items()
    ]


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


def edited(city: str, year: str | int) -> list[Notebook]:
    """The notebooks that were saved after the report was published: a guess at what will run."""
    try:
        places = Places(project_root(), city, parse_year(year))
        published = (places.published_report / NAME).stat().st_mtime
        folder = places.root / "notebooks"
        paths = [folder / f"{name}.ipynb" for name in read_manifest(places)["notebooks"]]
        return [Notebook(path) for path in paths if path.stat().st_mtime > published]
    except (ValueError, OSError, InputError, KeyError):
        return []


def up_to_date(city: str, year: str | int) -> str | None:
    """The edition's title if its published report is up to date to the byte, else None.

    The quick answer: no notebook is parsed, nothing heavy imported. A report remembers one
    fingerprint of everything that a run without parameters could depend on. Where it does not
    hold, that proves nothing: the plan then decides notebook by notebook.
    """
    try:
        places = Places(project_root(), city, parse_year(year))
        manifest = read_manifest(places)
        if not manifest or is_interrupted(places):
            return None
        known = {manifest.get("fingerprint"), _remembered(places, manifest[SEAL])}
        made = successes_of(manifest)
        code = code_mark(places.root, manifest["notebooks"])
        if mark(code, made.values(), Inputs.of(places)) not in known:
            return None
    except (ValueError, OSError, InputError):
        return None  # whoever opens the edition says what is wrong
    outputs = manifest["outputs"].items()
    whole = all(file_digest(places.published(path)) == value for path, value in outputs)
    return str(manifest["title"]) if whole else None
