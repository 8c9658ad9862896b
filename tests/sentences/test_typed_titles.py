"""A typed title is read like any sentence: true ones stand, what the rows contradict is refused."""

import pytest

from helpers.drawing import Context
from helpers.sentences.indicator_row import Row
from helpers.sentences.typed import choose

CONTEXT = Context("みほん市", "mihon 2025")
NAN = float("nan")
GROUPS = {"20-29": 59.1, "30-39": 78.3, "40-49": 72.4, "70+": 78.2}


def row(group, value, year=2025, indicator="attachment") -> Row:
    breakdown = "total" if group == "total" else "age_group"
    shown = value, f"{value:.1f}", "%", 500.0, value - 3, value + 3, "", "", ""
    return Row(year, indicator, breakdown, group, "positive", *shown)


ROWS = [
    row("total", 73.7),
    row("total", 74.6, 2024),
    *(row(group, value) for group, value in GROUPS.items()),
    row("total", 82.2, indicator="residence_intention"),
]


@pytest.mark.parametrize(
    "title",
    [
        "20代の愛着は59.1％",
        "愛着を感じる人は約7割",
        "約7割が愛着を感じている",
        "2つの設問とも7割を超える",
        "愛着を感じる人は３人に２人以上",
        "愛着は７３．７％",
        "愛着は前年より0.9ポイント低下",
        "愛着は20〜29歳で最も低い",
        "愛着は令和7年度も7割台",
        "20〜29歳の愛着は全体より14.6ポイント低い",
        "住み続けたい人は8割を超える",
        "愛着は七割を上回る",
        "愛着は30〜39歳が最も高く、20〜29歳が最も低い",
        "4つの年代で差がある",
        "95％信頼区間の幅に注意",
        "Attachment is 73.7%",
        "愛着は年齢が上がるほど高い",
    ],
)
def test_what_is_true_stands_as_typed(title):
    assert choose(title, "", ROWS, CONTEXT) == title


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("九割が愛着を感じている", "9割"),
        ("愛着は20〜29歳で最も高い", "最も高い"),
        ("愛着は30〜39歳で最も低い", "最も低い"),
        ("20代の愛着は73.7％", "73.7%"),
        ("愛着は73％", "73%"),
        ("愛着は前年より0.9ポイント上昇", "0.9ポイント"),
        ("愛着は前年より3.2ポイント低下", "3.2ポイント"),
        ("愛着は8割を超える", "8割"),
        ("愛着を感じる人は4人に3人を超える", "4人に3人"),
        ("20〜29歳の愛着は半数に届かない", "半数"),
        ("20〜29歳の愛着は全体の3.6倍", "3.6倍"),
        ("愛着は72.50％", "72.50"),
        ("Attachment is 75.7%", "75.7"),
    ],
)
def test_what_the_rows_contradict_is_refused(title, said):
    with pytest.raises(ValueError, match="この図の数値にありません") as caught:
        choose(title, "", ROWS, CONTEXT)
    assert said in str(caught.value)
