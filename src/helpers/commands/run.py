"""``citypromo run``: the main job."""

import argparse
import sys
from contextlib import ExitStack
from functools import cache, partial
from typing import TYPE_CHECKING

from helpers.commands.arguments import add_edition_command, add_parameters, parameters
from helpers.pipeline.plan import NOTHING_TO_DO, up_to_date
from helpers.problems import InputError, Said

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers.commands.arguments import Commands
    from helpers.pipeline.kernels import KeptKernels


def add(commands: "Commands") -> None:
    """Describe the command."""
    what = "ノートブックを順に実行し、報告書を公開します"
    parser = add_edition_command(commands, "run", command, what, optional=True)
    parser.add_argument("--all", action="store_true", help="元データのあるすべての年度版")
    parser.add_argument("--again", action="store_true", help="変わっていなくても、すべて実行する")
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
            print("CITY と YEAR を指定してください（すべてなら --all）。", file=sys.stderr)
            return 2
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
    try:
        if not options.parameters:  # a wrong one is said before anything starts
            if not options.again and (title := up_to_date(city, year)):
                print(f"{title}\n{NOTHING_TO_DO}")
                return 0
            kernels().get_ready()  # they import while this process plans
        from helpers.edition import Edition
        from helpers.pipeline.run import run

        edition = Edition.open(city, year)
        print(f"{edition.name.ja} {edition.year_label()}")
        result = run(
            edition, parameters(options.parameters), again=options.again, kernels=kernels()
        )
    except InputError as error:
        print(f"{error}\n{_published(city, year)}", file=sys.stderr)
        return 1
    except Exception as error:
        from helpers.pipeline.run import program_error

        print(f"{program_error(error, city, year)}\n{_published(city, year)}", file=sys.stderr)
        return 1
    for failure in result.failures:
        print(f"\n{failure}", file=sys.stderr)
    if result.report is None:
        print(f"\n実行したノートブックは {result.aside} にあります。", file=sys.stderr)
        print(_published(city, year), file=sys.stderr)
        return 1
    if not result.published:  # notebooks may have run before, and only now could it be put in place
        return 0
    print(f"公開しました: {result.report}")
    for figure, reason in edition.left_out.items():
        print(f"  載せていない図 {figure}: {reason}")
    return 0


def _published(city: str, year: str | int) -> Said:
    """A sentence on the report that is published, which is read anew before it is said."""
    from helpers.pipeline.manifest import NONE_YET, state_of_published
    from helpers.places import Places, project_root
    from helpers.years import parse_year

    try:
        return state_of_published(Places(project_root(), city, parse_year(year)))
    except (ValueError, InputError):
        return NONE_YET
