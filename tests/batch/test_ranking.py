"""Ranks: against the definition by hand, and against chance."""

import numpy as np
import pytest

from helpers.batch.ranking import Z_95, RankRange, rank_ranges

NONE = float("nan")


def test_counted_numbers_are_ranked_and_ties_share():
    none = [NONE] * 4
    assert rank_ranges([5.0, 7.0, 5.0, 1.0], none, none) == [
        RankRange(2, 3),
        RankRange(1, 1),
        RankRange(2, 3),
        RankRange(4, 4),
    ]


def test_cities_that_cannot_be_told_apart_share_a_range():
    # 50 ± 3 and 53 ± 3: the difference 3 ± 4.24 has zero in it, though each is outside the other.
    values, arm = [50.0, 53.0, 80.0], 3.0
    found = rank_ranges(values, [v - arm for v in values], [v + arm for v in values])
    assert [str(each) for each in found] == ["2–3", "2–3", "1"]


def test_overlapping_intervals_are_not_what_decides():
    # 50 ± 3 and 55 ± 3 overlap, but the difference 5 ± 4.24 is not zero (a pair: no adjustment).
    found = rank_ranges([50.0, 55.0], [47.0, 52.0], [53.0, 58.0])
    assert [str(each) for each in found] == ["2", "1"]


def test_the_arms_that_face_each_other_count():
    # Down from the higher 1, up from the lower 6: 5 < √37. The far arms do not matter.
    assert [r.first for r in rank_ranges([50, 55], [30, 54], [56, 80])] == [1, 1]
    # Long arms on the far sides: 5 > √2.
    assert [r.first for r in rank_ranges([50, 55], [44, 54], [51, 80])] == [2, 1]


def test_more_cities_make_it_harder():
    pair = rank_ranges([50, 55], [47, 52], [53, 58])
    many = rank_ranges([50, 55, *[52.5] * 30], [47, 52, *[40] * 30], [53, 58, *[65] * 30])
    assert str(pair[1]) == "1"
    assert many[1] == RankRange(1, 32)


def test_nothing_to_rank():
    assert rank_ranges([], [], []) == []


@pytest.mark.parametrize("spread", [0.0, 1.0, 4.0])
def test_every_true_rank_lies_in_its_range_nineteen_times_of_twenty(spread):
    random = np.random.default_rng(3)
    draws, held = 400, 0
    for _ in range(draws):
        truth = random.normal(50, spread, 12)
        se = random.uniform(0.5, 3.0, 12)
        seen = random.normal(truth, se)
        ranges = rank_ranges(seen, seen - Z_95 * se, seen + Z_95 * se)
        # The ranks that a true value may claim: ties (spread 0) may claim any among them.
        best = 1 + (truth[None, :] > truth[:, None] + 1e-12).sum(axis=1)
        worst = 12 - (truth[None, :] < truth[:, None] - 1e-12).sum(axis=1)
        held += all(
            r.first <= w and r.last >= b for r, b, w in zip(ranges, best, worst, strict=True)
        )
        if spread == 0.0:
            held -= any(str(r) != "1–12" for r in ranges)  # none may be told apart
    # 95 % and four standard errors of 400 draws below; with no truth to find it holds as well.
    assert held / draws >= 0.95 - 4 * (0.95 * 0.05 / draws) ** 0.5
