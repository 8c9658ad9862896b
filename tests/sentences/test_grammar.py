"""Every form with its examples, and the short wording read again by the same grammar."""

import pytest

from helpers.sentences.grammar import FORMS, Reading, read

EXAMPLES = [(form.kind, *example) for form in FORMS for example in form.examples]


@pytest.mark.parametrize(("kind", "text", "claimed"), EXAMPLES)
def test_an_example_is_read_and_read_again(kind, text, claimed):
    found = [(reading.kind, reading.claimed) for reading in read(text)]
    assert (kind, claimed) in found
    if kind not in ("tendency",):
        assert (kind, claimed) in [(r.kind, r.claimed) for r in read(claimed)]


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("前年度から3.8ポイント低下しました", Reading("points", "3.8ポイント減", "previous")),
        ("前年度比▲3.8ポイントとなり", Reading("points", "3.8ポイント減", "previous")),
        ("対前年比136％", Reading("ratio", "136%", "previous")),
        ("前年同期比で3割の増加", Reading("percent", "3割増", "previous")),
        ("昨年度比1.5倍に増加", Reading("times", "1.5倍", "previous")),
        ("現状値から約2割の減少にとどまり", Reading("percent", "約2割減", "baseline")),
        ("3年前に比べて120人増え", Reading("points", "120人増", "-3")),
        ("全体より24.5ポイント低くなっています", Reading("points", "24.5ポイント減", "total")),
        ("ほぼ横ばいです", Reading("trend", "横ばい")),
        ("やや減少しました", Reading("trend", "やや減少")),
        ("7割を超えています", Reading("value", "7割を超え")),
        ("4割に届かず", Reading("value", "4割に届か")),
        ("45.2％から41.4％に低下", Reading("series", "45.2%→41.4%")),
        ("前年度を上回りました", Reading("trend", "増加", "previous")),
    ],
)
def test_numbers_and_what_they_are_compared_with(text, reading):
    assert reading in read(text)


@pytest.mark.parametrize(
    "text", ["2つの設問", "26市で", "3区分とも", "令和の5年間", "10点満点", "95％信頼区間"]
)
def test_what_counts_or_names_is_no_claim(text):
    assert read(text) == []
