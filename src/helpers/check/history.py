"""Editions that are history already, held against the rules of disclosure as they are now."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from helpers.edition import Edition
from helpers.problems import InputError, Message, Problem, Said
from helpers.recorder import listing
from helpers.tables import INDICATORS, checked, disclosing, one_of_each, read_indicators

TELLS_OF_FEW = Message(
    "いまの秘匿の規則に合わない行が {count} 行あります。はじめは {first}",
    remedy="citypromo run {edition} で作り直し、公開したものを差し替えてください。"
    "自動では何も変えません",
    en="{count} rows do not keep today's rules of disclosure; the first: {first} → make the "
    "edition again (citypromo run {edition}) and replace what is published; nothing is changed "
    "by itself",
    severity="warning",
)


def history_problems(edition: Edition) -> Iterator[Problem]:
    """Earlier editions, and this one as it was last published, that tell of too few people.

    A file that is no table of indicators is an error in an earlier edition, of which a run reads
    it, and a warning in this one, which a run makes anew.
    """
    kept = edition.places.published_data.parent
    for folder in listing(kept, "[0-9]*"):
        if not folder.name.isdigit() or int(folder.name) > edition.fiscal_year:
            continue
        for path in listing(folder / "indicators", "*.csv"):
            try:
                yield from _tells_of_few(edition, path)
            except InputError as error:
                own = int(folder.name) == edition.fiscal_year
                severity = "warning" if own else "error"
                yield from (replace(problem, severity=severity) for problem in error.problems)


def _tells_of_few(edition: Edition, path: Path) -> Iterator[Problem]:
    where = str(path)
    rows = checked(one_of_each(read_indicators(path), where), INDICATORS, where)
    found = list(disclosing(rows, path.name, edition.disclosure, most=None))
    if found:
        words = {"count": len(found), "edition": f"{edition.city} {path.parts[-3]}"}
        yield TELLS_OF_FEW.at(where, first=Said(found[0].found, found[0].en), **words)
