"""What runs is decided from content: each change runs exactly its dependents, in real kernels."""

import json
from pathlib import Path

import pytest
import tiny

from helpers.pipeline.plan import up_to_date

ALL = ["11_clean", "21_indicators", "31_figures", "32_figures"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny project that has been run once; every test leaves it up to date."""
    made = tiny.make_project(tmp_path_factory.mktemp("plan"))
    assert ran(made) == ALL
    return made


def ran(project: Path, *more: str) -> list[str]:
    """The notebooks that a run executed; ``plan`` must have told the first of them."""
    planned = tiny.citypromo(project, "plan", tiny.CITY, str(tiny.YEAR), *more).stdout
    done = tiny.run(project, *more)
    assert done.returncode == 0, done.stdout + done.stderr
    names = sorted(line.split()[1] for line in done.stdout.splitlines() if "○" in line)
    told = [line.split()[1] for line in planned.splitlines() if line.startswith("実行")]
    assert set(names) <= set(told)
    assert names[:1] == told[:1]
    if not names:
        assert "何も実行しませんでした" in done.stdout
    assert tiny.citypromo(project, "verify", tiny.CITY, str(tiny.YEAR)).returncode == 0
    return names


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_other_deliverables_run_no_notebook(project):
    configuration = project / f"data/raw/{tiny.CITY}/{tiny.YEAR}/edition.yml"
    change(configuration, "deliverables: []", "deliverables: [workbook]")
    planned = tiny.citypromo(project, "plan", tiny.CITY, str(tiny.YEAR)).stdout
    assert not [line for line in planned.splitlines() if line.startswith("実行")]
    change(configuration, "deliverables: [workbook]", "deliverables: []")


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("notebooks/11_clean.ipynb", "print(number)", "print(number, 1)", ["11_clean"]),
        ("notebooks/31_figures.ipynb", "print(number)", "print(number, 1)", ["31_figures"]),
        ("notebooks/21_indicators.ipynb", "## 仕事", "## 仕事の見出し", ["21_indicators"]),
        ("src/helpers/figures/palette_a.py", "\n", "  # a remark\n", ["31_figures"]),
        ("src/helpers/figures/likert.py", '"""', '"""A remark. ', []),
        ("src/helpers/places.py", '"""Where things are', '"""Where all things are', ALL),
        (f"data/raw/{tiny.CITY}/{tiny.YEAR}/number.txt", "0", "1", ALL),
        (f"data/raw/{tiny.CITY}/{tiny.YEAR}/claims.yml", "[]", "[] #", []),
        ("requirements.txt", "papermill", "# changed\npapermill", ALL),
    ],
    ids=[
        "late code",
        "figure code",
        "prose",
        "one helper",
        "unused helper",
        "all",
        "raw",
        "claims",
        "lock",
    ],
)
def test_a_change_runs_exactly_its_dependents(project, file, old, new, expected):
    change(project / file, old, new)
    # What a changed notebook writes again with the same bytes changes nothing for later stages.
    assert ran(project) == expected


def test_the_second_time_it_is_known_that_a_change_matters_to_no_notebook(project, monkeypatch):
    for name, value in tiny.environment(project).items():
        monkeypatch.setenv(name, value)
    assert up_to_date(tiny.CITY, tiny.YEAR)
    change(project / "src/helpers/figures/likert.py", '"""', '"""Another remark. ')
    assert not up_to_date(tiny.CITY, tiny.YEAR)  # the plan must look
    assert ran(project) == []
    assert up_to_date(tiny.CITY, tiny.YEAR)
    change(project / "notebooks/31_figures.ipynb", "print(number", "print(number, 2")
    assert not up_to_date(tiny.CITY, tiny.YEAR)
    assert ran(project) == ["31_figures"]
    # What was noted was of the report before this one.
    change(project / "notebooks/31_figures.ipynb", "print(number, 2", "print(number")
    assert not up_to_date(tiny.CITY, tiny.YEAR)
    assert ran(project) == ["31_figures"]


def test_a_parameter_runs_who_declares_it_and_is_kept(project):
    assert ran(project) == []
    assert ran(project, "-p", "code=札幌 011002") == ALL
    assert 'code = "札幌 011002"' in "".join(
        line
        for cell in json.loads(tiny.executed(project, "31_figures"))["cells"]
        for line in cell["source"]
    )
    assert "\\u672d" not in tiny.executed(project, "31_figures")
    assert tiny.manifest(project)["notebooks"]["31_figures"]["parameters"]["code"] == "札幌 011002"
    assert ran(project) == ALL


def test_an_output_that_was_changed_or_lost_is_made_again(project):
    (tiny.report(project) / "figures" / "two.png").write_text("spoiled")
    (tiny.report(project) / "figures" / "one.csv").unlink()
    done = tiny.citypromo(project, "verify", tiny.CITY, str(tiny.YEAR))
    assert done.returncode == 1
    assert "公開のあとに変わりました" in done.stderr and "なくなりました" in done.stderr
    assert ran(project) == ["31_figures", "32_figures"]


def test_again_runs_everything(project):
    assert ran_again(project) == ALL


def ran_again(project: Path) -> list[str]:
    done = tiny.run(project, "--again")
    return sorted(line.split()[1] for line in done.stdout.splitlines() if "○" in line)


def test_after_a_failure_the_next_run_resumes_at_the_failed_notebook(project):
    before = {p: p.read_bytes() for p in tiny.report(project).rglob("*") if p.is_file()}
    tiny.set_number(project, "second")
    tiny.write_notebook(project, "31_figures", "1 / 0")
    failed = tiny.run(project)
    assert failed.returncode == 1
    assert "31_figures「仕事」で止まりました。\nZeroDivisionError" in failed.stderr
    assert {p: p.read_bytes() for p in tiny.report(project).rglob("*") if p.is_file()} == before
    aside = project / "reports" / "_failed" / tiny.CITY / str(tiny.YEAR)
    assert {path.name for path in aside.iterdir()} == {"31_figures.ipynb", "run.log"}
    assert "ZeroDivisionError" in (aside / "31_figures.ipynb").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in (aside / "run.log").read_text(encoding="utf-8")
    figures = "from helpers.figures.palette_a import name"
    tiny.write_notebook(project, "31_figures", tiny.FIGURES, figures)
    assert ran(project) == ["31_figures"]
    log = (tiny.report(project) / "run.log").read_text(encoding="utf-8")
    assert "省略 32_figures: 何も変わっていないので、中断した実行の結果を使う" in log
    assert "実行 31_figures: 変わったもの:" in log
    assert (tiny.report(project) / "figures" / "two.png").read_text() == "second"


def test_an_error_of_the_program_itself_is_a_sentence(project):
    before = {p: p.read_bytes() for p in tiny.report(project).rglob("*") if p.is_file()}
    change(project / "src/helpers/pipeline/staging.py", "def put_together(", "def put_it_together(")
    try:
        done = tiny.run(project, "--again")
    finally:
        change(
            project / "src/helpers/pipeline/staging.py", "def put_it_together(", "def put_together("
        )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    assert "プログラムの誤りで止まりました（AttributeError" in done.stderr
    path = project / "reports/_failed" / tiny.CITY / str(tiny.YEAR) / "traceback.txt"
    assert str(path) in done.stderr
    assert path.read_text(encoding="utf-8").startswith("Traceback")
    assert {p: p.read_bytes() for p in tiny.report(project).rglob("*") if p.is_file()} == before
