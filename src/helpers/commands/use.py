"""``citypromo use``: the city and year that notebooks opened by hand work on."""

import argparse

from helpers.commands.arguments import Commands
from helpers.problems import Said

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
YEAR_TOO = Said("年度も書いてください", "write the year, too")
EITHER = Said("市と --none は同時に書けません", "write either a city or --none")


def add(commands: Commands) -> None:
    """Describe the command."""
    what = Said(
        "手で開くノートブックの市と年度を選びます（書かなければ今の選択を示します）",
        "Chooses the city and year that notebooks opened by hand work on, or shows the choice",
    )
    shown = ("citypromo use", "citypromo use --none")
    parser = commands.add_for_edition("use", command, what, *shown, optional=True)
    none = Said("選択をやめます", "take the choice back")
    parser.add_argument("--none", action="store_true", help=none)


def command(options: argparse.Namespace) -> int:
    """Choose, take back, or show."""
    from helpers.chosen import choose, choose_none, chosen, tell_kernels

    if options.city and options.none:
        options.parser.error(EITHER)
    if options.city and not options.year:
        options.parser.error(YEAR_TOO)
    if options.none:
        choose_none()
    edition = choose(options.city, options.year) if options.city else chosen()
    if edition is None:
        print(NONE.of(options.lang))
        return 0
    tell_kernels()
    name = f"{getattr(edition.name, options.lang)} {edition.year_label(options.lang)}"
    print(CHOSEN.of(options.lang).format(id=edition.id, name=name))
    return 0
