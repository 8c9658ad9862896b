"""A notebook as the run sees it: its stage, its parameters, its headings."""

import ast
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from helpers.problems import InputError, Problem, nearest

STAGES = {1: "cleaning", 2: "indicators", 3: "figures"}


@dataclass(frozen=True)
class Parameter:
    """A declared parameter: ``fiscal_year: int = 2025``."""

    name: str
    kind: str
    default: object


@dataclass(frozen=True)
class Notebook:
    """One notebook file."""

    path: Path

    @property
    def name(self) -> str:
        """``31_figures_attachment``."""
        return self.path.stem

    @property
    def stage(self) -> int:
        """The tens digit: stages follow one another, what shares a stage is independent."""
        return int(self.name[0])

    @cached_property
    def cells(self) -> list[dict[str, Any]]:
        """The cells as stored.

        Raises:
            InputError: the file is not a notebook.
        """
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
            return list(content["cells"])
        except (json.JSONDecodeError, KeyError, UnicodeDecodeError):
            remedy = "JupyterLab で開いて保存し直すか、git で前の版に戻してください"
            raise InputError(
                Problem(str(self.path), "ノートブックとして読めません", remedy=remedy)
            ) from None

    @property
    def code(self) -> list[str]:
        """The sources of the code cells."""
        return ["".join(cell["source"]) for cell in self.cells if cell["cell_type"] == "code"]

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """What the cell tagged ``parameters`` declares, by name.

        Raises:
            InputError: there is no such cell, or a line is not ``name: type = literal``.
        """
        for cell in self.cells:
            if "parameters" in cell.get("metadata", {}).get("tags", []):
                return self._declared("".join(cell["source"]))
        remedy = "最初のコードセルに parameters というタグを付けてください"
        raise InputError(Problem(self.path.name, "パラメーターのセルがありません", remedy=remedy))

    def _declared(self, source: str) -> dict[str, Parameter]:
        declared = {}
        for line in ast.parse(source).body:
            try:
                assert isinstance(line, ast.AnnAssign)
                assert isinstance(line.target, ast.Name) and line.value is not None
                value = ast.literal_eval(line.value)
            except (AssertionError, ValueError):
                found = f"パラメーターのセルの {line.lineno} 行目が読めません"
                raise InputError(
                    Problem(self.path.name, found, 'city: str = "mihon" のような「名前: 型 = 値」')
                ) from None
            kind = ast.unparse(line.annotation)
            declared[line.target.id] = Parameter(line.target.id, kind, value)
        return declared


def notebooks_in(folder: Path) -> list[Notebook]:
    """All notebooks of a folder that a run could use, in the order of their names."""
    return [Notebook(path) for path in sorted(folder.glob("[1-9][0-9]_*.ipynb"))]


def notebooks_of(names: list[str], folder: Path) -> list[list[Notebook]]:
    """The named notebooks, grouped by stage, in the order they run.

    Raises:
        InputError: a name that is no notebook.
    """
    found = {notebook.name: notebook for notebook in notebooks_in(folder)}
    unknown = [name for name in names if name not in found]
    if unknown:
        raise InputError(
            Problem("notebooks", f"「{name}」はありません", remedy=nearest(name, found))
            for name in unknown
        )
    chosen = sorted((found[name] for name in set(names)), key=lambda notebook: notebook.name)
    return [[n for n in chosen if n.stage == stage] for stage in sorted({n.stage for n in chosen})]
