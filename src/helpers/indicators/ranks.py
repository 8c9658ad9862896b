"""Rankings: scores and ranks, and how they moved."""

import itertools
from collections.abc import Iterable

from helpers.indicators.rows import Row, indicator_row
from helpers.rounding import decimals_of, number


def change_rows(rows: Iterable[Row]) -> list[Row]:
    """Change of each score and rank against the year before it in the table.

    A rank that falls from 535 to 526 has a change of −9: nearer the top.
    """
    series: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        series.setdefault((str(row["indicator"]), str(row["category"])), []).append(row)
    changes = []
    for (indicator, category), known in series.items():
        known.sort(key=lambda row: int(str(row["fiscal_year"])))
        for before, after in itertools.pairwise(known):
            texts = [str(row["printed"]) for row in (before, after)]
            difference = number(texts[1]) - number(texts[0])
            same = {name: after[name] for name in ("fiscal_year", "breakdown", "group", "source")}
            changes.append(
                indicator_row(
                    f"{indicator}_change",
                    difference,
                    max(map(decimals_of, texts)),
                    category=category,
                    unit=str(after["unit"]),
                    **same,
                )
            )
    return changes
