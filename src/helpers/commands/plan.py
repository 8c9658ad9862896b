"""``citypromo plan``: what a run would do, and why."""

import argparse

from helpers.commands.arguments import Commands, add_parameters, parameters
from helpers.problems import Said

_RUNS = Said("実行", "run ")
_STAYS = Said("－　", "-   ")
_AS_BEFORE = Said("前のまま", "as before")


def add(commands: Commands) -> None:
    """Describe the command."""
    what = Said(
        "何がなぜ実行されるかを、1行ずつ示します",
        "Shows which notebooks would run, and why",
    )
    example = "citypromo plan mihon 2025 --inputs"
    parser = commands.add_for_edition("plan", command, what, example)
    inputs = Said("それぞれが前に読んだものも示します", "show what each has read, too")
    parser.add_argument("--inputs", action="store_true", help=inputs)
    add_parameters(parser)


def command(options: argparse.Namespace) -> int:
    """A line for each notebook."""
    from helpers.edition import Edition
    from helpers.pipeline.closing import verify_if_closed
    from helpers.pipeline.plan import plan

    lang = options.lang
    if kept := verify_if_closed(options.city, options.year):
        print(kept.of(lang))
        return 0
    edition = Edition.open(options.city, options.year)
    for planned in plan(edition, parameters(options.parameters)):
        mark, why = _RUNS if planned.why else _STAYS, planned.why or _AS_BEFORE
        print(f"{mark.of(lang)} {planned.name}  {why.of(lang)}")
        if options.inputs and planned.inputs:
            print(f"        {', '.join(planned.inputs)}")
    return 0
