"""The table of responses: its columns follow from the codebook, and it never leaves the machine."""

from fractions import Fraction

import pandas as pd

from helpers import person_rows, recorder
from helpers.places import Places
from helpers.problems import InputError, Problems
from helpers.reading.codebook import MISSING, Codebook, Group
from helpers.reading.messages.survey import NO_RESPONSES, NO_RESPONSES_BEFORE, UNEXPLAINED
from helpers.rounding import printed
from helpers.tables import NAME, NUMBER, OPTIONAL, Classes, Codes, Kind, Schema, checked

NOW = "responses"
"""Names of the tables of this year's answers, and of last year's for the change."""


def responses_schema(codebook: Codebook) -> Schema:
    """The schema: person, source, and per variable its value and why it is missing."""
    columns: dict[str, Kind] = {
        "person": NAME,
        "source": Classes(tuple(codebook.sources), needed=True),
    }
    for name, _, coded in codebook.variables():
        if isinstance(coded, Group):
            columns[name] = Classes(tuple(coded.classes))
        else:
            columns[name] = Codes(tuple(coded.valid))
        columns[f"{name}_missing"] = Classes(tuple(MISSING))
    sources = codebook.sources.values()
    for name, kind in (("cluster", OPTIONAL), ("weight", NUMBER)):
        if any(getattr(source, name) for source in sources):
            columns[name] = kind
    return Schema(columns, ("person",))


def checked_responses(frame: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """The responses if they fit the schema, and each answer is there or explained, never both.

    Raises:
        InputError: every misfit.
    """
    table = checked(frame, responses_schema(codebook), "responses")
    problems = Problems()
    for name, _, _ in codebook.variables():
        odd = int((table[name].isna() == table[f"{name}_missing"].isna()).sum())
        if odd:
            problems.note(UNEXPLAINED.at("responses", name=name, count=odd))
    problems.stop_if_any()
    person_rows.note(table)  # what is shown of it must pass a door
    return table


def typed_responses(frame: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Text and numbers as read, in the types of the schema, and checked."""
    kinds, blank = responses_schema(codebook).types, {"": None}
    columns = {name: frame[name].replace(blank).astype(kind) for name, kind in kinds.items()}
    return checked_responses(pd.DataFrame(columns), codebook)


def missing_shares(responses: pd.DataFrame, codebook: Codebook, source: str) -> pd.DataFrame:
    """Why answers are missing, in % of the respondents asked; items of a table together.

    Questions only: exact numbers for age or sex would tell the size of a hidden group.

    Returns:
        A row a question, a column a reason, each number in its printed form.
    """
    asked = responses[responses["source"] == source]
    rows = {}
    for name, question in codebook.questions.items():
        columns = [f"{name}.{item}_missing" for item in question.items] or [f"{name}_missing"]
        reasons = [reason for column in columns for reason in asked[column]]
        if reasons.count("not_asked") < len(reasons):
            rows[name] = [
                printed(Fraction(reasons.count(reason) * 100, len(reasons)), 1)
                for reason in MISSING
                if reason != "not_asked"
            ]
    words = [word for reason, word in MISSING.items() if reason != "not_asked"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=[f"{word}（%）" for word in words])


def save_responses(
    frame: pd.DataFrame, codebook: Codebook, places: Places, name: str = NOW
) -> pd.DataFrame:
    """Check the responses and write ``<name>.parquet``, which git ignores."""
    table = checked_responses(frame, codebook)
    places.data_out.mkdir(parents=True, exist_ok=True)
    table.to_parquet(places.data_out / f"{name}.parquet", index=False)
    return table


def load_responses(codebook: Codebook, places: Places, name: str = NOW) -> pd.DataFrame:
    """Read the responses of the stage before and check them again.

    Raises:
        InputError: they are not there, or do not fit the codebook.
    """
    file = f"{name}.parquet"
    path = places.data_in(file) / file
    if not recorder.exists(path):
        message = NO_RESPONSES if name == NOW else NO_RESPONSES_BEFORE
        raise InputError(message.at(str(path)))
    return checked_responses(pd.read_parquet(recorder.reading(path)), codebook)
