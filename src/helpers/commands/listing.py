"""``citypromo list``: the editions that have raw files."""

import argparse
from typing import TYPE_CHECKING

from helpers.commands.arguments import add_command

if TYPE_CHECKING:
    from helpers.commands.arguments import Commands


def add(commands: "Commands") -> None:
    """Describe the command."""
    add_command(commands, "list", command, "元データのある年度版の一覧", "citypromo list")


def command(_: argparse.Namespace) -> int:
    """A line for each edition."""
    from helpers.edition import editions

    for city, year in editions():
        print(f"{city} {year}")
    return 0
