"""Numbers of one row that must fit together: totals and their parts, ratios, running totals."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from helpers.check.messages import NOT_CONTINUED, NOT_THE_RATIO, NOT_THE_SUM, TOTAL_ROW
from helpers.intervals import Interval
from helpers.problems import Problem
from helpers.reading.statistics import Number
from helpers.rounding import decimals_of, number, printed

SUMS = {
    "net_migration": {"moved_in": 1, "moved_out": -1, "other_in": 1, "other_out": -1},
    "natural_change": {"births": 1, "deaths": -1},
    "population_change": {"net_migration": 1, "natural_change": 1},
    "daytime_population": {"residents": 1, "outflow": -1, "inflow": 1},
}
RATIOS = {
    "daytime_population_index": ("daytime_population", "residents"),
    "association_rate": ("association_households", "households"),
}
TOTALS = ("総数", "合計", "計", "全体", "総計", "total")

Row = dict[str, Number]


def relations(numbers: list[Number]) -> Iterator[Problem]:
    """Whatever contradicts within a table; a number that is a symbol contradicts nothing."""
    rows: dict[tuple[str, int, str], Row] = defaultdict(dict)
    for one in numbers:
        if one.value.text and one.value.number == one.value.number:
            rows[one.table, one.year, one.group][one.item] = one
    for row in rows.values():
        yield from _sums(row)
        yield from _ratios(row)
    yield from _running(rows)
    yield from _total_rows(rows)


def interval(one: Number) -> Interval:
    """What a number can be: a whole one is exact, decimals are rounded."""
    text = _plain(one)
    return Interval.of_printed(text) if decimals_of(text) else Interval.exactly(text)


def _plain(one: Number) -> str:
    return "0" if not any(c.isdigit() for c in one.value.text) else one.value.text


def _sums(row: Row) -> Iterator[Problem]:
    for total, parts in SUMS.items():
        if total in row and all(part in row for part in parts):
            result = Interval.exactly(0)
            for part, sign in parts.items():
                result += interval(row[part]) if sign > 0 else -interval(row[part])
            if result & interval(row[total]) is None:
                yield NOT_THE_SUM.at(
                    row[total].where,
                    item=total,
                    found=row[total].value.text,
                    parts=", ".join(f"{part} {row[part].value.text}" for part in parts),
                    expected=_middle(result),
                )


def _ratios(row: Row) -> Iterator[Problem]:
    for rate, (part, whole) in RATIOS.items():
        if not all(item in row for item in (rate, part, whole)) or not row[whole].value.number:
            continue
        exact = Fraction(number(_plain(row[part]))) / Fraction(number(_plain(row[whole]))) * 100
        if exact not in Interval.of_printed(_plain(row[rate])):
            decimals = decimals_of(row[rate].value.text)
            words = {"part": row[part].value.text, "whole": row[whole].value.text}
            expected, found = printed(exact, decimals), row[rate].value.text
            yield NOT_THE_RATIO.at(
                row[rate].where, item=rate, found=found, expected=expected, **words
            )


def _running(rows: dict[tuple[str, int, str], Row]) -> Iterator[Problem]:
    """The population of a year is that of the year before and the change between."""
    for (table, year, group), row in rows.items():
        before = rows.get((table, year - 1, group), {}).get("population")
        if before and "population" in row and "population_change" in row:
            change, now = row["population_change"], row["population"]
            expected = interval(before) + interval(change)
            if expected & interval(now) is None:
                yield NOT_CONTINUED.at(
                    now.where,
                    item="population",
                    found=now.value.text,
                    before=before.value.text,
                    change=change.value.text,
                    expected=_middle(expected),
                )


def _total_rows(rows: dict[tuple[str, int, str], Row]) -> Iterator[Problem]:
    """A row named 総数 beside its parts; only counts add up."""
    groups: dict[tuple[str, int], dict[str, Row]] = defaultdict(dict)
    for (table, year, group), row in rows.items():
        groups[table, year][group] = row
    for members in groups.values():
        total = next((name for name in TOTALS if name in members), None)
        parts = [row for name, row in members.items() if name != total]
        if total is None or len(parts) < 2:
            continue
        for item, whole in members[total].items():
            held = [row[item] for row in parts if item in row]
            counts = all(not decimals_of(one.value.text) for one in [whole, *held])
            if counts and item not in RATIOS and len(held) == len(parts):
                sum_ = sum(int(one.value.number) for one in held)
                if sum_ != int(whole.value.number):
                    words = {"found": whole.value.text, "expected": sum_}
                    yield TOTAL_ROW.at(whole.where, group=total, item=item, **words)


def _middle(found: Interval) -> str:
    return f"{float((found.low + found.high) / 2):g}" if found.low != found.high else str(found.low)
