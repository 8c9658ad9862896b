"""Parameters given to a run: read by the type that the notebook declares, never by guess."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from helpers.pipeline.notebook import Notebook, Parameter
from helpers.problems import Problems, nearest
from helpers.years import parse_year


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


KINDS: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "str": (_text, "文字"),
    "int": (_whole, "整数"),
    "float": (_decimal, "数値"),
    "bool": (_truth, "true か false"),
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
        if name in fixed:
            found = f"「{name}」は CITY と YEAR で決まります"
            problems.add(f"-p {name}", found, remedy="-p から外してください")
        elif name not in known:
            found = f"「{name}」というパラメーターはどのノートブックにもありません"
            problems.add(f"-p {name}", found, remedy=nearest(name, known))
    values = {
        notebook.name: {
            name: _value(parameter, given, fixed, problems)
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
        remedy = "ノートブックのパラメーターのセルで変えてください"
        problems.add(f"-p {name}", f"{parameter.kind} 型の値は渡せません", remedy=remedy)
        return None
    read, expected = KINDS[parameter.kind]
    try:
        is_year = name.endswith("year") and parameter.kind == "int"
        value = parse_year(text) if is_year else read(text)
    except (ValueError, KeyError):
        problems.add(f"-p {name}", f"「{text}」は使えません", expected)
        return None
    if name in CHOICES and value not in CHOICES[name]:
        problems.add(f"-p {name}", f"「{text}」は使えません", " か ".join(CHOICES[name]))
    return value
