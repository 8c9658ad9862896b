import math

import pytest

from helpers.reading.cell import HIDDEN, UNKNOWN, ZERO, date_in, read_value, visible
from helpers.reading.codes import check_digit, restore
from helpers.reading.messages.tables import DATE_FOR_NUMBER, MISPLACED_COMMA, NOT_A_NUMBER
from helpers.reading.periods import Periods


@pytest.mark.parametrize(
    ("text", "number", "plain"),
    [
        ("12,345", 12345, "12345"),
        ("１２，３４５", 12345, "12345"),
        ("▲165.6", -165.6, "-165.6"),
        ("△3", -3, "-3"),
        ("－8", -8, "-8"),
        ("−0.5", -0.5, "-0.5"),
        ("72.50%", 72.5, "72.50"),
        ("48.0", 48, "48.0"),
    ],
)
def test_numbers_as_cities_write_them(text, number, plain):
    value = read_value(text, {})
    assert (value.number, value.text, value.wrong) == (number, plain, None)


@pytest.mark.parametrize(
    ("text", "symbol"),
    [("－", ZERO), ("-", ZERO), ("―", ZERO), ("…", UNKNOWN), ("...", UNKNOWN), ("不詳", UNKNOWN),
     ("x", HIDDEN), ("Ｘ", HIDDEN), ("***", HIDDEN), ("＊", HIDDEN)],
)  # fmt: skip
def test_zero_unknown_and_hidden_are_kept_apart(text, symbol):
    value = read_value(text, {})
    assert value.text == symbol
    assert value.number == 0 if symbol == ZERO else math.isnan(value.number)


def test_a_table_may_have_its_own_symbols():
    assert read_value("r", {}).wrong is NOT_A_NUMBER
    assert read_value("ｒ", {"hidden": ["r"]}).text == HIDDEN
    # Its own meaning goes before the usual one.
    assert read_value("-", {"unknown": ["-"]}).text == UNKNOWN


@pytest.mark.parametrize(
    ("text", "message"),
    [("1,23", MISPLACED_COMMA), ("12,34,567", MISPLACED_COMMA), ("5月9日", DATE_FOR_NUMBER),
     ("2025-05-09", DATE_FOR_NUMBER), ("12千", NOT_A_NUMBER), ("1 234", NOT_A_NUMBER),
     ("1.2.3", NOT_A_NUMBER), ("--5", NOT_A_NUMBER)],
)  # fmt: skip
def test_what_is_no_number_is_told_by_its_kind(text, message):
    assert read_value(text, {}).wrong is message


def test_dates_in_the_spellings_of_excel():
    assert date_in("2025-05-09") == (2025, 5, 9)
    assert date_in("2025/10/19 0:00:00") == (2025, 10, 19)
    assert date_in("9-May") == date_in("May-09") == (None, 5, 9)
    assert date_in("5-9") == (None, 5, 9)
    assert date_in("13月1日") is date_in("20-29") is date_in("5年未満") is None


def test_invisible_characters_go():
    assert visible("\u200b転入\ufeff者数\u3000") == "転入者数"


def years(texts: list[str], fiscal: bool = False) -> list[int]:
    periods = Periods(fiscal)
    return [periods.read(text) for text in texts]


def test_an_era_is_given_once_and_carried_down():
    assert years(["平成６年", "７年", "8", "９年度"]) == [1994, 1995, 1996, 1997]
    assert years(["平成30年", "令和元年", "２年"]) == [2018, 2019, 2020]
    assert years(["平成31年・令和元年", "2"]) == [2019, 2020]


def test_no_era_no_guess():
    with pytest.raises(ValueError, match="年度ではありません"):
        years(["7年"])


@pytest.mark.parametrize(
    "text",
    [
        "2023(令和5)年",
        "令和5年（2023年）",
        "Ｒ５",
        "2023年10月1日",
        "令和5年10月1日現在",
        "45200",
        "2023/10/01",
    ],
)
def test_a_year_however_it_is_written(text):
    assert years([text]) == [2023]


def test_a_date_in_spring_belongs_to_the_fiscal_year_before():
    assert years(["2024-03-31", "2024-04-01"], fiscal=True) == [2023, 2024]
    assert years(["2024-03-31"]) == [2024]


def test_two_years_that_differ_are_refused():
    with pytest.raises(ValueError, match="令和5年"):
        years(["2022年（令和5年）"])


def test_codes_that_lost_their_zero():
    assert check_digit("01100") == 2
    assert check_digit("13229") == 2
    assert restore(["011002", "132292"]) == ["011002", "132292"]
    assert restore(["11002", "132292"]) == ["011002", "132292"]
    assert restore(["1100", "13229"]) == ["01100", "13229"]
    assert restore(["11002"]) == ["011002"]  # the check digit tells
    assert restore(["13201", "13229"]) == ["13201", "13229"]
    assert restore(["札幌", ""]) == [None, None]
