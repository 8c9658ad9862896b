import pytest

from helpers.years import era_year, parse_year, short_year, year_label


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2025", 2025),
        (2025, 2025),
        ("２０２５年度", 2025),
        ("令和7年度", 2025),
        ("令和７年", 2025),
        ("R7", 2025),
        ("r7", 2025),
        ("R.7", 2025),
        ("令和元年度", 2019),
        ("平成31年度", 2019),  # budgets were written so before the era changed in May
        ("平成元年", 1989),
        ("昭和64年", 1989),
        ("H27", 2015),
        (" 令和 7 年度 ", 2025),
    ],
)
def test_both_calendars_are_read(text, year):
    assert parse_year(text) == year


@pytest.mark.parametrize(
    "text", ["25", "令和0年", "平成32年度", "1899", "2101", "七年", "", "2025年代"]
)
def test_what_is_no_fiscal_year_is_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match="年度"):
        parse_year(text)


def test_years_are_written_as_reports_do():
    assert [short_year(year) for year in (1989, 2018, 2019, 2025)] == ["H1", "H30", "R1", "R7"]
    assert era_year(2019) == "令和元年度"
    assert year_label(2025) == "令和7年度（2025年度）"
    assert year_label(2025, "en") == "FY2025"


@pytest.mark.parametrize("year", range(1950, 2101))
def test_writing_and_reading_agree(year):
    assert parse_year(short_year(year)) == parse_year(era_year(year)) == year
