"""``citypromo check``: everything wrong with the raw files, before anything runs."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.commands.arguments import add_edition_command, add_lang

if TYPE_CHECKING:
    from helpers.commands.arguments import Commands


def add(commands: "Commands") -> None:
    """Describe the command."""
    what = "元データの誤りを、実行の前にすべて挙げます"
    parser = add_edition_command(commands, "check", command, what)
    parser.add_argument("--json", action="store_true", help="JSON で出力する")
    parser.add_argument("--html", metavar="FILE", help="HTML のページも書き出す")
    add_lang(parser)


def command(options: argparse.Namespace) -> int:
    """Say everything at once; warnings alone are no failure."""
    from helpers.check.examination import examine
    from helpers.check.report import as_html, as_json, as_text

    found = examine(options.city, options.year)
    print(as_json(found) if options.json else as_text(found, options.lang))
    if options.html:
        Path(options.html).write_text(as_html(found, options.lang), encoding="utf-8", newline="\n")
    return 1 if found.errors else 0
