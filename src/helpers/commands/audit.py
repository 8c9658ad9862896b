"""``citypromo audit``: the claims of the published text held against the numbers."""

import argparse
from pathlib import Path

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
    one = Said("文を1つだけ確かめます", "judge a single sentence")
    parser.add_argument("--sentence", metavar="TEXT", help=one)
    document = Said(
        "文書（.docx .pptx .pdf .md .txt）の文と表をすべて確かめます",
        "judge every sentence and table of a document (.docx .pptx .pdf .md .txt)",
    )
    parser.add_argument("--document", metavar="FILE", help=document)
    accept = Said(
        "「見つかった」記述を claims.yml に書き足します（番号 1,3 か all）",
        "add found passages to claims.yml (their numbers 1,3 or all)",
    )
    parser.add_argument("--accept", metavar="N,N", nargs="?", const="all", help=accept)
    errata = Said("文書の正誤表を出します", "print the errata of a document")
    parser.add_argument("--errata", action="store_true", help=errata)
    fill = Said(
        "文の中の {指標のキー} を数値に置き換えて出します",
        "print a text with its {indicator keys} replaced by numbers",
    )
    parser.add_argument("--fill", metavar="TEXT", help=fill)


def command(options: argparse.Namespace) -> int:
    """Say every verdict; a false claim is a failure, a misleading one is the author's choice."""
    from helpers.audit.auditing import audit_published, audit_sentence
    from helpers.audit.finding import as_json
    from helpers.audit.page import as_html
    from helpers.audit.text import as_text
    from helpers.edition import Edition

    if options.sentences or options.fill is not None:
        return _write(options)
    if options.document is not None:
        return _document(options)
    if options.accept or options.errata:
        options.parser.error(
            Said("--accept と --errata には --document が要ります", "needs --document too")
        )
    if options.sentence is not None:
        found = audit_sentence(Edition.open(options.city, options.year), options.sentence)
        print(as_text(found, options.lang))
        return 1 if found.failed else 0
    found = audit_published(Edition.open(options.city, options.year))
    print(as_json(found) if options.json else as_text(found, options.lang))
    write(options.html, lambda: as_html(found, options.lang))
    return 1 if found.failed else 0


def _document(options: argparse.Namespace) -> int:
    """Every passage of a document in one of four classes; a contradicted one is a failure."""
    from helpers.audit.accepting import accept, chosen
    from helpers.audit.document_text import document_as_text, errata
    from helpers.audit.documents import audit_document
    from helpers.audit.history import published_rows
    from helpers.audit.page import document_as_html
    from helpers.edition import Edition
    from helpers.report.prose import document_text

    edition = Edition.open(options.city, options.year)
    text = document_text(Path(options.document))
    found = audit_document(edition, text, published_rows(edition))
    if options.accept:
        count = accept(edition, chosen(found, options.accept))
        done = Said(
            f"claims.yml に {count} 件を書き足しました。", f"Added {count} claims to claims.yml."
        )
        print(done.of(options.lang))
        return 0
    print((errata if options.errata else document_as_text)(found, options.lang))
    write(options.html, lambda: document_as_html(found, options.lang))
    return 1 if found.failed else 0


def _write(options: argparse.Namespace) -> int:
    """Facts instead of verdicts: the sentences of every year, or a text with its keys filled in."""
    from helpers.audit.history import published_rows
    from helpers.edition import Edition
    from helpers.sentences.facts import facts_of_rows
    from helpers.sentences.ready import as_text, sentences

    edition = Edition.open(options.city, options.year)
    facts = facts_of_rows(edition, published_rows(edition))
    if options.fill is not None:
        print(facts.write(options.fill, options.lang))
    else:
        print(as_text(sentences(facts), options.lang))
    return 0
