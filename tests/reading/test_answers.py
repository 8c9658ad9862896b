"""Survey files to responses: what is read, what is refused and in which words."""

import datetime as dt

import pandas as pd
import pytest
from survey_files import CODEBOOK, HEADINGS, ROWS, open_edition

from helpers.places import Places
from helpers.problems import InputError
from helpers.reading.answers import read_cell
from helpers.reading.cell import plain
from helpers.reading.codebook import Question, open_codebook
from helpers.reading.respondents import read_responses
from helpers.reading.responses import load_responses, responses_schema, save_responses

SCORE = Question.model_validate({"columns": "a", "scale": "zero_to_ten"})


def read(tmp_path, monkeypatch, rows=ROWS, codebook=CODEBOOK, headings=HEADINGS):
    edition = open_edition(tmp_path, monkeypatch, codebook, rows, headings)
    return read_responses(edition, open_codebook(edition))


def sentences(tmp_path, monkeypatch, **files):
    with pytest.raises(InputError) as error:
        read(tmp_path, monkeypatch, **files)
    return str(error.value).splitlines()


def changed(row, column, value):
    rows = [list(r) for r in ROWS]
    rows[row][column] = value
    return rows


def test_a_vendors_workbook_becomes_responses(tmp_path, monkeypatch):
    frame = read(tmp_path, monkeypatch).responses
    assert list(frame["district"]) == ["north", "south", "north", "south"]
    assert frame["tenure"].cat.ordered
    assert list(frame["tenure"].cat.categories) == ["under_5", "5-9", "10+"]
    assert frame["attachment"].tolist()[:2] == [1, 2]
    assert frame["attachment"].isna().tolist() == [False, False, True, True]
    assert frame["attachment_missing"].tolist()[2:] == ["dont_know", "no_answer"]
    assert frame["recommend"].tolist()[:3] == [10, 0, 7]
    assert frame["recommend"].dtype == "Int64"


def test_what_the_codebook_does_not_name_does_not_get_in(tmp_path, monkeypatch):
    survey = read(tmp_path, monkeypatch)
    assert "ひみつの意見" not in survey.responses.to_csv()
    assert "K1" not in survey.responses.to_csv()
    assert list(survey.unread["column"]) == ["整理番号", "自由意見"]


@pytest.mark.parametrize(
    ("row", "column", "value", "said"),
    [
        (0, 4, 11, "survey.xlsx 回答!E4（問2 お勧め）: 2桁の数があり、回答の範囲にありません"),
        (1, 4, -1, "survey.xlsx 回答!E5（問2 お勧め）: 1桁の負の数があり、回答の範囲にありません"),
        (
            0,
            4,
            7.5,
            "survey.xlsx 回答!E4（問2 お勧め）: 3文字の文字列があり、回答の範囲にありません",
        ),
        (2, 3, 7, "survey.xlsx 回答!D6（問1 愛着）: 1桁の数があり、回答の範囲にありません"),
        (3, 1, 3, "survey.xlsx 回答!B7（属性 地区）: 1桁の数があり、codebook の区分ではありません"),
        (
            1,
            2,
            dt.datetime(2025, 5, 9),
            "survey.xlsx 回答!C5（属性 居住年数）: 区分が日付に変わっています（10文字の文字列）",
        ),
        (
            2,
            0,
            "K1",
            "survey.xlsx 回答!A6（整理番号）: "
            "同じ回答者が2回あります（1回目は survey.xlsx 回答!A4）",
        ),
        (3, 0, None, "survey.xlsx 回答!A7（整理番号）: 回答者の番号が空です"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path, monkeypatch, row, column, value, said):
    lines = sentences(tmp_path, monkeypatch, rows=changed(row, column, value))
    assert len(lines) == 1
    assert lines[0].startswith(said)


def test_everything_wrong_is_told_at_once(tmp_path, monkeypatch):
    rows = changed(0, 4, 11)
    rows[1][1], rows[2][0] = 9, "K1"
    lines = sentences(tmp_path, monkeypatch, rows=rows)
    assert [line.split("（")[0] for line in lines] == [
        "survey.xlsx 回答!B5",
        "survey.xlsx 回答!E4",
        "survey.xlsx 回答!A6",
    ]


def test_an_empty_question_is_told(tmp_path, monkeypatch):
    rows = [[*row[:4], None, row[5]] for row in ROWS]
    (line,) = sentences(tmp_path, monkeypatch, rows=rows)
    assert line.startswith("survey.xlsx 回答!E4（問2 お勧め）: 回答が1つもありません")


def test_a_renamed_column_is_told_and_costs_one_word_of_the_codebook(tmp_path, monkeypatch):
    headings = [[*HEADINGS[0][:3], "Q1 愛着度", *HEADINGS[0][4:]], HEADINGS[1]]
    (line,) = sentences(tmp_path / "a", monkeypatch, headings=headings)
    assert line.startswith("survey.xlsx 回答: 「attachment」の列がありません")
    assert "「Q1 愛着度」の誤りではないか" in line
    codebook = CODEBOOK.replace("[問1 愛着]", "[問1 愛着, Q1 愛着度]")
    renamed = read(tmp_path / "b", monkeypatch, codebook=codebook, headings=headings)
    same = read(tmp_path / "c", monkeypatch, codebook=codebook)
    pd.testing.assert_frame_equal(renamed.responses, same.responses)


def test_a_heading_found_twice_is_told(tmp_path, monkeypatch):
    headings = [[*HEADINGS[0][:5], "問1 愛着"], HEADINGS[1]]
    (line,) = sentences(tmp_path, monkeypatch, headings=headings)
    assert line.startswith("survey.xlsx 回答!D3、survey.xlsx 回答!F3: 「attachment」に当たる列が 2")


def test_a_score_without_any_zero_is_refused_until_the_form_was_checked(tmp_path, monkeypatch):
    rows = [[f"K{i}", 1 + i % 2, "5-9", 1, 1 + i % 10, None] for i in range(300)]
    (line,) = sentences(tmp_path / "a", monkeypatch, rows=rows)
    assert "300 件の回答に 0 点が1つもありません" in line
    checked = CODEBOOK + "    zero_offered: true\n"
    frame = read(tmp_path / "b", monkeypatch, rows=rows, codebook=checked).responses
    assert frame["recommend"].min() == 1


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("１０", 10, "全角の数字を読みました"),
        ("10点", 10, "「点」の付いた数字を読みました"),
        ("８点", 8, "「点」の付いた数字を読みました"),
        ("10.0", 10, ""),
        (" 3 ", 3, ""),
        ("0", 0, ""),
    ],
)
def test_harmless_spellings_are_read_and_noted(text, value, note):
    reading = read_cell(text, SCORE)
    assert (reading.value, reading.note, reading.wrong) == (value, note, None)


@pytest.mark.parametrize("text", ["1O", "7.5", "10点満点", "十", "98", "-1", "7-8", "2025-05-09"])
def test_what_is_not_a_score_is_not_scored(text):
    reading = read_cell(text, SCORE)
    assert reading.value is None and reading.wrong and not reading.missing


def test_99_is_no_answer_and_never_a_score():
    assert read_cell("99", SCORE).missing == "no_answer"
    assert read_cell("９９", SCORE).missing == "no_answer"
    assert read_cell("99", Question(columns=["a"], scale="zero_to_ten", no_answer=[])).wrong


def test_a_reversed_scale_and_changed_codes():
    answers = {i: str(i) for i in range(1, 6)}
    shape = {"columns": "a", "scale": "five_point", "answers": answers}
    assert read_cell("1", Question.model_validate({**shape, "reverse": True})).value == 5
    coded = Question.model_validate({**shape, "codes": {"1": 4, "4": 1}})
    assert [read_cell(c, coded).value for c in "1245"] == [4, 2, 1, 5]


def test_dashes_and_waves_of_all_kinds_are_one():
    assert len({plain(text) for text in ("18〜19", "18～19", "18~19", " 18 ~ 19")}) == 1
    assert len({plain(text) for text in ("5-9", "5－9", "5−9", "5‐9", "5–9")}) == 1


def test_multiple_answers_tell_not_chosen_from_no_answer(tmp_path, monkeypatch):
    codebook = CODEBOOK.replace(
        "    columns: 問2 お勧め\n    scale: zero_to_ten",
        "    items: {a: 問2 お勧め, b: 自由意見}\n    scale: multiple",
    )
    rows = [
        ["K1", 1, "5-9", 1, 1, None],
        ["K2", 2, "5-9", 1, None, None],
        ["K3", 2, "5-9", 1, None, "○"],
    ]
    frame = read(tmp_path, monkeypatch, rows=rows, codebook=codebook).responses
    assert frame["recommend.a"].tolist() == [1, pd.NA, 0]
    assert frame["recommend.b"].tolist() == [0, pd.NA, 1]
    assert frame["recommend.a_missing"].tolist()[1] == "no_answer"


def test_responses_survive_saving_and_no_strange_column_is_saved(tmp_path, monkeypatch):
    edition = open_edition(tmp_path, monkeypatch)
    codebook = open_codebook(edition)
    frame = read_responses(edition, codebook).responses
    save_responses(frame, codebook, edition.places)
    pd.testing.assert_frame_equal(load_responses(codebook, edition.places), frame)
    with_name = frame.assign(name="K1")
    assert "name" not in save_responses(with_name, codebook, edition.places)
    with pytest.raises(InputError, match="13_clean_survey"):
        load_responses(codebook, Places(tmp_path, "testville", 1999))


def test_an_unexplained_gap_does_not_pass_the_schema(tmp_path, monkeypatch):
    edition = open_edition(tmp_path, monkeypatch)
    codebook = open_codebook(edition)
    frame = read_responses(edition, codebook).responses
    frame.loc[0, "recommend"] = pd.NA
    with pytest.raises(InputError, match="recommend"):
        save_responses(frame, codebook, edition.places)
    frame.loc[0, "recommend"] = 55
    with pytest.raises(InputError, match="recommend"):
        save_responses(frame, codebook, edition.places)
    assert responses_schema(codebook).pandera.columns["recommend"].nullable


PERSONAL = ["山田 太郎", "090-1234-5678", "taro@example.jp", "駅前の騒音がひどい", "1985年3月4日"]


@pytest.mark.parametrize("text", PERSONAL)
@pytest.mark.parametrize("column", [1, 2, 3, 4])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_name_in_a_column_of_codes_is_not_repeated(tmp_path, monkeypatch, text, column, lang):
    with pytest.raises(InputError) as error:
        read(tmp_path, monkeypatch, rows=changed(0, column, text))
    said = error.value.text(lang)
    assert text not in said and "survey.xlsx" in said
    assert (f"{len(text)}文字" if lang == "ja" else f"{len(text)} characters") in said


def test_a_row_of_answers_in_the_place_of_the_heading_is_not_repeated(tmp_path, monkeypatch):
    with pytest.raises(InputError) as error:
        row = ["K7", "山田 太郎", "5", "4", "10", "ひみつの意見"]
        read(tmp_path, monkeypatch, headings=[row, [None] * 6])
    assert "山田" not in str(error.value) and "ひみつ" not in str(error.value)
    assert "列あります" in str(error.value)


def test_ages_in_years_lower_headings_and_items_by_their_own_name(tmp_path, monkeypatch):
    codebook = CODEBOOK.replace("columns: 属性 地区", "columns: 地区").replace(
        "columns: 属性 居住年数\n    classes: {under_5: [5年未満], 5-9: [], 10+: [10年以上]}",
        "columns: 居住年数\n    classes: {18~29歳: [18~29], 30代: [30〜39], 70歳以上: [70~110]}",
    )
    codebook += "  media:\n    scale: multiple\n    items: {広報紙: 自由意見}\n"
    rows = [[*row[:2], age, *row[3:5], said] for row, age, said in zip(
        ROWS, (18, 29, 39, 110), (1, 0, 1, 0), strict=True)]  # fmt: skip
    frame = read(tmp_path, monkeypatch, rows=rows, codebook=codebook).responses
    assert list(frame["tenure"]) == ["18~29歳", "18~29歳", "30代", "70歳以上"]
    assert list(frame["district"]) == ["north", "south", "north", "south"]
    assert [*frame["media.広報紙"]] == [True, False, True, False]
    spoiled = codebook.replace("30〜39", "29~39")
    said = sentences(tmp_path / "b", monkeypatch, codebook=spoiled, rows=rows)
    assert any("「29」" in line for line in said)
