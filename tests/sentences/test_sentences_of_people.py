"""Sentences as cities write them, of two cities' published numbers: each with what it is."""

import csv
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "audit"))

from courtroom import edition, evidence, judged  # noqa: E402

from helpers.audit.claim import Claim  # noqa: E402
from helpers.cli import main  # noqa: E402
from helpers.sentences.naming import Naming  # noqa: E402
from helpers.sentences.understanding import judge_sentence, reader_of  # noqa: E402
from helpers.sentences.verdict import FALSE, MISLEADING, ROUNDING, TRUE, UNKNOWN  # noqa: E402

with (HERE / "sentences.csv").open(encoding="utf-8") as file:
    SENTENCES = [tuple(row.values()) for row in csv.DictReader(file)]


def verdict(city: str, sentence: str) -> str:
    naming = Naming(edition(city))
    return judge_sentence(sentence, reader_of(evidence(city), naming), naming)[0].verdict


def test_no_true_sentence_is_accused():
    true = [(city, sentence) for city, sentence, what in SENTENCES if what == "true"]
    found = {sentence: verdict(city, sentence) for city, sentence in true}
    assert [s for s, v in found.items() if v in (FALSE, MISLEADING)] == []
    assert sum(v in (TRUE, ROUNDING) for v in found.values()) >= 0.98 * len(true)


def test_the_false_ones_are_found():
    false = [(city, sentence) for city, sentence, what in SENTENCES if what == "false"]
    missed = [s for city, s in false if verdict(city, s) not in (FALSE, MISLEADING)]
    assert missed == []


@pytest.mark.parametrize(
    "sentence",
    [
        "観光意欲度を除く4項目で順位が上昇しました。",
        "閲覧数は目標まであと一歩です。",
        "市民の皆さまとともに歩みます。",
        "火星の気温は3.8ポイント低下しました。",
    ],
)
def test_what_is_not_understood_is_not_accused_and_told_the_nearest_forms(sentence):
    found = judged(Claim.model_validate({"sentence": sentence}))
    assert found.verdict == UNKNOWN
    assert "3年連続で増加" in found.right.ja or "数値がない" in found.said.ja


def test_the_same_of_what_was_spoken_of_last():
    naming = Naming(edition("isehara"))
    reader = reader_of(evidence("isehara"), naming)
    first = "情報を手軽に入手できると思う市民は4割を超えています。同割合は前年度から3.8ポイント低下しました。"
    assert judge_sentence(first, reader, naming)[0].verdict == TRUE
    again = "同割合は前年度から3.8ポイント上昇しました。"
    assert judge_sentence(again, reader, naming)[0].verdict == FALSE


@pytest.mark.parametrize(
    ("kind", "claimed"),
    [("trend", "3年連続で減少しています"), ("times", "倍増"), ("value", "目標に届かず")],
)
def test_a_wording_is_read_by_the_grammar_whatever_its_kind(kind, claimed):
    fields = {"kind": kind, "claimed": claimed, "what": ["kpi.kpi.sns_followers.actual"]}
    found = judged(Claim.model_validate({"sentence": "（試験の文）", **fields}), "isehara")
    assert found.verdict == FALSE
    assert "49,390人" in found.right.ja or "36.0％増" in found.right.ja or "36％" in found.right.ja


def test_the_command_judges_one_sentence(capsys):
    wrong = "SNSの登録者数は目標値に届いていません。"
    assert main(["audit", "isehara", "2024", "--sentence", wrong]) == 1
    assert "49,390人" in capsys.readouterr().out
    assert main(["audit", "isehara", "2024", "--sentence", "閲覧数は約500万件です。"]) == 0
