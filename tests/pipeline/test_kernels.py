"""Kernels of every kind: papermill and real kernels, and nothing passes from one to the next."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from kernel_notebooks import KIND_PARAMETERS, WHOLE, notebook, outputs_of, printed, run

from helpers.pipeline.execution import execute
from helpers.pipeline.kernels import chosen_kind, open_pool
from helpers.pipeline.kernels.imports import imported_by
from helpers.pipeline.notebook import Notebook
from helpers.problems import InputError
from helpers.seal import VARIABLE

pytestmark = pytest.mark.usefixtures("whole")
ROOT = Path(__file__).parents[2]


@pytest.fixture(params=KIND_PARAMETERS)
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("CITYPROMO_KERNELS", request.param)
    return str(request.param)


LEAVE = """
import os, sys, random, warnings, builtins
import matplotlib, matplotlib.pyplot as plt, pandas as pd
left_over = 1
builtins.left_over_too = 1
os.environ["LEFT_OVER"] = "1"
os.environ.pop("HOME", None)
os.chdir("/")
sys.path.insert(0, "/left/over")
warnings.simplefilter("error")
pd.options.display.max_rows = 7
matplotlib.rcParams["font.size"] = 33
plt.ioff(); figure = plt.figure(); plt.plot([1, 2])
print(os.getpid())
"""
LOOK = """
import os, sys, warnings, builtins
import matplotlib, matplotlib.pyplot as plt, pandas as pd, numpy as np, random
print("left_over" in globals(), hasattr(builtins, "left_over_too"), "LEFT_OVER" in os.environ)
print(os.environ.get("HOME"), os.getcwd(), "/left/over" in sys.path)
print(warnings.filters[0][0], pd.options.display.max_rows, pd.options.display.max_columns)
print(matplotlib.rcParams["font.size"], plt.get_fignums(), plt.isinteractive())
"""


def test_nothing_passes_to_the_next_notebook(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "notebooks"
    notebooks = [notebook(folder, "11_look", LOOK), notebook(folder, "12_leave", LEAVE)]
    notebooks = [*notebooks, notebook(folder, "13_look", LOOK)]
    with open_pool(1, folder, notebooks) as pool:
        assert pool.kind == kind
        before, _, after = run(notebooks, tmp_path, pool)
    assert after == before
    assert before.startswith("False False False\n")
    assert str(folder) in before


SEE = """
import gc, os, sys, locale, signal, warnings
print(sorted(k for k in os.environ if k not in ("CITYPROMO_KERNELS", "CITYPROMO_SEAL")))
print(os.environ["MPLBACKEND"], os.getcwd(), [p for p in sys.path], sys.flags.safe_path)
print(sorted(n for n in globals() if not n.startswith("_")), locale.getlocale(), __name__)
print(gc.isenabled(), signal.getsignal(signal.SIGCHLD), signal.getsignal(signal.SIGTERM), os.getsid(0)==os.getpid())
import matplotlib, pandas as pd
print(sorted(matplotlib.rcParams.items(), key=str), matplotlib.get_backend())
print(pd.options.display.max_columns, pd.options.display.width, pd.options.display.max_rows)
print(sorted(str(f) for f in warnings.filters))
"""
DRAW = """
import matplotlib, matplotlib.pyplot as plt, pandas as pd
matplotlib.rcParams["svg.hashsalt"] = "salt"
figure, axes = plt.subplots()
pd.Series([3, 1, 2], index=["a", "b", "c"]).plot.bar(ax=axes)
for ending, dates in (("png", {}), ("svg", {"Date": None}), ("pdf", {"CreationDate": None})):
    figure.savefig(f"../made/figure.{ending}", metadata=dates)
plt.show()
pd.DataFrame({"a": range(3)})
"""


@pytest.fixture(scope="module")
def drawing(tmp_path_factory: pytest.TempPathFactory) -> Notebook:
    """A notebook that saves figures, shows one, and looks around."""
    root = tmp_path_factory.mktemp("drawing")
    (root / "made").mkdir()
    return notebook(root / "notebooks", "31_draw", DRAW, SEE, "1 / 3", "!echo hello")


Made = tuple[dict[str, str], list[list[nbformat.NotebookNode]]]


def _made(drawing: Notebook, executed: nbformat.NotebookNode) -> Made:
    """Digests of the saved figures, and all outputs."""
    figures = (drawing.path.parents[1] / "made").iterdir()
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in figures}
    return digests, outputs_of(executed)


@pytest.fixture(scope="module")
def by_papermill(drawing: Notebook, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """What papermill's own engine makes of it, in a process of its own."""
    output = tmp_path_factory.mktemp("papermill") / "executed.ipynb"
    code = (
        "import sys; sys.modules['rfc3987_syntax'] = None; import papermill;"
        "papermill.execute_notebook(*sys.argv[1:], {'city': 'mihon', 'fiscal_year': 2025},"
        "progress_bar=False)"
    )
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    one = {**dict.fromkeys(names, "1"), **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), "/tmp")}
    subprocess.run(
        [sys.executable, "-c", code, str(drawing.path), str(output)],
        cwd=drawing.path.parent,
        env={**one, **os.environ},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return _made(drawing, nbformat.read(output, as_version=4))


def test_outputs_are_those_of_papermills_own_engine(
    kind: str, drawing: Notebook, by_papermill: Made, tmp_path: Path
) -> None:
    with open_pool(1, drawing.path.parent, [drawing]) as pool:
        run([drawing], tmp_path, pool)
    figures, outputs = _made(drawing, WHOLE["executed-0.ipynb"])
    assert len(figures) == 3
    assert figures == by_papermill[0]
    assert outputs == by_papermill[1]


def test_a_kernel_that_has_run_others_is_no_different(
    drawing: Notebook, by_papermill: Made, tmp_path: Path
) -> None:
    own = "import os\nfrom helpers.desk.figures import Desk\nprint(os.getpid())"
    first = notebook(tmp_path, "31_first", own)
    last = notebook(tmp_path, "32_last", "import os\nprint(os.getpid())")
    with open_pool(1, drawing.path.parent, [first, drawing, last]) as pool:
        one, _, other = run([first, drawing, last], tmp_path, pool)
        pool.settle()
        assert pool.retired == []
    assert one == other
    figures, outputs = _made(drawing, WHOLE["executed-1.ipynb"])
    assert figures == by_papermill[0]
    # The names of variables that pandera sets at its import are there; all else is the same.
    assert [_after_the_first_line(cell) for cell in outputs] == [
        _after_the_first_line(cell) for cell in by_papermill[1]
    ]


def _after_the_first_line(outputs: object) -> str:
    return str(outputs).partition("\\n")[2]


def test_what_is_put_back_keeps_the_kernel_and_what_is_not_retires_it(tmp_path: Path) -> None:
    says = "import os, warnings\nprint(os.getpid())"
    calm = notebook(tmp_path, "11_calm", f"{says}\nwarnings.simplefilter('error')")
    dirty = notebook(tmp_path, "12_dirty", f"{says}\nwarnings.warn = print")
    with open_pool(1, tmp_path, [calm, calm, dirty, calm]) as pool:
        pids = run([calm, calm, dirty, calm], tmp_path, pool)
        pool.settle()
        assert pool.retired == [("12_dirty", ["warnings.warn"])]
    assert pids[0] == pids[1] == pids[2] != pids[3]


def test_what_the_recorder_notes_is_handed_on(kind: str, tmp_path: Path, monkeypatch) -> None:
    """Begun with the notebook's variables after its imports, ended after its last cell."""
    package = tmp_path / "src" / "helpers"
    shutil.copytree(ROOT / "src" / "helpers", package, ignore=shutil.ignore_patterns("*.ttf"))
    (package / "recorder.py").write_text(RECORDER, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "src"))
    folder = tmp_path / "notebooks"
    good = notebook(folder, "11_good", "import pandas", "print('cell')")
    bad = notebook(folder, "12_bad", "1 / 0")
    with open_pool(1, folder, [good, bad]) as pool:
        done = [
            execute(each, {"city": "x"}, tmp_path / "o.ipynb", pool, environment={"TOLD": "市"})
            for each in (good, bad)
        ]
    assert [each.failure is None for each in done] == [True, False]
    ahead = kind == "reused"  # what is imported ahead is imported before
    noted = [json.loads(each.observed) for each in done]
    keys = {told.pop(VARIABLE) for told, *_ in noted}
    assert len(keys) == 2 and "" not in keys  # each has a seal of its own
    assert noted[0] == [{"TOLD": "市"}, "市", ahead, "pandas"]
    assert noted[1][:2] == [{"TOLD": "市"}, "市"]


RECORDER = """
import json, os, sys
_noted = []
def reading(path): return path
def exists(path): return path.exists()
def listing(folder, pattern="*"): return sorted(folder.glob(pattern))
def install(): pass
def begin(told):
    _noted[:] = [told, os.environ.get("TOLD"), "pandas" in sys.modules]
def end():
    return json.dumps([*_noted, "pandas" if "pandas" in sys.modules else ""], ensure_ascii=False)
"""
CHANCE = """
import os, random, time
import numpy as np, numpy.random, matplotlib.pyplot as plt
plt.plot([1, 2])
time.sleep(0.5)
print(os.getpid(), random.random(), np.random.random(), np.random.default_rng().random())
print(city)
"""


def test_kernels_side_by_side_are_strangers(kind: str, tmp_path: Path) -> None:
    notebooks = [notebook(tmp_path / "notebooks", f"3{n}_chance", CHANCE) for n in range(4)]
    with open_pool(2, tmp_path / "notebooks", notebooks) as pool, ThreadPoolExecutor(4) as threads:
        tasks = [
            threads.submit(execute, each, {"city": each.name}, tmp_path / each.path.name, pool)
            for each in notebooks
        ]
        assert [task.result().failure for task in tasks] == [None] * 4
    lines = [printed(tmp_path / each.path.name).split() for each in notebooks]
    assert [line[-1] for line in lines] == [each.name for each in notebooks]
    pids, *drawn = list(zip(*lines, strict=True))[:4]
    assert len(set(pids)) == (2 if kind == "reused" else 4)
    assert all(len(set(each)) == 4 for each in drawn)


def test_environment_of_one_notebook_alone(kind: str, tmp_path: Path) -> None:
    shown = 'import os\nprint(os.environ.get("TOLD"), "os" in dir())\nfor n in dir():\n    print(n)'
    each = notebook(tmp_path / "notebooks", "11_told", shown)
    texts = []
    with open_pool(1, tmp_path / "notebooks", [each, each]) as pool:
        for told in ({"TOLD": "市"}, {}):
            output = tmp_path / "executed.ipynb"
            assert execute(each, {"city": "x"}, output, pool, environment=told).failure is None
            texts.append(printed(output).splitlines())
    assert texts[0][0] == "市 True"
    assert texts[1][0] == "None True"
    assert texts[0][1:] == texts[1][1:]


def test_japanese_parameters_can_be_read(kind: str, tmp_path: Path) -> None:
    each = notebook(tmp_path / "notebooks", "11_print", "print([city])")
    value = '西東京市　"市民"\\n\n\u200b意識'
    with open_pool(1, tmp_path / "notebooks", [each]) as pool:
        assert execute(each, {"city": value}, tmp_path / "o.ipynb", pool).failure is None
    injected = nbformat.read(tmp_path / "o.ipynb", as_version=4).cells[2].source
    assert injected.splitlines()[1] == r'city = "西東京市　\"市民\"\\n\n\u200b意識"'
    assert printed(tmp_path / "o.ipynb").strip() == repr([value])


def test_a_forgotten_import_is_still_missing(kind: str, tmp_path: Path) -> None:
    cells = ("import pandas", "## 後で", "np.zeros(3)")
    each = notebook(tmp_path / "notebooks", "11_forgot", *cells)
    with open_pool(1, tmp_path / "notebooks", [each]) as pool:
        failure = execute(each, {"city": "x"}, tmp_path / "o.ipynb", pool).failure
    assert failure is not None
    assert (failure.heading, failure.what.ja) == ("後で", "NameError: name 'np' is not defined")


def test_the_environment_chooses_the_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CITYPROMO_KERNELS", raising=False)
    assert chosen_kind() == "reused"
    monkeypatch.setenv("CITYPROMO_KERNELS", "stock")
    assert chosen_kind() == "stock"
    monkeypatch.setenv("CITYPROMO_KERNELS", "forked")
    with pytest.raises(InputError, match="forked"):
        chosen_kind()


def test_imports_are_read_from_the_cells(tmp_path: Path) -> None:
    cells = ["import a.b, c\nfrom d import e", "!ls", "%matplotlib inline\nimport f", "import c"]
    assert imported_by([notebook(tmp_path, "11_imports", *cells)]) == ["a.b", "c", "d", "d.e", "f"]
