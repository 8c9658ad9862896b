"""The main job: all notebooks of an edition in sequence, verified, published in one go."""

import os
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from helpers.edition import Edition
from helpers.pipeline import publication
from helpers.pipeline.execution import Executed, Failure, execute
from helpers.pipeline.kernels import Pool, open_pool
from helpers.pipeline.manifest import write_manifest
from helpers.pipeline.notebook import STAGES, Notebook, notebooks_of
from helpers.pipeline.parameters import resolve
from helpers.places import RUN_VARIABLE
from helpers.problems import InputError, Problem

Say = Callable[[str], None]


@dataclass(frozen=True)
class RunResult:
    """What a run left: the published report, or why there is none and where to look."""

    report: Path | None
    executed: list[Executed]
    failures: list[Failure]
    aside: Path | None = None


def run(
    edition: Edition, given: Mapping[str, str] | None = None, say: Say = print, workers: int = 2
) -> RunResult:
    """Run the notebooks of an edition and publish its report.

    Args:
        edition: the edition.
        given: parameters passed by the user, as text.
        say: takes one line of progress.
        workers: notebooks of one stage that run at the same time.

    Raises:
        InputError: the parameters or the configuration are wrong; nothing has started.
    """
    places = edition.places
    stages = notebooks_of(edition.notebooks, places.root / "notebooks")
    fixed = {"city": edition.city, "fiscal_year": edition.fiscal_year}
    parameters = resolve(given or {}, fixed, [n for stage in stages for n in stage])
    if publication.repair(places):
        say("前回の公開が途中で止まっていたので、最後まで済ませました。")
    staging = _fresh_staging(edition)
    executed: list[Executed] = []
    os.environ[RUN_VARIABLE] = str(staging)
    try:
        # Only when the kernels are gone is everything written that they had to write.
        with open_pool(workers, places.root / "notebooks", sum(map(len, stages))) as kernels:
            for stage in stages:
                say(f"{STAGES.get(stage[0].stage, '')}（{len(stage)} 冊）")
                executed += _run_stage(stage, parameters, staging, say, workers, kernels)
                if any(done.failure for done in executed):
                    break
        failures = [done.failure for done in executed if done.failure]
        if failures:
            aside = publication.keep_failed(staging, places)
            return RunResult(None, executed, failures, aside)
        _verify(edition, staging)
        write_manifest(edition, staging, parameters, executed)
    finally:
        os.environ.pop(RUN_VARIABLE, None)
    publication.publish(staging, places)
    _clear_drafts(edition)
    return RunResult(places.published_report, executed, [])


def _fresh_staging(edition: Edition) -> Path:
    staging = publication.staging_folder(edition.places)
    if staging.exists():
        shutil.rmtree(staging)
    for folder in ("data", "report/figures", "report/notebooks"):
        (staging / folder).mkdir(parents=True)
    return staging


def _run_stage(
    stage: list[Notebook],
    parameters: Mapping[str, dict[str, object]],
    staging: Path,
    say: Say,
    workers: int,
    kernels: Pool,
) -> list[Executed]:
    """Run independent notebooks side by side; a kernel is a process, so threads only wait."""
    done = []
    with ThreadPoolExecutor(workers) as pool:
        tasks = {
            pool.submit(
                execute,
                notebook,
                parameters[notebook.name],
                staging / "report" / "notebooks" / notebook.path.name,
                kernels,
            ): notebook
            for notebook in stage
        }
        try:
            for task in as_completed(tasks):
                outcome = task.result()
                done.append(outcome)
                mark = "×" if outcome.failure else "○"
                say(f"  {mark} {outcome.notebook}  {outcome.seconds:.1f} 秒")
        except KeyboardInterrupt:
            # Notebooks that are running fail with their kernels; those that wait never start.
            kernels.stop()
            pool.shutdown(wait=False, cancel_futures=True)
            done = [task.result() for task in tasks if not task.cancelled()]
            if not any(outcome.failure for outcome in done):
                raise
    return sorted(done, key=lambda outcome: outcome.notebook)


def _verify(edition: Edition, staging: Path) -> None:
    """A complete report: every figures notebook left a picture in every format.

    Raises:
        InputError: a format of a figure is missing, or there is no figure or no indicator at all.
    """
    figures = {path.stem for path in (staging / "report" / "figures").iterdir()}
    missing = [
        f"{stem}.{ending}"
        for stem in sorted(figures)
        for ending in ("png", "svg", "pdf", "csv", "txt")
        if not (staging / "report" / "figures" / f"{stem}.{ending}").exists()
    ]
    if not figures:
        missing.append("figures")
    if not any((staging / "data").glob("indicators/*.csv")):
        missing.append("indicators")
    if missing:
        found = f"できあがりに {'、'.join(missing)} がありません"
        raise InputError(Problem(edition.id, found, remedy="前の版はそのまま残っています"))


def _clear_drafts(edition: Edition) -> None:
    """Drafts of a published edition are out of date; by hand nothing may read them any more."""
    if edition.places.draft.exists():
        shutil.rmtree(edition.places.draft)
