"""``citypromo word``: the pictures and numbers of a Word document held against a report."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.commands.arguments import add_command, add_edition, add_lang
from helpers.commands.documents import add_document_commands

if TYPE_CHECKING:
    from helpers.commands.arguments import Commands


def add(commands: "Commands") -> None:
    """Describe the commands."""
    what = "Word の文書の図と数値を確かめ、新しい報告書に合わせます"
    parser = add_command(commands, "word", lambda _: 2, what)
    inner = parser.add_subparsers(required=True, metavar="check|refresh|new")
    add_document_commands(inner, "word", "policy.docx")
    what = "報告書から最初の Word 文書を作ります"
    new = add_command(inner, "new", create, what, "citypromo word new mihon 2025 policy.docx")
    add_edition(new)
    new.add_argument("file", metavar="FILE", help="作る文書")
    add_lang(new)


def create(options: argparse.Namespace) -> int:
    """Write a first document; never over one that is there.

    Raises:
        InputError: no report is published, or the file exists or cannot be written.
    """
    from helpers.edition import Edition
    from helpers.problems import InputError
    from helpers.report.office import messages
    from helpers.report.office.beside import write_new
    from helpers.report.reported import published
    from helpers.report.word import document

    edition = Edition.open(options.city, options.year)
    reported = published(edition)
    if reported is None:
        raise InputError(messages.NO_REPORT.at(edition.id, edition=edition.id))
    path = Path(options.file)
    if path.suffix.lower() != ".docx":
        path = path.with_name(f"{path.name}.docx")
    try:
        write_new(path, document(reported))
    except FileExistsError:
        raise InputError(messages.EXISTS.at(str(path))) from None
    except OSError as error:
        raise InputError(messages.NOT_WRITTEN.at(str(path), why=error.strerror or "")) from None
    print(f"{path} を作りました。" if options.lang == "ja" else f"Wrote {path}.")
    return 0
