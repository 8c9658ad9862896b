"""Two cities built from a printed report by description alone, through the whole run.

Kitano is invented: 45 policy fields, five options, districts, several answers, and an index of
four intents as (d + 100) / 2. Kobe is real: three tables cut out of the workbook of its survey of
neighbourhood associations (平成25年度; 神戸市, CC BY 2.1 JP, 神戸市オープンデータ), as printed.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[2]
LIKE = ["とても感じる", "感じる", "どちらともいえない", "あまり感じない", "感じない"]
STAY = [
    "住み続けたい",
    "できれば住み続けたい",
    "どちらともいえない",
    "できれば移りたい",
    "移りたい",
]
MEDIA = ["広報紙", "ホームページ", "LINE", "回覧板", "特にない"]
INTENTS = ["推奨意欲", "参加意欲", "感謝意欲", "居住意欲"]
GROUPS = {
    "年齢": ["18～29歳", "30代", "40代", "50代", "60代", "70歳以上"],
    "性別": ["女性", "男性", "その他・無回答"],
    "居住年数": ["5年未満", "5～19年", "20年以上"],
    "地区": ["北部", "中部", "南部"],
}
SIZES = {"年齢": [10, 12, 15, 18, 19, 26], "性別": [52, 46, 2], "居住年数": [14, 29, 57],
         "地区": [30, 37, 33]}  # fmt: skip

KITANO = """\
city: kitano
fiscal_year: 2025
name: 北野市
code: "999995"
fictional: true
report: 北野市まちづくり市民調査 報告書（令和7年度、架空）
sources:
  survey: 北野市「まちづくり市民調査」（令和7年度、架空データ）
  sheet: 北野市「総合計画の進捗」（令和7年度、架空データ）
deliverables: []

breakdowns:
  age: {ja: 年齢, groups: [18~29歳, 30代, 40代, 50代, 60代, 70歳以上]}
  sex: {ja: 性別, groups: [女性, 男性, その他・無回答]}
  tenure: {ja: 居住年数, groups: [5年未満, 5~19年, 20年以上]}
  district: {ja: 地区, groups: [北部, 中部, 南部]}

questions:
  like:
    ja: まちへの愛着
    options: {とても感じる: positive, 感じる: positive, どちらともいえない: neutral, \
あまり感じない: negative, 感じない: negative}
  stay:
    ja: 定住意向
    options: {住み続けたい: positive, できれば住み続けたい: positive, どちらともいえない: neutral, \
できれば移りたい: negative, 移りたい: negative}
  media: {ja: 市の情報の入手先, answers: several, \
options: [広報紙, ホームページ, LINE, 回覧板, 特にない]}
  q1: &
  q2: &
  q3: &
  q4: &

batteries:
  policy:
    ja: 施策
    items: [FIELDS]
    asks: {satisfied: {ja: 満足度}, important: {ja: 重要度}}
    highlight: [施策7]

formulas:
  vigour: {ja: まちの活力指数, questions: [q1, q2, q3, q4], value: (d + 100) / 2, total: mean}

measures: {ホームページの閲覧数: 万件, 市政に関心がある市民の割合: "%"}

printed_tables:
  愛着: {file: 調査.csv, below: 問1 まちへの愛着, rows: [age, sex, tenure, district], \
columns: like, source: survey}
  定住意向: {file: 調査.csv, below: 問2 定住意向, rows: [age, sex, tenure, district], \
columns: stay, source: survey}
  情報の入手先: {file: 媒体.csv, rows: age, columns: media, source: survey}
  施策: {file: 施策.csv, rows: policy, columns: [satisfied, important], source: survey}
  思い: {file: 思い.csv, rows: [q1, q2, q3, q4], columns: [options, vigour], source: survey}
  進捗: {file: 進捗.csv, rows: kpi, columns: values, source: sheet}
"""
for number, intent in enumerate(INTENTS, 1):
    bands = "scale: [0, 10], options: {0~5点: negative, 6~7点: neutral, 8~10点: positive}"
    KITANO = KITANO.replace(f"  q{number}: &", f"  q{number}: {{ja: {intent}, {bands}}}")
KITANO = KITANO.replace("FIELDS", ", ".join(f"施策{i}" for i in range(1, 46)))

KOBE = """\
city: kobe
fiscal_year: 2013
name: {ja: 神戸市, en: Kobe}
code: "281000"
report: 地域活動に関するアンケート 集計表（平成25年度）
sources:
  survey: 神戸市「地域活動に関するアンケート」（平成25年度、CC BY 2.1 JP）
deliverables: []
breakdowns:
  ward: {ja: 区, groups: [東灘, 灘, 中央, 兵庫, 北, 長田, 須磨, 垂水, 西]}
questions:
  greeting:
    ja: 住民同士のあいさつ
    options: {あてはまる: positive, ややあてはまる: positive, あまりあてはまらない: negative, \
あてはまらない: negative, わからない: dont_know, 無回答: no_answer}
    base: all
  talk:
    ja: 住民同士の立ち話
    options: {よくある: positive, ときどきある: positive, どちらともいえない: neutral, \
あまりない: negative, ほとんどない: negative, 無回答: no_answer}
    base: all
  fee:
    ja: 会費
    options: {集めている: , 集めていない: , 無回答: no_answer}
    base: asked
    asked: 自治会・町内会
printed_tables:
  あいさつ: {file: kobe_H25.xlsx, sheet: 問1., below: (1)　住民同士がよくあいさつをしている, \
lines: [count, percent], rows: greeting, columns: ward, total: 全市, leave_out: 不明, decimals: 1, \
source: survey}
  立ち話: {file: kobe_H25.xlsx, sheet: 問2., below: (1)　住民同士が立ち話をすること, \
lines: [count, percent], rows: talk, columns: ward, total: 全市, leave_out: 不明, decimals: 1, \
source: survey}
  会費: {file: kobe_H25.xlsx, sheet: 問15., below: 問15　会員から会費を集めていますか, \
lines: [count, percent], rows: fee, columns: ward, total: 全市, leave_out: 不明, decimals: 1, \
source: survey}
"""


def share(count: int, n: int) -> str:
    return str((Decimal(100 * count) / n).quantize(Decimal("0.1"), ROUND_HALF_UP))


def answers() -> list[dict]:
    dice = random.Random(7)
    people = []
    for _ in range(1384):
        one: dict = {b: dice.choices(gs, SIZES[b])[0] for b, gs in GROUPS.items()}
        one |= {"like": dice.choices(LIKE, [20, 45, 20, 10, 5])[0]}
        one |= {"stay": dice.choices(STAY, [35, 35, 15, 10, 5])[0]}
        one["media"] = [m for m, w in zip(MEDIA, [0.6, 0.3, 0.25, 0.4, 0.1], strict=True)
                        if dice.random() < w]  # fmt: skip
        one |= {q: dice.choices([0, 1, 2], [35, 30, 35 + 5 * i])[0] for i, q in enumerate(INTENTS)}
        people.append(one)
    return people


def tables(people: list[dict]) -> dict[str, str]:
    """The report's tables as its analyst has them."""

    def crossed(title: str, question: str, options: list[str]) -> str:
        lines = [title, "区分,,回答者数(人)," + ",".join(options)]
        for split, groups in {"全体": [""], **GROUPS}.items():
            for i, group in enumerate(groups):
                some = [p for p in people if split == "全体" or p[split] == group]
                told = [share(sum(p[question] == o for p in some), len(some)) for o in options]
                lines.append(f'{split if i == 0 else ""},{group},"{len(some):,}",{",".join(told)}')
        return "\n".join([*lines, "", ""])

    media = ["年齢,n," + ",".join(MEDIA)]
    for group in ["全体", *GROUPS["年齢"]]:
        some = [p for p in people if group in ("全体", p["年齢"])]
        told = [share(sum(m in p["media"] for p in some), len(some)) for m in MEDIA]
        media.append(f"{group},{len(some)},{','.join(told)}")
    intents = ["項目,回答者数,0～5点,6～7点,8～10点,まちの活力指数"]
    for name in INTENTS:
        count = [sum(p[name] == band for p in people) for band in range(3)]
        index = (Decimal(100 * (count[2] - count[0])) / len(people) + 100) / 2
        told = [share(c, len(people)) for c in count]
        index = index.quantize(Decimal("0.1"), ROUND_HALF_UP)
        intents.append(f'{name},"1,384",{",".join(told)},{index}')
    dice = random.Random(8)
    fields = ["施策,満足度,重要度"]
    fields += [f"施策{i},{dice.uniform(-0.6, 0.9):.2f},{dice.uniform(0.3, 1.7):.2f}"
               for i in range(1, 46)]  # fmt: skip
    survey = crossed("問1 まちへの愛着", "like", LIKE) + crossed("問2 定住意向", "stay", STAY)
    progress = (
        "指標,令和4年度 現状値,令和6年度 実績,令和7年度 実績,令和10年度 目標値\n"
        "ホームページの閲覧数,120万件,131万件,140万件,160万件\n"
        "市政に関心がある市民の割合,52.0%,53.0%,51.8%,↗\n"
    )
    return {
        "調査.csv": survey,
        "媒体.csv": "\n".join(media),
        "思い.csv": "\n".join(intents),
        "施策.csv": "\n".join(fields).replace("-", "−"),
        "進捗.csv": progress,
    }


def citypromo(project: Path, *words: str) -> str:
    told = {"CITYPROMO_ROOT": str(project), "PYTHONUTF8": "1", "PYTHONPATH": str(project / "src")}
    done = subprocess.run(
        [sys.executable, "-m", "helpers.cli", *words], cwd=project, env=os.environ | told,
        capture_output=True, encoding="utf-8", check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    project = tmp_path_factory.mktemp("described")
    for folder in ("src", "notebooks"):
        shutil.copytree(ROOT / folder, project / folder)
    shutil.copy(ROOT / "requirements.txt", project)
    kitano, kobe = (project / "data/raw" / name for name in ("kitano/2025", "kobe/2013"))
    for folder, text in ((kitano, KITANO), (kobe, KOBE)):
        folder.mkdir(parents=True)
        (folder / "edition.yml").write_text(text, encoding="utf-8")
    for name, text in tables(answers()).items():
        (kitano / name).write_text(text, encoding="utf-8-sig")
    shutil.copy(Path(__file__).parent / "kobe_H25.xlsx", kobe)
    for edition in (("kitano", "2025"), ("kobe", "2013")):
        citypromo(project, "check", *edition)
        citypromo(project, "run", *edition)
    yield project


def rows_of(project: Path, edition: str) -> pd.DataFrame:
    paths = sorted((project / "data/processed" / edition / "indicators").glob("*.csv"))
    kinds = {"printed": str, "category": str}
    frame = pd.concat(pd.read_csv(path, keep_default_na=False, dtype=kinds) for path in paths)
    names = ["indicator", "breakdown", "group", "category"]
    frame["key"] = frame[names].apply(lambda row: ".".join(filter(None, map(str, row))), axis=1)
    return frame.set_index("key")


def test_the_description_is_short():
    assert len(KITANO.splitlines()) <= 60


def test_what_is_printed_stays_as_printed(published):
    rows, people = rows_of(published, "kitano/2025"), answers()
    assert rows[rows["indicator"] == "satisfied"].shape[0] == 46  # 45 fields and their mean
    for group in GROUPS["地区"]:
        some = [p for p in people if p["地区"] == group]
        neither = share(sum(p["like"] == "どちらともいえない" for p in some), len(some))
        for category in ("どちらともいえない", "neutral"):
            row = rows.loc[f"like.district.{group}.{category}"]
            assert (row["printed"], float(row["n"])) == (neither, len(some))
            assert row["basis"] == "published"
    assert rows.loc["media.total.total.LINE"]["printed"] == share(
        sum("LINE" in p["media"] for p in people), 1384
    )


def test_what_is_not_printed_follows_from_it(published):
    rows, people = rows_of(published, "kitano/2025"), answers()
    some = [p for p in people if p["地区"] == "北部"]
    liked = share(sum(p["like"] in LIKE[:2] for p in some), len(some))
    row = rows.loc["like.district.北部.positive"]
    # 20.5 + 45.0 may print as 65.4, 65.5 or 65.6: of n people only one count gives each share.
    assert (row["printed"], row["basis"], row["flag"]) == (liked, "derived", "")
    for question, name in zip(("q1", "q2", "q3", "q4"), INTENTS, strict=True):
        d = Decimal(sum((p[name] == 2) - (p[name] == 0) for p in people) * 100) / 1384
        index = ((d + 100) / 2).quantize(Decimal("0.1"), ROUND_HALF_UP)
        assert rows.loc[f"vigour.total.total.{question}"]["printed"] == str(index)
    each = [Decimal(rows.loc[f"vigour.total.total.q{i}"]["printed"]) for i in range(1, 5)]
    mean = (sum(each) / 4).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert rows.loc["vigour.total.total.total"]["printed"] == str(mean)
    # (140 − 120) / (160 − 120) = 50 %; 50 % of the way is needed by 2025.
    progress = rows.loc["kpi_progress.kpi.ホームページの閲覧数"]
    assert progress.set_index("fiscal_year").loc[2025]["printed"] == "50.0"


def test_every_figure_is_drawn_in_both_widths(published):
    figures = published / "reports/kitano/2025/figures"
    drawn = {path.stem for path in figures.glob("*.svg")}
    splits = ("age", "sex", "tenure", "district")
    wanted = {f"{q}_{split}" for q in ("like", "stay") for split in splits}
    wanted |= {"media", "policy", "vigour", "progress", "q1"}
    assert {f"{name}{end}" for name in wanted for end in ("", "_80mm")} <= drawn
    words = (figures / "like_district.txt").read_text(encoding="utf-8")
    svg = (figures / "like_district.svg").read_text(encoding="utf-8")
    assert "n=1,384" in svg and "原典に記載がない" not in svg and words


def test_kobe_is_as_kobe_prints_it(published):
    rows = rows_of(published, "kobe/2013")
    whole = rows.loc["greeting.total.total.あてはまる"]
    assert (whole["printed"], float(whole["n"])) == ("35.4", 2158)  # 763 of 2,158
    # 763 + 1075 of 2,158 are 85.17 %; the printed 35.4 + 49.8 would be 85.2.
    both = rows.loc["greeting.total.total.positive"]
    assert (both["printed"], both["value"]) == ("85.2", pytest.approx(100 * 1838 / 2158))
    # 37 + 39 of the 93 in 中央 are 81.7 %.
    assert rows.loc["greeting.ward.中央.positive"]["printed"] == "81.7"
    assert rows.loc["greeting.ward.西.無回答"]["printed"] == "1.1"
    assert rows.loc["greeting_count.ward.西.無回答"]["printed"] == "4"
    assert not [key for key in rows.index if key.endswith("不明")]
    assert "greeting.total.total.neutral" not in rows.index  # nothing is neutral, nothing is left
    assert float(rows.loc["fee.total.total.集めている"]["n"]) == 1688
    svg = (published / "reports/kobe/2013/figures/greeting_ward.svg").read_text(encoding="utf-8")
    assert "無回答を含む全回答者の割合" in svg
    fee = (published / "reports/kobe/2013/figures/fee_ward.svg").read_text(encoding="utf-8")
    assert "自治会・町内会の割合" in fee
