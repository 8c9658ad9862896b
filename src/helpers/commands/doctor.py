"""``citypromo doctor``: whether this computer can run it."""

import argparse
from typing import TYPE_CHECKING

from helpers.commands.arguments import add_command, add_lang

if TYPE_CHECKING:
    from helpers.commands.arguments import Commands


def add(commands: "Commands") -> None:
    """Describe the command."""
    what = "このパソコンで実行できるかを調べます"
    add_lang(add_command(commands, "doctor", command, what, "citypromo doctor"))


def command(options: argparse.Namespace) -> int:
    """A line for each thing looked at."""
    from helpers.doctor import look

    well = True
    for finding in look():
        print(finding.text(options.lang))
        well = well and finding.well
    return 0 if well else 1
