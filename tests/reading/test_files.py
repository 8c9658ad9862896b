import unicodedata
from pathlib import Path

import openpyxl
import pytest

from helpers.problems import InputError
from helpers.reading.files import read_cells


def workbook(path: Path, rows: list[list[object]], sheet: str = "回答", merge: str = "") -> Path:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    book.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_csv_in_the_encodings_of_cities(tmp_path, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes('市,値\n西東京市,"1,234"\n'.encode(encoding))
    assert read_cells(path).values == [["市", "値"], ["西東京市", "1,234"]]


@pytest.mark.parametrize(("on_disk", "written"), [("NFD", "NFC"), ("NFC", "NFD"), ("NFD", "NFD")])
def test_a_file_named_on_a_mac_is_found(tmp_path, on_disk, written):
    folder = tmp_path / unicodedata.normalize(on_disk, "データ")
    folder.mkdir()
    (folder / unicodedata.normalize(on_disk, "アンケート結果（ガス）.csv")).write_text("値\n7\n")
    (folder / "ほか.csv").write_text("値\n8\n")
    name = unicodedata.normalize(written, "データ/アンケート結果（ガス）.csv")
    assert read_cells(tmp_path / name).values == [["値"], ["7"]]


def test_of_two_names_that_look_the_same_each_is_itself(tmp_path):
    for form, number in (("NFC", "7"), ("NFD", "8")):
        (tmp_path / unicodedata.normalize(form, "ガス.csv")).write_text(f"値\n{number}\n")
    for form, number in (("NFC", "7"), ("NFD", "8")):
        cells = read_cells(tmp_path / unicodedata.normalize(form, "ガス.csv"))
        assert cells.values == [["値"], [number]]


def test_excel_numbers_stay_what_they_look_like(tmp_path):
    cells = read_cells(workbook(tmp_path / "a.xlsx", [["年", "率"], [2025, 72.5], ["011002", 8.0]]))
    assert cells.values == [["年", "率"], ["2025", "72.5"], ["011002", "8"]]
    assert cells.where(1, 1) == "a.xlsx 回答!B2"


def test_merged_headings_are_filled(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["満足度", None], ["公園", "道路"]], merge="A1:B1")
    assert read_cells(path).values[0] == ["満足度", "満足度"]


def test_a_workbook_named_csv_is_read_as_what_it_is(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["値"], [1]]).rename(tmp_path / "a.csv")
    assert read_cells(path).values == [["値"], ["1"]]


def test_each_defect_is_a_sentence(tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b" \n")
    binary = tmp_path / "binary.csv"
    binary.write_bytes(b"\xff\xfe\x80\x81\xff")
    book = workbook(tmp_path / "book.xlsx", [["値"]])
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(book.read_bytes()[:900])
    defects = [
        (tmp_path / "none.csv", None, "ファイルがありません"),
        (empty, None, "空"),
        (binary, None, "CP932"),
        (damaged, None, "壊れて"),
        (book, "集計", "シート「集計」がありません"),
    ]
    for path, sheet, sentence in defects:
        with pytest.raises(InputError, match=sentence) as caught:
            read_cells(path, sheet)
        assert path.name in str(caught.value)
