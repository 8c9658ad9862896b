"""Survey files to responses: one row a respondent, every answer valid or explained.

Everything wrong in all files is collected and raised at once; what is odd but harmless is
noted. No identifier of a vendor gets in: people are numbered anew, and only the members of a
panel keep a pseudonym that is the same every year.
"""

import hashlib
from dataclasses import dataclass, field

import pandas as pd

from helpers.edition import Edition
from helpers.problems import Problems
from helpers.reading.answers import plain, read_cell
from helpers.reading.codebook import Codebook, Group, Question, SurveySource
from helpers.reading.files import read_cells
from helpers.reading.responses import typed_responses
from helpers.reading.sheets import Sheet, open_sheet

NO_ZERO_FROM = 300  # so many answers without a single 0 are hardly from a scale of 0 to 10


@dataclass(frozen=True)
class Survey:
    """What the survey files of an edition hold.

    Attributes:
        responses: a row a respondent; see ``responses_schema``.
        notes: what was odd but read all the same: source, column, note, cells (how many).
        unread: headings in the files that the codebook does not name: source, column.
    """

    responses: pd.DataFrame
    notes: pd.DataFrame
    unread: pd.DataFrame


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
    findings = Findings()
    frames = []
    for name, source in codebook.sources.items():
        cells = read_cells(edition.places.raw / source.file, source.sheet)
        sheet = open_sheet(name, source, cells)
        frame = _read_source(sheet, codebook, findings)
        frame["person"] = _persons(sheet, source, edition.city, findings.problems)
        frames.append(frame)
    findings.problems.stop_if_any()
    return Survey(
        typed_responses(pd.concat(frames, ignore_index=True), codebook),
        pd.DataFrame(findings.notes, columns=["source", "column", "note", "cells"]),
        pd.DataFrame(findings.unread, columns=["source", "column"]),
    )


def _read_source(sheet: Sheet, codebook: Codebook, findings: Findings) -> pd.DataFrame:
    """Every variable of the codebook from one source."""
    columns: dict[str, list[object]] = {"source": [sheet.name] * len(sheet.rows)}
    known = set()
    for name, headings, coded in codebook.variables():
        values: list[object] = [None] * len(sheet.rows)
        reasons: list[object] = ["not_asked"] * len(sheet.rows)
        if not coded.sources or sheet.name in coded.sources:
            column = sheet.find(name, headings, findings.problems)
            if column is not None:
                known.add(column)
                values, reasons = _read_column(sheet, column, coded, findings)
        columns |= {name: values, f"{name}_missing": reasons}
    frame = pd.DataFrame(columns, dtype=object)
    for name, question in codebook.questions.items():
        if question.scale == "multiple":
            _unchosen(frame, [f"{name}.{item}" for item in question.items])
    strange = [h for i, h in enumerate(sheet.headings) if h and i not in known]
    findings.unread += [(sheet.name, heading) for heading in strange]
    return frame


def _read_column(
    sheet: Sheet, column: int, coded: Group | Question, findings: Findings
) -> tuple[list[object], list[object]]:
    """Values and reasons of one column; each different text is looked up once."""
    texts = [sheet.text(row, column) for row in sheet.rows]
    meaning = {text: read_cell(text, coded) for text in set(texts)}
    for row, text in zip(sheet.rows, texts, strict=True):
        cell = meaning[text]
        if cell.wrong:
            where = sheet.where(row, column)
            findings.problems.add(where, cell.wrong, cell.expected, cell.remedy)
    notes = pd.Series([meaning[text].note for text in texts], dtype=str).value_counts()
    findings.notes += [
        (sheet.name, sheet.headings[column], str(note), int(count))
        for note, count in notes.sort_index().items()
        if note
    ]
    values: list[object] = [meaning[text].value for text in texts]
    given = [cell.value for cell in meaning.values() if cell.value is not None]
    where = sheet.where(sheet.first, column)
    if not given and not any(cell.wrong for cell in meaning.values()):
        remedy = "ファイルを作り直すか、尋ねていないなら codebook.yml の sources から外してください"
        findings.problems.add(where, "回答が1つもありません", remedy=remedy)
    elif isinstance(coded, Question) and coded.scale == "zero_to_ten" and 0 not in given:
        _refuse_without_zero(
            where, sum(value is not None for value in values), coded, findings.problems
        )
    return values, [meaning[text].missing for text in texts]


def _refuse_without_zero(where: str, count: int, question: Question, problems: Problems) -> None:
    """A 1–10 column scored as 0–10 would count its lowest answers one point too high."""
    if count >= NO_ZERO_FROM and not question.zero_offered:
        found = f"{count} 件の回答に 0 点が1つもありません（1〜10点の設問かもしれません）"
        remedy = (
            "調査票に 0 点があったなら codebook.yml に zero_offered: true と書いてください。"
            "1〜10 点の設問なら修正NPSにできないので、codebook から外してください"
        )
        problems.add(where, found, "0〜10 点の設問", remedy)


def _persons(sheet: Sheet, source: SurveySource, city: str, problems: Problems) -> list[str]:
    """New numbers for the respondents; the vendor's are only looked at for repetition."""
    numbered = [f"{sheet.name}-{i + 1:05d}" for i in range(len(sheet.rows))]
    column = sheet.find("person", source.person, problems) if source.person else None
    if column is None:
        return numbered
    seen: dict[str, int] = {}
    for row in sheet.rows:
        number = plain(sheet.text(row, column))
        if not number:
            remedy = "番号を入れるか、回答者でない行なら消してください（注記なら footer_rows）"
            problems.add(sheet.where(row, column), "回答者の番号が空です", remedy=remedy)
        elif number in seen:
            first = sheet.cells.where(seen[number], column)
            remedy = "原票を確かめ、重なった行を消してください"
            found = f"同じ回答者が2回あります（1回目は {first}）"
            problems.add(sheet.where(row, column), found, remedy=remedy)
        seen.setdefault(number, row)
    if source.sample != "panel":
        return numbered
    texts = [f"{city} {plain(sheet.text(row, column))}" for row in sheet.rows]
    return [f"{sheet.name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}" for text in texts]


def _unchosen(frame: pd.DataFrame, names: list[str]) -> None:
    """An option left blank is 「選ばなかった」 when the person chose any other."""
    chose = frame[names].eq(1).any(axis=1)
    for name in names:
        blank = chose & frame[name].isna()
        frame.loc[blank, name] = 0
        frame.loc[blank, f"{name}_missing"] = ""
