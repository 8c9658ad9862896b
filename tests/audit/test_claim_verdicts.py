"""Verdicts against facts that public documents print (oracle/exact_*) and cases done by hand."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from courtroom import claim, judged, row

from helpers.audit.claim import Claim
from helpers.audit.constraints import Sum, feasible, narrowed
from helpers.intervals import Interval
from helpers.sentences.verdict import FALSE, MISLEADING, OVERSTATED, ROUNDING, TRUE, UNKNOWN

ORACLE = Path(__file__).parents[1] / "oracle"


def oracle(name: str) -> list[dict[str, str]]:
    with (ORACLE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


KINDS = {
    "pct_increase": "percent",
    "ratio_pct": "ratio",
    "times": "times",
    "point_change": "points",
    "share_pct": "share_of",
}


@pytest.mark.parametrize("case", oracle("exact_claims.csv"), ids=lambda case: case["id"])
def test_printed_claims_hold_as_the_oracle_says(case):
    share = "." in case["before"]
    unit = "%" if share else "人"
    rows = [row("x", 2024, case["before"], unit), row("x", 2025, case["after"], unit)]
    text, what = case["text"].partition("(")[0], ["x.total.total"]
    if case["kind"] == "share_pct":
        what = ["part.total.total", "whole.total.total"]
        rows = [row("part", 2025, case["after"]), row("whole", 2025, case["before"])]
    found = judged(claim(KINDS[case["kind"]], text, *what), rows=rows)
    assert found.verdict == (TRUE if case["claim_holds_at_printed_decimals"] == "1" else FALSE)


def table(case: dict[str, str]) -> list[dict]:
    whole = {"definition": "city_method"}
    return [
        row("share_8_10", 2025, case["top_pct"], "%", **whole),
        row("share_0_5", 2025, case["bottom_pct"], "%", **whole),
    ]


@pytest.mark.parametrize(
    "case", oracle("exact_printed_table_audit.csv"), ids=lambda case: case["id"]
)
class TestPrintedTable:
    def test_consistent_or_not(self, case):
        what = ["share_8_10.total.total", "share_0_5.total.total"]
        found = judged(claim("difference", case["printed_diff"], *what), rows=table(case))
        assert (found.verdict in (TRUE, ROUNDING)) == (case["verdict"] == "consistent")
        naive = Fraction(case["top_pct"]) - Fraction(case["bottom_pct"])
        assert (found.verdict == TRUE) == (naive == Fraction(case["printed_diff"]))

    def test_what_is_left_of_the_difference(self, case):
        printed = {"top": case["top_pct"], "bottom": case["bottom_pct"]}
        known = {name: Interval.of_printed(text) for name, text in printed.items()}
        known["net"] = Interval.of_printed(case["printed_diff"])
        joint = narrowed(known, [Sum("net", {"top": 1, "bottom": -1})])
        assert (joint is None) == (case["verdict"] == "inconsistent")
        if joint:
            assert str(joint["net"]).replace("−", "-") == case["diff_interval_joint"]
            volume = joint["net"] * Interval.exactly(case["population_man"])
            assert str(volume).replace("−", "-") == case["volume_interval_unrounded_pop_exact"]


def test_a_contradiction_of_linked_sums_is_seen_by_all_at_once_only():
    known = {"a": Interval.of_printed("6"), "b": Interval.of_printed("3")}
    known |= {"sum": Interval.of_printed("10"), "gap": Interval.of_printed("4")}
    both = [Sum("sum", {"a": 1, "b": 1}), Sum("gap", {"a": 1, "b": -1})]
    # Each alone fits a < 6.5 and b < 3.5, but the two sums together need 2a ≥ 13:
    # sum ≥ 9.5 and gap ≥ 3.5 make 2a ≥ 13, a ≥ 6.5: outside [5.5, 6.5).
    assert all(narrowed(known, [one]) for one in both)
    assert not feasible(known, both)
    known["a"] = Interval.of_printed("7")
    assert feasible(known, both)


def test_an_open_end_is_no_solution():
    # a < 1.5 (printed 1) and b < 2.5 (printed 2): their sum is never 4, though it comes near.
    known = {
        "a": Interval.of_printed("1"),
        "b": Interval.of_printed("2"),
        "sum": Interval.exactly(4),
    }
    assert not feasible(known, [Sum("sum", {"a": 1, "b": 1})])
    known["sum"] = Interval.exactly("3.9")
    assert feasible(known, [Sum("sum", {"a": 1, "b": 1})])


KPI = {"breakdown": "kpi", "group": "views", "definition": "published"}


def views(*years: tuple[int, str, str]) -> list[dict]:
    return [row("kpi", y, text, "万件", category=c, **KPI) for y, c, text in years]


ACTUAL = "kpi.kpi.views.actual"
SERIES = views((2021, "baseline", "753"), (2024, "actual", "463"), (2025, "actual", "493"))


@pytest.mark.parametrize(
    ("kind", "claimed", "more", "verdict"),
    [
        ("percent", "6.5％増", {}, TRUE),
        ("percent", "6％増", {}, TRUE),
        ("percent", "7％増", {}, ROUNDING),  # 6.26 to 6.70 before rounding
        ("percent", "8％増", {}, FALSE),
        ("percent", "6.45123％増", {}, UNKNOWN),  # more digits than 万件 can bear out
        ("percent", "6.5％減", {}, FALSE),
        ("ratio", "106.5％", {}, TRUE),
        ("percent", "106.5％増", {}, FALSE),
        ("percent", "5％以上増", {}, TRUE),
        ("percent", "7％以上増", {}, FALSE),
        ("percent", "34.5％減", {"against": "baseline"}, TRUE),
        ("percent", "6.5％増", {"against": "R6"}, TRUE),
        ("percent", "6.5％増", {"against": "R4"}, UNKNOWN),
        ("percent", "30％以上減", {"against": "baseline"}, TRUE),
        ("percent", "35％以上減", {"against": "baseline"}, FALSE),
        ("trend", "増加", {}, MISLEADING),  # up on the year, 35 % below the baseline
        ("trend", "減少", {}, FALSE),
        ("trend", "減少", {"against": "baseline"}, TRUE),
        ("trend", "増加", {"against": "baseline"}, FALSE),
        ("value", "493万件", {}, TRUE),
        ("value", "493万人", {}, FALSE),
        ("value", "約500万件", {}, TRUE),
        ("about", "約5百万件", {}, TRUE),
        ("about", "約4百万件", {}, FALSE),
        ("value", "492.6万件", {}, UNKNOWN),
        ("value", "463万件", {"year": "2024"}, TRUE),
        ("value", "463万件", {"year": "2023"}, UNKNOWN),
        ("times", "約1.1倍", {}, TRUE),
        ("times", "1.2倍", {}, FALSE),
    ],
)
def test_changes_of_rounded_numbers(kind, claimed, more, verdict):
    assert judged(claim(kind, claimed, ACTUAL, **more), rows=SERIES).verdict == verdict


@pytest.mark.parametrize(("status", "verdict"), [("達成", TRUE), ("後退", FALSE), ("順調", FALSE)])
def test_a_target_is_the_plans_and_reached_the_way_that_is_better(status, verdict):
    # 493 is above the first target; of a measure that is to fall, above is not reached.
    rows = SERIES + views((2024, "target", "400"), (2027, "target", "420"))
    rows.append(row("kpi_status", 2025, status, "", category="", **KPI | {"definition": ""}))
    assert judged(claim("target", "目標を達成", ACTUAL), rows=rows).verdict == verdict


def test_the_right_wording_comes_with_a_false_one():
    rows = views((2024, "actual", "100"), (2025, "actual", "136"))
    right = judged(claim("percent", "前年度比136％増", ACTUAL), rows=rows).right
    assert (right.ja, right.en) == (
        "前年度比136％、または36％増",
        "136% of the previous year, or up 36%",
    )


def test_no_ratio_of_what_can_be_negative():
    rows = [row("mgap", y, text, "万人・ポイント") for y, text in ((2024, "−414"), (2025, "−380"))]
    found = judged(claim("percent", "8％増", "mgap.total.total"), rows=rows)
    assert found.verdict == MISLEADING
    assert found.right.ja == "34増"
    assert judged(claim("points", "34増", "mgap.total.total"), rows=rows).verdict == TRUE


@pytest.mark.parametrize(
    ("before", "after", "word", "verdict"),
    [
        ("45.2", "41.4", "微減", MISLEADING),  # 3.8 points are more than slight
        ("45.2", "41.4", "減少", TRUE),
        ("45.2", "42.2", "微減", TRUE),  # 3.0 still are
        ("45.2", "40.2", "大幅に減少", TRUE),
        ("45.2", "44.3", "横ばい", TRUE),
        ("45.2", "44.2", "横ばい", FALSE),  # a whole point is no longer level
        ("45.2", "45.2", "増加", ROUNDING),
        ("45.2", "45.2", "横ばい", TRUE),
    ],
)
def test_words_of_degree(before, after, word, verdict):
    rows = [row("x", 2024, before, "%"), row("x", 2025, after, "%")]
    assert judged(claim("trend", word, "x.total.total"), rows=rows).verdict == verdict


def test_a_better_rank_is_a_smaller_number():
    rows = [row("rank", 2024, "535", "位"), row("rank", 2025, "526", "位")]
    assert judged(claim("trend", "上昇", "rank.total.total"), rows=rows).verdict == TRUE
    assert judged(claim("trend", "低下", "rank.total.total"), rows=rows).verdict == FALSE
    assert judged(claim("points", "9位上昇", "rank.total.total"), rows=rows).verdict == TRUE
    assert judged(claim("points", "9位低下", "rank.total.total"), rows=rows).verdict == FALSE


def test_true_of_one_definition_only_is_misleading_unless_it_is_named():
    rows = [row("x", 2025, "10,500", definition="a"), row("x", 2025, "9,500", definition="b")]
    least = claim("at_least", "1万人以上", "x.total.total")
    assert judged(least, rows=rows).verdict == MISLEADING
    named = {d: least.model_copy(update={"definition": [d]}) for d in "ab"}
    assert judged(named["a"], rows=rows).verdict == TRUE
    assert judged(named["b"], rows=rows).verdict == FALSE


def test_the_text_is_no_evidence_for_itself():
    rows = [row("x", 2025, "12,345", definition="text")]
    assert judged(claim("value", "12,345人", "x.total.total"), rows=rows).verdict == UNKNOWN


def test_other_estimates_do_not_contradict_a_published_number():
    kinds = {"city_method": "−13", "weighted": "−18.3", "unweighted": "−16.1", "any_other": "−12"}
    rows = [
        row("nps", 2025, text, "ポイント", definition=d, basis="microdata")
        for d, text in kinds.items()
    ]
    assert judged(claim("value", "−13ポイント", "nps.total.total"), rows=rows).verdict == TRUE
    assert judged(claim("value", "−18.3ポイント", "nps.total.total"), rows=rows).verdict == FALSE
    weighted = claim("value", "−18.3ポイント", "nps.total.total", definition="weighted")
    assert judged(weighted, rows=rows).verdict == TRUE


def test_a_suppressed_number_judges_nothing_and_is_not_told():
    rows = [row("x", 2025, "37.5", "%", flag="suppressed")]
    found = judged(claim("value", "37.5％", "x.total.total"), rows=rows)
    assert found.verdict == UNKNOWN
    assert "37" not in found.said.ja + found.right.ja


def test_a_change_within_sampling_error_is_overstated_not_false():
    sample = {"basis": "microdata", "definition": "weighted", "n": 1000}
    rows = [
        row("x", 2024, "75.0", "%", low=72.0, high=78.0, **sample),
        row("x", 2025, "74.0", "%", low=71.0, high=77.0, **sample),
    ]
    found = judged(claim("trend", "減少", "x.total.total"), rows=rows)
    assert found.verdict == OVERSTATED
    assert "標本誤差" in found.remarks[0].ja and "差があるとはいえない" in found.right.ja
    rows[1] |= {"printed": "70.0", "low": 67.0, "high": 73.0}  # 5.0 > √(3² + 3²) = 4.2
    known = judged(claim("trend", "減少", "x.total.total"), rows=rows)
    assert known.remarks == () and known.verdict == TRUE


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "value", "claimed": "たくさん"}, "数値として読めません"),
        ({"kind": "trend", "claimed": "36％"}, "trend の言葉ではありません"),
        ({"kind": "order", "claimed": "高い"}, "order の言葉ではありません"),
        ({"kind": "status", "claimed": "普通"}, "status の言葉ではありません"),
        ({"kind": "share_of", "claimed": "5％"}, "キーが 2 つ要ります"),
        ({"kind": "described_as", "claimed": "5％"}, "described"),
        ({"kind": "value", "claimed": "5％", "what": []}, "needs"),
    ],
)
def test_a_claim_that_cannot_be_judged_says_why(fields, sentence):
    with pytest.raises(ValueError, match=sentence):
        Claim.model_validate({"sentence": "x", "what": ["a.b.c"]} | fields)
