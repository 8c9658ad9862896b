"""``citypromo audit``: the claims of the published text held against the numbers."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.commands.arguments import add_edition_command, add_lang

if TYPE_CHECKING:
    from helpers.commands.arguments import Commands


def add(commands: "Commands") -> None:
    """Describe the command."""
    what = "本文の記述（claims.yml）と印刷された表を、指標の数値で確かめます"
    parser = add_edition_command(commands, "audit", command, what)
    parser.add_argument("--json", action="store_true", help="JSON で出力する")
    parser.add_argument("--html", metavar="FILE", help="HTML のページも書き出す")
    parser.add_argument("--sentences", action="store_true", help="毎年使う文を、数値を入れて出す")
    parser.add_argument(
        "--fill", metavar="TEXT", help="文の中の {指標のキー} を数値に置き換えて出す"
    )
    add_lang(parser)


def command(options: argparse.Namespace) -> int:
    """Say every verdict; a false claim is a failure, a misleading one is the author's choice."""
    from helpers.audit import audit_published
    from helpers.audit.finding import as_json
    from helpers.audit.page import as_html
    from helpers.audit.text import as_text
    from helpers.edition import Edition

    if options.sentences or options.fill is not None:
        return _write(options)
    found = audit_published(Edition.open(options.city, options.year))
    print(as_json(found) if options.json else as_text(found, options.lang))
    if options.html:
        Path(options.html).write_text(as_html(found, options.lang), encoding="utf-8", newline="\n")
    return 1 if found.failed else 0


def _write(options: argparse.Namespace) -> int:
    """Facts instead of verdicts: the sentences of every year, or a text with its keys filled in."""
    from helpers.audit.facts import facts_of_rows
    from helpers.audit.history import published_rows
    from helpers.audit.sentences import as_text, sentences
    from helpers.edition import Edition

    edition = Edition.open(options.city, options.year)
    facts = facts_of_rows(edition, published_rows(edition))
    if options.fill is not None:
        print(facts.write(options.fill, options.lang))
    else:
        print(as_text(sentences(facts), options.lang))
    return 0
