"""What is hidden stays hidden: the attack is run on the tables that would be printed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.survey.attack import attack
from helpers.survey.design import survey_design
from helpers.survey.disclosure import hide
from helpers.survey.estimate import estimate
from helpers.survey.measure import groups, net

CATEGORIES = ["positive", "neutral", "negative", "no_answer"]
NESTED = {
    ("age6", "18-29"): [("age", "18-19"), ("age", "20-29")],
    ("age6", "30+"): [("age", "30+")],
}


def frame_of(bases: dict[tuple[str, str], int]) -> pd.DataFrame:
    rows = [(*key, n) for key, n in bases.items()]
    return pd.DataFrame(rows, columns=["breakdown", "group", "n"])


def flags(bases: dict[tuple[str, str], int], **options) -> dict[tuple[str, str], str]:
    found = hide(frame_of(bases), **options)
    return {(r.breakdown, r.group): r.flag for r in found.itertuples()}


def table_of(people: pd.DataFrame) -> pd.DataFrame:
    """Counts of the single answers in the total and in every group."""
    parts = [people.assign(breakdown="total", group="total")]
    parts += [people.assign(breakdown=b, group=people[b]) for b in people.columns if b != "answer"]
    long = pd.concat(parts)
    kind = pd.CategoricalDtype(CATEGORIES)
    counts = long.astype({"answer": kind}).groupby(["breakdown", "group", "answer"], observed=False)
    out = counts.size().rename("n").reset_index().rename(columns={"answer": "category"})
    seen = out.groupby(["breakdown", "group"])["n"].transform("sum") > 0
    return out[seen]


def bases_of(counts: pd.DataFrame) -> pd.DataFrame:
    return counts.groupby(["breakdown", "group"], sort=False)["n"].sum().reset_index()


AGE = {("age", "18-19"): 5, ("age", "20-29"): 22, ("age", "30+"): 173}


def test_one_hidden_row_takes_another_with_it() -> None:
    """The test table of methods 5: with 18–19 alone hidden everything is recovered."""
    counts = pd.concat(
        [
            frame_of(
                {
                    ("total", "total"): 90,
                    ("age", "18-19"): 2,
                    ("age", "20-29"): 10,
                    ("age", "30+"): 78,
                }
            ).assign(category="positive"),
            frame_of(
                {
                    ("total", "total"): 110,
                    ("age", "18-19"): 3,
                    ("age", "20-29"): 12,
                    ("age", "30+"): 95,
                }
            ).assign(category="negative"),
        ]
    )
    bare = attack(counts, [("age", "18-19")])
    assert (bare["low"] == bare["n"]).all()
    assert (bare["high"] == bare["n"]).all()
    assert flags({("total", "total"): 200, **AGE}) == {
        ("total", "total"): "",
        ("age", "18-19"): "suppressed",
        ("age", "20-29"): "suppressed",
        ("age", "30+"): "",
    }
    two = attack(counts, [("age", "18-19"), ("age", "20-29")])
    base = two[two["category"] == ""]
    assert base["low"].tolist() == [0, 0]
    assert base["high"].tolist() == [27, 27]


def test_thresholds() -> None:
    bases = {
        ("total", "total"): 100,
        ("g", "a"): 10,
        ("g", "b"): 29,
        ("g", "c"): 30,
        ("g", "d"): 31,
    }
    assert list(flags(bases).values()) == ["", "small_base", "small_base", "", ""]
    bases = {("total", "total"): 100, ("g", "a"): 9, ("g", "b"): 0, ("g", "c"): 30, ("g", "d"): 61}
    found = hide(frame_of(bases))
    assert found["reason"].tolist() == ["", "primary", "primary", "secondary", ""]  # 9 + 0 < 10
    bases = {("total", "total"): 100, ("g", "a"): 9, ("g", "b"): 4, ("g", "c"): 30, ("g", "d"): 57}
    assert hide(frame_of(bases))["reason"].tolist() == ["", "primary", "primary", "", ""]


def test_smallest_base_of_the_questions_decides_for_all() -> None:
    bases = {("total", "total"): 200, ("g", "a"): 11, ("g", "b"): 80, ("g", "c"): 109}
    less = frame_of(bases | {("g", "a"): 9})
    found = hide(pd.concat([frame_of(bases), less]))
    assert found.set_index("group")["flag"].to_dict()["a"] == "suppressed"
    assert len(found) == 4


def test_frame_of_estimates_fits() -> None:
    people = pd.DataFrame({"age": ["18-19"] * 5 + ["20+"] * 95, "q": [9.0, 2.0] * 50})
    found = estimate({"x": net(people["q"])}, survey_design(np.ones(100)), groups(people, ["age"]))
    assert hide(found.frame)["flag"].tolist() == ["", "suppressed", "suppressed"]


def test_a_tiny_survey_shows_nothing() -> None:
    assert set(flags({("total", "total"): 9, ("g", "a"): 4, ("g", "b"): 5}).values()) == {
        "suppressed"
    }


def test_hidden_elsewhere_is_hidden_here() -> None:
    bases = {("total", "total"): 200, ("g", "a"): 50, ("g", "b"): 60, ("g", "c"): 90}
    assert set(flags(bases).values()) == {""}
    found = flags(bases, also=[("g", "b"), ("g", "gone")])
    assert [found["g", x] for x in "abc"] == ["suppressed", "suppressed", ""]


def test_a_printed_parent_gives_nothing_away() -> None:
    """18–19 must not be hidden together with a group outside 18–29, which is printed itself."""
    bases = {
        ("total", "total"): 200,
        ("age", "18-19"): 8,
        ("age", "20-29"): 60,
        ("age", "30+"): 132,
        ("age6", "18-29"): 68,
        ("age6", "30+"): 132,
    }
    found = flags(bases, nested=NESTED)
    assert found["age", "20-29"] == "suppressed"
    assert found["age6", "18-29"] == ""


def test_combining_two_sums_is_noticed() -> None:
    """p = a+b+c and r = a+b: each sum has two dark rows, their difference gives c alone."""
    bases = {
        ("total", "total"): 300,
        ("g", "a"): 20,
        ("g", "b"): 21,
        ("g", "c"): 4,
        ("g", "d"): 255,
        ("h", "ab"): 41,
        ("h", "rest"): 259,
    }
    nested = {("h", "ab"): [("g", "a"), ("g", "b")]}
    found = flags(bases, nested=nested, also=[("g", "a"), ("g", "b")])
    dark = [key for key, flag in found.items() if flag == "suppressed"]
    counts = frame_of(bases).assign(category="all")
    ranges = attack(counts, dark, nested)
    assert (ranges["high"] - ranges["low"] >= 10 - 1e-6).all()


def test_counts_that_do_not_add_up_are_refused() -> None:
    counts = frame_of({("total", "total"): 20, ("g", "a"): 5, ("g", "b"): 5}).assign(category="x")
    with pytest.raises(ValueError, match="add the unknown"):
        attack(counts, [("g", "a")])


def test_bases_without_a_total_are_refused() -> None:
    with pytest.raises(ValueError, match="must hold the row"):
        hide(frame_of({("g", "a"): 5, ("g", "b"): 50}))


def test_people_of_unknown_class_blur_the_sums_and_need_no_protection() -> None:
    bases = {("total", "total"): 200, ("g", "a"): 5, ("g", "b"): 83, ("g", "c"): 100}
    unknown = ("g", "unknown")
    assert list(flags(bases | {unknown: 12}, unprinted=[unknown]).values()) == [
        *("", "suppressed", "", "", "")
    ]
    few = bases | {("g", "c"): 109, unknown: 3}  # 5 + 3 is not enough
    assert list(flags(few, unprinted=[unknown]).values()) == [
        "",
        "suppressed",
        "suppressed",
        "",
        "",
    ]
    none = {("total", "total"): 200, ("g", "b"): 98, ("g", "c"): 100, unknown: 2}
    assert set(flags(none, unprinted=[unknown]).values()) == {""}


def test_unknown_sex_does_not_stop_hiding() -> None:
    bases = {("total", "total"): 100, ("sex", "F"): 6, ("sex", "M"): 90}  # 4 unknown
    assert list(flags(bases).values()) == ["", "suppressed", "suppressed"]


@settings(deadline=None, max_examples=12)
@given(st.integers(0, 10**6), st.integers(15, 300))
def test_no_hidden_base_is_recovered(seed: int, n: int) -> None:
    """Random tables, three breakdowns, one nested in another; the reader knows every count."""
    rng = np.random.default_rng(seed)
    fine = rng.choice(["18-19", "20-29", "30+"], n, p=rng.dirichlet([0.6, 1, 3]))
    people = pd.DataFrame(
        {
            "age": fine,
            "age6": np.where(fine == "30+", "30+", "18-29"),
            "tenure": rng.choice(["under_1", "1-5", "5-10", "10+"], n, p=rng.dirichlet([0.5] * 4)),
            "answer": rng.choice(CATEGORIES, n, p=[0.4, 0.3, 0.25, 0.05]),
        }
    )
    counts = table_of(people)
    seen = set(zip(counts["breakdown"], counts["group"], strict=True))
    nested = {w: p for w, p in NESTED.items() if {w, *p} <= seen}
    bases = bases_of(counts)
    found = hide(bases, nested=nested)
    dark = found[found["flag"] == "suppressed"]
    hidden = list(zip(dark["breakdown"], dark["group"], strict=True))
    assert set(found[found["n"] < 10]["group"]) <= set(dark["group"])
    ranges = attack(counts, hidden, nested)
    assert (ranges["low"] <= ranges["n"] + 1e-6).all()
    assert (ranges["n"] <= ranges["high"] + 1e-6).all()
    for row in ranges[ranges["category"] == ""].itertuples():
        whole = bases[bases["breakdown"] == row.breakdown]
        if len(whole) > 1:  # a single group is the total itself
            assert row.high - row.low >= 10 - 1e-6, row
    cells = ranges[ranges["category"] != ""]
    pinned = cells[cells["high"] - cells["low"] < 1e-6]
    assert (pinned["high"] < 1e-6).all()  # only "none of these ten or more people said so"


def test_the_shortest_sum_is_completed_first() -> None:
    """Hiding 30–39, the smallest of all, would not protect 18–19 within the printed 18–29."""
    bases = {
        ("total", "total"): 300,
        ("age", "18-19"): 8,
        ("age", "20-29"): 60,
        ("age", "30-39"): 40,
        ("age", "40+"): 192,
        ("age6", "18-29"): 68,
        ("age6", "30+"): 232,
    }
    nested = {
        ("age6", "18-29"): [("age", "18-19"), ("age", "20-29")],
        ("age6", "30+"): [("age", "30-39"), ("age", "40+")],
    }
    found = flags(bases, nested=nested)
    assert [key for key, flag in found.items() if flag == "suppressed"] == [
        ("age", "18-19"),
        ("age", "20-29"),
    ]
