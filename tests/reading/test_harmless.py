"""A table written with any mixture of harmless defects reads back as the same tidy frame."""

import datetime as dt
import tempfile
import unicodedata
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_spoiled import EDITION
from writing import BODY, COLUMNS, HEADER, Grid, write_csv, write_ods, write_xls, write_xlsx

from helpers.edition import Edition
from helpers.reading.statistics import read_statistics
from helpers.years import era_of

FORMATS = ["utf-8", "utf-8-sig", "cp932", "utf-16", "xlsx", "xls", "ods"]
DEFECTS = [
    "titles", "notes", "legend", "blank_rows", "full_width", "commas", "numbers_as_text", "spaces",
    "zero_width", "half_width_kana", "line_breaks", "eras", "nendo", "serials", "hidden_rows",
    "more_columns", "other_order", "repeated_heading", "wrong_suffix", "two_levels", "symbols",
    "newest_first", "bare_gannen", "unit_row", "plus_signs", "side_by_side",
]  # fmt: skip
HALF_WIDTH = {"サービス数": "ｻｰﾋﾞｽ数", "世帯数": "世帯数"}


def spoil(defects: set[str], kind: str) -> Grid:
    """The rows of the table as a city might have written them."""
    rows: Grid = [[*HEADER, "サービス数"], *([*row, 10 + i] for i, row in enumerate(BODY))]
    if "symbols" in defects:
        rows[2][3], rows[3][3], rows[4][3] = "－", "…", "ｘ" if "full_width" in defects else "x"
    if "newest_first" in defects:
        rows = [rows[0], *reversed(rows[1:])]
    rows = [
        rows[0],
        *([_year(r[0], i, defects), *map(_number(defects), r[1:])] for i, r in enumerate(rows[1:])),
    ]
    if "half_width_kana" in defects:
        rows[0] = [HALF_WIDTH.get(str(text), text) for text in rows[0]]
    if "line_breaks" in defects:
        rows[0][1] = "転入\n者数"
    if "zero_width" in defects and kind != "cp932":
        rows[0][2] = "転出\u200b者数"
    if "nendo" in defects:
        rows[0][0] = "年"
    if "more_columns" in defects:
        rows = [[*row, "備考" if i == 0 else "速報値"] for i, row in enumerate(rows)]
    if "unit_row" in defects:
        units = ["", "人", "（人）", "世帯", "所", ""][: len(rows[0])]
        rows = [rows[0], units, *rows[1:]]
    if "other_order" in defects:
        rows = [[row[0], *reversed(row[1:])] for row in rows]
    if "two_levels" in defects:
        upper = ["" if i == 0 else "人口の動き" for i in range(len(rows[0]))]
        rows = [upper, *rows]
    if "repeated_heading" in defects:
        rows = [*rows[:-2], rows[1 if "two_levels" in defects else 0], *rows[-2:]]
    if "side_by_side" in defects and "two_levels" not in defects:
        rows = _folded(rows, 2 if "unit_row" in defects else 1)
    if "blank_rows" in defects:
        rows = [*rows[:-1], [None] * len(rows[0]), rows[-1]]
    if "titles" in defects:
        rows = [["表1　人口の動き（2025年）"], ["単位:人"], [], *rows]
    if "notes" in defects:
        rows = [*rows, [], ["注1）2020年は速報値である。"], ["資料: 住民基本台帳"]]
    if "legend" in defects or "symbols" in defects:
        rows = [*rows, ["「－」は皆無、「…」は不詳、「x」は秘匿を示す。"]]
    width = max(map(len, rows))
    return [[*row, *[None] * (width - len(row))] for row in rows]


def _folded(rows: Grid, head: int) -> Grid:
    """The second half of a table to the right of the first, under the same heading."""
    half = head + (len(rows) - head + 1) // 2
    right = [*rows[half:], *[[None] * len(rows[0])] * (2 * half - head - len(rows))]
    return [
        *([*row, *row] for row in rows[:head]),
        *([*left, *other] for left, other in zip(rows[head:half], right, strict=True)),
    ]


def _year(year: object, index: int, defects: set[str]) -> object:
    assert isinstance(year, int)
    if "eras" in defects:
        era = era_of(year)
        number = year - era.first + 1
        first = index == 0 or (number == 1 and "bare_gannen" not in defects)
        text = f"{era.kanji if first else ''}{'元' if number == 1 else number}年"
    elif "serials" in defects:
        return (dt.date(year, 10, 1) - dt.date(1899, 12, 30)).days
    else:
        text = f"{year}年" if "nendo" in defects else str(year)
    return (
        _wide(text)
        if "full_width" in defects
        else text
        if "eras" in defects or "nendo" in defects
        else year
    )


def _number(defects: set[str]):
    def spoiled(cell: object) -> object:
        if not isinstance(cell, int):
            return cell
        text = f"{cell:,}" if "commas" in defects else str(cell)
        text = _wide(text) if "full_width" in defects else text
        text = f"+{text}" if "plus_signs" in defects else text
        text = f" {text}　" if "spaces" in defects else text
        return text if text != str(cell) or "numbers_as_text" in defects else cell

    return spoiled


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def write(folder: Path, rows: Grid, kind: str, defects: set[str]) -> Path:
    writers = {"xlsx": write_xlsx, "xls": write_xls, "ods": write_ods}
    path = folder / f"a.{kind}"
    if kind not in writers:
        path = write_csv(folder / "a.csv", rows, kind, "\t" if kind == "utf-16" else ",")
    elif "hidden_rows" in defects and kind != "ods":
        writers[kind](path, rows, hidden=(len(rows) - 1,))
    else:
        writers[kind](path, rows)
    return path.rename(folder / "a.txt") if "wrong_suffix" in defects else path


def read(folder: Path, file: str, two_levels: bool) -> pd.DataFrame:
    table = {
        "file": file,
        "year": "年",
        "columns": COLUMNS | {"services": "サービス数"},
        "header_rows": 2 if two_levels else 1,
        "source": "s",
    }
    content = EDITION | {"fiscal_year": 2025, "tables": {"movement": table}}
    place = folder / "edition.yml"
    place.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return read_statistics(Edition.open("mihon", 2025))


def expected(symbols: bool) -> list[tuple[int, str, str]]:
    items = [*COLUMNS, "services"]
    rows = [[*row, 10 + i] for i, row in enumerate(BODY)]
    if symbols:
        rows[1][3], rows[2][3], rows[3][3] = "－", "…", "x"
    return sorted(
        (int(str(row[0])), item, str(cell))
        for row in rows
        for item, cell in zip(items, row[1:], strict=True)
    )


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FORMATS), st.sets(st.sampled_from(DEFECTS)))
def test_harmless_defects_change_nothing(kind, defects):
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setenv("CITYPROMO_ROOT", name)
        folder = Path(name) / "data" / "raw" / "mihon" / "2025"
        folder.mkdir(parents=True)
        path = write(folder, spoil(defects, kind), kind, defects)
        frame = read(folder, path.name, "two_levels" in defects)
    found = sorted(zip(frame["fiscal_year"], frame["item"], frame["text"], strict=True))
    assert found == expected("symbols" in defects)
    numbers = frame.set_index(["fiscal_year", "item"])["value"]
    assert numbers[2017, "moved_in"] == 12901
    if "symbols" in defects:
        # － is zero; … and x are not numbers, and not each other.
        assert numbers[2018, "households"] == 0
        assert numbers[[(2019, "households"), (2020, "households")]].isna().all()


def test_the_defects_are_defects():
    """Each one changes what is written: none is tested in name only."""
    plain = spoil(set(), "xlsx")
    outside = {
        "hidden_rows",
        "wrong_suffix",
        "numbers_as_text",
        "bare_gannen",
    }  # in the file, not in the grid
    same = [defect for defect in DEFECTS if repr(spoil({defect}, "xlsx")) == repr(plain)]
    assert set(same) <= outside - {"numbers_as_text"}
    assert spoil({"eras", "bare_gannen"}, "xlsx") != spoil({"eras"}, "xlsx")
    assert unicodedata.normalize("NFKC", HALF_WIDTH["サービス数"]) == "サービス数"


def test_merged_cells_are_filled_where_csv_has_blanks(tmp_path):
    book = openpyxl.Workbook()
    for row in [["年", "人口の動き", None], [None, "転入", "転出"], [2020, 1, 2]]:
        book.active.append(row)
    book.active.merge_cells("B1:C1")
    book.active.merge_cells("A1:A2")
    book.save(tmp_path / "a.xlsx")
    write_csv(tmp_path / "a.csv", [["年", "人口の動き", ""], ["", "転入", "転出"], [2020, 1, 2]])
    frames = [_two_levels(tmp_path / name) for name in ("a.xlsx", "a.csv")]
    assert frames[0] == frames[1] == ["年", "人口の動き 転入", "人口の動き 転出"]


def _two_levels(path: Path) -> list[str]:
    from helpers.edition import Table
    from helpers.reading.files import read_cells
    from helpers.reading.heading import find_heading

    table = Table(file=path.name, header_rows=2, columns={"x": ["人口の動き 転出"]}, source="s")
    heading = find_heading(read_cells(path), table)
    assert heading.columns["columns.x"] == [2]
    return [heading.text(column) for column in range(3)]
