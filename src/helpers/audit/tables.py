"""The arithmetic of printed tables: shares of one base, and the table of mGAP."""

from collections.abc import Iterator
from fractions import Fraction
from functools import reduce

from helpers.audit.arithmetic import Pages, pages_of, published
from helpers.audit.finding import Finding
from helpers.audit.mgap_table import mgap_tables
from helpers.edition import Edition
from helpers.intervals import Interval
from helpers.problems import Said
from helpers.rounding import decimals_of, printed
from helpers.sentences.evidence import Evidence, Number
from helpers.sentences.naming import Naming
from helpers.sentences.verdict import FALSE, NOTHING, ROUNDING, TRUE

SHARES = {
    "attachment": ("positive", "neutral", "negative"),
    "residence_intention": ("positive", "neutral", "negative"),
    "housing_satisfaction": ("positive", "neutral", "negative"),
}


def table_findings(edition: Edition, evidence: Evidence, naming: Naming) -> list[Finding]:
    """Every relation that a printed table of the edition must keep."""
    pages = pages_of(edition)
    return [*mgap_tables(evidence, naming, pages), *_shares(evidence, naming, pages)]


def _shares(evidence: Evidence, naming: Naming, pages: Pages) -> Iterator[Finding]:
    """Shares of one base: at most 100 together, and 100 where all answers are printed."""
    rows: dict[tuple[str, str, int], dict[str, Number]] = {}
    for key in evidence.keys:
        stem, _, category = key.rpartition(".")
        if category in SHARES.get(key.partition(".")[0], ()):
            for (definition, year), number_ in published(evidence, key, pages).items():
                if number_.known.unit == "%" and number_.known.bound == "":
                    rows.setdefault((stem, definition, year), {})[category] = number_
    for (stem, _, _), row in rows.items():
        if len(row) > 1:
            complete = len(row) == len(SHARES[stem.partition(".")[0]])
            yield _share_row(list(row.values()), complete, naming, pages)


def _share_row(row: list[Number], complete: bool, naming: Naming, pages: Pages) -> Finding:
    found = reduce(Interval.__add__, (n.interval for n in row))
    naive = sum((n.value for n in row), Fraction(0))
    fits = 100 in found if complete else found.low < 100 or 100 in found
    exact = naive == 100 if complete else naive <= 100
    verdict = FALSE if not fits else TRUE if exact else ROUNDING
    decimals = max(decimals_of(n.printed) for n in row)
    shown = " + ".join(n.printed for n in row)
    text = f"{shown} = {printed(naive, decimals)}％"
    stem, _, _ = row[0].key.rpartition(".")
    name, year = naming.key(stem), row[0].year
    sentence = Said(f"表（{year}年度）{name.ja}の割合", f"Table (FY{year}): shares of {name.en}")
    right = Said("合計100％以下", "at most 100% together") if verdict == FALSE else NOTHING
    keys = tuple(n.key for n in row)
    page = pages.get((keys[0], year), "")
    return Finding(sentence, text, "table", verdict, Said(text, text), right, (), keys, page)
