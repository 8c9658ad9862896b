"""Shares of answers that follow from published ones."""

from collections.abc import Iterable
from fractions import Fraction

from helpers.indicators.rows import Row, indicator_row
from helpers.rounding import decimals_of, number


def neutral_shares(rows: Iterable[Row]) -> list[Row]:
    """What is left of 100 % beside the positive and negative shares of a published question.

    The parts were rounded when they were printed, so the rest can be off by one in the last
    decimal (``rounded_inputs``). It holds 無回答 as well as neutral answers.
    """
    by_group: dict[tuple[object, ...], dict[str, Row]] = {}
    for row in rows:
        place = tuple(row[name] for name in ("indicator", "breakdown", "group", "fiscal_year"))
        by_group.setdefault(place, {})[str(row["category"])] = row
    neutral = []
    for parts in by_group.values():
        if {"positive", "negative"} <= parts.keys():
            texts = [str(parts[name]["printed"]) for name in ("positive", "negative")]
            rest = 100 - sum((number(text) for text in texts), number("0"))
            neutral.append(_rest(parts["positive"], rest, max(map(decimals_of, texts))))
    return neutral


def middle_shares(rows: Iterable[Row]) -> list[Row]:
    """The share of 6–7 points: what is left beside 0–5 and 8–10 points."""
    shares: dict[object, dict[str, Row]] = {}
    for row in rows:
        shares.setdefault(row["category"], {})[str(row["indicator"])] = row
    return [
        _rest(
            parts["share_0_5"],
            100
            - number(str(parts["share_0_5"]["printed"]))
            - number(str(parts["share_8_10"]["printed"])),
            0,
            indicator="share_6_7",
            category=str(category),
        )
        for category, parts in shares.items()
        if {"share_0_5", "share_8_10"} <= parts.keys()
    ]


def _rest(like: Row, value: object, decimals: int, **columns: object) -> Row:
    same = {
        name: like[name]
        for name in ("fiscal_year", "breakdown", "group", "unit", "source", "definition")
    }
    said = {"indicator": like["indicator"], "category": "neutral", **columns}
    indicator = str(said.pop("indicator"))
    return indicator_row(
        indicator, Fraction(str(value)), decimals, **same, **said, flag="rounded_inputs"
    )
