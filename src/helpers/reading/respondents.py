"""Survey files to responses: one row a respondent, every answer valid or explained.

Everything wrong in all files is collected and raised at once; what is odd but harmless is
noted. No identifier of a vendor gets in: people are numbered anew, and only the members of a
panel keep a pseudonym that is the same every year.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from helpers.edition import Edition
from helpers.problems import Problems, Said, listed, near
from helpers.reading.answers import read_cell
from helpers.reading.cell import plain
from helpers.reading.codebook import Codebook, Group, Question, SurveySource
from helpers.reading.files import Cells, read_cells
from helpers.reading.heading import fill
from helpers.reading.messages.survey import (
    COLUMN_TWICE,
    MERGED_ANSWER,
    NO_ANSWERS,
    NO_COLUMN,
    NO_NUMBER,
    NO_ZERO,
    ONE_COLUMN_FOR_TWO,
    RESPONDENT_TWICE,
)

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Sheet:
    """The answers of one source, still as text.

    Attributes:
        name: the source.
        headings: one text a column, the levels of the heading joined.
        joined: the same, where an upper level holds for the blanks to its right (no merged cells).
        first: the first row below the heading.
        last: the row after the last respondent.
    """

    name: str
    cells: Cells
    headings: list[str]
    joined: list[str]
    first: int
    last: int

    @cached_property
    def rows(self) -> list[int]:
        """The rows that hold a respondent: those that are not blank."""
        return [row for row in range(self.first, self.last) if any(self.cells.values[row])]

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        return self.cells.values[row][column]

    def where(self, row: int, column: int) -> str:
        """The address of a cell, with the heading of its column."""
        return f"{self.cells.where(row, column)}（{self.headings[column]}）"

    def find(self, name: str, headings: list[str], problems: Problems) -> int | None:
        """The one column that a variable is in, by any of its headings."""
        found: list[int] = []
        for heading in headings:
            said, _, number = heading.partition("#")
            named = self._named(said) if number.isdigit() else self._named(heading)
            found += named[int(number) - 1 : int(number)] if number.isdigit() else named
        found = list(dict.fromkeys(found))
        if len(found) == 1:
            return found[0]
        if found:
            cells = "、".join(self.cells.where(self.first - 1, column) for column in found)
            heading = self.headings[found[0]]
            words = {"name": name, "count": len(found), "heading": heading}
            problems.note(COLUMN_TWICE.at(cells, **words))
            return None
        where = f"{self.cells.path.name} {self.cells.sheet}".strip()
        sought = headings[0] if headings else name
        if get_close_matches(sought, self.headings, cutoff=0.5):
            close = near(sought, self.headings)
        else:  # a row of answers may stand where the heading is looked for: it is not repeated
            count = sum(map(bool, self.headings))
            close = Said(f"見出しの行には {count} 列あります", f"the heading has {count} columns")
        problems.note(NO_COLUMN.at(where, name=name, headings=listed(headings), near=close))
        return None

    def _named(self, heading: str) -> list[int]:
        """The columns with a heading, its levels joined or, in CSV, joined over the blanks."""
        for headings in (self.headings, self.joined):
            found = [i for i, text in enumerate(headings) if plain(text) == plain(heading)]
            if found:
                return found
        return []


def open_sheet(name: str, source: SurveySource, cells: Cells) -> Sheet:
    """Join the heading's rows: 「問5 満足度」 over 「子育て支援」 is 「問5 満足度 子育て支援」."""
    first = source.skip_rows + source.header_rows
    levels = cells.values[source.skip_rows : first]
    filled = [*(fill(row, below) for row, below in pairwise(levels)), *levels[-1:]]
    last = len(cells.values) - source.footer_rows
    return Sheet(name, cells, _headings(levels), _headings(filled), first, last)


def _headings(levels: list[list[str]]) -> list[str]:
    return [
        " ".join(dict.fromkeys(text for text in texts if text))
        for texts in zip(*levels, strict=True)
    ]


NO_ZERO_FROM = 300  # so many answers without a single 0 are hardly from a scale of 0 to 10

Columns = dict[str, list[object]]


@dataclass(frozen=True)
class Survey:
    """What the survey files of an edition hold.

    Attributes:
        responses: a row a respondent; see ``responses_schema``.
        notes: what was odd but read all the same: source, column, note, cells (how many).
        unread: headings in the files that the codebook does not name: source, column.
    """

    responses: "pd.DataFrame"
    notes: "pd.DataFrame"
    unread: "pd.DataFrame"


@dataclass
class Findings:
    """What is gathered over all files."""

    problems: Problems = field(default_factory=Problems)
    notes: list[tuple[str, str, str, int]] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)


def read_responses(edition: Edition, codebook: Codebook) -> Survey:
    """Read every source that the codebook names.

    Raises:
        InputError: everything that is wrong in all files, by sheet and cell.
    """
    # Late: importing these takes longer than a check that needs no frame.
    import pandas as pd

    from helpers.reading.responses import typed_responses

    findings = Findings()
    parts = [read_source(edition, codebook, name, findings) for name in codebook.sources]
    findings.problems.stop_if_any()
    frame = pd.concat([pd.DataFrame(part, dtype=object) for part in parts], ignore_index=True)
    return Survey(
        typed_responses(frame, codebook),
        pd.DataFrame(findings.notes, columns=["source", "column", "note", "cells"]),
        pd.DataFrame(findings.unread, columns=["source", "column"]),
    )


def read_source(edition: Edition, codebook: Codebook, name: str, findings: Findings) -> Columns:
    """Every variable of the codebook from one source, column by column.

    What is wrong in its cells is noted in ``findings``, and the rest is read.

    Raises:
        InputError: the file cannot be opened.
    """
    source = codebook.sources[name]
    cells = read_cells(edition.places.raw / source.file, source.sheet)
    findings.problems.extend(cells.warnings)
    sheet = open_sheet(name, source, cells)
    columns: Columns = {"source": [name] * len(sheet.rows)}
    known: dict[int, str] = {}
    for variable, headings, coded in codebook.variables():
        values: list[object] = [None] * len(sheet.rows)
        reasons: list[object] = ["not_asked"] * len(sheet.rows)
        if not coded.sources or name in coded.sources:
            column = sheet.find(variable, headings, findings.problems)
            if column is not None:
                if column in known:
                    words = {"name": variable, "other": known[column]}
                    where = sheet.where(sheet.first - 1, column)
                    findings.problems.note(ONE_COLUMN_FOR_TWO.at(where, **words))
                known[column] = variable
                values, reasons = _read_column(sheet, column, coded, findings)
        columns |= {variable: values, f"{variable}_missing": reasons}
    for variable, question in codebook.questions.items():
        if question.scale == "multiple":
            _unchosen(columns, [f"{variable}.{item}" for item in question.items])
    strange = [h for i, h in enumerate(sheet.headings) if h and i not in known]
    findings.unread += [(name, heading) for heading in strange]
    columns["person"] = [*_persons(sheet, source, edition.city, findings.problems)]
    return columns


def _read_column(
    sheet: Sheet, column: int, coded: Group | Question, findings: Findings
) -> tuple[list[object], list[object]]:
    """Values and reasons of one column; each different text is looked up once."""
    texts = [sheet.text(row, column) for row in sheet.rows]
    meaning = {text: read_cell(text, coded) for text in dict.fromkeys(texts)}
    if any(cell.wrong for cell in meaning.values()):
        for row, text in zip(sheet.rows, texts, strict=True):
            if wrong := meaning[text].wrong:
                findings.problems.note(replace(wrong, where=sheet.where(row, column)))
    elif all(cell.value is None for cell in meaning.values()):
        findings.problems.note(NO_ANSWERS.at(sheet.where(sheet.first, column)))
    for row in sheet.rows if sheet.cells.merged else ():
        if area := sheet.cells.area(row, column):
            findings.problems.note(MERGED_ANSWER.at(sheet.where(row, column), area=area))
    values: list[object] = [meaning[text].value for text in texts]
    answered = sum(value is not None for value in values)
    from_zero = isinstance(coded, Question) and coded.scale == "zero_to_ten"
    checked = isinstance(coded, Question) and coded.zero_offered
    if from_zero and not checked and 0 not in values and answered >= NO_ZERO_FROM:
        # A 1–10 column scored as 0–10 would count its lowest answers one point too high.
        findings.problems.note(NO_ZERO.at(sheet.where(sheet.first, column), count=answered))
    notes = Counter(note for text in texts if (note := meaning[text].note))
    heading = sheet.headings[column]
    findings.notes += [(sheet.name, heading, note, n) for note, n in sorted(notes.items())]
    return values, [meaning[text].missing for text in texts]


def _persons(sheet: Sheet, source: SurveySource, city: str, problems: Problems) -> list[str]:
    """New numbers for the respondents; the vendor's are only looked at for repetition."""
    numbered = [f"{sheet.name}-{i + 1:05d}" for i in range(len(sheet.rows))]
    column = sheet.find("person", source.person, problems) if source.person else None
    if column is None:
        return numbered
    seen: dict[str, int] = {}
    for row in sheet.rows:
        number, where = plain(sheet.text(row, column)), sheet.where(row, column)
        if not number:
            problems.note(NO_NUMBER.at(where))
        elif number in seen:
            first = sheet.cells.where(seen[number], column)
            problems.note(RESPONDENT_TWICE.at(where, first=first))
        seen.setdefault(number, row)
    if source.sample != "panel":
        return numbered
    texts = [f"{city} {plain(sheet.text(row, column))}" for row in sheet.rows]
    return [f"{sheet.name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}" for text in texts]


def _unchosen(columns: Columns, names: list[str]) -> None:
    """An option left blank is 「選ばなかった」 when the person chose any other."""
    chosen = [1 in answers for answers in zip(*(columns[name] for name in names), strict=True)]
    for name in names:
        for row, chose in enumerate(chosen):
            if chose and columns[name][row] is None:
                columns[name][row], columns[f"{name}_missing"][row] = 0, ""
