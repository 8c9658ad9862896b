"""Configuration files: YAML read as text, converted by the declared type, never by guess.

YAML's own guesses spoil what cities write: 011002 becomes 4610, no becomes False, 12:30
becomes 750. Here every plain value is text until pydantic turns it into what the model says.
"""

import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Self, TypeVar

import yaml

# pydantic asks every installed package whether it is a plugin of its own: 30 ms for nothing.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import BaseModel, ConfigDict, ValidationError

from helpers import recorder
from helpers.problems import InputError, Message, Problem, Problems, Said, Unfit, near

NOT_A_MAPPING = Message(
    "中身が「名前: 値」の形になっていません", en="its content is no “name: value” list"
)
NOT_YAML = Message(
    "YAML として読めません{at}",
    remedy="字下げと「:」のあとの空白を確かめてください",
    en="not readable as YAML{at}. → look at the indentation and the space after “:”",
)
NOT_UTF8 = Message(
    "UTF-8 ではありません",
    remedy="メモ帳などで UTF-8 を選んで保存し直してください",
    en="not UTF-8. → save it as UTF-8 in a text editor",
)
KEY_TWICE = Message("「{key}」が2回あります{at}", en="“{key}” is there twice{at}")
UNKNOWN_KEY = Message(
    "「{key}」という項目はありません", remedy="{near}", en="there is no key “{key}”. → {near}"
)
MISSING_KEY = Message(
    "必要な項目がありません",
    remedy="「{key}:」の行を足してください",
    en="a key that is needed is missing. → add a line “{key}:”",
)
UNFIT_VALUE = Message("「{found}」は使えません（{why}）", en="“{found}” cannot be used ({why})")
UNFIT_PART = Message("{why}", en="{why}")


class Part(BaseModel):
    """What all parts of a configuration have in common: an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Description(Part):
    """What a whole file describes; a notebook's key holds the fields that were asked for.

    A comment, or the label of another figure, makes nothing run again.
    """

    _path: Path | None = None

    def asked_from(self, path: Path) -> Self:
        """The description, from now on recording what is asked of it; call it when it is whole."""
        for name in type(self).model_fields:
            if isinstance(content := self.__dict__[name], dict):
                self.__dict__[name] = recorder.Described(content, path, name)
        self._path = path
        return self

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        fields = _fields(type(self))
        one = name in fields and not isinstance(value, recorder.Described)
        if (one or name in _LOOKS_AT_ALL) and (path := self._recorded_from()):
            for field in [name] if one else fields:
                recorder.asked(path, field)
        return value

    def _recorded_from(self) -> Path | None:
        with suppress(AttributeError):  # it is still being checked
            return (super().__getattribute__("__pydantic_private__") or {}).get("_path")
        return None


# What gives a model away whole.
_LOOKS_AT_ALL = {"__dict__", "__getstate__", "model_copy", "model_dump", "model_dump_json"}


@cache
def _fields(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(model.model_fields)


Model = TypeVar("Model", bound=BaseModel)


def read_configuration(path: Path, model: type[Model]) -> Model:
    """Read a YAML file into a pydantic model.

    Raises:
        InputError: the file cannot be read, or every key that is unknown, missing or wrong.
    """
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise InputError(NOT_A_MAPPING.at(str(path)))
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
        with recorder.by_parts():  # whoever reads a description says what is asked of it
            text = path.read_text(encoding="utf-8-sig")
        loader = _TextLoader(text)
        node = loader.get_single_node()
        _refuse_repeated_keys(node, path)
        return None if node is None else loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = _place(mark.line + 1, mark.column + 1) if mark else Said("", "")
        raise InputError(NOT_YAML.at(str(path), at=at)) from None
    except UnicodeDecodeError:
        raise InputError(NOT_UTF8.at(str(path))) from None


def _place(line: int, column: int) -> Said:
    return Said(f"（{line}行目 {column}文字目）", f" (line {line}, column {column})")


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
                at = _place(key.start_mark.line + 1, key.start_mark.column + 1)
                raise InputError(KEY_TWICE.at(str(path), key=key.value, at=at))
            seen.add(key.value)
            _refuse_repeated_keys(value, path)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_repeated_keys(item, path)


def _as_problem(detail: Any, path: Path, model: type[BaseModel]) -> Problem:
    """A pydantic error as a sentence that names the key."""
    key = ".".join(str(part) for part in detail["loc"])
    where = f"{path} {key}"
    last = str(detail["loc"][-1]) if detail["loc"] else ""
    if detail["type"] == "extra_forbidden":
        known = _known_keys(model, detail["loc"][:-1])
        return UNKNOWN_KEY.at(where, key=last, near=near(last, known))
    if detail["type"] == "missing":
        return MISSING_KEY.at(where, key=last)
    error = detail.get("ctx", {}).get("error")
    why = error.said if isinstance(error, Unfit) else detail["msg"]
    if isinstance(detail["input"], dict):  # what is wrong is how its parts go together
        return UNFIT_PART.at(where, why=why)
    return UNFIT_VALUE.at(where, found=detail["input"], why=why)


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
