"""Printed numbers held against one another, on values that vary and not on one case alone."""

import random

import pytest
from english import english, japanese_in

from helpers.edition import PrintedTable
from helpers.reading.consistency import inconsistent, judge, total
from helpers.rounding import printed

GROUPS = ["18-29", "30-39", "40-49", "50-59", "60-69", "70+"]


def row(text, *, group="total", category="positive", unit="%", indicator="attachment", **more):
    """One printed number; its place is its group and category."""
    breakdown = more.pop("breakdown", "total" if group == "total" else "age_group")
    key = {"table": "t", "fiscal_year": 2025, "definition": "", "indicator": indicator}
    key |= {"breakdown": breakdown, "group": group, "category": category, "unit": unit}
    where = f"p.csv {indicator}.{group}.{category}"
    return key | {"printed": text, "value": float(text), "where": where} | more


def found(rows, **table):
    problems = list(inconsistent(rows, {"t": PrintedTable(source="s", **table)}))
    assert not [english(p) for p in problems if japanese_in(english(p))]
    return problems


def by_age(whole, *texts, **more):
    pairs = zip(GROUPS, texts, strict=False)
    return [row(whole, **more), *(row(text, group=group, **more) for group, text in pairs)]


@pytest.mark.parametrize("unit", ["%", "％"])
@pytest.mark.parametrize(("text", "wrong"), [("187.0", 1), ("100.1", 1), ("-0.1", 1), ("100.0", 0)])
def test_a_share_lies_between_0_and_100_in_either_spelling(unit, text, wrong):
    problems = found([row(text, unit=unit)])
    assert len(problems) == wrong
    assert all("0〜100" in str(problem) for problem in problems)


@pytest.mark.parametrize(("text", "wrong"), [("32.56", 1), ("0.9", 1), ("5.01", 1), ("5.0", 0)])
def test_an_index_lies_on_its_scale(text, wrong):
    assert len(found([row(text, unit="点", scale=(1, 5))])) == wrong
    assert found([row("164.6", category="actual", scale=(0, 1000))]) == []


@pytest.mark.parametrize("seed", range(8))
def test_an_index_with_a_slipped_point_stands_out_without_a_scale(seed):
    rng = random.Random(seed)
    texts = [printed(rng.uniform(2.1, 4.4), 2) for _ in range(rng.randint(6, 20))]
    rows = [
        row(text, group=f"f{i}", breakdown="field", category="score", unit="点")
        for i, text in enumerate(texts)
    ]
    assert found(rows) == []
    at = rng.randrange(len(rows))
    slipped = texts[at].replace(".", "")
    rows[at] |= {"printed": f"{slipped[:2]}.{slipped[2:]}", "value": float(texts[at]) * 10}
    others = [float(t) for i, t in enumerate(texts) if i != at]
    problems = [p for p in found(rows) if min(others) <= float(texts[at]) <= max(others)]
    assert [p.where for p in problems if "だけが" in str(p)] == (
        [rows[at]["where"]] if min(others) <= float(texts[at]) <= max(others) else []
    )


def test_18_7_for_81_7_is_found_through_groups_or_whole():
    texts = ["79.3", "80.1", "81.7", "84.0", "85.5", "86.2"]
    assert found(by_age("82.8", *texts)) == []
    (problem,) = found(by_age("82.8", *texts[:2], "18.7", *texts[3:]))
    assert "40-49" in problem.where
    assert "81.7" in str(problem)
    (problem,) = found(by_age("18.7", *texts))
    assert "81.7" in str(problem)


def test_18_7_for_81_7_is_found_through_the_sum():
    # 81.7 + 18.3 = 100: positive and negative of people who all answered
    rows = by_age("80.0", "81.7", "78.0", "80.2", "83.1", "79.0", "79.9")
    rows += by_age("20.0", "18.3", "22.0", "19.8", "16.9", "21.0", "20.1", category="no")
    rows = [one | {"category": "yes"} if one["category"] == "positive" else one for one in rows]
    assert found(rows) == []
    rows[0] |= {"printed": "75.3", "value": 75.3}
    messages = "".join(str(p) for p in found(rows))
    assert "75.3, 20.0 の合計" in messages


@pytest.mark.parametrize("options", range(2, 9))
def test_a_sum_may_miss_100_by_half_a_unit_for_each_number(options):
    """k numbers of one decimal: 100 ± k·0.05, the end above excluded (halves round up)."""
    each = round(100 / options, 1)
    texts = [f"{each:.1f}"] * (options - 1)
    rest = 100 - sum(float(text) for text in texts)
    for units, fits in ((0, True), (options // 2 + 1, False), (-options // 2 - 1, False)):
        last = f"{rest + units / 10:.1f}"
        assert (100 in total([*texts, last])) == fits, (options, units)
        assert bool(list(judge("w", [*texts, last], None, complete=True))) != fits


def test_five_options_may_sum_to_99_75_or_more():
    assert total(["20.0"] * 5).low == 100 - 5 * 0.05 == 99.75
    assert not list(judge("w", ["19.9", "20.0", "20.0", "20.0", "19.9"], None, complete=True))
    assert list(judge("w", ["19.9", "20.0", "19.9", "20.0", "19.9"], None, complete=True))


def options(*sets):
    return [
        row(text, group=group, category=str(i))
        for group, texts in zip(["total", *GROUPS], sets, strict=False)
        for i, text in enumerate(texts, start=1)
    ]


def test_options_of_which_most_groups_sum_to_100_must_all():
    good = [["30.0", "40.0", "29.9"], ["31.0", "40.0", "29.0"], ["28.0", "41.0", "31.0"]]
    assert found(options(*good)) == []
    (problem,) = found(options(*good, ["30.0", "49.0", "30.0"]))
    assert problem.severity == "error"
    assert "109" in str(problem)
    several = [["60.0", "70.0", "9.0"], ["61.0", "50.0", "9.0"], ["62.0", "30.0", "19.0"]]
    assert found(options(*several)) == []  # several answers: any sum


def test_options_that_edition_yml_names_must_sum_to_100():
    (problem,) = found(options(["30.0", "40.0", "25.0"]), shares=["1", "2", "3"])
    assert problem.severity == "error"
    assert found(options(["30.0", "40.0", "30.1"]), shares=["1", "2", "3"]) == []
    (problem,) = found(options(["30.0", "40.0", "30.9"]))
    assert problem.severity == "warning"


@pytest.mark.parametrize(
    ("whole", "wrong"),
    [("85.9", 1), ("86.4", 1), ("86.5", 0), ("87.2", 0), ("88.0", 0), ("88.1", 1), ("88.9", 1)],
)
def test_a_whole_lies_between_its_groups(whole, wrong):
    rows = by_age(whole, "86.5", "87.0", "88.0", "87.5", "86.9", "87.1")
    problems = found(rows)
    assert len(problems) == wrong
    assert all(p.severity == "error" and "86.5〜88.0" in str(p) for p in problems)
    assert found(rows, covers=False) == []


def test_groups_that_do_not_cover_everybody_say_nothing_of_the_whole():
    assert found(by_age("72.5", "48.0", "68.8", "69.7")) == []  # the youngest three only
    sexes = [row("85.9"), row("86.5", group="female", breakdown="sex")]
    sexes.append(row("88.0", group="male", breakdown="sex"))
    (problem,) = found(sexes)
    assert problem.severity == "warning"  # there may be people of no or another sex
    bases = [row(n, group=g, breakdown=b, indicator="base", category="", unit="人")
             for n, g, b in (("500", "total", "total"), ("260", "female", "sex"),
                             ("240", "male", "sex"))]  # fmt: skip
    errors = [p for p in found(sexes + bases) if "外です" in str(p)]
    assert [p.severity for p in errors] == ["error"]
    bases[2] |= {"printed": "230", "value": 230.0}
    assert not [p for p in found(sexes + bases) if "外です" in str(p)]
