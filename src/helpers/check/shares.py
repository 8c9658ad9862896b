"""Shares of one row: whether they can be 100 together, and which bases their decimals allow.

A share printed with its decimals can only come from some bases (GRIM): 48.0 % is not possible
of 51 people. It holds for unweighted shares of one base.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from helpers.check.messages import (
    IMPOSSIBLE_BASE,
    IMPOSSIBLE_BASES,
    NOT_A_HUNDRED,
    OVER_A_HUNDRED,
)
from helpers.edition import Edition
from helpers.intervals import Interval
from helpers.problems import Problem
from helpers.reading.statistics import Number
from helpers.rounding import decimals_of, printed

ANSWERS = ("positive", "neutral", "negative")
POINTS = ("share_0_5", "share_6_7", "share_8_10")
BASE = "base"
"""The indicator by which edition.yml names a printed number of respondents."""


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


def printed_shares(rows: list[dict[str, object]]) -> Iterator[Problem]:
    """Printed tables: shares of the same people, by the categories that exclude each other."""
    sets: dict[tuple[object, ...], dict[str, dict[str, object]]] = defaultdict(dict)
    bases: dict[tuple[object, ...], int] = {}
    for row in rows:
        people = tuple(row[name] for name in ("table", "breakdown", "group", "fiscal_year"))
        indicator, category = str(row["indicator"]), str(row["category"])
        if indicator == BASE:
            bases[people] = int(float(str(row["value"])))
        elif row["unit"] == "%" and category in ANSWERS:
            sets[(*people, indicator)][category] = row
        elif row["unit"] == "%" and indicator in POINTS:
            sets[(*people, category)][indicator] = row
    for key, held in sets.items():
        texts = [str(row["printed"]) for row in held.values()]
        complete = set(held) in ({*ANSWERS}, {*POINTS})
        where = str(next(iter(held.values()))["where"])
        yield from judge(where, texts, bases.get(key[:4]), complete)


def judge(where: str, texts: list[str], base: int | None, complete: bool) -> Iterator[Problem]:
    """What is impossible about the shares of one row."""
    total = Interval.exactly(0)
    for text in texts:
        total += Interval.of_printed(text)
    words = {"shares": ", ".join(texts), "low": _end(total.low), "high": _end(total.high)}
    if total.low > 100 or (total.low == 100 and not total.low_closed):
        message = NOT_A_HUNDRED if complete else OVER_A_HUNDRED
        yield message.at(where, **words)
    elif complete and 100 not in total:
        yield NOT_A_HUNDRED.at(where, **words)
    elif base:
        yield from _judge_base(where, texts, base, complete)


def counts(text: str, base: int) -> range:
    """The counts out of a base that print as a share."""
    share = Interval.of_printed(text)
    low, high = math.ceil(share.low * base / 100), math.floor(share.high * base / 100)
    fit = [k for k in range(low, high + 1) if Fraction(100 * k, base) in share]
    return range(fit[0], fit[-1] + 1) if fit else range(0)


def _judge_base(where: str, texts: list[str], base: int, complete: bool) -> Iterator[Problem]:
    possible = [counts(text, base) for text in texts]
    for text, fit in zip(texts, possible, strict=True):
        if not fit:
            near = Fraction(100 * round(float(text) * base / 100), base)
            words = {"share": text, "n": base, "near": printed(near, decimals_of(text))}
            yield IMPOSSIBLE_BASE.at(where, **words)
    if all(possible):
        low, high = sum(fit[0] for fit in possible), sum(fit[-1] for fit in possible)
        if low > base or (complete and high < base):
            yield IMPOSSIBLE_BASES.at(where, shares=", ".join(texts), n=base)


def _end(value: Fraction) -> str:
    return f"{float(value):g}"
