"""A row a person: how one is known in a table, by its looks and by the answers themselves.

By its looks, where nobody knows the answers: before a file goes into git. By the answers, where
they are at hand: before anything is published, and before a table is shown to readers.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

from helpers.contents import Part, Rows

# --- by its looks ---------------------------------------------------------------------------

# What vendors call the number, the name and the free text of one respondent.
PERSON = re.compile(
    r"(整理|会員|受付|回答者|調査票|モニター|サンプル|標本)\s*(番号|No|ID)|^氏名|自由(意見|記述|回答)"
    r"|ご意見|^回答者(ID|名|No)$|^\s*(respondent|person|rid|pid|respid)(_?(id|no))?\s*$",
    re.IGNORECASE,
)
QUESTION = re.compile(r"^\s*(問|Q|設問|質問)\s*[0-9０-９]", re.IGNORECASE)
# A question has at most eleven answers (0-10); of a table of statistics hardly a column has so
# few, but for the two or three that say what the row is about (district, age, sex).
ANSWERS, PEOPLE, MANY = 11, 12, 30
CODE = re.compile(r"(?:\d|1[01]|99)(?:\.0)?")
# Our own long tables hold a number a row, not a person.
LONG = (
    {"indicator", "breakdown", "printed"},
    {"page", "table", "row", "column", "text"},
    {"table", "fiscal_year", "group", "item", "value", "text"},
)
SUMMARY = re.compile(
    r"^\s*(n|人数|件数|回答者数|行数|[Cc]ount|[Pp]ersons|合計|計|[Tt]otal|数値の数)\s*$"
)
SEX = {"F", "M", "男", "女", "男性", "女性", "male", "female", "Male", "Female"}


def looks_like_respondents(rows: Rows, counted: bool = False) -> str:
    """What makes a table look like answers, a row a person; empty if nothing does.

    Args:
        rows: the cells, the heading first.
        counted: whether the rows are known to be named by something else than people.
    """
    rows = [row for row in rows if any(row)]
    if len(rows) < 2 or any(names <= set(row) for row in rows[:1] for names in LONG):
        return ""
    width = max(len(row) for row in rows)
    filled = [row + [""] * (width - len(row)) for row in rows]
    if counted or any(_of_a_plan(row) for row in rows[:8]):
        return _by_heading(filled)
    return (
        _by_heading(filled)
        or _by_cells(filled)
        or _by_cells(_turned(filled))
        or _by_sex(list(zip(*filled[1:], strict=True)))
    )


def _of_a_plan(heading: Sequence[str]) -> bool:
    """Whether a heading is that of a plan's measures: a row is a measure, with its unit."""
    names = {re.sub(r"\s", "", name) for name in heading}
    goals = [name for name in names if "目標値" in name]
    return bool(names & {"指標名", "成果指標", "成果指標名"}) and "単位" in names and bool(goals)


def looks_like_a_respondent(text: str) -> str:
    """What makes a printed text look like answers: a frame, a series, or a record."""
    lines = [line.rstrip("\\").split() for line in text.splitlines() if line.strip()]
    if any(SUMMARY.match(cell) for cells in lines[:3] for cell in cells):
        return ""
    blocks: list[Rows] = []
    for cells in lines:
        if len(cells) < 2:
            continue
        if blocks and len(cells) in (len(blocks[-1][0]) + 1, len(blocks[-1][-1])):
            blocks[-1].append(cells)
        else:
            blocks.append([cells])
    for heading, *body in blocks:
        rows = [heading, *(row[len(row) - len(heading) :] for row in body)]
        if sign := looks_like_respondents(rows):
            return sign
    pairs = [(cells[0], cells[-1]) for cells in lines if len(cells) == 2]
    for found in (pairs, _PAIR.findall(text)):
        named = {name for name, cell in found if CODE.fullmatch(cell) and not name.isdigit()}
        varied = {cell for name, cell in found if name in named}
        if len(named) >= 6 and len(varied) >= 4 and 3 * len(named) >= 2 * len(found):
            return f"{len(named)} names with codes"
        if any(QUESTION.match(name) for name in named) and len(named) >= 3:
            return f"{len(named)} questions with codes"
    return ""


def _turned(rows: Rows) -> Rows:
    """Rows as columns, where there are as many things as a form has questions."""
    return [list(column) for column in zip(*rows, strict=True)] if len(rows) <= 400 else []


def _by_heading(rows: Rows) -> str:
    for i, heading in enumerate(rows[:8]):
        body = rows[i + 1 :]
        if i and sum(map(bool, heading)) < 3:  # a title above the table, or a row of a narrow one
            continue
        for column, name in enumerate(heading):
            cells = {row[column] for row in body} - {""}
            if not cells or len(name) > 60 or '"' in name:  # a sentence, or a line of code
                continue
            if PERSON.search(name) and len(cells) > 1 and sum(map(bool, heading)) > 1:
                return f"column {name!r}"
            if QUESTION.search(name) and len(cells) <= ANSWERS and all(map(CODE.fullmatch, cells)):
                return f"column {name!r}"
    return ""


def _by_cells(rows: Rows) -> str:
    if len(rows) < 2:
        return ""
    heading, *body = rows
    columns = [[row[i] for row in body] for i in range(len(heading))]
    for name, column in zip(heading, columns, strict=True):
        counts = len(columns) <= 4 or not all(map(CODE.fullmatch, filter(None, column)))
        if SUMMARY.match(name) and counts:
            return ""
    short = []
    for column in columns:
        kinds = set(column) - {""}
        if 2 <= len(kinds) <= ANSWERS and len(body) >= 2 * len(kinds):
            short.append((column, len(kinds)))
    if len(body) >= (PEOPLE if len(short) >= 5 else MANY) and len(short) >= 3:
        product = 1
        for _, size in short:
            product *= size
        keys = set(zip(*(column for column, _ in short), strict=True))
        crossed = len(keys) == len(body) and 2 * len(body) >= product  # each combination once
        if not crossed and (len(short) >= 5 or 2 * len(short) >= len(columns) - 1):
            return f"{len(short)} columns of a few answers each"
    varied = [column for column in columns if len(set(column)) > 1]
    if len(body) >= PEOPLE and len(varied) == len(short) + 1 >= 3 and any(map(_numbered, varied)):
        return f"numbers, and {len(short)} columns of a few answers each"
    codes = [c for c in columns if all(map(CODE.fullmatch, filter(None, c))) and any(c)]
    given = {cell for column in codes for cell in column}
    changing = sum(len(set(column)) > 1 for column in codes)
    if len(codes) >= 6 and changing >= 4 and len(given) >= 4 and 3 * len(codes) >= 2 * len(columns):
        return f"{len(codes)} columns of codes"
    return ""


def _by_sex(columns: list[tuple[str, ...]]) -> str:
    codes = [c for c in columns if all(map(CODE.fullmatch, filter(None, c)))]
    sex = any(len(column) > 2 and set(column) <= SEX for column in columns)
    answers = [column for column in codes if len(set(column)) > 2 and not _numbered(column)]
    return f"sex, and {len(answers)} columns of codes" if sex and len(answers) >= 2 else ""


def _numbered(column: Sequence[str]) -> bool:
    """Whether the cells count on, one by one: 1, 2, 3 or R2025-0001, R2025-0002."""
    ends = [re.search(r"\d+$", cell) for cell in column]
    numbers = [int(end[0]) for end in ends if end and len(end[0]) < 16]
    return len(numbers) == len(column) > 1 and all(b - a == 1 for a, b in pairwise(numbers))


# --- what this process has read ---------------------------------------------------------------

_seen: list[Any] = []


def note(frame: Any) -> None:
    """Remember a frame of responses that this process has read or made."""
    if not any(frame is known for known in _seen):
        _seen.append(frame)
        del _seen[:-4]  # this year's and last year's, as read and as checked


def forget() -> None:
    """In a kernel that is lent again: what was read was read by the notebook before."""
    _seen.clear()


def seen() -> list[Any]:
    """The frames of responses that this process has read."""
    return list(_seen)


# --- by the answers -------------------------------------------------------------------------

PAIRS = 4
"""So many answers by name are a person: a table of counts names two or three groups."""

BESIDE = 6
"""So many where names stand at the left of a table: a table by groups has them there too."""

DISTINCT = 3
"""Equal answers are a pattern of tables, not of a person."""

WINDOW = 8
"""So many answers in the order of the questions, without a name, are a person."""

TOGETHER, ROWS = 6, 3
"""So many in several rows, at the same questions."""

DOWN, CHANGES, WIDEST = 20, 8, 400
"""So many people one below another, with so many changes, are a column of answers."""


@dataclass(frozen=True)
class Words:
    """How variables and their codes are called outside the table of answers.

    Attributes:
        names: name → variable.
        values: variable → word → code.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@lru_cache(1 << 16, typed=True)
def plain(cell: object) -> str:
    """A cell as it is compared: half-width, 2.0 is 2, ``<NA>`` and nan are nothing."""
    text = str(cell)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.strip(" \t\r\n'\"[](){},;:")
    whole, point, rest = text.partition(".")
    if point and whole.isdigit() and not rest.strip("0"):
        return whole
    return "" if text in ("<NA>", "NaN", "nan", "None", "null", "NA", "NaT") else text


class Answers:
    """The respondents' answers, to hold tables and texts against.

    Args:
        tables: the cleaned answers of each survey: column → the cells of all people.
        words: what else the columns and codes are called.
    """

    def __init__(
        self, tables: Iterable[Mapping[str, Sequence[object]]], words: Words | None = None
    ):
        self.words = words or Words()
        self.tables = [
            {name: ["" if c is None else plain(c) for c in cells] for name, cells in table.items()}
            for table in tables
        ]
        variables = list(dict.fromkeys(name for table in self.tables for name in table))
        self.people = {cell for table in self.tables for cell in table.get("person", ())} - {""}
        self.variables = [name for name in variables if name != "person"]
        self._names = {plain(name): name for name in self.variables}
        self._names |= {plain(k): v for k, v in self.words.names.items() if v in self.variables}
        self._codes: dict[str, dict[str, str]] = {}
        for name in self.variables:
            known = {cell for table in self.tables for cell in table.get(name, ())} - {""}
            said = {plain(k): plain(v) for k, v in self.words.values.get(name, {}).items()}
            self._codes[name] = {**said, **{code: code for code in known}}
        self._vocabulary = {text for codes in self._codes.values() for text in codes}

    @cached_property
    def _who(self) -> dict[tuple[str, str], int]:
        """(variable, code) → the people who gave it, a bit each."""
        found: dict[tuple[str, str], int] = {}
        offset = 0
        for table in self.tables:
            size = len(next(iter(table.values()), ()))
            for name in self.variables:
                bits: dict[str, bytearray] = {}
                for i, code in enumerate(table.get(name, ())):
                    if code:
                        bits.setdefault(code, bytearray(size // 8 + 1))[i >> 3] |= 1 << (i & 7)
                for code, mask in bits.items():
                    number = int.from_bytes(mask, "little") << offset
                    found[name, code] = found.get((name, code), 0) | number
            offset += size
        return found

    def found_in(self, parts: Iterable[Part]) -> Iterator[tuple[str, str]]:
        """Where answers of a person stand, and by what they were known; never what they are."""
        for part in parts:
            if part.opaque:
                continue
            if sign := self._sign(part):
                yield part.where, sign

    def sign_of(self, rows: Rows) -> str:
        """By what a table is known to hold answers of a person; empty if it does not."""
        return self._sign(Part("", rows))

    def _sign(self, part: Part) -> str:
        if self._named_person(part):
            return "person"
        if part.text:
            records = _records_of_text(part.text, self._names)
        else:
            records = _records(part.rows, self._names)
        if any(self.is_a_person(record, least) for record, least in records):
            return "answers by name"
        # Names of variables are no answers: they may stand in a line with them.
        lines = [[cell for cell in map(plain, row) if cell] for row in part.rows]
        if self._in_order(lines):
            return "answers in their order"
        if self._down(part.rows):
            return "a column of answers"
        return ""

    @cached_property
    def _name_like(self) -> re.Pattern[str] | None:
        """Names of people are a word and a number: one search for the words finds them."""
        words = sorted({re.escape(name.rpartition("-")[0]) for name in self.people if "-" in name})
        return re.compile(rf"(?:{'|'.join(words)})-[0-9a-f]+") if words else None

    def _named_person(self, part: Part) -> bool:
        if self._name_like is None:
            return False
        texts = [part.text] if part.text else ["\n".join(row) for row in part.rows]
        return any(n in self.people for text in texts for n in self._name_like.findall(text))

    def is_a_person(self, record: Iterable[tuple[str, str]], least: int = PAIRS) -> bool:
        """Whether somebody gave all these answers.

        Args:
            record: name of a variable, and its cell: a code or a word.
            least: how many answers make a person.
        """
        pairs = {}
        for name, cell in record:
            variable = self._names.get(name)
            code = self._codes[variable].get(plain(cell)) if variable else None
            if variable and code and not variable.endswith("_missing"):
                pairs[variable] = code
        if len(pairs) < least or len(set(pairs.values())) < DISTINCT:
            return False
        people = -1
        for pair in pairs.items():
            people &= self._who.get(pair, 0)
        return people != 0

    def _in_order(self, lines: Rows) -> bool:
        wanted = {w for line in lines for w in self._stretches(line, WINDOW)}
        if any(_joined(window) in self._people_rows for window in wanted):
            return True
        several = [(i, w) for i, line in enumerate(lines) for w in self._stretches(line, TOGETHER)]
        if len({i for i, _ in several}) < ROWS:
            return False
        at: dict[int, set[tuple[str, ...]]] = {}
        for window in {w for _, w in several}:
            for question in self._begins(_joined(window)):
                at.setdefault(question, set()).add(window)
        return any(len(windows) >= ROWS for windows in at.values())

    def _begins(self, stretch: str) -> Iterator[int]:
        """The questions at which a stretch of answers begins, as somebody gave it."""
        text, position = self._people_rows, -1
        while (position := text.find(stretch, position + 1)) >= 0:
            yield text.count(_BETWEEN, text.rfind("\n", 0, position) + 1, position)

    def _stretches(self, cells: Sequence[str], width: int) -> Iterator[tuple[str, ...]]:
        """Stretches of cells that all occur among the answers, and are no pattern of tables."""
        since = 0  # how many cells up to here are answers
        for i, cell in enumerate(cells):
            since = since + 1 if cell in self._vocabulary else 0
            if since >= width:
                window = tuple(cells[i + 1 - width : i + 1])
                if len(set(window)) >= DISTINCT:
                    yield window

    @cached_property
    def _people_rows(self) -> str:
        """A line a person: the answers as codes, and as words, with and without reasons for none.

        Gaps are left out: a printed row leaves them out too, or fills them with what is no answer.
        """
        said = {
            name: {code: word for word, code in codes.items() if word != code}
            for name, codes in self._codes.items()
        }
        lines = []
        for table in self.tables:
            names = [name for name in self.variables if name in table]
            short = [name for name in names if not name.endswith("_missing")]
            worded = {n: [said[n].get(c, c) for c in table[n]] for n in names if said[n]}
            for chosen in (short, names):
                for columns in (table, {**table, **worded}) if worded else (table,):
                    people = zip(*(columns[name] for name in chosen), strict=True)
                    lines += [_joined(filter(None, row)) for row in people]
        return "\n".join(lines)

    def _down(self, rows: Rows) -> bool:
        """Whether a column is a question, person after person."""
        if len(rows) < DOWN:
            return False
        for i in range(min(max(map(len, rows)), WIDEST)):
            column = [plain(row[i]) if i < len(row) else "" for row in rows]
            column = column if column[0] in self._vocabulary else column[1:]
            kinds = set(column)
            if len(kinds) < 2 or len(column) < DOWN:
                continue
            if sum(a != b for a, b in pairwise(column)) < CHANGES:
                continue
            for name, codes in self._codes.items():
                if kinds - {""} <= codes.keys():
                    wanted = _joined(codes.get(cell, "") for cell in column)
                    if any(wanted in text for text in self._columns[name]):
                        return True
        return False

    @cached_property
    def _columns(self) -> dict[str, list[str]]:
        return {
            name: [_joined(table[name]) for table in self.tables if name in table]
            for name in self.variables
        }


def _joined(cells: Iterable[str]) -> str:
    """Cells as one text, in which stretches of cells are found as they are."""
    return _BETWEEN + _BETWEEN.join(cells) + _BETWEEN


_BETWEEN = "\x1f"
Record = list[tuple[str, str]]
_PAIR = re.compile(
    r"([^\s,;'\"“”「」(){}\[\]:=：＝|]+)['\"”」]?\s*[:=：＝]\s*['\"“「]?([^\s,;'\"”」}\]|]+)"
)


def _records(rows: Rows, names: Mapping[str, str]) -> Iterator[tuple[Record, int]]:
    """Cells by the names of variables above them, or beside them; how many make a person."""
    heading: list[str] = []
    beside: list[list[list[str]]] = [[], [], []]  # names in the first column, second, third
    for row in rows:
        cells = [plain(cell) for cell in row]
        if sum(cell in names for cell in cells) >= PAIRS:
            heading = cells
            continue
        if heading and len(cells) >= len(heading):
            yield list(zip(heading, cells[len(cells) - len(heading) :], strict=True)), PAIRS
        for at, cell in enumerate(cells[: len(beside)]):
            if cell in names:
                beside[at].append(cells)
    for at, named in enumerate(beside):
        widest = max(map(len, named), default=0)
        for column in range(at + 1, widest if len(named) >= PAIRS else 0):
            pairs = ((row[at], row[column]) for row in named if column < len(row))
            yield from _split(pairs, PAIRS if widest == 2 else BESIDE)


def _records_of_text(text: str, names: Mapping[str, str]) -> Iterator[tuple[Record, int]]:
    """The same in a text: printed frames, wrapped or not, series, and names before values."""
    if sum(name in text for name in names) < PAIRS:
        return
    lines = [line.rstrip("\\").split() for line in text.splitlines()]
    yield from _records(lines, names)
    # A wrapped frame says the rest of a row further down, after the same index.
    wrapped: dict[str, Record] = {}
    heading: list[str] = []
    for cells in lines:
        known = sum(plain(cell) in names for cell in cells)
        if known and known == len(cells):
            heading = [plain(cell) for cell in cells]
        elif heading and len(cells) == len(heading) + 1:
            pairs = zip(heading, cells[1:], strict=True)
            wrapped.setdefault(cells[0], []).extend(pairs)
    yield from ((record, PAIRS) for record in wrapped.values())
    found = ((plain(name), value) for name, value in _PAIR.findall(text))
    yield from _split((pair for pair in found if pair[0] in names), PAIRS)


def _split(pairs: Iterable[tuple[str, str]], least: int) -> Iterator[tuple[Record, int]]:
    """Pairs as records: where a name comes again, another record begins."""
    record: Record = []
    seen: set[str] = set()
    for name, cell in pairs:
        if name in seen:
            yield record, least
            record, seen = [], set()
        record.append((name, cell))
        seen.add(name)
    yield record, least
