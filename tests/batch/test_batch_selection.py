"""Which editions are chosen, and every mistake in a list by its line."""

import pytest

from helpers.batch.selection import selected
from helpers.problems import InputError

ALL = [("isehara", 2024), ("nishitokyo", 2025)]


@pytest.mark.parametrize(
    ("cities", "years", "expected"),
    [
        ("", "", ALL),
        ("isehara", "", ALL[:1]),
        ("isehara, nishitokyo", "2025", ALL[1:]),
        ("", "2023-2024", ALL[:1]),
        ("", "R6〜R7", ALL),
        ("", "令和7年度,2020", ALL[1:]),
    ],
)
def test_cities_and_years(project, cities, years, expected):
    assert selected(cities, years) == expected


@pytest.mark.parametrize(
    ("cities", "years", "said"),
    [
        ("iseharra", "", "isehara"),
        ("", "2025-2023", "2025-2023"),
        ("", "いつか", "いつか"),
        ("isehara", "2025", "元データのある年度版がありません"),
    ],
)
def test_a_mistake_is_a_sentence(project, cities, years, said):
    with pytest.raises(InputError, match=said):
        selected(cities, years)


def test_a_list(project, tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("\ufeff# 対象\nnishitokyo,令和7年度\nisehara 2024 # 見直し\n\n", "utf-8")
    assert selected(listed=path) == ALL
    assert selected("isehara", listed=path) == ALL[:1]
    path.write_text("nishitokyo 2025\nisehara 1999\nisehara\n", "utf-8")
    with pytest.raises(InputError) as caught:
        selected(listed=path)
    assert [problem.where.rpartition(":")[2] for problem in caught.value.problems] == ["2", "3"]
    path.write_bytes("西東京 2025".encode("cp932"))
    with pytest.raises(InputError, match="UTF-8"):
        selected(listed=path)
    with pytest.raises(InputError, match=r"nowhere\.txt"):
        selected(listed=tmp_path / "nowhere.txt")
