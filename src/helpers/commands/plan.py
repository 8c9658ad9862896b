"""``citypromo plan``: what would run, and why."""

import argparse
from typing import TYPE_CHECKING

from helpers.commands.arguments import add_edition_command, add_parameters, parameters

if TYPE_CHECKING:
    from helpers.commands.arguments import Commands


def add(commands: "Commands") -> None:
    """Describe the command."""
    what = "何がなぜ実行されるかを、1行ずつ示します"
    add_parameters(add_edition_command(commands, "plan", command, what))


def command(options: argparse.Namespace) -> int:
    """A line for each notebook."""
    from helpers.edition import Edition
    from helpers.pipeline.plan import plan

    edition = Edition.open(options.city, options.year)
    for planned in plan(edition, parameters(options.parameters)):
        print(f"{'実行' if planned.why else '－　'} {planned.name}  {planned.why or '前のまま'}")
    return 0
