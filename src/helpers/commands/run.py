"""``citypromo run``: the main job."""

import argparse
import sys
from contextlib import ExitStack
from functools import cache, partial
from typing import TYPE_CHECKING

from helpers.commands.arguments import Commands, add_parameters, parameters
from helpers.pipeline.closing import verify_if_closed
from helpers.pipeline.plan import NOTHING_TO_DO, edited, up_to_date
from helpers.problems import InputError, Said
from helpers.years import parse_year, year_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers.pipeline.kernels import KeptKernels

WHICH = Said(
    "CITY と YEAR を指定してください（すべてなら --all）", "needed: CITY and YEAR, or --all"
)


def add(commands: Commands) -> None:
    """Describe the command."""
    what = Said(
        "ノートブックを順に実行し、報告書を公開します",
        "Runs the notebooks in sequence and publishes the report",
    )
    examples = ("citypromo run --all", "citypromo run mihon 2025 --again")
    parser = commands.add_for_edition("run", command, what, *examples, optional=True)
    every = Said("元データのあるすべての年度版", "all editions that have raw files")
    parser.add_argument("--all", action="store_true", help=every)
    again = Said("変わっていなくても、すべて実行します", "run everything, changed or not")
    parser.add_argument("--again", action="store_true", help=again)
    add_parameters(parser)


def command(options: argparse.Namespace) -> int:
    """Run one edition or all."""
    with ExitStack() as stack:
        kernels = cache(partial(_kernels, stack))
        if options.all:
            from helpers.edition import editions

            # Earlier editions first: they are the history of later ones.
            return max(_run_edition(city, year, options, kernels) for city, year in editions())
        if not options.city or not options.year:
            options.parser.error(WHICH)
        return _run_edition(options.city, options.year, options, kernels)


def _kernels(stack: ExitStack) -> "KeptKernels":
    """Kernels for all editions of this command; slow to import, so only when something runs."""
    from helpers.pipeline.kernels import KeptKernels
    from helpers.places import project_root

    return stack.enter_context(KeptKernels(project_root()))


def _run_edition(
    city: str, year: str | int, options: argparse.Namespace, kernels: "Callable[[], KeptKernels]"
) -> int:
    """Run one edition and say what came out; a wrong edition does not stop the others."""
    lang = options.lang
    try:
        if kept := verify_if_closed(city, year):  # its raw files are not even opened
            print(kept.of(lang))
            return 0
        if not options.parameters:  # a wrong one is said before anything starts
            if not options.again and (title := up_to_date(city, year)):
                english = f"{city} {year_label(parse_year(year), 'en')}"
                print(f"{Said(title, english).of(lang)}\n{NOTHING_TO_DO.of(lang)}")
                return 0
            kernels().get_ready(edited(city, year))  # they import while this process plans
        from helpers.edition import Edition
        from helpers.pipeline.progress import Progress
        from helpers.pipeline.run import run

        edition = Edition.open(city, year)
        print(f"{getattr(edition.name, lang)} {edition.year_label(lang)}")
        given, progress = parameters(options.parameters), Progress(lang=lang)
        result = run(edition, given, progress, again=options.again, kernels=kernels())
    except InputError as error:
        print(f"{error.text(lang)}\n{_published(city, year).of(lang)}", file=sys.stderr)
        return 1
    except Exception as error:
        from helpers.pipeline.run import program_error

        what = program_error(error, city, year).of(lang)
        print(f"{what}\n{_published(city, year).of(lang)}", file=sys.stderr)
        return 1
    for failure in result.failures:
        print(f"\n{failure.said.of(lang)}", file=sys.stderr)
    if result.report is None:
        aside = Said(
            f"実行したノートブックは {result.aside} にあります。",
            f"The notebooks as executed are in {result.aside}.",
        )
        print(f"\n{aside.of(lang)}\n{_published(city, year).of(lang)}", file=sys.stderr)
        return 1
    if not result.published:  # notebooks may have run before, and only now could it be put in place
        return 0
    print(Said(f"公開しました: {result.report}", f"Published: {result.report}").of(lang))
    for figure, reason in edition.left_out.items():
        left_out = Said(
            f"載せていない図 {figure}: {reason}", f"figure left out, {figure}: {reason}"
        )
        print(f"  {left_out.of(lang)}")
    return 0


def _published(city: str, year: str | int) -> Said:
    """A sentence on the report that is published, which is read anew before it is said."""
    from helpers.pipeline.manifest import NONE_YET, state_of_published
    from helpers.places import Places, project_root

    try:
        return state_of_published(Places(project_root(), city, parse_year(year)))
    except (ValueError, InputError):
        return NONE_YET
