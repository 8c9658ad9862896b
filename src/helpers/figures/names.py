"""The names a caller gives a chart: ids, or words as tables and charts show them.

A name that no row has would be left out, and the chart and its title would speak of the rest as
if it were all: it is refused instead, here, for every chart type.
"""

import inspect
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.drawing import Context
from helpers.labels import label
from helpers.problems import InputError, Message, Problem, listed, near

# Which column of the rows a parameter of a chart function names.
_COLUMNS = {
    "indicator": "indicator",
    "across": "indicator",
    "up": "indicator",
    "columns": "indicator",
    "line": "indicator",
    "sample": "indicator",
    "register": "indicator",
    "breakdown": "breakdown",
    "groups": "group",
    "highlight": "group",
    "own": "group",
    "category": "category",
    "categories": "category",
    "intents": "category",
}
_NARROWING = ("indicator", "breakdown")  # a group counts only where the chart looks for it

NO_SUCH_NAME = Message(
    "「{name}」は、この図の行にありません",
    "行にある名前（図や表に出ている言葉でもよい）",
    "{near}",
    "no row of this figure has “{name}”. → {near}",
)
SEVERAL_NAMES = Message(
    "「{name}」と表示されるものが {ids} の {count} つあります",
    remedy="ID で書き分けてください",
    en="“{name}” is what several are called: {ids}. → write the id instead",
)


def resolved(
    function: Callable[..., Any], rows: pd.DataFrame, given: Mapping[str, Any], context: Context
) -> dict[str, Any]:
    """The given arguments with every name as its id.

    Args:
        function: the chart function; its defaults are not held against the rows.
        rows: the indicator rows that it is given.
        given: the arguments by name, as the caller wrote them.
        context: knows the edition's own words.

    Raises:
        InputError: every name that no row has, with the nearest one, or that means several.
    """
    out = dict(given)
    problems: list[Problem] = []
    parameters = inspect.signature(function).parameters
    asked = {name: given.get(name, p.default) for name, p in parameters.items()}
    for parameter in sorted(_COLUMNS.keys() & given.keys(), key=list(_COLUMNS).index):
        value = given[parameter]
        if value is None or value == "" or parameter not in parameters:
            continue
        column = _COLUMNS[parameter]
        looked_at = rows
        for other in _NARROWING:
            names = _listed(asked.get(other))
            if names and other in parameters and column not in (other, "breakdown"):
                looked_at = looked_at[looked_at[other].isin([*names, "total"])]
        words = _words(looked_at, column, context)
        if parameter == "own":  # the own city's number may stand as the whole
            words.setdefault(context.edition.split()[0], [context.edition.split()[0]])
        found = []
        for name in _listed(value):
            ids = words.get(name) or words.get(_plain(name)) or []
            where = f"{function.__name__}({parameter}=)"
            if len(ids) == 1:
                found.append(ids[0])
            elif ids:
                same = {"name": name, "ids": listed(ids), "count": len(ids)}
                problems.append(SEVERAL_NAMES.at(where, **same))
            else:
                said = near(name, _listing(words, context))
                problems.append(NO_SUCH_NAME.at(where, name=name, near=said))
        asked[parameter] = out[parameter] = found[0] if isinstance(value, str) and found else found
    if problems:
        raise InputError(problems)
    return out


def _listed(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(one) for one in value] if isinstance(value, Sequence) else []


def _words(rows: pd.DataFrame, column: str, context: Context) -> dict[str, list[str]]:
    """What a column of the rows may be called: each id, and the words shown for it."""
    ids = [str(one) for one in rows[column].dropna().unique() if one != ""]
    words: dict[str, list[str]] = {one: [one] for one in _with_parts(rows, column, ids)}
    shown: dict[str, list[str]] = {}
    for one in list(words):
        names = [one]
        if column == "category":
            names = [f"{indicator}.{one}" for indicator in rows["indicator"].unique()]
        for text in dict.fromkeys(_plain(t) for n in names for t in _shown(n, context)):
            shown.setdefault(text, []).append(one)
    return {text: list(dict.fromkeys(ones)) for text, ones in shown.items()} | words


def _listing(words: Mapping[str, Sequence[str]], context: Context) -> list[str]:
    """The ids and what is shown for them, as a remedy lists them."""
    ids = dict.fromkeys(one for ones in words.values() for one in ones)
    return list(dict.fromkeys(text for one in ids for text in (one, *_shown(one, context)[:1])))


def _with_parts(rows: pd.DataFrame, column: str, ids: Iterable[str]) -> list[str]:
    """An intent is the category of its own rows, the group or the beginning of others."""
    found = list(ids)
    if column == "category":
        found += [one.partition(".")[0] for one in found if "." in one]
        found += [str(one) for one in rows.loc[rows["breakdown"] == "intent", "group"].unique()]
    return list(dict.fromkeys(found))


def _shown(name: str, context: Context) -> list[str]:
    """The words for an id, in both languages: a notebook is drawn in both."""
    texts = []
    for lang in ("ja", "en"):
        try:
            texts.append(label(name, lang, context.words.get(lang, context.labels)))
        except KeyError:
            continue
    return texts


def _plain(text: str) -> str:
    """A name for comparing: half-width, one kind of dash and wave, no spaces."""
    one_kind = str.maketrans({"〜": "~", "–": "-", "—": "-", "−": "-", "‐": "-"})
    return "".join(unicodedata.normalize("NFKC", text).translate(one_kind).split())
