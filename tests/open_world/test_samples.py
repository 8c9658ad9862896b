"""How people came into a survey: places, modes, weights of a vendor, filters, several answers."""

import json
import math
import random

import pandas as pd
import pytest

from helpers.check.examination import examine
from helpers.desk.indicators import Desk
from helpers.edition import Edition
from helpers.indicators.wanted import shares_wanted
from helpers.indicators.weighting import designs, said, sample_of
from helpers.problems import InputError
from helpers.reading.codebook import open_codebook
from helpers.reading.respondents import read_responses
from helpers.survey.estimate import estimate

EDITION = {
    "city": "aoba",
    "fiscal_year": 2025,
    "name": {"ja": "青葉市", "en": "Aoba"},
    "code": "999999",
    "report": {"ja": "報告", "en": "Report"},
    "sources": {"survey": {"ja": "調査", "en": "Survey"}},
    "notebooks": [],
}
ASKED = {
    "columns": "愛着",
    "scale": "five_point",
    "answers": {1: "強い", 2: "やや", 3: "ふつう", 4: "弱い", 5: "ない"},
    "positive": [1, 2],
    "negative": [4, 5],
}


@pytest.fixture
def survey(tmp_path, monkeypatch):
    """Write files of a survey and its codebook; give back what opens them."""
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    folder = tmp_path / "data/raw/aoba/2025"
    folder.mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    (folder / "edition.yml").write_text(json.dumps(EDITION), encoding="utf-8")

    def write(sources, questions=None, groups=None, **files):
        for name, frame in files.items():
            table = pd.DataFrame(frame)
            table.assign(通し=range(len(table))).to_csv(folder / f"{name}.csv", index=False)
        content = {
            "sources": {n: {"file": f"{n}.csv", **one} for n, one in sources.items()},
            "groups": groups or {},
            "questions": questions or {"attachment": ASKED},
        }
        text = json.dumps(content, ensure_ascii=False)  # JSON is YAML, and knows no aliases
        (folder / "codebook.yml").write_text(text, encoding="utf-8")
        edition = Edition.open("aoba", 2025)
        codebook = open_codebook(edition)
        return codebook, read_responses(edition, codebook)

    return write


def attachment(codebook, responses):
    """Definition → estimate of the positive share and its error."""
    people = sample_of(responses, codebook)
    (wanted,) = [
        w for w in shares_wanted(people, codebook, ["attachment"]) if w.category == "positive"
    ]
    both = designs(people, None, codebook).items()
    return {name: estimate({"x": wanted.measure}, d).frame.iloc[0] for name, d in both}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_places_that_were_drawn_first_make_the_error(survey, seed):
    draw = random.Random(seed)
    places = [f"第{j}投票区" for j in range(12) for _ in range(9)]
    answers = [draw.choice([1, 2] if int(p[1:-3]) % 2 else [1, 3, 4, 5]) for p in places]
    file = {"愛着": answers, "地点": places}
    codebook, read = survey({"mail": {"sample": "random", "cluster": "地点"}}, mail=file)
    assert not set(read.responses["cluster"]) & set(places)  # numbered anew
    (one,) = attachment(codebook, read.responses).values()
    # By hand: z_j = sum of (y - p)/n over a place; m/(m-1) times the sum of their squares.
    y = [1.0 if a in (1, 2) else 0.0 for a in answers]
    p = sum(y) / len(y)
    z = [sum(y[j * 9 : j * 9 + 9]) / len(y) - p * 9 / len(y) for j in range(12)]
    assert one["se"] == pytest.approx(100 * math.sqrt(12 / 11 * sum(v * v for v in z)))
    assert one["estimate"] == pytest.approx(100 * p)
    assert one["df"] == 11
    assert "地点" in said(codebook)["抽出"].ja


def test_weights_of_the_vendor_are_taken_as_they_are(survey):
    weights = [0.5, 2.0, 1.25, 1.25, "1.0", "０．５"]
    file = {"愛着": [1, 2, 3, 4, 5, 1], "ウェイト値": weights}
    source = {"sample": "random", "weight": "ウェイト値"}
    codebook, read = survey({"mail": source}, mail=file)
    found = attachment(codebook, read.responses)
    assert found["weighted"]["estimate"] == pytest.approx(100 * 3.0 / 6.5)
    assert found["unweighted"]["estimate"] == pytest.approx(50)
    assert found["weighted"]["low"] < 46 < found["weighted"]["high"]
    open_one, read = survey({"mail": source | {"sample": "open"}}, mail=file)
    found = attachment(open_one, read.responses)
    assert found["weighted"]["estimate"] == pytest.approx(100 * 3.0 / 6.5)
    assert math.isnan(found["weighted"]["low"]) and math.isnan(found["unweighted"]["se"])


@pytest.mark.parametrize("text", ["", "0", "-1", "なし"])
def test_a_weight_that_is_none_is_refused_by_cell(survey, text):
    file = {"愛着": [1, 2], "重み": ["1.5", text]}
    with pytest.raises(InputError, match=r"mail.csv B3（重み）: .*重みではありません"):
        survey({"mail": {"sample": "random", "weight": "重み"}}, mail=file)


def test_post_and_web_are_one_draw(survey):
    mail, web = {"番号": [1, 2, 3], "愛着": [1, 2, 3]}, {"番号": [4, 5], "愛着": [1, 5]}
    sources = {
        "mail": {"sample": "random", "person": "番号"},
        "web": {"sample": "random", "person": "番号", "drawn_with": "mail"},
        "event": {"sample": "open"},
    }
    codebook, read = survey(sources, mail=mail, web=web, event={"愛着": [1, 1, 1]})
    people = sample_of(read.responses, codebook)
    assert list(people["source"]) == ["mail"] * 3 + ["web"] * 2
    assert attachment(codebook, read.responses)["unweighted"]["estimate"] == pytest.approx(60)
    web["番号"] = [2, 5]
    with pytest.raises(InputError, match=r"web.csv A2（番号）: 同じ回答者が2回.*mail.csv A3"):
        survey(sources, mail=mail, web=web, event={"愛着": [1]})
    del sources["web"]["drawn_with"]
    web["番号"] = [4, 5]
    with pytest.raises(InputError, match=r"別々に抽出した.*drawn_with"):
        survey(sources, mail=mail, web=web, event={"愛着": [1]})
    assert any("drawn_with" in str(problem) for problem in examine("aoba", 2025).errors)


def test_behind_a_filter_only_who_was_asked_counts(survey):
    stay = ASKED | {"columns": "理由", "asked_if": {"attachment": ["4", "5"]}}
    file = {"愛着": [4, 5, 1, 2, "", "", 4], "理由": [1, 2, 3, "", 4, "", ""]}
    _, read = survey({"mail": {"sample": "open"}}, {"attachment": ASKED, "why": stay}, mail=file)
    answers, reasons = read.responses["why"], read.responses["why_missing"]
    assert [None if pd.isna(a) else a for a in answers] == [1, 2, None, None, 4, None, None]
    expected = [None, None, "not_applicable", "not_applicable", None, "not_applicable", "no_answer"]
    assert [None if pd.isna(r) else r for r in reasons] == expected
    assert list(read.notes["cells"]) == [1]  # an answer of somebody who was not asked, not counted
    (told,) = [p for p in examine("aoba", 2025).warnings if "asked_if" in str(p)]
    assert "mail.csv B4" in str(told)


OPTIONS = {
    "paper": ["1", "市報"],
    "line": ["2", "LINE"],
    "mouth": ["3", "知人、友人"],
    "rest": ["13"],
}
CELLS = [
    ("1,3", ["paper", "mouth"]),
    ("1，3", ["paper", "mouth"]),
    ("1;2;", ["paper", "line"]),
    ("1 3", ["paper", "mouth"]),
    ("1　3", ["paper", "mouth"]),
    ("1\n2", ["paper", "line"]),
    ("13", ["rest"]),
    ("１／１３", ["paper", "rest"]),
    ("市報;LINE;", ["paper", "line"]),
    ("知人、友人、市報", ["mouth", "paper"]),
    ("ＬＩＮＥ", ["line"]),
    ("", None),
    ("無回答", None),
]


def test_several_answers_in_a_cell(survey):
    question = {"scale": "multiple", "together": "手段", "options": OPTIONS}
    file = {"手段": [text for text, _ in CELLS]}
    _, read = survey({"web": {"sample": "open"}}, {"media": question}, web=file)
    for row, (text, chosen) in enumerate(CELLS):
        found = {o: read.responses[f"media.{o}"][row] for o in OPTIONS}
        if chosen is None:
            assert all(pd.isna(value) for value in found.values()), text
        else:
            assert {o for o, value in found.items() if value == 1} == {*chosen}, text
    file["手段"][0] = "1,4"
    with pytest.raises(InputError, match=r"web.csv A2（手段）.*選択肢ではありません"):
        survey({"web": {"sample": "open"}}, {"media": question}, web=file)


def test_up_to_three_answers_in_as_many_columns(survey):
    question = {"scale": "multiple", "together": ["1つ目", "2つ目", "3つ目"], "options": OPTIONS}
    file = {"1つ目": ["1", "3", ""], "2つ目": ["13", "", ""], "3つ目": ["2", "", ""]}
    _, read = survey({"web": {"sample": "open"}}, {"media": question | {"most": 2}}, web=file)
    found = read.responses[[f"media.{o}" for o in OPTIONS]]
    assert found.loc[0].tolist() == [1, 1, 0, 1]
    assert found.loc[1].tolist() == [0, 0, 1, 0]
    assert found.loc[2].isna().all()
    (told,) = [p for p in examine("aoba", 2025).warnings if "2 個まで" in str(p)]
    assert "web.csv A2" in str(told)


def test_option_numbers_and_words_in_columns_of_ticks(survey):
    items = {"paper": "手段-1", "line": "手段-2", "mouth": "手段-3"}
    options = {"paper": ["1", "市報"], "line": ["2", "LINE"], "mouth": ["3", "知人、友人"]}
    question = {"scale": "multiple", "items": items, "options": options}
    file = {
        "手段-1": ["1", "0", "市報", ""],
        "手段-2": ["2", "", "", ""],
        "手段-3": ["", "3", "知人、友人", ""],
    }
    _, read = survey({"web": {"sample": "open"}}, {"media": question}, web=file)
    found = read.responses[[f"media.{o}" for o in options]]
    assert found.loc[:2].to_numpy().tolist() == [[1, 1, 0], [0, 0, 1], [1, 0, 1]]
    assert found.loc[3].isna().all()
    file["手段-2"][0] = "3"  # another option's number is not this one's
    with pytest.raises(InputError, match=r"web.csv B2"):
        survey({"web": {"sample": "open"}}, {"media": question}, web=file)


def test_another_file_is_one_sentence(survey):
    with pytest.raises(InputError) as error:
        survey({"web": {"sample": "open"}}, {"a": ASKED, "b": ASKED | {"columns": "住み心地"}},
               web={"品目": ["りんご"], "価格": ["120"]})  # fmt: skip
    assert str(error.value).count("web.csv") == 1
    assert "見出し 2 個が1つもありません" in str(error.value)


def test_a_lost_column_is_not_said_to_be_another_questions(survey):
    questions = {
        "a": ASKED | {"columns": "問5 満足度 防災"},
        "b": ASKED | {"columns": "問5 満足度 防犯"},
    }
    with pytest.raises(InputError) as error:
        survey({"web": {"sample": "open"}}, questions, web={"問5 満足度 防犯": [1], "番号": [1]})
    assert "防犯」の誤り" not in str(error.value)
    assert "問5 満足度 防災" in str(error.value)


def test_the_desk_knows_nothing_of_a_register_that_is_not_there(survey):
    survey({"web": {"sample": "open"}}, web={"愛着": [1, 2, 3]})
    assert Desk("aoba", 2025).before() is not None
