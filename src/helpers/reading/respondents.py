"""Survey files to responses: one row a respondent, every answer valid or explained.

Everything wrong in all files is collected and raised at once; what is odd but harmless is
noted. No identifier of a vendor gets in: people are numbered anew, and only the members of a
panel keep a pseudonym that is the same every year.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from helpers.edition import Edition
from helpers.problems import Problem, Problems, Said, described, listed, near
from helpers.reading.answers import read_cell, read_options
from helpers.reading.cell import plain, read_value
from helpers.reading.codebook import Codebook, Group, Question, SurveySource
from helpers.reading.files import Cells, read_cells
from helpers.reading.heading import fill
from helpers.reading.messages.survey import (
    COLUMN_TWICE,
    MERGED_ANSWER,
    NO_ANSWERS,
    NO_CLUSTER,
    NO_COLUMN,
    NO_HEADINGS,
    NO_NUMBER,
    NO_ZERO,
    NOT_A_WEIGHT,
    NOT_ASKED,
    ONE_COLUMN_FOR_TWO,
    RESPONDENT_TWICE,
    TOO_MANY,
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
        lower: for each column what its lower levels are, joined: 「子育て」 below 「問5 満足度」.
        first: the first row below the heading.
        last: the row after the last respondent.
    """

    name: str
    cells: Cells
    headings: list[str]
    joined: list[str]
    lower: list[set[str]]
    first: int
    last: int

    @cached_property
    def rows(self) -> list[int]:
        """The rows that hold a respondent: those that are not blank."""
        return [row for row in range(self.first, self.last) if any(self.cells.values[row])]

    @cached_property
    def _plain(self) -> list[list[str]]:
        """The headings as they are compared, once for all variables that are looked for."""
        return [[plain(text) for text in headings] for headings in (self.headings, self.joined)]

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        return self.cells.values[row][column]

    def where(self, row: int, column: int) -> str:
        """The address of a cell, with the heading of its column."""
        return f"{self.cells.where(row, column)}（{self.headings[column]}）"

    def find(
        self, name: str, headings: list[str], problems: Problems, taken: Collection[str] = ()
    ) -> int | None:
        """The one column that a variable is in, by any of its headings.

        Args:
            name: the variable.
            headings: what it has been called.
            problems: where it is said that there is none, or several.
            taken: what other columns are called, in plain form: not to be proposed.
        """
        found = list(dict.fromkeys(at for heading in headings for at in self.named(heading)))
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
        free = [text for text in self.headings if text and plain(text) not in taken]
        if get_close_matches(sought, free, cutoff=0.5):
            close = near(sought, free)
        else:  # a row of answers may stand where the heading is looked for: it is not repeated
            count = sum(map(bool, self.headings))
            close = Said(f"見出しの行には {count} 列あります", f"the heading has {count} columns")
        problems.note(NO_COLUMN.at(where, name=name, headings=listed(headings), near=close))
        return None

    def named(self, heading: str) -> list[int]:
        """The columns with a heading; ``子育て#2`` is the second of them."""
        said, _, number = heading.partition("#")
        if number.isdigit():
            return self._named(said)[int(number) - 1 : int(number)]
        return self._named(heading)

    def _named(self, heading: str) -> list[int]:
        """By its levels joined or, in CSV, joined over the blanks; else by its lower levels."""
        wanted = plain(heading)
        for headings in self._plain:
            found = [i for i, text in enumerate(headings) if text == wanted]
            if found:
                return found
        return [i for i, texts in enumerate(self.lower) if wanted in texts]


def open_sheet(name: str, source: SurveySource, cells: Cells) -> Sheet:
    """Join the heading's rows: 「問5 満足度」 over 「子育て支援」 is 「問5 満足度 子育て支援」."""
    first = source.skip_rows + source.header_rows
    levels = cells.values[source.skip_rows : first]
    filled = [*(fill(row, below) for row, below in pairwise(levels)), *levels[-1:]]
    last = len(cells.values) - source.footer_rows
    parts = [_headings(filled[top:]) for top in range(1, len(filled))]
    lower = [{plain(text) for text in texts if text} for texts in zip(*parts, strict=True)]
    lower = lower or [set() for _ in _headings(levels)]
    return Sheet(name, cells, _headings(levels), _headings(filled), lower, first, last)


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
    """What is gathered over all files.

    Attributes:
        problems: what is wrong.
        notes: what is odd: source, column, note, how many cells.
        unread: source and heading of what the codebook does not name.
        numbers: draw → number of a respondent → where it stands; nobody answers by post and web.
    """

    problems: Problems = field(default_factory=Problems)
    notes: list[tuple[str, str, str, int]] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    numbers: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))


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
    asked = [one for one in codebook.variables() if not one[2].sources or name in one[2].sources]
    if unrelated := _unrelated(sheet, [headings for _, headings, _ in asked]):
        findings.problems.note(unrelated)
        return columns | _nobody(codebook)
    for variable, headings, coded in codebook.variables():
        values: list[object] = [None] * len(sheet.rows)
        reasons: list[object] = ["not_asked"] * len(sheet.rows)
        if headings and (not coded.sources or name in coded.sources):
            column = sheet.find(variable, headings, findings.problems, _others(asked, variable))
            if column is not None:
                _once(sheet, column, variable, known, findings)
                values, reasons = _read_column(sheet, column, coded, findings)
        columns |= {variable: values, f"{variable}_missing": reasons}
    for variable, question in codebook.questions.items():
        if question.together and (not question.sources or name in question.sources):
            columns |= _read_together(sheet, variable, question, known, findings)
        elif question.scale == "multiple":
            _unchosen(columns, [f"{variable}.{item}" for item in question.items])
    _leave_to_who_was_asked(sheet, columns, codebook, known, findings)
    columns |= _drawn(sheet, source, codebook, known, findings)
    strange = [h for i, h in enumerate(sheet.headings) if h and i not in known]
    findings.unread += [(name, heading) for heading in strange]
    columns["person"] = [*_persons(sheet, source, edition.city, findings)]
    return columns


def _once(
    sheet: Sheet, column: int, variable: str, known: dict[int, str], findings: Findings
) -> None:
    """A column holds one question only."""
    if column in known:
        words = {"name": variable, "other": known[column]}
        where = sheet.where(sheet.first - 1, column)
        findings.problems.note(ONE_COLUMN_FOR_TWO.at(where, **words))
    known[column] = variable


def _others(asked: list[tuple[str, list[str], Group | Question]], variable: str) -> set[str]:
    """Headings that other variables have: none of them is what a lost column is called now."""
    return {plain(text) for name, texts, _ in asked if name != variable for text in texts}


def _unrelated(sheet: Sheet, headings: list[list[str]]) -> Problem | None:
    """Not one heading of the codebook is there: it is another file, and that is one sentence."""
    wanted = [texts for texts in headings if texts]
    if not wanted or any(sheet.named(text) for texts in wanted for text in texts):
        return None
    where = sheet.cells.where(max(sheet.first - 1, 0), 0)  # what stands there may be answers
    columns = sum(map(bool, sheet.headings))
    return NO_HEADINGS.at(where, count=len(wanted), columns=columns)


def _nobody(codebook: Codebook) -> Columns:
    names = [variable for variable, _, _ in codebook.variables()]
    found: Columns = {"person": []}
    for name in names:
        found |= {name: [], f"{name}_missing": []}
    return found


def _read_together(
    sheet: Sheet, name: str, question: Question, known: dict[int, str], findings: Findings
) -> Columns:
    """Several answers of one question that stand in one cell, or in the next of a few columns."""
    at = [sheet.find(name, headings, findings.problems) for headings in question.together]
    found = [column for column in at if column is not None]
    for column in found:
        _once(sheet, column, name, known, findings)
    columns: Columns = {}
    for item in question.items:
        columns |= {f"{name}.{item}": [], f"{name}.{item}_missing": []}
    meaning: dict[str, tuple[list[str], str, Problem | None]] = {}
    for row in sheet.rows:
        chosen: dict[str, None] = {}
        reason = ""
        for column in found:
            text = sheet.text(row, column)
            if text not in meaning:
                meaning[text] = read_options(text, question)
            options, why, wrong = meaning[text]
            chosen |= dict.fromkeys(options)
            reason = reason or why
            if wrong:
                findings.problems.note(replace(wrong, where=sheet.where(row, column)))
        if question.most and len(chosen) > question.most:
            words = {"name": name, "count": len(chosen), "most": question.most}
            findings.problems.note(TOO_MANY.at(sheet.where(row, found[0]), **words))
        for item in question.items:
            columns[f"{name}.{item}"].append(int(item in chosen) if chosen else None)
            columns[f"{name}.{item}_missing"].append("" if chosen else reason or question.blank)
    return columns


def _leave_to_who_was_asked(
    sheet: Sheet, columns: Columns, codebook: Codebook, known: dict[int, str], findings: Findings
) -> None:
    """Behind a filter only those count who were asked; who left the filter blank is left as is."""
    for name, question in codebook.questions.items():
        names, count = [f"{name}.{item}" for item in question.items] or [name], 0
        for row, passed in enumerate(_passed(columns, question, len(sheet.rows))):
            if passed is True or columns[f"{names[0]}_missing"][row] == "not_asked":
                continue
            answered = [one for one in names if columns[one][row] is not None]
            if passed is False and answered:
                at = next((c for c, held in known.items() if held in (name, answered[0])), 0)
                findings.problems.note(NOT_ASKED.at(sheet.where(sheet.rows[row], at), name=name))
                count += 1
            for one in names if passed is False or not answered else ():
                columns[one][row], columns[f"{one}_missing"][row] = None, "not_applicable"
        if count:
            findings.notes.append((sheet.name, name, "尋ねていない人（asked_if）の回答", count))


def _passed(columns: Columns, question: Question, people: int) -> list[bool | None]:
    """Whether each was asked; None where the question that decides it was left blank."""
    found: list[bool | None] = [True] * people
    for before, answers in question.asked_if.items():
        for row, value in enumerate(columns[before]):
            if value is None:
                found[row] = None if found[row] else found[row]
            elif str(value) not in answers:
                found[row] = False
    return found


def _drawn(
    sheet: Sheet,
    source: SurveySource,
    codebook: Codebook,
    known: dict[int, str],
    findings: Findings,
) -> Columns:
    """The place in which each was drawn, numbered anew, and the weight that the vendor gives."""
    columns: Columns = {}
    for kind, described_by in (("cluster", source.cluster), ("weight", source.weight)):
        if not any(getattr(one, kind) for one in codebook.sources.values()):
            continue
        values: list[object] = [None] * len(sheet.rows)
        at = sheet.find(kind, described_by, findings.problems) if described_by else None
        if at is not None:
            known.setdefault(at, kind)  # a place may be a group, too
            read = _place if kind == "cluster" else _weight
            values = [read(sheet, row, at, findings.problems) for row in sheet.rows]
        columns[kind] = values
    if places := columns.get("cluster"):
        order = {place: f"{sheet.name}-{i + 1}" for i, place in enumerate(dict.fromkeys(places))}
        columns["cluster"] = [place and order[place] for place in places]
    return columns


def _place(sheet: Sheet, row: int, column: int, problems: Problems) -> object:
    if text := plain(sheet.text(row, column)):
        return text
    problems.note(NO_CLUSTER.at(sheet.where(row, column)))
    return None


def _weight(sheet: Sheet, row: int, column: int, problems: Problems) -> object:
    number = read_value(text := sheet.text(row, column)).number
    if number > 0:  # not of NaN
        return number
    problems.note(NOT_A_WEIGHT.at(sheet.where(row, column), found=described(text)))
    return None


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


def _persons(sheet: Sheet, source: SurveySource, city: str, findings: Findings) -> list[str]:
    """New numbers for the respondents; the vendor's are only looked at for repetition."""
    numbered = [f"{sheet.name}-{i + 1:05d}" for i in range(len(sheet.rows))]
    column = sheet.find("person", source.person, findings.problems) if source.person else None
    if column is None:
        return numbered
    seen = findings.numbers[source.drawn_with or sheet.name]
    for row in sheet.rows:
        number, where = plain(sheet.text(row, column)), sheet.where(row, column)
        if not number:
            findings.problems.note(NO_NUMBER.at(where))
        elif number in seen:
            findings.problems.note(RESPONDENT_TWICE.at(where, first=seen[number]))
        seen.setdefault(number, sheet.cells.where(row, column))
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
