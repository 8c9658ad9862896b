"""The attack: what can a reader compute of the people that a report does not tell of?

The reader knows every published number: shares, bases, intervals, means, differences, and counts
of single scores, from every kind of file, of this year and of earlier ones; that people are whole
and not negative; and that groups add up to totals, answers to bases. Each hidden answer and base
is then a linear programme, an integer one where few values are left: its smallest and its largest
possible number. The range between them is what protects. Used by the tests, by the rules that
hide (``exposed``), and by whoever verifies a report.
"""

from __future__ import annotations

import csv
import html
import io
import json
import math
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers import contents
from helpers.recorder import listing, reading
from helpers.survey.calibration import FloatArray

Group = tuple[str, str]
Key = tuple[str, str]
Nested = Mapping[Group, Sequence[Group]]
Sum = tuple[Group, list[Group]]
Row = Mapping[str, Any]
TOTAL: Group = ("total", "total")
POOLED: Group = ("total", "pooled")
PRECISE = 1e-6
_FEW = 12  # a range this small may be smaller still for whole people
_TAIL = 0.025
_POOLED = ("by_source", "city_method", "pooled", "fixed_shares")


@dataclass(frozen=True)
class Asked:
    """What was asked, and which published number is made of which answers.

    Attributes:
        answers: question → its answers.
        shares: (indicator, category) → question, and the answers it counts.
        means: (indicator, category) → question, and what each answer is worth (a mean, a net).
        groups: breakdown → its groups, those that are printed nowhere included.
        nested: a group → the groups that it is the sum of.
        words: a group, an indicator, ``indicator.category`` → how texts call it.
    """

    answers: Mapping[str, Sequence[str]]
    shares: Mapping[Key, tuple[str, Sequence[str]]]
    means: Mapping[Key, tuple[str, Mapping[str, float]]] = field(default_factory=dict)
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    nested: Nested = field(default_factory=dict)
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Fact:
    """One thing that is known: low ≤ Σ worth · people (÷ those who answered) ≤ high.

    Attributes:
        group: of whom.
        question: what they were asked.
        worth: answer → its factor.
        low, high: what the sum can be.
        per_person: divided by the base, as shares and means are.
    """

    group: Group
    question: str
    worth: Mapping[str, float]
    low: float
    high: float
    per_person: bool = True


# ---- what the numbers say ---------------------------------------------------------------------


def facts_of(
    rows: Iterable[Row], asked: Asked, *, ratio: float = 3.0, earlier: Iterable[Row] = ()
) -> list[Fact]:
    """What published rows tell, to the digits that they have.

    Args:
        rows: with indicator, breakdown, group, category, and any of value, printed, n, low, high,
            definition; what is missing tells nothing.
        asked: what they are about.
        ratio: the largest weight of a group over its smallest: how far a weighted share can be
            from the share of people.
        earlier: the rows of another year: a difference from it tells of this one.
    """
    old = [dict(row) for row in earlier]
    found: list[Fact] = []
    for row in rows:
        if str(row.get("basis") or "microdata") != "microdata":
            continue
        groups = _whom(row)
        weighted = ratio if row.get("definition", "") == "weighted" else 1.0
        key = (str(row["indicator"]), str(row.get("category") or ""))
        for group in groups:
            if key in asked.shares:
                found += _of_share(row, group, asked, weighted)
            elif key in asked.means:
                question, worth = asked.means[key]
                found += _of_base(row, group, question, asked)
                if span := _span(row):
                    slack = max(map(abs, worth.values())) * (1 - 1 / weighted)
                    found.append(Fact(group, question, worth, span[0] - slack, span[1] + slack))
            elif key[0].endswith("_change"):
                found += _of_change(row, asked, old, ratio)
    return found


def _whom(row: Row) -> list[Group]:
    group = (str(row["breakdown"]), str(row["group"]))
    pooled = str(row.get("definition") or "") in _POOLED or str(row.get("source")) == "pooled"
    return [POOLED if pooled and group == TOTAL else group]


def _of_base(row: Row, group: Group, question: str, asked: Asked) -> list[Fact]:
    n = _number(row.get("n"))
    if n is None:
        return []
    return [Fact(group, question, dict.fromkeys(asked.answers[question], 1.0), n, n, False)]


def _of_share(row: Row, group: Group, asked: Asked, ratio: float) -> list[Fact]:
    key = (str(row["indicator"]), str(row.get("category") or ""))
    question, answers = asked.shares[key]
    worth = dict.fromkeys(answers, 1.0)
    found = _of_base(row, group, question, asked)
    span = _span(row)
    ends = [_number(row.get(end)) for end in ("low", "high")]
    if (span is None or not found) and None not in ends:
        share, n = from_interval(float(ends[0] or 0), float(ends[1] or 0), _step(row, "low"))
        span = span or share
        if not found:
            everyone = dict.fromkeys(asked.answers[question], 1.0)
            found = [Fact(group, question, everyone, n[0], n[1] * ratio, False)]
    if span is None:
        return found
    low, high = (min(max(x / 100, 0.0), 1.0) for x in span)
    low, high = low / (low + (1 - low) * ratio), high * ratio / (high * ratio + 1 - high)
    return [*found, Fact(group, question, worth, low, high)]


def _of_change(row: Row, asked: Asked, earlier: Sequence[Row], ratio: float) -> list[Fact]:
    """The number of this year is that of the other plus the difference."""
    of = str(row["indicator"]).removesuffix("_change")
    names = {**row, "indicator": of}
    names.pop("value", None)
    difference = _span(row)
    same = ("indicator", "breakdown", "group", "category")
    found: list[Fact] = []
    for old in earlier if difference else ():
        if all(str(old.get(n) or "") == str(names.get(n) or "") for n in same) and (
            str(old.get("definition") or "") == str(row.get("definition") or "")
        ):
            before = _span(old)
            if before and difference:
                low, high = before[0] + difference[0], before[1] + difference[1]
                middle, half = (low + high) / 2, (high - low) / 2
                told = {**names, "value": middle, "_half": half, "low": None, "high": None}
                told["n"] = None  # that of a difference is the smaller of two
                found += facts_of([told], asked, ratio=ratio)
    return found


def _span(row: Row) -> tuple[float, float] | None:
    """What a rounded number can have been."""
    value = _number(row.get("value"))
    value = value if value is not None else _number(row.get("printed"))
    if value is None:
        return None
    half = row["_half"] if "_half" in row else _step(row, "value")
    return value - half - 1e-9, value + half + 1e-9


def _step(row: Row, name: str) -> float:
    """Half a unit of the last digit."""
    texts = [str(row.get(name) or ""), str(row.get("printed") or "") if name == "value" else ""]
    digits = max(len(t.partition(".")[2]) if "e" not in t else 10 for t in texts)
    return 0.5 * 10.0**-digits


def _number(value: object) -> float | None:
    text = str(value if value is not None else "").replace("\N{MINUS SIGN}", "-").replace(",", "")
    try:
        found = float(text)
    except ValueError:
        return None
    return None if math.isnan(found) else found


def from_interval(
    low: float, high: float, step: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """The share and the base that a Clopper–Pearson interval (in per cent) was made of.

    Each end is a beta quantile of the count x and the base n, and the interval narrows as n
    grows: n is found by halving, and for each n the x that has the lower end.

    Returns:
        The share (in per cent) and the base, each from … to: as far as the digits tell.
    """
    found = []
    for down in (low - step, low, low + step):
        for up in (high - step, high, high + step):
            if one := _made_of(max(down, 0.0) / 100, min(up, 100.0) / 100):
                found.append(one)
    if not found:
        return (0.0, 100.0), (0.0, math.inf)
    shares, bases = zip(*found, strict=True)
    return (min(shares), max(shares)), (min(bases) * 0.97 - 0.5, max(bases) * 1.05 + 0.5)


def _made_of(low: float, high: float) -> tuple[float, float] | None:
    """Share (in per cent) and base of one interval; None where no base has it."""
    from scipy import special

    if not low < high or (low <= 0 and high >= 1):
        return None
    if low <= 0:
        return 0.0, math.log(_TAIL) / math.log(1 - high)
    if high >= 1:
        return 100.0, math.log(_TAIL) / math.log(low)

    def count(n: float) -> float:
        least, most = 0.0, n
        for _ in range(50):
            x = (least + most) / 2
            least, most = (x, most) if special.betainc(x, n - x + 1, low) > _TAIL else (least, x)
        return x

    def too_wide(n: float) -> bool:
        x = count(n)
        return bool(special.betainc(x + 1, n - x, high) < 1 - _TAIL)

    few, many = 0.5, 1e7
    for _ in range(60):
        n = math.sqrt(few * many)
        few, many = (n, many) if too_wide(n) else (few, n)
    return 100 * count(n) / n, n


# ---- what follows -----------------------------------------------------------------------------


Cell = tuple[Group, str, tuple[str, ...]]
"""A group, a question, and the answers whose people are counted; all of them are the base."""


def hidden_cells(rows: Iterable[Row], asked: Asked) -> list[Cell]:
    """What a report does not tell: every base and answer of groups that it hides or merges.

    Args:
        rows: all rows of the report, the hidden ones too.
        asked: what was asked.
    """
    micro = [row for row in rows if str(row.get("basis") or "microdata") == "microdata"]
    shown = {(r["breakdown"], r["group"]) for r in micro if r["flag"] != "suppressed"}
    whole = {(r["breakdown"], r["group"]) for r in micro} - shown
    whole |= {part for run in asked.nested.values() for part in run}
    told = {
        (r["breakdown"], asked.shares[r["indicator"], r["category"]][0])
        for r in micro
        if (r["indicator"], r["category"]) in asked.shares
    }
    cells: dict[Cell, None] = {}
    for group in sorted(whole):
        for question, answers in asked.answers.items():
            if (group[0], question) in told:
                cells |= dict.fromkeys([(group, question, tuple(answers))])
                cells |= dict.fromkeys((group, question, (answer,)) for answer in answers)
    for row in micro:
        key, group = (row["indicator"], row["category"]), (row["breakdown"], row["group"])
        if row["flag"] == "suppressed" and key in asked.shares and group not in whole:
            question, own = asked.shares[key]
            cells[_whom(row)[0], question, tuple(own)] = None
    return list(cells)


def ranges(facts: Sequence[Fact], asked: Asked, cells: Iterable[Cell]) -> pd.DataFrame:
    """The smallest and largest number of people that each hidden cell can hold.

    Args:
        facts: what is published.
        asked: what it is about.
        cells: from ``hidden_cells``.

    Returns:
        One row a cell: breakdown, group, question, answers ("" for the base), low, high, range,
        and ``possible``: how many there can be at all (those of everybody who said so).
    """
    lines: list[tuple[str, str, str, str, float, float, float]] = []
    programmes: dict[tuple[str, str], _Programme] = {}
    for group, question, answers in cells:
        place = (question, group[0])
        if place not in programmes:
            programmes[place] = _programme(facts, asked, *place)
        programme = programmes[place]
        low, high = programme.range([programme.at[group, answer] for answer in answers])
        base = len(answers) == len(asked.answers[question])
        top = programme.range([programme.at[programme.whole, a] for a in answers])[1]
        lines.append((*group, question, "" if base else "+".join(answers), low, high, top))
    names = ["breakdown", "group", "question", "answers", "low", "high", "possible"]
    found = pd.DataFrame(lines, columns=names)
    return found.assign(range=found["high"] - found["low"])


def _programme(facts: Sequence[Fact], asked: Asked, question: str, breakdown: str) -> _Programme:
    """One question in one breakdown: its groups, their parts, and the whole."""
    whole = POOLED if breakdown == "source" else TOTAL
    parts = [(breakdown, group) for group in asked.groups.get(breakdown, ())]
    inner = [one for group in parts for one in asked.nested.get(group, ()) if one not in parts]
    groups = list(dict.fromkeys([whole, *parts, *inner]))
    programme = _Programme(groups, asked.answers[question])
    programme.whole = whole
    programme.add_up(whole, [part for part in parts if part != whole])
    for group in parts:
        programme.add_up(group, asked.nested.get(group, ()))
    for fact in facts:
        if fact.question == question and fact.group in groups:
            programme.know(fact)
    return programme


class _Programme:
    """The people of every group and answer as variables, and what is known as constraints."""

    def __init__(self, groups: Sequence[Group], answers: Sequence[str]) -> None:
        self.at = {(g, a): i for i, (g, a) in enumerate((g, a) for g in groups for a in answers)}
        self._answers = answers
        self._rows: list[FloatArray] = []
        self._ends: list[tuple[float, float]] = []
        self._found: dict[tuple[int, ...], tuple[float, float]] = {}
        self._known: set[bytes] = set()
        self.whole = groups[0]

    def add_up(self, whole: Group, parts: Sequence[Group]) -> None:
        """Groups that make up another, answer by answer."""
        for answer in self._answers if parts else ():
            row = np.zeros(len(self.at))
            row[self.at[whole, answer]] = -1.0
            row[[self.at[part, answer] for part in parts]] = 1.0
            self._add(row, 0.0, 0.0)

    def know(self, fact: Fact) -> None:
        """Add a published number."""
        for side, end in ((1, fact.high), (-1, fact.low)):
            if math.isinf(end):
                continue
            row = np.zeros(len(self.at))
            for answer in self._answers:
                own = fact.worth.get(answer, 0.0) - (end if fact.per_person else 0.0)
                row[self.at[fact.group, answer]] = side * own
            self._add(row, -np.inf, PRECISE if fact.per_person else side * end + PRECISE)

    def _add(self, row: FloatArray, low: float, high: float) -> None:
        said = row.tobytes() + np.array([low, high]).tobytes()
        if said not in self._known:  # a base is told with every number
            self._known.add(said)
            self._rows.append(row)
            self._ends.append((low, high))

    def range(self, columns: Sequence[int]) -> tuple[float, float]:
        """Smallest and largest possible number of people in some cells together."""
        key = tuple(columns)
        if key not in self._found:
            low, high = self._solve(columns, whole=False)
            low, high = math.ceil(low - 1e-5), math.floor(high + 1e-5) if high < np.inf else high
            if high - low < _FEW:
                low, high = self._solve(columns, whole=True)
            self._found[key] = (low, high)
        return self._found[key]

    def _solve(self, columns: Sequence[int], *, whole: bool) -> tuple[float, float]:
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csc_array

        goal = np.zeros(len(self.at))
        goal[list(columns)] = 1.0
        ends = np.array(self._ends)
        rules = LinearConstraint(csc_array(np.array(self._rows)), ends[:, 0], ends[:, 1])
        kinds = np.full(len(goal), 1 if whole else 0)
        out = []
        for side in (1, -1):
            done = milp(side * goal, constraints=rules, integrality=kinds, bounds=Bounds(0, np.inf))
            if done.status == 3:  # nothing limits it
                out.append(np.inf)
            elif done.status != 0:
                raise ArithmeticError(
                    f"the published numbers contradict one another: {done.message}"
                )
            else:
                out.append(float(side * done.fun))
        return round(out[0], 6), round(out[1], 6)


def attack(
    counts: pd.DataFrame, hidden: Collection[Group], nested: Nested | None = None
) -> pd.DataFrame:
    """Attack a table of counts of which some groups are not printed; for trying rules out.

    Args:
        counts: columns breakdown, group, category, n; with the row total.total for each
            category. Breakdowns must be complete: persons of unknown class are a group too.
        hidden: groups whose rows are not printed.
        nested: parent group -> the groups it is the sum of.

    Returns:
        Frame breakdown, group, category ("" = the base), n (the truth), low, high.

    Raises:
        ValueError: the counts themselves do not add up, or a category of a group is missing.
    """
    table = counts.pivot(index=["breakdown", "group"], columns="category", values="n")
    if table.isna().to_numpy().any():
        raise ValueError("every group needs a count for every category, 0 included")
    true = {(str(b), str(g)): table.loc[(b, g)].to_dict() for b, g in table.index}
    answers = [str(c) for c in table.columns]
    known = sums(true, nested or {})
    for whole, parts in known:
        if any(true[whole][a] != sum(true[p][a] for p in parts) for a in answers):
            raise ValueError(f"{whole}: its groups do not add up; add the unknown as a group")
    programme = _Programme(list(true), answers)
    for whole, parts in known:
        programme.add_up(whole, parts)
    dark = [key for key in true if key in set(hidden)]
    for key in true.keys() - set(dark):
        for answer in answers:
            n = float(true[key][answer])
            programme.know(Fact(key, "", {answer: 1.0}, n, n, False))
    lines: list[tuple[str, str, str, float, float, float]] = []
    for key in dark:
        columns = {a: [programme.at[key, a]] for a in answers}
        for answer, own in {**columns, "": [c for cs in columns.values() for c in cs]}.items():
            truth = true[key][answer] if answer else sum(true[key].values())
            lines.append((*key, answer, float(truth), *programme.range(own)))
    return pd.DataFrame(lines, columns=["breakdown", "group", "category", "n", "low", "high"])


def exposed(
    n: Mapping[Group, int], known: Sequence[Sum], hidden: Collection[Group], minimum: int
) -> list[Group]:
    """Return the hidden groups whose base the attack narrows to fewer than `minimum` values.

    Persons of unknown class who are no group are taken to be known to the reader.
    """
    from scipy.optimize import linprog

    dark = [key for key in n if key in hidden]
    if not dark:
        return []
    at = {key: i for i, key in enumerate(dark)}
    rows = [np.zeros(len(dark))]
    for whole, parts in known:
        row = np.zeros(len(dark))
        for key, sign in ((whole, -1.0), *((key, 1.0) for key in parts)):
            if key in at:
                row[at[key]] += sign
        rows.append(row)
    matrix = np.stack(rows)
    right = matrix @ np.array([float(n[key]) for key in dark])
    bare = []
    for key, i in at.items():
        goal = np.eye(len(dark))[i]
        low, high = (linprog(side * goal, A_eq=matrix, b_eq=right) for side in (1, -1))
        if high.status != 3 and -high.fun - low.fun < minimum - PRECISE:
            bare.append(key)
    return bare


def sums(groups: Iterable[Group], nested: Nested) -> list[Sum]:
    """List every sum a reader can form, as (whole, parts): breakdowns to the total, and nested."""
    keys = list(groups)
    breakdowns = dict.fromkeys(b for b, _ in keys if b != TOTAL[0])
    found = [(TOTAL, [key for key in keys if key[0] == b]) for b in breakdowns]
    found += [(whole, list(parts)) for whole, parts in nested.items()]
    return [(whole, parts) for whole, parts in found if {whole, *parts} <= set(keys)]


# ---- what is published ------------------------------------------------------------------------

_HEADS = {
    "key": ("キー", "Key", "key"),
    "value": ("値", "Value", "value", "値（丸める前）"),
    "printed": ("表示", "Printed", "printed", "数値", "Number"),
    "n": ("n",),
    "low": ("下限", "Low", "low", "95％下限"),
    "high": ("上限", "High", "high", "95％上限"),
    "definition": ("definition", "定義"),
    "basis": ("basis",),
}
_PARTS = ("indicator", "breakdown", "group", "category")


def published(folder: Path, asked: Asked, hidden: Collection[Group]) -> list[Row]:
    """Every number that the files of a folder tell of hidden groups, as rows.

    What is shown is taken from the indicator rows themselves, where definitions are told apart.

    Tables of CSV, of Excel, of Word and of executed notebooks, by their heads; texts (alternative
    texts, pages, pictures with text, PDFs, printed outputs) by the words for groups and answers.

    Args:
        folder: of a report, or of a history.
        asked: what was asked, and in which words.
        hidden: the groups that are looked for.
    """
    rows: list[Row] = []
    for path in listing(folder, "**/*"):
        if path.suffix == ".csv":
            text = reading(path).read_text(encoding="utf-8-sig")
            rows += of_table(list(csv.reader(io.StringIO(text))))
        elif path.suffix == ".xlsx":
            for sheet in _sheets(path):
                rows += of_table(sheet)
        elif path.suffix == ".ipynb":
            for text in _outputs(json.loads(reading(path).read_text(encoding="utf-8"))):
                rows += of_text(text, asked, hidden)
        elif path.suffix in (".txt", ".html", ".svg", ".md"):
            rows += of_text(reading(path).read_text(encoding="utf-8"), asked, hidden)
        elif path.suffix in (".docx", ".pptx", ".pdf", ".png"):
            rows += of_document(reading(path).read_bytes(), asked, hidden)
    return [row for row in rows if (row["breakdown"], row["group"]) in set(hidden)]


def _sheets(path: Path) -> Iterator[list[list[str]]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(reading(path)))
    for name in book.sheet_names:
        yield [[str(v) for v in line] for line in book.get_sheet_by_name(name).to_python()]


def _outputs(notebook: Mapping[str, Any]) -> Iterator[str]:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            for text in (output.get("text"), *(data.get(k) for k in data if "png" not in k)):
                if text:
                    yield "".join(text) if not isinstance(text, dict) else json.dumps(text)


def of_table(lines: Sequence[Sequence[str]]) -> list[Row]:
    """The rows of a table that has a line of heads, with a key or its four parts."""
    heads: dict[str, int] = {}
    rows: list[Row] = []
    for line in lines:
        at = {n: line.index(w) for n, words in _HEADS.items() for w in words if w in line}
        at |= {n: line.index(n) for n in _PARTS if n in line}
        if "key" in at or at.keys() >= set(_PARTS):
            heads = at
            continue
        row: dict[str, Any] = {n: line[i] for n, i in heads.items() if i < len(line)}
        if "key" in row and row["key"].count(".") >= 2:
            row |= dict(zip(_PARTS, [*row["key"].split(".", 3), ""], strict=False))
        if all(row.get(n) for n in _PARTS[:3]):
            weighted = "重み" in str(row.get("definition", "")) or "definition" not in row
            row["definition"] = "weighted" if weighted else row["definition"]
            rows.append(row)
    return rows


def of_text(text: str, asked: Asked, hidden: Collection[Group]) -> list[Row]:
    """Numbers beside the words for a hidden group, and tables in it."""
    page = _Page()
    page.feed(text)
    rows = [row for table in page.tables for row in of_table(table)]
    # A page tells of many things: there what is asked stands in the same piece of text.
    for piece in page.texts if "<html" in text[:500] else [" ".join(page.texts)]:
        rows += _beside_words(piece, asked, hidden)
    return rows


def of_document(content: bytes, asked: Asked, hidden: Collection[Group]) -> list[Row]:
    """The same of Word, PowerPoint, PDF, and of what a picture carries as text.

    What is asked must stand with the number: in its table, its paragraph, its alternative text, or
    on the page of a figure (a PDF of one thing).
    """
    rows: list[Row] = []
    pieces = list(_texts_of(content))
    for part in contents.parts(content):
        cells = [" ".join(row) for row in part.rows]
        if content.startswith(b"%PDF"):
            pieces += [" ".join(cells), "".join(cells), *cells]  # a change of font is a break
        elif not part.text:
            rows += of_table(part.rows)
            pieces.append("\n".join(cells))
    for piece in dict.fromkeys(pieces):
        rows += _beside_words(piece, asked, hidden)
    return rows


_DESCRIBED = re.compile(r'<[\w:]*(?:docPr|cNvPr)\b[^>]*?\bdescr="([^"]*)"')
_PARAGRAPH, _TAG = re.compile(r"</(?:w|a):p>"), re.compile(r"<[^>]*>")
_ALT = re.compile(rb"/Alt\s*(?:\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]+)>)", re.DOTALL)


def _texts_of(content: bytes) -> Iterator[str]:
    """Paragraphs and alternative texts of Word and PowerPoint, those of PDF, the texts of a PNG."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                if name.endswith(".xml"):
                    text = contents.decoded(archive.read(name))
                    yield from map(html.unescape, _DESCRIBED.findall(text))
                    for paragraph in _PARAGRAPH.split(text):
                        yield html.unescape(_TAG.sub("", paragraph))
    elif content.startswith(b"%PDF"):
        for plain, coded in _ALT.findall(content):
            raw = bytes.fromhex(coded.decode()) if coded else re.sub(rb"\\(.)", rb"\1", plain)
            yield contents.decoded(raw)
    elif content.startswith(b"\x89PNG"):
        from PIL import Image

        with Image.open(io.BytesIO(content)) as picture:
            picture.load()  # a text may stand behind the picture
            yield from (str(text) for text in picture.info.values() if isinstance(text, str))


def _beside_words(told: str, asked: Asked, hidden: Collection[Group]) -> list[Row]:
    rows: list[Row] = []
    about = [k for k in asked.shares if k[0] in told or _called(told, asked, k[0])]
    bare = told
    for word in (w for k in about for w in asked.words.get(k[0], ())):
        bare = bare.replace(word, "")
    keys = [k for k in about if _called(bare, asked, ".".join(k))]
    keys = keys or [k for k in about if k[1] == "positive"]
    for sentence in re.split(r"[。;；、\n]|, ", told):
        for group in hidden:
            names = [*asked.words.get(group[1], ()), group[1]]
            if name := next((word for word in names if word in sentence), None):
                after = sentence[sentence.index(name) + len(name) :]
                rows += _numbers_of(after, group, keys)
    return rows


def _called(text: str, asked: Asked, name: str) -> bool:
    return any(word in text for word in asked.words.get(name, ()))


def _numbers_of(text: str, group: Group, keys: Sequence[Key]) -> Iterator[Row]:
    share = re.search(r"(\d+(?:\.\d+)?)\s*[％%]", text)
    base = re.search(r"n\s*[=＝:]?\s*(\d+)|(\d+)\s*(?:人|people)", text)
    for indicator, category in keys:
        row = {"indicator": indicator, "category": category}
        row |= {"breakdown": group[0], "group": group[1]}
        if share:
            row |= {"value": share[1], "printed": share[1], "definition": "weighted"}
        if base:
            row["n"] = base[1] or base[2]
        if share or base:
            yield row


class _Page(HTMLParser):
    """Tables as lists of cells, and everything else as text."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a line or a cell."""
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self.tables[-1][-1].append("")
        self.texts += [v for k, v in attrs if k in ("alt", "title", "aria-label") and v]

    def handle_data(self, data: str) -> None:
        """Text of a cell, or of the page."""
        if self.tables and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += data.strip()
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        """Pictures with text as outlines keep it in comments."""
        self.texts.append(data)
