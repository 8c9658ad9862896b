"""No run stops at what check could have known: surveys that are spoiled in every way.

The tables of the corpus are held to it where they are tried (``foresight.foreseen``).
"""

import copy
import json

import pandas as pd
import pytest
from foresight import foreseen, stops

EDITION = {
    "city": "aoba",
    "fiscal_year": 2025,
    "name": {"ja": "青葉市", "en": "Aoba"},
    "code": "999999",
    "report": {"ja": "報告", "en": "Report"},
    "sources": {"survey": {"ja": "調査", "en": "Survey"}},
    "notebooks": [],
}
ROWS = [["性別", "年代", "地区", "愛着", "推奨", "活動", "重み"]]
ROWS += [[1 + i % 2, 1 + i % 3, 1 + i // 2 % 2, 1 + i % 5, i % 11, "1,3", 1.5] for i in range(40)]
REGISTER = [["地区", "年代", "性別", "人数"]]
REGISTER += [[d, a, s, 100] for d in (1, 2) for a in (1, 2, 3) for s in (1, 2)]
CODEBOOK = {
    "sources": {"mail": {"file": "mail.csv", "sample": "random", "strata": "district"}},
    "residents": {
        "file": "register.csv",
        "date": "2025-10-01",
        "groups": {"district": "地区", "age": "年代", "sex": "性別"},
        "persons": "人数",
    },
    "groups": {
        "sex": {"columns": "性別", "classes": {"m": ["1"], "f": ["2"]}},
        "age": {"columns": "年代", "classes": {"y": ["1"], "mid": ["2"], "o": ["3"]}},
        "district": {"columns": "地区", "classes": {"east": ["1"], "west": ["2"]}},
    },
    "questions": {
        "attachment": {
            "columns": "愛着",
            "scale": "five_point",
            "answers": {1: "a", 2: "b", 3: "c", 4: "d", 5: "e"},
            "positive": [1, 2],
            "negative": [4, 5],
        },
        "recommend": {"columns": "推奨", "scale": "zero_to_ten"},
        "acts": {
            "scale": "multiple",
            "together": "活動",
            "options": {"clean": ["1"], "fest": ["2"], "watch": ["3"]},
        },
    },
}
QUESTION = ["questions", "attachment"]


def at(content, keys):
    for key in keys:
        content = content[key]
    return content


def put(*keys_and_value):
    *keys, last, value = keys_and_value

    def change(codebook, files):
        at(codebook, keys)[last] = value

    return change


def take(*keys):
    def change(codebook, files):
        del at(codebook, keys[:-1])[keys[-1]]

    return change


def cell(file, row, column, value):
    def change(codebook, files):
        files[file][row][column] = value

    return change


def every(file, column, value):
    def change(codebook, files):
        for row in files[file][1:]:
            row[column] = value

    return change


def drop(file, keep):
    def change(codebook, files):
        files[file][1:] = [row for row in files[file][1:] if keep(row)]

    return change


def nothing(codebook, files):
    pass


# Name → what is done, and whether a run must still go through.
CASES = {
    "as it is": (nothing, True),
    "no register": (take("residents"), True),
    "an open sample": (put("sources", "mail", "sample", "open"), True),
    "no strata": (take("sources", "mail", "strata"), True),
    "register without districts": (take("residents", "groups", "district"), False),
    "register without districts, no strata": (
        lambda c, f: (take("residents", "groups", "district")(c, f), take("sources", "mail", "strata")(c, f)),
        True,  # its rows are summed
    ),
    "no 0-10 question": (take("questions", "recommend"), True),
    "no districts at all": (
        lambda c, f: [take(*k)(c, f) for k in (("residents",), ("groups", "district"), ("sources", "mail", "strata"))],
        True,
    ),
    "weights given": (put("sources", "mail", "weight", "重み"), True),
    "a weight is missing": (
        lambda c, f: (put("sources", "mail", "weight", "重み")(c, f), cell("mail", 5, 6, "")(c, f)),
        False,
    ),
    "clusters": (put("sources", "mail", "cluster", "地区"), True),
    "no cluster for one": (
        lambda c, f: (put("sources", "mail", "cluster", "地区")(c, f), cell("mail", 5, 2, "")(c, f)),
        False,
    ),
    "n99": (put(*QUESTION, "answers", {1: "a", 2: "b", 3: "c", 4: "d", 99: "e"}), False),
    "overlap": (put("groups", "age", "classes", {"y": ["1", "3"], "mid": ["2"], "o": ["3"]}), False),
    "same": (put("questions", "recommend", "columns", "愛着"), False),
    "a column is gone": (put(*QUESTION, "columns", "愛着の程度"), False),
    "a heading twice": (cell("mail", 0, 4, "愛着"), False),
    "a strange answer": (cell("mail", 3, 3, 7), False),
    "a strange class": (cell("mail", 3, 1, 9), False),
    "a strange option": (cell("mail", 3, 5, "1,4"), False),
    "nobody of a class": (drop("mail", lambda row: row[1] != 3), False),
    "nobody of a stratum": (drop("mail", lambda row: row[2] != 2), False),
    "a stratum unknown": (cell("mail", 3, 2, ""), False),
    "a class not in the register": (drop("register", lambda row: row[1] != 3), False),
    "no persons in a class": (
        lambda c, f: [row.__setitem__(3, 0) for row in f["register"][1:] if row[1] == 3], False,
    ),
    "not a single answer": (every("mail", 3, ""), False),
    "persons that are none": (cell("register", 2, 3, "百人"), False),
    "two draws": (put("sources", "web", {"file": "mail.csv", "sample": "random"}), False),
    "one draw of two files": (
        put("sources", "web", {"file": "mail.csv", "sample": "random", "drawn_with": "mail"}), True,
    ),
    "weights of one file only": (
        lambda c, f: (
            put("sources", "mail", "weight", "重み")(c, f),
            put("sources", "web", {"file": "mail.csv", "sample": "random", "drawn_with": "mail"})(c, f),
        ),
        False,
    ),
    "a filter nobody knows": (put(*QUESTION, "asked_if", {"stay": ["1"]}), False),
    "a filter": (put(*QUESTION, "asked_if", {"sex": ["m"]}), True),
    "one respondent in a stratum": (
        lambda c, f: f["mail"].__setitem__(
            slice(1, None),
            [r for r in f["mail"][1:] if r[2] == 1] + [r for r in f["mail"][1:] if r[2] == 2][:1],
        ),
        True,
    ),
    "another file": (
        lambda c, f: f["mail"].__setitem__(slice(None), [["品目", "価格"], ["りんご", 1]]), False,
    ),
    "an empty file": (lambda c, f: f["mail"].__setitem__(slice(1, None), []), False),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_a_run_meets_was_said(tmp_path, monkeypatch, name):
    change, runs = CASES[name]
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    folder = tmp_path / "data/raw/aoba/2025"
    folder.mkdir(parents=True)
    codebook = copy.deepcopy(CODEBOOK)
    files = {"mail": copy.deepcopy(ROWS), "register": copy.deepcopy(REGISTER)}
    change(codebook, files)
    for file, rows in files.items():
        pd.DataFrame(rows).to_csv(folder / f"{file}.csv", index=False, header=False)
    (folder / "edition.yml").write_text(json.dumps(EDITION), encoding="utf-8")
    (folder / "codebook.yml").write_text(json.dumps(codebook), encoding="utf-8")
    found = foreseen("aoba", 2025)
    assert (stops("aoba", 2025) == []) == runs, found.problems
    if runs:
        assert found.errors == []
