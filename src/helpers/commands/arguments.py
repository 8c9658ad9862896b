"""How a command is described: its name, its one line of help, its example, its edition."""

import argparse
import locale
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from helpers.problems import InputError, Problem

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

Command = Callable[[argparse.Namespace], int]


def add_command(
    commands: "Commands", name: str, command: Command, what: str, example: str = ""
) -> argparse.ArgumentParser:
    """A command, its help and an example."""
    epilog = f"例: {example}" if example else None
    parser = commands.add_parser(name, help=what, description=f"{what}。", epilog=epilog)
    parser.set_defaults(command=command)
    return parser


def add_edition_command(
    commands: "Commands", name: str, command: Command, what: str, optional: bool = False
) -> argparse.ArgumentParser:
    """A command for one edition: CITY YEAR, which may be left out where it has another choice."""
    example = f"citypromo {name} nishitokyo 2025    citypromo {name} isehara 令和6年度"
    parser = add_command(commands, name, command, what, example)
    add_edition(parser, optional)
    return parser


def add_edition(parser: argparse.ArgumentParser, optional: bool = False) -> None:
    """CITY and YEAR."""
    many = "?" if optional else None
    parser.add_argument("city", metavar="CITY", nargs=many, help="市の ID（data/raw の名前）")
    parser.add_argument("year", metavar="YEAR", nargs=many, help="年度（2025、令和7年度、R7）")


def add_lang(parser: argparse.ArgumentParser) -> None:
    """``--lang``: the language of messages; English only where the system speaks another one."""
    parser.add_argument("--lang", choices=("ja", "en"), default=spoken(), help="ja か en")


def spoken() -> str:
    """``en`` where the system names a language that is not Japanese, else ``ja``."""
    told = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    language = next(filter(None, told), None) or locale.getlocale()[0] or ""
    return "ja" if language.lower().startswith(("ja", "c", "posix")) or not language else "en"


def add_parameters(parser: argparse.ArgumentParser) -> None:
    """``-p NAME=VALUE``, as often as needed."""
    what = "ノートブックのパラメーター（例: -p lang=en）"
    options = {"action": "append", "default": [], "metavar": "NAME=VALUE", "help": what}
    parser.add_argument("-p", dest="parameters", **options)  # type: ignore[arg-type]


def parameters(texts: Sequence[str]) -> dict[str, str]:
    """``["lang=en"]`` → ``{"lang": "en"}``.

    Raises:
        InputError: a text is not ``name=value``.
    """
    wrong = [text for text in texts if "=" not in text]
    if wrong:
        raise InputError(Problem("-p", f"「{text}」は読めません", "名前=値") for text in wrong)
    pairs = (text.partition("=") for text in texts)
    return {name.strip(): value.strip() for name, _, value in pairs}
