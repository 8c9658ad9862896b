"""What tells of few people is merged, told by roles, or hidden; the attack holds each of them."""

import numpy as np
import pandas as pd
import pytest

from helpers.survey.disclosure import Part, protect
from helpers.tables import Disclosure

AGES = ["18-19", "20-29", "30-39", "40-49"]
LADDER = {"age": AGES}


def people(counts: dict[str, tuple[int, ...]]) -> tuple[pd.DataFrame, list[Part]]:
    """Respondents by group: how many gave the answers 1, 2 (yes), 3 (neither), 4, 5 (no)."""
    groups = [g for g, ks in counts.items() for k in ks for _ in range(k)]
    answers = np.array([a for ks in counts.values() for a, k in enumerate(ks, 1) for _ in range(k)])
    frame = pd.DataFrame({"age": pd.Categorical(groups, categories=list(counts))})
    roles = {"positive": [1, 2], "neutral": [3], "negative": [4, 5]}
    parts = [
        Part(("like", name), "like", False, np.isin(answers, codes).astype(float))
        for name, codes in {**roles, **{str(a): [a] for a in range(1, 6)}}.items()
        for name in [name]
    ]
    single = {str(a) for a in range(1, 6)}
    return frame, [Part(p.key, p.question, p.key[1] in single, p.values) for p in parts]


BIG = (20, 20, 20, 20, 20)


def test_nothing_happens_where_many_gave_every_answer():
    frame, parts = people(dict.fromkeys(AGES, BIG))
    safe = protect(frame, parts, ["age"], ladders=LADDER)
    assert (safe.merged, safe.roles, safe.nowhere, safe.hidden) == ({}, set(), set(), set())


def test_a_thin_class_is_merged_with_the_smaller_neighbour():
    frame, parts = people(dict(zip(AGES, [BIG, (9,) * 5, (1, 1, 4, 1, 1), (8,) * 5], strict=True)))
    safe = protect(frame, parts, ["age"], ladders=LADDER)
    assert safe.merged == {("age", "30-39_to_40-49"): ("30-39", "40-49")}
    assert list(safe.frame["age"].cat.categories) == ["18-19", "20-29", "30-39_to_40-49"]
    assert safe.hidden == set()


def test_a_city_names_its_merged_class_and_says_which():
    frame, parts = people(dict(zip(AGES, [BIG, (1, 1, 4, 1, 1), (8,) * 5, BIG], strict=True)))
    merging = {"age": {"young": ["18-19", "20-29"]}}
    safe = protect(frame, parts, ["age"], ladders=LADDER, merging=merging)
    assert safe.merged == {("age", "young"): ("18-19", "20-29")}


def test_single_answers_of_few_give_way_to_roles_in_all_groups():
    """Two of 18–19 answered 5: no group's single answers are told, nobody is merged or hidden."""
    frame, parts = people({**dict.fromkeys(AGES, BIG), "18-19": (20, 20, 20, 18, 2)})
    safe = protect(frame, parts, ["age"], ladders=LADDER)
    assert safe.roles == {("like", "age")}
    assert (safe.merged, safe.hidden) == ({}, set())
    assert safe.hides("like", "age", "5")
    assert not safe.hides("like", "age", "3")  # neutral by itself
    assert not safe.hides("like", "age", "positive")


def test_groups_without_an_order_are_hidden_two_at_least():
    frame, parts = people({"east": BIG, "west": (2, 2, 1, 2, 2), "south": (9,) * 5})
    safe = protect(frame, parts, ["age"])
    assert safe.hidden == {("age", "west"), ("age", "south")}
    reasons = safe.flags.set_index("group")["reason"]
    assert (reasons["west"], reasons["south"], reasons["east"]) == ("primary", "secondary", "")


def test_more_is_hidden_until_every_answer_has_three_values():
    """With west the next smallest, south, would leave nobody for no: north does it instead."""
    yes = (20, 20, 20, 0, 0)
    counts = {"east": BIG, "west": (2, 2, 4, 0, 0), "south": yes, "north": (20, 20, 20, 5, 5)}
    frame, parts = people(counts)
    safe = protect(frame, parts, ["age"])
    assert safe.hidden == {("age", "west"), ("age", "north")}


def test_an_answer_that_hardly_anybody_gave_is_told_nowhere():
    """One of all answered 5: told of nobody, and 4 with it, whose sum no is told."""
    counts = {"east": (20, 20, 20, 10, 1), "west": (20, 20, 20, 12, 0)}
    frame, parts = people(counts)
    safe = protect(frame, parts, ["age"])
    assert safe.nowhere == {("like", "4"), ("like", "5")}
    assert safe.hidden == set()


def test_a_stricter_city_merges_more():
    frame, parts = people({**dict.fromkeys(AGES, BIG), "18-19": (4,) * 5})
    assert protect(frame, parts, ["age"], ladders=LADDER).merged == {}
    rules = Disclosure(smallest_base=25)
    safe = protect(frame, parts, ["age"], ladders=LADDER, rules=rules)
    assert safe.merged == {("age", "18-19_to_20-29"): ("18-19", "20-29")}
    rules = Disclosure(smallest_cell=5)
    safe = protect(frame, parts, ["age"], ladders=LADDER, rules=rules)
    assert list(safe.merged) == [("age", "18-19_to_20-29")]


@pytest.mark.parametrize("seed", range(6))
def test_no_shown_group_has_a_cell_of_few(seed):
    rng = np.random.default_rng(seed)
    sizes = rng.integers(5, 120, len(AGES))
    counts = {
        a: tuple(rng.multinomial(n, [0.4, 0.3, 0.15, 0.1, 0.05]))
        for a, n in zip(AGES, sizes, strict=True)
    }
    frame, parts = people(counts)
    safe = protect(frame, parts, ["age"], ladders=LADDER)
    for group in safe.frame["age"].cat.categories:
        inside = (safe.frame["age"] == group).to_numpy()
        for part in parts:
            told = ("age", group) not in safe.hidden and not safe.hides("like", "age", part.key[1])
            k = int(part.values[inside].sum())
            assert not told or k not in (1, 2), (group, part.key, k)
            assert not told or inside.sum() >= 10
