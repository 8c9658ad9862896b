"""``citypromo word`` and ``powerpoint``: documents held against a report, and a first one."""

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.commands.arguments import Commands, add_edition
from helpers.problems import InputError, Said

if TYPE_CHECKING:
    from helpers.report.office.catalogue import Catalogue
    from helpers.report.office.package import Kind, Package


def add(commands: Commands) -> None:
    """Describe the commands."""
    what = Said(
        "Word の文書の図と数値を確かめ、新しい報告書に合わせます",
        "Holds a Word document's figures and numbers against a report, and refreshes them",
    )
    word = _both(commands, "word", "policy.docx", what, "check|refresh|new")
    what = Said(
        "報告書から最初の Word 文書を作ります", "Makes the first Word document from a report"
    )
    new = word.add("new", create, what, "citypromo word new mihon 2025 policy.docx")
    add_edition(new)
    new.add_argument("file", metavar="FILE", help=Said("作る文書", "the document to make"))
    what = Said(
        "PowerPoint のスライドの図と数値を確かめ、新しい報告書に合わせます",
        "Holds PowerPoint slides' figures and numbers against a report, and refreshes them",
    )
    _both(commands, "powerpoint", "slides.pptx", what, "check|refresh")


def _both(commands: Commands, kind: "Kind", example: str, what: Said, metavar: str) -> Commands:
    """Describe ``check`` and ``refresh`` of one kind of file."""
    begin, edition = f"citypromo {kind}", f"{example} mihon 2025"
    examples = [f"{begin} check {example}", f"{begin} check {edition}"]
    again = f"{begin} refresh {edition}"
    inner = Commands(commands.add(kind, lambda _: 2, what, *examples, again), metavar)
    told = Said("図と数値が最新か調べます", "Looks whether figures and numbers are up to date")
    check = inner.add("check", partial(_check, kind), told, *examples)
    told = Said(
        "図と数値を入れ替えた写しを隣に作ります（元のファイルは変えません）",
        "Makes a refreshed copy beside the file, which stays as it is",
    )
    refresh = inner.add("refresh", partial(_refresh, kind), told, again)
    for parser, optional in ((check, True), (refresh, False)):
        file = Said(f"文書のファイル（{example}）", f"the document ({example})")
        parser.add_argument("file", metavar="FILE", help=file)
        add_edition(parser, optional)
    return inner


def _check(kind: "Kind", options: argparse.Namespace) -> int:
    """Say how each picture and number stands to the report."""
    from helpers.report.office.package import read_package
    from helpers.report.office.refresh import refresh
    from helpers.report.office.summary import all_well, summary

    path = Path(options.file)
    package = read_package(path, kind)
    catalogue = _catalogue(package, options, kind)
    result = refresh(package, catalogue)
    print(f"{path} ⇔ {catalogue.edition}\n{summary(result, 'check', options.lang)}")
    return 0 if all_well(result.findings, "check") else 1


def _refresh(kind: "Kind", options: argparse.Namespace) -> int:
    """Write the refreshed copy and its report beside the file."""
    from helpers.report.office.beside import note_beside, refuse_open, write_beside
    from helpers.report.office.package import read_package
    from helpers.report.office.refresh import refresh
    from helpers.report.office.summary import all_well, summary

    path = Path(options.file)
    package = read_package(path, kind)
    refuse_open(path)
    catalogue = _catalogue(package, options, kind)
    result = refresh(package, catalogue)
    text = summary(result, "refresh", options.lang)
    if result.content is None:
        done = Said(
            "変えるものがないので、何も書きませんでした。", "Nothing to change, nothing written."
        )
        print(f"{path} ⇔ {catalogue.edition}\n{text}\n{done.of(options.lang)}")
        return 0 if all_well(result.findings, "refresh") else 1
    new, written = write_beside(path, result.content)
    text = f"{path.name} ⇔ {catalogue.edition} → {new.name}\n{text}\n"
    if written:
        note_beside(new, text)
    made = "作りました" if written else "前に作ったままです"
    ja = f"{new} を{made}。元のファイルは変えていません。"
    en = f"{'Wrote' if written else 'Already there:'} {new}. The original is as it was."
    print(f"{text}{Said(ja, en).of(options.lang)}")
    return 0 if all_well(result.findings, "refresh") else 1


def _catalogue(package: "Package", options: argparse.Namespace, kind: "Kind") -> "Catalogue":
    """The report to compare with: the named one, else the newest of the pictures' city.

    Raises:
        InputError: no report, or nothing tells which.
    """
    from helpers.edition import Edition
    from helpers.report.office import messages
    from helpers.report.office.catalogue import Catalogue
    from helpers.report.office.editions import newest_edition
    from helpers.report.reported import published

    if options.year is None:
        city = options.city or ""
        edition = newest_edition(package, city)
        if edition is None:
            raise InputError(messages.NO_EDITION.at(options.file, command=kind))
    else:
        edition = Edition.open(options.city, options.year)
    reported = published(edition)
    if reported is None:
        raise InputError(messages.NO_REPORT.at(edition.id, edition=edition.id))
    return Catalogue(reported)


def create(options: argparse.Namespace) -> int:
    """Write a first Word document; never over one that is there.

    Raises:
        InputError: no report is published, or the file exists or cannot be written.
    """
    from helpers.edition import Edition
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
    print(Said(f"{path} を作りました。", f"Wrote {path}.").of(options.lang))
    return 0
