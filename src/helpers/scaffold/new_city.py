"""The first edition of a new city: the smallest one that makes a report of what the city has.

Of statistics: the movement of population, which every city has in its resident register. Of a
printed report: one question by age. Of answers: the same question, counted from them. What else
the city has is added by the same words; the notebooks follow from what is described.
"""

import json
import re
from dataclasses import dataclass

from helpers.edition import Edition, editions, read_year
from helpers.places import Places, project_root
from helpers.problems import Message, Problem, Problems, Unfit
from helpers.scaffold.city_code import code_problem, read_city_code
from helpers.scaffold.file_list import LIST, file_list
from helpers.scaffold.needed import needed
from helpers.scaffold.writing import write_new
from helpers.years import era_year, parse_year

NO_ID = Message(
    "「{id}」は使えません",
    "英小文字・数字・_（例: kamakura）",
    en="“{id}” cannot be used. → small letters, digits and _ (kamakura)",
)
KNOWN_CITY = Message(
    "「{id}」という市はもうあります",
    remedy="次の年度版なら citypromo new-year {id} 年度",
    en="the city “{id}” is there already. → its next edition: citypromo new-year {id} YEAR",
)
NO_NAME = Message("「{name}」は名前として使えません", en="“{name}” cannot be used as a name")
NO_YEAR = Message("{why}", en="{why}")

MOVEMENT = "movement_register.csv"
YEARS = 5
_REPORT, _REPORT_EN = "シティプロモーション報告書", "city promotion report"
TO_FILL = "記入"  # a word and not an empty cell: an empty cell would pass as unknown
_EDITION = """\
# {ja} {era}版
city: {id}
fiscal_year: {year}
name: {{ja: {name_ja}, en: {name_en}}}
code: "{code}" # 全国地方公共団体コード（0 で始まる市があるので、引用符を付ける）
report:
  ja: {report_ja}
  en: {report_en}

# 出典: 図の下に印刷される
sources:
"""
_PARTS = {
    "statistics": (
        """\
  juki:
    ja: 総務省「住民基本台帳に基づく人口、人口動態及び世帯数」（市区町村別・総計）
    en: Population and vital events from the Basic Resident Registration (all residents)
""",
        """
# 統計の表の形: どの列が何か（docs/ja/new-table.md）
tables:
  movement_register:
    file: {file}
    year: 年
    definition: register_all
    source: juki
    columns:
      moved_in: 転入者数
      moved_out: 転出者数
      births: 出生者数
      deaths: 死亡者数
""",
    ),
    "printed": (
        """\
  report:
    ja: {source}
""",
        """
# 印刷された調査: 区分、設問と選択肢を、印刷のとおりの言葉で書く（docs/ja/city-printed.md）
breakdowns:
  age: {{ja: 年齢, groups: [18~29歳, 30代, 40代, 50代, 60代, 70歳以上]}}

questions:
  q1:
    ja: {question}
    options: {{{options}}}

# 印刷された表: 行と列が何か
printed_tables:
  問1: {{file: 問1.csv, rows: age, columns: q1, source: report}}
""",
    ),
    "answers": (
        """\
  survey:
    ja: {source}
""",
        """
# 回答データの設問・選択肢・区分は codebook.yml に書く（docs/ja/city-answers.md）
labels:
  age: {{ja: 年齢別, en: by age}}
  q1: {{ja: {question}, en: Question 1}}
""",
    ),
}
"""What a city has → its lines below ``sources``, and what describes it."""
_CODEBOOK = """\
# {ja} の回答データ: どの列が何か。ここに名前のない列は読まれない
sources:
  survey:
    file: 回答.csv
    sample: random # 無作為抽出。答えたい人が答える調査（Web など）なら open

groups:
  age:
    columns: 年齢
    classes: {{18~29歳: ["1"], 30代: ["2"], 40代: ["3"], 50代: ["4"], 60代: ["5"], 70歳以上: ["6"]}}

questions:
  q1:
    text: {question}
    columns: 問1
    scale: single
    answers: {{{answers}}}
    positive: [1, 2]
    negative: [4, 5]
"""
_QUESTION = "これからも住み続けたいか"
_OPTIONS = {
    "住み続けたい": "positive",
    "どちらかといえば住み続けたい": "positive",
    "どちらともいえない": "neutral",
    "どちらかといえば移りたい": "negative",
    "移りたい": "negative",
}
_AGES = ("全体", "18~29歳", "30代", "40代", "50代", "60代", "70歳以上")
KINDS = tuple(_PARTS)


def read_kinds(text: str) -> list[str]:
    """What a city has, of ``statistics``, ``printed``, ``answers``.

    Raises:
        Unfit: something else.
    """
    kinds = [one for one in re.split(r"[\s,、]+", text.strip()) if one]
    if not kinds or not {*kinds} <= {*KINDS}:
        known = "statistics（統計だけ）、printed（印刷された調査）、answers（回答データ）"
        raise Unfit(
            f"{known} から選びます（いくつでも）",
            "statistics, printed and answers are there (one or several)",
        )
    return [kind for kind in KINDS if kind in kinds]


@dataclass(frozen=True)
class City:
    """What must be known of a new city, as it was typed."""

    id: str
    name_ja: str
    name_en: str
    code: str
    year: str
    has: str = "statistics"
    report: str = ""
    source: str = ""


def new_city(city: City) -> tuple[Edition, list[str]]:
    """Write the first edition of a city, and the table to fill in.

    Returns:
        The edition, and the files written.

    Raises:
        InputError: everything that is wrong with what was typed; nothing is written then.
    """
    problems = Problems()
    problems.extend(_problems(city))
    problems.stop_if_any()
    year = parse_year(city.year)
    folder = Places(project_root(), city.id, year).raw
    words = {
        "ja": city.name_ja.strip(),
        "era": era_year(year),
        "id": city.id,
        "year": year,
        "name_ja": _text(city.name_ja),
        "name_en": _text(city.name_en),
        "code": read_city_code(city.code),
        "report_ja": _text(city.report or f"{city.name_ja.strip()}{_REPORT}（{era_year(year)}）"),
        "report_en": _text(city.report or f"{city.name_en.strip()} {_REPORT_EN} (FY{year})"),
        "source": _text(city.source or city.report or f"{city.name_ja.strip()}「市民意識調査」"),
        "file": MOVEMENT,
        "question": _QUESTION,
        "options": ", ".join(f"{option}: {role}" for option, role in _OPTIONS.items()),
        "answers": ", ".join(f"{number}: {one}" for number, one in enumerate(_OPTIONS, 1)),
    }
    kinds = read_kinds(city.has)
    parts = [_PARTS[kind] for kind in kinds]
    text = "".join([_EDITION, *(sources for sources, _ in parts), *(rest for _, rest in parts)])
    texts = {"edition.yml": text.format(**words)}
    if "statistics" in kinds:
        rows = "".join(f"{at}{f',{TO_FILL}' * 4}\r\n" for at in range(year - YEARS, year))
        texts[MOVEMENT] = f"\ufeff年,転入者数,転出者数,出生者数,死亡者数\r\n{rows}"
    if "printed" in kinds:
        columns = ["回答者数", *_OPTIONS]
        rows = "".join(f"{age}{f',{TO_FILL}' * len(columns)}\r\n" for age in _AGES)
        texts["問1.csv"] = f"\ufeff年齢,{','.join(columns)}\r\n{rows}"
    if "answers" in kinds:
        texts["codebook.yml"] = _CODEBOOK.format(**words)
    made = [name for name, text in texts.items() if write_new(folder / name, text)]
    edition = Edition.open(city.id, year)
    if write_new(folder / LIST, file_list(edition, needed(edition))):
        made.append(LIST)
    return edition, made


def _problems(city: City) -> list[Problem]:
    found = []
    if not re.fullmatch(r"[a-z][a-z0-9_]*", city.id):
        found.append(NO_ID.at("ID", id=city.id))
    if any(known == city.id for known, _ in editions()):
        found.append(KNOWN_CITY.at("ID", id=city.id))
    for option, name in (("--name-ja", city.name_ja), ("--name-en", city.name_en)):
        if not name.strip() or not name.strip().isprintable():
            found.append(NO_NAME.at(option, name=name))
    if problem := code_problem(city.code):
        found.append(problem)
    for option, reader, text in (("--year", read_year, city.year), ("--has", read_kinds, city.has)):
        try:
            reader(text)
        except Unfit as error:
            found.append(NO_YEAR.at(option, why=error.said))
    return found


def _text(name: str) -> str:
    """A name as YAML reads it back, whatever characters it has."""
    return json.dumps(name.strip(), ensure_ascii=False)
