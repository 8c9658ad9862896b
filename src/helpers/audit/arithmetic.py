"""Printed numbers of an edition that hang together, and the finding on one relation of them."""

from collections.abc import Sequence
from fractions import Fraction

from helpers.audit.finding import Finding
from helpers.edition import Edition
from helpers.intervals import Interval
from helpers.problems import Problems, Said
from helpers.rounding import decimals_of, printed
from helpers.sentences.evidence import Evidence, Number, Series
from helpers.sentences.naming import Naming
from helpers.sentences.numbers import Quantity, thousands, with_unit
from helpers.sentences.verdict import NOTHING, ROUNDING, TRUE, UNKNOWN, agrees

Pages = dict[tuple[str, int], str]


def pages_of(edition: Edition) -> Pages:
    """On which page the edition prints each number, by key and year."""
    from helpers.reading.printed import FILE, printed_rows

    if not (edition.places.raw / FILE).exists():
        return {}
    parts = ("indicator", "breakdown", "group", "category")
    return {
        (
            ".".join(str(row[part]) for part in parts if row[part] != ""),
            int(str(row["fiscal_year"])),
        ): str(row["page"])
        for row in printed_rows(edition, Problems())
    }


def published(evidence: Evidence, key: str, pages: Pages) -> dict[tuple[str, int], Number]:
    """Numbers of a key that the edition prints itself, by definition and year."""
    found: dict[tuple[str, int], Number] = {}
    for definition in evidence.all_definitions(key):
        series: Series = evidence.series(key, definition)
        found |= {
            (definition, year): number_
            for year, number_ in series.items()
            if number_.basis == "published" and (key, year) in pages
        }
    return found


def computed(
    shown: str,
    found: Interval,
    naive: Fraction,
    numbers: Sequence[Number],
    joint: Interval | None,
    naming: Naming,
    pages: Pages,
) -> Finding:
    """The last of the numbers is the result that the table prints."""
    result = numbers[-1]
    decimals = decimals_of(result.printed)
    claimed = Quantity(result.value, Fraction(1, 10**decimals), unit="_")
    verdict = agrees(found, naive, claimed)
    if verdict == UNKNOWN:  # coarse factors: a product of rounded numbers claims no more than they
        verdict = ROUNDING
    computed = thousands(printed(naive, decimals))
    said = Said(f"{shown} = {computed}", f"{shown} = {computed}")
    if verdict == ROUNDING:
        inside = str(joint or found & claimed.interval)
        said = Said(
            f"{shown} = {computed} と違いますが、端数処理で説明できます"
            f"（四捨五入の前の値は {inside}）",
            f"{shown} = {computed}, not {thousands(result.printed)}: explained by rounding "
            f"(before rounding it is in {inside})",
        )
    right = NOTHING if verdict in (TRUE, ROUNDING) else Said(computed, computed)
    name = naming.key(result.key)
    printed_as = with_unit(result.printed, "")
    year = result.year
    sentence = Said(
        f"表（{year}年度）{name.ja} {printed_as.ja}", f"Table (FY{year}): {name.en} {printed_as.en}"
    )
    keys = tuple(dict.fromkeys(n.key for n in numbers))
    page = pages.get((result.key, year), "")
    return Finding(
        sentence, f"{shown} = {printed_as.ja}", "table", verdict, said, right, (), keys, page
    )
