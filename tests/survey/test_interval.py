"""Margins of error as public bodies printed them, and intervals at their limits."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle_files import ORACLE

from helpers.survey import interval, published

MOE = pd.read_csv(ORACLE / "exact_published_moe.csv", dtype={"printed_moe": "str"})
DECIMALS = {"cabinet_office_srs": 1, "isehara_h27_srs": 2, "prefecture_two_stage": 1}


def test_there_are_121_printed_margins() -> None:
    assert len(MOE) == 121


@pytest.mark.parametrize(
    "row", list(MOE.itertuples(index=False)), ids=lambda r: f"{r.source}-{r.n}-{r.share_pct}"
)
def test_printed_margin_of_error(row) -> None:
    moe = 100 * float(interval.margin_of_error(row.share_pct / 100, row.n, z=row.z, deff=row.deff))
    digits = DECIMALS[row.source]
    exact = Decimal(repr(round(moe, digits + 9)))
    printed = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    assert printed == Decimal(row.printed_moe)
    assert moe == pytest.approx(row.computed_moe, abs=6e-7)


def test_finite_population_correction() -> None:
    with_fpc = float(interval.margin_of_error(0.5, 1000, population=176_000))
    assert with_fpc / float(interval.margin_of_error(0.5, 1000)) == pytest.approx(0.997, abs=5e-4)
    assert float(interval.margin_of_error(0.5, 1000, population=1000)) == 0.0


@settings(deadline=None)
@given(st.integers(1, 500), st.data())
def test_share_intervals_contain_the_share_and_mirror(n: int, data) -> None:
    x = data.draw(st.integers(0, n))
    pairs = [
        (interval.wilson(x / n, n), interval.wilson((n - x) / n, n)),
        (interval.clopper_pearson(x, n), interval.clopper_pearson(n - x, n)),
    ]
    for (low, high), (other_low, other_high) in pairs:
        assert 0 <= low <= x / n <= high <= 1
        assert float(low) == pytest.approx(1 - float(other_high), abs=1e-9)
        assert float(high) == pytest.approx(1 - float(other_low), abs=1e-9)


@given(st.integers(1, 300), st.data())
def test_net_interval_stays_in_range(n: int, data) -> None:
    up = data.draw(st.integers(0, n))
    down = data.draw(st.integers(0, n - up))
    low, high = interval.adjusted_wald(up, down, n)
    assert -1 <= low < high <= 1


def test_quantiles_and_p() -> None:
    assert float(interval.quantile(0.95)) == pytest.approx(1.959963984540054)
    assert float(interval.quantile(0.95, 9)) == pytest.approx(2.2621571627409915)
    assert np.isnan(interval.quantile(0.95, 0))
    assert float(interval.p_value(2.2621571627409915, 1, 9)) == pytest.approx(0.05)
    assert interval.t_interval(0.9, 0.5, 50, limits=(-1, 1))[1] == 1.0


def test_korn_graubard_is_conservative_and_takes_zero() -> None:
    low, high = interval.korn_graubard(0.2, 0.04, 100, 99)
    narrow = interval.wilson(0.2, 100)
    assert low < narrow[0]
    assert high > narrow[1]
    assert interval.korn_graubard(0.0, 0.0, 30, 29)[0] == 0.0


@pytest.mark.parametrize(
    ("correlation", "halves"),
    [
        (0.0, [245, 173, 142, 123, 100]),
        (0.35, [319, 226, 184, 160, 130]),
        (0.5, [346, 245, 200, 173, 141]),
    ],
)
def test_error_of_the_printed_mgap(correlation: float, halves: list[int]) -> None:
    """The table of methods 1.4: the shares of the seed report, population 20.7万."""
    shares = [(0.30, 0.38), (0.14, 0.67), (0.61, 0.19)]
    for n, half in zip([500, 1000, 1500, 2000, 3000], halves, strict=True):
        variances = [float(published.net_variance(t, b, n)) for t, b in shares]
        assert 1.96 * 2070 * published.sum_se(variances, correlation) == pytest.approx(half, abs=1)
    low, high = published.sum_se_range(
        [float(published.net_variance(t, b, 1000)) for t, b in shares]
    )
    assert (2070 * low, 2070 * high) == pytest.approx((88, 153), abs=0.6)
    with pytest.raises(ValueError, match="not possible"):
        published.sum_se([1, 1, 1], -0.6)
