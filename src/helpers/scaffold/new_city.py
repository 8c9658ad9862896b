"""The first edition of a new city: the smallest one that makes a report.

Three notebooks on the movement of population, which every city has in its resident register:
one short table to fill in, four figures a year. What else the city has is added afterwards.
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
  juki:
    ja: 総務省「住民基本台帳に基づく人口、人口動態及び世帯数」（市区町村別・総計）
    en: Population and vital events from the Basic Resident Registration (all residents)

# 実行するノートブック。表が増えたら足す（docs/ja/new-table.md）
notebooks:
  - 12_clean_statistics
  - 22_indicators_population
  - 33_figures_population

# 統計の表の形: どの列が何か
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
"""


@dataclass(frozen=True)
class City:
    """What must be known of a new city, as it was typed."""

    id: str
    name_ja: str
    name_en: str
    code: str
    year: str


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
        "report_ja": _text(f"{city.name_ja.strip()}シティプロモーション報告書（{era_year(year)}）"),
        "report_en": _text(f"{city.name_en.strip()} city promotion report (FY{year})"),
        "file": MOVEMENT,
    }
    rows = "".join(f"{at}{f',{TO_FILL}' * 4}\r\n" for at in range(year - YEARS, year))
    table = f"\ufeff年,転入者数,転出者数,出生者数,死亡者数\r\n{rows}"
    texts = {"edition.yml": _EDITION.format(**words), MOVEMENT: table}
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
    try:
        read_year(city.year)
    except Unfit as error:
        found.append(NO_YEAR.at("--year", why=error.said))
    return found


def _text(name: str) -> str:
    """A name as YAML reads it back, whatever characters it has."""
    return json.dumps(name.strip(), ensure_ascii=False)
