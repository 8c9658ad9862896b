"""Numbers as reports print them, read by hand."""

from fractions import Fraction

import pytest

from helpers.problems import Unfit
from helpers.sentences.numbers import read_quantity, series


@pytest.mark.parametrize(
    ("text", "number", "step", "unit", "bound", "way"),
    [
        ("72.5％", "72.5", "0.1", "%", "", 0),
        ("48.0%", "48", "0.1", "%", "", 0),
        ("約20万6千人", "206000", "1000", "人", "", 0),
        ("20.7万人", "207000", "1000", "人", "", 0),
        ("約15,000人", "15000", "1000", "人", "", 0),
        ("15,000人", "15000", "1", "人", "", 0),
        ("1万人以上", "10000", "10000", "人", "以上", 0),
        ("7割以上", "70", "10", "%", "以上", 0),
        ("3割未満", "30", "10", "%", "未満", 0),
        ("前年度比136％増", "136", "1", "%", "", 1),
        ("３．８ポイント減", "3.8", "0.1", "ポイント", "", -1),
        ("約1.4倍", "1.4", "0.1", "倍", "", 0),
        ("10％以上の減少", "10", "1", "%", "以上", -1),
        ("−414", "-414", "1", "", "", 0),
        ("▲3.8ポイント", "-3.8", "0.1", "ポイント", "", 0),
        ("4番目", "4", "1", "位", "", 0),
        ("9位上昇", "9", "1", "位", "", 1),
        ("約4百万件", "4000000", "1000000", "件", "", 0),
        ("1億2千万人", "120000000", "10000000", "人", "", 0),
        ("五十人", "50", "1", "人", "", 0),
        ("七十三・七％", "73.7", "0.1", "%", "", 0),
        ("９割", "90", "10", "%", "", 0),
        ("九割", "90", "10", "%", "", 0),
        ("4割5分を上回っています", "45", "1", "%", "超", 0),
        ("４万９千人を超えました", "49000", "1000", "人", "超", 0),
        ("半数を下回り", "50", "5", "%", "未満", 0),
        ("4人に3人を超えて", "75", "5", "%", "超", 0),
        ("過半数", "50", "5", "%", "超", 0),
        ("4割に届かず", "40", "10", "%", "未満", 0),
        ("4割に達して", "40", "10", "%", "以上", 0),
        ("4割に達していません", "40", "10", "%", "未満", 0),
        ("5万人を超えていない", "50000", "10000", "人", "以下", 0),
        ("70％台", "70", "10", "%", "台", 0),
        ("7割強", "70", "10", "%", "強", 0),
        ("1万人余り", "10000", "10000", "人", "余", 0),
        ("倍増", "2", "0.25", "倍", "", 0),
        ("3倍以上", "3", "1", "倍", "以上", 0),
        ("2割の減少にとどまり", "20", "10", "%", "", -1),
        ("24.5ポイント低く", "24.5", "0.1", "ポイント", "", -1),
        ("180位後退", "180", "1", "位", "", -1),
        ("753万件", "7530000", "10000", "件", "", 0),
    ],
)
def test_a_printed_number_is_read(text, number, step, unit, bound, way):
    found = read_quantity(text)
    assert found.number == Fraction(number)
    assert found.step == Fraction(step)
    assert (found.unit, found.bound, found.way) == (unit, bound, way)


@pytest.mark.parametrize("text", ["", "順調", "％", "1-2", "3百十人", "20万6千人と3人", "1.2.3"])
def test_what_is_no_number_says_so_in_both_languages(text):
    with pytest.raises(Unfit) as caught:
        read_quantity(text)
    assert f"「{text}」" in caught.value.said.ja
    assert f"“{text}”" in caught.value.said.en


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("約20万6千人", ["205500", "206499"], ["205499", "206500"]),
        ("20.7万人", ["206500", "207499"], ["206499", "207500"]),
        ("526位", ["526"], ["525.9", "526.1"]),
        ("38％", ["37.5", "38.4"], ["37.4", "38.5"]),
        ("−8ポイント", ["-8.4", "-7.5"], ["-8.5", "-7.4"]),
        ("1,234人", ["1234"], ["1234.1"]),
    ],
)
def test_the_decimals_printed_say_what_it_may_have_been(text, inside, outside):
    interval = read_quantity(text).interval
    assert all(Fraction(value) in interval for value in inside)
    assert not any(Fraction(value) in interval for value in outside)


def test_a_series_is_several_numbers():
    assert [one.number for one in series("22位→16位→18位")] == [22, 16, 18]
