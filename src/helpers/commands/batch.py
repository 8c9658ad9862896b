"""``citypromo batch``: many editions, on this machine or on a Dask cluster."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.commands.arguments import Commands
from helpers.places import project_root
from helpers.problems import InputError, Said

if TYPE_CHECKING:
    from helpers.batch.engine import Engine
    from helpers.batch.home import Home
    from helpers.batch.journal import Journal
    from helpers.batch.outcome import EditionId, Outcome

FAILURES_SHOWN = 20


def add(commands: Commands) -> None:
    """Describe the command."""
    what = Said(
        "多くの年度版を、まとめて並べて実行します",
        "Runs many editions side by side, and compares them",
    )
    examples = (
        "citypromo batch --all",
        "citypromo batch --cities mihon --years 2023-2025",
        "citypromo batch --all --scheduler tcp://server:8786",
        "citypromo batch --all --store s3://bucket/reports",
        "citypromo batch --all-municipalities --prefecture Kanagawa",
    )
    parser = commands.add("batch", command, what, *examples)
    cities = Said("市の ID（コンマ区切り）", "ids of cities, with commas between")
    parser.add_argument("--cities", default="", metavar="A,B", help=cities)
    years = Said("年度（R5-R7 も可）", "fiscal years, R5-R7 too")
    parser.add_argument("--years", default="", metavar="2023-2025", help=years)
    file = Said("1行に「市 年度」のファイル", "a file with a city and a year on each line")
    parser.add_argument("--list", type=Path, metavar="FILE", help=file)
    every = Said("元データのあるすべての年度版", "all editions that have raw files")
    parser.add_argument("--all", action="store_true", help=every)
    country = Said(
        "全国1,741市区町村の統計の報告書（まだない年度版は、付属の全国の統計から作ります）",
        "the statistical report of all 1,741 municipalities, their editions made where missing",
    )
    parser.add_argument("--all-municipalities", action="store_true", help=country)
    some = Said("そのうち、これらの都道府県だけ", "only those of these prefectures")
    parser.add_argument("--prefecture", default="", metavar="A,B", help=some)
    workers = Said(
        "この機械での並列数（既定: コア数）", "how many at a time on this machine (its cores)"
    )
    parser.add_argument("--workers", type=int, metavar="N", help=workers)
    far = Said("Dask スケジューラーで実行します", "run on a Dask scheduler")
    parser.add_argument("--scheduler", metavar="tcp://…", help=far)
    where = Said(
        "元データと報告書を置くオブジェクトストレージ（既定: このプロジェクト）",
        "object storage of raw files and reports (this project)",
    )
    parser.add_argument("--store", default="", metavar="s3://…", help=where)
    rest = Said("前の一括処理の、残りだけを実行します", "run only what an earlier batch left")
    parser.add_argument("--resume", action="store_true", help=rest)
    out = Said("まとめの置き場（reports/_batch）", "where the comparison goes (reports/_batch)")
    parser.add_argument("--out", type=Path, metavar="DIR", help=out)


def command(options: argparse.Namespace) -> int:
    """Run a batch; 1 if an edition failed."""
    if options.workers is not None and options.workers < 1:
        options.parser.error(Said("--workers は 1 以上です", "--workers is 1 or more"))
    country = options.all_municipalities or options.prefecture
    chosen = options.cities or options.years or options.list or options.all or country
    if not chosen and not options.resume:
        choices = "--cities, --years, --list, --all, --all-municipalities, --prefecture"
        ja = f"{choices} のどれかで選んでください"
        options.parser.error(Said(ja, f"choose by one of {choices}"))
    from helpers.batch.journal import Journal

    home = _home(options.store)
    folder = options.out or home.root / "reports" / "_batch"
    journal = Journal(folder)
    editions, before = _asked(options, bool(chosen), journal, home)
    start = time.monotonic()
    try:
        outcomes = [*before, *_run(editions, options, home, journal)]
    finally:
        home.end()
    _say_end(outcomes, time.monotonic() - start, options.lang)
    return max(_combine(outcomes, home, folder, options.lang), _failed(outcomes) > 0)


def _home(store: str) -> "Home":
    """Where raw data and reports are."""
    from helpers.batch.home import Home, StoreHome

    root = project_root().resolve()
    return StoreHome(root, store) if store else Home(root)


def _asked(
    options: argparse.Namespace, chosen: bool, journal: "Journal", home: "Home"
) -> "tuple[list[EditionId], list[Outcome]]":
    """What is to run, and what an earlier batch has already done of it."""
    from helpers.batch.selection import from_box, selected

    def known() -> "list[EditionId]":
        if options.all_municipalities or options.prefecture:
            return from_box(options.prefecture, options.years)
        return home.editions()

    if not options.resume:
        editions = selected(options.cities, options.years, options.list, known())
        journal.begin(editions)
        return editions, []
    asked, outcomes = journal.read()
    if chosen:
        asked = selected(options.cities, options.years, options.list, known())
    there = home.published([outcome.edition for outcome in outcomes]) & set(asked)
    before = [outcome for outcome in outcomes if outcome.well and outcome.edition in there]
    done = {outcome.edition for outcome in before}
    return [edition for edition in asked if edition not in done], before


def _run(
    editions: "Sequence[EditionId]", options: argparse.Namespace, home: "Home", journal: "Journal"
) -> "list[Outcome]":
    from helpers.batch.drive import drive
    from helpers.batch.schedule import Schedule
    from helpers.batch.teller import Teller

    if not editions:
        return []
    teller = Teller(len(editions), options.lang)
    return drive(
        Schedule(editions), _engine(options, home, len(editions)), journal, teller.say, teller.again
    )


def _engine(options: argparse.Namespace, home: "Home", editions: int) -> "Engine":
    root = str(home.root)
    if options.scheduler:
        from helpers.batch.cluster import Cluster

        return Cluster(options.scheduler, root, home.task)
    from helpers.batch.pool import LocalPool

    workers = min(options.workers or os.cpu_count() or 1, editions)
    return LocalPool(root, workers, task=home.task)


def _combine(outcomes: "Sequence[Outcome]", home: "Home", folder: Path, lang: str) -> int:
    """Write what belongs to all editions; 1 if that could not be done."""
    from helpers.batch.combined import combine

    try:
        with home.at_hand(outcomes) as root:
            combine(outcomes, root, folder, lang)
    except InputError as error:
        print(error.text(lang), file=sys.stderr)
        return 1
    print(Said(f"まとめ: {folder}", f"Together: {folder}").of(lang))
    return 0


def _failed(outcomes: "Sequence[Outcome]") -> int:
    return sum(not outcome.well for outcome in outcomes)


def _say_end(outcomes: "Sequence[Outcome]", seconds: float, lang: str) -> None:
    """The table at the end; every failed edition with its sentence, the first ones here."""
    from helpers.batch.outcome import STATES
    from helpers.batch.pace import duration

    for state, words in STATES.items():
        count = sum(outcome.state == state for outcome in outcomes)
        print(f"  {words.of(lang)}  {count}")
    peak = max((outcome.peak_mb for outcome in outcomes), default=0.0)
    took = duration(seconds, lang)
    ja = f"{took}、ワーカー1つのメモリーは最大 {peak:,.0f} MB"
    print(Said(ja, f"{took}, at most {peak:,.0f} MB a worker").of(lang))
    bad = sorted((o for o in outcomes if not o.well), key=lambda outcome: outcome.edition)
    for outcome in bad[:FAILURES_SHOWN]:
        sentence = outcome.sentence(lang).replace("\n", "\n    ")
        print(f"× {outcome.city} {outcome.year}\n    {sentence}", file=sys.stderr)
    if len(bad) > FAILURES_SHOWN:
        more = len(bad) - FAILURES_SHOWN
        are = "is" if more == 1 else "are"
        rest = Said(
            f"ほか {more} 件は editions.csv にあります。", f"{more} more {are} in editions.csv."
        )
        print(rest.of(lang), file=sys.stderr)
