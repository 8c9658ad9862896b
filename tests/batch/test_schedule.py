"""Order, independence, and three tries."""

import random

import pytest

from helpers.batch.outcome import DONE, FAILED, Outcome
from helpers.batch.schedule import TRIES, Schedule


def end_all(schedule: Schedule, workers: int, chance: random.Random) -> list[tuple[str, int]]:
    """Run everything with some workers, ends in a random order; the order of beginnings."""
    begun, running = [], []
    while schedule:
        while len(running) < workers and (edition := schedule.start()):
            begun.append(edition)
            running.append(edition)
        city, year = running.pop(chance.randrange(len(running)))
        schedule.end(Outcome(city, year, chance.choice((DONE, FAILED))))
    return begun


@pytest.mark.parametrize("seed", range(20))
def test_years_of_a_city_follow_one_another(seed):
    chance = random.Random(seed)
    editions = {(f"c{chance.randrange(9)}", 2020 + chance.randrange(6)) for _ in range(30)}
    schedule = Schedule(editions)
    begun = end_all(schedule, chance.randint(1, 12), chance)
    assert sorted(begun) == sorted(editions)  # each once
    for city in {city for city, _ in editions}:
        years = [year for other, year in begun if other == city]
        assert years == sorted(years)
    assert {outcome.edition for outcome in schedule.outcomes} == editions


def test_a_year_waits_for_the_one_before_and_no_other_city():
    schedule = Schedule([("a", 2024), ("a", 2025), ("b", 2025)])
    assert {schedule.start(), schedule.start()} == {("a", 2024), ("b", 2025)}
    assert schedule.start() is None
    schedule.end(Outcome("b", 2025, DONE))
    assert schedule.start() is None
    schedule.end(Outcome("a", 2024, FAILED))  # failing stops nothing
    assert schedule.start() == ("a", 2025)


def test_the_longest_chain_goes_first():
    schedule = Schedule([("a", 2025), ("b", 2023), ("b", 2024), ("b", 2025)])
    assert schedule.start() == ("b", 2023)


def test_three_tries_and_then_a_sentence():
    schedule = Schedule([("a", 2024), ("a", 2025)])
    for _ in range(TRIES - 1):
        assert schedule.start() == ("a", 2024)
        assert schedule.lost(("a", 2024)) is None
    assert schedule.start() == ("a", 2024)
    outcome = schedule.lost(("a", 2024))
    assert outcome is not None
    assert (outcome.state, outcome.tries) == (FAILED, 3)
    assert "citypromo run a 2024" in outcome.said
    assert schedule.start() == ("a", 2025)
    assert schedule.lost(("a", 2025)) is None  # its own tries
    assert len(schedule) == 1
