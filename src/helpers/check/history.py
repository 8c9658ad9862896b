"""Editions that are history already, held against the rules of disclosure as they are now."""

from collections.abc import Iterator

from helpers.edition import Edition
from helpers.problems import Message, Problem, Said
from helpers.recorder import listing
from helpers.tables import disclosing, read_indicators

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
    """Earlier editions, and this one as it was last published, that tell of too few people."""
    kept = edition.places.published_data.parent
    for folder in listing(kept, "[0-9]*"):
        if not folder.name.isdigit() or int(folder.name) > edition.fiscal_year:
            continue
        for path in listing(folder / "indicators", "*.csv"):
            rules = edition.disclosure
            found = list(disclosing(read_indicators(path), path.name, rules, most=None))
            if found:
                words = {"count": len(found), "edition": f"{edition.city} {folder.name}"}
                yield TELLS_OF_FEW.at(str(path), first=Said(found[0].found, found[0].en), **words)
