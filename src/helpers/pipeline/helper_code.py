"""Which helper modules a notebook's code depends on, found by reading imports, not by running.

``from helpers.figures import likert`` depends on the module that defines ``likert``, not on every
chart type that the package also offers: else a change of one chart would redraw them all.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path


def package_files(src: Path) -> list[Path]:
    """All files of the package that could change what a notebook gives: code, fonts, templates."""
    files = (path for path in (src / "helpers").rglob("*") if path.is_file())
    return [path for path in files if path.suffix not in (".pyc", ".md")]


class HelperCode:
    """The package ``helpers`` as it is now; each of its files is read once.

    Args:
        src: the folder that holds the package.
    """

    def __init__(self, src: Path):
        self._src = src
        self._imports_of = cache(self._read_imports)
        self._module = cache(self._find_module)
        self._acts = cache(_acts)
        self._reexports = cache(_reexports)

    @cached_property
    def files(self) -> frozenset[Path]:
        """All files of the package but those that change nothing."""
        return frozenset(package_files(self._src))

    @cached_property
    def _spelled(self) -> frozenset[str]:
        """The files as they are written: to Windows ``Edition.py`` is ``edition.py``."""
        return frozenset(path.as_posix() for path in self.files)

    def needed_by(self, cells: Iterable[str]) -> list[Path]:
        """Files of the package that cells need, directly or through others, sorted.

        Files that are no code (fonts) count for every notebook. So does all code for a notebook
        with a cell that cannot be read as Python: rather once too often than stale.

        Args:
            cells: Python code; IPython's ``%`` and ``!`` lines are passed over.
        """
        code = {path for path in self.files if path.suffix == ".py"}
        try:
            waiting = [path for cell in cells for path in self._imports(_python_only(cell), None)]
            found: set[Path] = set()
            while waiting:
                path = waiting.pop()
                if path not in found:
                    found.add(path)
                    waiting += self._imports_of(path)
        except SyntaxError:
            found = code
        return sorted(found | (self.files - code))

    def _read_imports(self, path: Path) -> list[Path]:
        return list(self._imports(path.read_text(encoding="utf-8"), path))

    def _imports(self, source: str, path: Path | None) -> Iterator[Path]:
        """The modules that code imports; ``path`` is where it stands, if it is a helper's."""
        for node in _statements(ast.parse(source)):
            if isinstance(node, ast.ImportFrom):
                module = self._absolute(node, path)
                if module.split(".")[0] == "helpers":
                    for alias in node.names:
                        yield from self._defining(module, alias.name)
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    if alias.name.split(".")[0] == "helpers":
                        yield from self._module(alias.name)

    def _absolute(self, node: ast.ImportFrom, path: Path | None) -> str:
        """The module of an import; ``from .style import x`` is seen from where it stands."""
        if not node.level or path is None:
            return node.module or ""
        package = path.relative_to(self._src).parts[: -node.level]
        return ".".join([*package, *([node.module] if node.module else [])])

    def _defining(self, module: str, name: str) -> list[Path]:
        """The module that ``from module import name`` takes the name from."""
        inner = self._module(f"{module}.{name}")
        if inner:
            return inner
        paths = self._module(module)
        if paths and paths[-1].name == "__init__.py":
            offered = self._reexports(paths[-1])
            if name in offered:
                return [*paths[:-1], *self._defining(*offered[name])]
        return paths

    def _find_module(self, name: str) -> list[Path]:
        """The file of a module, after those of its packages that do more than pass names on."""
        parts = name.split(".")
        path = self._src.joinpath(*parts)
        candidates = (path.with_suffix(".py"), path / "__init__.py")
        found = [candidate for candidate in candidates if candidate.as_posix() in self._spelled][:1]
        packages = [self._src.joinpath(*parts[:n], "__init__.py") for n in range(1, len(parts))]
        return found and [*(p for p in packages if p in self.files and self._acts(p)), *found]


def _python_only(source: str) -> str:
    return re.sub(r"^(\s*)[%!].*$", r"\1pass", source, flags=re.MULTILINE)


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Every statement, however deep; expressions, the bulk of a tree, are passed over."""
    for part in ("body", "orelse", "finalbody", "handlers", "cases"):
        inner = getattr(node, part, ())
        for statement in inner if isinstance(inner, list) else ():
            yield statement
            yield from _statements(statement)


def _acts(package: Path) -> bool:
    """Whether a package's ``__init__.py`` does something of its own when it is imported."""
    lines = ast.parse(package.read_text(encoding="utf-8")).body
    return any(
        not isinstance(line, ast.ImportFrom | ast.Expr)
        and not (isinstance(line, ast.Assign) and ast.unparse(line.targets[0]).startswith("__"))
        for line in lines
    )


def _reexports(path: Path) -> dict[str, tuple[str, str]]:
    """Name → (module, name) for a package that only passes on what its modules define."""
    offered: dict[str, tuple[str, str]] = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            offered |= {
                alias.asname or alias.name: (node.module, alias.name) for alias in node.names
            }
    return offered
