"""Numbers of statistics tables that must fit together: within a row, over years, over editions.

Totals and their parts, ratios and running totals contradict or do not. A jump, a revision of last
year's number and a definition that takes over from another may be right, and are looked at.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from helpers.edition import Edition
from helpers.intervals import Interval
from helpers.problems import Message, Problem
from helpers.reading.consistency import SHARE, judge, unit_of
from helpers.reading.statistics import Number
from helpers.rounding import decimals_of, number, printed

NOT_THE_SUM = Message(
    "{item} が {found} ですが、{parts} から計算すると {expected} です",
    "{expected}",
    "どれかの打ち間違いです。元の表と見比べてください",
    "{item} is {found}, but {parts} make {expected}. → one of them is mistyped",
)
NOT_THE_RATIO = Message(
    "{item} が {found} ですが、{part} ÷ {whole} × 100 は {expected} です",
    "{expected}",
    "分子・分母か率の打ち間違いか、端数処理の違いです。元の表と見比べてください",
    "{item} is {found}, but 100 × {part} / {whole} is {expected}. → compare with the original",
)
NOT_CONTINUED = Message(
    "{item} が {found} ですが、前の年の {before} に増減 {change} を足すと {expected} です",
    remedy="打ち間違いでないか、途中で集計の方法が変わっていないか確かめてください",
    en="{item} is {found}, but {before} the year before and a change of {change} make "
    "{expected}. → see whether it is mistyped or the method has changed",
    severity="warning",
)
TOTAL_ROW = Message(
    "「{group}」の {item} が {found} ですが、ほかの行の合計は {expected} です",
    remedy="抜けた行や二重の行がないか確かめてください。小計の行は leave_out に書いてください",
    en="{item} of “{group}” is {found}, but the other rows sum to {expected}. → look for a missing "
    "row; name subtotals under leave_out",
    severity="warning",
)
JUMP = Message(
    "{item} が {year} 年に {before} から {after} へ {factor} 倍になっています",
    remedy="桁や列のずれ、定義の変更がないか、元の表で確かめてください",
    en="{item} goes from {before} to {after} in {year} ({factor} times). → look for a slipped "
    "digit or column, or a changed definition",
    severity="warning",
    rule="L3-07",
)
REVISED = Message(
    "{year} 年の {item}（{group}）が {after} で、{edition} 年度版の {before} と違います",
    remedy="遡って改定されたのか、打ち間違いかを確かめてください",
    en="{item} (“{group}”) of {year} is {after}; the edition of {edition} had {before}. → find out "
    "whether it was revised or mistyped",
    severity="warning",
)
SHARE_JUMP = Message(
    "{item} の割合が {year} 年度に {before} から {after} へ大きく変わっています",
    remedy="写し間違い、選択肢の向き、設問や定義の変更がないか、元の文書で確かめてください",
    en="the share {item} goes from {before} to {after} in {year}. → look for a mistyped number, "
    "options in the other order, or a changed question",
    severity="warning",
)
REPRINTED = Message(
    "「{text}」: {edition} 年度版では同じ数値が「{other}」（{first}）です",
    "前の年度版と同じ数値",
    "写し間違いなら直してください。後から訂正された数値なら、前の年度版も直すか、この表に"
    "別の definition を書いてください",
    "“{text}”: the edition of {edition} has “{other}” for the same number ({first}). → mend the "
    "mistyped one; if it was revised, mend the earlier edition too, or give this table another "
    "definition",
)
TOLD_TWICE = Message(
    "{year} 年の {item}（定義 {definition}）が、{first} では {one}、ここでは {other} です",
    "1つの定義に1つの数値",
    "古い方を tables から外すか、数え方が違うなら tables.{table} に別の definition を書いて"
    "ください",
    "{item} of {year} (definition “{definition}”) is “{one}” at “{first}”, and “{other}” here. → "
    "take the older out of tables, or write another definition in tables.{table} if it counts "
    "otherwise",
)
MIXED_DEFINITIONS = Message(
    "{series} は {last} 年まで「{before}」、{year} 年から「{after}」と、"
    "1つの系列に定義が混ざっています",
    "1つの系列に1つの定義",
    "定義の切れ目の前後を引き算しないでください。両方の定義がある年があれば足し、なければ図では線を"
    "分けて注に書いてください",
    "{series} is “{before}” until {last} and “{after}” from {year}: two definitions in one series. "
    "→ do not subtract across the break; add a year that has both, or draw two lines and say so",
    severity="warning",
    rule="L3-07",
)
DEFINITION_CHANGED = Message(
    "表 {table} の定義が「{after}」で、{year} 年度版の「{before}」と違います",
    "前年度と同じ定義",
    "数え方が変わったなら、別の表の名前にして両方を残してください。書き間違いなら直してください",
    "the definition of {table} is “{after}”; the edition of {year} had “{before}”. → if it is "
    "counted in another way now, give the table another name and keep both; else mend it",
    severity="warning",
    rule="L3-07",
)

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

TIMES = 1.5  # a yearly count that grows by more, and
USUAL = 4.0  # by so many times its usual change, is looked at
CERTAIN = 5.0  # more than this is looked at however restless the series is
PRINTED_POINTS = 20.0
PRINTED_TIMES = 3.0  # few years are printed: only slips of a digit stand out
_SHOWN = 12

STATED = "text"  # the definition of a number that a document's prose states: no series of its own

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


def table_shares(edition: Edition, numbers: list[Number]) -> Iterator[Problem]:
    """Statistics tables whose ``shares`` and ``base`` edition.yml names."""
    rows: dict[tuple[str, int, str], dict[str, Number]] = defaultdict(dict)
    for one in numbers:
        if one.value.text and one.value.number == one.value.number:
            rows[one.table, one.year, one.group][one.item] = one
    for (name, _, _), row in rows.items():
        table = edition.tables[name]
        if table.shares and all(item in row for item in table.shares):
            texts = [row[item].value.text for item in table.shares]
            base = int(row[table.base].value.number) if table.base in row else None
            yield from judge(row[table.shares[0]].where, texts, base, complete=True)


def jumps(numbers: list[Number]) -> Iterator[Problem]:
    """Years in which a count changes far more than it does otherwise."""
    series: dict[tuple[str, str, str], list[Number]] = defaultdict(list)
    for one in numbers:
        if one.value.number > 0 and one.item not in SUMS:  # a difference may do anything
            series[one.table, one.group, one.item].append(one)
    for (_, _, item), ones in series.items():
        ordered = sorted(ones, key=lambda one: one.year)
        points = [(one.year, one.value.number, one.value.text, one.where) for one in ordered]
        usual = _usual(points)
        # After a slip comes the jump back: one message for the two.
        yield from _large(item, points, min(max(TIMES, math.exp(USUAL * usual)), CERTAIN))


def printed_jumps(rows: list[dict[str, object]]) -> Iterator[Problem]:
    """Printed numbers of several years that differ by a digit; targets are no observation."""
    series: dict[tuple[object, ...], dict[int, dict[str, object]]] = defaultdict(dict)
    for row in rows:
        kind = row["category"] if row["indicator"] != "kpi" else "kpi"
        names = ("table", "indicator", "breakdown", "group", "definition")
        if row["category"] != "target" and float(str(row["value"])) > 0:
            series[(*(row[name] for name in names), kind)][int(str(row["fiscal_year"]))] = row
    for (_, indicator, _, group, *_), years in series.items():
        ordered = sorted(years.items())
        if unit_of(ordered[0][1]) == SHARE:
            yield from _points(f"{indicator}.{group}", ordered)
            continue
        points = [
            (year, float(str(row["value"])), str(row["printed"]), str(row["where"]))
            for year, row in ordered
        ]
        yield from _large(f"{indicator}.{group}", points, PRINTED_TIMES)


def _points(item: str, ordered: list[tuple[int, dict[str, object]]]) -> Iterator[Problem]:
    """Shares that differ by more points from the year before than those of a survey do."""
    for (_, before), (year, after) in itertools.pairwise(ordered):
        if abs(float(str(after["value"])) - float(str(before["value"]))) > PRINTED_POINTS:
            words = {"before": before["printed"], "after": after["printed"], "year": year}
            yield SHARE_JUMP.at(str(after["where"]), item=item, **words)


def reprinted(
    rows: list[dict[str, object]], before: list[dict[str, object]], earlier: Edition
) -> Iterator[Problem]:
    """Numbers that the earlier edition has, too: they are equal, or one of them is wrong."""
    names = ("indicator", "breakdown", "group", "category", "fiscal_year", "definition")
    old = {tuple(row[name] for name in names): row for row in before}
    for row in rows:
        last = old.get(tuple(row[name] for name in names))
        if last and row["category"] != "target" and last["printed"] != row["printed"]:
            words = {"text": row["printed"], "other": last["printed"], "first": last["where"]}
            yield REPRINTED.at(str(row["where"]), edition=earlier.fiscal_year, **words)


def revisions(
    edition: Edition, earlier: Edition, now: list[Number], before: list[Number]
) -> Iterator[Problem]:
    """Numbers of the same year and definition that the earlier edition had otherwise."""
    old = {(one.table, one.year, one.group, one.item): one for one in before}
    shown = 0
    for one in now:
        last = old.get((one.table, one.year, one.group, one.item))
        same = edition.tables[one.table].definition
        if last is None or earlier.tables[one.table].definition != same or not last.value.text:
            continue
        changed = last.value.text != one.value.text and last.value.number != one.value.number
        if changed and shown < _SHOWN:
            shown += 1
            words = {"after": one.value.text, "before": last.value.text, "group": one.group}
            year = {"year": one.year, "edition": earlier.fiscal_year}
            yield REVISED.at(one.where, item=one.item, **words, **year)


_Step = tuple[int, float, str, str]


def _usual(points: list[_Step]) -> float:
    """The size of a usual year's change, as a logarithm; a slip makes two steps unusual."""
    steps = sorted(abs(math.log(b[1] / a[1])) for a, b in itertools.pairwise(points))
    return steps[(len(steps) - 1) // 2] if steps else 0.0


def _large(item: str, points: Iterable[_Step], times: float) -> Iterator[Problem]:
    ordered = list(points)
    back = None
    for before, after in itertools.pairwise(ordered):
        factor = after[1] / before[1]
        if max(factor, 1 / factor) > times and not (back and (factor > 1) == back):
            words = {"before": before[2], "after": after[2], "factor": f"{factor:.2g}"}
            yield JUMP.at(after[3], item=item, year=after[0], **words)
            back = factor < 1  # the direction in which it would jump back
        else:
            back = None


class Point(NamedTuple):
    """A number of a series: its year, by which definition, and where it stands."""

    series: str
    year: int
    definition: str
    where: str


def mixed_definitions(points: Iterable[Point]) -> Iterator[Problem]:
    """Series in which one definition ends and another takes over, never both in one year."""
    series: dict[str, dict[str, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for point in points:
        if point.definition != STATED:
            series[point.series][point.definition].setdefault(point.year, point.where)
    for name, definitions in series.items():
        ordered = sorted(definitions.items(), key=lambda item: min(item[1]))
        for (before, first), (after, second) in pairwise(ordered):
            if not first.keys() & second.keys():
                words = {"series": name, "before": before or "－", "after": after or "－"}
                years = {"last": max(first), "year": min(second)}
                yield MIXED_DEFINITIONS.at(second[min(second)], **words, **years)


def told_twice(edition: Edition, numbers: Iterable[Number]) -> Iterator[Problem]:
    """One number of one definition that two tables give differently."""
    seen: dict[tuple[str, str, str, int, str], Number] = {}
    for one in numbers:
        kind = one.table.partition("_")[0]  # movement_box and movement_2026 make the same rows
        definition = edition.tables[one.table].definition
        first = seen.setdefault((kind, definition, one.group, one.year, one.item), one)
        texts = {first.value.text, one.value.text}
        if first.table != one.table and one.year and len(texts) > 1 and "…" not in texts:
            words = {"item": one.item, "year": one.year, "definition": definition or "－"}
            yield TOLD_TWICE.at(
                one.where, one=first.value.text, other=one.value.text, first=first.where,
                table=one.table, **words,
            )  # fmt: skip


def of_statistics(edition: Edition, numbers: Iterable[Number]) -> Iterator[Point]:
    """The numbers of all statistics tables, by item and group."""
    for one in numbers:
        if one.value.text and one.year:
            name = one.item if one.group == "total" else f"{one.item}.{one.group}"
            yield Point(name, one.year, edition.tables[one.table].definition, one.where)


def of_printed(rows: Iterable[dict[str, object]]) -> Iterator[Point]:
    """The numbers of the printed tables, by their key."""
    for row in rows:
        key = [str(row[name]) for name in ("indicator", "breakdown", "group", "category")]
        year = int(str(row["fiscal_year"]))
        yield Point(".".join(key), year, str(row["definition"]), str(row["where"]))


def changed_tables(edition: Edition, earlier: Edition) -> Iterator[Problem]:
    """Tables that go on under their name, but count something else than last year."""
    path = edition.places.raw / "edition.yml"
    for name, table in edition.tables.items():
        before = earlier.tables.get(name)
        if before and before.definition != table.definition:
            words = {"before": before.definition or "－", "after": table.definition or "－"}
            where = f"{path} tables.{name}.definition"
            yield DEFINITION_CHANGED.at(where, table=name, year=earlier.fiscal_year, **words)
