"""What an interval must know: who was drawn with whom, of how many, how unequally, how often.

Each of these once was changed without a test that noticed.
"""

import numpy as np
import pandas as pd
import pytest

from helpers.edition import Edition
from helpers.indicators.batteries import field_rows
from helpers.indicators.changes import change_rows
from helpers.indicators.estimated import by_source
from helpers.indicators.rows import answered_row
from helpers.indicators.wanted import scores_wanted
from helpers.indicators.wave import Wave
from helpers.indicators.weighting import thin, weighted_design
from helpers.problems import InputError
from helpers.reading.codebook import Codebook, open_codebook
from helpers.survey.design import survey_design
from helpers.survey.estimate import estimate
from helpers.survey.measure import net_sum, share

AGES = ["18-29", "30-39", "40-49", "50-59"]
QUESTIONS = ("recommend", "participate", "thank")


def codebook(**groups: list[str]) -> Codebook:
    return Codebook.model_validate(
        {
            "sources": {"post": {"file": "a.csv", "sample": "random"}},
            "groups": {
                name: {"columns": name, "classes": {one: [one] for one in classes}}
                for name, classes in groups.items()
            },
            "questions": {
                "q": {
                    "scale": "five_point",
                    "answers": {n: str(n) for n in range(1, 6)},
                    "points": {n: n for n in range(1, 6)},
                    "items": {"one": ["a"], "two": ["b"]},
                }
            },
            "residents": {
                "file": "r.csv",
                "date": "2025-10-01",
                "persons": "n",
                "groups": {name: name for name in groups},
            },
        }
    )


def people(name: str, counts: dict[str, int]) -> pd.DataFrame:
    return pd.DataFrame({name: [one for one, n in counts.items() for _ in range(n)]})


def register(name: str, counts: dict[str, int]) -> pd.DataFrame:
    return pd.DataFrame({name: list(counts), "persons": list(counts.values())})


def test_the_smallest_base_is_that_of_the_question_that_fewest_answered():
    answers = {"a": [9, 5, 7, 8], "b": [9, np.nan, np.nan, 8], "c": [1, 2, np.nan, 3]}
    found = estimate({"sum": net_sum(pd.DataFrame(answers))}, survey_design(np.ones(4)))
    assert found.row("sum")[["n", "n_min"]].to_list() == [4, 2]


def test_where_all_say_the_same_unequal_weights_still_cost():
    """Kish: (Σw)² / Σw² = 20² / 260 people; all of x say yes: the lower end is .025^(1/x)."""
    design = survey_design([1.0, 1.0, 1.0, 1.0, 16.0])
    row = estimate({"yes": share([1] * 5, [1])}, design).row("yes")
    assert (row["low"], row["high"]) == pytest.approx((0.025 ** (260 / 400), 1.0))


def test_answers_of_one_person_to_two_items_are_no_two_people():
    """Who answers both items alike tells nothing with the second: the interval is that of one."""
    frame = pd.DataFrame({"q.one": [1, 2, 3, 4, 5, 5, 2, 2, 4, 1, 1, 3] * 3})
    frame["q.two"] = frame["q.one"]
    columns = {"fiscal_year": 2025, "definition": "weighted", "source": "survey"}
    design = survey_design(np.ones(len(frame)))
    one, two, both = field_rows(frame, design, codebook(), ["q"], columns)
    assert (one["low"], one["high"]) == pytest.approx((two["low"], two["high"]))
    assert (both["low"], both["high"]) == pytest.approx((one["low"], one["high"]))


@pytest.mark.parametrize(("n", "flag"), [(9, "suppressed"), (10, "small_base"), (29, "small_base"), (30, "")])  # fmt: skip
def test_a_row_from_answers_is_hidden_or_marked_by_how_many_answered(n, flag):
    row = answered_row("q", (50.0, 40.0, 60.0), 1, n)
    assert row["flag"] == flag
    assert np.isnan(row["value"]) == (flag == "suppressed")
    assert (row["printed"] == "x") == (flag == "suppressed")


def test_the_part_of_people_has_the_error_of_the_mean_of_both_years():
    """100·mean(ΣD)·ΔP: two independent years, so half the error of their difference, times ΔP."""
    dice = np.random.default_rng(3)
    waves = []
    for year, residents in ((2024, 10.0), (2025, 9.0)):
        frame = pd.DataFrame({q: dice.integers(0, 11, 300) for q in QUESTIONS}).astype("Int64")
        frame["source"] = pd.Categorical(["resident"] * 300)
        design = survey_design(np.ones(300))
        book = open_codebook(Edition.open("mihon", 2025))
        waves.append(Wave(year, frame, book, frame, design, residents))
    rows = {r["category"]: r for r in change_rows(*waves, [], "survey")}
    each = [
        estimate({"x": net_sum(w.residents[list(QUESTIONS)])}, w.design).row("x") for w in waves
    ]
    half = 1.9639 * np.hypot(each[0]["se"], each[1]["se"])  # t with 598 df
    for name, times in (("attitude", 100 * 9.5), ("people", 100 * 1.0 / 2)):
        found = (rows[name]["high"] - rows[name]["low"]) / 2
        assert found == pytest.approx(times * half, rel=1e-3)


def test_half_of_a_small_town_leaves_half_the_variance():
    """1 − n/N: 100 of 200 people were heard (methods 1.2)."""
    book = codebook(age=AGES)
    heard, town = dict.fromkeys(AGES, 25), dict.fromkeys(AGES, 50)
    frame = people("age", heard)
    found = {}
    for size in (1, 1000):
        table = register("age", {name: n * size for name, n in town.items()})
        design = weighted_design(frame, table, book)
        found[size] = estimate({"x": np.arange(100.0) % 7}, design).row("x")["se"]
    assert (found[1] / found[1000]) ** 2 == pytest.approx(0.5, rel=1e-3)


def test_a_thin_class_is_raked_with_its_neighbour():
    """One person of 18–29 for 3,000 gave a design effect of 23.5; with 30–39 there is none."""
    book = codebook(age=AGES)
    heard = {"18-29": 1, "30-39": 80, "40-49": 100, "50-59": 120}
    frame = people("age", heard)
    town = register("age", {"18-29": 3000, "30-39": 3000, "40-49": 3000, "50-59": 3000})
    design = weighted_design(frame, town, book)
    weights = pd.Series(design.weights).groupby(frame["age"]).agg(["sum", "max"])
    assert thin(frame, town, book) == [("age", ["18-29", "30-39"])]
    assert weights.loc[["18-29", "30-39"], "sum"].sum() == pytest.approx(6000)
    assert weights.loc["18-29", "max"] == pytest.approx(6000 / 81)
    assert weights.loc["40-49", "sum"] == pytest.approx(3000)


def test_a_class_that_nobody_is_in_is_refused():
    book = codebook(age=AGES)
    frame = people("age", {"30-39": 80, "40-49": 100, "50-59": 120})
    with pytest.raises(InputError, match="weighting"):
        weighted_design(frame, register("age", dict.fromkeys(AGES, 3000)), book)


def test_classes_without_an_order_join_the_smallest_other():
    book = codebook(work=["farm", "office", "home", "school"])
    frame = people("work", {"farm": 8, "office": 200, "home": 90, "school": 31})
    town = register("work", dict.fromkeys(["farm", "office", "home", "school"], 1000))
    assert thin(frame, town, book) == [("work", ["farm", "school"])]
    assert weighted_design(frame, town, book).weights[0] == pytest.approx(2000 / 39)


def test_weights_that_raking_made_too_large_are_trimmed_and_margins_still_met():
    """40 of 600 stand for 60 % of the town: 22 times as many as the others, then five times.

    One margin alone can only be met in one way, so a second lets the trimmed weights move.
    """
    from helpers.survey.calibration import Margin
    from helpers.survey.weights import diagnose, rake, rake_trimmed

    dice = np.random.default_rng(1)
    ages = dice.choice(["young", "old"], 600, p=[0.12, 0.88])
    sexes = dice.choice(["F", "M"], 600, p=[0.9, 0.1])
    margins = [
        Margin(ages, {"young": 400.0, "old": 600.0}),
        Margin(sexes, {"F": 500.0, "M": 500.0}),
    ]
    plain, kept = (make(survey_design(np.ones(600)), margins) for make in (rake, rake_trimmed))
    assert diagnose(plain.weights).max_to_median > 5
    assert diagnose(kept.weights).max_to_median < diagnose(plain.weights).max_to_median
    sums = pd.Series(kept.weights).groupby(ages).sum()
    assert sums.to_dict() == pytest.approx({"young": 400.0, "old": 600.0})


def test_only_the_source_that_chance_drew_has_intervals():
    frame = pd.DataFrame({"source": pd.Categorical(["post"] * 50 + ["fair"] * 50)})
    frame["recommend"] = pd.array(([9, 5, 7, 8, 2] * 20), dtype="Int64")
    table = by_source(frame, scores_wanted, ["post"])
    shown = table.groupby(["breakdown", "group"])[["low", "high"]].count().sum(axis=1) > 0
    assert shown.to_dict() == {
        ("source", "fair"): False,
        ("source", "post"): True,
        ("total", "total"): False,
    }
