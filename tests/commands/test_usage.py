"""The command line itself: in both languages, wrong usage in two lines, nothing cut short."""

import argparse
import ast
import io
import re
from pathlib import Path

import pytest

from helpers import __version__, cli
from helpers.commands import arguments
from helpers.commands.arguments import asked_language

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
# Words of argparse; a metavar is the same in both languages.
ENGLISH = re.compile(r"\b(?:usage|options|arguments?|show|error|invalid|choose|exit|examples?)\b")


def lines_of_commands(parser: argparse.ArgumentParser, before: tuple[str, ...] = ()) -> list:
    """Every command and every command below one, as typed: ``("word", "check")``."""
    found = [before]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                found += lines_of_commands(below, (*before, name))
    return found


COMMANDS = lines_of_commands(cli.parser())


def help_of(command: tuple[str, ...], lang: str, capsys) -> str:
    with pytest.raises(SystemExit) as end:
        cli.main([*command, "--lang", lang, "--help"])
    assert end.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_is_all_in_one_language_with_an_example_a_line(command, capsys):
    english = help_of(command, "en", capsys)
    # What an analyst types may be Japanese: a year of an era, a name.
    said = re.sub(r"令和\w+年度|鎌倉市", "", english)
    assert JAPANESE.findall(said) == []
    japanese = help_of(command, "ja", capsys)
    assert ENGLISH.findall(japanese) == []
    assert JAPANESE.search(japanese)
    for text, head in ((english, "examples:"), (japanese, "例:")):
        examples = text.split(f"\n{head}\n")[1].splitlines()
        assert examples
        assert all(re.fullmatch(r"  citypromo [^ ].*", line) for line in examples)
        assert all(line.count("citypromo") == 1 for line in examples)


@pytest.mark.parametrize(
    ("wrong", "ja", "en"),
    [
        (["rnu"], "「run」", "“run”"),
        (["run", "--agian", "mihon", "2025"], "「--again」", "“--again”"),
        (["run", "--agian=1", "mihon", "2025"], "「--again」", "“--again”"),
        (["run"], "CITY と YEAR", "CITY and YEAR"),
        (["run", "mihon"], "CITY と YEAR", "CITY and YEAR"),
        (["verify", "mihon"], "YEAR", "YEAR"),
        (["plan", "mihon", "2025", "2024"], "「2024」は余分", "“2024” is too much"),
        (["run", "mihon", "2025", "-p"], "値を1つ", "one value"),
        (["check", "mihon", "2025", "--json=yes"], "値（yes）は付けられません", "takes no value"),
        (["batch", "--workers", "two"], "「two」は整数ではありません", "“two” is no whole number"),
        (["batch", "--workers", "0"], "1 以上", "1 or more"),
        (["batch"], "--cities", "--cities"),
        (["new-city", "my_city", "--code", "142042"], "--name-ja", "--name-ja"),
        (["word", "chekc", "a.docx"], "「check」", "“check”"),
        ([], "COMMAND", "COMMAND"),
        (["--lang"], "値を1つ", "one value"),
        (["verify", "--lang", "fr", "mihon", "2025"], "「fr」は使えません", "“fr” cannot be used"),
        (["run", "--al"], "「--all」", "“--all”"),  # no option is abbreviated
    ],
)
def test_wrong_usage_is_said_in_two_lines(wrong, ja, en, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())  # nobody sits there to be asked
    for lang, words in (("ja", ja), ("en", en)):
        assert cli.main(["--lang", lang, *wrong]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert words in err
        said, see = err.splitlines()
        assert re.fullmatch(r"→ .+: citypromo[\w -]* --help", see)
        other = ENGLISH if lang == "ja" else JAPANESE
        assert other.findall(f"{said}\n{see.partition(':')[0]}") == []


def test_lang_stands_anywhere_and_the_last_one_counts(monkeypatch):
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    assert asked_language(["verify", "mihon", "2025"]) == "ja"
    assert asked_language(["--lang", "en", "verify", "mihon", "2025"]) == "en"
    assert asked_language(["verify", "--lang=en", "mihon", "2025"]) == "en"
    assert asked_language(["--lang", "en", "verify", "mihon", "2025", "--lang", "ja"]) == "ja"
    assert asked_language(["--lang", "fr"]) == "ja"
    assert asked_language(["audit", "mihon", "2025", "--fill", "--language en"]) == "ja"
    before = cli.parser("ja").parse_args(["--lang", "en", "verify", "mihon", "2025"])
    assert before.lang == "en"  # the command's own --lang does not undo it


def test_the_languages_of_the_system(monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert cli.main(["rnu"]) == 2
    assert "no command" in capsys.readouterr().err
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    assert cli.main(["rnu"]) == 2
    assert "コマンドはありません" in capsys.readouterr().err


def test_version(capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"citypromo {__version__}\n"


def test_argparse_says_nothing_to_users_that_is_not_translated():
    """Every sentence of this Python's argparse that a user can meet has its Japanese."""
    source = ast.parse(Path(argparse.__file__).read_text(encoding="utf-8"))
    to_programmers = {
        node
        for call in ast.walk(source)
        if isinstance(call, ast.Raise)
        and getattr(getattr(call.exc, "func", None), "id", "") != "ArgumentError"
        for node in ast.walk(call)
    }
    said = {
        word.value
        for call in ast.walk(source)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("_", "ngettext")
        if call not in to_programmers
        for word in call.args
        if isinstance(word, ast.Constant)
    }
    assert len(said) > 20
    # Not met: no aliases, no FileType, no groups of options, no abbreviations, or ours instead.
    unmet = re.compile(
        "conflicting|cannot merge|can't open|unknown parser|unrecognized|ambiguous|subcommands"
        "|invalid choice|: error: |unexpected option|not callable|dest= is|must be optional"
        "|invalid (conflict|option string)|not defined|is an invalid|cannot have multiple"
        "|deprecated|with mode"
    )
    assert {text for text in said if not unmet.search(text)} <= arguments._ARGPARSE.keys()
