"""Configuration files: YAML read as text, converted by the declared type, never by guess.

YAML's own guesses spoil what cities write: 011002 becomes 4610, no becomes False, 12:30
becomes 750. Here every plain value is text until pydantic turns it into what the model says.
"""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from helpers.problems import InputError, Problem, Problems, nearest


class Part(BaseModel):
    """What all parts of a configuration have in common: an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=BaseModel)


def read_configuration(path: Path, model: type[Model]) -> Model:
    """Read a YAML file into a pydantic model.

    Raises:
        InputError: the file cannot be read, or every key that is unknown, missing or wrong.
    """
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise InputError(Problem(str(path), "中身が「名前: 値」の形になっていません"))
    try:
        return model.model_validate(content)
    except ValidationError as error:
        problems = Problems()
        for detail in error.errors():
            problems.extend([_as_problem(detail, path, model)])
        raise InputError(problems) from None


def read_yaml(path: Path) -> Any:
    """Read a YAML file with every plain value as text.

    Raises:
        InputError: it cannot be read as YAML (with line and column), or a key stands twice.
    """
    try:
        loader = _TextLoader(path.read_text(encoding="utf-8-sig"))
        node = loader.get_single_node()
        _refuse_repeated_keys(node, path)
        return None if node is None else loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = f" {mark.line + 1}行目 {mark.column + 1}文字目" if mark else ""
        remedy = "字下げと「:」のあとの空白を確かめてください"
        raise InputError(Problem(f"{path}{at}", "YAML として読めません", remedy=remedy)) from None
    except UnicodeDecodeError:
        remedy = "メモ帳などで UTF-8 を選んで保存し直してください"
        raise InputError(Problem(str(path), "UTF-8 ではありません", remedy=remedy)) from None


# libyaml where the wheel brings it: ten times as quick on a codebook.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _TextLoader(_Loader):
    """A safe loader for which every plain value is text, and an empty one is None."""


def _plain_text(_: Any, node: yaml.ScalarNode) -> str | None:
    return None if not node.style and node.value in ("", "null", "~") else str(node.value)


for _kind in ("int", "float", "bool", "timestamp", "null"):
    _TextLoader.add_constructor(f"tag:yaml.org,2002:{_kind}", _plain_text)


def _refuse_repeated_keys(node: yaml.Node | None, path: Path) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                raise InputError(Problem(f"{path} {line}行目", f"「{key.value}」が2回あります"))
            seen.add(key.value)
            _refuse_repeated_keys(value, path)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_repeated_keys(item, path)


def _as_problem(detail: Any, path: Path, model: type[BaseModel]) -> Problem:
    """A pydantic error as a sentence that names the key."""
    key = ".".join(str(part) for part in detail["loc"])
    where = f"{path} {key}"
    if detail["type"] == "extra_forbidden":
        known = _known_keys(model, detail["loc"][:-1])
        return Problem(
            where,
            f"「{detail['loc'][-1]}」という項目はありません",
            remedy=nearest(str(detail["loc"][-1]), known),
        )
    if detail["type"] == "missing":
        return Problem(
            where, "必要な項目がありません", remedy=f"「{detail['loc'][-1]}:」の行を足してください"
        )
    return Problem(where, f"「{detail['input']}」は使えません（{detail['msg']}）")


def _known_keys(model: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
    """The keys that the model allows at a place, looking through dicts and lists of models."""
    for part in location:
        field = model.model_fields.get(str(part))
        if field is None:
            continue
        inner = _inner_model(field.annotation)
        if inner is None:
            return []
        model = inner
    return list(model.model_fields)


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if inner := _inner_model(argument):
            return inner
    return None
