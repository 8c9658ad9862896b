"""Configuration files: YAML read as text, converted by the declared type, never by guess.

YAML's own guesses spoil what cities write: 011002 becomes 4610, no becomes False, 12:30
becomes 750. Here every plain value is text until pydantic turns it into what the model says.

Configuration is passed between cities, so a file may come from anywhere: it is read event by
event, without recursion, and what no configuration needs (aliases, tags, a list as a key, depth,
size, control characters) is refused before anything is built from it.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, Self, TypeVar

import yaml

# pydantic asks every installed package whether it is a plugin of its own: 30 ms for nothing.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import BaseModel, ConfigDict, ValidationError

from helpers import recorder
from helpers.characters import problem_of
from helpers.problems import InputError, Message, Problem, Problems, Said, Unfit, near

MOST_BYTES = 1_000_000  # the largest that a city needs is a twentieth of it
MOST_LEVELS = 20
_SHOWN = 60  # characters of a value that a message quotes
_LINE_END = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")

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
NOT_OPENED = Message(
    "ファイルを開けません（{why}）",
    remedy="ふつうのファイルで、読む権限があるか確かめてください",
    en="the file cannot be opened ({why}). → see whether it is a plain file that may be read",
)
TOO_LARGE = Message(
    "設定のファイルが {found} バイトあります",
    "{most} バイトまで",
    "設定でないもの（データなど）が入っていないか確かめてください",
    "the configuration file has {found} bytes; at most {most} are read. → see whether data have "
    "got into it",
)
TOO_DEEP = Message(
    "入れ子が深すぎます{at}",
    "{most} 段まで",
    "閉じていない [ や {{ がないか確かめてください",
    "nested too deeply{at}; at most {most} levels are read. → look for a bracket left open",
)
ALIAS = Message(
    "YAML の参照（& や *）は使えません{at}",
    "同じ内容もそのつど書く",
    '* や & で始まる値は引用符（""）で囲んでください',
    "anchors and aliases of YAML (& and *) are not used here{at}. → write the content out; put a "
    "text that begins with * or & in quotes",
)
TAG = Message(
    "YAML の型の指定「{tag}」は使えません{at}",
    remedy='! で始まる値は引用符（""）で囲んでください',
    en="the YAML tag “{tag}” is not used here{at}. → put a text that begins with ! in quotes",
)
KEY_NO_TEXT = Message(
    "項目の名前が文字ではありません（一覧か表です）{at}",
    "「名前: 値」の形",
    "? や [ で始まる名前を直してください",
    "a key is no text but a list or a mapping{at}. → mend the name that begins with ? or [",
)
TWO_DOCUMENTS = Message(
    "「---」で区切られた文書が2つあります{at}",
    "1つ",
    "「---」の行を消してください",
    "there are two documents, parted by “---”{at}. → take that line out",
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
UNFIT_CHARACTER = Message("{why}{at}", en="{why}{at}")
CONTROL = Said(
    "制御文字（U+{code}、目に見えない文字）があります",
    "there is a control character (U+{code}), which cannot be seen. → delete it and type anew",
)

# Keys below which texts are only compared with raw files and never shown: what a vendor wrote
# there has to be written here the same, even where no font of ours could draw it.
_COMPARED = frozenset(
    {"columns", "items", "classes", "codes", "no_answer", "dont_know", "not_applicable"}
    | {"rows", "sheet", "file", "leave_out", "symbols", "year", "group", "code", "person"}
)


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


def read_configuration(
    path: Path,
    model: type[Model],
    completed: Callable[[dict[str, Any], Path], dict[str, Any]] | None = None,
) -> Model:
    """Read a YAML file into a pydantic model.

    Args:
        path: the file.
        model: what its content is.
        completed: puts in what the content only refers to, before it is checked.

    Raises:
        InputError: the file cannot be read, or every key that is unknown, missing or wrong.
    """
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise InputError(NOT_A_MAPPING.at(str(path)))
    if completed:
        content = completed(content, path)
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise InputError(dict.fromkeys(_as_problems(error, path, model))) from None


def read_yaml(path: Path) -> Any:
    """Read a YAML file with every plain value as text.

    Raises:
        InputError: it cannot be read as YAML (with line and column), a key stands twice, or
            every text with a character that no document can show.
    """
    text = _text_of(path)
    building = _Building(path)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            building.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = _place(mark) if mark else Said("", "")
        raise InputError(NOT_YAML.at(str(path), at=at)) from None
    except yaml.YAMLError:
        raise InputError(NOT_YAML.at(str(path), at=Said("", ""))) from None
    building.problems.stop_if_any()
    return building.result


def _text_of(path: Path) -> str:
    """The file as text, once it is small, UTF-8 and free of control characters."""
    try:
        if path.stat().st_size > MOST_BYTES:
            found = {"found": f"{path.stat().st_size:,}", "most": f"{MOST_BYTES:,}"}
            raise InputError(TOO_LARGE.at(str(path), **found))
        with recorder.by_parts():  # whoever reads a description says what is asked of it
            text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(NOT_UTF8.at(str(path))) from None
    except OSError as error:
        raise InputError(NOT_OPENED.at(str(path), why=error.strerror or error)) from None
    problems = Problems()
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if odd := _CONTROL.search(line):
            code = f"{ord(odd[0]):04X}"
            why = Said(CONTROL.ja.format(code=code), CONTROL.en.format(code=code))
            problems.note(UNFIT_CHARACTER.at(str(path), why=why, at=_said(number, odd.start() + 1)))
    problems.stop_if_any()
    return text


def _place(mark: Any) -> Said:
    return _said(mark.line + 1, mark.column + 1)


def _said(line: int, column: int) -> Said:
    return Said(f"（{line}行目 {column}文字目）", f" (line {line}, column {column})")


# libyaml where the wheel brings it: ten times as quick on a codebook.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class _Building:
    """What a file holds, built from its events one after the other.

    Attributes:
        path: the file, for messages.
        result: what it holds, once all events are taken.
        problems: texts with characters that cannot be shown.
        open: the mappings and lists that are not closed yet, outermost first.
        keys: the key under which each of them, and what comes next, stands.
    """

    path: Path
    result: Any = None
    problems: Problems = field(default_factory=Problems)
    open: list[dict[str, Any] | list[Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    documents: int = 0

    def take(self, event: yaml.Event) -> None:
        """Go on with the next event.

        Raises:
            InputError: something that a configuration does not use.
        """
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._refuse(TWO_DOCUMENTS, event)
        elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._refuse(ALIAS, event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
            self.keys.pop()
            self._named()
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event)

    def _open(self, event: Any) -> None:
        if event.tag:
            self._refuse(TAG, event, tag=event.tag)
        if self._wants_key():
            self._refuse(KEY_NO_TEXT, event)
        if len(self.open) == MOST_LEVELS:
            self._refuse(TOO_DEEP, event, most=MOST_LEVELS)
        content: dict[str, Any] | list[Any]
        content = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._put(content)
        self.open.append(content)
        self.keys.append(None)

    def _scalar(self, event: Any) -> None:
        if event.tag and event.tag != "!":
            self._refuse(TAG, event, tag=event.tag)
        text = str(event.value)
        if self._wants_key():
            mapping = self.open[-1]
            if text in mapping:
                self._refuse(KEY_TWICE, event, key=text)
            self.keys[-1] = text
            self._look_at(text, event)
            return
        self._look_at(text, event)
        self._put(None if not event.style and text in ("", "null", "~") else text)
        self._named()

    def _wants_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1], dict) and self.keys[-1] is None

    def _put(self, value: Any) -> None:
        """Into the innermost mapping or list that is open."""
        if not self.open:
            self.result = value
        elif isinstance(inner := self.open[-1], dict):
            inner[str(self.keys[-1])] = value
        else:
            inner.append(value)

    def _named(self) -> None:
        """A value is complete: a mapping waits for its next key."""
        if self.open and isinstance(self.open[-1], dict):
            self.keys[-1] = None

    def _look_at(self, text: str, event: Any) -> None:
        names = [key for key in self.keys if key is not None]
        why = None if _COMPARED.intersection(names) else problem_of(text)
        if why:
            where = f"{self.path} {'.'.join(names)}".rstrip()
            self.problems.note(UNFIT_CHARACTER.at(where, why=why, at=_place(event.start_mark)))

    def _refuse(self, message: Message, event: Any, **words: object) -> NoReturn:
        raise InputError(message.at(str(self.path), at=_place(event.start_mark), **words))


# What pydantic says in English only, by the type of its error.
_WHYS: dict[str, Said] = {
    "int": Said("整数を書きます", "a whole number is needed"),
    "float": Said("数値を書きます", "a number is needed"),
    "bool": Said("true か false を書きます", "true or false is needed"),
    "literal": Said("使えるのは {expected} です", "there are: {expected}"),
    "string_pattern": Said("書き方が {pattern} に合いません", "it does not fit {pattern}"),
    "string": Said("文字を書きます", "a text is needed"),
    "list": Said(
        "一覧（[…] か「- 」の行）を書きます", "a list ([…], or lines with “- ”) is needed"
    ),
    "dict": Said("「名前: 値」の形で書きます", "a “name: value” list is needed"),
    "model": Said("「名前: 値」の形で書きます", "a “name: value” list is needed"),
    "greater": Said("{ge} 以上の数です", "at least {ge} is needed"),
    "less": Said("{le} 以下の数です", "at most {le} is possible"),
}


def _why(detail: Any) -> Said | str:
    """Why a value does not fit, in both languages where we have the words."""
    context = detail.get("ctx", {})
    error = context.get("error")
    if isinstance(error, Unfit):
        return error.said
    for kind, said in _WHYS.items():
        if detail["type"].startswith(kind):
            shown = {"ge": context.get("gt"), "le": context.get("lt")} | context
            return Said(said.ja.format_map(shown), said.en.format_map(shown))
    return str(detail["msg"])


def _as_problems(error: ValidationError, path: Path, model: type[BaseModel]) -> Iterator[Problem]:
    for detail in error.errors():
        inner = detail.get("ctx", {}).get("error")
        if isinstance(inner, ValidationError):  # what holds from a year on is checked on its own
            for each in inner.errors():
                yield _as_problem(each | {"loc": (*detail["loc"], *each["loc"])}, path, model)
        else:
            yield _as_problem(detail, path, model)


def _as_problem(detail: Any, path: Path, model: type[BaseModel]) -> Problem:
    """A pydantic error as a sentence that names the key."""
    key = ".".join(str(part) for part in detail["loc"])
    where = f"{path} {key}".rstrip()
    last = str(detail["loc"][-1]) if detail["loc"] else ""
    if detail["type"] == "extra_forbidden":
        known = _known_keys(model, detail["loc"][:-1])
        return UNKNOWN_KEY.at(where, key=last, near=near(last, known))
    if detail["type"] == "missing":
        return MISSING_KEY.at(where, key=last)
    if isinstance(detail["input"], dict):  # what is wrong is how its parts go together
        return UNFIT_PART.at(where, why=_why(detail))
    found = str(detail["input"])
    shown = found if len(found) <= _SHOWN else f"{found[:_SHOWN]}…"
    return UNFIT_VALUE.at(where, found=shown, why=_why(detail))


def _known_keys(model: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
    """The keys that the model allows at a place, looking through dicts and lists of models."""
    for part in location:
        field_ = model.model_fields.get(str(part))
        if field_ is None:
            continue
        inner = _inner_model(field_.annotation)
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
