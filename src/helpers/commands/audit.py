"""``citypromo audit``: the claims of the published text held against the numbers."""

import argparse

from helpers.commands.arguments import Commands, add_page, write
from helpers.problems import Said


def add(commands: Commands) -> None:
    """Describe the command."""
    what = Said(
        "本文の記述（claims.yml）と印刷された表を、指標の数値で確かめます",
        "Holds the text's claims (claims.yml) and printed tables against the indicators",
    )
    parser = commands.add_for_edition("audit", command, what)
    parser.add_argument("--json", action="store_true", help=Said("JSON で出力します", "as JSON"))
    add_page(parser)
    yearly = Said("毎年使う文を、数値を入れて出します", "print the yearly sentences, filled in")
    parser.add_argument("--sentences", action="store_true", help=yearly)
    fill = Said(
        "文の中の {指標のキー} を数値に置き換えて出します",
        "print a text with its {indicator keys} replaced by numbers",
    )
    parser.add_argument("--fill", metavar="TEXT", help=fill)


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
    write(options.html, lambda: as_html(found, options.lang))
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
