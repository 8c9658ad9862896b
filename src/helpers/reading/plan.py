"""The table of a plan as cities keep it: one row a measure, what it is beside what it came to.

Its headings are known by their words (指標名, 単位, 現状値, R6実績値, R9目標値, 事業費 …), wherever
they stand, in one row or two; a year may stand in the heading or behind a number, as in
``15,138人(R3)``.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from helpers.edition import Edition, Plan
from helpers.edition.description import MEASURES, text_id
from helpers.problems import InputError, Message, Problems, listed
from helpers.reading.cell import plain, visible
from helpers.reading.consistency import BASE
from helpers.reading.files import Cells, read_cells
from helpers.reading.targets import ARROWS, DIRECTIONS, RANGE
from helpers.reading.units import symbol
from helpers.rounding import MINUS, number
from helpers.years import parse_year

ROLES: Mapping[str, tuple[str, ...]] = {
    role: tuple(words.split())
    for role, words in {
        "measure": "指標名 成果指標名 成果指標 数値目標 指標",
        "number": "指標番号 指標no 番号 no no.",
        "definition": "指標の定義 指標の説明 指標の考え方 算出方法 説明",
        "unit": "単位",
        "direction": "方向 方向性 望ましい方向 目指す方向",
        "counts": "集計 累計・単年 単年・累計 種別",
        "survey": "把握方法 測定方法 データの出典",
        "baseline_year": "基準年度 現状値の年度 基準年",
        "policy_number": "施策番号 施策no",
        "policy": "施策名 施策",
        "field": "分野 政策分野 政策 章 基本目標",
        "department": "担当課 所管課 主管課 担当",
        "grade": "評価 判定 指標の評価 指標評価",
        "policy_grade": "施策評価 施策の評価 進捗評価",
        "reason": "判断理由 評価の判断理由 評価理由 評価の理由",
        "rule": "評価基準 評価の基準",
    }.items()
}
_OF_VALUES = (
    ("n", ("回答者数", "回答数")),
    ("own_funds", ("一般財源",)),
    ("cost", ("事業費", "決算額", "予算額")),
    ("target", ("目標", "計画値")),
    ("baseline", ("現状値", "基準値", "策定時", "当初値")),
    ("actual", ("実績", "実測", "現在値")),
)
_NO_VALUES = (
    "達成率",
    "進捗率",
    "達成度",
    "達成状況",
    "増減",
    "前年度比",
    "との差",
    "設定",
    "理由",
)
"""Headings of what follows from the numbers, or is said of them: they are computed anew."""
_RATES = ("達成率", "達成度", "進捗率")
"""Those of ``_NO_VALUES`` that ``check`` holds against what is computed."""
_YEAR_IN = re.compile(
    r"(?:令和|平成|昭和|[RHS])\.?(?:元|\d{1,2})(?:年度?)?|(?:19|20)\d\d(?:年度?)?"
)
_UNIT_IN = re.compile(r"[(（]([^()（）]*円)[)）]")
_WITH_YEAR = re.compile(r"(.*?)\s*[(（【]([^()（）【】]*)[)）】]")
_SIGN = re.compile(r"(^|[~〜～])[-−–▲△](?=[\d.])")
_DIRECTIONS: Mapping[str, str] = {
    **DIRECTIONS,
    **dict.fromkeys(("増加", "上昇", "向上", "増", "up"), "up"),
    **dict.fromkeys(("減少", "低下", "減", "down"), "down"),
    **dict.fromkeys(("維持", "横ばい", "keep"), "keep"),
}
_SEARCHED = 30
DITTO = ("policy_number", "policy", "field", "department", "policy_grade", "reason")

NO_HEADING = Message(
    "指標名の見出しの行が見つかりません",
    "{names} のどれかの見出し",
    "見出しの言葉を直すか、edition.yml の plan.columns に measure: [見出し] と書いてください",
    "no row of headings with the name of the measures. → call it one of {names}, or write "
    "measure: [heading] under plan.columns in edition.yml",
)
NO_VALUES = Message(
    "実績か目標の見出し（年度つき）がありません",
    "R6実績値、R9目標値 のような見出し",
    en="there is no heading of actuals or targets with its year, like R6実績値 or R9目標値. → mend "
    "the headings",
)
NO_YEAR = Message(
    "この{what}の年度がわかりません",
    "見出し（R3現状値）、数値のうしろ（15,138人(R3)）、基準年度の列のどれか",
    en="the year of this number is not known. → write it in the heading (R3現状値), behind the "
    "number (15,138人(R3)) or in a column 基準年度",
)
NO_UNIT = Message(
    "成果指標「{name}」に単位がありません",
    "人、件、％ など",
    "単位の列か、edition.yml の measures に書いてください",
    "the measure “{name}” has no unit. → write it in the column 単位, or under measures in "
    "edition.yml",
)
TWICE = Message(
    "成果指標「{name}」が2回あります（はじめは {first}）",
    "指標ごとに1行",
    "再掲の行なら plan.leave_out に指標番号を書き、別の指標なら名前で区別してください",
    "the measure “{name}” is there twice, first at {first}. → write the number of a repeated row "
    "under plan.leave_out, or tell the two apart by their names",
)
NOT_A_NUMBER = Message(
    "「{text}」は数値ではありません",
    "数値（{unit}）、↗・↘・→（向きだけの目標）、40〜50（範囲）",
    "表を直してください。記号なら plan に symbols: {{unknown: ['{text}']}} と書きます",
    "“{text}” is no number, direction or range. → mend the table; of a symbol say at plan: "
    "symbols: {{unknown: ['{text}']}}",
)
MERGED = Message(
    "数値のセルが {area} に結合されています",
    "指標ごとに1つのセル",
    "結合を解いて、どの指標の数値かがわかるようにしてください",
    "the cell of a number is merged over {area}. → unmerge it: it belongs to no one measure",
)
NO_GRADE = Message(
    "評価「{text}」は、評価の基準「{rule}」にありません",
    "{grades}",
    "表の評価か、edition.yml の grades.{rule} を直してください",
    "the grade “{text}” is none that the rule “{rule}” yields ({grades}). → mend the table, or "
    "grades.{rule} in edition.yml",
)
NO_POLICY = Message(
    "成果指標「{name}」の施策がありません",
    en="the measure “{name}” has no 施策. → write it in its row or in one above",
    remedy="その行か上の行に施策名を書いてください",
)


@dataclass(frozen=True)
class PrintedRate:
    """A rate as the table prints it, in %: of which measure and year, and where it stands."""

    measure: str
    year: int
    printed: str
    where: str


@dataclass
class PlanTable:
    """A plan read: its numbers as rows of printed tables, and what they are of.

    Attributes:
        rows: as ``printed_tables.csv`` gives them, with ``where``.
        measures: measure → what is said of it (``Measured``).
        policies: 施策 → what is said of it (``Policy``).
        columns: the headings in their order, for the same table going out.
        kinds: what each column is (``measure``, ``unit``, ``actual`` …), and of which year.
        lines: measure → its cells as they are, in the table's order.
        rates: what is printed of 達成率 and 進捗率; computed anew, and held against that.
    """

    rows: list[dict[str, object]] = field(default_factory=list)
    measures: dict[str, dict[str, Any]] = field(default_factory=dict)
    policies: dict[str, dict[str, Any]] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    kinds: list[tuple[str, int | None]] = field(default_factory=list)
    lines: dict[str, list[str]] = field(default_factory=dict)
    rates: list[PrintedRate] = field(default_factory=list)


def read_plan(edition: Edition, problems: Problems) -> PlanTable:
    """The table of an edition's plan; nothing where it has none or the file cannot be read."""
    if edition.plan is None:
        return PlanTable()
    try:
        cells = read_cells(edition.places.raw / edition.plan.file, edition.plan.sheet)
    except InputError as error:
        problems.extend(error.problems)
        return PlanTable()
    problems.extend(cells.warnings)
    reading = _Reading(edition, edition.plan, cells, problems)
    reading.read()
    return reading.found


@dataclass
class _Column:
    """A column of numbers: of which kind, of which year, in which unit."""

    kind: str
    year: int | None
    unit: str = ""


@dataclass
class _Reading:
    edition: Edition
    plan: Plan
    cells: Cells
    problems: Problems
    found: PlanTable = field(default_factory=PlanTable)
    first: dict[str, str] = field(default_factory=dict)
    rates: dict[int, int] = field(default_factory=dict)  # column → year

    def read(self) -> None:
        heading = self._heading()
        if heading is None:
            names = listed(self._words("measure"))
            self.problems.note(NO_HEADING.at(self.cells.where(0, 0), names=names))
            return
        top, bottom = heading
        texts = self._texts(top, bottom)
        self.found.columns = [visible(text) for text in texts]
        roles = self._roles(texts)
        numbers = {
            at: column
            for at, text in enumerate(texts)
            if at not in roles.values() and (column := self._column(text))
        }
        if not any(one.kind in ("actual", "target") for one in numbers.values()):
            self.problems.note(NO_VALUES.at(self.cells.where(bottom, 0)))
            return
        self.rates = {
            at: self._year(text) or self.edition.fiscal_year
            for at, text in enumerate(texts)
            if any(word in visible(text) for word in _RATES)
        }
        by_column = {at: role for role, at in roles.items()}
        self.found.kinds = [
            (numbers[at].kind, numbers[at].year) if at in numbers else (by_column.get(at, ""), None)
            for at in range(len(texts))
        ]
        above: dict[str, str] = {}
        for index in range(bottom + 1, len(self.cells.values)):
            row = self.cells.values[index]
            told = {role: visible(row[at]) for role, at in roles.items()}
            for role in DITTO:
                if role in told:
                    # A new 施策 begins: what stood above was said of another.
                    if role == "policy" and told[role] and told[role] != above.get(role):
                        above = {r: t for r, t in above.items() if r == "field"}
                    told[role] = above[role] = told[role] or above.get(role, "")
            if told["measure"] and not self._left_out(told):
                self._measure(index, told, roles, numbers)

    def _words(self, role: str) -> list[str]:
        return [*self.plan.columns.get(role, []), *ROLES[role]]

    def _left_out(self, told: Mapping[str, str]) -> bool:
        out = {plain(text) for text in self.plan.leave_out}
        return bool(out & {plain(told["measure"]), plain(told.get("number", "")) or "\0"})

    def _heading(self) -> tuple[int, int] | None:
        """First and last row of the headings."""
        words = [plain(word).lower() for word in self._words("measure")]
        for index, row in enumerate(self.cells.values[:_SEARCHED]):
            at = next((c for c, t in enumerate(row) if plain(t).lower() in words), None)
            if at is None or sum(bool(text.strip()) for text in row) < 3:
                continue
            last = index
            while last + 1 < len(self.cells.values) and self._goes_on(last + 1, at, row[at]):
                last += 1
            return index, last
        return None

    def _goes_on(self, index: int, at: int, text: str) -> bool:
        """Whether a row is the second one of the headings: merged, or of years alone."""
        row = self.cells.values[index]
        if row[at].strip():
            return row[at] == text
        filled = [cell for cell in row if cell.strip()]
        return bool(filled) and all(self._year(cell) or self._column(cell) for cell in filled)

    def _texts(self, top: int, bottom: int) -> list[str]:
        """The heading of each column in one line; an upper one holds for those to its right."""
        levels = [list(self.cells.values[index]) for index in range(top, bottom + 1)]
        for level, below in pairwise(levels):
            last = ""
            for at, text in enumerate(level):
                last = text if text.strip() else last if below[at].strip() else ""
                level[at] = text or last
        return [
            " ".join(dict.fromkeys(level[at] for level in levels if level[at].strip()))
            for at in range(len(levels[0]))
        ]

    def _roles(self, texts: list[str]) -> dict[str, int]:
        """Which column says what of a measure, by its words, those of edition.yml first."""
        known = [re.sub(r"\s+", "", plain(text).lower()) for text in texts]
        found: dict[str, int] = {}
        for role in ROLES:
            for word in self._words(role):
                spots = [i for i, text in enumerate(known) if text == plain(word).lower()]
                if free := [i for i in spots if i not in found.values()]:
                    found[role] = free[0]
                    break
        return found

    def _column(self, text: str) -> _Column | None:
        """What the numbers below a heading are, if it is one of numbers."""
        clean = visible(text)
        if any(word in clean for word in _NO_VALUES):
            return None
        kind = next((k for k, words in _OF_VALUES if any(w in clean for w in words)), "")
        year = self._year(clean)
        rest = re.sub(
            r"[\s()（）年度値]", "", _YEAR_IN.sub("", unicodedata.normalize("NFKC", clean))
        )
        if not kind and (year is None or rest):
            return None
        unit = match[1] if (match := _UNIT_IN.search(clean)) else ""
        return _Column(kind or "actual", year, unit)

    @staticmethod
    def _year(text: str) -> int | None:
        years = _YEAR_IN.findall(unicodedata.normalize("NFKC", text))
        try:
            return parse_year(years[-1]) if years else None
        except ValueError:
            return None

    def _measure(
        self,
        index: int,
        told: dict[str, str],
        roles: Mapping[str, int],
        numbers: Mapping[int, _Column],
    ) -> None:
        name, where = told["measure"], self.cells.where(index, roles["measure"])
        ident = text_id(name)
        if ident in self.first:
            self.problems.note(TWICE.at(where, name=name, first=self.first[ident]))
            return
        self.first[ident] = where
        self.found.lines[ident] = [visible(text) for text in self.cells.values[index]]
        own = self.edition.measures.get(ident)
        unit = told.get("unit", "") or (own.unit if own else "")
        if not unit:
            at = self.cells.where(index, roles.get("unit", roles["measure"]))
            self.problems.note(NO_UNIT.at(at, name=name))
            return
        policy = self._policy(told)
        if "policy" in roles and not policy:
            self.problems.note(NO_POLICY.at(self.cells.where(index, roles["policy"]), name=name))
        direction = _DIRECTIONS.get(plain(told.get("direction", "")).lower(), "")
        said: dict[str, Any] = {
            "ja": name,
            "unit": unit,
            "policy": policy,
            "direction": direction,
            "counts": "cumulative" if "累計" in told.get("counts", "") + name else "yearly",
            "survey": any(w in told.get("survey", "") for w in ("調査", "アンケート")),
            "target_year": self.plan.target,
            "rule": told.get("rule", "") or self.plan.rule,
            **{role: told[role] for role in ("number", "definition") if told.get(role)},
        }
        self.found.measures[ident] = said
        if "grade" in roles and told["grade"]:
            self._grade(index, roles["grade"], ident, said["rule"], told["grade"])
        for place, year in self.rates.items():
            rate = _read(visible(self.cells.values[index][place]), "%", "actual")
            if rate:
                at = self.cells.where(index, place)
                self.found.rates.append(PrintedRate(ident, year, rate[0], at))
        for place, column in numbers.items():
            self._number(index, place, column, (ident, unit, policy), told)

    def _policy(self, told: Mapping[str, str]) -> str:
        """The 施策 of a row, described once."""
        name = told.get("policy", "")
        if not name:
            return ""
        ident = text_id(name)
        said = self.found.policies.setdefault(ident, {"ja": name})
        for role, key in (
            ("policy_number", "number"), ("field", "field"), ("department", "department"),
            ("policy_grade", "evaluation"), ("reason", "reason"),
        ):  # fmt: skip
            if told.get(role) and key not in said:
                said[key] = told[role]
        return ident

    def _grade(self, index: int, at: int, ident: str, rule: str, text: str) -> None:
        """The grade that the table prints, which its rule must be able to yield."""
        rules, where = self.edition.grades, self.cells.where(index, at)
        name = rule or next(iter(rules), "")
        known = {plain(grade): grade for grade in rules[name].grades} if name in rules else {}
        if known and plain(text) not in known:
            words = {"text": text, "rule": name, "grades": listed(rules[name].grades)}
            self.problems.note(NO_GRADE.at(where, **words))
            return
        key = {"indicator": "kpi_grade", "breakdown": MEASURES, "group": ident, "unit": ""}
        printed = known.get(plain(text), text)
        self._add(index, at, text, key, self.edition.fiscal_year, printed, float("nan"))

    def _number(
        self,
        index: int,
        at: int,
        column: _Column,
        of: tuple[str, str, str],
        told: Mapping[str, str],
    ) -> None:
        text, where = visible(self.cells.values[index][at]), self.cells.where(index, at)
        ident, unit, policy = of
        if not text or self._unknown(text):
            return
        money = column.kind in ("cost", "own_funds")
        if not money and self.cells.area(index, at):
            self.problems.note(MERGED.at(where, area=self.cells.area(index, at)))
            return
        year = column.year
        if match := _WITH_YEAR.fullmatch(text):
            year, text = self._year(match[2]) or year, match[1]
        if year is None and column.kind == "baseline":
            year = self._year(told.get("baseline_year", ""))
        if year is None and (money or column.kind == "n"):
            year = self.edition.fiscal_year
        if year is None:
            what = {"baseline": "現状値", "target": "目標値"}.get(column.kind, "実績値")
            self.problems.note(NO_YEAR.at(where, what=what))
            return
        wanted = (column.unit or "千円") if money else "人" if column.kind == "n" else unit
        read = _read(text, wanted, column.kind)
        if read is None:
            self.problems.note(NOT_A_NUMBER.at(where, text=text, unit=wanted))
            return
        if money:
            # A 事業費 is of its 施策, where there is one: it stands once, or merged over its rows.
            group = ("policy", policy) if policy else (MEASURES, ident)
            key = {"indicator": column.kind, "breakdown": group[0], "group": group[1],
                   "unit": wanted}  # fmt: skip
        elif column.kind == "n":
            key = {"indicator": BASE, "breakdown": MEASURES, "group": ident,
                   "category": MEASURES, "unit": wanted}  # fmt: skip
        else:
            key = {"indicator": MEASURES, "breakdown": MEASURES, "group": ident,
                   "category": column.kind, "unit": wanted}  # fmt: skip
        self._add(index, at, text, key, year, *read)

    def _unknown(self, text: str) -> bool:
        told = [symbol(one) for texts in self.plan.symbols.values() for one in texts]
        return symbol(text) in told or text in ("…", "...", "・・・", "未集計", "未調査")

    def _add(
        self,
        index: int,
        at: int,
        text: str,
        key: Mapping[str, str],
        year: int,
        printed: str,
        value: float,
    ) -> None:
        row = {"category": "", "definition": "published", **key, "fiscal_year": year}
        same = ("indicator", "breakdown", "group", "category", "fiscal_year", "printed")
        new = {
            "page": "",
            "table": self.plan.sheet[0] if self.plan.sheet else self.plan.file,
            "row": self.cells.values[index][0],
            "column": self.found.columns[at],
            "text": text,
            **row,
            "printed": printed,
            "value": value,
            "source": self.plan.source,
            "where": self.cells.where(index, at),
        }
        if not any(all(new[n] == other[n] for n in same) for other in self._money(new)):
            self.found.rows.append(new)

    def _money(self, new: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
        """The rows of the same 施策, whose one 事業費 may stand beside each of its measures."""
        if new["breakdown"] == "policy":
            yield from (row for row in self.found.rows if row["group"] == new["group"])


def _read(text: str, unit: str, kind: str) -> tuple[str, float] | None:
    """A number, of a target a direction or a range too: as printed, and its value."""
    direction = _DIRECTIONS.get(plain(text).lower())
    if kind == "target" and direction:
        return ARROWS[direction], float("nan")
    clean = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    clean = clean.removeprefix("約").removesuffix(unicodedata.normalize("NFKC", unit))
    clean = _SIGN.sub(rf"\1{MINUS}", clean)
    if kind == "target" and (match := RANGE.fullmatch(clean)):
        return f"{match[1]}〜{match[2]}", float("nan")
    try:
        value = number(clean)
    except ValueError:
        return None
    if not re.fullmatch(rf"{MINUS}?\d+(\.\d+)?", clean):
        return None
    return clean, float(value)
