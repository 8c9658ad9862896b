"""``citypromo new-year``: the next edition, made from the last."""

import argparse
from typing import TYPE_CHECKING

from helpers.commands.arguments import add_edition_command, add_lang

if TYPE_CHECKING:
    from helpers.commands.arguments import Commands


def add(commands: "Commands") -> None:
    """Describe the command."""
    what = "次の年度版を作り、足りないものを挙げます"
    add_lang(add_edition_command(commands, "new-year", command, what))


def command(options: argparse.Namespace) -> int:
    """Make the folder and say what is to be obtained."""
    from helpers.scaffold.new_year import new_year
    from helpers.scaffold.said import said

    result = new_year(options.city, options.year)
    print(said(result, options.lang))
    return 0 if result.made else 1
