"""Indicator rows as figures read them: found by name, printed as they are to be shown."""

import math
import re
from collections.abc import Iterable, Sequence

import pandas as pd

from helpers.rounding import number
from helpers.sentences.indicator_row import Row


def read(rows: pd.DataFrame) -> list[Row]:
    """Indicator rows of a frame, in its order."""
    frame = rows.rename(columns={"fiscal_year": "year"})
    beside = ["unrounded", "unrounded_low", "unrounded_high"]
    frame = frame.assign(**{name: math.nan for name in beside if name not in frame})
    names = ["value", "n", "low", "high", *beside]
    frame = frame.assign(**{c: pd.to_numeric(frame[c], errors="coerce") for c in names})
    texts = ["category", "printed", "unit", "definition", "flag", "source"]
    frame[texts] = frame[texts].fillna("").astype(str)
    fields = list(Row.__dataclass_fields__)
    found = [Row(*values) for values in frame[fields].itertuples(index=False, name=None)]
    return [_with_value(row) for row in found]


def _with_value(row: Row) -> Row:
    """A published row may carry its printed text alone: that is its number, too."""
    if row.value == row.value or row.hidden or not re.search(r"\d", row.printed):
        return row
    return Row(**{**row.__dict__, "value": float(number(row.printed))})


def find(rows: Iterable[Row], **wanted: str | int | Sequence[str] | Sequence[int]) -> list[Row]:
    """The rows whose fields are as wanted, a text or one of several.

    Raises:
        ValueError: two rows differ in their definition alone; the notebook must choose.
    """
    allowed = {k: [v] if isinstance(v, str | int) else list(v) for k, v in wanted.items()}
    found = [row for row in rows if all(getattr(row, k) in v for k, v in allowed.items())]
    seen: set[tuple[int | str, ...]] = set()
    for row in found:
        key = (row.year, row.indicator, row.breakdown, row.group, row.category)
        if key in seen:
            name = ".".join(str(part) for part in key)
            raise ValueError(
                f"「{name}」に複数の定義の行がある。definition で一つに絞ってください。"
            )
        seen.add(key)
    return found


def need(rows: Iterable[Row], **wanted: str | int | Sequence[str] | Sequence[int]) -> list[Row]:
    """Like ``find``, but at least one row must be there.

    Raises:
        ValueError: a sentence that names what is missing.
    """
    found = find(rows, **wanted)
    if not found:
        asked = "、".join(f"{field}={value}" for field, value in wanted.items())
        raise ValueError(f"図に要る指標の行がない（{asked}）。第2段階のノートを確かめてください。")
    return found


def one(rows: Iterable[Row], **wanted: str | int | Sequence[str] | Sequence[int]) -> Row | None:
    """The row that is as wanted, or None."""
    found = find(rows, **wanted)
    return found[0] if found else None


def of_year(rows: Sequence[Row], year: int) -> list[Row]:
    """The rows of a year or, where there are none (a census), of the last year before it."""
    years = [row.year for row in rows if row.year <= year]
    return [row for row in rows if years and row.year == max(years)]


def other_method(other: pd.DataFrame | None, year: int, **wanted: str) -> Row | None:
    """The number of a year by another method, if there is one, to be marked beside the first."""
    return None if other is None else one(of_year(read(other), year), **wanted)


def groups_of(rows: Iterable[Row]) -> list[str]:
    """The groups in the order of the rows, each once."""
    return list(dict.fromkeys(row.group for row in rows))
