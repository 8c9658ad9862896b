import math

import pytest

from helpers.edition import Edition
from helpers.problems import InputError
from helpers.reading.printed import read_printed_number, read_printed_tables

CSV = "nishitokyo/2025/printed_tables.csv"
YML = "nishitokyo/2025/edition.yml"


@pytest.mark.parametrize(
    ("text", "unit", "printed", "value"),
    [
        ("72.5%", "%", "72.5", 72.5),
        ("48.0％", "%", "48.0", 48.0),
        ("-8", "ポイント", "−8", -8),
        ("−1,097.1", "", "−1097.1", -1097.1),
        ("▲165.6", "", "−165.6", -165.6),
        ("15,138人", "人", "15138", 15138),
        ("約20万6千人", "人", "20万6千", 206_000),
        ("1万人以上", "万人以上", "1", 1),
        ("１８位", "位", "18", 18),
        ("↗", "人", "↗", math.nan),
        ("順調", "", "順調", math.nan),
    ],
)
def test_texts_as_documents_print_them(text, unit, printed, value):
    found, number = read_printed_number(text, unit)
    assert found == printed
    assert number == value or (math.isnan(number) and math.isnan(value))


@pytest.mark.parametrize("text", ["72.5点", "7..5", "12-13"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="数値"):
        read_printed_number(text, "%")


def test_all_of_a_document_is_read(project):
    assert len(read_printed_tables(Edition.open("nishitokyo", 2025))) == 71
    assert len(read_printed_tables(Edition.open("isehara", 2024))) == 16


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (CSV, "18-19歳,48.0%", "18-19才,48.0%", ["D3", "18-19才", "「18-19歳」の誤り"]),
        (CSV, "全体,72.5%", "全体,172.5%", ["E2", "172.5%", "0〜100"]),
        (CSV, "全体,72.5%", "全体,七割", ["E2", "「七割」は数値ではありません"]),
        (CSV, "全体,72.5%", "全体,7 2.5%", ["E2", "「7 2.5%」は数値ではありません"]),
        (CSV, "愛着（居住年数別）,", "愛着（居住年別）,", ["B18", "「愛着（居住年数別）」の誤り"]),
        (CSV, "page,table,row", "頁,table,row", ["A1", "見出し"]),
        (CSV, "全体,12.1%", "全体,12.2%", ["12.1", "12.2", "同じ数値"]),
        (
            YML,
            '    unit: "%"\n    fiscal_year: 2025\n    rows',
            '    unit: "%"\n    rows',
            ["fiscal_year"],
        ),
    ],
)
def test_each_defect_names_its_cell(spoil, file, old, new, words):
    spoil(file, old, new)
    with pytest.raises(InputError) as caught:
        read_printed_tables(Edition.open("nishitokyo", 2025))
    for word in words:
        assert word in str(caught.value)


def test_all_defects_are_told_at_once(spoil):
    spoil(CSV, "18-19歳,48.0%", "18-19才,48.0%")
    spoil(CSV, "30-39歳,69.7%", "30-39歳,-69.7%")
    with pytest.raises(InputError) as caught:
        read_printed_tables(Edition.open("nishitokyo", 2025))
    assert len(caught.value.problems) == 2
