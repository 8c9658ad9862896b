"""A printed table in the shape it has: its labels are told apart by what is described.

The rows and columns of a table are named by what they are (groups of ``age``, options of a
question, items of a battery, years). Every label beside or above a number is looked up among
these, and what the labels of a number mean together is its key. Where the report splits one
table into several, or puts two headings above one another, nothing more need be said.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from helpers.edition import Edition, KeyPart, PrintedTable
from helpers.edition.description import MEASURES, Answered, Described
from helpers.problems import InputError, Message, Problems, listed, near
from helpers.reading.cell import plain, visible
from helpers.reading.consistency import BASE
from helpers.reading.files import Cells, read_cells
from helpers.reading.targets import ARROWS, DIRECTIONS
from helpers.reading.units import symbol
from helpers.rounding import MINUS, decimals_of, number, printed
from helpers.years import parse_year

YEARS, VALUES, OPTIONS = "years", "values", "options"
"""Axes that need no description: fiscal years; 現状値・実績値・目標値, 順位・点; the options of the
questions on the other axis."""
WEIGHTED = "published_weighted"
"""The definition of printed shares that are weighted: no count gives them."""
_TOTALS = ("全体", "総数", "合計", "計", "総計", "全市", "市全体", "全回答者")
_N = ("n", "n数", "回答者数", "回答数", "有効回答数", "回収数", "調査数", "標本数", "サンプル数",
      "人数", "母数", "基数", "該当者数", "回答者数(人)", "回答数(人)", "人数(人)", "回答者総数",
      "n(人)", "n=", "回答者")  # fmt: skip
_COUNT = ("度数", "件数", "実数", "回答数", "人数", "人", "件")
_PERCENT = ("%", "割合", "構成比", "比率", "割合(%)", "構成比(%)", "比率(%)")
_MEAN = ("平均", "平均点", "平均値", "平均スコア", "平均評価点", "評価点", "得点")
_BASE_IN = re.compile(r"[(〔\[]?n=([\d,]+)(?:人|件|名)?[)〕\]]?", re.I)
_NUMBERED = re.compile(r"^[(\[]?\d{1,2}[)\].,、:]?(?=\D)")
_BRACKETS = re.compile(r"^[【\[(〈《■◆●○・□]+|[】\])〉》]+$")
_YEAR_IN = re.compile(
    r"(?<![a-z])(?:令和|平成|昭和|R|H|S)\.?(?:元|\d{1,2})(?:年度?)?|(?:19|20)\d\d(?:年度?)?", re.I
)
_TARGETS = (
    ("target", ("目標", "計画値")),
    ("baseline", ("現状", "基準", "策定時", "当初", "ベースライン")),
    ("actual", ("実績", "実測", "結果")),
)
_LONG = 4  # decimals: more than any document prints

NO_AXIS = Message(
    "「{name}」は説明されていません（breakdowns、questions などの ID か、years、values、options）",
    remedy="{near}",
    en="“{name}” is not described (an id of breakdowns, questions …, or years, values, options). "
    "→ {near}",
)
NO_LABEL = Message(
    "見出し「{text}」が何か、説明からわかりません",
    "{names} にある言葉",
    "{near}。読まない行や列なら leave_out に、別の書き方なら説明の also に足してください",
    "the label “{text}” is not among what {names} describe. → {near}; write it under leave_out if "
    "it is not to be read, or under also where it is described",
)
TWO_MEANINGS = Message(
    "見出し「{text}」は {first} にも {second} にもあります",
    remedy="表の rows・columns を分けて書くか、labels に意味を書いてください",
    en="the label “{text}” is in {first} and in {second}. → part the table's rows and columns, or "
    "say under labels what it means",
)
NO_HEADER = Message(
    "表の見出しの行が見つかりません（{names} の言葉が2つ以上並ぶ行がない）",
    remedy="sheet、below（表の上の題名）、columns を確かめてください。説明の言葉は、印刷のとおりに"
    "書きます",
    en="no row of headings: none has two labels of {names}. → look at sheet, below (the title "
    "above the table) and columns; what is described has to be written as it is printed",
)
NO_TITLE = Message(
    "題名「{text}」の行がありません",
    remedy="{near}",
    en="there is no row with the title “{text}”. → {near}",
)
NO_KEY = Message(
    "この数値の {missing} がわかりません",
    "行と列の見出しから決まること",
    "表の rows・columns に足すか、表に {missing}: … と書いてください",
    "rows and columns do not say the {missing} of this number. → add to rows or columns, or write "
    "it at the table",
)
NOT_A_NUMBER = Message(
    "「{text}」は数値ではありません",
    "印刷どおりの数値（例: {example}）",
    "文書と見比べてください。記号なら表に symbols: {{zero: ['{text}']}} か "
    "{{unknown: ['{text}']}} と書きます",
    "“{text}” is no number as printed ({example}). → compare with the document; a symbol is "
    "explained at the table: symbols: {{zero: ['{text}']}} or {{unknown: ['{text}']}}",
)
TOO_EXACT = Message(
    "「{text}」は小数が {found} 桁あります（文書に印刷された桁ではありません）",
    remedy="表に decimals: 1 のように、文書に印刷される小数の桁数を書いてください",
    en="“{text}” has {found} decimals, more than a document prints. → write at the table how many "
    "it prints: decimals: 1",
)
NO_COUNT = Message(
    "人数「{text}」が整数ではありません",
    "人数（例: 1,384）",
    "行の並び（lines: [count, percent]）を確かめてください",
    "the number of people “{text}” is no whole number. → look at the order of the lines (lines: "
    "[count, percent])",
)
SEVERAL_TABLES = Message(
    "ここから別の表が始まっています（見出しの行がもう一度ある）",
    "「{name}」の表だけ",
    "edition.yml のこの表に、表の上の題名を below: … と書いてください（ここの表なら「{title}」）",
    "another table begins here: the row of headings is there once more. → write at the table "
    "“{name}” in edition.yml which title it stands below (below: …; the one here: “{title}”)",
)
NOTHING = Message(
    "表から数値を1つも読めませんでした",
    remedy="rows と columns の言葉が、印刷のとおりか確かめてください",
    en="not a single number was read. → see whether what rows and columns describe is written as "
    "printed",
)


@dataclass(frozen=True)
class Meaning:
    """What a label says.

    Attributes:
        of: the described thing that knows it, for messages; empty where every table does.
        key: what it adds to the key of a number.
        section: the breakdown that its row, and those below, are of.
        kind: ``n`` (people), ``count``, ``percent``, ``role``: how the number is to be read.
    """

    of: str
    key: Mapping[str, Any]
    section: str = ""
    kind: Literal["", "n", "count", "percent", "both", "name", "skip"] = ""


@dataclass
class Axis:
    """What the labels of one side of a table mean."""

    names: list[str]
    known: dict[str, list[Meaning]] = field(default_factory=dict)
    years: bool = False
    values: str = ""

    def add(self, texts: Iterable[str], meaning: Meaning) -> None:
        """A label in all its spellings."""
        for text in dict.fromkeys(_form(text) for text in texts if text):
            self.known.setdefault(text, []).append(meaning)

    def of(self, label: str, section: str = "") -> Meaning | None:
        """What a label means; where several things have it, what the rows above are of.

        Raises:
            LookupError: two things have it, and nothing says which is meant.
        """
        text = _form(label)
        found = self.known.get(text) or self.known.get(_BRACKETS.sub("", text))
        if not found:
            bare = _NUMBERED.sub("", text)
            found = self.known.get(bare) or self.known.get(_BASE_IN.sub("", text))
            found = found or self.known.get(_BASE_IN.sub("", bare))
        if found:
            near_ = [one for one in found if section and one.section == section]
            keys = {repr(sorted(one.key.items())) + one.kind for one in found}
            if not near_ and len(keys) > 1:
                return _shared(found)
            return (near_ or found)[0]
        return self._of_year(text)

    @property
    def spoken(self) -> list[str]:
        """The labels that are described, for a remedy; all of them where that is everybody's."""
        own = [text for text, found in self.known.items() if found[0].of]
        return own or list(self.known)

    def _of_year(self, text: str) -> Meaning | None:
        key: dict[str, Any] = {}
        if years := _YEAR_IN.findall(text):
            try:
                key["fiscal_year"] = parse_year(years[-1])
            except ValueError:
                return None
        if self.values == "measures":
            for category, words in _TARGETS:
                if any(word in text for word in words):
                    return Meaning(VALUES, {**key, "category": category})
            return Meaning(VALUES, {**key, "category": "actual"}) if key else None
        if self.values:
            if "順位" in text or text.endswith("位"):
                end, unit = "rank", "位"
            elif "点" in text or "スコア" in text or "得点" in text:
                end, unit = "score", "点"
            else:
                return Meaning(VALUES, key) if key else None
            return Meaning(VALUES, {**key, "indicator": f"{self.values}_{end}", "unit": unit})
        return Meaning(YEARS, key) if key and self.years else None


def _shared(found: Sequence[Meaning]) -> Meaning:
    """A label that several questions have, as an option: another label says of which it is.

    Raises:
        LookupError: it means several things.
    """
    rests = [{k: v for k, v in one.key.items() if k != "indicator"} for one in found]
    if any(rest != rests[0] for rest in rests) or not rests[0] or any(one.kind for one in found):
        raise LookupError(found[0].of, found[1].of)
    return Meaning(found[0].of, rests[0])


def _form(text: str) -> str:
    return plain(visible(text)).lower()


def axis_of(
    names: Sequence[str], table: PrintedTable, about: Described, whole: bool, where: str
) -> Axis:
    """What the labels of an axis can mean.

    Args:
        names: what it is described to be.
        table: for its own words.
        about: everything described.
        whole: whether 合計 means everybody (beside groups) or the number of people (options).
        where: of the table, for messages.

    Raises:
        InputError: a name that is not described.
    """
    axis, kinds = Axis(list(names)), about.kinds()
    known = [*kinds, YEARS, VALUES, OPTIONS]
    problems = Problems()
    for name in names:
        kind = kinds.get(name, name)
        if kind in _LABELS:
            for texts, meaning in _LABELS[kind](name, about):
                axis.add(texts, meaning)
        elif kind in ("questions", "asks"):
            _add_question(axis, name, about)
        elif kind == YEARS:
            axis.years = True
        elif kind == VALUES:
            ranks = [one for one in table.named if kinds.get(one) == "ranks"]
            axis.values = ranks[0] if ranks else "measures"
        else:
            problems.note(NO_AXIS.at(where, name=name, near=near(name, known)))
    problems.stop_if_any()
    _add_everybodys(axis, table, whole)
    return axis


def _add_everybodys(axis: Axis, table: PrintedTable, whole: bool) -> None:
    """The labels that every table may have: 全体, n, ％; and what the table itself explains."""
    for text, part in table.labels.items():
        key = part.model_dump(exclude_none=True, include=set(KeyPart.model_fields))
        axis.known[_form(text)] = [Meaning("labels", key, kind="n" if key.get("indicator") == BASE
                                           else "")]  # fmt: skip
    plain_totals = [t for t in _TOTALS if _form(t) not in axis.known]
    if whole:
        axis.add([*plain_totals, *table.total], Meaning("", _WHOLE))
    else:
        axis.add(plain_totals, Meaning("", {}, kind="both"))
    axis.add([*table.n, *(t for t in _N if _form(t) not in axis.known)], Meaning("", {}, kind="n"))
    for words, unit in ((_PERCENT, "percent"), (_COUNT, "count")):
        free = [t for t in words if _form(t) not in axis.known]
        axis.add(free, Meaning("", {}, kind=unit))  # type: ignore[arg-type]


_WHOLE: Mapping[str, Any] = {"breakdown": "total", "group": "total"}


Label = tuple[list[str], Meaning]


def _of_breakdown(name: str, about: Described) -> Iterator[Label]:
    split = about.breakdowns[name]
    yield [*split.headings, f"{split.ja}別"], Meaning(name, {}, name, "name")
    for group, one in split.groups.items():
        yield one.headings, Meaning(name, {"breakdown": name, "group": group}, name)


def _of_battery(name: str, about: Described) -> Iterator[Label]:
    battery = about.batteries[name]
    yield battery.headings, Meaning(name, {}, name, "name")
    for item, one in battery.items.items():
        yield one.headings, Meaning(name, {"breakdown": name, "group": item}, name)


def _of_measures(name: str, about: Described) -> Iterator[Label]:
    for item, one in about.measures.items():
        key = {"indicator": MEASURES, "breakdown": MEASURES, "group": item, "unit": one.unit}
        yield one.headings, Meaning(name, key)


def _of_rank(name: str, about: Described) -> Iterator[Label]:
    for item, one in about.ranks[name].items.items():
        yield one.headings, Meaning(name, {"category": item, **_WHOLE})


def _of_formula(name: str, about: Described) -> Iterator[Label]:
    formula = about.formulas[name]
    yield formula.headings, Meaning(name, {"formula": name, "unit": formula.unit})


_LABELS: Mapping[str, Callable[[str, Described], Iterator[Label]]] = {
    "breakdowns": _of_breakdown,
    "batteries": _of_battery,
    "measures": _of_measures,
    "ranks": _of_rank,
    "formulas": _of_formula,
}


def _add_question(axis: Axis, name: str, about: Described) -> None:
    """A question, or what a battery asks of its items: its name and its answers."""
    if found := about.ask(name):
        ask = found[1]
        score = {"indicator": name, "category": "score", "unit": ask.unit}
        axis.add(ask.headings, Meaning(name, {"indicator": name} if ask.options else score))
        _add_answers(axis, name, ask)
        return
    question = about.questions[name]
    axis.add([*question.headings, question.text], Meaning(name, {"indicator": name}))
    _add_answers(axis, name, question)


def _add_answers(axis: Axis, name: str, question: Answered) -> None:
    for option, one in question.options.items():
        key = {"indicator": name, "category": option, "unit": "%"}
        axis.add(one.headings, Meaning(name, key))
    for role, texts in question.subtotals.items():
        axis.add(texts, Meaning(name, {"indicator": name, "category": role, "unit": "%"}))
    mean = {"indicator": name, "category": "score", "unit": "点"}
    if question.scale or question.points:
        axis.add([t for t in _MEAN if _form(t) not in axis.known], Meaning(name, mean))


Labels = tuple[dict[str, Any], str]
"""What the labels of a row, or a column, mean together: a part of the key, and a kind."""


def read_shaped(
    edition: Edition, name: str, table: PrintedTable, about: Described, problems: Problems
) -> list[dict[str, object]]:
    """Every number of a printed table that has its own file.

    Returns:
        Rows as ``printed_tables.csv`` gives them, with ``where``; the numbers of people stand
        under the indicator ``base``, the category being the question.
    """
    place = f"{edition.places.raw / 'edition.yml'} printed_tables.{name}"
    rows = table.rows if isinstance(table.rows, list) else []
    columns = table.columns if isinstance(table.columns, list) else []
    kinds = about.kinds()
    asked = [one for one in table.named if kinds.get(one) in ("questions", "asks")]
    rows, columns = (
        [each for one in axis for each in (asked if one == OPTIONS else [one])]
        for axis in (rows, columns)
    )
    options = [one for one in columns if one in asked]
    down = not options and any(one in rows for one in asked)
    try:
        cells = read_cells(edition.places.raw / str(table.file), table.sheet)
        axes = (
            axis_of(rows, table, about, not down, place),
            axis_of(columns, table, about, not options, place),
        )
    except InputError as error:
        problems.extend(error.problems)
        return []
    problems.extend(cells.warnings)
    reading = _Reading(name, table, about, cells, *axes, edition.fiscal_year, problems)
    before = len(problems)
    reading.read()
    if not reading.found and len(problems) == before:
        problems.note(NOTHING.at(place))
    told = {str(row["indicator"]).removesuffix("_count") for row in reading.found}
    reading.found = [
        row for row in reading.found if row["indicator"] != BASE or row["category"] in (*told, "")
    ]
    once = {repr([one[part] for part in _ONCE]): one for one in reading.found}
    return list(once.values())


# A number of people stands beside every share: it is one number.
_ONCE = ("indicator", "breakdown", "group", "category", "fiscal_year", "definition", "printed")


@dataclass
class _Reading:
    """A table being read: its cells, its axes, and what has been found."""

    name: str
    table: PrintedTable
    about: Described
    cells: Cells
    rows: Axis
    columns: Axis
    year: int
    problems: Problems
    found: list[dict[str, object]] = field(default_factory=list)
    section: str = ""
    missed: set[str] = field(default_factory=set)

    def read(self) -> None:
        block = self._block()
        if block is None:
            return
        if self.table.value:
            self._read_long(block)
        else:
            self._read_wide(block)

    @property
    def _sheet(self) -> str:
        return f"{self.cells.path.name} {self.cells.sheet}".rstrip()

    def _block(self) -> range | None:
        """The rows of the table: those below its title, up to the next empty row."""
        values, title = self.cells.values, self.table.below
        if not title:
            return range(len(values))
        at = [i for i, row in enumerate(values) if _form(title) in map(_form, row)]
        if not at:
            texts = [next((t for t in row if t.strip()), "") for row in values]
            titles = list(dict.fromkeys(t for t in texts if t and not _is_number(t)))
            self.problems.note(NO_TITLE.at(self._sheet, text=title, near=near(title, titles)))
            return None
        numbers = False
        for index in range(at[0] + 1, len(values)):
            if numbers and not any(text.strip() for text in values[index]):
                return range(at[0] + 1, index)
            numbers = numbers or sum(map(_is_number, values[index])) > 1
        return range(at[0] + 1, len(values))

    def _left_out(self, text: str) -> bool:
        return _form(text) in {_form(one) for one in self.table.leave_out}

    def _look(self, axis: Axis, row: int, column: int, text: str) -> Meaning | None:
        """What a label means; that two things have it is said."""
        try:
            return axis.of(text, self.section)
        except LookupError as error:
            words = dict(zip(("first", "second"), error.args, strict=True))
            where = self.cells.where(row, column)
            self.problems.note(TWO_MEANINGS.at(where, text=visible(text), **words))
            return Meaning("", {}, kind="skip")

    def _strange(self, axis: Axis, row: int, column: int, text: str) -> None:
        shown = visible(text)
        words = {"text": shown, "names": listed(axis.names), "near": near(shown, axis.spoken)}
        self.problems.note(NO_LABEL.at(self.cells.where(row, column), **words))

    # A number a row.

    def _read_long(self, block: range) -> None:
        values = self.cells.values
        wanted = _form(self.table.value)
        start = next((i for i in block if wanted in map(_form, values[i])), None)
        if start is None:
            words = {"text": self.table.value, "near": near(self.table.value, values[block.start])}
            self.problems.note(NO_TITLE.at(self._sheet, **words))
            return
        heads = {c: text for c, text in enumerate(values[start]) if text.strip()}
        numbers = [c for c, text in heads.items() if _form(text) == wanted]
        bases = [c for c, text in heads.items() if (m := self.columns.of(text)) and m.kind == "n"]
        labels = [c for c in heads if c not in (*numbers, *bases) and not self._left_out(heads[c])]
        for index in range(start + 1, block.stop):
            row = values[index]
            if not any(text.strip() for text in row) or any(self._left_out(row[c]) for c in labels):
                continue
            parts: list[Labels] = []
            for column in labels:
                if not row[column].strip():
                    continue
                meaning = (
                    self._look(self.rows, index, column, row[column])
                    if _knows(self.rows, row[column]) and not self._only_columns(row[column])
                    else None
                )
                meaning = meaning or self._look(self.columns, index, column, row[column])
                if meaning is None:
                    self._strange(self.columns, index, column, row[column])
                    parts = []
                    break
                self.section = meaning.section or self.section
                parts.append((dict(meaning.key), meaning.kind))
            if not parts:
                continue
            for column in numbers:
                self._take(index, column, parts)
            for column in bases:
                self._take(index, column, [*parts, ({}, "n")])

    def _only_columns(self, text: str) -> bool:
        """Whether a label is one of everybody's words in the rows, and has a meaning in columns."""
        found = self.columns.known.get(_form(text))
        mine = self.rows.known.get(_form(text))
        return bool(found and found[0].of and (not mine or not mine[0].of))

    # Labels above and beside the numbers.

    def _read_wide(self, block: range) -> None:
        header = self._header(block)
        if header is None:
            words = {"names": listed(self.columns.names)}
            self.problems.note(NO_HEADER.at(self._sheet, **words))
            return
        tops, first = header
        heads = self._heads(tops, first)
        shown, line, key_before, again = [""] * first, 0, None, 0
        heading = [_form(text) for text in self.cells.values[tops.stop - 1]]
        for index in range(tops.stop, block.stop):
            row = self.cells.values[index]
            if not any(text.strip() for text in row):
                continue
            fresh = next((c for c in range(first) if row[c].strip() and row[c] != shown[c]), first)
            shown = [*shown[:fresh], *row[fresh:first]]
            if [_form(text) for text in row] == heading:
                again = again or index  # the same headings once more: the table goes on, or another
                continue
            before = len(self.problems)
            told = self._row_labels(index, shown, [row[c] for c in heads if row[c].strip()])
            if again and len(self.problems) > before:
                self._several_tables(again, before)
                return
            if told is None:
                continue
            key, kind = told
            line = line + 1 if shown == key_before else 0
            key_before = list(shown)
            if self.table.lines and kind in ("", "n", "both"):
                unit = self.table.lines[line % len(self.table.lines)]
                if kind in ("n", "both") and unit == "percent":
                    continue  # 100 % of them
                kind = kind or unit
            if base := _base_in(shown):
                self._note_base(key, base, index)
            for column, part in heads.items():
                self._take(index, column, [(key, kind), part])

    def _several_tables(self, again: int, before: int) -> None:
        """Say once that a sheet holds more tables than are described."""
        problems = list(self.problems)
        self.problems.replace(problems[:before])
        above = [self.cells.values[i][0] for i in range(again - 1, max(again - 5, -1), -1)]
        title = next((visible(t) for t in above if t.strip() and not _is_number(t)), "…")
        where = self.cells.where(again, 0)
        self.problems.note(SEVERAL_TABLES.at(where, title=title, name=self.name))
        self.found.clear()

    def _header(self, block: range) -> tuple[range, int] | None:
        """The rows of headings, and the first column with numbers."""
        values = self.cells.values

        def known(index: int) -> int:
            return len({_form(t) for t in values[index] if t.strip() and _knows(self.columns, t)})

        def numbers(index: int) -> int:
            row = {_form(t) for t in values[index] if t.strip() and not _knows(self.columns, t)}
            return sum(map(_is_number, row))

        rows = [i for i in block if known(i) > numbers(i)]
        most = max((known(i) for i in rows), default=0)
        if not most:
            return None
        start = stop = next(i for i in rows if known(i) == most)
        while start - 1 in block and self._goes_on(values[start - 1]) and not numbers(start - 1):
            start -= 1
        while stop + 1 in block and self._goes_on(values[stop + 1]) and not numbers(stop + 1):
            stop += 1
        tops, body = range(start, stop + 1), range(stop + 1, block.stop)
        hits = [c for c, t in enumerate(values[stop]) if t.strip() and self._heads_numbers(t)]
        # Left of the first heading that is known, a column of numbers is one whose heading is not.
        first = min(hits) if hits else 0
        while first > 0:
            filled = [values[i][first - 1] for i in body if values[i][first - 1].strip()]
            if not filled or sum(map(_is_number, filled)) * 2 < len(filled):
                break
            first -= 1
        return tops, first

    def _goes_on(self, row: Sequence[str]) -> bool:
        """Whether a row is one more of headings: 全体 alone is a row of the table."""
        for text in filter(str.strip, row):
            try:
                meaning = self.columns.of(text)
            except LookupError:
                return True
            if meaning and meaning.kind != "both" and meaning.key != _WHOLE:
                return True
        return False

    def _heads_numbers(self, text: str) -> bool:
        """Whether a heading can stand above numbers: 年齢 alone stands above the ages."""
        try:
            meaning = self.columns.of(text)
        except LookupError:
            return True
        return meaning is not None and meaning.kind != "name"

    def _heads(self, tops: range, first: int) -> dict[int, Labels]:
        """What each column of numbers means."""
        heads: dict[int, Labels] = {}
        above = [""] * len(tops)
        for column in range(first, len(self.cells.values[tops.start])):
            key: dict[str, Any] = {}
            kind, hit, strange, out = "", False, -1, False
            for depth, index in enumerate(tops):
                own = self.cells.values[index][column]
                if own.strip():
                    above[depth:] = [own, *[""] * (len(tops) - depth - 1)]
                text = own if own.strip() else above[depth] if depth < len(tops) - 1 else ""
                if not text.strip():
                    continue
                if self._left_out(text):
                    out = True
                meaning = None if out else self._look(self.columns, index, column, text)
                if meaning is None:
                    strange = index if own.strip() else strange
                    continue
                hit = True
                key |= meaning.key
                if base := _base_in([text]):
                    key["n_printed"] = base
                kind = meaning.kind if meaning.kind not in ("", "name") else kind
            if out:
                continue
            if hit and kind != "skip":
                heads[column] = key, kind
            elif strange >= 0 and not hit:
                self._strange(self.columns, strange, column, self.cells.values[strange][column])
        return heads

    def _row_labels(self, index: int, labels: Sequence[str], cells: Sequence[str]) -> Labels | None:
        """What the labels of a row mean together; None where it has no numbers to take."""
        if any(self._left_out(text) for text in labels if text.strip()):
            return None
        key: dict[str, Any] = {}
        kind, hit, strange = "", False, -1
        for column, text in enumerate(labels):
            if not text.strip():
                continue
            meaning = self._look(self.rows, index, column, text)
            if meaning is None:
                strange = column
                continue
            if meaning.kind == "skip":
                return None
            self.section = meaning.section or self.section
            hit = hit or meaning.kind != "name"
            key |= meaning.key
            kind = meaning.kind if meaning.kind not in ("", "name") else kind
        numbers = any(map(_is_number, cells))
        if not numbers and not (hit and any(text not in labels for text in cells)):
            return None  # a section's heading, a note
        if labels and not hit:
            at = strange if strange >= 0 else len(labels) - 1
            self._strange(self.rows, index, at, labels[at])
            return None
        return key, kind

    # One number.

    def _take(self, index: int, column: int, parts: Sequence[Labels]) -> None:
        """The number of a cell, with the key that its labels give."""
        text = visible(self.cells.values[index][column])
        if not text:
            return
        where = self.cells.where(index, column)
        key = self._key(parts)
        kinds = {kind for _, kind in parts if kind}
        if "n" in kinds or "both" in kinds:
            bare = _bare(text)
            whole = re.fullmatch(r"\d+(?:\.0+)?", bare)
            if "both" in kinds and (not whole or bare.startswith("100.") or text.endswith("%")):
                return  # 合計 100.0
            if "both" in kinds and bare == "100" and "n" not in kinds and not self._counts(parts):
                return
            if not whole:
                self.problems.note(NO_COUNT.at(where, text=text))
                return
            self._note_base(key, int(float(bare)), index, column)
            return
        if base := key.pop("n_printed", None):
            self._note_base(key, base, index, column)
        meant = self._meant(text)
        if meant == "unknown":
            return
        missing = [part for part in ("indicator", "breakdown", "group") if part not in key]
        if missing:
            if {*missing} - self.missed:  # one cause, one line
                self.problems.note(NO_KEY.at(where, missing=", ".join(missing)))
            self.missed |= {*missing}
            return
        if "count" in kinds:
            key |= {"indicator": f"{key['indicator']}_count", "unit": "人"}
        row = self._printed(text, meant, str(key.get("unit", "")), where)
        if row is not None:
            self.found.append(self._place(index, column, text) | key | row)

    def _counts(self, parts: Sequence[Labels]) -> bool:
        return any(kind == "count" for _, kind in parts)

    def _key(self, parts: Sequence[Labels]) -> dict[str, Any]:
        told = self.table.model_dump(include=set(KeyPart.model_fields), exclude_none=True)
        key: dict[str, Any] = {"category": "", "unit": "", "definition": "published"}
        key |= {"fiscal_year": self.year}
        key |= {"definition": WEIGHTED} if self.table.weighted else {}
        table = dict(told)
        labels: dict[str, Any] = {}
        for part, _ in parts:
            whole = part.get("breakdown") == "total" and "breakdown" in labels
            labels |= {k: v for k, v in part.items() if not (whole and k in _WHOLE)}
        key |= {**table, **labels}
        if "breakdown" not in key and not self._splits:
            key |= _WHOLE
        if formula := key.pop("formula", None):
            question = labels.get("indicator", "")
            key |= {"indicator": formula, "category": question or "total"}
            key["unit"] = self.about.formulas[formula].unit
        return key

    @property
    def _splits(self) -> bool:
        kinds = self.about.kinds()
        return any(kinds.get(name) in ("breakdowns", "batteries") for name in self.table.named)

    def _meant(self, text: str) -> str:
        for meaning, texts in self.table.symbols.items():
            if symbol(text) in map(symbol, texts):
                return "zero" if meaning == "zero" else "unknown"
        return "unknown" if text in ("…", "...", "・・・") else ""

    def _printed(self, text: str, meant: str, unit: str, where: str) -> dict[str, object] | None:
        if meant == "zero":
            return {"printed": "0", "value": 0.0}
        clean = _bare(text)
        if clean in DIRECTIONS:
            return {"printed": ARROWS[DIRECTIONS[clean]], "value": float("nan")}
        try:
            value = number(clean)
        except ValueError:
            example = "15,138人" if unit in ("人", "世帯", "件") else "72.5"
            self.problems.note(NOT_A_NUMBER.at(where, text=text, example=example))
            return None
        digits = decimals_of(clean)
        if (
            self.table.decimals is not None
            and digits != self.table.decimals
            and unit not in ("人", "位")
        ):
            clean = printed(value, self.table.decimals)
        elif digits > _LONG:
            self.problems.note(TOO_EXACT.at(where, text=text, found=digits))
            return None
        return {"printed": clean, "value": float(number(clean))}

    def _note_base(self, key: Mapping[str, Any], n: int, index: int, column: int = 0) -> None:
        """A printed number of people, of the question of its label or of all of the table's."""
        full = {**self._key([(dict(key), "")])} if "fiscal_year" not in key else dict(key)
        if "breakdown" not in full:
            return
        kinds = self.about.kinds()
        asked = (
            [str(full["indicator"])]
            if full.get("indicator")
            else [name for name in self.table.named if kinds.get(name) in ("questions", "asks")]
        )
        for name in asked or [""]:
            base = {"indicator": BASE, "category": name, "unit": "人"}
            place = self._place(index, column, str(n))
            row = {"printed": str(n), "value": float(n)}
            self.found.append(place | {**full, **base} | row)

    def _place(self, index: int, column: int, text: str) -> dict[str, object]:
        left = " ".join(dict.fromkeys(t for t in self.cells.values[index][:column] if t.strip()
                                      and not _is_number(t)))  # fmt: skip
        return {
            "page": self.table.page,
            "table": self.name,
            "row": left,
            "column": self.cells.where(index, column),
            "text": text,
            "source": self.table.source,
            "where": self.cells.where(index, column),
        }


def _is_number(text: str) -> bool:
    try:
        number(_bare(text))
    except ValueError:
        return False
    return True


def _bare(text: str) -> str:
    """A printed number without its unit and separators, minus as U+2212."""
    clean = unicodedata.normalize("NFKC", visible(text)).replace(",", "").strip()
    clean = re.sub(r"^[▲△−–-](?=[\d.])", MINUS, clean)
    return re.sub(
        r"(?<=\d)(?:%|ポイント|点|万人|人|万件|件|位|名|世帯|社|団体)$", "", clean
    ).strip()


def _base_in(labels: Iterable[str]) -> int:
    """The number of people that a label states: 18~29歳（n=138）."""
    for text in labels:
        if match := _BASE_IN.search(_form(text)):
            return int(match[1].replace(",", ""))
    return 0


def _knows(axis: Axis, text: str) -> bool:
    try:
        return axis.of(text) is not None
    except LookupError:
        return True
