"""``citypromo verify``: whether a published report is still what was published."""

import argparse
from typing import TYPE_CHECKING

from helpers.commands.arguments import add_edition_command

if TYPE_CHECKING:
    from helpers.commands.arguments import Commands


def add(commands: "Commands") -> None:
    """Describe the command."""
    what = "公開した報告書が1バイトも変わっていないか調べます"
    add_edition_command(commands, "verify", command, what)


def command(options: argparse.Namespace) -> int:
    """Compare every file with the manifest."""
    from helpers.edition import Edition
    from helpers.pipeline.manifest import verify

    edition = Edition.open(options.city, options.year)
    print(f"{verify(edition)} 個のファイルは、すべて公開したときのままです。")
    return 0
