"""Those who volunteer: the city's monitors (a panel) and the guests of its events."""

from pathlib import Path
from random import Random

from mihon.files import Row, write_csv, write_workbook
from mihon.people import Person, answer_attitudes, answer_scores, panel, someone
from mihon.questionnaire import DISTRICTS, SCORES, TENURES
from mihon.surveys import COMMENTS, SEX_WORDS, age_words

TENURE_WORDS = ("1年未満", "1〜5年未満", "5〜10年未満", "10〜20年未満", "20年以上")
EVENT_SIZE = {2023: 118, 2024: 142, 2025: 171}


def make_monitors(folder: Path, year: int) -> list[Person]:
    """The monitors' workbook: a member number, a made-up name, and remarks."""
    random = Random(f"mihon {year} monitor")
    heading: Row = ["会員番号", "氏名（架空）", "地区", "年代", "性別", "居住年数", "愛着"]
    rows: list[Row] = [[*heading, "お勧め", "参加", "感謝", "ご意見"]]
    people = []
    for number, person in panel(Random("mihon panel"), year):
        answer_attitudes(random, person, year)
        answer_scores(random, person, "monitor", year, Random(f"mihon {number}"))
        scores = [person.answers[name] for name in SCORES]
        place = DISTRICTS[person.district]
        who: Row = [number, f"見本 {number}", place, age_words(person), SEX_WORDS[person.sex]]
        tenure = TENURE_WORDS[TENURES.index(person.tenure)]
        remark = random.choice(COMMENTS) or None
        rows.append([*who, tenure, person.answers["attachment"], *scores, remark])
        people.append(person)
    write_workbook(folder / f"市政モニター_R{year - 2018}.xlsx", {"回答": (rows, [])})
    return people


def make_events(folder: Path, year: int) -> list[Person]:
    """The event questionnaires: CSV as Excel on Windows saves it (CP932)."""
    random = Random(f"mihon {year} event")
    rows: list[Row] = [
        ["受付番号", "会場", "年代", "性別", "居住年数", "①お勧め", "②参加", "③感謝", "感想"]
    ]
    people = []
    for index in range(EVENT_SIZE[year]):
        person = someone(random, None, "event")
        answer_scores(random, person, "event", year)
        scores: Row = [person.answers[name] for name in SCORES]
        low = person.printed_age.partition("-")[0]
        age = "18・19歳" if low == "18" else "70代以上" if low == "70+" else f"{low}代"
        place = random.choice(("市民まつり", "図書館", "朝市"))
        tenure = TENURE_WORDS[TENURES.index(person.tenure)]
        who: Row = [index + 1, place, age, SEX_WORDS[person.sex], tenure]
        rows.append([*who, *scores, random.choice(COMMENTS)])
        people.append(person)
    write_csv(folder / f"イベントアンケート_R{year - 2018}.csv", rows, "cp932")
    return people
