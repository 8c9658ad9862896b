"""Targets, statuses and numbers of the year before, in sentences of their own."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "audit"))

from courtroom import edition

from helpers.audit.history import published_rows
from helpers.edition.description import Measured
from helpers.sentences.evidence import Evidence
from helpers.sentences.naming import Naming
from helpers.sentences.understanding import judge_sentence, reader_of

MIHON = published_rows(edition("mihon"))
SNS, VIEWS = "kpi.kpi.sns_followers.actual", "kpi.kpi.page_views.actual"


def verdict(sentence, rows=MIHON, keys=(), of=None):
    naming, evidence = Naming(of or edition("mihon")), Evidence(rows)
    return judge_sentence(sentence, reader_of(evidence, naming, keys), naming)[0].verdict


@pytest.mark.parametrize(
    ("sentence", "is_"),
    [
        # 2024: 3.71 million views, 2025: 3.96 million
        ("市ホームページ閲覧数は、前年度の371万件から増加しました。", "true"),
        ("市ホームページ閲覧数は、昨年度の371万件を上回りました。", "true"),
        ("市ホームページ閲覧数は、前年度の371万件から減少しました。", "false"),
        ("市ホームページ閲覧数は、前年度の355万件から増加しました。", "false"),
        ("SNSの登録者数は24,871人で、前年度の19,305人から増加しました。", "true"),
        ("SNSの登録者数は24,871人で、前年度の19,305人から減少しました。", "false"),
        ("前年度の371万件から増加しました。", "unknown"),
    ],
)
def test_the_number_of_the_year_before_is_held_against_that_year(sentence, is_):
    assert verdict(sentence) == is_


@pytest.mark.parametrize(
    ("sentence", "keys", "is_"),
    [
        ("SNSの登録者数は順調に推移しています。", (), "true"),  # 達成
        ("市ホームページ閲覧数は順調に推移しています。", (), "false"),  # 後退
        ("順調に推移しています。", (SNS,), "true"),
        ("順調に推移しています。", (VIEWS,), "false"),
        ("順調とはいえません。", (VIEWS,), "unknown"),
        ("順調に推移しています。", (), "unknown"),  # of what, nobody knows
    ],
)
def test_on_course_is_the_status_of_the_measure(sentence, keys, is_):
    assert verdict(sentence, keys=keys) == is_


def targets(year, printed):
    """The rows with a target of the SNS followers for one more year; 24,871 are reached."""
    [plan] = [r for r in MIHON if r["indicator"] == "kpi" and r["category"] == "target"
              and r["group"] == "sns_followers" and r["fiscal_year"] in (2027, "2027")][:1]  # fmt: skip
    return [*MIHON, {**plan, "fiscal_year": year, "printed": printed, "value": float(printed)}]


@pytest.mark.parametrize(
    ("sentence", "of_year", "is_"),
    [
        ("SNSの登録者数は年度目標を達成しました。", "26000", "false"),
        ("SNSの登録者数は年度目標を下回りました。", "26000", "true"),
        ("SNSの登録者数は年度目標を達成しました。", "24000", "true"),
        ("SNSの登録者数は目標を達成しました。", "26000", "true"),  # the plan's: 20,000 in 2027
    ],
)
def test_the_target_of_the_year_is_the_one_for_that_year(sentence, of_year, is_):
    assert verdict(sentence, targets(2025, of_year)) == is_


# 24,871 ÷ 20,000 (the plan's, 2027) = 1.24; ÷ 30,000 (one more, of 2029) = 0.83.
@pytest.mark.parametrize(
    ("plan_year", "true", "false"),
    [(2027, "目標の1.2倍です", "目標の8割です"), (None, "目標の8割です", "目標の1.2倍です")],
)
def test_the_plans_target_is_the_one_that_is_said_to_be_it(plan_year, true, false):
    mihon = edition("mihon")
    own = Measured(ja="SNSの登録者数", target_year=plan_year)
    told = mihon.model_copy(update={"measures": {"sns_followers": own}})
    rows = targets(2029, "30000")
    assert verdict(f"SNSの登録者数は{true}。", rows, of=told) == "true"
    assert verdict(f"SNSの登録者数は{false}。", rows, of=told) == "false"
