"""Try to find what a published report hides: how many people each hidden cell can still hold.

    python tools/attack.py mihon 2024

Reads the published indicators and every file of the report, and prints the range (largest minus
smallest possible count) that is left for each hidden base and answer; 0 means it is found. Takes
half a minute a year. Exit status 1 where a range below three is left that is not the answer's own.
"""

import sys

from helpers.edition import Edition
from helpers.indicators.wanted import asked_of
from helpers.reading.codebook import open_codebook
from helpers.survey.attack import facts_of, hidden_cells, published, ranges
from helpers.tables import load_indicators

LEAST = 3


def main(city: str, year: str) -> int:
    """Attack one edition's report."""
    edition = Edition.open(city, year)
    places = edition.places
    own = {lang: dict(edition.own_labels(lang)) for lang in ("ja", "en")}
    table = load_indicators(places.published_data)
    asked = asked_of(open_codebook(edition), table, own)
    rows = table.astype(object).where(table.notna(), "").to_dict("records")
    cells = hidden_cells(rows, asked)
    shown = [row for row in rows if row["flag"] != "suppressed"]
    # Files tell no definitions apart: only what stands there of groups that nothing is told of.
    hidden = {group for group, _, _ in cells} - {(r["breakdown"], r["group"]) for r in shown}
    shown += published(places.published_report, asked, hidden)
    found = ranges(facts_of(shown, asked), asked, cells)
    if found.empty:
        print(f"{edition.id}: nothing is hidden")
        return 0
    narrow = found[found["range"] < LEAST]
    leaking = narrow[narrow["possible"] >= LEAST]
    print(f"{edition.id}: {len(found)} hidden cells, smallest range {found['range'].min():g}")
    if len(narrow):
        print(narrow.to_string(index=False))
    return int(bool(len(leaking)))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
