"""Editions that are history already, held against the rules of disclosure as they are now."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.edition import Edition
from helpers.problems import InputError, Message, Problem, Said
from helpers.recorder import listing
from helpers.tables import INDICATORS, checked, disclosing, one_of_each, read_indicators

if TYPE_CHECKING:
    import pandas as pd

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
    files = [
        path
        for folder in listing(edition.places.published_data.parent, "[0-9]*")
        if folder.name.isdigit() and int(folder.name) <= edition.fiscal_year
        for path in listing(folder / "indicators", "*.csv")
    ]
    tables: dict[Path, pd.DataFrame | InputError] = {}
    for path in files:
        try:
            tables[path] = read_indicators(path)
        except InputError as error:
            tables[path] = error
    if _all_well(tables.values(), edition):
        return
    for path, rows in tables.items():
        try:
            yield from _tells_of_few(edition, path, rows)
        except InputError as error:
            own = int(path.parts[-3]) == edition.fiscal_year
            severity = "warning" if own else "error"
            yield from (replace(problem, severity=severity) for problem in error.problems)


def _all_well(tables: "Iterable[pd.DataFrame | InputError]", edition: Edition) -> bool:
    """Whether no file has a fault, looked at in one pass: sixteen cost as much time as the rest.

    Each file is held against itself alone, as if it were a city of its own.
    """
    import pandas as pd

    parts = []
    for at, rows in enumerate(tables):
        if isinstance(rows, InputError):
            return False
        parts.append(rows.assign(city=rows["city"].where(rows["city"] == "", f"file {at}")))
    if not parts:
        return True
    try:
        together = one_of_each(pd.concat(parts, ignore_index=True), "")
        return not any(disclosing(checked(together, INDICATORS, ""), "", edition.disclosure))
    except InputError:
        return False


def _tells_of_few(
    edition: Edition, path: Path, rows: "pd.DataFrame | InputError"
) -> Iterator[Problem]:
    if isinstance(rows, InputError):
        raise rows
    where = str(path)
    rows = checked(one_of_each(rows, where), INDICATORS, where)
    found = list(disclosing(rows, path.name, edition.disclosure, most=None))
    if found:
        words = {"count": len(found), "edition": f"{edition.city} {path.parts[-3]}"}
        yield TELLS_OF_FEW.at(where, first=Said(found[0].found, found[0].en), **words)
