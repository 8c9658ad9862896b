"""The scan before publication: no answers of a respondent may be in anything that is published.

A second net under the control of outputs. Every file is opened (``helpers.contents``) and held
against the answers (``helpers.respondents``). What it says names the place, and never repeats
what was found there.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.contents import parts
from helpers.problems import Message, Problem, Said
from helpers.respondents import Answers, Words

if TYPE_CHECKING:
    import pyarrow as pa

FOUND = Message(
    "回答者1人の回答が入っています（{sign}、{places} か所）",
    "回答者1人ずつの行なし",
    "ノートブックで回答データの行を表示・保存しないでください（集計だけにする）",
    "holds the answers of one respondent ({sign}; places: {places}). → do not show or save rows of "
    "responses in a notebook; show counts and shares",
)
SIGNS = {
    "person": Said("回答者の名前", "a respondent's name"),
    "answers by name": Said("設問名と回答の組", "questions with answers"),
    "answers in their order": Said("回答の並び", "answers in their order"),
    "a column of answers": Said("回答の列", "a column of answers"),
}


def leaks(
    files: Iterable[Path], surveys: "Sequence[pa.Table]", words: Words | None = None
) -> list[Problem]:
    """Every file that holds answers of a respondent.

    Args:
        files: what is about to be published, or is published.
        surveys: the cleaned answers: ``person`` and a column a variable, one table a survey.
        words: what the columns and codes are called.
    """
    answers = Answers([_columns(table) for table in surveys], words)
    problems = []
    for path in sorted(files):
        found = list(answers.found_in(parts(path.read_bytes())))
        if found:
            where, sign = found[0]
            place = f"{path} {where}".strip()
            problems.append(FOUND.at(place, sign=SIGNS[sign], places=len(found)))
    return problems


def _columns(table: "pa.Table") -> dict[str, list[object]]:
    """Cells by column; what is stored as categories is looked up once each."""
    import pyarrow as pa

    columns = {}
    for name in table.column_names:
        column = table[name]
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        columns[name] = column.to_pylist()
    return columns
