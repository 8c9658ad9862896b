"""Nothing in the package is built for nobody: every public name is used outside its definition."""

import ast
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "helpers"
# Written for the issue "The survey report", which is to call them.
AWAITED = {"response_rate", "worst_case", "thin_classes"}
# What others call by its name: IPython; the tests, as a reader who tries to find what is hidden.
CALLED = {"load_ipython_extension", "attack"}


def defined(tree: ast.Module) -> Iterator[str]:
    """The public names that a module defines at its level."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)]
        else:
            continue
        yield from (name for name in names if not name.startswith("_"))


def used(tree: ast.AST) -> Iterator[str]:
    """The names that code reads, asks an object for, or quotes as a type.

    An import or ``__all__`` alone is no use: a room that only passes a name on does not need it.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        for place in ("annotation", "returns"):
            for part in ast.walk(getattr(node, place, None) or ast.Pass()):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield from re.findall(r"\w+", part.value)


def sources() -> Iterator[ast.Module]:
    """All code that may use the package, the cells of the notebooks included."""
    for folder in (SRC, ROOT / "tools"):
        for path in sorted(folder.rglob("*.py")):
            yield ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                yield ast.parse("".join(cell["source"]))


def unused(trees: list[ast.Module], uses: Counter[str]) -> set[str]:
    """The names defined in modules that no code uses."""
    return {name for tree in trees for name in defined(tree) if not uses[name]}


@pytest.fixture(scope="module")
def uses() -> Counter[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    points = [*project["scripts"].values()]
    points += [v for group in project["entry-points"].values() for v in group.values()]
    named = [point.rpartition(":")[2] for point in points]
    return Counter(name for tree in sources() for name in used(tree)) + Counter(named)


def test_every_public_name_is_used(uses):
    found = {}
    for path in sorted(SRC.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if names := unused([tree], uses) - AWAITED - CALLED:
            found[path.relative_to(SRC).as_posix()] = sorted(names)
    assert found == {}, "use it, delete it, or begin its name with an underscore"


def test_what_is_awaited_is_there_and_still_awaited(uses):
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in SRC.rglob("*.py")]
    assert {name for tree in trees for name in defined(tree)} >= AWAITED | CALLED
    assert unused(trees, uses) >= AWAITED


def test_it_would_be_noticed():
    module = ast.parse("LIMIT: int = 1\nA, B = 1, 2\nclass C: ...\ndef d(): return A\n_e = 1")
    assert unused([module], Counter(used(module))) == {"LIMIT", "B", "C", "d"}
    passed_on = ast.parse("from m import C, d\n__all__ = ['C', 'd']\nx: 'C | None'\nprint(y.B)")
    assert unused([module], Counter(used(passed_on))) == {"LIMIT", "A", "d"}
