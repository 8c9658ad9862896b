"""The main job: what has to run of an edition, in sequence, verified, published in one go."""

import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.edition import Edition
from helpers.pipeline import publication
from helpers.pipeline.delivery import deliver, why_deliver
from helpers.pipeline.manifest import DELIVERABLES, write_manifest
from helpers.pipeline.notebook import STAGES, Notebook
from helpers.pipeline.plan import Key, Success
from helpers.pipeline.planning import Planning
from helpers.pipeline.progress import Progress
from helpers.pipeline.unchanged import NOTHING_TO_DO, fingerprint, remember
from helpers.pipeline.verification import verify_no_respondent, verify_staged

if TYPE_CHECKING:  # slow to import: only when something has to run
    from helpers.pipeline.execution import Executed, Failure
    from helpers.pipeline.kernels import KeptKernels, Pool

LOG = "run.log"


@dataclass(frozen=True)
class RunResult:
    """What a run left: the published report, or why there is none and where to look."""

    report: Path | None
    executed: "list[Executed]"
    failures: "list[Failure]" = field(default_factory=list)
    aside: Path | None = None
    published: bool = False


def run(
    edition: Edition,
    given: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    workers: int = 2,
    again: bool = False,
    kernels: "KeptKernels | None" = None,
) -> RunResult:
    """Run what has changed of an edition and publish its report.

    Args:
        edition: the edition.
        given: parameters passed by the user, as text.
        progress: says what goes on; the terminal by default.
        workers: notebooks of one stage that run at the same time.
        again: run everything, changed or not.
        kernels: kept from run to run; by default they start and end with this one.

    Raises:
        InputError: the parameters or the configuration are wrong; nothing has started.
    """
    progress = progress or Progress()
    # Taken before anything runs: who edits meanwhile finds the report out of date.
    mark = "" if given else fingerprint(edition.places, edition.notebooks)
    planning = Planning(edition, given or {}, again)  # what is wrong is said before the lock
    with publication.lock(edition.places):
        if publication.repair(edition.places):
            progress.say("前回の公開が途中で止まっていたので、最後まで済ませました。")
        return Run(planning, progress, workers, mark, kernels).go()


class Run:
    """One run of one edition.

    Args:
        planning: what has to run, and why.
        progress: says what goes on.
        workers: notebooks of one stage that run at the same time.
        mark: fingerprint of all inputs, for the quick answer of the next run.
        kept: kernels that outlive this run, if any.
    """

    def __init__(
        self,
        planning: Planning,
        progress: Progress,
        workers: int,
        mark: str,
        kept: "KeptKernels | None" = None,
    ):
        self.planning = planning
        self.edition = planning.edition
        self.staging = planning.staging
        self.progress = progress
        self.workers = workers
        self.mark = mark
        self.kept = kept
        self.started = time.strftime("%Y-%m-%dT%H:%M:%S%z")
        self.successes: dict[str, Success] = {}
        self.executed: list[Executed] = []

    def go(self) -> RunResult:
        """Plan, run, verify, deliver, publish."""
        places, planning = self.edition.places, self.planning
        reasons = planning.reasons_to_run()
        # Asked first, also where notebooks run: it reads our code while the kernels get ready.
        if not why_deliver(planning) and planning.is_done(reasons):
            self.progress.say(NOTHING_TO_DO)
            if self.mark:
                remember(places, self.mark)
            return RunResult(places.published_report, [])
        self.progress.note(f"{self.edition.id} の実行記録（{self.started} に開始）")
        self.staging.prepare(planning.again)
        if failures := self._run_stages(planning.likely(reasons)):
            return self._failed(failures)
        verify_staged(self.edition, self.staging.folder, self.successes)
        self._deliver()
        self._write_log_and_manifest()
        verify_no_respondent(self.staging.folder, self.planning.before, self.edition)
        publication.publish(places)
        return RunResult(places.published_report, self.executed, published=True)

    def _failed(self, failures: "list[Failure]") -> RunResult:
        """Keep what there is to look at; the parts that succeeded wait for the next run."""
        for failure in failures:
            self.progress.note(str(failure))
        names = [failure.notebook for failure in failures]
        aside = publication.keep_failed(self.staging.folder, self.edition.places, names)
        with contextlib.suppress(OSError):  # the disk may be full
            (aside / LOG).write_text(self.progress.log, encoding="utf-8", newline="\n")
            from helpers.pipeline.privacy import look_through  # not where all went well

            for problem in look_through(self.edition, aside):
                self.progress.say(str(problem))
        return RunResult(None, self.executed, failures, aside)

    def _deliver(self) -> None:
        started = time.monotonic()
        self.successes[DELIVERABLES] = deliver(self.planning, self.successes)
        files = [Path(path).name for path in self.successes[DELIVERABLES].outputs]
        seconds = time.monotonic() - started
        if files:
            self.progress.say(f"配るもの（{'、'.join(files)}）  {seconds:.1f} 秒")

    def _write_log_and_manifest(self) -> None:
        for figure, why in self.edition.left_out.items():
            self.progress.note(f"載せていない図 {figure}: {why}")
        figures = len(list((self.staging.report / "figures").glob("*.png")))
        self.progress.note(f"図 {figures} 点がすべての形式でそろっていることを確かめました。")
        (self.staging.report / LOG).write_text(self.progress.log, encoding="utf-8", newline="\n")
        times = {"started": self.started, "finished": time.strftime("%Y-%m-%dT%H:%M:%S%z")}
        seconds = {done.notebook: round(done.seconds, 1) for done in self.executed}
        write_manifest(self.planning, self.successes, seconds, times, self.mark)

    def _run_stages(self, likely: list[Notebook]) -> "list[Failure]":
        """Run stage after stage until one fails; kernels get ready for what will likely run."""
        from helpers.pipeline.kernels import open_pool

        folder = self.edition.places.root / "notebooks"
        # Only when the kernels are gone is everything written that they had to write.
        kept, workers = self.kept, self.workers
        lent = kept.lend(workers, likely) if kept else open_pool(workers, folder, likely)
        with lent as kernels:
            import pyarrow.parquet  # noqa: F401  # for the verification; kernels are not ready yet

            for stage in self.planning.stages:
                self._run_stage(stage, kernels)
                if failures := [done.failure for done in self.executed if done.failure]:
                    return failures
        return []

    def _run_stage(self, stage: list[Notebook], kernels: "Pool") -> None:
        """Run what has changed of a stage, side by side; take over the rest."""
        from helpers.pipeline.stage import executor, side_by_side

        planning, staging, progress = self.planning, self.staging, self.progress
        keys = {notebook.name: planning.key(notebook, staging.data) for notebook in stage}
        waiting = [notebook for notebook in stage if not self._taken_over(notebook, keys)]
        done = f"、{len(stage) - len(waiting)} 冊は前のまま" if len(waiting) < len(stage) else ""
        progress.say(f"{STAGES.get(stage[0].stage, '')}（{len(waiting)} 冊{done}）")
        for notebook in waiting:
            why = planning.reason(notebook.name, keys[notebook.name])
            progress.note(f"  実行 {notebook.name}: {why}")
        execute = executor(planning, keys, kernels, progress, self.successes)
        for outcome in side_by_side(waiting, execute, kernels, self.workers):
            self.executed.append(outcome)
            if outcome.failure is None:
                name = outcome.notebook
                staging.take(name, self.successes[name].outputs, staging.staged(name))

    def _taken_over(self, notebook: Notebook, keys: Mapping[str, Key]) -> bool:
        """Whether an earlier result of the same key could be used."""
        name, planning, staging = notebook.name, self.planning, self.staging
        left = staging.success(name)
        if left is not None and left.key == dict(keys[name].parts):
            success, source, whose = left, staging.staged(name), "中断した実行"
        elif not planning.reason(name, keys[name]):
            success, source, whose = planning.before[name], staging.published, "前の報告書"
        else:
            return False
        self.successes[name] = success
        staging.take(name, success.outputs, source)
        self.progress.note(f"  省略 {name}: 何も変わっていないので、{whose}の結果を使う")
        return True
