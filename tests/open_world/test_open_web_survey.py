"""City (c): an open web survey without register, districts or 0–10 question, by description alone.

It asks one question of five points, one with several answers in a cell, one behind a filter. The
notebooks are the shared ones, as they are; what they make is held against counts by hand.
"""

import ast
import json
import random
import shutil
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from helpers.check.examination import examine
from helpers.reading.responses import load_responses

ROOT = Path(__file__).parents[2]
PEOPLE = 240
MEDIA = {"paper": "市報", "line": "LINE", "web": "市ホームページ", "mouth": "知人、友人から"}
EDITION = """
city: aoba
fiscal_year: 2025
name: {ja: 青葉市, en: Aoba}
code: "999999"
fictional: true
report: {ja: 青葉市Webアンケート, en: Aoba web survey}
sources: {survey: {ja: 青葉市Webアンケート（令和7年）, en: Aoba web survey (2025)}}
notebooks: [13_clean_survey, 25_indicators_survey, 31_figures_own]
labels:
  attachment: {ja: まちへの愛着, en: Attachment}
  stay: {ja: 住み続けたいか, en: Wish to stay}
  age_group: {ja: 年代, en: Age}
  young: {ja: 39歳以下, en: 39 or younger}
  middle: {ja: 40〜64歳, en: 40 to 64}
  old: {ja: 65歳以上, en: 65 or older}
"""
LABELS = """  media: {ja: 市の情報を知る手段, en: Where people learn of the city}
  media.paper: {ja: 市報, en: City paper}
  media.line: {ja: LINE, en: LINE}
  media.web: {ja: 市ホームページ, en: Web site}
  media.mouth: {ja: 知人から, en: Word of mouth}
  media.other: {ja: そのほか, en: Other}
"""
CODEBOOK = """
sources:
  web: {file: web.csv, sample: open}
groups:
  age_group:
    columns: 年代
    classes: {young: [39歳以下], middle: [40〜64歳], old: [65歳以上]}
questions:
  attachment:
    columns: 愛着
    scale: five_point
    answers: {1: とても, 2: やや, 3: どちらとも, 4: あまり, 5: まったく}
    positive: [1, 2]
    negative: [4, 5]
  media:
    scale: multiple
    together: 市の情報をどこで（いくつでも）
    options: {paper: 市報, line: LINE, web: 市ホームページ, mouth: 知人、友人から, other: "*"}
  stay:
    columns: 住み続けたいか
    scale: single
    answers: {1: 住み続ける, 2: 移りたい}
    positive: [1]
    negative: [2]
    asked_if: {attachment: [1, 2]}
"""


FIGURE = """
from helpers.desk.figures import Desk
from helpers.figures import likert

desk = Desk(city, fiscal_year, lang)
rows = desk.estimates("attachment", "stay")
age = desk.publish(
    likert(rows, indicator=["attachment", "stay"], breakdown="age_group", **desk.sourced("survey"))
)
"""


def people() -> list[list[object]]:
    """Answers by a fixed seed: no number of them is anybody's."""
    draw = random.Random(7)
    rows: list[list[object]] = []
    for _ in range(PEOPLE):
        attached = draw.choice([1, 1, 2, 2, 3, 4, 5])
        media = ";".join(text for text in [*MEDIA.values(), "駅の掲示"] if draw.random() < 0.4)
        stay = draw.choice([1, 1, 2]) if attached < 3 else ""
        age = draw.choice(["39歳以下", "40〜64歳", "65歳以上"])
        rows.append([age, attached, f"{media};" if media else "", stay])
    return rows


def run(project: Path, name: str) -> dict[str, object]:
    """The code cells of a notebook one after the other; as in a kernel, but in this process."""
    content = json.loads((project / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    space: dict[str, object] = {}
    for cell in content["cells"]:
        if cell["cell_type"] != "code":
            continue
        exec(compile(ast.parse("".join(cell["source"])), name, "exec"), space)
        if "parameters" in cell["metadata"].get("tags", []):
            space |= {"city": "aoba", "fiscal_year": 2025, "lang": "ja"}
    return space


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    raw = tmp_path / "data/raw/aoba/2025"
    raw.mkdir(parents=True)
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    own = json.loads((ROOT / "notebooks/31_figures_attachment.ipynb").read_text(encoding="utf-8"))
    codes = [cell for cell in own["cells"] if cell["cell_type"] == "code"]
    codes[1]["source"] = FIGURE
    own["cells"] = codes[:2]
    path = tmp_path / "notebooks" / "31_figures_own.ipynb"
    path.write_text(json.dumps(own), encoding="utf-8")
    (raw / "edition.yml").write_text(EDITION, encoding="utf-8")
    (raw / "codebook.yml").write_text(CODEBOOK, encoding="utf-8")
    heading = ["年代", "愛着", "市の情報をどこで（いくつでも）", "住み続けたいか"]
    pd.DataFrame(people(), columns=heading).to_csv(raw / "web.csv", index=False)
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    return tmp_path


def test_it_passes_check_and_stages_one_to_three(project):
    found = examine("aoba", 2025)
    (words,) = [str(problem) for problem in found.errors]  # all that is missing, in one go
    assert "media: {ja: …, en: …} / media.paper: {ja: …, en: …}" in words
    path = project / "data/raw/aoba/2025/edition.yml"
    path.write_text(EDITION + LABELS, encoding="utf-8")
    found = examine("aoba", 2025)
    assert [str(problem) for problem in found.errors] == []
    assert any("無作為抽出" in str(problem) for problem in found.warnings)  # what it cannot claim
    cleaned = run(project, "13_clean_survey")
    responses = load_responses(cleaned["codebook"], cleaned["desk"].places)
    texts = [str(row[2]) for row in people()]
    answered = sum(bool(text) for text in texts)
    for item, words in MEDIA.items():
        assert responses[f"media.{item}"].sum() == sum(words in text for text in texts), item
        assert responses[f"media.{item}"].notna().sum() == answered
    asked = [row for row in people() if row[1] in (1, 2)]
    assert responses["stay"].notna().sum() == len(asked)
    reasons = Counter(responses["stay_missing"].dropna())
    assert reasons == {"not_applicable": PEOPLE - len(asked)}

    table = run(project, "25_indicators_survey")["rows"]
    rows = pd.DataFrame(table).set_index(["indicator", "breakdown", "group", "category"])
    assert rows["low"].isna().all() and rows["high"].isna().all()  # no interval of any number
    assert "weighted" not in set(rows["definition"])
    whole = rows.loc[("attachment", "total", "total", "positive")]
    assert whole["value"] == pytest.approx(100 * len(asked) / PEOPLE)
    assert whole["n"] == PEOPLE

    drawn = run(project, "31_figures_own")["age"].data["image/svg+xml"]
    assert "信頼区間" not in drawn  # no bracket, no legend of one
    assert "市民全体の割合とは言えない" in drawn
