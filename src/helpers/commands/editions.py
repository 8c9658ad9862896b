"""``citypromo list``, ``new-year``, ``new-city``, ``new-survey``: which there are, and new ones."""

import argparse
import re
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
    what = Said(
        "市区町村の最初の年度版を、名前だけで作ります（全国の統計つき）",
        "Makes the first edition of a municipality by its name, with its national statistics",
    )
    by_hand = (
        "citypromo new-city my_city --name-ja 鎌倉市 --name-en Kamakura --code 142042 --year R7"
    )
    parser = commands.add("new-city", new_city, what, "citypromo new-city Kamakura", by_hand)
    name = Said(
        "市区町村の名前か団体コードかローマ字。--name-ja などを書くときは市の ID（英小文字）",
        "name, code or romanised name; with --name-ja and so on the city's id (small letters)",
    )
    parser.add_argument("id", metavar="CITY", help=name)
    when = Said("年度。書かなければ今の年度", "fiscal year; this one where not given")
    parser.add_argument("--year", help=when)
    others = Said(
        "比べる市区町村（、か , で区切る）。書かなければ同じ都道府県の同じ種類",
        "whom to compare with, separated by commas; else its prefecture's own kind",
    )
    parser.add_argument("--peers", help=others)
    own = Said(
        "全国の統計を使わず、自分で書く市の名前とコード",
        "names and code of a city to be described by hand, without the national statistics",
    )
    for option in ("--name-ja", "--name-en", "--code"):
        parser.add_argument(option, help=own)
    has = Said(
        "あるもの: statistics（統計だけ、既定）、printed（印刷された調査）、answers（回答データ）",
        "what there is: statistics (the default), printed, answers",
    )
    parser.add_argument("--has", help=has)
    parser.add_argument("--report", help=Said("文書の題名", "title of the document"))
    parser.add_argument("--source", help=Said("調査の出典", "source of the survey"))

    what = Said(
        "委託先の .sav かレイアウト表から、codebook.yml の案を表示します",
        "Prints a proposed codebook.yml, from a vendor's .sav file or layout sheet",
    )
    example = "citypromo new-survey layout.xlsx"
    parser = commands.add("new-survey", new_survey, what, example)
    file = Said(
        ".sav か、レイアウト表（Excel、CSV）", "a .sav file, or a layout sheet (Excel, CSV)"
    )
    parser.add_argument("file", metavar="FILE", help=file)
    parser.add_argument("--sheet", metavar="NAME", help=Said("シートの名前", "the sheet's name"))


def list_editions(_: argparse.Namespace) -> int:
    """A line for each edition."""
    from helpers.edition import editions

    for city, year in editions():
        print(f"{city} {year}")
    return 0


def new_year(options: argparse.Namespace) -> int:
    """Make the folder and say what is to be obtained."""
    from helpers.scaffold.new_year import new_year
    from helpers.scaffold.summary import summary_of_year

    result = new_year(options.city, options.year)
    print(summary_of_year(result, options.lang))
    return 0 if result.made else 1


def new_survey(options: argparse.Namespace) -> int:
    """Print the proposal, and apart from it what a person has to decide."""
    from pathlib import Path

    from helpers.scaffold.new_survey import new_survey

    found = new_survey(Path(options.file), options.sheet)
    print(found.text, end="")
    head = Said("決めること", "to decide").of(options.lang)
    asked = [f"- {one.of(options.lang)}" for one in found.asked]
    print("\n".join([f"{head}: {len(asked)}", *asked]), file=sys.stderr)
    return 0


def new_city(options: argparse.Namespace) -> int:
    """The municipality of that name with its statistics; or a city described by hand."""
    from helpers.scaffold.asking import MORE, QUESTIONS, ask, missing_options
    from helpers.scaffold.new_city import City, new_city
    from helpers.scaffold.summary import summary_of_city

    given = {name: getattr(options, name) for name in (*QUESTIONS, *MORE)}
    if not (options.name_ja or options.name_en or options.code or options.has):
        return _national(options)
    if (missing := missing_options(given)) and not sys.stdin.isatty():
        ja, en = f"{'、'.join(missing)} を指定してください", f"needed: {', '.join(missing)}"
        options.parser.error(Said(ja, en))
    edition, made = new_city(City(options.id, **ask(given, lang=options.lang)))
    print(summary_of_city(edition, made, options.lang))
    return 0


def _national(options: argparse.Namespace) -> int:
    """A municipality from the box; where several have the name, it is asked which."""
    from helpers.edition import read_year
    from helpers.problems import InputError, Message, Unfit
    from helpers.scaffold.asking import which
    from helpers.scaffold.national_edition import edition_from_box, this_fiscal_year
    from helpers.scaffold.summary import summary_of_statistics

    try:
        one = which(options.id, options.lang)
        year = read_year(options.year) if options.year else this_fiscal_year()
    except Unfit as error:
        raise InputError([Message("{why}", en="{why}").at("CITY", why=error.said)]) from error
    names = re.split("[、,，]", options.peers) if options.peers else []
    edition, made = edition_from_box(one, year, [name for name in map(str.strip, names) if name])
    print(summary_of_statistics(edition, made, options.lang))
    return 0
