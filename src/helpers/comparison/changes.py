"""What changed between the rows of two editions, as changes, revisions, new and dropped rows."""

import math
from collections import defaultdict
from collections.abc import Sequence

from helpers.comparison.change import Change, Row
from helpers.tables import KEY

Key = tuple[str, ...]
_METHOD = ("unit", "basis", "source")


def changes(before: Sequence[Row], after: Sequence[Row], years: tuple[int, int]) -> list[Change]:
    """Everything that is not the same in two editions.

    The newest number of each key is compared with the newest one of the other edition. Where
    both editions describe the same year, that is a revision, and no sampling error excuses it.

    Args:
        before: rows of the older edition.
        after: rows of the newer edition.
        years: fiscal years of both editions.
    """
    old, new = _by_key(before), _by_key(after)
    found: list[Change] = []
    for key in dict.fromkeys([*new, *old]):
        if key in old and key in new:
            found += _same_key(old[key], new[key], years)
        else:
            found += _one_sided(key, old, new, years)
    return found


def _by_key(rows: Sequence[Row]) -> dict[Key, dict[int, Row]]:
    """Rows by key and definition, then by the year that they describe."""
    found: dict[Key, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        found[(*(row[part] for part in KEY), row["definition"])][row["fiscal_year"]] = row
    return dict(found)


def _newest(series: dict[int, Row], year: int) -> Row:
    """The newest row up to the edition's year; of targets, the only one there is."""
    return series[max((y for y in series if y <= year), default=max(series))]


def _same_key(old: dict[int, Row], new: dict[int, Row], years: tuple[int, int]) -> list[Change]:
    found = [
        Change("revision", old[year], new[year])
        for year in sorted(old.keys() & new.keys())
        if _revised(old[year], new[year])
    ]
    first, second = _newest(old, years[0]), _newest(new, years[1])
    if first["fiscal_year"] != second["fiscal_year"] and not _is_change(second):
        found += _change(first, second)
    added = [y for y in new.keys() - old.keys() if years[0] == years[1] or y < min(old)]
    gone = old.keys() - new.keys() if years[0] == years[1] else set()
    found += [Change("new", None, new[year]) for year in sorted(added)]
    return found + [Change("dropped", old[year], None) for year in sorted(gone)]


def _is_change(row: Row) -> bool:
    """Whether a row is itself the change of a survey's number: a change of that says nothing."""
    return bool(row["basis"] == "microdata" and row["indicator"].endswith("_change"))


def _change(first: Row, second: Row) -> list[Change]:
    """A newer year against an older one; a number, a word, or how it may be shown."""
    found = []
    if second["flag"] == "series_break":  # two ways of counting: no difference of the two
        return [Change("method", first, second)]
    if any(first[name] != second[name] for name in _METHOD):
        found.append(Change("method", first, second))
    if first["flag"] != second["flag"]:
        found.append(Change("handling", first, second))
    if first["printed"] != second["printed"]:
        numbers = [not math.isnan(row["value"]) for row in (first, second)]
        words = not any(numbers) and not second["unit"]  # 順調, 遅れ: a word, not a range
        if words:
            found.append(Change("status", first, second))
        elif "suppressed" not in (first["flag"], second["flag"]):
            found.append(Change("change", first, second))
    return found


def _revised(first: Row, second: Row) -> bool:
    """Whether two rows of one year differ in more than the last bits of a float."""
    if any(first[name] != second[name] for name in ("printed", "flag", *_METHOD)):
        return True
    numbers = (first["value"], second["value"])
    if any(math.isnan(value) for value in numbers):
        return not all(math.isnan(value) for value in numbers)
    return not math.isclose(*numbers, rel_tol=1e-9, abs_tol=1e-12)


def _one_sided(
    key: Key,
    old: dict[Key, dict[int, Row]],
    new: dict[Key, dict[int, Row]],
    years: tuple[int, int],
) -> list[Change]:
    """A key of one side only: another definition of the same number, or a new or dropped row."""
    others = [k for k in (new if key in old else old) if k[:-1] == key[:-1]]
    shared = any(k in old and k in new for k in [*old, *new] if k[:-1] == key[:-1]) if others else 0
    if others and not shared:
        if key in old:
            return []  # told once, from the newer side
        earlier = _newest(old[others[0]], years[0])
        return [Change("method", earlier, _newest(new[key], years[1]))]
    if key in new:
        return [Change("new", None, _newest(new[key], years[1]))]
    return [Change("dropped", _newest(old[key], years[0]), None)]
