"""``citypromo diff``: what changed between two editions."""

import argparse

from helpers.commands.arguments import Commands, add_page, write
from helpers.problems import Said


def add(commands: Commands) -> None:
    """Describe the command."""
    what = Said(
        "2つの年度版で、変わった数値・状況・方法を示します",
        "Shows which numbers, statuses and methods changed between two editions",
    )
    parser = commands.add_for_edition("diff", command, what, "citypromo diff mihon 2025 2023")
    other = Said("比べる年度か、指標のフォルダー", "the year, or folder of indicators, to compare")
    parser.add_argument("other", metavar="YEAR|PATH", nargs="?", help=other)
    every = Said("すべての変化を CSV に書き出します", "write every change as CSV")
    parser.add_argument("--csv", metavar="FILE", help=every)
    add_page(parser)


def command(options: argparse.Namespace) -> int:
    """Compare, say it, and write the files that were asked for."""
    from helpers.comparison.comparison import compare
    from helpers.comparison.page import as_page
    from helpers.comparison.sheet import as_csv
    from helpers.comparison.text import as_text

    found = compare(options.city, options.year, options.other)
    print(as_text(found, options.lang))
    write(options.csv, lambda: as_csv(found, options.lang), newline="")
    write(options.html, lambda: as_page(found, options.lang))
    return 0
