"""A vendor's .sav file or layout sheet becomes a proposed codebook, which reads the answers."""

import json
import sys

import pandas as pd
import pyreadstat
import pytest
import yaml

from helpers.cli import main
from helpers.edition import Edition
from helpers.problems import InputError
from helpers.reading.codebook import open_codebook
from helpers.reading.layout import read_layout
from helpers.reading.respondents import read_responses
from helpers.scaffold.new_survey import new_survey

EDITION = {
    "city": "aoba",
    "fiscal_year": 2025,
    "name": {"ja": "青葉市", "en": "Aoba"},
    "code": "999999",
    "report": {"ja": "報告", "en": "Report"},
    "sources": {"survey": {"ja": "調査", "en": "Survey"}},
    "notebooks": [],
}
ANSWERS = pd.DataFrame(
    {
        "ID": [1.0, 2, 3, 4],
        "SEX": [1.0, 2, 9, 2],
        "Q1": [1.0, 5, 99, 3],
        "Q2": [10.0, 0, 7, None],
        "Q3_1": [1.0, 0, 0, 0],
        "Q3_2": [0.0, 1, 1, 0],
        "Q4FA": ["駅が近い", "", "", ""],
        "WT": [1.1, 0.9, 1.0, 1.0],
    }
)
TEXTS = ["整理番号", "性別", "愛着を感じますか", "勧めたい気持ち"]
TEXTS += ["参加した活動 清掃", "参加した活動 祭り", "自由意見", "ウェイト値"]
LIKERT = {
    1: "感じる",
    2: "やや感じる",
    3: "どちらともいえない",
    4: "あまり",
    5: "感じない",
    99: "無回答",
}
VALUES = {
    "SEX": {1: "男性", 2: "女性", 9: "無回答"},
    "Q1": LIKERT,
    "Q2": {0: "まったく", 10: "とても"},
    "Q3_1": {0: "非選択", 1: "清掃"},
    "Q3_2": {0: "非選択", 1: "祭り"},
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    place = tmp_path / "data/raw/aoba/2025"
    place.mkdir(parents=True)
    (place / "edition.yml").write_text(json.dumps(EDITION), encoding="utf-8")
    return place


def sav(folder, **options):
    path = folder / "survey.sav"
    pyreadstat.write_sav(
        ANSWERS,
        str(path),
        column_labels=TEXTS,
        variable_value_labels=VALUES,
        missing_ranges={"SEX": [9], "Q1": [99]},
    )
    return path


def test_a_sav_file_is_described_and_read_by_its_description(folder):
    found = new_survey(sav(folder))
    (folder / "codebook.yml").write_text(found.text, encoding="utf-8")
    edition = Edition.open("aoba", 2025)
    codebook = open_codebook(edition)
    assert codebook.questions["q1"].scale == "five_point"
    assert codebook.questions["q1"].no_answer == ["99"]
    assert codebook.questions["q2"].scale == "zero_to_ten"
    assert list(codebook.groups["sex"].classes) == ["sex_1", "sex_2"]
    assert codebook.questions["q3"].text == "参加した活動"
    answers = read_responses(edition, codebook).responses
    assert answers["q1"].tolist()[:2] == [1, 5] and answers["q1_missing"][2] == "no_answer"
    assert answers["q2"].tolist()[:3] == [10, 0, 7]
    assert answers["q3.q3_1"].tolist() == [1, 0, 0, 0]
    assert answers["sex"].tolist()[:2] == ["sex_1", "sex_2"]
    asked = "\n".join(one.ja for one in found.asked)
    assert "q1 のどの回答が肯定" in asked  # which side is good news cannot be told
    assert "どちらともいえない" in asked
    assert "WT" in asked and "どう抽出したか" in asked
    assert codebook.questions["q1"].positive == []
    assert "Q4FA（自由意見）" in found.text


LAYOUTS = {
    "rows": [
        ["調査レイアウト", "", "", "", ""],
        ["変数名", "設問文", "回答形式", "コード", "選択肢"],
        ["SEX", "性別", "ＳＡ", "1", "男性"],
        ["", "", "", "2", "女性"],
        ["Q1", "愛着を感じますか", "ＳＡ", "1", "感じる"],
        ["", "", "", "2", "感じない"],
        ["", "", "", "３", "わからない"],
        ["", "", "", "99", "無回答"],
        ["Q3", "参加した活動", "ＭＡ", "1", "清掃"],
        ["", "", "", "2", "祭り"],
        ["Q4", "ご意見", "ＦＡ", "", ""],
        ["Q5", "家族の人数", "ＮＡ", "", ""],
    ],
    "cell": [
        ["カラム名", "質問", "種別", "選択肢"],
        ["SEX", "性別", "SA", "1:男性 2:女性"],
        ["Q1", "愛着を感じますか", "SA", "1.感じる\n2.感じない\n3.わからない\n99.無回答"],
        ["Q3", "参加した活動", "MA", "1：清掃、2：祭り"],
        ["Q4", "ご意見", "FA", ""],
        ["Q5", "家族の人数", "NA", ""],
    ],
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_sheet_is_described(folder, name):
    path = folder / "レイアウト.csv"
    pd.DataFrame(LAYOUTS[name]).to_csv(path, index=False, header=False)
    variables = {one.name: one for one in read_layout(path)}
    words = {"1": "感じる", "2": "感じない", "3": "わからない", "99": "無回答"}
    assert variables["Q1"].answers == words
    found = new_survey(path)
    content = yaml.load(found.text, yaml.BaseLoader)
    assert content["questions"]["q1"]["answers"] == {k: v for k, v in words.items() if k != "99"}
    assert content["questions"]["q1"]["no_answer"] == ["99"]
    assert content["questions"]["q3"]["options"] == {"q3_1": ["1", "清掃"], "q3_2": ["2", "祭り"]}
    assert content["groups"]["sex"]["classes"] == {"sex_1": ["1", "男性"], "sex_2": ["2", "女性"]}
    assert set(content["questions"]) == {"q1", "q3"}
    assert "わからない" in "".join(one.ja for one in found.asked)
    (folder / "codebook.yml").write_text(found.text, encoding="utf-8")
    assert set(open_codebook(Edition.open("aoba", 2025)).questions) == {"q1", "q3"}


def test_the_command_prints_and_writes_nothing(folder, capsys):
    before = sorted(folder.iterdir())
    path = sav(folder)
    assert main(["new-survey", str(path), "--lang", "en"]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("# survey.sav から") and "to decide" in told.err
    assert sorted(folder.iterdir()) == [*before, path]


@pytest.mark.parametrize("content", [b"$FL2 nothing of a file", b"$FL3" + bytes(300)])
def test_a_broken_sav_is_one_sentence(folder, content, capsys):
    path = folder / "a.sav"
    path.write_bytes(content)
    assert main(["new-survey", str(path)]) == 1
    assert "SPSS のファイルとして読めません" in capsys.readouterr().err


def test_without_pyreadstat_the_sentence_says_what_to_do(folder, monkeypatch):
    path = sav(folder)
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    with pytest.raises(InputError, match="pip install pyreadstat"):
        new_survey(path)


def test_another_table_is_no_layout(folder):
    path = folder / "a.csv"
    pd.DataFrame([["品目", "価格"], ["りんご", "120"]]).to_csv(path, index=False, header=False)
    with pytest.raises(InputError, match="レイアウト表の見出し"):
        new_survey(path)
