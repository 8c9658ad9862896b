"""Intervals at their limits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.survey import interval


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
