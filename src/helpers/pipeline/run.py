"""The main job: what has to run of an edition, in sequence, verified, published in one go."""

import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from helpers.edition import Edition
from helpers.pipeline import publication
from helpers.pipeline.execution import Executed, Failure, execute
from helpers.pipeline.kernels import Pool, open_pool
from helpers.pipeline.manifest import read_successes, write_manifest
from helpers.pipeline.notebook import STAGES, Notebook, notebooks_of
from helpers.pipeline.parameters import resolve
from helpers.pipeline.plan import Key, Success, inputs, notebook_key, reason
from helpers.pipeline.staging import Staging
from helpers.pipeline.verification import verify_staged
from helpers.places import NOTEBOOK_VARIABLE, RUN_VARIABLE

Say = Callable[[str], None]
Parameters = Mapping[str, dict[str, object]]


@dataclass(frozen=True)
class RunResult:
    """What a run left: the published report, or why there is none and where to look."""

    report: Path | None
    executed: list[Executed]
    failures: list[Failure] = field(default_factory=list)
    aside: Path | None = None


def run(
    edition: Edition,
    given: Mapping[str, str] | None = None,
    say: Say = print,
    workers: int = 2,
    again: bool = False,
) -> RunResult:
    """Run what has changed of an edition and publish its report.

    Args:
        edition: the edition.
        given: parameters passed by the user, as text.
        say: takes one line of progress.
        workers: notebooks of one stage that run at the same time.
        again: run everything, changed or not.

    Raises:
        InputError: the parameters or the configuration are wrong; nothing has started.
    """
    stages, parameters = prepare(edition, given or {})
    with publication.lock(edition.places):
        if publication.repair(edition.places):
            say("前回の公開が途中で止まっていたので、最後まで済ませました。")
        return Run(edition, parameters, say, workers, again).go(stages)


def prepare(
    edition: Edition, given: Mapping[str, str]
) -> tuple[list[list[Notebook]], dict[str, dict[str, object]]]:
    """The notebooks by stage and their parameters, before any kernel starts."""
    stages = notebooks_of(edition.notebooks, edition.places.root / "notebooks")
    fixed = {"city": edition.city, "fiscal_year": edition.fiscal_year}
    return stages, resolve(given, fixed, [n for stage in stages for n in stage])


def plan(edition: Edition, given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Why each notebook would run, by name; empty text where it is up to date.

    What a notebook of a later stage reads may change while an earlier one runs; then its line
    says on which it depends.
    """
    stages, parameters = prepare(edition, given or {})
    now = Run(edition, parameters, print, 1, again=False)
    reasons: dict[str, str] = {}
    for stage in stages:
        earlier = [name for name, why in reasons.items() if why]
        for notebook in stage:
            key = now._key(notebook, edition.places.published_data)
            waits = f"{earlier[0]} の結果が変われば" if earlier else ""
            reasons[notebook.name] = now._reason(notebook, key) or waits
    return reasons


class Run:
    """One run of one edition."""

    def __init__(
        self, edition: Edition, parameters: Parameters, say: Say, workers: int, again: bool
    ):
        self.edition = edition
        self.parameters = parameters
        self.say = say
        self.workers = workers
        self.staging = Staging(edition.places)
        self.before = {} if again else read_successes(edition.places)
        self.successes: dict[str, Success] = {}
        self.executed: list[Executed] = []

    def go(self, stages: list[list[Notebook]]) -> RunResult:
        """Plan, run, verify, publish."""
        places = self.edition.places
        if self._nothing_to_do(stages):
            self.say("変わったものがないので、何も実行しませんでした。")
            return RunResult(places.published_report, [])
        self.staging.prepare()
        notebooks = [notebook for stage in stages for notebook in stage]
        # Only when the kernels are gone is everything written that they had to write.
        with open_pool(self.workers, places.root / "notebooks", notebooks) as kernels:
            for stage in stages:
                self._run_stage(stage, kernels)
                if failures := [done.failure for done in self.executed if done.failure]:
                    break
        if failures:
            aside = publication.keep_failed(
                self.staging.folder, places, [f.notebook for f in failures]
            )
            return RunResult(None, self.executed, failures, aside)
        verify_staged(self.edition, self.staging.folder)
        write_manifest(self.edition, self.staging, self.parameters, self.executed, self.successes)
        publication.publish(self.staging.folder, places)
        if places.draft.exists():  # out of date now: by hand nothing may read them any more
            shutil.rmtree(places.draft)
        return RunResult(places.published_report, self.executed)

    def _key(self, notebook: Notebook, data: Path) -> Key:
        files = inputs(notebook.stage, self.edition.places, data)
        return notebook_key(notebook, self.parameters[notebook.name], self.edition, files)

    def _reason(self, notebook: Notebook, key: Key) -> str:
        success = self.before.get(notebook.name)
        return reason(key, success, self.staging.published)

    def _nothing_to_do(self, stages: list[list[Notebook]]) -> bool:
        notebooks = [notebook for stage in stages for notebook in stage]
        data = self.edition.places.published_data
        return self.before.keys() == {n.name for n in notebooks} and not any(
            self._reason(notebook, self._key(notebook, data)) for notebook in notebooks
        )

    def _run_stage(self, stage: list[Notebook], kernels: Pool) -> None:
        """Run what has changed of a stage, side by side; take over the rest."""
        keys = {notebook.name: self._key(notebook, self.staging.data) for notebook in stage}
        waiting = [notebook for notebook in stage if not self._taken_over(notebook, keys)]
        done = f"、{len(stage) - len(waiting)} 冊は前のまま" if len(waiting) < len(stage) else ""
        self.say(f"{STAGES.get(stage[0].stage, '')}（{len(waiting)} 冊{done}）")
        for outcome in self._side_by_side(waiting, kernels):
            self.executed.append(outcome)
            name = outcome.notebook
            if outcome.failure is None:
                self.successes[name] = self.staging.complete(name, keys[name])
            self.say(f"  {'×' if outcome.failure else '○'} {name}  {outcome.seconds:.1f} 秒")
        for name in sorted(self.successes.keys() & keys.keys() & {n.name for n in waiting}):
            self.staging.take(name, self.successes[name].outputs, self.staging.staged(name))

    def _taken_over(self, notebook: Notebook, keys: Mapping[str, Key]) -> bool:
        """Whether an earlier result of the same key could be used."""
        name = notebook.name
        left = self.staging.success(name)
        if left is not None and left.key == dict(keys[name].parts):
            success, source = left, self.staging.staged(name)
        elif not self._reason(notebook, keys[name]):
            success, source = self.before[name], self.staging.published
        else:
            return False
        self.successes[name] = success
        self.staging.take(name, success.outputs, source)
        return True

    def _side_by_side(self, notebooks: list[Notebook], kernels: Pool) -> list[Executed]:
        """Run independent notebooks; a kernel is a process, so threads only wait."""
        done = []
        with ThreadPoolExecutor(self.workers) as pool:
            tasks = [pool.submit(self._execute, notebook, kernels) for notebook in notebooks]
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

    def _execute(self, notebook: Notebook, kernels: Pool) -> Executed:
        part = self.staging.part(notebook.name)
        told = {RUN_VARIABLE: str(self.staging.folder), NOTEBOOK_VARIABLE: notebook.name}
        output = part / "report" / "notebooks" / notebook.path.name
        parameters = self.parameters[notebook.name]
        return execute(notebook, parameters, output, kernels, environment=told)
