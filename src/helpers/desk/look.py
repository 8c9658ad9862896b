"""What a notebook shows of a table: it passes a door first, and is published as it is shown.

Indicator rows pass as the first door lets them; any other table passes if it is no row a person,
and with small counts of people hidden. What passed is a ``Table``: in a run its display carries
the seal (``helpers.seal``), while a frame made of it is a plain frame again, and stays here.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from helpers import seal
from helpers.indicators.rows import HIDDEN, key_of, view
from helpers.person_rows import Answers, looks_like_respondents, seen
from helpers.problems import InputError, Message
from helpers.tables import RULES, Disclosure

A_PERSON = Message(
    "desk.look に渡した表は、1行（か1列）が回答者1人の回答に見えます（{sign}）",
    "人数・割合などの集計表",
    '回答データは公開できません。responses["age_group"].value_counts() のように数えてから'
    " desk.look に渡してください（手元で見るだけなら desk.look は要りません）",
    "the table given to desk.look seems to hold a person's answers a row, or a column ({sign}). → "
    'responses cannot be published: count first, as responses["age_group"].value_counts(), and '
    "look at that (to see them yourself you need no desk.look)",
)
SMALL_BASE = Message(
    "desk.look に渡した指標 {key} は、回答者が {base} 人に満たないのに隠れていません",
    "秘匿した行",
    "回答から作った行は、秘匿してから見せてください（25 の estimated.protected を参照）",
    "the indicator {key} given to desk.look has a base under {base} and is not hidden. → hide rows "
    "made from answers first (see estimated.protected in 25)",
)
_ROW = {"indicator", "breakdown", "group", "category", "printed", "fiscal_year"}


class Table(pd.DataFrame):
    """A table that passed the door (``passed``); what is made of it is a plain frame."""

    def _shown(self) -> dict[str, str]:
        plain = pd.DataFrame(self)
        return {"text/html": plain._repr_html_(), "text/plain": repr(plain)}

    def _repr_mimebundle_(self, **_: object) -> Any:
        """As a frame is shown; sealed, unless it was changed after it passed."""
        shown = self._shown()
        told, metadata = self.__dict__.get("_passed", ({}, {}))
        return (shown, metadata) if metadata and shown == told else shown


def passed(frame: pd.DataFrame) -> Table:
    """A table that may be published as it is shown.

    Raises:
        InputError: it holds a row a person.
    """
    _refuse_a_person(frame)
    return _marked(frame)


def _marked(frame: pd.DataFrame) -> Table:
    table = Table(frame)
    shown = table._shown()
    # Past pandas, which would take it for a column.
    object.__setattr__(table, "_passed", (shown, seal.sealed(shown)))
    return table


def looked(
    rows: object, *more: str, label: Callable[[str], str], rules: Disclosure = RULES
) -> Table:
    """A table as readers may see it.

    Args:
        rows: indicator rows, or a table, a series or a mapping of counts, shares, settings.
        more: further columns of indicator rows, ``n``, ``low``, ``high``, ``flag``.
        label: what the edition calls a group.
        rules: those of the first door; an edition may be stricter.

    Raises:
        InputError: it holds a row a person, or indicator rows that must be hidden.
    """
    if isinstance(rows, pd.DataFrame) and set(rows.columns) >= _ROW:
        return _rows(rows.to_dict("records"), more, label, rules)
    if isinstance(rows, Mapping):
        return _table(pd.Series(rows, dtype=object).rename("").to_frame(), rules)
    if isinstance(rows, pd.Series):
        return _table(rows.to_frame(), rules)
    if isinstance(rows, pd.DataFrame):
        return _table(rows, rules)
    several = isinstance(rows, Iterable) and not isinstance(rows, str)
    records: list[Any] = list(rows) if several else [rows]  # type: ignore[call-overload]
    if all(isinstance(record, Mapping) and set(record) >= _ROW for record in records):
        return _rows(records, more, label, rules)
    if records and all(isinstance(record, Mapping) for record in records):
        return _table(pd.DataFrame(records), rules)
    return _table(pd.DataFrame({"": pd.Series(records, dtype=object)}), rules)


def _rows(
    records: list[Mapping[str, Any]],
    more: Iterable[str],
    label: Callable[[str], str],
    rules: Disclosure,
) -> Table:
    least = rules.smallest_base
    for row in records:
        small = row.get("basis") == "microdata" and row.get("n", least) < least
        if small and row.get("flag") != "suppressed" and row["printed"] != HIDDEN:
            raise InputError(SMALL_BASE.at("desk.look", key=key_of(row), base=least))
    if not records:
        return passed(pd.DataFrame(columns=["group", "fiscal_year", "printed", "unit"]))
    shown = view(records, *more).drop(columns="basis")
    if shown["definition"].nunique() == 1:
        shown = shown.drop(columns="definition")
    shown.insert(1, "group", [label(str(row["group"])) for row in records])
    return passed(shown.set_index("key"))


def _table(frame: pd.DataFrame, rules: Disclosure) -> Table:
    _refuse_a_person(frame)  # before anything is hidden in it
    return _marked(_small_counts_hidden(frame, rules.smallest_base))


def _refuse_a_person(frame: pd.DataFrame) -> None:
    if sign := person_in(frame):
        raise InputError(A_PERSON.at("desk.look", sign=sign))


def person_in(frame: pd.DataFrame) -> str:
    """By what a table is known to hold a person's answers in a row or column, if it does."""
    whole = frame.reset_index() if any(n is not None for n in frame.index.names) else frame
    names = [" ".join(map(str, n)) if isinstance(n, tuple) else str(n) for n in whole.columns]
    cells = [names, *([str(cell) for cell in row] for row in whole.itertuples(index=False))]
    beside = [[str(index), *row] for index, row in zip(["", *frame.index], cells, strict=True)]
    looks = [["" if cell == "nan" else cell for cell in row] for row in cells]
    if sign := looks_like_respondents(looks, counted=_named(frame.index)):
        return sign
    answers = known_answers()
    if answers is None:
        return ""
    variables = set(answers.variables)
    if frame.shape[0] > 1 and not _named(frame.index) and variables & set(names):
        counted = any(str(kind).lower().startswith(("int", "float")) and name not in variables
                      for name, kind in zip(names, whole.dtypes, strict=True))  # fmt: skip
        if not counted:
            return "columns of the responses, not counted"
    return answers.sign_of(cells) or answers.sign_of(beside)


def _named(index: pd.Index) -> bool:
    """Whether rows are named by something else than their number."""
    numbered = pd.api.types.is_integer_dtype(index.dtype)
    return any(name is not None for name in index.names) or not numbered


def known_answers() -> Answers | None:
    """The answers that this process has read, if any; made again when more have been read."""
    frames = seen()
    if not frames:
        return None
    if not (len(_known) == 1 and _same(_known[0][0], frames)):
        _known[:] = [(frames, Answers([{n: f[n].tolist() for n in f.columns} for f in frames]))]
    return _known[0][1]


# What the answers that this process has read look like, worked out once for the same frames.
_known: list[tuple[list[Any], Answers]] = []


def forget() -> None:
    """In a kernel that is lent again: the answers were those of the notebook before."""
    _known.clear()


def _same(some: list[Any], others: list[Any]) -> bool:
    return len(some) == len(others) and all(a is b for a, b in zip(some, others, strict=True))


def _small_counts_hidden(frame: pd.DataFrame, least: int) -> pd.DataFrame:
    """Counts of people by a group or an answer, the small ones hidden, and never one alone.

    Where a single cell of a column would be hidden, the next smallest is too: the total may stand
    elsewhere.
    """
    answers = known_answers()
    grouped = {str(name) for name in (*frame.index.names, *frame.columns.names)}
    if answers is None or not grouped & {*answers.variables}:
        return frame
    out = frame.copy()
    for i in range(frame.shape[1]):
        column = frame.iloc[:, i]
        if not pd.api.types.is_integer_dtype(column.dtype):
            continue
        small = (column > 0) & (column < least)
        if small.sum() == 1 and len(column) > 1:
            small |= column == column[~small & (column > 0)].min()
        if small.any():
            out.isetitem(i, column.astype(object).mask(small.astype(bool), HIDDEN))
    return out
