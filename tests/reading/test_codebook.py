"""The codebook: one map for several years, and what it refuses."""

import pytest
from pydantic import ValidationError
from survey_files import CODEBOOK, open_edition

from helpers.problems import InputError
from helpers.reading.codebook import Codebook, Question, open_codebook


def test_a_key_holds_from_its_year_on():
    question = Question.model_validate(
        {
            "columns": "問1",
            "scale": "five_point",
            "answers": {i: str(i) for i in range(1, 6)},
            "from_year": {2024: {"codes": {"1": 5}}, 2025: {"columns": ["Q1"]}},
        }
    )
    assert question.at(2023).codes == {}
    assert question.at(2024).codes == {"1": 5}
    assert (question.at(2025).codes, question.at(2025).columns) == ({"1": 5}, ["Q1"])
    assert question.at(2024).columns == ["問1"]


def test_an_override_is_checked_when_the_codebook_is_read_and_not_in_its_year():
    with pytest.raises(ValidationError, match="colums"):
        Question.model_validate(
            {"columns": "a", "scale": "zero_to_ten", "from_year": {2031: {"colums": "b"}}}
        )


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            {"columns": "a", "scale": "zero_to_ten", "answers": dict.fromkeys(range(1, 11), "")},
            "1〜10点の設問は修正NPSにできません",
        ),
        ({"columns": "a", "scale": "single"}, "answers"),
        ({"columns": "a", "scale": "five_point", "answers": {1: "x", 2: "y"}}, "1〜5"),
        ({"scale": "zero_to_ten"}, "どちらか一方"),
        ({"columns": "a", "scale": "zero_to_ten", "positive": [11]}, "11"),
    ],
)
def test_a_question_that_does_not_fit_its_scale_is_refused(question, said):
    with pytest.raises(ValidationError, match=said):
        Question.model_validate(question)


def test_a_panel_needs_the_number_that_joins_its_people():
    with pytest.raises(ValidationError, match="person"):
        Codebook.model_validate(
            {"sources": {"m": {"file": "m.csv", "sample": "panel"}}, "questions": {}}
        )


def test_every_misspelling_is_named_at_once(tmp_path, monkeypatch):
    text = CODEBOOK.replace("scale: zero_to_ten", "scal: zero_to_ten").replace("sheet:", "shet:")
    edition = open_edition(tmp_path, monkeypatch, text)
    with pytest.raises(InputError) as error:
        open_codebook(edition)
    said = str(error.value)
    assert "「scal」" in said and "「scale」の誤りではないか" in said
    assert "「shet」" in said and "「sheet」の誤りではないか" in said


def test_a_source_that_does_not_exist_is_named(tmp_path, monkeypatch):
    text = CODEBOOK.replace("sources: [resident]", "sources: [residents]")
    assert text != CODEBOOK
    edition = open_edition(tmp_path, monkeypatch, text)
    with pytest.raises(InputError, match="「residents」が sources にありません"):
        open_codebook(edition)


def test_no_codebook_says_what_to_do(tmp_path, monkeypatch):
    edition = open_edition(tmp_path, monkeypatch, None)
    with pytest.raises(InputError, match=r"前年度の codebook\.yml を写して"):
        open_codebook(edition)
