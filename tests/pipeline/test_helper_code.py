"""What a notebook depends on is read from its imports."""

from pathlib import Path, PureWindowsPath

import pytest

from helpers.pipeline.helper_code import HelperCode

FILES = {
    "helpers/__init__.py": '"""Words."""\n__version__ = "1"\n',
    "helpers/charts/__init__.py": "from helpers.charts.bar import bar\nfrom helpers.charts.line import line\n",
    "helpers/charts/bar.py": "from helpers.style import colour\n",
    "helpers/charts/line.py": "from . import axis\nfrom ..style import colour\n",
    "helpers/charts/axis.py": "def axis():\n    if True:\n        import helpers.deep\n",
    "helpers/deep.py": "",
    "helpers/style.py": "import json\ncolour = 1\n",
    "helpers/acting/__init__.py": "from helpers.deep import x\nREGISTER = {}\n",
    "helpers/acting/one.py": "",
    "helpers/fonts/font.ttf": "",
    "helpers/fonts/README.md": "",
}


@pytest.fixture
def src(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


FONT = ["fonts/font.ttf"]
ALL = sorted(name.removeprefix("helpers/") for name in FILES if not name.endswith(".md"))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["from helpers.charts import bar"], ["charts/bar.py", "style.py"]),
        (["from helpers.charts.bar import bar as b"], ["charts/bar.py", "style.py"]),
        (["import helpers.style as s"], ["style.py"]),
        (
            ["from helpers.charts import line"],
            ["charts/axis.py", "charts/line.py", "deep.py", "style.py"],
        ),
        (["from helpers import style"], ["style.py"]),
        (["x = 1", "for i in x:\n    from helpers import deep"], ["deep.py"]),
        (["try:\n    import helpers.deep\nexcept ImportError:\n    pass"], ["deep.py"]),
        (["import pandas", "from helper import x"], []),
        (["%matplotlib inline\n!ls\nfrom helpers import deep"], ["deep.py"]),
        (["if 1:\n    %time x\nfrom helpers import deep"], ["deep.py"]),
        (["from helpers.acting.one import x"], ["acting/__init__.py", "acting/one.py", "deep.py"]),
    ],
    ids=str,
)
def test_files_that_cells_need(src, cells, expected):
    found = [
        path.relative_to(src / "helpers").as_posix() for path in HelperCode(src).needed_by(cells)
    ]
    assert found == sorted(expected + FONT)


def test_a_star_takes_all_that_a_package_offers(src):
    found = {path.name for path in HelperCode(src).needed_by(["from helpers.charts import *"])}
    assert {"__init__.py", "bar.py", "line.py"} <= found


@pytest.mark.parametrize("cell", ["x = !ls", "%%bash\nif true; then ls; fi", "if x\n"])
def test_a_cell_that_is_not_python_depends_on_all_code(src, cell):
    found = HelperCode(src).needed_by(["from helpers import deep", cell])
    assert [path.relative_to(src / "helpers").as_posix() for path in found] == ALL


def test_windows_takes_a_class_for_no_module_that_is_spelled_like_it():
    """To Windows the path ``Page.py`` is that of ``page.py``; the class may stand elsewhere."""
    code = HelperCode(PureWindowsPath("C:/src"))
    code.files = frozenset({PureWindowsPath("C:/src/helpers/drawing/page.py")})
    assert PureWindowsPath("C:/src/helpers/drawing/Page.py") in code.files
    assert code._find_module("helpers.drawing.Page") == []
    assert code._find_module("helpers.drawing.page") == list(code.files)
