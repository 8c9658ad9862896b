"""``check`` and ``refresh``, the same for Word and PowerPoint."""

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.commands.arguments import add_command, add_edition, add_lang
from helpers.problems import InputError

if TYPE_CHECKING:
    from helpers.commands.arguments import Commands
    from helpers.report.office.catalogue import Catalogue
    from helpers.report.office.package import Kind, Package


def add_document_commands(inner: "Commands", kind: "Kind", example: str) -> None:
    """Describe ``check`` and ``refresh`` of one kind of file."""
    told = f"citypromo {kind} check {example}    citypromo {kind} check {example} mihon 2025"
    check = add_command(inner, "check", partial(_check, kind), "図と数値が最新か調べます", told)
    told = f"citypromo {kind} refresh {example} mihon 2025"
    what = "図と数値を入れ替えた写しを隣に作ります（元のファイルは変えません）"
    refresh = add_command(inner, "refresh", partial(_refresh, kind), what, told)
    for parser, optional in ((check, True), (refresh, False)):
        parser.add_argument("file", metavar="FILE", help=f"文書のファイル（{example}）")
        add_edition(parser, optional)
        add_lang(parser)


def _check(kind: "Kind", options: argparse.Namespace) -> int:
    """Say how each picture and number stands to the report."""
    from helpers.report.office.package import read_package
    from helpers.report.office.refresh import refresh
    from helpers.report.office.said import all_well, said

    path = Path(options.file)
    package = read_package(path, kind)
    catalogue = _catalogue(package, options, kind)
    result = refresh(package, catalogue)
    print(f"{path} ⇔ {catalogue.edition}\n{said(result, 'check', options.lang)}")
    return 0 if all_well(result.findings, "check") else 1


def _refresh(kind: "Kind", options: argparse.Namespace) -> int:
    """Write the refreshed copy and its report beside the file."""
    from helpers.report.office.beside import note_beside, refuse_open, write_beside
    from helpers.report.office.package import read_package
    from helpers.report.office.refresh import refresh
    from helpers.report.office.said import all_well, said

    path = Path(options.file)
    package = read_package(path, kind)
    refuse_open(path)
    catalogue = _catalogue(package, options, kind)
    result = refresh(package, catalogue)
    text = said(result, "refresh", options.lang)
    if result.content is None:
        done = (
            "変えるものがないので、何も書きませんでした。",
            "Nothing to change, nothing written.",
        )
        print(f"{path} ⇔ {catalogue.edition}\n{text}\n{done[options.lang != 'ja']}")
        return 0 if all_well(result.findings, "refresh") else 1
    new, written = write_beside(path, result.content)
    text = f"{path.name} ⇔ {catalogue.edition} → {new.name}\n{text}\n"
    if written:
        note_beside(new, text)
    made = "作りました" if written else "前に作ったままです"
    ja = f"{new} を{made}。元のファイルは変えていません。"
    en = f"{'Wrote' if written else 'Already there:'} {new}. The original is as it was."
    print(f"{text}{ja if options.lang == 'ja' else en}")
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
