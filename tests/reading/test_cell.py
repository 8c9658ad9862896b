import math

import pytest

from helpers.reading.cell import HIDDEN, UNKNOWN, ZERO, Notation, date_in, read_value, visible
from helpers.reading.codes import check_digit, restore
from helpers.reading.messages.tables import (
    DATE_FOR_NUMBER,
    MISPLACED_COMMA,
    NOT_A_NUMBER,
    STRANGE_UNIT,
    UNKNOWN_SYMBOL,
)
from helpers.reading.periods import Periods, era_in
from helpers.reading.units import legend, stated_units, unit_of

PERSONS = Notation(written=unit_of("人"), wanted=unit_of("人"))
SHARES = Notation(written=unit_of("%"), wanted=unit_of("%"))


@pytest.mark.parametrize(
    ("text", "number", "plain"),
    [
        ("12,345", 12345, "12345"),
        ("１２，３４５", 12345, "12345"),
        ("▲165.6", -165.6, "-165.6"),
        ("△3", -3, "-3"),
        ("－8", -8, "-8"),
        ("−0.5", -0.5, "-0.5"),
        ("48.0", 48, "48.0"),
        ("+123", 123, "123"),
        ("＋1.5", 1.5, "1.5"),
        ("±0", 0, "0"),
        ("±0.0", 0, "0.0"),
        ("1.234", 1.234, "1.234"),
        ("△ 2", -2, "-2"),
        ("- 3", -3, "-3"),
        ("1234.", 1234, "1234"),
        (".5", 0.5, "0.5"),
        ("-.5", -0.5, "-0.5"),
        ("-0", 0, "0"),
        ("０１２", 12, "12"),
        ("1,234,567.8", 1234567.8, "1234567.8"),
    ],
)
def test_numbers_as_cities_write_them(text, number, plain):
    value = read_value(text)
    assert (value.number, value.text, value.wrong) == (number, plain, None)


@pytest.mark.parametrize(
    ("text", "notation", "number"),
    [
        ("1,234人", PERSONS, 1234),
        ("1,234 名", PERSONS, 1234),
        ("12千人", PERSONS, 12000),
        ("67.0％", SHARES, 67),
        ("207.4", Notation(written=unit_of("千人"), wanted=unit_of("人")), 207400),
        ("207,400", Notation(written=unit_of("人"), wanted=unit_of("千人")), 207.4),
        ("12.5", Notation(written=unit_of("百万円"), wanted=unit_of("百万円")), 12.5),
        ("1,234*", Notation(marks=("*", "r")), 1234),
        ("r1234", Notation(marks=("*", "r")), 1234),
    ],
)
def test_units_and_marks_that_are_described(text, notation, number):
    value = read_value(text, notation)
    assert (value.number, value.wrong) == (number, None)


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("…", UNKNOWN),
        ("...", UNKNOWN),
        ("", ""),
        ("不詳", UNKNOWN),
        ("皆無", ZERO),
        ("秘匿", HIDDEN),
    ],
)
def test_words_say_themselves_what_they_mean(text, symbol):
    value = read_value(text)
    assert (value.text, value.wrong) == (symbol, None)
    assert value.number == 0 if symbol == ZERO else math.isnan(value.number)


@pytest.mark.parametrize(
    "text", ["－", "-", "―", "--", "x", "Ｘ", "×", "*", "***", "＊", "△", "▲", "・", "."]
)
def test_a_symbol_without_a_legend_is_asked_for(text):
    assert read_value(text).wrong is UNKNOWN_SYMBOL


def test_the_legend_or_the_table_says_what_a_symbol_means():
    assert read_value("―", Notation({"-": "unknown"})).text == UNKNOWN
    assert read_value("－", Notation({"-": "zero"})).number == 0
    assert read_value("Ｘ", Notation({"x": "hidden"})).text == HIDDEN
    assert read_value("r").wrong is NOT_A_NUMBER
    assert read_value("ｒ", Notation({"r": "hidden"})).text == HIDDEN


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([["「－」は皆無、「…」は不詳、「x」は秘匿を示す。"]], {"-": "zero", "...": "unknown", "x": "hidden"}),
        ([["***", "調査又は集計していないもの"], ["-", "データが得られないもの"]], {"***": "unknown", "-": "unknown"}),
        ([["注）－：該当数値なし　Ｘ：秘匿"]], {"-": "zero", "x": "hidden"}),
        ([['"-" = not available']], {"-": "unknown"}),
        ([["「-」は該当数字がないもの、「0」は単位未満"]], {"-": "zero"}),
        ([["「-」は皆無又は不詳"]], {}),  # says both
        ([["-", "皆無"], ["-", "不詳"]], {}),
        ([["(注)「△」は減少を示す。"], ["2020-2021年は調査していない"]], {}),
    ],
)  # fmt: skip
def test_a_legend_however_it_is_written(rows, found):
    assert legend(rows) == found


@pytest.mark.parametrize(
    ("text", "units"),
    [("昼間人口（単位：千人）", ["千人"]), ("（千人）", ["千人"]), ("単位　百万円", ["百万円"]),
     ("単位：人、％", ["人", "%"]), ("A1101_総人口【人】", ["人"]), ("金額（1,000円）", ["千円"]),
     ("歳出（10億円）", ["十億円"]), ("十万円", ["十万円"]), ("人口千人当たり出生数", []),
     ("転入（人口千対）", []), ("平成27年（2015年）", []), ("Unit: thousand persons", ["千人"])],
)  # fmt: skip
def test_a_unit_however_it_is_stated(text, units):
    assert [str(unit) for unit in stated_units(text)] == units


@pytest.mark.parametrize(
    ("text", "message"),
    [("1,23", MISPLACED_COMMA), ("12,34,567", MISPLACED_COMMA), ("1,2345", MISPLACED_COMMA),
     ("12,5", MISPLACED_COMMA), ("5月9日", DATE_FOR_NUMBER), ("2025-05-09", DATE_FOR_NUMBER),
     ("12千", NOT_A_NUMBER), ("1 234", NOT_A_NUMBER), ("12 345", NOT_A_NUMBER),
     ("1.2.3", NOT_A_NUMBER), ("--5", NOT_A_NUMBER), ("(1,234)", NOT_A_NUMBER),
     ("1,234*", NOT_A_NUMBER), ("5*", NOT_A_NUMBER), ("* 5", NOT_A_NUMBER), ("x 5", NOT_A_NUMBER),
     ("r1234", NOT_A_NUMBER), ("1,234-", NOT_A_NUMBER), ("1·5", NOT_A_NUMBER),
     ("1e3", NOT_A_NUMBER), ("〇", NOT_A_NUMBER), ("○", NOT_A_NUMBER), ("なし", NOT_A_NUMBER),
     ("該当なし", NOT_A_NUMBER), ("0(0)", NOT_A_NUMBER), ("￥1,234", NOT_A_NUMBER),
     ("十二", NOT_A_NUMBER), ("５～９", NOT_A_NUMBER), ("令和6年", NOT_A_NUMBER),
     ("３月", NOT_A_NUMBER), ("±5", NOT_A_NUMBER), ("1,234人", STRANGE_UNIT),
     ("67.0％", STRANGE_UNIT), ("1,234千円", STRANGE_UNIT), ("2024年", STRANGE_UNIT)],
)  # fmt: skip
def test_what_is_no_number_is_told_by_its_kind(text, message):
    assert read_value(text).wrong is message


def test_another_unit_than_the_columns_is_refused():
    assert read_value("1,234千円", PERSONS).wrong is STRANGE_UNIT
    assert read_value("67%", PERSONS).wrong is STRANGE_UNIT


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


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (
            ["平成29年", "30年", "令和元年（平成31年）", "2年", "3年"],
            [2017, 2018, 2019, 2020, 2021],
        ),
        (["平成29", "30", "元", "2", "3"], [2017, 2018, 2019, 2020, 2021]),
        (["令和3", "2", "元", "30", "29"], [2021, 2020, 2019, 2018, 2017]),
        (["R2", "令和元年（平成31年）", "30"], [2020, 2019, 2018]),
        (["昭和62年", "63", "平成元年", "2"], [1987, 1988, 1989, 1990]),
        (["昭和62年", "63", "元", "2"], [1987, 1988, 1989, 1990]),
        (["平成2年", "元", "63"], [1990, 1989, 1988]),
        (["2019（令和元）", "2", "3"], [2019, 2020, 2021]),
    ],
)
def test_an_era_rolls_over_where_its_first_year_follows(texts, found):
    assert years(texts) == found


def test_a_heading_may_give_the_era_of_all():
    assert era_in("令和年度") == era_in("年度（令和）") != era_in("平成年度")
    assert era_in("令和5年度") is era_in("平成・令和年") is era_in("年度") is None
    periods = Periods(True, era_in("令和年度"))
    assert [periods.read(text) for text in ("4", "5", "6")] == [2022, 2023, 2024]


@pytest.mark.parametrize("text", ["令和5年3月末", "R5年3月末日現在", "2023年3月", "令和5年3月31日"])
def test_the_end_of_march_is_in_the_fiscal_year_before(text):
    assert (years([text]), years([text], fiscal=True)) == ([2023], [2022])


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
    assert restore(["11011", "12025", "131016", "142140"]) == [
        "011011", "012025", "131016", "142140"]  # fmt: skip
    assert restore(["R14214", "R01233"]) == ["14214", "01233"]


def test_the_editions_own_code_comes_first():
    # 10201 is Maebashi in five digits, and would be 010201 in six: the check digits fit both.
    assert restore(["10201"]) == ["010201"]
    assert restore(["10201", "10201"], own="102016") == ["10201", "10201"]
    assert restore(["14214"], own="142140") == ["14214"]
    assert restore(["12025"], own="012025") == ["012025"]
    assert restore(["1202"], own="012025") == ["01202"]
