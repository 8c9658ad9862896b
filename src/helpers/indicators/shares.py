"""Shares of answers that follow from published ones; what is printed stays as it is."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from helpers.edition.description import ROLES, Answered, Described
from helpers.indicators.kinds import places
from helpers.indicators.rows import Row, indicator_row
from helpers.problems import InputError, Message
from helpers.reading.consistency import counts
from helpers.reading.printed_shape import WEIGHTED
from helpers.rounding import decimals_of, number

OTHER_BASE = Message(
    "「{question}」は base: answered（無回答を除く）と説明されていますが、印刷された割合は無回答を"
    "含めて 100％ です",
    remedy="base: all に直すか、無回答を除いた割合の表を使ってください",
    en="“{question}” is described as base: answered, but its printed shares are 100 % together "
    "with those who gave no answer. → write base: all, or take a table without them",
)


def shares_that_follow(rows: Iterable[Row], about: Described) -> list[Row]:
    """What follows from printed shares: shares by role, mean scores, what is left to 100 %.

    A role that one option has is that option. Of several the counts are added where they are
    printed; else the shares, which were rounded (``rounded_inputs``). What is left to 100 % is
    neutral where nothing is printed of it.

    Args:
        rows: published rows, options as categories.
        about: what the edition describes.

    Raises:
        InputError: the base that is described is not the one of the printed shares.
    """
    rows = list(rows)
    held = places(rows)
    asks = {name: ask for one in about.batteries.values() for name, ask in one.asks.items()}
    known = {**asks, **about.questions}
    counted = {f"{name}_count" for name in known}
    derived = neutral_shares(row for row in rows if row["indicator"] not in {*known, *counted})
    for place, parts in held.items():
        name = str(place[0])
        question = known.get(name)
        if question is None or not question.options:
            continue
        _refuse_other_base(question, parts)
        people = held.get((f"{name}_count", *place[1:]), {})
        together = {**parts}
        for role in ROLES:
            options = question.roles.get(role, [])
            if role not in parts and options and {*options} <= parts.keys():
                row = _together([parts[one] for one in options],
                                [people.get(one) for one in options], role)  # fmt: skip
                together[role] = row
                derived.append(row)
        if not {*question.options} <= parts.keys():
            derived += neutral_shares(together.values())
        if "score" not in parts and (mean := _mean(question.points, parts, people)):
            derived.append(mean)
    return derived


def _refuse_other_base(question: Answered, parts: Mapping[str, Row]) -> None:
    blank = question.roles.get("no_answer", [])
    if question.base != "answered" or not blank or not {*question.options} <= parts.keys():
        return
    if any(float(str(parts[one]["value"])) > 0 for one in blank):
        total = sum(float(str(parts[one]["value"])) for one in question.options)
        if abs(total - 100) < 1:
            raise InputError(OTHER_BASE.at("edition.yml questions", question=question.ja))


def _together(shares: list[Row], printed: list[Row | None], role: str) -> Row:
    """The share of several options: exact by counts, else the sum of what is printed."""
    first = shares[0]
    if len(shares) == 1:
        return {**first, "category": role}
    texts = [str(row["printed"]) for row in shares]
    digits = max(map(decimals_of, texts))
    same = {name: first[name] for name in (*_SAME, "indicator", "n")}
    n = float(first["n"])
    people = _people(texts, printed, n, str(first["definition"]))
    if people is not None:
        value: Any = Fraction(100 * sum(people), int(n))
        flag = ""
    else:
        value, flag = sum(map(number, texts), Decimal(0)), "rounded_inputs"
    return indicator_row(
        str(same.pop("indicator")), value, digits, **same, category=role, flag=flag
    )


def _people(
    texts: list[str], printed: list[Row | None], n: float, definition: str
) -> list[int] | None:
    """How many chose each option: as printed, or as n and the share allow one number alone.

    Of 136 people 17.6 % are 24 and nobody else; weighted shares are of no count.
    """
    if not n > 0:
        return None
    known = [int(float(str(row["value"]))) for row in printed if row]
    if len(known) == len(texts):
        return known
    if definition == WEIGHTED:
        return None
    possible = [counts(text, int(n)) for text in texts]
    return [fit[0] for fit in possible] if all(len(fit) == 1 for fit in possible) else None


def _mean(
    points: Mapping[str, float], parts: Mapping[str, Row], people: Mapping[str, Row]
) -> Row | None:
    """The mean score of the options that have points, each by its share of these answers."""
    if not points or not points.keys() <= parts.keys():
        return None
    exact = points.keys() <= people.keys()
    held = people if exact else parts
    weights = {one: Fraction(str(number(str(held[one]["printed"])))) for one in points}
    whole = sum(weights.values())
    if not whole:
        return None
    value = sum(Fraction(str(points[one])) * weight for one, weight in weights.items()) / whole
    like = parts[next(iter(points))]
    same = {name: like[name] for name in (*_SAME, "n")} | {"unit": "点", "category": "score"}
    flag = "" if exact else "rounded_inputs"
    return indicator_row(str(like["indicator"]), value, 2, **same, flag=flag)


_SAME = ("fiscal_year", "breakdown", "group", "unit", "source", "definition")


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
        if {"positive", "negative"} <= parts.keys() and "neutral" not in parts:
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
    same = {name: like[name] for name in (*_SAME, "n")}
    said = {"indicator": like["indicator"], "category": "neutral", **columns}
    indicator = str(said.pop("indicator"))
    return indicator_row(
        indicator, Fraction(str(value)), decimals, **same, **said, flag="rounded_inputs"
    )
