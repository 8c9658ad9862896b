"""Printed tables made from counts: however honest rounding goes, none of them is accused."""

from fractions import Fraction
from random import Random

import pytest
from courtroom import edition, row
from test_claim_mutations import COLUMNS, NAMES, half_up, tables_of

from helpers.audit.auditing import audit_published
from helpers.audit.mgap_table import holds_together
from helpers.intervals import Interval
from helpers.sentences.evidence import Evidence
from helpers.sentences.verdict import FALSE, ROUNDING, TRUE


def printed(random: Random, rounded_first: bool, decimals: int) -> list[dict]:
    """A table of mGAP from counts of 1,000 answers and a population, as a city prints it."""
    people = Fraction(random.randrange(206500, 207500), 10_000)
    shown = Fraction(half_up(people, 1))
    cells, amounts = {("population", ""): half_up(people, 1)}, []
    for name in NAMES:
        top = random.randrange(50, 900)
        bottom = random.randrange(10, 1000 - top)
        shares = Fraction(top, 10), Fraction(bottom, 10)
        net = shares[0] - shares[1]
        printed_net = Fraction(half_up(net, decimals).replace("−", "-"))
        amounts.append(printed_net * shown if rounded_first else net * people)
        texts = (*(half_up(s, decimals) for s in shares), half_up(net, decimals))
        cells |= dict(
            zip(((c, name) for c in COLUMNS), (*texts, half_up(amounts[-1], 1)), strict=True)
        )
    cells["mgap", "total"] = half_up(sum(amounts), 1 if rounded_first else 0)
    units = {"population": "万人", "mgap": "万人・ポイント", "intent_amount": "万人・ポイント"}
    return [
        row(c, 2025, text, units.get(c, "%"), category=n, definition="city_method")
        for (c, n), text in cells.items()
    ]


@pytest.mark.parametrize("decimals", [0, 1])
@pytest.mark.parametrize("rounded_first", [True, False])
def test_an_honest_table_is_not_accused(rounded_first, decimals):
    random, verdicts = Random(7), set()
    for _ in range(40):
        rows = printed(random, rounded_first, decimals)
        found = tables_of(rows)
        assert FALSE not in found, [(r["indicator"], r["category"], r["printed"]) for r in rows]
        verdicts |= found
    assert verdicts == {TRUE, ROUNDING}


def test_a_table_that_no_numbers_fit_is_found_though_each_row_does():
    """Each 差分 fits its shares, each 意欲量 its 差分, but not both at once.

    61 − 19 leaves (41, 43) and the 差分 41 leaves (41, 41.5). An amount made of an unrounded
    difference above 41 and of 20.65 or more is above 846.65: 845.0 says it was below.
    """
    cells = {}
    for name in NAMES:
        texts = ("61", "19", "41", "845.0")
        cells |= {f"{c}.{name}": t for c, t in zip(COLUMNS, texts, strict=True)}
    cells |= {"population": "20.7", "mgap": "2535"}
    assert not holds_together(numbers(cells), Interval.of_printed("20.7"))
    for name in NAMES:
        cells[f"intent_amount.{name}"] = "850.0"
    cells["mgap"] = "2550"
    assert holds_together(numbers(cells), Interval.of_printed("20.7"))


def test_the_total_must_fit_the_amounts_that_the_shares_allow():
    """Unrounded amounts of 850.0 print between 2,549.85 and 2,550.15 together: never 2,551."""
    cells = {}
    for name in NAMES:
        texts = ("61", "19", "41", "850.0")
        cells |= {f"{c}.{name}": t for c, t in zip(COLUMNS, texts, strict=True)}
    cells |= {"population": "20.7", "mgap": "2551"}
    assert not holds_together(numbers(cells), Interval.of_printed("20.7"))


def numbers(cells: dict[str, str]):
    units = {"population": "万人", "mgap": "万人・ポイント", "intent_amount": "万人・ポイント"}
    made = {}
    for name, text in cells.items():
        indicator, _, category = name.partition(".")
        unit = units.get(indicator, "%")
        known = Evidence([row(indicator, 2025, text, unit, category=category)])
        made[name] = known.series(known.keys[0], "")[2025]
    return made


def test_only_tables_that_the_edition_prints_are_audited():
    """The edition of 2025 prints the table of 2024; that of 2023 was audited in its own year."""
    tables = [
        f.sentence.ja for f in audit_published(edition("mihon")).findings if f.kind == "table"
    ]
    assert tables and all("2024年度" in sentence for sentence in tables)
