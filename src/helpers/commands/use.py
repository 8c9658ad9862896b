"""``citypromo use``: the city and year that notebooks opened by hand work on."""

import argparse
import sys
from typing import TYPE_CHECKING

from helpers.commands.arguments import add_edition_command, add_lang
from helpers.problems import Said

if TYPE_CHECKING:
    from helpers.commands.arguments import Commands

CHOSEN = Said(
    "手で開いたノートブックは {id}（{name}）で動きます。開いているものは、カーネルを再起動して"
    "最初から実行してください。run は今までどおりです。",
    "Notebooks opened by hand work on {id} ({name}). In those that are open, restart the kernel "
    "and run all cells. Runs are as before.",
)
NONE = Said(
    "手で開いたノートブックは、セルに書かれた市と年度で動きます。選ぶには: "
    "citypromo use nishitokyo 2025",
    "Notebooks opened by hand work on the city and year written in them. "
    "To choose: citypromo use nishitokyo 2025",
)
YEAR_TOO = Said(
    "citypromo use: 年度も書いてください。→ 使い方: citypromo use --help",
    "citypromo use: write the year, too. → usage: citypromo use --help",
)
EITHER = Said(
    "citypromo use: 市と --none は同時に書けません。→ 使い方: citypromo use --help",
    "citypromo use: write either a city or --none. → usage: citypromo use --help",
)


def add(commands: "Commands") -> None:
    """Describe the command."""
    what = "手で開くノートブックの市と年度を選びます（書かなければ今の選択を示します）"
    parser = add_edition_command(commands, "use", command, what, optional=True)
    parser.add_argument("--none", action="store_true", help="選択をやめます")
    add_lang(parser)


def command(options: argparse.Namespace) -> int:
    """Choose, take back, or show."""
    from helpers.chosen import choose, choose_none, chosen, tell_kernels

    en = options.lang == "en"
    if wrong := _usage(options):
        print(wrong.en if en else wrong.ja, file=sys.stderr)
        return 2
    if options.none:
        choose_none()
    edition = choose(options.city, options.year) if options.city else chosen()
    if edition is None:
        print(NONE.en if en else NONE.ja)
        return 0
    tell_kernels()
    name = f"{getattr(edition.name, options.lang)} {edition.year_label(options.lang)}"
    print((CHOSEN.en if en else CHOSEN.ja).format(id=edition.id, name=name))
    return 0


def _usage(options: argparse.Namespace) -> Said | None:
    """What is wrong with the line, if anything."""
    if options.city and options.none:
        return EITHER
    return YEAR_TOO if options.city and not options.year else None
