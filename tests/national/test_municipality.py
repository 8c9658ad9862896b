"""Any municipality by its name: found, asked for, or refused with the nearest."""

import pytest

from helpers.national import (
    CENSUS,
    MOVEMENT,
    Ambiguous,
    everyone,
    municipalities,
    named,
    peers,
    rows,
)
from helpers.problems import Unfit


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("鎌倉市", "142042"),
        ("鎌倉", "142042"),
        ("神奈川県鎌倉市", "142042"),
        ("　鎌倉市 ", "142042"),
        ("Kamakura", "142042"),
        ("kamakura-shi", "142042"),
        ("14204", "142042"),
        ("１４２０４２", "142042"),
        ("1100", "011002"),  # Excel took the zero off
        ("東京都府中市", "132063"),
        ("fuchu_shi_hiroshima", "342084"),
        ("龍ヶ崎市", "082082"),  # officially with a large ケ
        ("千代田区", "131016"),
        ("札幌市中央区", "011011"),
        ("特別区部", "131008"),
        ("40305", "402311"),  # 那珂川町 became 那珂川市, with a new code
        ("402311", "402311"),
    ],
)
def test_one_municipality_is_meant(text, code):
    assert named(text).code6 == code


@pytest.mark.parametrize("text", ["府中市", "伊達市", "池田町", "fuchu", "Date-shi"])
def test_a_name_that_several_have_is_refused_with_all_their_codes(text):
    with pytest.raises(Ambiguous) as error:
        named(text)
    assert len(error.value.found) > 1
    for one in error.value.found:
        assert one.code6 in error.value.said.ja
        assert one.code6 in error.value.said.en


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("鎌蔵市", "鎌倉市"),
        ("kamakra", "鎌倉市"),
        ("142043", "142042"),  # the check digit is 2
        ("14299", "14"),
        ("99999", "近いコード"),
        ("", "近い名前"),
        ("浦和市", "近い名前"),  # merged into さいたま市 in 2001
    ],
)
def test_what_nobody_is_called_is_refused_with_the_nearest(text, near):
    with pytest.raises(Unfit, match=near):
        named(text)


def test_every_name_and_id_leads_back():
    for one in everyone():
        assert named(one.id) == one
        assert named(one.code6) == one
        assert named(one.prefecture + one.name) == one
    assert len({one.id for one in everyone()}) == len(everyone())


def test_there_are_1741_municipalities():
    # 総務省: 792 cities, 743 towns, 183 villages and the 23 special wards, with six villages of
    # the Northern Territories left out, as the census leaves them out.
    assert len(municipalities()) == 1741
    assert len(municipalities("神奈川県")) == 33
    assert municipalities("神奈川") == municipalities("Kanagawa") == municipalities("神奈川県")
    with pytest.raises(Unfit, match="神奈川県"):
        municipalities("神奈革県")


def test_daytime_is_residents_less_those_who_leave_plus_those_who_come():
    tried = 0
    for row in rows(CENSUS):
        if row["outflow"] and row["inflow"] and row["kind"] != "a":
            people, out, back = (int(row[name]) for name in ("population", "outflow", "inflow"))
            assert people - out + back == int(row["daytime_population"]), row["name"]
            tried += 1
    assert tried > 1900


def test_the_box_is_small():
    assert CENSUS.stat().st_size + MOVEMENT.stat().st_size < 1_500_000


@pytest.mark.parametrize(
    ("text", "ja", "count"),
    [
        ("鎌倉市", "神奈川県の19市", 19),
        ("札幌市", "人口の近い北海道の20市", 20),
        ("港区", "人口の近い東京都の20特別区", 20),
        ("青ヶ島村", "東京都の13町村", 13),
        ("札幌市中央区", "札幌市の10区", 10),
    ],
)
def test_peers_are_of_its_kind_and_itself_among_them(text, ja, count):
    one = named(text)
    others, said, english = peers(one)
    assert (said, len(others)) == (ja, count)
    assert one in others
    assert str(count) in english
