"""One cause, one line: what spoils a column is said once, with count and the first cells."""

from helpers.problems import InputError, Message, Problems

WORD = Message(
    "「{text}」は数値ではありません", "数値", "直してください", "“{text}” is no number. → mend it"
)
OTHER = Message("「{text}」は負です", en="“{text}” is negative")


def noted(*problems):
    collected = Problems()
    for problem in problems:
        collected.note(problem)
    return collected


def test_a_column_with_one_cause_is_one_line():
    found = list(noted(*(WORD.at(f"a.xlsx 表!B{row}", text=f"x{row}") for row in range(2, 1745))))
    assert len(found) == 1
    assert str(found[0]) == (
        "a.xlsx 表!B2: 「x2」は数値ではありません（同じ列に全 1,743 件: B2、B3、B4…）。"
        "正しくは数値。 → 直してください。"
    )
    assert found[0].text("en") == (
        "a.xlsx 表!B2: “x2” is no number (1,743 in this column: B2, B3, B4…). → mend it"
    )


def test_columns_sheets_and_causes_stay_apart():
    places = ["a.xlsx 表!B2", "a.xlsx 表!C2", "a.xlsx 別!B2", "b.csv B2", "a.xlsx"]
    found = noted(
        *(WORD.at(place, text="x") for place in places), OTHER.at("a.xlsx 表!B3", text="-1")
    )
    assert [problem.where for problem in found] == [*places, "a.xlsx 表!B3"]


def test_two_things_about_one_cell_are_two_lines_and_one_thing_twice_is_one():
    found = noted(*(WORD.at("b.csv B2", text=text) for text in ("x", "y", "x")))
    assert [problem.found for problem in found] == [
        "「x」は数値ではありません",
        "「y」は数値ではありません",
    ]


def test_a_survey_heading_behind_the_cell_is_no_hindrance():
    places = [f"survey.xlsx 回答!AB{row}（問5 満足度 A1）" for row in (3, 4)]
    found = list(noted(*(WORD.at(place, text="x") for place in places)))
    assert found[0].cells == ("AB3", "AB4")


def test_what_is_raised_is_gathered_and_gathering_twice_changes_nothing():
    ones = [WORD.at(f"b.csv B{row}", text="x") for row in (2, 3, 4, 5)]
    error = InputError(ones)
    again = InputError([*error.problems, *ones])
    assert error.problems == again.problems
    assert "全 4 件: B2、B3、B4…" in str(error)
