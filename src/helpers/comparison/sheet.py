"""A comparison as CSV for Excel: every change a row, and no cell that runs as a formula."""

import csv
import io

from helpers.comparison.change import Change
from helpers.comparison.comparison import Comparison
from helpers.rounding import MINUS, printed
from helpers.spreadsheet import guarded

HEADER = (
    "kind",
    "key",
    "name",
    "definition",
    "year_before",
    "printed_before",
    "flag_before",
    "year_after",
    "printed_after",
    "flag_after",
    "unit",
    "difference",
    "difference_unit",
    "margin",
    "judgement",
)


def as_csv(comparison: Comparison, lang: str = "ja") -> str:
    """The whole comparison; UTF-8 with BOM when written, CRLF, as Excel reads it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    name = comparison.namer(lang)
    for what, old, new in comparison.method:
        row = dict.fromkeys(HEADER, "") | {"kind": "method", "key": what, "name": what}
        row |= {"printed_before": old, "printed_after": new}
        writer.writerow(guarded(row[column]) for column in HEADER)
    for change in comparison.changes:
        row = _row(change, name(change))
        writer.writerow(guarded(row[column]) for column in HEADER)
    return "\ufeff" + out.getvalue()


def _row(change: Change, name: str) -> dict[str, str]:
    old, new = change.before or {}, change.after or {}
    row = {"kind": change.kind, "key": change.key, "name": name, "unit": change.row["unit"]}
    for which, known in (("before", old), ("after", new)):
        row |= {
            f"year_{which}": str(known.get("fiscal_year", "")),
            f"printed_{which}": str(known.get("printed", "")).replace(MINUS, "-"),
            f"flag_{which}": str(known.get("flag", "")),
        }
    definitions = dict.fromkeys(str(r["definition"]) for r in (old, new) if r)
    decimals = len(change.difference.partition(".")[2])
    return row | {
        "definition": " → ".join(definitions),
        "difference": change.difference.replace(MINUS, "-"),
        "difference_unit": change.unit if change.difference else "",
        "margin": printed(change.margin, decimals),
        "judgement": change.judgement if change.margin is not None else "",
    }
