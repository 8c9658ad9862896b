"""The scan before publication: no answers of a respondent may be in anything that is published.

A second net under the control of outputs. Every file is opened (``helpers.contents``) and held
against the answers (``helpers.person_rows``). What it says names the place, and never repeats
what was found there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.contents import parts
from helpers.edition import Edition
from helpers.labels import label
from helpers.person_rows import Answers, Words
from helpers.pipeline.inputs import file_digest
from helpers.pipeline.manifest import Success
from helpers.problems import InputError, Message, Problem, Problems, Said
from helpers.reading.codebook import MISSING, Group, open_codebook

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
    return [
        FOUND.at(f"{path} {places[0]}".strip(), sign=SIGNS[sign], places=len(places))
        for path, sign, places in found_in(files, surveys, words)
    ]


def found_in(
    files: Iterable[Path], surveys: "Sequence[pa.Table]", words: Words | None = None
) -> Iterator[tuple[Path, str, list[str]]]:
    """The same as path, by what the answers were known, and where in the file they are."""
    answers = Answers([_columns(table) for table in surveys], words)
    for path in sorted(files):
        if found := list(answers.found_in(parts(path.read_bytes()))):
            yield path, found[0][1], [where for where, _ in found]


LEFT = Message(
    "回答者1人の回答が入っていたので、このファイルは消しました（{place}）",
    remedy="何が起きたかは JupyterLab でノートブックを開いて確かめてください",
    en="held the answers of one respondent and was removed ({place}). → open the notebook in "
    "JupyterLab to see what happened",
    severity="warning",
)
DRAFT = Message(
    "下書きに回答者1人の回答が入っています（{place}）",
    remedy="下書きはこのパソコンの中だけのものです。人に渡さず、ノートブックを直してください",
    en="a draft holds the answers of one respondent ({place}). → drafts stay on this machine: give "
    "it to nobody, and mend the notebook",
    severity="warning",
)


def answer_words(edition: Edition) -> Words:
    """What the codebook and the edition call variables and answers; nothing without a codebook."""
    try:
        codebook = open_codebook(edition)
    except InputError:
        return Words()
    own = edition.own_labels("ja")
    names: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    for name, headings, coded in codebook.variables():
        names |= dict.fromkeys([*headings, label(name, "ja", own)], name)
        if isinstance(coded, Group):
            raw = {text: cls for cls, texts in coded.classes.items() for text in texts}
            values[name] = {**raw, **{label(cls, "ja", own): cls for cls in coded.classes}}
        else:
            values[name] = {word: str(answer) for answer, word in coded.answers.items()}
        values[f"{name}_missing"] = {word: reason for reason, word in MISSING.items()}
    return Words(names, values)


def look_through(edition: Edition, aside: Path | None = None) -> list[Problem]:
    """What stays on the machine and may be shown around all the same: a failed run, and drafts.

    A file of the failed run that holds answers is removed.

    Args:
        edition: its drafts are looked through.
        aside: the folder of the failed run.

    Returns:
        A warning for each file: where, not what.
    """
    places = edition.places
    folders = [places.published_data, places.draft / "data"]
    staged = places.root / "reports" / ".staging" / f"{places.city}-{places.fiscal_year}"
    tables = {
        path.name: path
        for folder in (*folders, *sorted(staged.glob("parts/*/data")))
        for path in folder.glob("responses*.parquet")
    }
    if not tables:
        return []
    from pyarrow import parquet

    surveys = [parquet.ParquetFile(path).read() for path in tables.values()]
    drafts = [path for path in places.draft.rglob("*") if path.suffix != ".parquet"]
    failed = list(aside.rglob("*")) if aside else []
    words = answer_words(edition)
    found = []
    for message, files in ((LEFT, failed), (DRAFT, drafts)):
        inside = [path for path in files if path.is_file()]
        for path, _, where in found_in(inside, surveys, words):
            found.append(message.at(str(path), place=where[0] or path.name))
            if message is LEFT:
                path.unlink()
    return found


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


def verify_no_respondent(
    staging: Path, before: Mapping[str, Success], edition: Edition | None = None
) -> None:
    """Hold everything that is about to be published against the respondents' rows.

    A file that is published already was held against the same rows then.

    Args:
        staging: the run's folder.
        before: what is published now, by notebook.
        edition: whose words for questions and answers count too.

    Raises:
        InputError: a row of a respondent is in a file: which, and where.
    """
    tables = sorted((staging / "data").glob("responses*.parquet"))  # this year's, and last year's
    if not tables:
        return
    # Only where there are respondents to protect; read so that pandas is not imported for it.
    from pyarrow import parquet

    published = {path: value for one in before.values() for path, value in one.outputs.items()}
    same = all(published.get(f"data/{table.name}") == file_digest(table) for table in tables)
    seen = set(published.values()) if same else set()
    folders = (staging / "report", staging / "data" / "indicators")
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    new = [path for path in files if file_digest(path) not in seen]
    problems = Problems()
    words = answer_words(edition) if edition else None
    problems.extend(leaks(new, [parquet.ParquetFile(table).read() for table in tables], words))
    problems.stop_if_any()
