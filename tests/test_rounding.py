import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.rounding import (
    decimals_of,
    number,
    printed,
    round_half_up,
    share_half_up,
)

ORACLE = Path(__file__).parent / "oracle" / "exact_rounding_half_up.csv"
with ORACLE.open(encoding="utf-8") as file:
    CASES = list(csv.DictReader(file))


def test_the_oracle_is_there():
    assert len(CASES) == 444


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['k']}/{c['n']}@{c['decimals']}")
def test_shares_of_counts_round_half_away_from_zero(case):
    k, n, decimals = int(case["k"]), int(case["n"]), int(case["decimals"])
    expected = Decimal(case["pct_half_away_from_zero"])
    assert Decimal(int(share_half_up(k, n, decimals))).scaleb(-decimals) == expected
    assert round_half_up(Fraction(100 * k, n), decimals) == expected
    # The float path drops the binary dust: 23/40 is 57.49999999999999 and means 57.5.
    assert round_half_up(k / n * 100, decimals) == expected


def test_differences_round_by_their_size():
    # −17/200 = −8.5 % goes away from zero, to −9; 1/8 = 12.5 % to 13, where round() gives 12.
    assert list(share_half_up([-17, 1], [200, 8])) == [-9, 13]


def test_an_empty_base_is_an_error():
    with pytest.raises(ValueError, match="base"):
        share_half_up(1, 0)


@given(st.integers(-10_000, 10_000), st.integers(1, 10_000), st.integers(0, 3))
def test_vectors_and_fractions_agree(k, n, decimals):
    whole = int(share_half_up(np.array([k]), np.array([n]), decimals)[0])
    assert Decimal(whole).scaleb(-decimals) == round_half_up(Fraction(100 * k, n), decimals)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (-1097.1, 1, "−1097.1"),
        (Fraction(-1, 30), 1, "0.0"),  # no −0.0
        (-0.5, 0, "−1"),
        (Decimal("48"), 1, "48.0"),
        (1234567, 0, "1234567"),
        (None, 0, ""),
        (float("nan"), 1, ""),
    ],
)
def test_printed_forms(value, decimals, text):
    assert printed(value, decimals) == text


def test_a_printed_number_reads_back_with_its_decimals():
    assert number("−1,097.10") == Decimal("-1097.10")
    assert (decimals_of("48.0"), decimals_of("48")) == (1, 0)
    with pytest.raises(ValueError, match="数値"):
        number("四十八")


def test_infinity_is_refused():
    with pytest.raises(ValueError, match="inf"):
        round_half_up(float("inf"))
