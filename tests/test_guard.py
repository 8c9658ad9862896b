"""What may not be committed is refused: real answers, whatever file they are in, and wherever."""

import gzip
import io
import json
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from docx import Document

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from guard import complaints, history  # noqa: E402

EVENT = ROOT / "data" / "raw" / "mihon" / "2025" / "イベントアンケート_R7.csv"
REGISTER = ROOT / "data" / "raw" / "mihon" / "2025" / "住民基本台帳_18歳以上_R7.csv"
COLUMNS = ("rid", "district", "age", "sex", "tenure", "q1", "q2", "q3")


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working tree of another city: pre-commit names files from its top."""
    monkeypatch.chdir(tmp_path)


def put(path: str, content: str | bytes, encoding: str = "utf-8") -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return path


def frame(columns: int = 12, rows: int = 60, telling: bool = False) -> pd.DataFrame:
    """The answers of the oracle's fictional residents, with or without telling headings."""
    answers = pd.read_csv(ROOT / "tests" / "oracle" / "resident.csv", dtype=str)
    wanted = [*COLUMNS, *(name for name in answers if name not in COLUMNS)][:columns]
    out = answers[wanted].head(rows)
    return (
        out if telling else out.set_axis([f"列{chr(0x30A2 + i)}" for i in range(columns)], axis=1)
    )


def csv(separator: str = ",", **size: int) -> str:
    return frame(**size).to_csv(index=False, sep=separator)


def binary(write: Callable[[io.BytesIO], object]) -> bytes:
    buffer = io.BytesIO()
    write(buffer)
    return buffer.getvalue()


def notebook(data: dict[str, object] | None = None, **more: object) -> str:
    output = {"output_type": "display_data", "data": data or {}, "metadata": {}, **more}
    cell = {"cell_type": "code", "source": "", "outputs": [output], "metadata": {}}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def zipped(name: str, content: str | bytes) -> bytes:
    def write(buffer: io.BytesIO) -> None:
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)

    return binary(write)


def tarred(name: str, content: bytes) -> bytes:
    def write(buffer: io.BytesIO) -> None:
        with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))

    return binary(write)


def word() -> bytes:
    document = Document()
    rows = [list(frame().columns), *frame().values.tolist()]
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = str(text)
    return binary(document.save)


def person() -> dict[str, str]:
    return {f"列{i}": answer for i, answer in enumerate("53421453")}


PLANTED: dict[str, Callable[[], str | bytes]] = {
    # The eighteen of the kinds.
    "notebooks/13_clean_survey.ipynb": lambda: notebook({"text/html": frame(rows=5).to_html()}),
    "notebooks/40_own.ipynb": lambda: notebook({"text/plain": frame(rows=5).to_string()}),
    "notebooks/41_own.ipynb": lambda: notebook({"text/plain": repr(person())}),
    "notebooks/42_own.ipynb": lambda: notebook(text=frame(rows=30).to_csv(), output_type="stream"),
    "survey.xlsx": lambda: binary(lambda b: frame().to_excel(b, index=False)),
    "data/raw/kakuu/2025/回答.xlsx": lambda: binary(lambda b: frame().to_excel(b, startrow=3)),
    "data/raw/kakuu/2025/semicolon.csv": lambda: csv(";"),
    "data/raw/kakuu/2025/tab.tsv": lambda: csv("\t"),
    "answers.json": lambda: frame().to_json(orient="records"),
    "docs/columns.json": lambda: frame().to_json(),
    "answers.feather": lambda: binary(lambda b: frame().to_feather(b)),
    "data/processed/kakuu/2025/r.parquet": lambda: binary(lambda b: frame().to_parquet(b)),
    "survey.zip": lambda: zipped("a.csv", csv()),
    "data/raw/kakuu/2025/survey.csv.bak": csv,
    "data/raw/kakuu/2025/few.csv": lambda: csv(rows=39),
    "data/raw/kakuu/2025/narrow.csv": lambda: csv(columns=4),
    "notes/survey": csv,
    "reports/kakuu/2025/table.txt": lambda: frame().to_string(),
    # Fourteen more.
    "a.csv.gz": lambda: gzip.compress(csv().encode()),
    "backup.tar.gz": lambda: tarred("data/answers", csv().encode()),
    "nested.zip": lambda: zipped("inner.zip", zipped("survey.xlsx", binary(frame().to_excel))),
    "utf16.csv": lambda: csv().encode("utf-16"),
    "utf16_without_mark.csv": lambda: csv().encode("utf-16-le"),
    "euc.csv": lambda: csv().encode("euc_jp"),
    "lines.ndjson": lambda: frame().to_json(orient="records", lines=True),
    "split.json": lambda: frame().to_json(orient="split"),
    "page.html": lambda: frame().to_html(),
    "回答.docx": word,
    "answers.pkl": lambda: binary(frame().to_pickle),
    "notebooks/43_own.ipynb": lambda: notebook(
        {"application/json": json.loads(frame().to_json(orient="records"))}
    ),
    "notebooks/44_own.ipynb": lambda: notebook(
        output_type="error", ename="E", evalue="", traceback=[frame(rows=6).to_string()]
    ),
    "data/raw/kakuu/2025/pipe.log": lambda: csv("|"),
}


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("path", PLANTED)
def test_a_row_a_person_is_refused_in_any_file(path):
    (said,) = complaints([put(path, PLANTED[path]())])
    assert said.startswith(path)


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("folder", ["data/raw/kakuu/2025", "data/processed/kakuu", "reports/kakuu"])
def test_a_survey_in_csv_is_refused(folder, encoding):
    path = put(f"{folder}/event.csv", EVENT.read_text(encoding="cp932"), encoding)
    (said,) = complaints([path])
    assert path in said and "受付番号" in said


@pytest.mark.usefixtures("elsewhere")
def test_a_title_above_the_table_hides_nothing():
    text = frame(telling=True).to_csv(index=False)
    (said,) = complaints([put("data/raw/kakuu/2025/a.csv", "令和7年度\n\n" + text)])
    assert "rid" in said


@pytest.mark.usefixtures("elsewhere")
def test_the_sample_city_may():
    assert complaints([put("data/raw/mihon/2025/event.csv", csv())]) == []


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json", "parquet"])
def test_a_register_of_numbers_of_people_may(suffix):
    register = pd.read_csv(REGISTER)
    write = {
        "csv": lambda: register.to_csv(index=False),
        "xlsx": lambda: binary(lambda b: register.to_excel(b, index=False)),
        "json": lambda: register.to_json(orient="records"),
        "parquet": lambda: binary(register.to_parquet),
    }[suffix]
    assert complaints([put(f"data/raw/kakuu/2025/register.{suffix}", write())]) == []


@pytest.mark.usefixtures("elsewhere")
def test_the_measures_of_a_plan_may_and_answers_below_their_headings_may_not():
    plan = ROOT / "data" / "raw" / "aozora" / "2024" / "指標一覧_R6.xlsx"
    assert complaints([put("data/raw/kakuu/2025/plan.xlsx", plan.read_bytes())]) == []
    answers = frame(columns=8).set_axis(
        ["指標名", "単位", "R9目標値", "問1", "問2", "問3", "問4", "問5"], axis=1
    )
    (said,) = complaints([put("data/raw/kakuu/2025/b.csv", answers.to_csv(index=False))])
    assert "問" in said


@pytest.mark.usefixtures("elsewhere")
def test_counts_of_answers_may():
    answers = frame(columns=8, rows=500)
    counts = pd.crosstab(answers.iloc[:, 2], answers.iloc[:, 5])
    text = notebook({"text/html": counts.to_html(), "text/plain": counts.to_string()})
    assert complaints([put("notebooks/45_own.ipynb", text)]) == []
    assert complaints([put("data/raw/kakuu/2025/crosstab.csv", counts.to_csv())]) == []


def test_everything_in_git_may(monkeypatch):
    monkeypatch.chdir(ROOT)
    done = subprocess.run(["git", "ls-files", "-z"], capture_output=True, check=False)
    paths = [path for path in done.stdout.decode("utf-8").split("\0") if path]
    if not paths:
        pytest.skip("not a git repository")
    assert complaints(paths) == []


def test_everything_that_was_ever_in_git_may(monkeypatch):
    """Every version of every file in the project's history: some seconds, for it is read once."""
    monkeypatch.chdir(ROOT)
    if not (ROOT / ".git").exists():
        pytest.skip("not a git repository")
    assert history() == []


@pytest.mark.usefixtures("elsewhere")
def test_what_cannot_be_opened_and_large_files_are_refused():
    book = put("data/raw/kakuu/2025/survey.XLSX", "")
    broken = put("broken.xlsx", b"PK\x03\x04 and nothing more")
    large = put("docs/large.txt", "x" * 5_000_001)
    said = complaints([book, broken, large])
    assert [line.partition(":")[0] for line in said] == [book, broken, large]
