"""A title that the analyst writes is held against the numbers of the figure."""

import re
from collections.abc import Iterable

from helpers.drawing import Context
from helpers.figures.rows import Row
from helpers.labels import LABELS

_NUMBER = re.compile(r"[−+-]?\d[\d,]*(?:\.\d+)?")

# Numbers that name something instead of measuring it.
_NAMING = re.compile(
    r"(令和|平成|昭和)\d+年?度?|[RHS]\d+|FY\d{4}|(19|20)\d{2}(年度?)?|\d+(市|項目|区分|か年|年間)|95％"
)


def choose(written: str | None, computed: str, rows: Iterable[Row], context: Context) -> str:
    """The analyst's title if there is one and its numbers are those of the rows.

    Raises:
        ValueError: a number of the title is not among the printed numbers of the figure.
    """
    if written is None:
        return computed
    known = list(rows)
    allowed = {_plain(row.printed) for row in known} | {_plain(row.text) for row in known}
    allowed |= {f"{row.n:g}" for row in known}
    rest = written
    words = [pair[context.lang != "ja"] for pair in LABELS.values()]
    named = {each for row in known for each in (row.indicator, row.group, row.category)}
    words += [context.labels[each] for each in sorted(named) if each in context.labels]
    for word in sorted((w for w in words if re.search(r"\d", w)), key=len, reverse=True):
        rest = rest.replace(word, " ")
    rest = _NAMING.sub(" ", rest)
    for found in _NUMBER.findall(rest):
        if _plain(found) not in allowed:
            raise ValueError(
                f"題名「{written}」の数値「{found}」は、この図の数値にありません。"
                "題名を直すか、title= を外して計算された題名を使ってください。"
            )
    return written


def _plain(text: str) -> str:
    return text.replace(",", "").lstrip("+−-")
