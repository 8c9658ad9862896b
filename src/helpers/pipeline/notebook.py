"""A notebook as the run sees it: its stage, its headings, its parameters and their values."""

import ast
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from helpers.problems import InputError, Message, Problems, Said, near
from helpers.years import parse_year

STAGES = {1: "cleaning", 2: "indicators", 3: "figures"}
NO_NOTEBOOK = Message(
    "ノートブックとして読めません",
    remedy="JupyterLab で開いて保存し直すか、git で前の版に戻してください",
    en="cannot be read as a notebook. → open and save it in JupyterLab, or take the last version "
    "from git",
)
NO_PARAMETERS = Message(
    "パラメーターのセルがありません",
    remedy="最初のコードセルに parameters というタグを付けてください",
    en="has no cell of parameters. → give its first code cell the tag “parameters”",
)
NOT_DECLARED = Message(
    "パラメーターのセルの {line} 行目が読めません",
    'city: str = "mihon" のような「名前: 型 = 値」',
    en='line {line} of the cell of parameters is no “name: type = value”, as city: str = "mihon"',
)
UNKNOWN = Message(
    "「{name}」はありません", remedy="{near}", en="there is no notebook “{name}”. → {near}"
)
FIXED = Message(
    "「{name}」は CITY と YEAR で決まります",
    remedy="-p から外してください",
    en="“{name}” is given by CITY and YEAR. → leave it out",
)
LANGUAGES = Message(
    "「lang」は edition.yml の languages で決まります",
    remedy="-p から外し、edition.yml に languages: [ja, en] と書いてください"
    "（日本語と英語の図と文書が並びます）",
    en="“lang” is decided by languages in edition.yml. → leave it out of -p, and write languages: "
    "[ja, en] in edition.yml: figures and documents of both languages stand side by side",
)
NOT_KNOWN = Message(
    "「{name}」というパラメーターはどのノートブックにもありません",
    remedy="{near}",
    en="no notebook has a parameter “{name}”. → {near}",
)
NOT_PASSED = Message(
    "{kind} 型の値は渡せません",
    remedy="ノートブックのパラメーターのセルで変えてください",
    en="a value of type {kind} cannot be passed. → change it in the notebook's cell of parameters",
)
UNFIT = Message(
    "「{text}」は使えません", "{expected}", en="“{text}” cannot be used. → write {expected}"
)


@dataclass(frozen=True)
class Parameter:
    """A declared parameter: ``fiscal_year: int = 2025``."""

    name: str
    kind: str
    default: object


@dataclass(frozen=True)
class Notebook:
    """One notebook file, in one language.

    Attributes:
        path: the file.
        lang: the language that a run executes it in beside Japanese; empty for that itself.
    """

    path: Path
    lang: str = ""

    @property
    def name(self) -> str:
        """``31_figures_attachment``; ``31_figures_attachment.en`` as executed in English."""
        return f"{self.path.stem}.{self.lang}" if self.lang else self.path.stem

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
            raise InputError(NO_NOTEBOOK.at(str(self.path))) from None

    @property
    def code(self) -> list[str]:
        """The sources of the code cells."""
        return ["".join(cell["source"]) for cell in self.cells if cell["cell_type"] == "code"]

    @property
    def text(self) -> str:
        """Code and prose, cell by cell: what the notebook as executed shows beside outputs."""
        return "\0".join(f"{cell['cell_type']} {''.join(cell['source'])}" for cell in self.cells)

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """What the cell tagged ``parameters`` declares, by name.

        Raises:
            InputError: there is no such cell, or a line is not ``name: type = literal``.
        """
        for cell in self.cells:
            if "parameters" in cell.get("metadata", {}).get("tags", []):
                return self._declared("".join(cell["source"]))
        raise InputError(NO_PARAMETERS.at(self.path.name))

    def _declared(self, source: str) -> dict[str, Parameter]:
        declared = {}
        for line in ast.parse(source).body:
            try:
                assert isinstance(line, ast.AnnAssign)
                assert isinstance(line.target, ast.Name) and line.value is not None
                value = ast.literal_eval(line.value)
            except (AssertionError, ValueError):
                raise InputError(NOT_DECLARED.at(self.path.name, line=line.lineno)) from None
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
            UNKNOWN.at("notebooks", name=name, near=near(name, found)) for name in unknown
        )
    chosen = sorted((found[name] for name in set(names)), key=lambda notebook: notebook.name)
    return [[n for n in chosen if n.stage == stage] for stage in sorted({n.stage for n in chosen})]


def in_languages(stages: list[list[Notebook]], languages: Iterable[str]) -> list[list[Notebook]]:
    """The stages with every notebook that has a language once for each."""
    others = [lang for lang in languages if lang != "ja"]

    def each(notebook: Notebook) -> list[Notebook]:
        spoken = others if "lang" in notebook.parameters else []
        return [notebook, *(replace(notebook, lang=lang) for lang in spoken)]

    return [
        [
            one
            for notebook in stage
            for one in (each(notebook) if notebook.stage == 3 else [notebook])
        ]
        for stage in stages
    ]


def _text(text: str) -> str:
    return text


def _whole(text: str) -> int:
    """``12,000``; Python's own ``1_2`` and ``１２`` are more likely slips."""
    if not re.fullmatch(r"[+-]?(\d+|\d{1,3}(,\d{3})+)", text, re.ASCII):
        raise ValueError(text)
    return int(text.replace(",", ""))


def _decimal(text: str) -> float:
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", text, re.ASCII):
        raise ValueError(text)
    return float(text)


def _truth(text: str) -> bool:
    words = {"true": True, "yes": True, "はい": True, "false": False, "no": False, "いいえ": False}
    return words[text.lower()]


KINDS: Mapping[str, tuple[Callable[[str], Any], Said]] = {
    "str": (_text, Said("文字", "text")),
    "int": (_whole, Said("整数", "a whole number")),
    "float": (_decimal, Said("数値", "a number")),
    "bool": (_truth, Said("true か false", "true or false")),
}
CHOICES: Mapping[str, tuple[str, ...]] = {"lang": ("ja", "en")}


def resolve(
    given: Mapping[str, str], fixed: Mapping[str, object], notebooks: Iterable[Notebook]
) -> dict[str, dict[str, object]]:
    """The parameters of every notebook, before any kernel starts.

    Args:
        given: what the user passed with ``-p name=value``, as text.
        fixed: what the edition decides (city, fiscal year).
        notebooks: the notebooks that will run.

    Returns:
        For each notebook's name, its parameters: those it declares, and no others.

    Raises:
        InputError: an unknown name (with the nearest one), or a value that is not of the type.
    """
    problems = Problems()
    chosen = list(notebooks)
    known = {name for notebook in chosen for name in notebook.parameters}
    for name in given:
        if name == "lang":
            problems.note(LANGUAGES.at("-p lang"))
        elif name in fixed:
            problems.note(FIXED.at(f"-p {name}", name=name))
        elif name not in known:
            problems.note(NOT_KNOWN.at(f"-p {name}", name=name, near=near(name, known)))
    values = {
        notebook.name: {
            name: _value(parameter, given, {**fixed, "lang": notebook.lang or "ja"}, problems)
            for name, parameter in notebook.parameters.items()
        }
        for notebook in chosen
    }
    unique = {str(problem): problem for problem in problems}
    once = Problems()
    once.extend(unique.values())
    once.stop_if_any()
    return values


def _value(
    parameter: Parameter,
    given: Mapping[str, str],
    fixed: Mapping[str, object],
    problems: Problems,
) -> object:
    name = parameter.name
    if name in fixed:
        return fixed[name]
    if name not in given:
        return parameter.default
    text = given[name]
    if parameter.kind not in KINDS:
        problems.note(NOT_PASSED.at(f"-p {name}", kind=parameter.kind))
        return None
    read, expected = KINDS[parameter.kind]
    try:
        is_year = name.endswith("year") and parameter.kind == "int"
        value = parse_year(text) if is_year else read(text)
    except (ValueError, KeyError):
        problems.note(UNFIT.at(f"-p {name}", text=text, expected=expected))
        return None
    if name in CHOICES and value not in CHOICES[name]:
        ja, en = (word.join(CHOICES[name]) for word in (" か ", " or "))
        problems.note(UNFIT.at(f"-p {name}", text=text, expected=Said(ja, en)))
    return value
