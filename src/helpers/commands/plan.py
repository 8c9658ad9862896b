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
    from helpers.pipeline.planning import plan

    edition = Edition.open(options.city, options.year)
    for name, why in plan(edition, parameters(options.parameters)).items():
        print(f"{'実行' if why else '－　'} {name}  {why or '前のまま'}")
    return 0
