"""How the command line is described and read, in Japanese and English, argparse's words included.

A command is described in ``Said``: what it does, its examples, its arguments. ``Parser`` prints
them in the language that was asked for, by ``--lang`` anywhere on the line or by the system.
"""

import argparse
import locale
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from helpers.problems import InputError, Message, Said, near

Command = Callable[[argparse.Namespace], int]

LANGUAGES = ("ja", "en")
FULL_STOP = Said("。", ".")
_SEE = Said("使い方: {prog} --help", "usage: {prog} --help")
_EXAMPLES = Said("例:", "examples:")
_UNKNOWN = Said("「{word}」という指定はありません", "there is no option “{word}”")
_TOO_MANY = Said("「{words}」は余分です", "“{words}” is too much")
_NO_COMMAND = Said("「{word}」というコマンドはありません", "there is no command “{word}”")
_NO_CHOICE = Said("「{word}」は使えません", "“{word}” cannot be used")
_NO_PAIR = Message(
    "「{text}」は読めません", "名前=値", en="cannot read “{text}”. → write name=value"
)
_NOT_WRITTEN = Message(
    "書き出せません（{why}）",
    remedy="フォルダーがあるか、ほかのプログラムで開いていないかを確かめてください",
    en="cannot be written ({why}). → look whether its folder is there, and close it elsewhere",
)
# What argparse says itself, by its own words; what is not here is said to programmers.
_ARGPARSE = {
    "usage: ": Said("使い方: ", "usage: "),
    "positional arguments": Said("引数", "arguments"),
    "options": Said("オプション", "options"),
    "show this help message and exit": Said("この説明を表示します", "show this help"),
    "argument %(argument_name)s: %(message)s": Said(
        "%(argument_name)s: %(message)s", "%(argument_name)s: %(message)s"
    ),
    "the following arguments are required: %s": Said(
        "次のものを指定してください: %s", "needed: %s"
    ),
    "one of the arguments %s is required": Said(
        "次のどれかを指定してください: %s", "one of these is needed: %s"
    ),
    "not allowed with argument %s": Said(
        "%s と同時には指定できません", "cannot be used together with %s"
    ),
    "expected one argument": Said("値を1つ書いてください", "takes one value"),
    "expected at most one argument": Said("値は1つまでです", "takes one value at most"),
    "expected at least one argument": Said("値を1つ以上書いてください", "takes one value or more"),
    "expected %s argument": Said("値を%s個書いてください", "takes %s value"),
    "expected %s arguments": Said("値を%s個書いてください", "takes %s values"),
    "invalid %(type)s value: %(value)r": Said(
        "「%(value)s」は整数ではありません",  # the only type that we ask for
        "“%(value)s” is no whole number",
    ),
    "ignored explicit argument %r": Said("値（%s）は付けられません", "takes no value (%r)"),
}


def spoken() -> str:
    """``en`` where the system names a language that is not Japanese, else ``ja``."""
    told = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    language = next(filter(None, told), None) or locale.getlocale()[0] or ""
    return "ja" if language.lower().startswith(("ja", "c", "posix")) or not language else "en"


def asked_language(arguments: Sequence[str]) -> str:
    """The language of a command line before it is read: that of its last ``--lang``, else ours."""
    told = re.findall(r"(?:^|\0)--lang[=\0](\w+)(?=\0|$)", "\0".join(arguments))
    return next((word for word in reversed(told) if word in LANGUAGES), spoken())


class WrongUsage(Exception):
    """A command line that cannot be read: what is wrong, and where the right form is found."""


class Parser(argparse.ArgumentParser):
    """A parser that speaks one language, and takes ``--lang`` wherever it stands.

    Args:
        lang: ``ja`` or ``en``.
        what: what the command does, without a full stop.
        examples: whole command lines.
        options: of argparse.
    """

    def __init__(self, *, lang: str, what: Said, examples: Sequence[str] = (), **options: Any):
        self.lang = lang
        lines = [_EXAMPLES.of(lang), *(f"  {example}" for example in examples)]
        super().__init__(
            description=what.of(lang) + FULL_STOP.of(lang),
            epilog="\n".join(lines) if examples else None,
            formatter_class=argparse.RawDescriptionHelpFormatter,  # an example a line
            allow_abbrev=False,  # what is short for one option today is short for two tomorrow
            **options,
        )
        words = Said("メッセージの言語", "language of messages")
        # Suppressed: what stands before a command must not be undone by the command's own.
        self.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=words)
        self.set_defaults(parser=self)

    def add_argument(self, *names: Any, **options: Any) -> argparse.Action:
        """An argument, whose ``help`` is ``Said``."""
        if isinstance(text := options.get("help"), Said):
            options["help"] = text.of(self.lang)
        return super().add_argument(*names, **options)

    def error(self, message: str | Said) -> NoReturn:
        """What is wrong in one line, how to see the right form in another.

        Raises:
            WrongUsage: always.
        """
        text = message.of(self.lang) if isinstance(message, Said) else message
        see = _SEE.of(self.lang).format(prog=self.prog)
        end = "" if text.endswith("?") else FULL_STOP.of(self.lang)
        raise WrongUsage(f"{self.prog}: {text}{end}\n→ {see}")

    def refuse(self, rest: Sequence[str]) -> NoReturn:
        """Say what nothing on the line was meant for; an option with the one it is nearest to.

        Raises:
            WrongUsage: always.
        """
        option = next((word for word in rest if word.startswith("-")), "")
        if option:
            self.error(_beside(_UNKNOWN, option.partition("=")[0], self._option_string_actions))
        words = " ".join(rest)
        self.error(Said(*(text.format(words=words) for text in (_TOO_MANY.ja, _TOO_MANY.en))))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse what is none of the choices; name the nearest one."""
        if action.choices is None or value in action.choices:
            return
        commands = isinstance(action, argparse._SubParsersAction)
        text = _beside(_NO_COMMAND if commands else _NO_CHOICE, str(value), action.choices)
        raise argparse.ArgumentError(None if commands else action, text.of(self.lang))


def _beside(text: Said, word: str, known: Iterable[str]) -> Said:
    """A sentence on a word that is not known, and the nearest one, or all."""
    close = near(word, (name for name in known if name != "-h"))
    return Said(
        f"{text.ja.format(word=word)}。{close.ja}", f"{text.en.format(word=word)}; {close.en}"
    )


@contextmanager
def argparse_speaks(lang: str) -> Iterator[None]:
    """Within, argparse's own words come in a language; it asks ``gettext`` for them."""

    def one(text: str) -> str:
        return _ARGPARSE[text].of(lang) if text in _ARGPARSE else text

    def many(single: str, plural: str, number: int) -> str:
        return one(single if number == 1 else plural)

    mine = {"_": one, "ngettext": many}
    before = {name: getattr(argparse, name) for name in mine}
    vars(argparse).update(mine)
    try:
        yield
    finally:
        vars(argparse).update(before)


class Commands:
    """The commands below a parser, of which one must be named.

    Args:
        parser: what stands before the command.
        metavar: what the help calls it.
    """

    def __init__(self, parser: Parser, metavar: str = "COMMAND"):
        self._lang = parser.lang
        self._below = parser.add_subparsers(required=True, metavar=metavar)

    def add(self, name: str, command: Command, what: Said, *examples: str) -> Parser:
        """A command: what does it, what it does, and examples, each a whole line."""
        told = what.of(self._lang)
        words: dict[str, Any] = {"lang": self._lang, "what": what, "examples": examples}
        parser = self._below.add_parser(name, help=told, **words)
        parser.set_defaults(command=command)
        return parser

    def add_for_edition(
        self, name: str, command: Command, what: Said, *examples: str, optional: bool = False
    ) -> Parser:
        """A command for one edition: CITY YEAR, left out where there is another choice."""
        usual = (f"citypromo {name} nishitokyo 2025", f"citypromo {name} isehara 令和6年度")
        parser = self.add(name, command, what, *usual, *examples)
        add_edition(parser, optional)
        return parser


def add_edition(parser: Parser, optional: bool = False) -> None:
    """CITY and YEAR."""
    many = "?" if optional else None
    city = Said("市の ID（data/raw の名前）", "the city's id (its name in data/raw)")
    year = Said("年度（2025、令和7年度、R7）", "the fiscal year (2025, 令和7年度, R7)")
    parser.add_argument("city", metavar="CITY", nargs=many, help=city)
    parser.add_argument("year", metavar="YEAR", nargs=many, help=year)


def add_page(parser: Parser) -> None:
    """``--html FILE``: what is said, as a page too."""
    what = Said("HTML のページも書き出します", "write it as an HTML page too")
    parser.add_argument("--html", metavar="FILE", help=what)


def add_parameters(parser: Parser) -> None:
    """``-p NAME=VALUE``, as often as needed."""
    what = Said(
        "ノートブックのパラメーター（例: -p threshold=3）",
        "a notebook's parameter (-p threshold=3)",
    )
    parser.add_argument(
        "-p", dest="parameters", action="append", default=[], metavar="NAME=VALUE", help=what
    )


def parameters(texts: Sequence[str]) -> dict[str, str]:
    """``["threshold=3"]`` → ``{"threshold": "3"}``.

    Raises:
        InputError: a text is not ``name=value``.
    """
    if wrong := [text for text in texts if "=" not in text]:
        raise InputError(_NO_PAIR.at("-p", text=text) for text in wrong)
    pairs = (text.partition("=") for text in texts)
    return {name.strip(): value.strip() for name, _, value in pairs}


def write(file: str | None, text: Callable[[], str], newline: str = "\n") -> None:
    """Write a file that was asked for, if one was.

    Raises:
        InputError: it cannot be written.
    """
    if not file:
        return
    try:
        Path(file).write_text(text(), encoding="utf-8", newline=newline)
    except OSError as error:
        raise InputError(_NOT_WRITTEN.at(file, why=error.strerror or str(error))) from None
