"""``citypromo diff``: what changed between two editions."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.commands.arguments import add_edition_command, add_lang

if TYPE_CHECKING:
    from helpers.commands.arguments import Commands


def add(commands: "Commands") -> None:
    """Describe the command."""
    what = "2つの年度版で、変わった数値・状況・方法を示します"
    parser = add_edition_command(commands, "diff", command, what)
    other = "比べる年度か、指標のフォルダー"
    parser.add_argument("other", metavar="YEAR|PATH", nargs="?", help=other)
    parser.add_argument("--csv", metavar="FILE", help="すべての変化を CSV に書き出す")
    parser.add_argument("--html", metavar="FILE", help="図を並べた HTML のページを書き出す")
    add_lang(parser)


def command(options: argparse.Namespace) -> int:
    """Compare, say it, and write the files that were asked for."""
    from helpers.comparison.comparison import compare
    from helpers.comparison.page import as_page
    from helpers.comparison.sheet import as_csv
    from helpers.comparison.text import as_text

    found = compare(options.city, options.year, options.other)
    print(as_text(found, options.lang))
    if options.csv:
        Path(options.csv).write_text(as_csv(found, options.lang), encoding="utf-8", newline="")
    if options.html:
        Path(options.html).write_text(as_page(found, options.lang), encoding="utf-8", newline="\n")
    return 0
