"""``citypromo list``, ``new-year`` and ``new-city``: which editions there are, and new ones."""

import argparse
import sys

from helpers.commands.arguments import Commands
from helpers.problems import Said


def add(commands: Commands) -> None:
    """Describe the commands."""
    what = Said("元データのある年度版を挙げます", "Lists the editions that have raw files")
    commands.add("list", list_editions, what, "citypromo list")
    what = Said(
        "次の年度版を作り、足りないものを挙げます",
        "Makes the next edition from the last, and names what is missing",
    )
    commands.add_for_edition("new-year", new_year, what)
    what = Said("新しい市の最初の年度版を作ります", "Makes the first edition of a new city")
    example = (
        "citypromo new-city kamakura --name-ja 鎌倉市 --name-en Kamakura --code 142042 --year R7"
    )
    parser = commands.add("new-city", new_city, what, example)
    name = Said(
        "市の ID（英小文字。フォルダーの名前になる）",
        "the city's id (small letters; its folder's name)",
    )
    parser.add_argument("id", metavar="ID", help=name)
    for option in ("--name-ja", "--name-en", "--code", "--year"):
        parser.add_argument(option, help=Said("書かなければ尋ねます", "asked for where not given"))


def list_editions(_: argparse.Namespace) -> int:
    """A line for each edition."""
    from helpers.edition import editions

    for city, year in editions():
        print(f"{city} {year}")
    return 0


def new_year(options: argparse.Namespace) -> int:
    """Make the folder and say what is to be obtained."""
    from helpers.scaffold.new_year import new_year
    from helpers.scaffold.said import said

    result = new_year(options.city, options.year)
    print(said(result, options.lang))
    return 0 if result.made else 1


def new_city(options: argparse.Namespace) -> int:
    """Ask what was not told, write the edition, say what is in it."""
    from helpers.scaffold.asking import QUESTIONS, ask, missing_options
    from helpers.scaffold.new_city import City, new_city
    from helpers.scaffold.said import said_of_city

    given = {name: getattr(options, name) for name in QUESTIONS}
    if (missing := missing_options(given)) and not sys.stdin.isatty():
        ja, en = f"{'、'.join(missing)} を指定してください", f"needed: {', '.join(missing)}"
        options.parser.error(Said(ja, en))
    edition, made = new_city(City(options.id, **ask(given, lang=options.lang)))
    print(said_of_city(edition, made, options.lang))
    return 0
