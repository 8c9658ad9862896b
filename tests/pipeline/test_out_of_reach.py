"""What is published and what notebooks read cannot be changed by them, whatever a cell does."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import tiny

UNTOUCHED = "公開済みの報告書はそのままです。"
RAW = Path("data") / "raw" / tiny.CITY / str(tiny.YEAR)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny project that has been run once, with an earlier edition and another city."""
    made = tiny.make_project(tmp_path_factory.mktemp("reach"))
    history = made / "data" / "processed" / tiny.CITY / "2024" / "indicators"
    history.mkdir(parents=True)
    (history / "old.csv").write_text("old")
    (other := made / "data" / "raw" / "other" / "2025").mkdir(parents=True)
    (other / "number.txt").write_text("5")
    assert tiny.run(made).returncode == 0
    return made


def files(*folders: Path) -> dict[Path, bytes]:
    return {p: p.read_bytes() for folder in folders for p in folder.rglob("*") if p.is_file()}


def after(project: Path, code: str, name: str = "11_clean") -> tuple[str, str]:
    """What a run says when one notebook does this before its work; nothing may be harmed."""
    works = {"11_clean": tiny.CLEAN, "21_indicators": tiny.INDICATORS}
    kept = files(project / "data", tiny.report(project))
    notebook = project / "notebooks" / f"{name}.ipynb"
    good = notebook.read_bytes()
    try:
        tiny.write_notebook(project, name, f"{code}\n{works[name]}")
        done = tiny.run(project)
    finally:
        notebook.write_bytes(good)
    assert files(project / "data", tiny.report(project)) == kept
    assert "Traceback" not in done.stdout + done.stderr
    assert done.returncode == 1, done.stdout
    return done.stdout, done.stderr


ABSOLUTE = 'root = __import__("os").environ["CITYPROMO_PROJECT"]; path = root + "/{}"'
WRITES = {
    "a raw file": '(places.raw / "number.txt").write_text("9")',
    "a raw file by a relative path": f'open("../{RAW.as_posix()}/number.txt", "a").write("9")',
    "history": '(places.published_data.with_name("2024") / "indicators/old.csv").write_text("")',
    "a new raw file": '(places.raw / "new.txt").write_text("9")',
    "a raw file is removed": '(places.raw / "number.txt").unlink()',
    "a raw file is renamed": '(places.raw / "number.txt").rename("x.txt")',
    "a folder is removed": "import shutil; shutil.rmtree(places.raw)",
    "the published report": ABSOLUTE.format("reports/mihon/2025/run.log")
    + '; open(path, "w").write("")',
    "the real raw file": ABSOLUTE.format(f"{RAW.as_posix()}/number.txt")
    + '; open(path, "w").write("")',
    "another notebook's part": '(places.staging / "parts" / "x.json").write_text("{}")',
    "a link is put in its place": '(places.raw / "new").symlink_to("/etc/hostname")',
}


@pytest.mark.parametrize("code", WRITES.values(), ids=WRITES)
def test_a_cell_that_writes_where_it_should_read_is_refused(project, code):
    _, said = after(project, code)
    assert "11_clean「仕事」で止まりました。" in said
    assert "に書き込もうとしました" in said
    assert said.endswith(f"{UNTOUCHED}\n")


def test_also_where_the_cell_goes_on_regardless(project):
    code = 'try:\n    (places.raw / "number.txt").write_text("9")\nexcept Exception:\n    pass'
    assert "number.txt に書き込もうとしました" in after(project, code)[1]


C_WRITES = {
    "by C++": 'import pyarrow as pa, pyarrow.csv as c\nc.write_csv(pa.table({"a": [1]}), '
    'str(places.raw / "number.txt"))',
    "by another program": f"!echo 9 > ../{RAW.as_posix()}/number.txt",
}


@pytest.mark.parametrize("code", C_WRITES.values(), ids=C_WRITES)
def test_what_no_hook_sees_harms_a_copy_and_is_found(project, code):
    _, said = after(project, code)
    assert f"{RAW.as_posix()}/number.txt: ノートブックが入力のファイルを書き換えました" in said
    assert said.endswith(f"{UNTOUCHED}\n")


def test_it_is_said_where_the_published_report_was_harmed_after_all(project):
    path = tiny.report(project) / "run.log"
    good = path.read_bytes()
    notebook = project / "notebooks" / "11_clean.ipynb"
    before = notebook.read_bytes()
    tiny.write_notebook(project, "11_clean", f"!echo 9 > {path}\n1 / 0")
    done = tiny.run(project)
    notebook.write_bytes(before)
    path.write_bytes(good)
    assert "公開済みの報告書も変わっています（report/run.log）" in done.stderr
    assert UNTOUCHED not in done.stderr


READS = {
    "data outside the project": (
        'open("{outside}/a.csv").read()',
        "プロジェクトの外のデータ",
    ),
    "the edition's own published data": (
        ABSOLUTE.format("data/processed/mihon/2025/table.parquet") + "; open(path)",
        "この年度版の結果で、入力ではありません",
    ),
    "another city's files": (
        'open("../data/raw/other/2025/number.txt")',
        "この年度版の入力ではありません",
    ),
    "the network": (
        'import urllib.request\nurllib.request.urlopen("http://192.0.2.1/a.csv", timeout=1)',
        "ネットワークの",
    ),
}


@pytest.mark.parametrize(("code", "words"), READS.values(), ids=READS)
def test_what_is_no_input_is_not_read(project, tmp_path, code, words):
    (tmp_path / "a.csv").write_text("a")
    assert words in after(project, code.replace("{outside}", tmp_path.as_posix()))[1]


def test_what_a_notebook_wrote_outside_itself_may_be_read(project, tmp_path):
    code = f'open("{tmp_path.as_posix()}/a.csv", "w").close(); open("{tmp_path.as_posix()}/a.csv")'
    tiny.write_notebook(project, "11_clean", f"{code}\n{tiny.CLEAN}")
    assert tiny.run(project).returncode == 0


def test_a_notebook_that_starts_a_program_runs_every_time(project):
    tiny.write_notebook(project, "11_clean", f"!echo hello\n{tiny.CLEAN}")
    for _ in range(2):
        done = tiny.run(project)
        assert "○ 11_clean" in done.stdout
    plan = tiny.citypromo(project, "plan", tiny.CITY, str(tiny.YEAR)).stdout
    assert "ほかのプログラム" in plan
    tiny.write_notebook(project, "11_clean", tiny.CLEAN)
    assert tiny.run(project).returncode == 0


def test_a_link_is_not_published(project):
    code = '(places.data_out / "link.parquet").symlink_to("/etc/hostname")'
    tiny_clean = f"places.data_out.mkdir(parents=True)\n{code}"
    assert "リンクです" in after(project, tiny_clean)[1]


@pytest.mark.parametrize("top", ["reports", "data/processed"])
def test_a_folder_that_cannot_be_replaced_is_refused_before_anything_runs(project, tmp_path, top):
    folder, away = project / top / tiny.CITY / str(tiny.YEAR), tmp_path / "away"
    shutil.move(folder, away)
    folder.symlink_to(away)
    try:
        done = tiny.run(project, "--again")
    finally:
        folder.unlink()
        shutil.move(away, folder)
    assert done.returncode == 1
    assert f"{folder}: リンクです" in done.stderr
    assert "○" not in done.stdout


def test_cleaning_up_during_a_run_takes_no_lock_away(project):
    locks = list((project / "reports" / ".locks").iterdir())
    assert locks
    shutil.rmtree(project / "reports" / ".staging", ignore_errors=True)
    assert all(path.exists() for path in locks)


@pytest.mark.skipif(sys.platform != "linux", reason="a read-only file system is made by mount")
def test_who_may_not_write_can_verify_plan_and_find_nothing_to_do(project):
    """On a read-only file system, also as root."""
    script = [
        f"mount --bind {project} {project} && mount -o remount,ro,bind {project} || exit 77",
        f"cd {project}",
        *(
            f"{sys.executable} -m helpers.cli {words} || exit 1"
            for words in ("verify mihon 2025", "plan mihon 2025", "run mihon 2025")
        ),
        f"{sys.executable} -m helpers.cli run mihon 2025 --again && exit 2; exit 0",
    ]
    assert tiny.run(project).returncode == 0
    environment = tiny.environment(project) | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", "\n".join(script)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip(f"no mount here: {done.stderr}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "何も実行しませんでした" in done.stdout
    assert "書き込めません" in done.stderr and "Traceback" not in done.stderr
    assert os.access(project, os.W_OK)
