"""Which helper modules a notebook's code depends on, found by reading imports, not by running.

``from helpers.figures import likert`` depends on the module that defines ``likert``, not on every
chart type that the package also offers: else a change of one chart would redraw them all.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path


def helper_files(cells: Iterable[str], src: Path) -> list[Path]:
    """Files below ``src/helpers`` that the cells need, directly or through others, sorted.

    Files that are no code (fonts) count for every notebook. So does all code for a notebook
    with a cell that cannot be read as Python: rather once too often than stale.

    Args:
        cells: Python code; IPython's ``%`` and ``!`` lines are passed over.
        src: the folder that holds the package ``helpers``.
    """
    everything = set(package_files(src))
    code = {path for path in everything if path.suffix == ".py"}
    data = everything - code
    try:
        waiting = [path for cell in cells for path in _imports(_python_only(cell), src, None)]
        found: set[Path] = set()
        while waiting:
            path = waiting.pop()
            if path not in found:
                found.add(path)
                waiting += _imports_of(path, src)
    except SyntaxError:
        found = code
    return sorted(found | data)


def package_files(src: Path) -> list[Path]:
    """All files of the package that could change what a notebook gives: code, fonts, templates."""
    files = (path for path in (src / "helpers").rglob("*") if path.is_file())
    return [path for path in files if path.suffix not in (".pyc", ".md")]


def _python_only(source: str) -> str:
    return re.sub(r"^(\s*)[%!].*$", r"\1pass", source, flags=re.MULTILINE)


@cache
def _imports_of(path: Path, src: Path) -> list[Path]:
    return list(_imports(path.read_text(encoding="utf-8"), src, path))


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Every statement, however deep; expressions, the bulk of a tree, are passed over."""
    for part in ("body", "orelse", "finalbody", "handlers", "cases"):
        inner = getattr(node, part, ())
        for statement in inner if isinstance(inner, list) else ():
            yield statement
            yield from _statements(statement)


def _imports(source: str, src: Path, path: Path | None) -> Iterator[Path]:
    """The modules that code imports; ``path`` is where it stands, if it is a helper's."""
    for node in _statements(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            module = _absolute(node, src, path)
            if module.split(".")[0] == "helpers":
                for alias in node.names:
                    yield from _defining(module, alias.name, src)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "helpers":
                    yield from _module(alias.name, src)


def _absolute(node: ast.ImportFrom, src: Path, path: Path | None) -> str:
    """The module of an import; ``from .style import x`` is seen from where it stands."""
    if not node.level or path is None:
        return node.module or ""
    package = path.relative_to(src).parts[: -node.level]
    return ".".join([*package, *([node.module] if node.module else [])])


def _defining(module: str, name: str, src: Path) -> list[Path]:
    """The module that ``from module import name`` takes the name from."""
    inner = _module(f"{module}.{name}", src)
    if inner:
        return inner
    paths = _module(module, src)
    if paths and paths[-1].name == "__init__.py" and name in (offered := _reexports(paths[-1])):
        return [*paths[:-1], *_defining(*offered[name], src)]
    return paths


@cache
def _module(name: str, src: Path) -> list[Path]:
    """The file of a module, after those of its packages that do more than pass names on."""
    parts = name.split(".")
    path = src.joinpath(*parts)
    candidates = (path.with_suffix(".py"), path / "__init__.py")
    found = [candidate for candidate in candidates if candidate.is_file()][:1]
    packages = [src.joinpath(*parts[:n], "__init__.py") for n in range(1, len(parts))]
    return found and [*(p for p in packages if p.is_file() and _acts(p)), *found]


@cache
def _acts(package: Path) -> bool:
    """Whether a package's ``__init__.py`` does something of its own when it is imported."""
    lines = ast.parse(package.read_text(encoding="utf-8")).body
    return any(
        not isinstance(line, ast.ImportFrom | ast.Expr)
        and not (isinstance(line, ast.Assign) and ast.unparse(line.targets[0]).startswith("__"))
        for line in lines
    )


@cache
def _reexports(path: Path) -> dict[str, tuple[str, str]]:
    """Name → (module, name) for a package that only passes on what its modules define."""
    offered: dict[str, tuple[str, str]] = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            offered |= {
                alias.asname or alias.name: (node.module, alias.name) for alias in node.names
            }
    return offered
