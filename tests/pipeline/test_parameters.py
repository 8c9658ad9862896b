"""Parameters are read by the declared type and refused before anything starts (anchors A3)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import tiny
from kernel_notebooks import notebook

from helpers.pipeline.notebook import Notebook, notebooks_of, resolve
from helpers.problems import InputError

DECLARED = """\
city: str = "mihon"
fiscal_year: int = 2025
base_year: int = 2020
code: str = "000000"
threshold: int = 30
share: float = 0.5
weighted: bool = True
lang: str = "ja"
groups: list = []"""
FIXED = {"city": "mihon", "fiscal_year": 2025}


@pytest.fixture
def declared(tmp_path: Path) -> Notebook:
    made = notebook(tmp_path, "31_figures")
    content = json.loads(made.path.read_text(encoding="utf-8"))
    content["cells"][1]["source"] = DECLARED
    made.path.write_text(json.dumps(content), encoding="utf-8")
    return Notebook(made.path)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("code", "011002", "011002"),
        ("code", "no", "no"),
        ("code", "12:30", "12:30"),
        ("code", "1e5", "1e5"),
        ("base_year", "令和7年度", 2025),
        ("base_year", "R7", 2025),
        ("base_year", "２０２４", 2024),
        ("threshold", "12,000", 12000),
        ("threshold", "-5", -5),
        ("share", "0.30", 0.3),
        ("weighted", "false", False),
        ("weighted", "はい", True),
    ],
)
def test_a_value_is_read_by_the_declared_type(declared, name, text, value):
    read = resolve({name: text}, FIXED, [declared])["31_figures"][name]
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("bace_year", "2024", "「base_year」の誤り"),
        ("city", "isehara", "CITY と YEAR で決まります"),
        ("base_year", "2O24", "整数"),
        ("base_year", "1024", "使えません"),
        ("threshold", "3.5", "整数"),
        ("threshold", "1_000", "整数"),
        ("threshold", "1,00", "整数"),
        ("threshold", "", "整数"),
        ("share", "nan", "数値"),
        ("share", "30%", "数値"),
        ("weighted", "0", "true か false"),
        ("lang", "en", "languages: \\[ja, en\\]"),
        ("groups", "a", "list 型"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(declared, name, text, words):
    with pytest.raises(InputError, match=words):
        resolve({name: text}, FIXED, [declared])


def test_all_problems_are_told_at_once(declared):
    with pytest.raises(InputError) as caught:
        resolve({"lnag": "en", "share": "x"}, FIXED, [declared])
    assert len(caught.value.problems) == 2


def test_a_notebook_gets_what_it_declares_and_no_more(declared, tmp_path):
    other = notebook(tmp_path / "other", "11_clean")
    values = resolve({"code": "011002"}, FIXED, [declared, other])
    assert values["11_clean"] == FIXED
    assert values["31_figures"]["code"] == "011002"


@pytest.mark.parametrize(
    ("line", "words"),
    [("city = 'x'", "1 行目"), ("x: int = 1\ny: str = f()", "2 行目"), ("print(1)", "1 行目")],
)
def test_a_parameters_cell_of_another_form_is_refused(tmp_path, line, words):
    made = notebook(tmp_path, "11_clean")
    content = json.loads(made.path.read_text(encoding="utf-8"))
    content["cells"][1]["source"] = line
    made.path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match=words):
        _ = Notebook(made.path).parameters


def test_a_parameters_cell_must_be_there_and_the_file_a_notebook(tmp_path):
    made = notebook(tmp_path, "11_clean")
    made.path.write_text(made.path.read_text(encoding="utf-8").replace("parameters", "other"))
    with pytest.raises(InputError, match="parameters というタグ"):
        _ = Notebook(made.path).parameters
    made.path.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="読めません"):
        _ = Notebook(made.path).cells


def test_notebooks_go_by_stages_and_unknown_ones_are_refused(tmp_path):
    for name in ("11_a", "12_b", "31_c"):
        notebook(tmp_path, name)
    stages = notebooks_of(["31_c", "12_b", "11_a", "11_a"], tmp_path)
    assert [[each.name for each in stage] for stage in stages] == [["11_a", "12_b"], ["31_c"]]
    with pytest.raises(InputError, match="「31_c」の誤り"):
        notebooks_of(["31_d"], tmp_path)


SPY = """
import sys
started = []
sys.addaudithook(lambda event, _: started.append(event) if event in
    ("subprocess.Popen", "os.fork", "os.posix_spawn", "os.system") else None)
from helpers.cli import main
status = main(sys.argv[1:])
slow = {"papermill", "jupyter_client", "pandas", "matplotlib", "zmq"} & sys.modules.keys()
print(status, started, sorted(slow))
"""


@pytest.mark.parametrize(
    "given", ["yeer=2024", "lang=fr", "fiscal_year=2024", "code"], ids=lambda text: text
)
def test_a_wrong_parameter_starts_and_imports_nothing(tmp_path, given):
    project = tiny.make_project(tmp_path)
    arguments = ["run", tiny.CITY, str(tiny.YEAR), "-p", given]
    done = subprocess.run(
        [sys.executable, "-c", SPY, *arguments],
        cwd=project,
        env=tiny.environment(project),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "1 [] []"
    assert not (project / "reports" / ".staging").exists()
