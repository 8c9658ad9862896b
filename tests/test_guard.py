"""What may not be committed is refused: real answers, in workbooks and in tables of text."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from guard import complaints  # noqa: E402

EVENT = ROOT / "data" / "raw" / "mihon" / "2025" / "イベントアンケート_R7.csv"
REGISTER = ROOT / "data" / "raw" / "mihon" / "2025" / "住民基本台帳_18歳以上_R7.csv"
COLUMNS = ("rid", "district", "age", "sex", "tenure", "q1", "q2", "q3")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working tree of another city: pre-commit names files from its top."""
    monkeypatch.chdir(tmp_path)


def put(path: str, text: str, encoding: str = "utf-8") -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding=encoding)
    return path


def answers(*, heading: bool = True, separator: str = ",") -> str:
    """The answers of the oracle's fictional residents, with or without telling headings."""
    lines = (ROOT / "tests" / "oracle" / "resident.csv").read_text(encoding="utf-8").splitlines()
    names = lines[0].split(",")
    wanted = [names.index(name) for name in COLUMNS]
    rows = [[line.split(",")[i] for i in wanted] for line in lines]
    if not heading:
        rows = [["番", "地", "齢", "性", "年", "勧", "参", "謝"], *rows[1:]]
    return "\n".join(separator.join(row) for row in rows)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("folder", ["data/raw/kakuu/2025", "data/processed/kakuu", "reports/kakuu"])
def test_a_survey_in_csv_is_refused(folder, encoding):
    path = put(f"{folder}/event.csv", EVENT.read_text(encoding="cp932"), encoding)
    (said,) = complaints([path])
    assert path in said and "受付番号" in said


@pytest.mark.parametrize(("name", "separator"), [("a.csv", ","), ("a.tsv", "\t"), ("A.TXT", "\t")])
def test_answers_are_known_by_their_cells_where_headings_say_nothing(name, separator):
    path = put(f"data/raw/kakuu/2025/{name}", answers(heading=False, separator=separator))
    (said,) = complaints([path])
    assert "columns of a few answers each" in said


def test_a_title_above_the_table_hides_nothing():
    path = put("data/raw/kakuu/2025/a.csv", "令和7年度\n\n" + answers())
    (said,) = complaints([path])
    assert "rid" in said


def test_the_sample_city_may():
    assert complaints([put("data/raw/mihon/2025/event.csv", answers())]) == []


def test_a_register_of_numbers_of_people_may():
    text = REGISTER.read_text(encoding="utf-8-sig")
    assert complaints([put("data/raw/kakuu/2025/register.csv", text)]) == []


def test_everything_in_git_may(monkeypatch):
    monkeypatch.chdir(ROOT)
    done = subprocess.run(["git", "ls-files", "-z"], capture_output=True, check=False)
    paths = [path for path in done.stdout.decode("utf-8").split("\0") if path]
    if not paths:
        pytest.skip("not a git repository")
    assert complaints(paths) == []


def test_workbooks_and_large_files_are_refused():
    book = put("data/raw/kakuu/2025/survey.XLSX", "")
    large = put("docs/large.txt", "x" * 5_000_001)
    assert [said.partition(":")[0] for said in complaints([book, large])] == [book, large]
