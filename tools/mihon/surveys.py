"""The resident survey of 見本市, as untidy as vendors deliver it, another mess every year."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

from openpyxl.utils import get_column_letter

from mihon.files import Row, write_workbook
from mihon.people import (
    Person,
    answer_activities,
    answer_attitudes,
    answer_fields,
    answer_scores,
    residents,
)
from mihon.questionnaire import ACTIVITIES, AGES, DISTRICTS, FIELDS, PRINTED_AGES, SCORES, TENURES

COMMENTS = ("特になし", "公園が好きです", "駅前をにぎやかにしてほしい", "バスを増やしてほしい", "")
SEX_WORDS = {"male": "男性", "female": "女性", "other": "その他"}


@dataclass(frozen=True)
class Delivery:
    """How one year's vendor delivered the resident survey."""

    file: str
    sheet: str
    titles: tuple[str, ...]
    prefix: str
    no_answer: int | None
    footer: str | None


DELIVERIES = {
    2023: Delivery(
        "市民意識調査_R5_納品データ.xlsx",
        "Sheet1",
        ("令和5年度 見本市市民意識調査（架空データ）", "無回答は99"),
        "問",
        99,
        None,
    ),
    2024: Delivery(
        "R6市民意識調査（最終版）.xlsx",
        "回答データ",
        ("令和6年度 見本市市民意識調査 回答一覧（架空データ）",),
        "Q",
        None,
        "※空欄は無回答。Q2 は 1＝移りたい …… 4＝住み続けたい の順（前年度と逆）",
    ),
    2025: Delivery(
        "令和7年度_市民意識調査_回答データ.xlsx",
        "ローデータ",
        ("見本市 市民意識調査（架空データ）", "令和7年9月実施", "99＝無回答、6＝わからない"),
        "問",
        99,
        None,
    ),
}


def make_residents(folder: Path, year: int) -> list[Person]:
    """Draw the resident survey of a year and write the vendor's workbook."""
    random = Random(f"mihon {year} resident")
    people = residents(random, year)
    for person in people:
        answer_attitudes(random, person, year)
        answer_scores(random, person, "resident", year)
        answer_fields(random, person)
        answer_activities(random, person)
    delivery = DELIVERIES[year]
    columns = _columns(year, delivery.prefix)
    rows: list[Row] = [[title] for title in delivery.titles]
    first = len(rows) + 1
    rows += [[top for top, _, _ in columns], [low for _, low, _ in columns]]
    rows += [_resident_row(random, i, p, columns, year) for i, p in enumerate(people)]
    if delivery.footer:
        rows.append([delivery.footer])
    merged = _merged([(top, low) for top, low, _ in columns], first)
    write_workbook(folder / delivery.file, {delivery.sheet: (rows, merged), "設問文": ([], [])})
    return people


def _columns(year: int, prefix: str) -> list[tuple[str, str | None, str]]:
    """Upper heading, lower heading (None: one heading over both rows), and what is in it."""
    person = "ID" if year == 2024 else "整理番号"
    basic = "属性" if year == 2024 else "基本属性"
    out: list[tuple[str, str | None, str]] = [
        (person, None, "number"),
        ("受付日", None, "day"),
        (basic, "地区", "district"),
        (basic, "年代" if year == 2024 else "年齢", "age"),
        (basic, "性別", "sex"),
        (basic, "居住年数", "tenure"),
        (f"{prefix}1 愛着", None, "attachment"),
        (f"{prefix}2 定住意向" if year == 2024 else f"{prefix}2 居住継続意向", None, "stay"),
        (f"{prefix}3 住み心地", None, "housing_satisfaction"),
    ]
    words = ("お勧めする気持ち", "参加や行動する気持ち", "感謝の気持ち")
    top = f"{prefix}4 地域に対する思い（0〜10点）"
    out += [(top, word, name) for word, name in zip(words, SCORES, strict=True)]
    for number, question, word in ((5, "satisfaction", "満足度"), (6, "importance", "重要度")):
        top = f"{prefix}{number} 施策の{word}"
        out += [(top, words[0], f"field_{question}.{name}") for name, words in FIELDS.items()]
    top = f"{prefix}7 参加している地域活動（複数回答）"
    out += [(top, words[0], f"activities.{name}") for name, words in ACTIVITIES.items()]
    out += [(f"{prefix}8 情報の入手しやすさ", None, "information_access")]
    return [*out, (f"{prefix}9 自由意見", None, "comment")]


def _merged(headings: list[tuple[str, str | None]], row: int) -> list[str]:
    """Merge a heading over its two rows, or over the columns that share it."""
    out, start = [], 0
    for i, (top, low) in enumerate(headings):
        if low is None:
            out.append(f"{get_column_letter(i + 1)}{row}:{get_column_letter(i + 1)}{row + 1}")
        if i + 1 == len(headings) or headings[i + 1][0] != top:
            if i > start:
                out.append(f"{get_column_letter(start + 1)}{row}:{get_column_letter(i + 1)}{row}")
            start = i + 1
    return out


def _resident_row(
    random: Random,
    index: int,
    person: Person,
    columns: list[tuple[str, str | None, str]],
    year: int,
) -> Row:
    """One form, coded as that year's vendor codes it."""
    nothing = DELIVERIES[year].no_answer
    unknown_age, unknown_tenure = random.random() < 0.016, random.random() < 0.018
    basic: dict[str, str | int | None] = {
        "number": f"{year % 100}-{10000 + 7 * index}",
        "day": f"{year}/9/{1 + index % 28}",
        "district": list(DISTRICTS).index(person.district) + 1,
        "age": nothing if unknown_age else _age_code(person, year),
        "sex": _sex_code(random, person, year),
        "tenure": nothing if unknown_tenure else TENURES.index(person.tenure) + 1,
        "comment": random.choice(COMMENTS) or None,
    }
    row: Row = []
    for _, _, name in columns:
        if name in basic:
            row.append(basic[name])
            continue
        answer = person.answers["residence_intention" if name == "stay" else name]
        if name == "stay" and year == 2024 and answer in (1, 2, 3, 4):
            answer = 5 - answer
        if answer is None:
            row.append(None if name.startswith("activities.") else nothing)
        else:
            untidy = year == 2025 and name in SCORES
            row.append(_untidy(random, answer) if untidy else answer)
    return row


def _age_code(person: Person, year: int) -> int | str:
    if year == 2023:
        return PRINTED_AGES.index(person.printed_age) + 1
    if year == 2024:
        return age_words(person)
    return list(AGES).index(person.age) + 1


def age_words(person: Person) -> str:
    """The ten-year class in words."""
    low, _, high = person.printed_age.partition("-")
    return f"{low}〜{high}歳" if high else "70歳以上"


def _sex_code(random: Random, person: Person, year: int) -> int | str | None:
    """その他 or no answer, half and half."""
    if person.sex == "other" and random.random() < 0.5:
        return DELIVERIES[year].no_answer
    if year == 2024:
        return SEX_WORDS[person.sex]
    return {"male": 1, "female": 2, "other": 3}[person.sex]


def _untidy(random: Random, answer: int) -> int | str:
    """A few cells are typed by hand: full-width digits, or with 点."""
    at = random.random()
    if at < 0.005:
        return str(answer).translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    return f"{answer}点" if at < 0.008 else answer
