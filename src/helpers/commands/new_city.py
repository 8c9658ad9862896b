"""``citypromo new-city``: a city's first edition."""

import argparse
import sys
from typing import TYPE_CHECKING

from helpers.commands.arguments import add_command, add_lang

if TYPE_CHECKING:
    from helpers.commands.arguments import Commands

EXAMPLE = (
    "citypromo new-city kamakura --name-ja 鎌倉市 --name-en Kamakura --code 142042 --year 令和7年度"
)


def add(commands: "Commands") -> None:
    """Describe the command."""
    what = "新しい市の最初の年度版を作ります"
    parser = add_command(commands, "new-city", command, what, EXAMPLE)
    parser.add_argument("id", metavar="ID", help="市の ID（英小文字。フォルダーの名前になる）")
    for option in ("--name-ja", "--name-en", "--code", "--year"):
        parser.add_argument(option, help="書かなければ尋ねます")
    add_lang(parser)


def command(options: argparse.Namespace) -> int:
    """Ask what was not told, write the edition, say what is in it."""
    from helpers.scaffold.asking import QUESTIONS, ask, missing_options
    from helpers.scaffold.new_city import City, new_city
    from helpers.scaffold.said import said_of_city

    given = {name: getattr(options, name) for name in QUESTIONS}
    if (missing := missing_options(given)) and not sys.stdin.isatty():
        needs = {
            "ja": f"{'、'.join(missing)} を指定してください。",
            "en": f"Needed: {', '.join(missing)}",
        }
        print(needs[options.lang], file=sys.stderr)
        return 2
    edition, made = new_city(City(options.id, **ask(given, lang=options.lang)))
    print(said_of_city(edition, made, options.lang))
    return 0
