"""mGAP 修正地域参画総量指標: the willingness to recommend, participate and thank, times population.

Per person and question, 8–10 points count +1 and 0–5 points −1; the mean in % is the modified
NPS. The amount of intent is the modified NPS times the population in 万人, mGAP the sum of the
three. One point of mGAP is 100 net person-intents: neither persons nor per cent.
Source: 河井孝仁 (2018), 東海大学紀要 108; KAKENHI 18K11995.
"""

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from helpers.edition import Edition
from helpers.indicators.rows import Row, indicator_row
from helpers.intervals import Interval
from helpers.problems import InputError, Message, listed
from helpers.rounding import number, printed

QUESTIONS = ("recommend", "participate", "thank")
UNIT = "万人・ポイント"
_TABLE = ("share_0_5", "share_8_10", "modified_nps")
HALF_A_TABLE = Message(
    "mGAP の表に {missing} がありません",
    remedy="printed_tables.csv にその数値の行を足すか、edition.yml の printed_tables で行と列の"
    "意味を確かめてください（人口の単位は万人）",
    en="the mGAP table lacks {missing}. → add these numbers to printed_tables.csv, or look at what "
    "edition.yml says of its rows and columns (the population is in units of 10,000)",
)


def city_method(
    differences: Mapping[str, Decimal], population: Decimal
) -> tuple[dict[str, Decimal], Decimal]:
    """The way the cities print mGAP: from differences already rounded to whole points.

    Args:
        differences: modified NPS of each question in points, as printed.
        population: in 万人, as printed.

    Returns:
        The amount of intent of each question, and their sum.
    """
    amounts = {question: value * population for question, value in differences.items()}
    return amounts, sum(amounts.values(), Decimal(0))


def unrounded_bounds(
    printed_rows: Mapping[str, tuple[str, str, str]], population: Interval
) -> Interval:
    """What the unrounded mGAP behind a printed table can be (methods 3.2).

    Args:
        printed_rows: for each question the printed shares of 8–10 and of 0–5 points and the
            printed difference.
        population: in 万人; exact, or what its printed form allows.

    Raises:
        ValueError: a difference contradicts its shares even with rounding.
    """
    total = Interval.exactly(0)
    for question, (top, bottom, difference) in printed_rows.items():
        of_shares = Interval.of_printed(top) - Interval.of_printed(bottom)
        joint = of_shares & Interval.of_printed(difference)
        if joint is None:
            raise ValueError(f"{question}: 差分 {difference} は {top} − {bottom} と合いません。")
        total += joint
    return total * population


def questions_of(edition: Edition) -> list[str]:
    """The questions that the mGAP of an edition's document is made of, as it is described."""
    if formula := edition.formulas.get("mgap"):
        return list(formula.questions)
    tables = edition.printed_tables.values()
    axes = [(table.described_rows, table.described_columns) for table in tables]
    parts = [
        [str(part.category) for part in axis.values() if part.category]
        for pair in axes
        for axis, other in (pair, pair[::-1])
        if {part.indicator for part in other.values()} & {*_TABLE}
    ]
    return [question for axis in parts for question in axis]


def published_mgap_rows(rows: list[Row], asked: Sequence[str] = ()) -> list[Row]:
    """What follows from a published mGAP table.

    Args:
        rows: published rows of ``share_0_5``, ``share_8_10``, ``modified_nps`` (by question) and
            ``population`` in 万人.
        asked: the questions that it is made of, where that is described.

    Returns:
        The differences and mGAP as the printed shares alone give them (``from_shares``), and the
        bounds of the unrounded mGAP, with the population taken as exact and as rounded. Nothing
        where the document has no mGAP table at all.

    Raises:
        InputError: the table has some of its numbers and lacks others.
    """
    found = [str(row["category"]) for row in rows if row["indicator"] in _TABLE]
    if not found:
        return []
    questions = list(dict.fromkeys([*asked, *found]))
    _refuse_half_a_table(rows, questions)
    text = {(str(row["indicator"]), str(row["category"])): str(row["printed"]) for row in rows}
    like = next(row for row in rows if row["indicator"] == "modified_nps")
    same = {name: like[name] for name in ("fiscal_year", "source", "breakdown", "group")}
    table = {
        q: (text["share_8_10", q], text["share_0_5", q], text["modified_nps", q]) for q in questions
    }
    population = next(
        str(r["printed"]) for r in rows if r["unit"] == "万人" and r["indicator"] == "population"
    )
    people = number(population)
    differences = {q: number(top) - number(bottom) for q, (top, bottom, _) in table.items()}
    amounts, total = city_method(differences, people)
    naive = {**same, "definition": "from_shares", "flag": "rounded_inputs"}
    derived = []
    for question, (top, bottom, _) in table.items():
        bounds = Interval.of_printed(top) - Interval.of_printed(bottom)
        value, amount = differences[question], amounts[question]
        ends: Row = {"low": float(bounds.low), "high": float(bounds.high)}
        derived += [
            indicator_row(
                "modified_nps", value, category=question, unit="ポイント", **ends, **naive
            ),
            indicator_row("intent_amount", amount, 1, category=question, unit=UNIT, **naive),
        ]
    derived.append(indicator_row("mgap", total, 1, category="total", unit=UNIT, **naive))
    kinds = (
        ("bounds_population_exact", Interval.exactly(Fraction(people))),
        ("bounds_population_rounded", Interval.of_printed(population)),
    )
    for definition, size in kinds:
        derived.append(_bounds_row(unrounded_bounds(table, size), definition, same))
    return derived


def _refuse_half_a_table(rows: list[Row], questions: list[str]) -> None:
    known = {(str(row["indicator"]), str(row["category"])) for row in rows}
    missing = [f"{name}.{q}" for q in questions for name in _TABLE if (name, q) not in known]
    if not any(row["indicator"] == "population" and row["unit"] == "万人" for row in rows):
        missing.append("population")
    if missing:
        raise InputError(HALF_A_TABLE.at("printed_tables", missing=listed(missing)))


def _bounds_row(bounds: Interval, definition: str, same: Row) -> Row:
    low, high = float(bounds.low), float(bounds.high)
    # Rounded outwards: what they promise holds, and no decimal shows that mGAP does not have.
    ends = math.floor(bounds.low * 10), math.ceil(bounds.high * 10)
    return indicator_row(
        "mgap_unrounded",
        None,
        category="total",
        printed="〜".join(printed(Fraction(end, 10), 1) for end in ends),
        unit=UNIT,
        low=low,
        high=high,
        definition=definition,
        flag="rounded_inputs",
        **same,
    )
