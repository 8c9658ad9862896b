"""Statistics tables: one column a series in the file, one row a number in the frame.

The shape of each table is described in ``edition.yml``. A number is taken only where its place,
its unit, its symbol and its year are certain; everything else is said, by cell.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, cast

from helpers.characters import problem_of
from helpers.edition import Edition, Table
from helpers.problems import InputError, Message, Problem, Problems, Said, listed
from helpers.reading.cell import SHOWN, Meaning, Notation, Value, date_in, plain, read_value
from helpers.reading.codes import bare_code, is_of, restore
from helpers.reading.files import Cells, read_cells
from helpers.reading.heading import Heading, earlier_edition, find_heading, missing_column
from helpers.reading.messages.files import SHORT_ROW, STRANGE_CHARACTER
from helpers.reading.messages.tables import (
    ALL_FRACTIONS,
    ASK_UNIT,
    BACKWARDS,
    DATE_FOR_GROUP,
    DUPLICATE_COLUMN,
    FRACTION,
    FUTURE,
    HALF_READ,
    JUMPING,
    LEFT_OUT,
    MERGED_NUMBER,
    MIXED_DATES,
    MIXED_YEARS,
    MOVED_HEADING,
    NO_GROUP,
    NO_HEADING,
    NO_OWN_ROW,
    NO_ROWS,
    NOT_A_CODE,
    NOT_A_YEAR,
    OTHER_UNIT,
    PROVISIONAL,
    TWICE,
    TWO_MEANINGS,
    WRONG_LINES,
    YEAR_IN_HEADING,
    ZERO_RESTORED,
)
from helpers.reading.periods import DITTO, Periods, day_in, era_in, provisional
from helpers.reading.reshaping import unfold
from helpers.reading.units import Unit, is_share, legend, stated_units, symbol, unit_of

if TYPE_CHECKING:
    import pandas as pd

_NAMELESS = ("", "-", "--", "---", "*", "x", "...", "・・・", "・")
FAR = 10  # more years between two rows, and twice as many as anywhere else, are a slip
_NOTE = re.compile(r"[(（\[【「]?\s*(?:注|※|＊|\*|資料|出典|出所|備考|凡例|単位|[－…x-]\s*[:：は])")

_YEAR_LABEL = re.compile(r"(?:調査|集計|対象)?(?:年|年度|年次|時点)[:：]?")


@dataclass(frozen=True)
class Number:
    """One number of a table and where it stands."""

    table: str
    year: int
    group: str
    item: str
    value: Value
    where: str


def read_statistics(edition: Edition) -> "pd.DataFrame":
    """Read all tables that ``edition.yml`` describes under ``tables``.

    Returns:
        table, fiscal_year (the series' own year), group, item, value (0 for －, NaN for another
        symbol), text in one spelling, definition, source.

    Raises:
        InputError: every missing file, missing column and unreadable cell of all tables.
    """
    # Late: importing these takes longer than a check that needs no frame.
    import pandas as pd

    from helpers.tables import STATISTICS, checked

    problems = Problems()
    numbers = statistics_numbers(edition, problems)
    problems.stop_if_any()
    rows = [
        {
            "table": number.table,
            "fiscal_year": number.year,
            "group": number.group,
            "item": number.item,
            "value": number.value.number,
            "text": number.value.text,
            "definition": edition.tables[number.table].definition,
            "source": edition.tables[number.table].source,
        }
        for number in numbers
    ]
    return checked(pd.DataFrame(rows, columns=list(STATISTICS.columns)), STATISTICS, "statistics")


def statistics_numbers(edition: Edition, problems: Problems) -> list[Number]:
    """Every number of every table; what is wrong is noted, and the other tables are read."""
    opened = cache(_cells_of)
    numbers: list[Number] = []
    for name, table in edition.tables.items():
        try:
            cells = opened(edition.places.raw / table.file, tuple(table.sheet))
        except InputError as error:
            problems.extend(error.problems)
            continue
        problems.extend(cells.warnings)
        numbers += read_table(name, edition, cells, problems)
    return numbers


def _cells_of(path: Path, sheets: tuple[str, ...]) -> Cells:
    """A file for several tables, opened once."""
    return read_cells(path, list(sheets))


def read_table(name: str, edition: Edition, cells: Cells, problems: Problems) -> list[Number]:
    """The numbers of one table; without a column that is described, the rest of it."""
    table = edition.tables[name]
    heading = find_heading(cells, table)
    if table.partial:
        heading, table = _what_is_there(name, table, cells, heading, problems)
    blocks = heading.blocks() or [heading]
    if _look_at_heading(name, table, edition, cells, heading, problems):
        return []
    if table.item or table.years_across:
        unfolded = unfold(name, table, cells, heading, problems)
        if unfolded is None:
            return []
        table, cells, heading = unfolded
        blocks = [heading]
    problems.extend(_half_read(name, edition, cells, heading))
    ids = {names.ja: key for key, names in edition.labels.items()}
    ids |= {plain(text): key for text, key in ids.items()}
    ids[edition.name.ja] = edition.city
    if any(place in ("year", "group") and len(at) != 1 for place, at in blocks[0].columns.items()):
        return []  # every row would be wrong for the same reason
    numbers: list[Number] = []
    periods: Periods | None = None
    for block in blocks:
        records = Records(name, table, edition, cells, block, ids, problems)
        if periods and not records.periods.era:  # the era goes on at the top of the next one
            records.periods.era, records.periods.last = periods.era, periods.last
        periods = records.periods
        numbers += records.read()
    problems.extend(_repeats(numbers))
    return numbers


def _what_is_there(
    name: str, table: Table, cells: Cells, heading: Heading, problems: Problems
) -> tuple[Heading, Table]:
    """A table without the columns that the file lacks, which are named in one line."""
    lacking = [
        item
        for item in table.columns
        if f"columns.{item}" in heading.columns and not heading.columns[f"columns.{item}"]
    ]
    if not lacking or len(lacking) == len(table.columns):
        return heading, table
    words = {"names": listed(table.columns[item][0] for item in lacking), "table": name}
    problems.note(LEFT_OUT.at(cells.where(heading.top, 0), **words))
    columns = {item: names for item, names in table.columns.items() if item not in lacking}
    found = {p: at for p, at in heading.columns.items() if p[len("columns.") :] not in lacking}
    return replace(heading, columns=found), table.model_copy(update={"columns": columns})


def _look_at_heading(
    name: str,
    table: Table,
    edition: Edition,
    cells: Cells,
    heading: Heading,
    problems: Problems,
) -> bool:
    """Say what is wrong with a heading; True where the table cannot be read at all."""
    bottom = heading.top + table.header_rows - 1
    if not heading.present and len(heading.columns) > 1:
        words = {"table": name, "names": listed(n[0] for n in table.said.values())}
        problems.note(NO_HEADING.at(cells.where(heading.top, 0), shown=heading.shown(), **words))
        return True
    for place, found in heading.columns.items():
        names = table.said[place]
        if not found:
            earlier = earlier_edition(edition)
            problems.note(missing_column(name, place, edition, cells, heading, earlier))
        elif len(found) > 1 and not heading.blocks():
            words = {
                "count": len(found),
                "names": "」か「".join(names),
                "cells": "、".join(cells.where(bottom, column) for column in found),
                "full": heading.text(found[0]),
            }
            where = cells.where(bottom, found[1])
            problems.note(DUPLICATE_COLUMN.at(where, table=name, place=place, **words))
    # Title rows above are harmless; where skip_rows says otherwise, the shape has changed.
    if table.skip_rows and heading.top != table.skip_rows and heading.found:
        words = {"found": heading.top + 1, "expected": table.skip_rows + 1, "skip": heading.top}
        problems.note(MOVED_HEADING.at(cells.where(heading.top, 0), table=name, **words))
    keys = ("item", "value", "year", "group", "code")
    return (bool(table.item) or table.years_across) and any(
        place in keys and len(found) != 1 for place, found in heading.columns.items()
    )


def _half_read(name: str, edition: Edition, cells: Cells, heading: Heading) -> Iterator[Problem]:
    """A table folded into halves side by side, of which ``年度#1`` would read the first alone."""
    table = edition.tables[name]
    keys = {place: names for place, names in table.said.items() if place in ("year", "group")}
    for names in keys.values():
        numbered = [said for said in names if "#" in said]
        if not numbered:
            continue
        said = numbered[0].partition("#")[0]
        count = sum(plain(texts[-1]) == plain(said) for texts in heading.levels if texts)
        others = [
            t for t in edition.tables.values() if (t.file, t.sheet) == (table.file, table.sheet)
        ]
        read = {text for t in others for text in t.said.get("year", []) + t.said.get("group", [])}
        held = sum(f"{said}#{i + 1}" in read for i in range(count))
        if held < count:
            words = {"names": said, "count": count, "read": held, "table": name}
            yield HALF_READ.at(cells.where(heading.top + table.header_rows - 1, 0), **words)


@dataclass
class Records:
    """Reads the rows of one table, and notes what is wrong with them.

    Attributes:
        columns: item → column.
        ids: what a group is called in the file → its id.
    """

    name: str
    table: Table
    edition: Edition
    cells: Cells
    heading: Heading
    ids: dict[str, str]
    problems: Problems
    numbers: list[Number] = field(default_factory=list)

    def __post_init__(self) -> None:
        found = {place: at[0] for place, at in self.heading.columns.items() if len(at) == 1}
        self.columns = {
            place.removeprefix("columns."): at
            for place, at in found.items()
            if place.startswith("columns.")
        }
        self.at_year, self.at_group = found.get("year"), found.get("group")
        self.at_code = found.get("code")
        head = self.heading.text(self.at_year) if self.at_year is not None else ""
        self.periods = Periods("年度" in head, era_in(head))
        self.first = self.heading.top + self.table.header_rows

    def read(self) -> list[Number]:
        """Every number of the table, but for rows that are notes or described as left out."""
        below = self._unit_rows()
        rows = [row for row in self._rows(below) if not self._is_note(row)]
        inside = {*rows, *range(self.heading.top, self.first)}
        outside = [texts for row, texts in enumerate(self.cells.values) if row not in inside]
        rows = self._own_rows(rows)
        if self.at_year is None and not self.table.same_year:
            self._look_for_year()
        notations = self._notations(rows, below, outside)
        year, seen, lines = 0, ("", ""), 0
        years: list[tuple[int, int, str]] = []
        for row in rows:
            year = self._year(row, year)
            group = self._group(row, seen[1])
            years.append((row, year, group))
            # Rows that alternate between counts and percentages name their record once.
            again = self.table.lines and lines and (str(year), group) == seen
            if self.table.lines and not again and lines % len(self.table.lines):
                self._wrong_lines(row, lines)
                lines = 0
            line = self.table.lines[lines % len(self.table.lines)] if self.table.lines else ""
            lines = (lines + 1) if again or not lines else 1
            seen = str(year), group
            self._read_row(row, year, group, line, notations)
        if self.table.lines and lines % len(self.table.lines) and rows:
            self._wrong_lines(rows[-1], lines)
        if not rows:
            self.problems.note(NO_ROWS.at(self._where(self.heading.top, 0)))
        if self.at_group is not None:
            self.problems.extend(_dates_for_groups(self.cells, self.at_group, rows))
        if self.at_year is not None:
            self._look_at_years(years)
            self._look_for_provisional(rows)
            self.problems.extend(_mixed_years(self.cells, self.at_year, rows))
            if self.at_group is None:  # else the group tells census from register
                self.problems.extend(_mixed_dates(self.cells, self.at_year, rows))
        self._look_at_fractions(notations)
        return self.numbers

    def _where(self, row: int, column: int) -> str:
        return self.cells.where(row, column)

    def _note(self, message: Message, row: int, column: int, **words: object) -> None:
        self.problems.note(message.at(self._where(row, column), table=self.name, **words))

    # --- which rows ------------------------------------------------------------------------
    def _described(self, row: int) -> list[str]:
        """The texts of a row in the columns that are described."""
        places = [self.at_year, self.at_group, self.at_code, *self.columns.values()]
        return [self.cells.values[row][at] for at in places if at is not None]

    def _rows(self, skip: set[int]) -> Iterator[int]:
        left_out = {plain(text) for text in self.table.leave_out}
        for row in range(self.first, len(self.cells.values) - self.table.footer_rows):
            texts = self.cells.values[row]
            named = {plain(name) for name in self._names_of(row)}
            held = any(self._described(row)) if self.heading.folded else any(texts)
            if held and row not in skip and not named & left_out:
                yield row

    def _is_note(self, row: int) -> bool:
        """A row without a number that is marked as a note, or whose year is none.

        A note in merged cells repeats its text across the row; a heading may be repeated on
        every page of a long table.
        """
        texts = self.cells.values[row]
        first = next(filter(None, texts), "")
        note = _NOTE.match(first) or legend([texts])
        across = first if note else ""
        given = [texts[at] for at in self.columns.values() if texts[at] not in ("", across)]
        held = [text for text in given if any(digit.isdigit() for digit in plain(text))]
        heading = [self.cells.values[self.heading.top + i] for i in range(self.table.header_rows)]
        if texts in heading or (not held and note):
            return True
        if self.at_year is None or held or plain(texts[self.at_year]) in DITTO:
            return False
        if self.periods.reads(texts[self.at_year]):
            return False
        spread = self.at_group is not None or self.table.lines
        dated = any(c.isdigit() for c in plain(texts[self.at_year]))
        return not dated and not (given and spread)

    def _own_rows(self, rows: list[int]) -> list[int]:
        """Codes with their zeros back; without a group, only the rows of the edition's city."""
        if self.at_code is None:
            return rows
        texts = self._without_ditto(rows, self.at_code)
        kept = []
        for row, text, code in zip(rows, texts, restore(texts, self.area), strict=True):
            if code is None and symbol(text) not in ("", "-"):  # the row of all Japan has none
                self._note(NOT_A_CODE, row, self.at_code, text=text, line=self._leaving_out(row))
            elif code and code != bare_code(text):
                self._note(ZERO_RESTORED, row, self.at_code, text=text, code=code)
            own = code is not None and is_of(code, self.area)
            if own and self.at_group is not None and not self.table.area:
                self.ids[self.cells.values[row][self.at_group]] = self.edition.city
            if own or (self.at_group is not None and not self.table.area):
                kept.append(row)
        if not kept and rows:
            self._note(NO_OWN_ROW, rows[0], self.at_code, code=self.area)
        return kept

    @property
    def area(self) -> str:
        """The code of the area whose rows are read."""
        own = self.edition.code
        known = {"": own, "own": own, "prefecture": f"{own[:2]}000"}
        return known.get(self.table.area, self.table.area)

    def _leaving_out(self, row: int) -> str:
        """The line of edition.yml that leaves out this row alone, by a name or as the last."""
        body = range(self.first, len(self.cells.values) - self.table.footer_rows)
        if not any(any(self.cells.values[other]) for other in body if other > row):
            return f"footer_rows: {len(self.cells.values) - row}"
        names = self._names_of(row)
        others = {plain(name) for one in body if one != row for name in self._names_of(one)}
        name = next((name for name in names if plain(name) not in others), names[0])
        return f'leave_out: ["{name}"]'

    def _names_of(self, row: int) -> list[str]:
        """What ``leave_out`` may call a row: its year, its group, its first text."""
        texts = self.cells.values[row]
        labels = [texts[at] for at in (self.at_year, self.at_group) if at is not None]
        return [*labels, next(filter(None, texts), "")]

    def _without_ditto(self, rows: list[int], column: int) -> list[str]:
        texts: list[str] = []
        for row in rows:
            text = self.cells.values[row][column]
            texts.append(texts[-1] if plain(text) in DITTO and texts else text)
        return texts

    # --- years and groups ------------------------------------------------------------------
    def _year(self, row: int, above: int) -> int:
        if self.at_year is None:
            same = self.table.same_year
            return int(same) if same else self.edition.fiscal_year
        text = self.cells.values[row][self.at_year]
        several = self.at_group is not None or self.table.lines
        if above and ((not text and several) or plain(text) in DITTO):
            return above  # the year is given once for several groups
        try:
            return self.periods.read(text)
        except ValueError as error:
            words = {"why": str(error).rstrip("。"), "text": text}
            if not text:
                words["why"] = "年度が空です"
            self._note(NOT_A_YEAR, row, self.at_year, **words, line=self._leaving_out(row))
            return 0

    def _look_for_year(self) -> None:
        """A year that the heading states, where edition.yml says none: it is not the edition's."""
        places = [
            (self.first - 1, at, text)
            for at in self.columns.values()
            for text in self.heading.levels[at]
        ]
        for row in range(self.heading.top):
            texts = [(at, text) for at, text in enumerate(self.cells.values[row]) if text]
            if texts and _YEAR_LABEL.fullmatch(plain(texts[0][1])):
                places += [(row, at, text) for at, text in texts[1:]]
        for row, at, text in places:
            periods = Periods(fiscal=False)
            if not periods.reads(text) or periods.read(text) == self.edition.fiscal_year:
                continue
            words = {"text": text, "year": periods.read(text)}
            self._note(YEAR_IN_HEADING, row, at, edition=self.edition.fiscal_year, **words)
            return

    def _group(self, row: int, above: str) -> str:
        if self.at_group is None:
            return "total"
        text = self.cells.values[row][self.at_group]
        if above and (plain(text) in DITTO or (not text and self.table.lines)):
            return above
        if plain(text) in DITTO or symbol(text) in _NAMELESS:
            self._note(NO_GROUP, row, self.at_group, line=self._leaving_out(row))
        elif why := problem_of(text):
            self._note(STRANGE_CHARACTER, row, self.at_group, text=text, why=why)
        return self.ids.get(text) or self.ids.get(plain(text)) or text or "?"

    def _look_at_years(self, years: list[tuple[int, int, str]]) -> None:
        """The years of each group run one way, without a leap, and not into the future."""
        assert self.at_year is not None
        groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for row, year, group in years:
            text = self.cells.values[row][self.at_year]
            words = {"text": text, "year": year}
            last = self.table.until or self.edition.fiscal_year
            day = day_in(text)
            spring = day is not None and day[0] < 4 and not self.periods.fiscal
            if year > last + (1 if spring else 0):
                self._note(FUTURE, row, self.at_year, edition=self.edition.fiscal_year, **words)
            elif year:
                groups[group].append((row, year))
        for rows in groups.values():
            self._look_at_order(rows)

    def _look_for_provisional(self, rows: list[int]) -> None:
        assert self.at_year is not None
        for row in rows:
            if mark := provisional(text := self.cells.values[row][self.at_year]):
                self._note(PROVISIONAL, row, self.at_year, text=text, mark=mark)

    def _look_at_order(self, rows: list[tuple[int, int]]) -> None:
        assert self.at_year is not None
        steps = [(b[1] - a[1], a, b) for a, b in pairwise(rows) if b[1] != a[1]]
        forwards = sum(1 if step > 0 else -1 for step, _, _ in steps) >= 0
        for step, before, (row, year) in steps:
            text = self.cells.values[row][self.at_year]
            words = {"text": text, "year": year, "before": before[1]}
            rest = [abs(other) for other, a, _ in steps if a != before]
            if (step > 0) != forwards:
                self._note(BACKWARDS, row, self.at_year, **words)
                return  # what follows is out of order for the same reason
            if rest and abs(step) > max(FAR, 2 * max(rest)):
                self._note(JUMPING, row, self.at_year, **words)
                return

    # --- units and symbols -----------------------------------------------------------------
    def _unit_rows(self) -> set[int]:
        """Rows right below the heading that hold nothing but units."""
        found = set()
        for row in range(self.first, min(self.first + 2, len(self.cells.values))):
            texts = [text for text in self.cells.values[row] if text]
            if not texts or not all(unit_of(text) for text in texts):
                break
            found.add(row)
        return found

    def _notations(
        self, rows: list[int], unit_rows: set[int], outside: list[list[str]]
    ) -> dict[str, Notation]:
        """How each column writes its numbers: by the file's own words, else by edition.yml."""
        symbols = self._symbols(outside)
        above = [self.cells.values[row] for row in range(self.heading.top)]
        beside = above + [texts for texts in outside if texts not in above]
        general = next(
            (units for texts in reversed(beside) if (units := self._units_across(texts))), []
        )
        notations = {}
        for item, at in self.columns.items():
            own = [self.cells.values[row][at] for row in unit_rows]
            over = above[-1][at] if above and self._by_column(above[-1]) else ""
            near = [*own, *reversed(self.heading.levels[at]), over]
            units = next((u for text in near if (u := stated_units(text))), general)
            units = units or self._units_in_cells(rows, at)
            written, wanted = self._agreed(item, at, units)
            notations[item] = Notation(symbols, tuple(self.table.marks), written, wanted)
        return notations

    def _by_column(self, texts: list[str]) -> bool:
        """Whether a row above the heading holds a unit for each of several columns."""
        held = [text for text in texts if text]
        return len(held) > 1 and len(set(held)) > 1 and all(unit_of(text) for text in held)

    def _units_across(self, texts: list[str]) -> list[Unit]:
        """The units that a line above or below the table states for all of it."""
        if self._by_column(texts):
            return []
        said = [text for text in dict.fromkeys(texts) if text and ("単位" in text or unit_of(text))]
        said += [text for text in dict.fromkeys(texts) if re.search(r"\bunits?\b", text, re.I)]
        return [unit for text in said for unit in stated_units(text)]

    def _units_in_cells(self, rows: list[int], at: int) -> list[Unit]:
        """The unit that every number of a column carries itself: 67.0% and never 67.0."""
        texts = [text for row in rows if re.search(r"\d", text := self.cells.values[row][at])]
        ends = {re.sub(r"^[^\d]*[\d.,]*", "", plain(text)) for text in texts}
        unit = unit_of(ends.pop()) if len(ends) == 1 else None
        return [unit] if unit else []

    def _agreed(self, item: str, at: int, units: list[Unit]) -> tuple[Unit | None, Unit | None]:
        """The unit in the file and the unit to use; asked for where they do not follow."""
        described = self.table.unit.get(item) or self.table.unit.get("")
        wanted = (unit_of(described) or Unit(Decimal(1), described)) if described else None
        share = is_share(self.heading.text(at)) or item in self.table.shares
        if share and any(unit.base == "%" for unit in units):  # 単位：千人、％
            units = [unit for unit in units if unit.base == "%"]
        fitting = [unit for unit in units if wanted and unit.base == wanted.base]
        bottom = self.first - 1
        shown = "、".join(map(str, units))
        if wanted is None and units and any(unit.factor != 1 for unit in units):
            first = units[0]
            words = {"units": shown, "item": item, "base": first.base, "first": first}
            self._note(ASK_UNIT, bottom, at, **words)
        elif wanted and units and len(set(fitting)) != 1:
            self._note(OTHER_UNIT, bottom, at, item=item, units=shown, wanted=described)
            return units[0], units[0]
        if wanted:
            return (fitting[0] if fitting else wanted), wanted
        if len(set(units)) == 1:
            return units[0], units[0]
        percent = unit_of("%") if share else None
        return percent, percent

    def _symbols(self, outside: list[list[str]]) -> dict[str, Meaning]:
        """The legend's meanings first; edition.yml may add to them, not say otherwise."""
        told = cast("dict[str, Meaning]", legend(outside))
        own = {
            symbol(text): meaning for meaning, texts in self.table.symbols.items() for text in texts
        }
        for text, meaning in own.items():
            if told.get(text, meaning) != meaning:
                words = {"text": text, "own": meaning, "legend": told[text]}
                where = f"{self.edition.places.raw / 'edition.yml'} tables.{self.name}.symbols"
                self.problems.note(TWO_MEANINGS.at(where, table=self.name, **words))
        return {**own, **told}

    # --- numbers ---------------------------------------------------------------------------
    def _read_row(
        self, row: int, year: int, group: str, line: str, notations: dict[str, Notation]
    ) -> None:
        texts = self.cells.values[row]
        last = max([*self.columns.values(), self.at_year or 0, self.at_group or 0])
        if self.cells.widths and self.cells.widths[row] <= last and not self.heading.folded:
            width = self.cells.widths[row]
            self._note(SHORT_ROW, row, max(width - 1, 0), found=width, expected=len(texts))
            return
        for item, at in self.columns.items():
            if not self.cells.holds(row, at):
                continue
            value = read_value(texts[at], notations[item])
            if value.wrong:
                self._note(value.wrong, row, at, text=texts[at], item=item)
            elif value.text not in SHOWN.values() and value.text and self.cells.area(row, at):
                words = {"text": texts[at], "area": self.cells.area(row, at)}
                self._note(MERGED_NUMBER, row, at, **words)
            named = f"{item}.{line}" if line else item
            self.numbers.append(Number(self.name, year, group, named, value, self._where(row, at)))

    def _wrong_lines(self, row: int, found: int) -> None:
        expected, lines = len(self.table.lines), ", ".join(self.table.lines)
        self._note(WRONG_LINES, row, 0, found=found, expected=expected, lines=lines)

    def _look_at_fractions(self, notations: dict[str, Notation]) -> None:
        """Shares that are a hundredth of what they should be: 0.67 for 67 %."""
        rows: dict[tuple[int, str], dict[str, Number]] = defaultdict(dict)
        for one in self.numbers:
            if one.value.text and one.value.number == one.value.number:
                rows[one.year, one.group][one.item] = one
        for row in rows.values():
            held = [row[item] for item in self.table.shares if item in row]
            total = sum(one.value.number for one in held)
            if len(held) > 1 and len(held) == len(self.table.shares) and 0.97 < total < 1.03:
                why = Said("合わせて 100 になるはず", "shares that should sum to 100")
                self._fraction(held[0], why)
                return
        for item, at in self.columns.items():
            unit = notations[item].wanted
            named = is_share(self.heading.text(at)) or (unit is not None and unit.base == "%")
            if named or item in self.table.shares:
                self._look_at_column([row for row in rows.values() if item in row], item)

    def _look_at_column(self, rows: list[dict[str, Number]], item: str) -> None:
        ones = [row[item] for row in rows if row[item].value.number]
        small = [one for one in ones if abs(one.value.number) <= 1]
        large = [abs(one.value.number) for one in ones if abs(one.value.number) > 1]
        for one in small:
            hundred = abs(one.value.number) * 100
            if (
                large
                and min(large) / 2 <= hundred <= max(large) * 2
                and (abs(one.value.number) < min(large) / 10)
            ):
                self._fraction(one, Said("ほかの値", "the others"))
                return
        if large or not small:
            return
        if any(self._is_quotient(row, item) for row in rows):
            self._fraction(small[0], Said("元の数から計算した割合", "the share of its own parts"))
        elif len(small) > 1 and any("." in one.value.text for one in small):
            words = {"item": item, "text": small[0].value.text}
            self.problems.note(ALL_FRACTIONS.at(small[0].where, **words))

    def _is_quotient(self, row: dict[str, Number], item: str) -> bool:
        """Whether two counts of the row make the number, as one divided by the other."""
        text = row[item].value.text
        decimals = len(text.partition(".")[2])
        counts = [one.value.number for name, one in row.items() if name != item]
        return decimals >= 2 and any(
            whole >= 10
            and 0 < part < whole
            and abs(part / whole - row[item].value.number) <= 0.5 * 10.0**-decimals
            for part in counts
            for whole in counts
        )

    def _fraction(self, one: Number, reason: Said) -> None:
        words = {"item": one.item, "text": one.value.text, "reason": reason}
        expected = f"{one.value.number * 100:.10g}"
        self.problems.note(FRACTION.at(one.where, expected=expected, **words))


def _dates_for_groups(cells: Cells, column: int, rows: list[int]) -> Iterator[Problem]:
    """Excel makes dates of 5-9 and 10-19; where all groups are dates, they are meant."""
    texts = {row: cells.values[row][column] for row in rows}
    dates = {row: date for row, text in texts.items() if (date := date_in(text))}
    if len(dates) < len(rows):
        for row, (_, month, day) in dates.items():
            words = {"text": texts[row], "guess": f"{month}-{day}"}
            if plain(texts[row]) != words["guess"]:
                yield DATE_FOR_GROUP.at(cells.where(row, column), **words)


def _mixed_dates(cells: Cells, column: int, rows: list[int]) -> Iterator[Problem]:
    """1 October and 1 January of the years in one column: the fewer of them are named once."""
    days: dict[tuple[int, int], list[int]] = {}
    for row in rows:
        if day := day_in(cells.values[row][column]):
            days.setdefault(day, []).append(row)
    if len(days) > 1:
        fewer, *_, more = sorted(days.values(), key=len)
        words = {name: cells.values[at[0]][column] for name, at in
            (("text", fewer), ("other_text", more))}  # fmt: skip
        other = cells.where(more[0], column)
        yield MIXED_DATES.at(cells.where(fewer[0], column), other=other, **words)


def _mixed_years(cells: Cells, column: int, rows: list[int]) -> Iterator[Problem]:
    """Calendar years and fiscal years in one column are two definitions of a year."""
    texts = {row: plain(cells.values[row][column]) for row in rows}
    calendar = [row for row, text in texts.items() if text.endswith("年")]
    fiscal = [row for row, text in texts.items() if text.endswith("年度")]
    if calendar and fiscal:
        fewer, more = sorted((calendar, fiscal), key=len)
        words = {"text": texts[more[0]], "other": cells.where(more[0], column)}
        yield MIXED_YEARS.at(cells.where(fewer[0], column), **words)


def _repeats(numbers: list[Number]) -> Iterator[Problem]:
    """The same number of the same year and group, given twice."""
    seen: dict[tuple[int, str, str], str] = {}
    for number in numbers:
        key = number.year, number.group, number.item
        if key in seen and number.year:
            words = {"year": number.year, "group": number.group, "item": number.item}
            yield TWICE.at(number.where, first=seen[key], **words)
        seen.setdefault(key, number.where)
