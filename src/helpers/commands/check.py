"""``citypromo check``: everything wrong with the raw files, before anything runs."""

import argparse

from helpers.commands.arguments import Commands, add_page, write
from helpers.problems import Said


def add(commands: Commands) -> None:
    """Describe the command."""
    what = Said(
        "元データの誤りを、実行の前にすべて挙げます",
        "Names everything wrong with the raw files, before anything runs",
    )
    parser = commands.add_for_edition("check", command, what)
    parser.add_argument("--json", action="store_true", help=Said("JSON で出力します", "as JSON"))
    add_page(parser)


def command(options: argparse.Namespace) -> int:
    """Say everything at once; warnings alone are no failure."""
    from helpers.check.examination import examine
    from helpers.check.report import as_html, as_json, as_text

    found = examine(options.city, options.year)
    print(as_json(found) if options.json else as_text(found, options.lang))
    write(options.html, lambda: as_html(found, options.lang))
    return 1 if found.errors else 0
