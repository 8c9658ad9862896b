"""The main job: what has to run of an edition, in sequence, verified, published in one go."""

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.edition import Edition
from helpers.pipeline import publication
from helpers.pipeline.manifest import read_successes, write_manifest
from helpers.pipeline.notebook import STAGES, Notebook, notebooks_of
from helpers.pipeline.parameters import resolve
from helpers.pipeline.plan import Key, Success, code_parts, data_parts, inputs, reason
from helpers.pipeline.progress import Progress
from helpers.pipeline.staging import Staging
from helpers.pipeline.verification import verify_staged
from helpers.places import NOTEBOOK_VARIABLE, RUN_VARIABLE

if TYPE_CHECKING:  # slow to import: only when something has to run
    from helpers.pipeline.execution import Executed, Failure
    from helpers.pipeline.kernels import Pool

Parameters = Mapping[str, dict[str, object]]
LOG = "run.log"


@dataclass(frozen=True)
class RunResult:
    """What a run left: the published report, or why there is none and where to look."""

    report: Path | None
    executed: "list[Executed]"
    failures: "list[Failure]" = field(default_factory=list)
    aside: Path | None = None


def run(
    edition: Edition,
    given: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    workers: int = 2,
    again: bool = False,
) -> RunResult:
    """Run what has changed of an edition and publish its report.

    Args:
        edition: the edition.
        given: parameters passed by the user, as text.
        progress: says what goes on; the terminal by default.
        workers: notebooks of one stage that run at the same time.
        again: run everything, changed or not.

    Raises:
        InputError: the parameters or the configuration are wrong; nothing has started.
    """
    progress = progress or Progress()
    stages, parameters = prepare(edition, given or {})
    with publication.lock(edition.places):
        if publication.repair(edition.places):
            progress.say("前回の公開が途中で止まっていたので、最後まで済ませました。")
        return Run(edition, parameters, progress, workers, again).go(stages)


def prepare(
    edition: Edition, given: Mapping[str, str]
) -> tuple[list[list[Notebook]], dict[str, dict[str, object]]]:
    """The notebooks by stage and their parameters, before any kernel starts."""
    stages = notebooks_of(edition.notebooks, edition.places.root / "notebooks")
    fixed = {"city": edition.city, "fiscal_year": edition.fiscal_year}
    return stages, resolve(given, fixed, [n for stage in stages for n in stage])


def plan(edition: Edition, given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Why each notebook would run, by name; empty text where it would not.

    What a notebook of a later stage reads may change while an earlier one runs; then its line
    says on which it depends.
    """
    stages, parameters = prepare(edition, given or {})
    now = Run(edition, parameters, Progress(), 1, again=False)
    reasons: dict[str, str] = {}
    left_over: dict[str, str] = {}  # data files that an interrupted run has made already
    for stage in stages:
        running = [name for name, why in reasons.items() if why]
        waits = f"{running[0]} の結果が変われば" if running else ""
        kind = {2: ".parquet", 3: ".csv"}.get(stage[0].stage, "-")
        for notebook in stage:
            made = {name: value for name, value in left_over.items() if name.endswith(kind)}
            key = Key({**now.key(notebook, edition.places.published_data).parts, **made})
            left = now.staging.success(notebook.name)
            if left is not None and left.key == key.parts and not waits:
                reasons[notebook.name] = ""
                outputs = ((Path(path), value) for path, value in left.outputs.items())
                left_over |= {path.name: v for path, v in outputs if path.parts[0] == "data"}
            else:
                reasons[notebook.name] = now.reason(notebook, key) or waits
    return reasons


class Run:
    """One run of one edition."""

    def __init__(
        self,
        edition: Edition,
        parameters: Parameters,
        progress: Progress,
        workers: int,
        again: bool,
    ):
        self.edition = edition
        self.parameters = parameters
        self.progress = progress
        self.workers = workers
        self.again = again
        self.staging = Staging(edition.places)
        self.before = {} if again else read_successes(edition.places)
        self.started = time.strftime("%Y-%m-%dT%H:%M:%S%z")
        self.successes: dict[str, Success] = {}
        self.executed: list[Executed] = []
        self._code: dict[str, dict[str, str]] = {}

    def go(self, stages: list[list[Notebook]]) -> RunResult:
        """Plan, run, verify, publish."""
        places = self.edition.places
        if self._nothing_to_do(stages):
            self.progress.say("変わったものがないので、何も実行しませんでした。")
            return RunResult(places.published_report, [])
        self.progress.note(f"{self.edition.id} の実行記録（{self.started} に開始）")
        self.staging.prepare(self.again)
        if failures := self._run_stages(stages):
            for failure in failures:
                self.progress.note(str(failure))
            names = [failure.notebook for failure in failures]
            aside = publication.keep_failed(self.staging.folder, places, names)
            (aside / LOG).write_text(self.progress.log, encoding="utf-8")
            return RunResult(None, self.executed, failures, aside)
        verify_staged(self.edition, self.staging.folder, self.successes)
        self._write_log_and_manifest()
        publication.publish(places)
        return RunResult(places.published_report, self.executed)

    def key(self, notebook: Notebook, data: Path) -> Key:
        """What the notebook's outputs depend on, with the data in a folder."""
        name, places = notebook.name, self.edition.places
        if name not in self._code:  # once, before kernels start and import helpers
            self._code[name] = code_parts(notebook, self.parameters[name], self.edition)
        return Key(self._code[name] | data_parts(inputs(notebook.stage, places, data), places))

    def reason(self, notebook: Notebook, key: Key) -> str:
        """Why the notebook is not up to date with what is published, or empty text."""
        return reason(key, self.before.get(notebook.name), self.staging.published)

    def _nothing_to_do(self, stages: list[list[Notebook]]) -> bool:
        """Whether every notebook is up to date; reads the code of all in any case."""
        notebooks = [notebook for stage in stages for notebook in stage]
        data = self.edition.places.published_data
        keys = {notebook: self.key(notebook, data) for notebook in notebooks}
        return self.before.keys() == {n.name for n in notebooks} and not any(
            self.reason(notebook, key) for notebook, key in keys.items()
        )

    def _write_log_and_manifest(self) -> None:
        for figure, why in self.edition.left_out.items():
            self.progress.note(f"載せていない図 {figure}: {why}")
        figures = len(list((self.staging.report / "figures").glob("*.png")))
        self.progress.note(f"図 {figures} 点がすべての形式でそろっていることを確かめました。")
        (self.staging.report / LOG).write_text(self.progress.log, encoding="utf-8")
        times = {"started": self.started, "finished": time.strftime("%Y-%m-%dT%H:%M:%S%z")}
        edition, staging, parameters = self.edition, self.staging, self.parameters
        write_manifest(edition, staging, parameters, self.executed, self.successes, times)

    def _run_stages(self, stages: list[list[Notebook]]) -> "list[Failure]":
        """Run stage after stage until one fails."""
        from helpers.pipeline.kernels import open_pool

        notebooks = [notebook for stage in stages for notebook in stage]
        folder = self.edition.places.root / "notebooks"
        # Only when the kernels are gone is everything written that they had to write.
        with open_pool(self.workers, folder, notebooks) as kernels:
            for stage in stages:
                self._run_stage(stage, kernels)
                if failures := [done.failure for done in self.executed if done.failure]:
                    return failures
        return []

    def _run_stage(self, stage: list[Notebook], kernels: "Pool") -> None:
        """Run what has changed of a stage, side by side; take over the rest."""
        keys = {notebook.name: self.key(notebook, self.staging.data) for notebook in stage}
        waiting = [notebook for notebook in stage if not self._taken_over(notebook, keys)]
        done = f"、{len(stage) - len(waiting)} 冊は前のまま" if len(waiting) < len(stage) else ""
        self.progress.say(f"{STAGES.get(stage[0].stage, '')}（{len(waiting)} 冊{done}）")
        for notebook in waiting:
            why = self.reason(notebook, keys[notebook.name])
            self.progress.note(f"  実行 {notebook.name}: {why}")
        for outcome in self._side_by_side(waiting, keys, kernels):
            self.executed.append(outcome)
            if outcome.failure is None:
                name = outcome.notebook
                self.staging.take(name, self.successes[name].outputs, self.staging.staged(name))

    def _taken_over(self, notebook: Notebook, keys: Mapping[str, Key]) -> bool:
        """Whether an earlier result of the same key could be used."""
        name = notebook.name
        left = self.staging.success(name)
        if left is not None and left.key == dict(keys[name].parts):
            success, source, whose = left, self.staging.staged(name), "中断した実行"
        elif not self.reason(notebook, keys[name]):
            success, source, whose = self.before[name], self.staging.published, "前の報告書"
        else:
            return False
        self.successes[name] = success
        self.staging.take(name, success.outputs, source)
        self.progress.note(f"  省略 {name}: 何も変わっていないので、{whose}の結果を使う")
        return True

    def _side_by_side(
        self, notebooks: list[Notebook], keys: Mapping[str, Key], kernels: "Pool"
    ) -> "list[Executed]":
        """Run independent notebooks; a kernel is a process, so threads only wait."""
        done = []
        with ThreadPoolExecutor(self.workers) as pool:
            tasks = [
                pool.submit(self._execute, notebook, keys[notebook.name], kernels)
                for notebook in notebooks
            ]
            try:
                done = [task.result() for task in as_completed(tasks)]
            except KeyboardInterrupt:
                # Notebooks that are running fail with their kernels; those that wait never start.
                kernels.stop()
                pool.shutdown(wait=False, cancel_futures=True)
                done = [task.result() for task in tasks if not task.cancelled()]
                if not any(outcome.failure for outcome in done):
                    raise
        return sorted(done, key=lambda outcome: outcome.notebook)

    def _execute(self, notebook: Notebook, key: Key, kernels: "Pool") -> "Executed":
        """Execute a notebook and record its success at once, for whatever comes next."""
        from helpers.pipeline.execution import execute

        name, cells = notebook.name, len(notebook.cells) + 1  # with the cell of parameters
        part = self.staging.part(name)
        told = {RUN_VARIABLE: str(self.staging.folder), NOTEBOOK_VARIABLE: name}
        output = part / "report" / "notebooks" / notebook.path.name

        def say(index: int, heading: str) -> None:
            self.progress.cell(name, index + 1, cells, heading)

        done = execute(notebook, self.parameters[name], output, kernels, say, told)
        if done.failure is None:
            self.successes[name] = self.staging.complete(name, key)
        self.progress.end(name, f"  {'×' if done.failure else '○'} {name}  {done.seconds:.1f} 秒")
        return done
