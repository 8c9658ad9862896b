"""Files that many cities download, read by a recipe; the layouts are the publishers', cut down.

SSDSE-A to -F: the headings of the editions 2026 (A, B, C, E) and 2023 (D, F), and numbers of
Yamagata as printed there. e-Stat and 住民基本台帳: the headings of files of 2020 to 2025, with
invented numbers.
"""

import pytest
import yaml
from test_cases import folder
from writing import Grid, write_csv, write_xlsx

from helpers.edition import Edition
from helpers.edition.recipe import RECIPES, recipes
from helpers.problems import InputError, Problems
from helpers.reading.statistics import statistics_numbers

__all__ = ["folder"]

A: Grid = [
    ["SSDSE-A-2026", "Prefecture", "Municipality", "A1101", "A4101", "A5101", "A5102"],
    ["", "", "年度", "2020", "2023", "2024", "2024"],
    ["地域コード", "都道府県", "市区町村", "総人口", "出生数"],
    ["R06201", "山形県", "山形市", "247590", "1600", "8000", "8100"],
    ["R14214", "神奈川県", "伊勢原市", "101780", "600", "4500", "4400"],
]
A[2] += ["転入者数（日本人移動者）", "転出者数（日本人移動者）"]
B: Grid = [
    ["SSDSE-B-2026", "Code", "Prefecture", "A1101", "A4103"],
    ["年度", "地域コード", "都道府県", "総人口", "合計特殊出生率"],
    ["2023", "R06000", "山形県", "1026000", "1.22"],
    ["2022", "R06000", "山形県", "1041000", "1.32"],
    ["2023", "R14000", "神奈川県", "9229000", "1.13"],
]
C: Grid = [
    ["SSDSE-C-2026", "2023-2025年", "City", "LB00", "LB06", "LB07", "LB032004"],
    ["地域コード", "都道府県", "市", "食料（合計）", "06 果物", "07 油脂・調味料", "果物"],
    ["R06201", "山形県", "山形市", "1134379", "53608", "52008", "1"],
]
D: Grid = [
    ["SSDSE-D-2023", "2021年", "Prefecture", "MC00", "MG07"],
    ["男女の別", "地域コード", "都道府県", "スポーツの総数", "家事"],
    ["0_総数", "R06000", "山形県", "58.4", "86"],
    ["1_男", "R06000", "山形県", "60.0", "40"],
    ["2_女", "R06000", "山形県", "57.0", "130"],
    ["0_総数", "R14000", "神奈川県", "71.8", "89"],
]
E: Grid = [
    ["SSDSE-E-2026", "Prefecture", "A1101", "A4103", "H110202"],
    ["", "年度", "2024", "2023", "2023"],
    ["地域コード", "都道府県", "総人口", "合計特殊出生率", "空き家数"],
    ["R06000", "山形県", "1011000", "1.22", "61700"],
    ["R14000", "神奈川県", "9225000", "1.13", "466400"],
]
F: Grid = [
    ["SSDSE-F-2023v3", "1991-2020年", "", "", "CN100", "CN500"],
    ["地域コード", "都道府県", "市", "月・年", "平均気温", "降水量の合計"],
    ["R06201", "山形県", "山形市", "01月", "-0.1", "87.8"],
    ["R06201", "山形県", "山形市", "年", "12.1", "1206.7"],
    ["R14100", "神奈川県", "横浜市", "年", "16.2", "1730.8"],
]
LONG: Grid = [
    ["RESULT"], ["STATUS", "0"], ["VALUE"],
    ["tab_code", "表章項目", "cat01_code", "Ｂ　何でも", "area_code", "地域", "time_code",
     "時間軸", "unit", "value", "annotation"],
    ["1", "観測値", "A5103", "A5103_転入者数", "06201", "山形市", "2022100000", "2022年度", "人", 5, ""],
    ["1", "観測値", "A4101", "A4101_出生数", "06201", "山形市", "2022100000", "2022年度", "人", 2, ""],
    ["1", "観測値", "A5103", "A5103_転入者数", "06201", "山形市", "2023100000", "2023年度", "人", 6, ""],
    ["1", "観測値", "A5103", "A5103_転入者数", "14214", "伊勢原市", "2022100000", "2022年度", "人", 9, ""],
]  # fmt: skip
ACROSS: Grid = [
    ["統計名：", "社会・人口統計体系"], ["***", "データが得られないもの"],
    ["地域 コード", "地域", "/項目", "2022年度", "2023年度"],
    ["06201", "山形県 山形市", "A5103_転入者数【人】", "5", "***"],
    ["06201", "山形県 山形市", "A4101_出生数【人】", "2", "3"],
]  # fmt: skip
ITEMS: Grid = [
    ["表題：", "都道府県・市区町村のすがた"],
    ["", "", "", "", "/項目 コード", "A1101", "", "A1801", ""],
    ["調査年 コード", "調査年", "地域 コード", "地域", "/項目", "A1101_総人口【人】", "注釈",
     "A1801_人口集中地区人口【人】", "注釈"],
    ["2020100000", "2020年度", "6201", "山形県 山形市", "", "247590", "", "180000", ""],
    ["2015100000", "2015年度", "6201", "山形県 山形市", "", "253832", "", "181000", ""],
]  # fmt: skip
MOVED: Grid = [
    ["令和2年1月1日住民基本台帳人口・世帯数、令和元年人口動態", "", "", "", "", "", "", "", "", ""],
    ["団体コード", "都道府県名", "市区町村名", "令和2年", "", "", "", "令和元年", "", ""],
    ["", "", "", "人口", "", "", "世帯数", "住民票記載数", "", "社会増減数"],
    ["団体コード", "都道府県名", "市区町村名", "男", "女", "人", "", "転入者数（国内）",
     "転入者数（計）", ""],
    ["", "合計", "", "3", "4", "7", "5", "1", "2", "0"],
    ["062014", "山形県", "山形市", "118,000", "125,000", "243,000", "102,000", "8,000", "8,300", "-200"],
]  # fmt: skip
LIVING: Grid = [
    ["令和3年1月1日住民基本台帳人口", "", "", "", ""],
    ["", "", "", "令和3年", ""],
    ["", "", "", "2021年", ""],
    ["", "", "", "人口", ""],
    ["", "", "", "男", "計"],
    ["団体コード", "都道府県名", "市区町村名", "人", "人"],
    ["-", "合計", "-", "1", "2"],
    ["062014", "山形県", "山形市", "117,000", "242,000"],
]
CENSUS: Grid = [
    ["令和2年国勢調査", *[""] * 6],
    ["", "", "", "人口", "", "", "世帯数"],
    ["", "", "", "総数", "男", "年齢別人口", "総世帯"],
    ["", "", "", "", "", "15歳未満", ""],
    ["", "", "", "人", "人", "人", "世帯"],
    ["都道府県名", "市区町村名", "識別", "", "", "", ""],
    ["06_山形県", "06201_山形市", "2", "247590", "118000", "29000", "102000"],
    ["06_山形県", "06202_米沢市", "2", "81252", "39000", "-", "33000"],
]
Y = {"year": "2021"}
CASES = [
    ("ssdse-a", A, {}, {(2020, "census_population"): 247590, (2023, "births"): 1600,
                        (2024, "moved_in"): 8000, (2024, "moved_out"): 8100}),
    ("ssdse-b", B, {}, {(2022, "prefecture_population"): 1041000,
                        (2022, "prefecture_fertility"): 1.32,
                        (2023, "prefecture_population"): 1026000,
                        (2023, "prefecture_fertility"): 1.22}),
    ("ssdse-c", C, Y, {(2021, "food_spending"): 1134379, (2021, "fruit_spending"): 53608}),
    ("ssdse-d", D, Y, {(2021, "sports_rate"): 58.4, (2021, "housework_minutes"): 86}),
    ("ssdse-e", E, {}, {(2024, "prefecture_population"): 1011000,
                        (2023, "prefecture_fertility"): 1.22,
                        (2023, "prefecture_vacant_dwellings"): 61700}),
    ("ssdse-f", F, Y, {(2021, "mean_temperature"): 12.1, (2021, "rainfall"): 1206.7}),
    ("ssdse-f", F, {**Y, "area": "14100"}, {(2021, "mean_temperature"): 16.2,
                                            (2021, "rainfall"): 1730.8}),
    ("estat-long", LONG, {}, {(2022, "moved_in"): 5, (2022, "births"): 2, (2023, "moved_in"): 6}),
    ("estat-wide", ACROSS, {"columns": ["births"]}, {(2022, "births"): 2, (2023, "births"): 3}),
    ("estat-items", ITEMS, {}, {(2020, "census_population"): 247590,
                                (2020, "dense_population"): 180000,
                                (2015, "census_population"): 253832,
                                (2015, "dense_population"): 181000}),
    ("juki-movement", MOVED, {}, {(2019, "moved_in"): 8300, (2019, "net_migration"): -200,
                                  (2020, "register_population"): 243000,
                                  (2020, "register_households"): 102000}),
    ("juki-population", LIVING, {}, {(2021, "register_population"): 242000}),
    ("census-2020", CENSUS, {}, {(2020, "census_population"): 247590, (2020, "under_15"): 29000,
                                 (2020, "households"): 102000}),
]  # fmt: skip


def opened(folder, path, recipe, code="062014", **told) -> Edition:
    described = {
        "city": folder.parent.name, "fiscal_year": int(folder.name), "name": "山形市",
        "code": code, "report": "報告書", "sources": {},
        "tables": {"movement_x": {"recipe": recipe, "file": path.name, **told}},
    }  # fmt: skip
    file = folder / "edition.yml"
    file.write_text(yaml.safe_dump(described, allow_unicode=True), encoding="utf-8")
    return Edition.read(file)


def numbers(edition) -> tuple[dict[tuple[int, str], float], list[str]]:
    problems = Problems()
    found = statistics_numbers(edition, problems)
    errors = [str(p) for p in problems._problems if p.severity == "error"]
    assert errors == []
    warnings = [str(p) for p in problems._problems if "先頭の 0" not in str(p)]
    return {(n.year, n.item): n.value.number for n in found}, warnings


@pytest.mark.parametrize("kind", [write_csv, write_xlsx])
@pytest.mark.parametrize(("recipe", "rows", "told", "expected"), CASES, ids=[c[0] for c in CASES])
def test_a_file_as_downloaded(folder, kind, recipe, rows, told, expected):
    path = kind(folder / f"a.{kind.__name__.removeprefix('write_')}", rows)
    found, warnings = numbers(opened(folder, path, recipe, **told))
    assert found == expected
    assert len(warnings) <= 1  # the items that the cut-down file lacks, in one line


def test_every_recipe_is_tried_and_whole():
    assert {case[0] for case in CASES} == set(recipes())


def test_the_source_is_the_publisher_unless_another_is_named(folder):
    path = write_csv(folder / "a.csv", A)
    edition = opened(folder, path, "ssdse-a")
    assert "SSDSE" in edition.source_line(edition.tables["movement_x"].source)


def test_a_renamed_column_is_found_by_its_number(folder):
    rows = [row[:] for row in A]
    rows[2][5] = "転入者数（国内の日本人移動者）"
    found, _ = numbers(opened(folder, write_csv(folder / "a.csv", rows), "ssdse-a"))
    assert found[2024, "moved_in"] == 8000


def test_a_code_given_anew_is_the_same_city(folder):
    rows = [*A, ["R40305", "福岡県", "那珂川町", 50000, 500, 2000, 2100]]
    path = write_csv(folder / "a.csv", rows)
    found, _ = numbers(opened(folder, path, "ssdse-a", code="402311"))
    assert found[2023, "births"] == 500


def test_an_item_that_is_asked_for_must_be_there(folder):
    path = write_csv(folder / "a.csv", A)
    problems = Problems()
    statistics_numbers(opened(folder, path, "ssdse-a", columns=["doctors"]), problems)
    (problem,) = problems._problems
    assert "医師数" in str(problem) and problem.severity == "error"


def test_a_city_changes_a_copy(folder):
    own = (RECIPES / "ssdse-a.yml").read_text(encoding="utf-8").replace("births:", "babies:")
    (folder / "my.yml").write_text(own, encoding="utf-8")
    found, _ = numbers(opened(folder, write_csv(folder / "a.csv", A), "my.yml"))
    assert found[2023, "babies"] == 1600
    (folder / "my.yml").write_text(own.replace("header_rows", "heading_rows"), encoding="utf-8")
    with pytest.raises(InputError, match=r"my\.yml heading_rows.*header_rows"):
        opened(folder, folder / "a.csv", "my.yml")


@pytest.mark.parametrize(
    ("recipe", "told", "words"),
    [
        ("ssdse-g", {}, "「ssdse-"),
        ("ssdse-c", {}, "year が要ります"),
        ("ssdse-a", {"columns": ["birth"]}, "「births」"),
        ("other.yml", {}, "レシピのファイルがありません"),
        ("../other.yml", {}, "レシピはありません"),
        ("ssdse-a", {"area": "kanagawa"}, "prefecture"),
    ],
)
def test_what_does_not_fit_is_one_sentence(folder, recipe, told, words):
    path = write_csv(folder / "a.csv", A)
    with pytest.raises(InputError, match=words) as error:
        opened(folder, path, recipe, **told)
    assert len(error.value.problems) == 1


def test_another_areas_numbers_are_never_taken_silently(folder):
    path = write_csv(folder / "c.csv", C)
    problems = Problems()
    edition = opened(folder, path, "ssdse-c", code="142140", **Y)
    assert statistics_numbers(edition, problems) == []
    assert any("area: 団体コード" in str(problem) for problem in problems._problems)
