"""The main job: what has to run of an edition, in sequence, verified, published in one go."""

import contextlib
import json
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import recorder
from helpers.edition import Edition
from helpers.pipeline import publication
from helpers.pipeline.closing import verify_closed
from helpers.pipeline.inputs import Inputs, file_digest, fresh_digest
from helpers.pipeline.manifest import DELIVERABLES, Success, write_manifest
from helpers.pipeline.notebook import STAGES, Notebook
from helpers.pipeline.plan import NOTHING_TO_DO, Planning, code_mark, mark, reason, remember
from helpers.pipeline.privacy import verify_no_respondent
from helpers.pipeline.progress import Progress
from helpers.pipeline.staging import verify_staged
from helpers.places import NOTEBOOK_VARIABLE, ROOT_VARIABLE, RUN_VARIABLE, project_root
from helpers.problems import LANG_VARIABLE, InputError, Message, Said
from helpers.recorder import PROJECT_VARIABLE, Name

if TYPE_CHECKING:  # slow to import: only when something has to run
    from helpers.pipeline.execution import Executed, Failure
    from helpers.pipeline.kernels import KeptKernels, Pool

LOG = "run.log"
REPAIRED = Said(
    "前回の公開が途中で止まっていたので、最後まで済ませました。",
    "The last publication had stopped half-way; it has been finished.",
)
ALTERED = Message(
    "ノートブックが入力のファイルを書き換えました（元のファイルは無事です）",
    remedy="書き換えているセルを探して直してください（書くのは desk.save と desk.publish だけ）",
    en="a notebook has changed this input (the file itself is unharmed). → find the cell that "
    "does and mend it; only desk.save and desk.publish write",
)
UNOBSERVED = Said(
    "ノートブックが何を読んだか分かりませんでした。", "What the notebook has read is not known."
)
OPEN_IT = Said(
    "セルが sys や os を作り替えていないか確かめてください。",
    "see whether a cell takes sys or os to pieces.",
)
MEANWHILE = Said(
    "実行中に変わった元データがあります（{names}）。次の実行で使われます。",
    "Raw files have changed during the run ({names}); the next run will use them.",
)


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
    """Run what has changed of an edition and publish its report; of a closed one, verify it.

    Args:
        edition: the edition.
        given: parameters passed by the user, as text.
        progress: says what goes on; the terminal by default.
        workers: notebooks of one stage that run at the same time.
        again: run everything, changed or not.
        kernels: kept from run to run; by default they start and end with this one.

    Raises:
        InputError: the parameters or the configuration are wrong; nothing has started. Or the
            report is not whole, or cannot be put in place; the published one is as it was. Or the
            edition is closed and has changed.
    """
    progress, places = progress or Progress(), edition.places
    if kept := verify_closed(places):
        progress.say(kept)
        return RunResult(places.published_report, [])
    planning = Planning(edition, given or {}, again)
    # Nothing to do is found out without writing anything.
    if not publication.is_interrupted(places) and _is_done(planning, not given):
        progress.say(NOTHING_TO_DO)
        return RunResult(places.published_report, [])
    with publication.lock(places):
        publication.refuse_unreachable(places)
        if publication.repair(places):
            progress.say(REPAIRED)
        planning.look_again()  # another run may have ended meanwhile
        return Run(planning, progress, workers, bool(given), kernels).go()


def _is_done(planning: Planning, quick: bool) -> bool:
    places = planning.edition.places
    code = code_mark(places.root, planning.edition.notebooks)
    now = mark(code, planning.before.values(), planning.inputs)  # before it is compared in full
    done = planning.is_done()
    if done and quick:
        remember(places, now)
    return done


class Run:
    """One run of one edition.

    Args:
        planning: what has to run, and why.
        progress: says what goes on.
        workers: notebooks of one stage that run at the same time.
        given: whether the user has passed parameters.
        kept: kernels that outlive this run, if any.
    """

    def __init__(
        self,
        planning: Planning,
        progress: Progress,
        workers: int,
        given: bool,
        kept: "KeptKernels | None" = None,
    ):
        self.planning = planning
        self.edition = planning.edition
        self.staging = planning.staging
        self.progress = progress
        self.workers = workers
        self.given = given
        self.kept = kept
        self.started = time.strftime("%Y-%m-%dT%H:%M:%S%z")
        self.view: Inputs = planning.inputs
        self.successes: dict[str, Success] = {}
        self.executed: list[Executed] = []

    def go(self) -> RunResult:
        """Plan, run, verify, deliver, publish."""
        places, planning = self.edition.places, self.planning
        # Taken before anything runs: who edits meanwhile finds the report out of date.
        code = code_mark(places.root, self.edition.notebooks)
        reasons = planning.reasons_to_run()
        ja, en = f"の実行記録（{self.started} に開始）", f": log of the run begun {self.started}"
        self.progress.note(Said(self.edition.id + ja, self.edition.id + en))
        self.view = self.staging.prepare(planning.inputs, planning.again)
        if failures := self._run_stages(planning.likely(reasons)):
            return self._failed(failures)
        if altered := self.view.altered():
            raise InputError(ALTERED.at(name) for name in altered)
        self.staging.put_together()
        names = [notebook.name for notebook in planning.notebooks]
        verify_staged(self.edition, self.staging.folder, self.successes, names)
        self._deliver()
        self._write_log_and_manifest(code)
        verify_no_respondent(self.staging.folder, self.planning.before, self.edition)
        publication.publish(places)
        return RunResult(places.published_report, self.executed, published=True)

    def _failed(self, failures: "list[Failure]") -> RunResult:
        """Keep what there is to look at; the parts that succeeded wait for the next run."""
        for failure in failures:
            self.progress.note(failure.said)
        names = [failure.notebook for failure in failures]
        aside = publication.keep_failed(self.staging.folder, self.edition.places, names)
        with contextlib.suppress(OSError):  # the disk may be full
            (aside / LOG).write_text(self.progress.log, encoding="utf-8", newline="\n")
            from helpers.pipeline.privacy import look_through  # not where all went well

            for problem in look_through(self.edition, aside):
                self.progress.say(Said(problem.text("ja"), problem.text("en")))
        return RunResult(None, self.executed, failures, aside)

    def _write_log_and_manifest(self, code: str) -> None:
        say, view, root = self.progress, self.view, self.edition.places.root
        changed = [n for n, value in view.values.items() if fresh_digest(root / n) != value]
        if changed:
            names = ", ".join(changed[:5])
            say.say(Said(MEANWHILE.ja.format(names=names), MEANWHILE.en.format(names=names)))
        for figure, why in self.edition.left_out.items():
            say.note(Said(f"載せていない図 {figure}: {why}", f"figure left out {figure}: {why}"))
        figures = len(list((self.staging.report / "figures").glob("*.png")))
        ja = f"図 {figures} 点がすべての形式でそろっていることを確かめました。"
        say.note(Said(ja, f"{figures} figures are there in all formats."))
        (self.staging.report / LOG).write_text(say.log, encoding="utf-8", newline="\n")
        times = {"started": self.started, "finished": time.strftime("%Y-%m-%dT%H:%M:%S%z")}
        seconds = {done.notebook: round(done.seconds, 1) for done in self.executed}
        # With other parameters than its own the report is never quickly found up to date.
        remembered = "" if self.given else mark(code, self.successes.values(), view)
        write_manifest(self.planning, self.successes, view.values, seconds, times, remembered)

    def _run_stages(self, likely: list[Notebook]) -> "list[Failure]":
        """Run stage after stage until one fails; kernels get ready for what will likely run."""
        from helpers.pipeline.kernels import open_pool

        folder = self.edition.places.root / "notebooks"
        # Only when the kernels are gone is everything written that they had to write.
        kept, workers = self.kept, self.workers
        lent = kept.lend(workers, likely) if kept else open_pool(workers, folder, likely)
        with lent as kernels:
            import pyarrow.parquet  # noqa: F401  # for the verification; kernels are not ready yet

            failures: list[Failure] = []
            for stage in self.planning.stages:
                self._run_stage(stage, kernels)
                if failures := [done.failure for done in self.executed if done.failure]:
                    break
        for notebook, left in kernels.retired:
            why = ", ".join(left)
            ja, en = (
                f"  カーネルを交換 {notebook}: {why}",
                f"  kernel retired after {notebook}: {why}",
            )
            self.progress.note(Said(ja, en))
        return failures

    def _run_stage(self, stage: list[Notebook], kernels: "Pool") -> None:
        """Run what has changed of a stage, side by side; take over the rest."""
        from helpers.pipeline.execution import side_by_side

        inputs = self.view.seeing(self.staging.results())
        waiting = [notebook for notebook in stage if not self._taken_over(notebook, inputs)]
        same = len(stage) - len(waiting)
        ja = f"（{len(waiting)} 冊{f'、{same} 冊は前のまま' if same else ''}）"
        books = f"{len(waiting)} notebook{'' if len(waiting) == 1 else 's'}"
        en = f" ({books}{f', {same} as before' if same else ''})"
        heading = STAGES.get(stage[0].stage, "")
        self.progress.say(Said(heading + ja, heading + en))
        for notebook in waiting:
            if why := self.planning.reason(notebook, inputs):
                line = (f"  実行 {notebook.name}: {why.ja}", f"  run {notebook.name}: {why.en}")
                self.progress.note(Said(*line))

        def execute(notebook: Notebook) -> "Executed":
            return self._execute(notebook, inputs, kernels)

        for outcome in side_by_side(waiting, execute, kernels, self.workers):
            self.executed.append(outcome)
            if outcome.failure is None:
                name = outcome.notebook
                self.staging.take(name, self.successes[name].outputs, self.staging.staged(name))

    def _taken_over(self, notebook: Notebook, inputs: Inputs) -> bool:
        """Whether an earlier result of the same code and inputs could be used."""
        known = self.planning.known(notebook, inputs)
        if known is None:
            return False
        name = notebook.name
        self.successes[name], source = known
        self.staging.take(name, self.successes[name].outputs, source)
        published = source == self.edition.places.published
        ja = f"何も変わっていないので、{'前の報告書' if published else '中断した実行'}の結果を使う"
        en = f"nothing has changed: from the {'last report' if published else 'interrupted run'}"
        self.progress.note(Said(f"  省略 {name}: {ja}", f"  skip {name}: {en}"))
        return True

    def _execute(self, notebook: Notebook, inputs: Inputs, kernels: "Pool") -> "Executed":
        """Execute a notebook and say how far it is; a success is recorded at once."""
        from helpers.pipeline.execution import execute

        name, cells = notebook.name, len(notebook.cells) + 1  # with the cell of parameters
        told = {
            RUN_VARIABLE: str(self.staging.folder),
            NOTEBOOK_VARIABLE: name,
            ROOT_VARIABLE: str(self.staging.view),
            PROJECT_VARIABLE: str(self.edition.places.root),
            LANG_VARIABLE: self.progress.lang,
        }
        output = self.staging.part(name) / "report" / "notebooks" / f"{name}.ipynb"

        def say(index: int, heading: str) -> None:
            self.progress.cell(name, index + 1, cells, heading)

        values = self.planning.parameters[name]
        done = execute(notebook, values, output, kernels, say, told)
        self._name_the_originals(output)
        names, failure = self._observed(done)
        if failure is None:
            code = self.planning.code(notebook)
            self.successes[name] = self.staging.complete(name, code, inputs.digests(names))
        sign = "×" if failure else "○"
        ja, en = (f"  {sign} {name}  {done.seconds:.1f} {unit}" for unit in ("秒", "s"))
        self.progress.end(name, Said(ja, en))
        return replace(done, failure=failure)

    def _observed(self, done: "Executed") -> "tuple[list[Name], Failure | None]":
        """What a notebook has read; and why it failed, or must fail for what it did."""
        from helpers.pipeline.execution import MEND, Failure

        if done.failure:
            what = done.failure.what
            named = Said(*(self._original(text) for text in (what.ja, what.en)))
            return [], replace(done.failure, what=named)
        observed = json.loads(done.observed) if done.observed else {}
        somewhere = "（全体）"
        if "names" not in observed:  # what it read is in no key
            return [], Failure(done.notebook, somewhere, UNOBSERVED, OPEN_IT)
        if refused := observed["refused"]:  # a cell went on regardless
            ja, en = ("\n".join(map(self._original, texts)) for texts in zip(*refused, strict=True))
            return [], Failure(done.notebook, somewhere, Said(ja, en), MEND)
        return [(path, question, more) for path, question, more in observed["names"]], None

    def _original(self, text: str) -> str:
        """A text that names the files themselves, not the copies that the notebook read."""
        return text.replace(str(self.staging.view), str(self.edition.places.root))

    def _name_the_originals(self, notebook: Path) -> None:
        """The same in a notebook as executed; nothing where it could not be written."""
        view, root = (
            json.dumps(str(path), ensure_ascii=False)[1:-1].encode()
            for path in (self.staging.view, self.edition.places.root)
        )
        if notebook.exists() and view in (content := notebook.read_bytes()):
            notebook.write_bytes(content.replace(view, root))

    def _deliver(self) -> None:
        """Write the deliverables into the staged report, or take the published ones over.

        Raises:
            InputError: one of them cannot be made from what the notebooks left.
        """
        planning, staging = self.planning, self.staging
        if not self.edition.deliverables:
            self.successes[DELIVERABLES] = Success({}, {}, {})
            return
        outputs = (path for success in self.successes.values() for path in success.outputs)
        inputs = self.view.seeing({path: staging.folder / path for path in outputs})
        code, before = planning.delivery_code(), planning.before.get(DELIVERABLES)
        published = self.edition.places.published
        if before and reason(before, code, inputs, published) is None:
            self.successes[DELIVERABLES] = before
            staging.take(DELIVERABLES, before.outputs, published)
            staging.put_together()
            return
        started = time.monotonic()
        root = str(self.edition.places.root)
        recorder.begin({RUN_VARIABLE: str(staging.folder), PROJECT_VARIABLE: root})
        try:
            written = self._written()
        finally:
            observed = json.loads(recorder.end())
        names: list[Name] = [(path, question, more) for path, question, more in observed["names"]]
        made = {f"report/{p.relative_to(staging.report).as_posix()}": p for p in written}
        digests = {path: file_digest(where) for path, where in made.items()}
        self.successes[DELIVERABLES] = Success(code, inputs.digests(names), digests)
        files, seconds = [path.name for path in written], time.monotonic() - started
        ja = f"配るもの（{'、'.join(files)}）  {seconds:.1f} 秒"
        self.progress.say(Said(ja, f"deliverables ({', '.join(files)})  {seconds:.1f} s"))

    def _written(self) -> list[Path]:
        """The deliverables that ``edition.yml`` names, written."""
        from helpers.report.deliverables import deliver
        from helpers.report.reported import Reported, drawn_by, published

        edition, staging = self.edition, self.staging
        notebooks = drawn_by({name: {"outputs": s.outputs} for name, s in self.successes.items()})
        reported = Reported(edition, staging.report, staging.data, notebooks)
        try:
            previous = published(Edition.open(edition.city, edition.fiscal_year - 1))
        except InputError:
            previous = None  # the first edition has none
        return deliver(reported, previous)


def program_error(error: Exception, city: str, year: str | int) -> Said:
    """A sentence on an error that nobody expected; its traceback is written to a file."""
    from helpers.pipeline.execution import DISK_FULL, FULL

    if isinstance(error, OSError) and error.errno in FULL:
        what, remedy = DISK_FULL
        return Said(f"{what.ja}\n→ {remedy.ja}", f"{what.en}\n→ {remedy.en}")
    name = f"{type(error).__name__}: {error}"
    ja, en = f"プログラムの誤りで止まりました（{name}）。", f"A fault of the program ({name})."
    path = project_root() / "reports" / "_failed" / city / str(year) / "traceback.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8", newline="\n")
    except OSError:
        ja, en = f"{ja}\n→ 開発者に、この文を伝えてください。", f"{en}\n→ tell the developers this."
        return Said(ja, en)
    return Said(f"{ja}\n→ 開発者に {path} を渡してください。", f"{en}\n→ give them {path}.")
