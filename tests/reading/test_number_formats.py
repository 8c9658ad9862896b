"""What Excel shows for a number, by its format; each text as Excel itself shows it."""

import datetime as dt

import pytest

from helpers.reading.number_formats import shown, tells


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.67, "0.0%", "67.0"),
        (0.6695652173913044, "0.0%", "67.0"),
        (0.6587473002159827, "0.0%", "65.9"),
        (0.125, "0%", "13"),  # half away from zero, as Excel rounds
        (-0.021, '0.0%;"▲"0.0%', "-2.1"),
        (1.149, "#,##0.0%", "114.9"),
        (0.0, "0.0%", "0.0"),
        (207400, "#,##0,", "207"),
        (207400, "#,##0.0,", "207.4"),
        (123456789, "#,##0,,", "123"),
        (123456789, '#,##0,,"百万円"', "123百万円"),
        (5, '"▲"#,##0', "-5"),
        (-5, '#,##0;"▲ "#,##0', "-5"),
        (5, '"令和"0"年度"', "令和5年度"),
        (1234, '#,##0"千円"', "1234千円"),
        (1234.5, '"¥"#,##0', None),
        (1234, "#,##0_);(#,##0)", None),
        (-1234, "#,##0_);[Red](#,##0)", None),
        (0, '#,##0;-#,##0;"-"', None),  # a dash for a known zero
        (0.5, '[<1]0.0%;0"人"', "50.0"),
        (12, '[<1]0.0%;0"人"', "12人"),
        (3, '"秘匿"', "秘匿"),
        (44562, '[$-411]ggge"年度"', "令和4年度"),
        (44562, '[$-411]e"年"', "4年"),
        (dt.date(2022, 1, 1), 'yyyy"年度"', "2022年度"),
        (dt.date(2019, 4, 30), '[$-411]ggge"年"', "平成31年"),
        (dt.datetime(2019, 5, 1), "[$-411]ge", "R1"),
        (dt.date(2022, 3, 31), 'yyyy"年"m"月"d"日"', None),
        (dt.date(2022, 3, 31), "yyyy/m/d", None),
        (1234.5, "General", None),
        (1234.5, "0.0", None),
        ("0.67", "0.0%", None),  # a text stays a text
        (True, "0%", None),
    ],
)
def test_what_excel_shows(value, code, text):
    assert shown(value, code) == text
    assert tells(code) or text is None
