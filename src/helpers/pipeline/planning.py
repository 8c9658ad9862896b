"""The plan of one edition: its notebooks by stage, their parameters, and why each would run."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from helpers.edition import Edition
from helpers.pipeline.imports import HelperCode
from helpers.pipeline.manifest import read_successes
from helpers.pipeline.notebook import Notebook, notebooks_of
from helpers.pipeline.parameters import resolve
from helpers.pipeline.plan import Key, Success, code_parts, data_parts, inputs, reason
from helpers.pipeline.staging import Staging


class Planning:
    """What an edition's notebooks depend on now, against what is published.

    Args:
        edition: the edition.
        given: parameters passed by the user, as text.
        again: regard everything as out of date.

    Raises:
        InputError: a parameter or a notebook's name is wrong; no kernel has started.
    """

    def __init__(self, edition: Edition, given: Mapping[str, str], again: bool = False):
        self.edition = edition
        self.again = again
        self.stages = notebooks_of(edition.notebooks, edition.places.root / "notebooks")
        fixed = {"city": edition.city, "fiscal_year": edition.fiscal_year}
        self.parameters = resolve(given, fixed, self.notebooks)
        self.staging = Staging(edition.places)
        self.helpers = HelperCode(edition.places.root / "src")
        self._code: dict[str, dict[str, str]] = {}

    @cached_property
    def before(self) -> Mapping[str, Success]:
        """What the published report says of each notebook; first asked for under the lock."""
        return {} if self.again else read_successes(self.edition.places)

    @property
    def notebooks(self) -> list[Notebook]:
        """All notebooks in the order of their stages."""
        return [notebook for stage in self.stages for notebook in stage]

    def key(self, notebook: Notebook, data: Path) -> Key:
        """What the notebook's outputs depend on, with the data in a folder."""
        name, places = notebook.name, self.edition.places
        if name not in self._code:  # once, before kernels start and import helpers
            values = self.parameters[name]
            self._code[name] = code_parts(notebook, values, self.edition, self.helpers)
        return Key(self._code[name] | data_parts(inputs(notebook.stage, places, data), places))

    def reason(self, name: str, key: Key) -> str:
        """Why a notebook is not up to date with what is published, or empty text."""
        return reason(key, self.before.get(name), self.staging.published)

    def is_done(self, reasons: Mapping[str, str]) -> bool:
        """Whether every notebook is up to date, and the report has no other."""
        return reasons.keys() <= self.before.keys() and not any(reasons.values())

    def reasons_to_run(self) -> dict[str, str]:
        """Why each notebook is out of date with the published data; reads the code of all."""
        data = self.edition.places.published_data
        keys = {notebook.name: self.key(notebook, data) for notebook in self.notebooks}
        return {name: self.reason(name, key) for name, key in keys.items()}

    def likely(self, reasons: Mapping[str, str]) -> list[Notebook]:
        """The notebooks that will run, or may, as what they read comes from one that will."""
        running: list[Notebook] = []
        for stage in self.stages:
            running += stage if running else [n for n in stage if reasons[n.name]]
        return running


def plan(edition: Edition, given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Why each notebook would run, by name; empty text where it would not.

    What a notebook of a later stage reads may change while an earlier one runs; then its line
    says on which it depends.
    """
    planning = Planning(edition, given or {})
    reasons: dict[str, str] = {}
    left_over: dict[str, str] = {}  # data files that an interrupted run has made already
    for stage in planning.stages:
        running = [name for name, why in reasons.items() if why]
        waits = f"{running[0]} の結果が変われば" if running else ""
        kind = {2: ".parquet", 3: ".csv"}.get(stage[0].stage, "-")
        for notebook in stage:
            made = {name: value for name, value in left_over.items() if name.endswith(kind)}
            now = planning.key(notebook, edition.places.published_data)
            key = Key({**now.parts, **made})
            left = planning.staging.success(notebook.name)
            if left is not None and left.key == key.parts and not waits:
                reasons[notebook.name] = ""
                outputs = ((Path(path), value) for path, value in left.outputs.items())
                left_over |= {path.name: v for path, v in outputs if path.parts[0] == "data"}
            else:
                reasons[notebook.name] = planning.reason(notebook.name, key) or waits
    return reasons
