"""A corpus of spoiled files: what is wrong with each, and the cell that must be named."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import xlwt
from writing import (
    COLUMNS,
    Grid,
    add_part,
    bomb,
    change_part,
    encrypted_xls,
    encrypted_xlsx,
    grid,
    linked_xls,
    lying_bomb,
    ods_cell,
    write_csv,
    write_ods,
    write_xls,
    write_xlsx,
)


@dataclass(frozen=True)
class Case:
    """One spoiled file.

    Attributes:
        make: writes the file into a folder and returns its path.
        named: what the message must name: the file, or file, sheet and cell.
        words: what it must say besides.
        table: what edition.yml says of the table, besides file, year and columns.
        last_year: rows of the file in last year's edition, where there is one.
    """

    id: str
    make: Callable[[Path], Path]
    named: str
    words: list[str]
    severity: str = "error"
    table: dict[str, object] = field(default_factory=dict)
    last_year: Grid | None = None


def spoilt(changes: dict[str, object], rows: Grid | None = None) -> Grid:
    """The table with other contents in the cells that are named, ``{"B3": "12千"}``."""
    spoiled = rows or grid()
    for cell, content in changes.items():
        row, column = int(cell[1:]) - 1, ord(cell[0]) - ord("A")
        spoiled[row][column] = content
    return spoiled


def csv_of(changes: dict[str, object], rows: Grid | None = None) -> Callable[[Path], Path]:
    return lambda folder: write_csv(folder / "a.csv", spoilt(changes, rows))


def xlsx_of(changes: dict[str, object], rows: Grid | None = None) -> Callable[[Path], Path]:
    return lambda folder: write_xlsx(folder / "a.xlsx", spoilt(changes, rows))


def xls_of(changes: dict[str, object], rows: Grid | None = None) -> Callable[[Path], Path]:
    return lambda folder: write_xls(folder / "a.xls", spoilt(changes, rows))


def ods_of(changes: dict[str, object], rows: Grid | None = None) -> Callable[[Path], Path]:
    return lambda folder: write_ods(folder / "a.ods", spoilt(changes, rows))


def bytes_of(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def cut(make: Callable[[Path], Path], keep: float) -> Callable[[Path], Path]:
    """The first part of a file, as after a broken download."""

    def make_cut(folder: Path) -> Path:
        path = make(folder)
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * keep)])
        return path

    return make_cut


def renamed(make: Callable[[Path], Path], name: str) -> Callable[[Path], Path]:
    return lambda folder: make(folder).rename(folder / name)


def formula(folder: Path) -> Path:
    return write_xlsx(folder / "a.xlsx", spoilt({"B3": "=C3+2195"}))


def ods_formula(folder: Path) -> Path:
    rows = [list(map(ods_cell, row)) for row in grid()]
    rows[2][1] = '<table:table-cell table:formula="of:=[.C3]+2195"/>'
    lines = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    return write_ods(folder / "a.ods", [], body=lines)


def ods_repeated(folder: Path) -> Path:
    row = "".join(map(ods_cell, [2017, 1, 2, 3] * 5))
    lines = f'<table:table-row table:number-rows-repeated="1000000">{row}</table:table-row>'
    return write_ods(folder / "a.ods", [], body=lines)


def xls_error(folder: Path) -> Path:
    book = xlwt.Workbook()
    page = book.add_sheet("表")
    for r, row in enumerate(grid()):
        for c, cell in enumerate(row):
            page.write(r, c, cell)
    page.row(2)._Row__cells.pop(1, None)
    page.row(2).set_cell_error(1, 0x07)
    book.save(str(folder / "a.xls"))
    return folder / "a.xls"


def xlsx_error(folder: Path) -> Path:
    return write_xlsx(folder / "a.xlsx", spoilt({"B3": "#DIV/0!"}))


def far(folder: Path) -> Path:
    book = openpyxl.load_workbook(write_xlsx(folder / "a.xlsx", grid()))
    book.active["XFD1048576"] = 1
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def far_xls(folder: Path) -> Path:
    rows = grid() + [[None] * 4] * 60_000 + [[None] * 250 + [1]]
    return write_xls(folder / "a.xls", rows)


def linked(folder: Path) -> Path:
    path = write_xlsx(folder / "a.xlsx", spoilt({"B3": "='[1]Sheet1'!A1"}))
    add_part(path, "xl/externalLinks/externalLink1.xml", "<externalLink/>")
    rels = '<Relationships><Relationship Id="rId1" Target="file:///C:/last_year.xlsx" TargetMode="External"/></Relationships>'
    return add_part(path, "xl/externalLinks/_rels/externalLink1.xml.rels", rels)


def linked_ods(folder: Path) -> Path:
    path = write_ods(folder / "a.ods", grid())
    cell = ods_cell(13493)
    link = cell.replace(
        "table-cell ", "table-cell table:formula=\"of:='file:///C:/last.ods'#$A.A1\" "
    )
    return change_part(path, "content.xml", cell, link)


def locked_ods(folder: Path) -> Path:
    manifest = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    return write_ods(folder / "a.ods", grid(), manifest=manifest)


def hidden_sheet(folder: Path) -> Path:
    book = openpyxl.load_workbook(write_xlsx(folder / "a.xlsx", grid()))
    book.create_sheet("表紙")
    book["表"].sheet_state = "hidden"
    book.active = 1
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def hidden_column(folder: Path) -> Path:
    book = openpyxl.load_workbook(write_xlsx(folder / "a.xlsx", grid()))
    book.active.column_dimensions["C"].hidden = True
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def damaged_part(folder: Path) -> Path:
    path = write_xlsx(folder / "a.xlsx", grid())
    content = bytearray(path.read_bytes())
    at = content.index(b"xl/worksheets/sheet1.xml") + 60
    content[at : at + 20] = bytes(20)
    path.write_bytes(bytes(content))
    return path


def open_in_excel(folder: Path) -> Path:
    (folder / "~$a.xlsx").write_bytes(b"\x06analyst")
    return write_xlsx(folder / "a.xlsx", grid())


def lock_file(folder: Path) -> Path:
    (folder / "~$a.xlsx").write_bytes(b"\x06analyst")
    return folder / "~$a.xlsx"


def word_file(folder: Path) -> Path:
    return add_part(folder / "a.xlsx", "word/document.xml", "<w:document/>")


GROUPED: Grid = [
    ["居住年数", "転入者数", "転出者数", "世帯数"],
    ["1年未満", 120, 80, 300],
    ["1-5", 430, 200, 900],
    ["5-9", 310, 180, 800],
    ["10-19", 150, 90, 700],
]
BY_GROUP = {"group": "居住年数", "year": "2025"}
CODED: Grid = [
    ["団体コード", "年", "転入者数", "転出者数", "世帯数"],
    ["011002", 2020, 60000, 55000, 1_000_000],
    ["999999", 2020, 5184, 4970, 45825],
]
SHARES: Grid = [
    ["年", "回答者数", "よい", "ふつう", "わるい"],
    [2023, 250, "40.0", "35.2", "24.8"],
    [2024, 250, "41.2", "34.0", "24.8"],
]
OF_SHARES: dict[str, object] = {
    "columns": {"n": "回答者数", "good": "よい", "fair": "ふつう", "bad": "わるい"},
    "shares": ["good", "fair", "bad"],
    "base": "n",
}
MOVEMENT: Grid = [
    ["年", "転入", "転出", "他増", "他減", "社会増減", "自然増減", "増減", "人口"],
    [2018, 5187, 5003, 83, 84, 183, -312, -129, 105064],
    [2019, 5309, 5015, 88, 81, 301, -370, -69, 104995],
]
OF_MOVEMENT: dict[str, object] = {
    "columns": {
        "moved_in": "転入",
        "moved_out": "転出",
        "other_in": "他増",
        "other_out": "他減",
        "net_migration": "社会増減",
        "natural_change": "自然増減",
        "population_change": "増減",
        "population": "人口",
    }
}
RATES: Grid = [
    ["年", "世帯", "加入", "加入率"],
    [2023, 46092, 15187, "32.9"],
    [2024, 46409, 15291, "32.9"],
]
OF_RATES: dict[str, object] = {
    "columns": {
        "households": "世帯",
        "association_households": "加入",
        "association_rate": "加入率",
    }
}
LINES: Grid = [
    ["年", "満足", "不満"],
    [2023, 120, 80],
    ["", "60.0", "40.0"],
    [2024, 130, 70],
    ["", "65.0", "35.0"],
]
OF_LINES: dict[str, object] = {
    "columns": {"positive": "満足", "negative": "不満"},
    "lines": ["count", "percent"],
}
TOTALS: Grid = [
    ["地区", "転入者数", "転出者数", "世帯数"],
    ["東部", 100, 90, 400],
    ["西部", 200, 150, 500],
    ["総数", 310, 240, 900],
]

CASES = [
    # --- cells -------------------------------------------------------------------------
    Case("word_for_number", csv_of({"B3": "12千"}), "a.csv B3", ["12千", "L2-01"]),
    Case("word_for_number_xlsx", xlsx_of({"C4": "約1万"}), "a.xlsx 表!C4", ["約1万"]),
    Case("word_for_number_xls", xls_of({"C4": "調査中"}), "a.xls 表!C4", ["調査中", "symbols"]),
    Case("word_for_number_ods", ods_of({"D2": "約1万"}), "a.ods 表!D2", ["約1万"]),
    Case("misplaced_comma", csv_of({"B3": "1,3493"}), "a.csv B3", ["桁区切り"]),
    Case("letter_o", csv_of({"B4": "14O54"}), "a.csv B4", ["14O54"]),
    Case("date_for_number", xlsx_of({"B4": dt.date(2025, 5, 9)}), "a.xlsx 表!B4", ["日付"]),
    Case("no_such_year", csv_of({"A2": "平成99年"}), "a.csv A2", ["平成99年", "L3-05"]),
    Case("year_missing", xlsx_of({"A3": None}), "a.xlsx 表!A3", ["年度が空です"]),
    Case("year_twice", csv_of({"A4": 2018}), "a.csv B4", ["2回", "a.csv B3"]),
    Case("era_unknown", csv_of({"A2": "7年"}), "a.csv A2", ["7年"]),
    Case("class_became_date", xlsx_of({"A4": dt.date(2025, 5, 9)}, [list(r) for r in GROUPED]), "a.xlsx 表!A4", ["「5-9」", "文字列"], table=BY_GROUP),
    Case("class_became_date_xls", xls_of({"A5": dt.date(2025, 10, 19)}, [list(r) for r in GROUPED]), "a.xls 表!A5", ["「10-19」"], table=BY_GROUP),
    Case("class_became_date_csv", csv_of({"A5": "10月19日"}, [list(r) for r in GROUPED]), "a.csv A5", ["「10-19」"], table=BY_GROUP),
    Case("class_became_english_date", csv_of({"A4": "9-May"}, [list(r) for r in GROUPED]), "a.csv A4", ["「5-9」"], table=BY_GROUP),
    Case("group_missing", csv_of({"A3": ""}, [list(r) for r in GROUPED]), "a.csv A3", ["区分の名前が空"], table=BY_GROUP),
    Case("formula_unsolved", formula, "a.xlsx 表!B3", ["数式の計算結果"]),
    Case("formula_unsolved_ods", ods_formula, "a.ods 表!B3", ["数式の計算結果"]),
    Case("formula_error", xlsx_error, "a.xlsx 表!B3", ["#DIV/0!"]),
    Case("formula_error_xls", xls_error, "a.xls 表!B3", ["#DIV/0!"]),
    Case("not_a_code", csv_of({"A2": "札幌"}, [list(r) for r in CODED]), "a.csv A2", ["団体コードではありません"], table={"code": "団体コード"}),
    Case("no_own_row", csv_of({"A3": "132292"}, [list(r) for r in CODED]), "a.csv A2", ["999999"], table={"code": "団体コード"}),
    Case("code_lost_zero", xlsx_of({"A2": 11002}, [list(r) for r in CODED]), "a.xlsx 表!A2", ["011002"], "warning", {"code": "団体コード"}),
    # --- shape -------------------------------------------------------------------------
    Case("column_renamed", csv_of({"B1": "転入数"}), "a.csv A1", ["転入者数", "2024 年度の見出し: 年｜転入者数", "今年度の見出し: 年｜転入数", "moved_in: [転入者数, 転入数]"], last_year=grid()),
    Case("column_missing", csv_of({"D1": "備考"}), "a.csv A1", ["世帯数", "columns.households"]),
    Case("year_column_renamed", csv_of({"A1": "西暦"}), "a.csv A1", ["year: [年, 西暦]"], last_year=grid()),
    Case("duplicate_heading", xlsx_of({"C1": "転入者数"}), "a.xlsx 表!C1", ["2 つ", "転入者数#2", "L1-15"]),
    Case("sheet_renamed", lambda f: write_xlsx(f / "a.xlsx", grid(), "R7"), "a.xlsx", ["シート「集計」", "sheet: [集計, R7]"], table={"sheet": "集計"}),
    Case("heading_moved", csv_of({}, [["表"], ["令和7年"], ["注"], *grid()]), "a.csv A4", ["skip_rows: 3"], "warning", {"skip_rows": 1}),
    Case("row_cut_off", bytes_of("a.csv", "年,転入者数,転出者数,世帯数\n2017,1,2,3\n2018,4,5".encode()), "a.csv C3", ["3 列で終わって"]),
    Case("record_incomplete", csv_of({}, [list(r) for r in LINES[:2] + LINES[3:]]), "a.csv A3", ["1つの区分に 1 行"], table=OF_LINES),
    Case("years_mixed", csv_of({"A2": "2017年", "A3": "2018年", "A4": "2019年度"}), "a.csv A4", ["「年」と「年度」"], "warning"),
    Case("dates_mixed", csv_of({"A2": "2017年10月1日", "A3": "2018年10月1日", "A4": "2019年1月1日"}), "a.csv A4", ["基準日", "2017年10月1日", "a.csv A2"], "warning"),
    Case("hidden_rows", lambda f: write_xlsx(f / "a.xlsx", grid(), hidden=(3, 4)), "a.xlsx 表!3:3", ["隠れた行が 2", "L1-13"], "warning"),
    Case("hidden_rows_xls", lambda f: write_xls(f / "a.xls", grid(), hidden=(4,)), "a.xls 表!4:4", ["隠れた行が 1"], "warning"),
    Case("hidden_column", hidden_column, "a.xlsx 表!C:C", ["隠れた列"], "warning"),
    Case("hidden_sheet", hidden_sheet, "a.xlsx 表", ["隠れたシート"], "warning", {"sheet": "表"}),
    # --- files -------------------------------------------------------------------------
    Case("missing", lambda f: f / "a.xlsx", "a.xlsx", ["ファイルがありません"]),
    Case("empty", bytes_of("a.xlsx", b""), "a.xlsx", ["空"]),
    Case("blank", bytes_of("a.csv", b"\xef\xbb\xbf \r\n\r\n"), "a.csv", ["空"]),
    Case("lock_file", lock_file, "~$a.xlsx", ["一時ファイル"]),
    Case("open_in_excel", open_in_excel, "a.xlsx", ["開いたまま"], "warning"),
    Case("web_page_as_xls", bytes_of("a.xls", b"<html><table><tr><td>1</td></tr></table></html>"), "a.xls", ["Web ページ"]),
    Case("pdf_as_xlsx", bytes_of("a.xlsx", b"%PDF-1.7\n%..."), "a.xlsx", ["PDF"]),
    Case("picture_as_xlsx", bytes_of("a.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(50)), "a.xlsx", ["画像"]),
    Case("word_as_xlsx", word_file, "a.xlsx", ["Word"]),
    Case("xlsx_as_csv", renamed(xlsx_of({}), "a.csv"), "a.csv", ["xlsx"], "warning"),
    Case("csv_as_xlsx", renamed(csv_of({}), "a.xlsx"), "a.xlsx", ["csv"], "warning"),
    Case("truncated_xlsx", cut(xlsx_of({}), 0.7), "a.xlsx", ["途中で切れて"]),
    Case("truncated_xls", cut(xls_of({}), 0.98), "a.xls", ["途中で切れて"]),
    Case("truncated_xls_half", cut(xls_of({}), 0.5), "a.xls", ["途中で切れて"]),
    Case("truncated_ods", cut(ods_of({}), 0.8), "a.ods", ["途中で切れて"]),
    Case("damaged_part", damaged_part, "a.xlsx", ["壊れて"]),
    Case("password_xlsx", lambda f: encrypted_xlsx(f / "a.xlsx"), "a.xlsx", ["パスワード"]),
    Case("password_xls", lambda f: encrypted_xls(f / "a.xls"), "a.xls", ["パスワード"]),
    Case("password_ods", locked_ods, "a.ods", ["パスワード"]),
    Case("zip_bomb", lambda f: bomb(f / "a.xlsx"), "a.xlsx", ["異常な圧縮", "400 MB"]),
    Case("zip_bomb_that_lies", lambda f: lying_bomb(f / "a.xlsx"), "a.xlsx", ["sheet9.xml"]),
    Case("far_cell", far, "a.xlsx 表!XFD1048576", ["離れたセル"]),
    Case("far_cell_xls", far_xls, "a.xls 表!IQ60007", ["離れたセル"]),
    Case("repeated_rows_ods", ods_repeated, "a.ods 表!", ["離れたセル"]),
    Case("external_link", linked, "a.xlsx B3", ["last_year.xlsx", "リンクの解除"]),
    Case("external_link_xls", lambda f: linked_xls(f / "a.xls", "C去年の表.xls"), "a.xls", ["去年の表.xls", "リンクの解除"]),
    Case("external_link_ods", linked_ods, "a.ods", ["last.ods"]),
    Case("no_encoding", bytes_of("a.csv", "年,転入者数,転出者数,世帯数\n2017,1,2,3\n2018,".encode() + b"\xff\xfe\x80,5,6\n"), "a.csv B3", ["CP932", "L3-08"]),
    Case("characters_lost", csv_of({"A3": "令\ufffd\ufffd"}), "a.csv A3", ["文字化け"]),
    Case("quote_open", bytes_of("a.csv", '年,転入者数,転出者数,世帯数\n2017,1,2,3\n2018,"4,5,6\n'.encode()), "a.csv A3", ["引用符"]),
    # --- numbers that contradict each other -----------------------------------------------
    Case("total_not_its_parts", csv_of({"F3": 310}, [list(r) for r in MOVEMENT]), "a.csv F3", ["310", "301"], table=OF_MOVEMENT),
    Case("population_not_continued", csv_of({"I3": 104885}, [list(r) for r in MOVEMENT]), "a.csv I3", ["104995"], "warning", OF_MOVEMENT),
    Case("rate_not_its_parts", csv_of({"D3": "39.2"}, [list(r) for r in RATES]), "a.csv D3", ["39.2", "32.9"], table=OF_RATES),
    Case("shares_not_a_hundred", csv_of({"C3": "42.1"}, [list(r) for r in SHARES]), "a.csv C3", ["100 になりません"], table=OF_SHARES),
    Case("base_ruled_out", csv_of({"C3": "41.3", "E3": "24.7"}, [list(r) for r in SHARES]), "a.csv C3", ["41.3", "250", "41.2"], table=OF_SHARES),
    Case("total_row", csv_of({}, [list(r) for r in TOTALS]), "a.csv B4", ["310", "300"], "warning", {"group": "地区", "year": "2025"}),
    Case("jump", csv_of({"B4": 1405}), "a.csv B4", ["1405", "13493"], "warning"),
]  # fmt: skip

STANDARD = {"file": "a", "year": "年", "columns": COLUMNS, "source": "s"}
