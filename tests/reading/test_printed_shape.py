"""Printed tables in the shape they have: what their labels mean, and what is said of a strange one.

Expected numbers stand in the tables themselves; sums are worked out beside them.
"""

from pathlib import Path

import pytest

from helpers.edition import Edition
from helpers.problems import InputError, Problems
from helpers.reading.printed import printed_rows, read_printed_tables

DESCRIBED = """\
city: kitano
fiscal_year: 2025
name: 北野市
code: "999995"
report: 報告書
sources: {survey: 市民調査}
breakdowns:
  age: {ja: 年齢, groups: [18~29歳, 30代, 無回答]}
  sex: {ja: 性別, groups: [男性, 女性, 無回答]}
questions:
  stay:
    ja: 定住意向
    options: {住みたい: positive, どちらともいえない: neutral, 移りたい: negative}
  like:
    ja: 愛着
    options: {ある: positive, ない: negative}
  media: {ja: 入手先, answers: several, options: [広報紙, LINE]}
batteries:
  policy:
    ja: 施策
    items: [子育て, 防災, 道路]
    asks: {good: {ja: 満足度}, weighty: {ja: 重要度}}
ranks:
  fame: {ja: 魅力度調査, items: [魅力度, 認知度]}
measures: {来訪者数: 人, 満足な市民: "%"}
printed_tables:
"""


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Reads one table: how edition.yml describes it, and its text."""
    (tmp_path / "notebooks").mkdir()
    for name in ("11_clean_printed_tables", "21_indicators_published", "31_figures_questions",
                 "36_figures_fields", "23_indicators_reputation", "38_figures_reputation",
                 "24_indicators_progress", "30_figures_progress"):  # fmt: skip
        (tmp_path / "notebooks" / f"{name}.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    folder = tmp_path / "data/raw/kitano/2025"
    folder.mkdir(parents=True)

    def opened(described: str, table: str) -> Edition:
        line = f"  表: {{file: 表.csv, source: survey, {described}}}\n"
        (folder / "edition.yml").write_text(DESCRIBED + line, encoding="utf-8")
        (folder / "表.csv").write_text(table, encoding="utf-8-sig")
        return Edition.open("kitano", 2025)

    return opened


def numbers(edition: Edition) -> dict[str, str]:
    """``indicator.breakdown.group.category`` → what is printed; the numbers of people besides."""
    found = read_printed_tables(edition)
    names = ["indicator", "breakdown", "group", "category"]
    keys = found[names].apply(lambda row: ".".join(filter(None, row)), axis=1)
    assert keys.is_unique
    return dict(zip(keys, found["printed"], strict=True))


def test_groups_down_options_across_and_n(read):
    table = "\n".join([
        "区分,,n,住みたい,どちらともいえない,移りたい",
        "全体,,200,60.0,30.0,10.0",
        "年齢,18～29歳,80,50.0,37.5,12.5",
        ",３０代,110,68.2,22.7,9.1",
        ",無回答,10,50.0,50.0,0.0",
        "性別,男性,90,60.0,30.0,10.0",
        ",女性,100,61.0,29.0,10.0",
        ",無回答,10,50.0,40.0,10.0",
    ])  # fmt: skip
    found = numbers(read("rows: [age, sex], columns: stay", table))
    assert found["stay.total.total.住みたい"] == "60.0"
    assert found["stay.age.30代.移りたい"] == "9.1"
    assert found["base.age.30代.stay"] == "110"
    # 無回答 is a group of both: each row belongs to the breakdown that it stands below.
    assert found["stay.age.無回答.どちらともいえない"] == "50.0"
    assert found["stay.sex.無回答.どちらともいえない"] == "40.0"
    assert len(found) == 7 * 4  # seven rows, each of three shares and n


@pytest.mark.parametrize(
    ("described", "table"),
    [
        (  # across instead of down, counts and percentages in turn, spaces within names
            "rows: like, columns: sex, lines: [count, percent], total: [全 市]",
            "愛着の有無,全　市,男　性,女性\nある,120,50,70\n,60.0,55.6,63.6\nない,80,40,40\n"
            ",40.0,44.4,36.4\n回 答 数,200,90,110\n,100.0,100.0,100.0\n",
        ),
        (  # n in the label of the row
            "rows: sex, columns: like",
            "性別,ある,ない\n全体（n=200）,60.0,40.0\n男性（n＝90）,55.6,44.4\n"
            "女性（ｎ=110）,63.6,36.4\n",
        ),
        (  # a number a row
            "rows: sex, columns: like, value: 割合",
            "属性,回答,割合,回答者数\n全体,ある,60.0%,200\n全体,ない,40.0%,200\n男性,ある,55.6%,90\n"
            "男性,ない,44.4%,90\n女性,ある,63.6%,110\n女性,ない,36.4%,110\n",
        ),
        (  # two rows of headings, and numbered options
            "rows: sex, columns: [like, stay]",
            ",,愛着,\n,回答者数,1 ある,2 ない\n全体,200,60.0,40.0\n男性,90,55.6,44.4\n"
            "女性,110,63.6,36.4\n",
        ),
        (  # below its title, another table after it
            "below: 問2 愛着, rows: sex, columns: like",
            "問1 定住\n,住みたい\n全体,12.3\n\n問2 愛着\n,回答者数,ある,ない\n全体,200,60.0,40.0\n"
            "男性,90,55.6,44.4\n女性,110,63.6,36.4\n\n問3 入手先\n,広報紙\n全体,3.0\n",
        ),
    ],
)
def test_shapes_that_say_the_same(read, described, table):
    found = {k: v for k, v in numbers(read(described, table)).items() if "_count" not in k}
    assert found == {
        "like.total.total.ある": "60.0", "like.total.total.ない": "40.0",
        "like.sex.男性.ある": "55.6", "like.sex.男性.ない": "44.4",
        "like.sex.女性.ある": "63.6", "like.sex.女性.ない": "36.4",
        "base.total.total.like": "200", "base.sex.男性.like": "90", "base.sex.女性.like": "110",
    }  # fmt: skip


def test_a_battery_measures_and_ranks(read):
    table = (
        "施策,満足度,重要度\n子育て,0.51,1.20\n防災,−0.12,1.41\n道路,▲0.30,0.80\n平均,0.03,1.14\n"
    )
    found = numbers(read("rows: policy, columns: [good, weighty], total: [平均]", table))
    assert found["good.policy.防災.score"] == "−0.12"
    assert found["good.policy.道路.score"] == "−0.30"
    assert found["weighty.total.total.score"] == "1.14"
    table = (
        '指標,現状値（R4）,令和6年度実績,R7実績値,目標（令和10年度）\n来訪者数,"8,200人",8300人,'
    )
    table += "8450人,9000人\n満足な市民,61.0,62.0%,62.5,↗\n"
    edition = read("rows: kpi, columns: values", table)
    rows = printed_rows(edition, Problems())
    said = {(r["group"], r["category"], r["fiscal_year"]): r["printed"] for r in rows}
    assert said["来訪者数", "baseline", 2022] == "8200"
    assert said["来訪者数", "actual", 2025] == "8450"
    assert said["満足な市民", "target", 2028] == "↗"
    table = "項目,2024年 順位,2024年 点数,2025年 順位,2025年 点数\n魅力度,601位,6.0,547位,6.9\n"
    rows = printed_rows(read("rows: fame, columns: values", table), Problems())
    said = {(r["indicator"], r["fiscal_year"]): (r["printed"], r["unit"]) for r in rows}
    assert said == {
        ("fame_rank", 2024): ("601", "位"), ("fame_score", 2024): ("6.0", "点"),
        ("fame_rank", 2025): ("547", "位"), ("fame_score", 2025): ("6.9", "点"),
    }  # fmt: skip


GOOD = "性別,n,ある,ない\n全体,200,60.0,40.0\n男性,90,55.6,44.4\n女性,110,63.6,36.4\n"


@pytest.mark.parametrize(
    ("described", "old", "new", "words"),
    [
        (
            "rows: sex, columns: like",
            "女性",
            "女姓",
            ["表.csv A4", "女姓", "「女性」", "leave_out"],
        ),
        ("rows: sex, columns: like", "ない", "なし", ["表.csv D1", "なし", "like", "also"]),
        ("rows: sex, columns: like", "55.6", "－", ["表.csv C3", "－", "symbols"]),
        ("rows: sex, columns: like", "55.6", "55.5678901", ["C3", "decimals"]),
        ("rows: sex, columns: like", ",90,", ",100,", ["C3", "100", "weighted"]),
        ("rows: sex, columns: like", "40.0", "41.0", ["C2", "100"]),
        ("rows: sexx, columns: like", "", "", ["sexx", "「sex」", "breakdowns"]),
        ("rows: sex, columns: stay", "", "", ["見出し", "stay"]),
        ("below: 問9, rows: sex, columns: like", "", "", ["問9", "題名"]),
        ("rows: age, columns: like", "", "", ["男性", "age"]),
        ("columns: like", "", "", ["全体", "表.csv"]),
    ],
)
def test_what_is_strange_is_said_in_one_sentence(read, described, old, new, words):
    with pytest.raises(InputError) as error:
        read_printed_tables(read(described, GOOD.replace(old, new) if old else GOOD))
    for lang in ("ja", "en"):
        lines = error.value.text(lang).splitlines()
        assert len(lines) <= 3, lines
        assert all("→" in line for line in lines), lines
    assert all(word in str(error.value) for word in words), str(error.value)


def test_two_tables_on_a_sheet_are_asked_for_their_title(read):
    table = GOOD + "\n問2 定住意向\n" + GOOD.replace("女性", "その他")
    with pytest.raises(InputError, match="below") as error:
        read_printed_tables(read("rows: sex, columns: like", table))
    assert len(str(error.value).splitlines()) == 1 and "問2 定住意向" in str(error.value)


def test_a_symbol_is_what_the_table_says_it_is(read):
    table = GOOD.replace("男性,90,55.6,44.4", "男性,90,100.0,－")
    described = "rows: sex, columns: like, symbols: {zero: [－]}, covers: false"
    found = numbers(read(described, table))
    assert found["like.sex.男性.ない"] == "0"
