"""Which helper modules a notebook's code depends on, found by reading imports, not by running.

``from helpers.figures import likert`` depends on the module that defines ``likert``, not on every
chart type that the package also offers: else a change of one chart would redraw them all.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path


def helper_modules(source: str, src: Path) -> list[Path]:
    """Files below ``src/helpers`` that the code needs, directly or through others, sorted.

    Args:
        source: Python code; IPython's ``%`` and ``!`` lines are passed over.
        src: the folder that holds the package ``helpers``.
    """
    found: set[Path] = set()
    waiting = list(_imports(_python_only(source), src))
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imports(path.read_text(encoding="utf-8"), src)
    return sorted(found)


def _python_only(source: str) -> str:
    return "\n".join(
        "pass" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines()
    )


def _imports(source: str, src: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "helpers":
            for alias in node.names:
                yield from _defining(str(node.module), alias.name, src)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "helpers":
                    yield from _module(alias.name, src)


def _defining(module: str, name: str, src: Path) -> list[Path]:
    """The module that ``from module import name`` takes the name from."""
    inner = _module(f"{module}.{name}", src)
    if inner:
        return inner
    paths = _module(module, src)
    for path in paths:
        if path.name == "__init__.py" and name in (offered := _reexports(path)):
            return _defining(*offered[name], src)
    return paths


def _module(name: str, src: Path) -> list[Path]:
    path = src.joinpath(*name.split("."))
    candidates = (path.with_suffix(".py"), path / "__init__.py")
    return [candidate for candidate in candidates if candidate.is_file()][:1]


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
