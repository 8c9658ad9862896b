"""``citypromo batch``: many editions, on this machine or on a Dask cluster."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.commands.arguments import add_command, add_lang
from helpers.places import project_root
from helpers.problems import InputError

if TYPE_CHECKING:
    from helpers.batch.engine import Engine
    from helpers.batch.journal import Journal
    from helpers.batch.outcome import EditionId, Outcome
    from helpers.commands.arguments import Commands

FAILURES_SHOWN = 20


def add(commands: "Commands") -> None:
    """Describe the command."""
    what = "多くの年度版を、まとめて並べて実行します"
    example = (
        "citypromo batch --all    citypromo batch --cities mihon --years 2023-2025    "
        "citypromo batch --all --scheduler tcp://server:8786"
    )
    parser = add_command(commands, "batch", command, what, example)
    parser.add_argument("--cities", default="", metavar="A,B", help="市の ID（コンマ区切り）")
    parser.add_argument("--years", default="", metavar="2023-2025", help="年度（R5-R7 も可）")
    parser.add_argument("--list", type=Path, metavar="FILE", help="1行に「市 年度」のファイル")
    parser.add_argument("--all", action="store_true", help="元データのあるすべての年度版")
    parser.add_argument(
        "--workers", type=int, metavar="N", help="この機械での並列数（既定: コア数）"
    )
    parser.add_argument("--scheduler", metavar="tcp://…", help="Dask スケジューラーで実行する")
    parser.add_argument("--resume", action="store_true", help="前の一括処理の、残りだけを実行する")
    parser.add_argument("--out", type=Path, metavar="DIR", help="まとめの置き場（reports/_batch）")
    add_lang(parser)


def command(options: argparse.Namespace) -> int:
    """Run a batch; 1 if an edition failed."""
    if options.workers is not None and options.workers < 1:
        print("--workers は 1 以上です。", file=sys.stderr)
        return 2
    chosen = options.cities or options.years or options.list or options.all
    if not chosen and not options.resume:
        print("--cities、--years、--list、--all のどれかで選んでください。", file=sys.stderr)
        return 2
    from helpers.batch.journal import Journal

    root = project_root().resolve()
    folder = options.out or root / "reports" / "_batch"
    journal = Journal(folder)
    editions, before = _asked(options, bool(chosen), journal)
    start = time.monotonic()
    outcomes = [*before, *_run(editions, options, str(root), journal)]
    _say_end(outcomes, time.monotonic() - start, options.lang)
    return max(_combine(outcomes, root, folder, options.lang), _failed(outcomes) > 0)


def _asked(
    options: argparse.Namespace, chosen: bool, journal: "Journal"
) -> "tuple[list[EditionId], list[Outcome]]":
    """What is to run, and what an earlier batch has already done of it."""
    from helpers.batch.selection import selected

    if not options.resume:
        editions = selected(options.cities, options.years, options.list)
        journal.begin(editions)
        return editions, []
    asked, outcomes = journal.read()
    if chosen:
        asked = selected(options.cities, options.years, options.list)
    report = project_root() / "reports"
    there = [o for o in outcomes if (report / o.city / str(o.year) / "manifest.json").exists()]
    before = [outcome for outcome in there if outcome.well and outcome.edition in asked]
    done = {outcome.edition for outcome in before}
    return [edition for edition in asked if edition not in done], before


def _run(
    editions: "Sequence[EditionId]", options: argparse.Namespace, root: str, journal: "Journal"
) -> "list[Outcome]":
    from helpers.batch.drive import drive
    from helpers.batch.schedule import Schedule
    from helpers.batch.teller import Teller

    if not editions:
        return []
    teller = Teller(len(editions), options.lang)
    return drive(
        Schedule(editions), _engine(options, root, len(editions)), journal, teller.say, teller.again
    )


def _engine(options: argparse.Namespace, root: str, editions: int) -> "Engine":
    if options.scheduler:
        from helpers.batch.cluster import Cluster

        return Cluster(options.scheduler, root)
    from helpers.batch.pool import LocalPool

    return LocalPool(root, min(options.workers or os.cpu_count() or 1, editions))


def _combine(outcomes: "Sequence[Outcome]", root: Path, folder: Path, lang: str) -> int:
    """Write what belongs to all editions; 1 if that could not be done."""
    from helpers.batch.combined import combine

    try:
        combine(outcomes, root, folder, lang)
    except InputError as error:
        print(error.text(lang), file=sys.stderr)
        return 1
    print(f"まとめ: {folder}" if lang == "ja" else f"Together: {folder}")
    return 0


def _failed(outcomes: "Sequence[Outcome]") -> int:
    return sum(not outcome.well for outcome in outcomes)


def _say_end(outcomes: "Sequence[Outcome]", seconds: float, lang: str) -> None:
    """The table at the end; every failed edition with its sentence, the first ones here."""
    from helpers.batch.outcome import STATES
    from helpers.batch.pace import duration

    for state, words in STATES.items():
        count = sum(outcome.state == state for outcome in outcomes)
        print(f"  {getattr(words, lang)}  {count}")
    peak = max((outcome.peak_mb for outcome in outcomes), default=0.0)
    took = duration(seconds, lang)
    ja = f"{took}、ワーカー1つのメモリーは最大 {peak:,.0f} MB"
    print(ja if lang == "ja" else f"{took}, at most {peak:,.0f} MB a worker")
    bad = sorted((o for o in outcomes if not o.well), key=lambda outcome: outcome.edition)
    for outcome in bad[:FAILURES_SHOWN]:
        sentence = outcome.sentence(lang).replace("\n", "\n    ")
        print(f"× {outcome.city} {outcome.year}\n    {sentence}", file=sys.stderr)
    if len(bad) > FAILURES_SHOWN:
        more = len(bad) - FAILURES_SHOWN
        ja, en = f"ほか {more} 件は editions.csv にあります。", f"{more} more are in editions.csv."
        print(ja if lang == "ja" else en, file=sys.stderr)
