"""Codebooks that contradict themselves, and headings as vendors write them."""

import pytest
from english import english, japanese_in
from survey_files import CODEBOOK, HEADINGS, ROWS, open_edition

from helpers.problems import InputError
from helpers.reading.codebook import open_codebook
from helpers.reading.respondents import read_responses


def refused(edition, *words: str) -> str:
    with pytest.raises(InputError) as caught:
        read_responses(edition, open_codebook(edition))
    assert [english(p) for p in caught.value.problems if japanese_in(english(p))] == []
    text = str(caught.value)
    assert [word for word in words if word not in text] == [], text
    return text


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        # overlap: a code in two classes, in whatever spelling
        ('south: ["2"]', 'south: ["2", "1"]', ["「1」", "north、south"]),
        ('south: ["2"]', "south: [２, １]", ["「1」", "north、south"]),
        ('south: ["2"]', "south: [North, north]", ["「north」"]),
        ("10+: [10年以上]", "10+: [10年以上, 5－9]", ["「5-9」", "5-9、10+"]),
        # n99: a code for no answer that is also an answer
        ("1: 強い, ", "99: 強い, ", ["99", "no_answer"]),
        ("5: 弱い", "5: 無回答", ["「無回答」", "no_answer"]),
        ('dont_know: ["6"]', 'dont_know: ["5"]', ["「5」", "dont_know"]),
        ('dont_know: ["6"]', "dont_know: [ふつう]", ["「ふつう」", "dont_know"]),
        ('dont_know: ["6"]', 'dont_know: ["6"]\n    not_applicable: ["6"]', ["「6」", "2か所"]),
        ("scale: zero_to_ten", 'scale: zero_to_ten\n    no_answer: ["0"]', ["「0」", "no_answer"]),
        # same: two questions in one column
        ("columns: 問2 お勧め", "columns: 問1 愛着", ["attachment と recommend", "同じ列"]),
        ("columns: 問2 お勧め", "columns: [問2 誘う, 属性 地区]", ["district と recommend", "B3"]),
    ],
)
def test_a_codebook_that_contradicts_itself_is_refused(tmp_path, monkeypatch, old, new, words):
    assert old in CODEBOOK
    codebook = CODEBOOK.replace(old, new).replace("scale: five_point", "scale: single")
    refused(open_edition(tmp_path, monkeypatch, codebook), *words)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # 99 is no answer by default; said to be a class, or mapped, it is that alone.
        ('south: ["2"]', 'south: ["2", "99"]'),
        ('dont_know: ["6"]', 'dont_know: ["6"]\n    codes: {1: 5, 2: 4, 3: 3, 4: 2, 5: 1}'),
        ('dont_know: ["6"]', 'dont_know: ["99"]\n    no_answer: ["6"]'),
        ("scale: zero_to_ten", 'scale: zero_to_ten\n    no_answer: ["99", "11"]'),
    ],
)
def test_what_only_looks_like_a_contradiction_is_read(tmp_path, monkeypatch, old, new):
    edition = open_edition(tmp_path, monkeypatch, CODEBOOK.replace(old, new))
    assert len(read_responses(edition, open_codebook(edition)).responses) == len(ROWS)


FIELDS = (
    CODEBOOK
    + """
  satisfaction:
    scale: five_point
    answers: {1: 満足, 2: やや満足, 3: ふつう, 4: やや不満, 5: 不満}
    items:
      childcare: %s
      safety: %s
  importance:
    scale: five_point
    answers: {1: 重要, 2: やや重要, 3: ふつう, 4: やや重要でない, 5: 重要でない}
    items:
      childcare: %s
      safety: %s
"""
)
ANSWERS = [
    [*row, a, b, 5 - a, 5 - b] for row, a, b in zip(ROWS, (1, 2, 3, 4), (2, 1, 4, 3), strict=True)
]


def found(edition) -> list[list[int]]:
    table = read_responses(edition, open_codebook(edition)).responses
    names = [
        "satisfaction.childcare",
        "satisfaction.safety",
        "importance.childcare",
        "importance.safety",
    ]
    return table[names].values.tolist()


def test_an_upper_heading_holds_for_the_blanks_to_its_right(tmp_path, monkeypatch):  # blankhead
    codebook = FIELDS % (
        "問5 満足度 子育て",
        "問5 満足度 防災",
        "問6 重要度 子育て",
        "問6 重要度 防災",
    )
    headings = [
        [*HEADINGS[0], "問5 満足度", None, "問6 重要度", None],
        [*HEADINGS[1], "子育て", "防災", "子育て", "防災"],
    ]
    edition = open_edition(tmp_path, monkeypatch, codebook, ANSWERS, headings)
    assert found(edition) == [row[-4:] for row in ANSWERS]


def test_headings_that_stand_twice_are_told_apart_by_number(tmp_path, monkeypatch):  # duphead
    headings = [[*HEADINGS[0], None, None, None, None], [*HEADINGS[1], "子育て", "防災", "子育て", "防災"]]  # fmt: skip
    codebook = FIELDS % ("子育て#1", "防災#1", "子育て#2", "防災#2")
    edition = open_edition(tmp_path, monkeypatch, codebook, ANSWERS, headings)
    assert found(edition) == [row[-4:] for row in ANSWERS]


def test_headings_that_stand_twice_without_a_number_are_refused(tmp_path, monkeypatch):
    headings = [[*HEADINGS[0], None, None, None, None], [*HEADINGS[1], "子育て", "防災", "子育て", "防災"]]  # fmt: skip
    edition = open_edition(tmp_path, monkeypatch, FIELDS % ("子育て", "防災", "子育て#2", "防災#2"), ANSWERS, headings)  # fmt: skip
    refused(edition, "2 つ", "子育て#2")


def test_a_merged_answer_is_refused(tmp_path, monkeypatch):
    import survey_files

    monkeypatch.setattr(survey_files, "MERGED", [*survey_files.MERGED, "D4:D5"])
    rows = [list(row) for row in ROWS]
    rows[1][3] = None
    refused(open_edition(tmp_path, monkeypatch, rows=rows), "D4:D5", "全 2 件")
