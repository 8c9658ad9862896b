"""A small city with a survey file, for tests: two header rows, merged cells, a title."""

from openpyxl import Workbook

from helpers.edition import Edition

EDITION = """
city: testville
fiscal_year: 2025
name: {ja: 試験市, en: Testville}
code: 999999
report: {ja: 報告, en: Report}
sources: {survey: {ja: 調査, en: Survey}}
notebooks: []
"""

CODEBOOK = """
sources:
  resident:
    sample: random
    strata: district
    person: 整理番号
    file: survey.xlsx
    sheet: 回答
    skip_rows: 1
    header_rows: 2
groups:
  district:
    columns: 属性 地区
    classes: {north: ["1"], south: ["2"]}
  tenure:
    columns: 属性 居住年数
    classes: {under_5: [5年未満], 5-9: [], 10+: [10年以上]}
    sources: [resident]
questions:
  attachment:
    columns: [問1 愛着]
    scale: five_point
    answers: {1: 強い, 2: やや強い, 3: ふつう, 4: やや弱い, 5: 弱い}
    dont_know: ["6"]
  recommend:
    columns: 問2 お勧め
    scale: zero_to_ten
"""

HEADINGS = [
    ["整理番号", "属性", None, "問1 愛着", "問2", "自由意見"],
    [None, "地区", "居住年数", None, "お勧め", None],
]
MERGED = ["A2:A3", "B2:C2", "D2:D3", "F2:F3"]
ROWS = [
    ["K1", 1, "5年未満", 1, 10, "ひみつの意見"],
    ["K2", 2, "5-9", 2, 0, None],
    ["K3", 1, "10年以上", 6, 7, None],
    ["K4", 2, None, 99, None, "会いたい"],
]


def open_edition(tmp_path, monkeypatch, codebook=CODEBOOK, rows=ROWS, headings=HEADINGS):
    """Write the raw files below ``tmp_path`` and open the edition there."""
    monkeypatch.setenv("CITYPROMO_ROOT", str(tmp_path))
    folder = tmp_path / "data" / "raw" / "testville" / "2025"
    folder.mkdir(parents=True)
    (folder / "edition.yml").write_text(EDITION, encoding="utf-8")
    if codebook is not None:
        (folder / "codebook.yml").write_text(codebook, encoding="utf-8")
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "回答"
    sheet.append(["調査の題"])
    for row in [*headings, *rows]:
        sheet.append(row)
    for area in MERGED:
        sheet.merge_cells(area)
    workbook.save(folder / "survey.xlsx")
    return Edition.open("testville", 2025)
