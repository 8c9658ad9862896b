"""``citypromo doctor``: whether this computer can run it."""

import argparse

from helpers.commands.arguments import Commands
from helpers.problems import Said


def add(commands: Commands) -> None:
    """Describe the command."""
    what = Said("このパソコンで実行できるかを調べます", "Looks whether this computer is ready")
    commands.add("doctor", command, what, "citypromo doctor")


def command(options: argparse.Namespace) -> int:
    """A line for each thing looked at."""
    from helpers.doctor import look

    well = True
    for finding in look():
        print(finding.text(options.lang))
        well = well and finding.well
    return 0 if well else 1
