"""What git holds of a notebook: an edit of a cell changes that cell's lines, and two edits merge."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from strip_notebooks import stripped  # noqa: E402

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NAME = "31_figures_attachment.ipynb"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_committed_notebooks_are_stripped(path):
    """As they lie here: whoever has the filter may have run them since; git must not see it."""
    content = path.read_bytes()
    if (ROOT / ".git").exists():
        asked = ["git", "show", f":notebooks/{path.name}"]
        found = subprocess.run(asked, cwd=ROOT, capture_output=True, check=False)
        content = found.stdout if found.returncode == 0 else content
    assert stripped(content) == content, f"python tools/strip_notebooks.py notebooks/{path.name}"
    cells = json.loads(content)["cells"]
    assert all(cell["id"] for cell in cells)
    assert [c["metadata"] for c in cells if c["metadata"]] == [{"tags": ["parameters"]}]


def run_by_jupyterlab(text: str) -> str:
    """A notebook as JupyterLab saves it after a run, with what some people turn on."""
    notebook = nbformat.reads(text, as_version=4)
    for number, cell in enumerate(notebook.cells):
        cell.metadata |= {"collapsed": False, "jupyter": {"outputs_hidden": True}}
        if cell.cell_type == "code":
            cell.execution_count = number + 7
            cell.outputs = [nbformat.v4.new_output("stream", text=f"{number}\n個人の回答\n")]
            cell.metadata |= {"execution": {"iopub.execute_input": "2026-04-01"}, "scrolled": True}
    notebook.metadata.kernelspec = {
        "display_name": "市の環境",
        "name": "city",
        "language": "python",
    }
    notebook.metadata.language_info = {"name": "python", "version": "3.13.1", "pygments_lexer": "x"}
    notebook.metadata |= {"toc-autonumbering": True, "widgets": {}}
    return nbformat.writes(notebook) + "\n"


def run_by_vs_code(text: str) -> str:
    """The same as VS Code saves it: other order of keys, its own marks, a source as one text."""
    notebook = json.loads(run_by_jupyterlab(text))
    for cell in notebook["cells"]:
        cell["metadata"]["vscode"] = {"languageId": "python"}
        cell["source"] = "".join(cell["source"])
    turned = dict(reversed(notebook.items()))
    turned["cells"] = [dict(reversed(cell.items())) for cell in notebook["cells"]]
    return json.dumps(turned, indent=4)


@pytest.mark.parametrize("save", [run_by_jupyterlab, run_by_vs_code])
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_an_editor_adds_is_stripped(path, save):
    text = stripped(path.read_bytes()).decode()
    assert save(text) != text
    assert stripped(save(text).encode()).decode() == text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"cells": 1}',
        b'{"worksheets": []}',
        b'{"cells": [{"cell_type": "code"}]}',
        b'<<<<<<< HEAD\n{"cells": []}\n=======\n',
        b'{"cells": [{"cell_type": "raw", "source": "\\ud800"}]}',
    ],
)
def test_what_is_no_notebook_comes_back_as_it_is(content):
    assert stripped(content) == content


@pytest.fixture
def git(tmp_path: Path) -> Callable[..., str]:
    """A repository with a notebook, set up as `make` does it for a clone."""
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    people = {
        f"GIT_{who}_{what}": "a" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | plain | people

    def git(*words: str, status: int = 0) -> str:
        command = ["git", *words] if words[0] != "python" else [sys.executable, *words[1:]]
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout

    git("init", "-q", "-b", "main")
    for name in (".gitattributes", "tools/strip_notebooks.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    git("python", "tools/strip_notebooks.py", "--install")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / NAME).write_bytes(stripped((ROOT / "notebooks" / NAME).read_bytes()))
    git("add", "-A")
    git("commit", "-qm", "release")
    return git


def edit(path: Path, cell: int, save: Callable[[str], str] = run_by_jupyterlab) -> None:
    """Write a line at the end of a cell, run all, save."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    source = notebook["cells"][cell]["source"]
    notebook["cells"][cell]["source"] = "".join(source) + f"\n# {cell} を直した"
    path.write_text(save(json.dumps(notebook)), encoding="utf-8", newline="\n")


def test_running_all_changes_nothing_and_an_edit_its_line(git, tmp_path):
    path = tmp_path / "notebooks" / NAME
    path.write_text(run_by_jupyterlab(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert git("diff") == ""
    git("add", "-A")  # git looks at the size before it looks into a file: until then it says M
    assert git("status", "--porcelain") == ""
    assert "個人の回答" in path.read_text(encoding="utf-8")  # one's own file keeps its outputs
    edit(path, 2)
    added, deleted, _ = git("diff", "--numstat").split("\t")
    assert (added, deleted) == ("2", "1")  # the new line, and the comma of the line before
    git("commit", "-qam", "edit")
    assert "個人の回答" not in git("show", f"HEAD:notebooks/{NAME}")
    assert git("status", "--porcelain") == ""


@pytest.mark.parametrize("cells", [(2, 4), (2, 3), (3, 4)])
@pytest.mark.parametrize("save", [run_by_jupyterlab, run_by_vs_code])
def test_edits_of_different_cells_merge(git, tmp_path, cells, save):
    path = tmp_path / "notebooks" / NAME
    git("checkout", "-qb", "colleague")
    edit(path, cells[0], save)
    git("commit", "-qam", "theirs")
    git("checkout", "-q", "main")
    edit(path, cells[1])
    git("commit", "-qam", "ours")
    git("merge", "-q", "colleague", "-m", "both")
    text = path.read_text(encoding="utf-8")
    assert all(f"# {cell} を直した" in text for cell in cells)
    assert stripped(text.encode()).decode() == text


TAKE_OVER = (
    "git checkout release -- .gitattributes tools/strip_notebooks.py",
    "python tools/strip_notebooks.py --install",
    "git add --renormalize .",
    "git commit -qm stripped",
    "git merge -q release -m both",
)


@pytest.mark.parametrize("takes_over", [True, False], ids=["by the city", "by the release"])
def test_a_branch_from_before_the_filter_merges(git, tmp_path, takes_over):
    """A city that has committed its outputs takes over a release that has none, or gives back."""
    path = tmp_path / "notebooks" / NAME
    new, text = (tmp_path / ".gitattributes").read_bytes(), path.read_text(encoding="utf-8")
    git("rm", "-q", "--cached", "tools/strip_notebooks.py")
    (tmp_path / ".gitattributes").write_text("* -text\n", encoding="utf-8")
    git("config", "--unset", "filter.notebooks.clean")
    path.write_text(run_by_vs_code(text), encoding="utf-8")
    git("commit", "-qam", "as before: outputs in git, and no filter")
    git("checkout", "-qb", "city")
    edit(path, 2)
    git("commit", "-qam", "the city's title")
    git("checkout", "-q", "main")
    git("checkout", "-qb", "release")
    (tmp_path / ".gitattributes").write_bytes(new)
    git("python", "tools/strip_notebooks.py", "--install")
    edit(path, 4)
    git("add", "-A")
    git("commit", "-qm", "the next release")
    if takes_over:
        git("checkout", "-q", "city")
        for line in TAKE_OVER:
            git(*line.removeprefix("git ").split())
        for folder in ("docs", "docs/ja"):
            page = (ROOT / folder / "notebooks.md").read_text(encoding="utf-8")
            assert "\n".join(TAKE_OVER[:3]) in page
    else:
        git("merge", "-q", "city", "-m", "both")
    found = git("show", f"HEAD:notebooks/{NAME}")
    assert "# 2 を直した" in found and "# 4 を直した" in found
    assert "個人の回答" not in found


def test_the_hook_strips_where_the_filter_is_not_set(git, tmp_path):
    path = tmp_path / "notebooks" / NAME
    before = path.read_bytes()
    git("config", "--unset", "filter.notebooks.clean")
    path.write_text(run_by_vs_code(before.decode()), encoding="utf-8")
    git("python", "tools/strip_notebooks.py", f"notebooks/{NAME}")
    assert path.read_bytes() == before
    hook = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert "entry: python tools/strip_notebooks.py\n" in hook


def test_a_filter_that_fails_loses_nothing(git, tmp_path):
    path = tmp_path / "notebooks" / NAME
    edit(path, 2)
    git("config", "filter.notebooks.clean", "no-such-python tools/strip_notebooks.py")
    git("commit", "-qam", "edit")
    assert "# 2 を直した" in git("show", f"HEAD:notebooks/{NAME}")


def test_outside_git_there_is_nothing_to_install(tmp_path):
    (tmp_path / "tools").mkdir()
    tool = tmp_path / "tools" / "strip_notebooks.py"
    tool.write_bytes((ROOT / "tools" / "strip_notebooks.py").read_bytes())
    done = subprocess.run([sys.executable, str(tool), "--install"], cwd=tmp_path, check=False)
    assert done.returncode == 0
