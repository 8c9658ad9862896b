"""The table of a plan as cities keep it is read as it is; what cannot be meant is refused."""

from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from helpers.edition import Edition
from helpers.indicators.measures import measurement
from helpers.problems import InputError, Problems
from helpers.reading.described import described
from helpers.reading.plan import _read
from helpers.reading.printed import printed_rows
from helpers.scaffold.new_year import new_year
from helpers.scaffold.plan_forward import plan_forward

EDITION = """
city: aoba
fiscal_year: 2024
name: 青葉市
code: "142140"
report: 青葉市の計画
sources: {plan: 計画の表}
plan: {file: 指標.xlsx, source: plan, symbols: {unknown: ['－']}}
grades:
  own: {ja: 市の基準, bands: {◎: 進捗率 >= 必要ペース, ×: 進捗率 < 必要ペース}}
"""
HEADS = [
    ["施策番号", "施策名", "分野", "担当課", "指標番号", "指標名", "単位", "把握方法",
     "現状値", "実績値", None, "目標値", None, "事業費（千円）", "評価", "判断理由"],
    [None] * 9 + ["R5", "R6", "R6", "R9"] + [None] * 3,
]  # fmt: skip
FOLLOWERS = ["1-1", "広報の充実", "暮らし", "広報課", "①", "SNSの登録者数", "人", "業務統計",
             "15,138人(R3)", 36318, 49390, 30000, 43000, 1200, "◎", "伸びた。"]  # fmt: skip
VIEWS = [None] * 4 + ["②", "広報紙の満足度", "％", "市民意識調査", "41.3%(R4)", 45.2, "－", None,
         "↗"] + [None] * 3  # fmt: skip


@pytest.mark.parametrize(
    ("text", "printed", "ends"),
    [
        ("-5~5", "−5〜5", (-5, 5)),  # a hyphen, as Excel types it, stopped the run in stage 2
        ("△5〜5", "−5〜5", (-5, 5)),
        ("−5.5～-1", "−5.5〜−1", (Fraction("-5.5"), -1)),
        ("▲2〜▲1.5点", "−2〜−1.5", (-2, Fraction("-1.5"))),
        ("1,000〜2,000", "1000〜2000", (1000, 2000)),
        ("40～50", "40〜50", (40, 50)),
    ],
)
def test_a_range_is_read_whatever_sign_its_ends_have(text, printed, ends):
    read = _read(text, "点", "target")
    assert read is not None and read[0] == printed
    same = {"group": "a", "unit": "点", "breakdown": "kpi", "source": ""}
    actual = {**same, "printed": "1", "category": "actual", "fiscal_year": 2024}
    target = {**same, "printed": read[0], "category": "target", "fiscal_year": 2027}
    assert measurement(None, actual, target).bounds == ends


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Gives an edition whose plan has the rows given."""
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    folder = tmp_path / "data" / "raw" / "aoba" / "2024"
    folder.mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    for name in ("11_clean_printed_tables", "24_indicators_progress", "30_figures_progress",
                 "30_figures_plan"):  # fmt: skip
        (tmp_path / "notebooks" / f"{name}.ipynb").write_text("{}", encoding="utf-8")

    def made(*rows, heads=HEADS, text=EDITION, merge=()):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["令和6年度 施策評価 指標一覧"])
        for row in (*heads, *rows):
            sheet.append(row)
        for area in ("A2:A3", "F2:F3", "J2:K2", "L2:M2", *merge):
            sheet.merge_cells(area)
        book.save(folder / "指標.xlsx")
        (folder / "edition.yml").write_text(text, encoding="utf-8")
        return Edition.open("aoba", 2024)

    return made


def numbers(edition):
    rows = printed_rows(edition, problems := Problems())
    assert not list(problems)
    return {(r["indicator"], r["group"], r["category"], r["fiscal_year"]): r["printed"]
            for r in rows}  # fmt: skip


def refused(edition):
    problems = Problems()
    printed_rows(edition, problems)
    (problem,) = problems
    return problem


def test_a_row_a_measure_is_read_as_it_is(city):
    edition = city(FOLLOWERS, VIEWS)
    found, sns = numbers(edition), "SNSの登録者数"
    assert found == {
        ("kpi", sns, "baseline", 2021): "15138", ("kpi", sns, "actual", 2023): "36318",
        ("kpi", sns, "actual", 2024): "49390", ("kpi", sns, "target", 2024): "30000",
        ("kpi", sns, "target", 2027): "43000", ("cost", "広報の充実", "", 2024): "1200",
        ("kpi_grade", sns, "", 2024): "◎",
        ("kpi", "広報紙の満足度", "baseline", 2022): "41.3",
        ("kpi", "広報紙の満足度", "actual", 2023): "45.2",
        ("kpi", "広報紙の満足度", "target", 2027): "↗",
    }  # fmt: skip


def test_measures_and_policies_are_described_by_it(city):
    about = described(city(FOLLOWERS, VIEWS))
    second = about.measures["広報紙の満足度"]
    assert (second.policy, second.survey, second.number) == ("広報の充実", True, "②")
    policy = about.policies["広報の充実"]
    assert (policy.number, policy.field, policy.department) == ("1-1", "暮らし", "広報課")
    assert policy.reason == "伸びた。"


def test_what_is_said_of_a_measure_besides_leaves_what_its_table_says(city):
    text = EDITION + "measures: {広報紙の満足度: {target_year: R8}}\n"
    edition = city(
        FOLLOWERS, VIEWS, text=text.replace("source: plan,", "source: plan, target: R9,")
    )
    second = described(edition).measures["広報紙の満足度"]
    assert (second.policy, second.unit, second.target_year) == ("広報の充実", "％", 2026)
    assert edition.plan_year("広報紙の満足度") == 2026
    assert edition.plan_year("SNSの登録者数") == 2027


def test_the_notebooks_follow_from_it(city):
    assert city(FOLLOWERS).notebooks == [
        "11_clean_printed_tables", "24_indicators_progress", "30_figures_plan",
    ]  # fmt: skip


def changed(at, value):
    return [*FOLLOWERS[:at], value, *FOLLOWERS[at + 1 :]]


@pytest.mark.parametrize(("row", "cell", "said"), [
    (changed(6, None), "G4", "単位"),
    (changed(14, "☆"), "O4", "☆"),
    (changed(10, "約半分"), "K4", "約半分"),
    (changed(8, "15,138人"), "I4", "年度"),
    (changed(8, "15,138人(R8)"), "L4", "前の年度"),
    (changed(10, "1e3"), "K4", "1e3"),
])  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_its_cell(city, row, cell, said):
    problem = refused(city(row))
    assert problem.where.endswith(cell) and said in str(problem)
    assert "→" in problem.text("en")


def test_two_targets_for_one_year_are_refused(city):
    heads = [HEADS[0], [*HEADS[1][:12], "R6年度", *HEADS[1][13:]]]
    problem = refused(city(FOLLOWERS, heads=heads))
    assert problem.where.endswith("M4") and "30000" in str(problem) and "43000" in str(problem)


def test_one_measure_in_two_rows_is_refused_unless_left_out(city):
    again = [*FOLLOWERS[:4], "③", *FOLLOWERS[5:]]
    assert "SNSの登録者数" in str(refused(city(FOLLOWERS, again)))
    text = EDITION.replace("source: plan,", "source: plan, leave_out: [③],")
    assert len(numbers(city(FOLLOWERS, again, text=text))) == 7


def test_a_number_merged_over_two_measures_is_refused(city):
    assert "結合" in str(refused(city(FOLLOWERS, VIEWS, merge=["J4:J5"])))


def test_an_unknown_rule_is_refused(city):
    with pytest.raises(InputError, match="grades"):
        city(FOLLOWERS, text=EDITION.replace("source: plan,", "source: plan, rule: 無,"))


def test_columns_that_follow_from_others_are_no_numbers(city):
    heads = [[*HEADS[0], "R6達成率", "目標値の設定理由", "R6の課題"], [*HEADS[1], None, None, None]]
    row = [*FOLLOWERS, 114.9, "倍増をめざす", "発信の強化"]
    assert len(numbers(city(row, heads=heads))) == 7


def test_next_years_table_keeps_targets_and_waits_for_actuals(city, tmp_path):
    made = plan_forward(city(FOLLOWERS, VIEWS), 2025)
    (tmp_path / "次.xlsx").write_bytes(made)
    sheet = openpyxl.load_workbook(tmp_path / "次.xlsx").worksheets[0]
    heads, first, second = ([cell.value for cell in row] for row in sheet.iter_rows())
    assert heads[9:14] == ["実績値 R5", "実績値 R6", "実績値 R7", "目標値 R6", "目標値 R9"]
    assert first[8:14] == ["15,138人(R3)", 36318, 49390, None, 30000, 43000]
    assert first[14:] == [None, None, None]  # 事業費, 評価, 判断理由 are said anew
    assert second[5] == "広報紙の満足度" and second[13] == "↗"


def test_the_new_years_edition_is_made_with_its_table(city):
    city(FOLLOWERS, VIEWS)
    made = new_year("aoba", 2025).made
    assert {"edition.yml", "指標.xlsx"} <= {*made}
    edition = Edition.open("aoba", 2025)
    assert numbers(edition)["kpi", "SNSの登録者数", "target", 2027] == "43000"
    assert edition.grades["own"].grades == ["◎", "×", "－"]
