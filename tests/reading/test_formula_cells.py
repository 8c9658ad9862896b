"""Text that a spreadsheet would run stays text in every CSV and table that we write."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from helpers.comparison.changes import changes
from helpers.comparison.comparison import Comparison
from helpers.comparison.sheet import as_csv
from helpers.comparison.side import Side
from helpers.drawing import Chart, Context
from helpers.drawing.chart import csv as figure_csv
from helpers.indicators.rows import indicator_row, indicator_table
from helpers.reading.delimited import read_delimited
from helpers.scaffold.edition_forward import Forward
from helpers.scaffold.file_list import printed_template
from helpers.spreadsheet import guarded, unguarded
from helpers.tables import load_indicators, save_indicators

SRC = Path(__file__).parents[2] / "src" / "helpers"
HOSTILE = [
    "=1+1",
    "+1-1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "\r=1",
    "＝1+1",
    "＠a",
    "=cmd|' /C calc'!A0",
]
HARMLESS = ["", "市", "'quoted", "a=b", "-5", "−5", "3.5", "'", "10-19"]


def runs(cell: str) -> bool:
    """What a spreadsheet does with a cell: text that starts so is a formula, a number is not."""
    try:
        float(cell)
    except ValueError:
        return cell.lstrip()[:1] in tuple("=+-@＝＋－＠") or cell[:1] in ("\t", "\r", "\n")
    return False


def cells(text: str) -> list[str]:
    assert text.startswith("\ufeff")
    return [cell for row in csv.reader(io.StringIO(text[1:], newline="")) for cell in row]


@pytest.mark.parametrize("text", [*HOSTILE, *HARMLESS])
def test_a_guarded_cell_does_not_run_and_comes_back(text):
    assert not runs(guarded(text))
    assert unguarded(guarded(text)) == text.replace("\r", " ")
    assert (guarded(text) != text) == (text in HOSTILE)


def hostile_rows() -> pd.DataFrame:
    rows = [
        indicator_row(
            f"x{i}", -1.5, 1, fiscal_year=2025, group=text, category=text, unit=text,
            definition=text, source=text,
        )
        for i, text in enumerate(HOSTILE)
    ]  # fmt: skip
    return indicator_table(rows, "mihon")


def test_indicators_do_not_run_and_come_back_as_they_were(tmp_path):
    table = hostile_rows()
    save_indicators(table, "a", tmp_path)
    text = (tmp_path / "indicators/a.csv").read_bytes().decode("utf-8")
    found = cells(text)
    assert "-1.5" in found  # a negative number stays a number
    assert [cell for cell in found if runs(cell)] == []
    same = table.map(lambda cell: cell.replace("\r", " ") if isinstance(cell, str) else cell)
    pd.testing.assert_frame_equal(load_indicators(tmp_path), same, check_dtype=False)


def test_numbers_survive_a_csv_to_ten_digits(tmp_path):
    values = [1 / 3, 0.1 + 0.2, -434.69999999999993, 1e-17, 123456789.123456789, 5e-324, 1e20]
    rows = [indicator_row(f"x{i}", v, 1, fiscal_year=2025) for i, v in enumerate(values)]
    save_indicators(indicator_table(rows, "mihon"), "a", tmp_path)
    assert load_indicators(tmp_path)["value"].tolist() == [float(f"{v:.10g}") for v in values]


def test_a_comparison_does_not_run():
    table = hostile_rows()
    old = table.to_dict("records")
    new = table.assign(value=-2.5, printed="−2.5").to_dict("records")
    found = changes(old, new, (2025, 2025))
    assert len(found) == len(HOSTILE)
    before, after = Side("=a", 2025, old), Side("=b", 2025, new)
    text = as_csv(Comparison(before, after, found, [("=1", "+1", "@1")], []))
    assert [cell for cell in cells(text) if runs(cell)] == []
    assert "'=1+1" in cells(text)


def test_the_table_to_type_into_does_not_run_and_reads_back(tmp_path):
    page = [text for text in HOSTILE if text.strip() == text]  # readers take spaces off
    rows = [["page", "table", "row", "column", "text"], *([t, t, t, t, "1"] for t in page)]
    text = printed_template(rows, Forward("", 0))
    assert [cell for cell in cells(text) if runs(cell)] == []
    (tmp_path / "a.csv").write_text(text, encoding="utf-8", newline="")
    read = read_delimited(tmp_path / "a.csv", (tmp_path / "a.csv").read_bytes())
    assert [row[:4] for row in read[1:]] == [[t] * 4 for t in page]


def test_the_data_of_a_figure_does_not_run():
    data = pd.DataFrame({"区分": HOSTILE, "=値": [-1.5] * len(HOSTILE)})
    context = Context(city="見本市", edition="mihon 2025", source="s")
    chart = Chart("a", context, "t", "", "", (), "", "", data, Figure())
    found = cells(figure_csv(chart).decode("utf-8"))
    # The signs that only Japanese Excel takes for = are the exporter's to add.
    assert [cell for cell in found if runs(cell) and cell[0] not in "＝＋－＠"] == []


def test_every_file_that_writes_csv_guards_its_cells():
    """The writers named here are tested above; another one has to use the same rule at least."""
    tested = {
        "comparison/sheet.py",
        "drawing/chart.py",
        "scaffold/file_list.py",
        "tables/store.py",
    }
    texts = {p.relative_to(SRC).as_posix(): p.read_text("utf-8") for p in SRC.rglob("*.py")}
    writers = {name for name, t in texts.items() if "to_csv(" in t or "csv.writer(" in t}
    assert tested <= writers
    assert {name for name in writers - tested if "guarded(" not in texts[name]} == set()
