"""The table of responses: its columns follow from the codebook, and it never leaves the machine."""

from fractions import Fraction

import pandas as pd
import pandera.pandas as pa

from helpers.places import Places
from helpers.problems import InputError, Problem
from helpers.reading.codebook import MISSING, Codebook, Group
from helpers.rounding import printed
from helpers.tables import checked

FILE = "responses.parquet"


def responses_schema(codebook: Codebook) -> pa.DataFrameSchema:
    """The schema: person, source, and per variable its value and why it is missing."""
    columns: dict[str, pa.Column] = {
        "person": pa.Column(str, pa.Check.str_length(min_value=1)),
        "source": pa.Column(_category(list(codebook.sources))),
    }
    reason = _category(list(MISSING))
    for name, _, coded in codebook.variables():
        if isinstance(coded, Group):
            columns[name] = pa.Column(_category(list(coded.classes)), nullable=True)
        else:
            columns[name] = pa.Column("Int64", pa.Check.isin(coded.valid), nullable=True)
        columns[f"{name}_missing"] = pa.Column(reason, nullable=True)
    checks = [_explained(name) for name, _, _ in codebook.variables()]
    return pa.DataFrameSchema(columns, checks, unique=["person"], strict=True, ordered=True)


def _category(names: list[str]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(names, ordered=True)


def _explained(name: str) -> pa.Check:
    """Exactly one of answer and reason is there."""
    return pa.Check(
        lambda frame: frame[name].isna() != frame[f"{name}_missing"].isna(),
        name=f"{name} は回答か、無回答の理由のどちらか一方",
        error=f"{name} は回答か、無回答の理由のどちらか一方",
    )


def empty_responses(codebook: Codebook, size: int) -> pd.DataFrame:
    """A frame with every column of the responses and nothing in it yet."""
    names = [n for name, _, _ in codebook.variables() for n in (name, f"{name}_missing")]
    return pd.DataFrame(index=range(size), columns=["person", "source", *names], dtype=object)


def typed_responses(frame: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Text and numbers as read, in the types of the schema, and checked."""
    table = frame.replace({"": None})
    for name, column in responses_schema(codebook).columns.items():
        table[name] = table[name].astype(str if name == "person" else column.dtype.type)
    return checked(table, responses_schema(codebook), "responses")


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
        reasons = asked[columns].astype(object).stack(future_stack=True)
        if not reasons.eq("not_asked").all():
            rows[name] = [
                printed(Fraction(int(reasons.eq(reason).sum()) * 100, len(reasons)), 1)
                for reason in MISSING
                if reason != "not_asked"
            ]
    words = [word for reason, word in MISSING.items() if reason != "not_asked"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=[f"{word}（%）" for word in words])


def save_responses(frame: pd.DataFrame, codebook: Codebook, places: Places) -> pd.DataFrame:
    """Check the responses and write ``responses.parquet``, which git ignores."""
    table = checked(frame, responses_schema(codebook), "responses")
    places.data_out.mkdir(parents=True, exist_ok=True)
    table.to_parquet(places.data_out / FILE, index=False)
    return table


def load_responses(codebook: Codebook, places: Places) -> pd.DataFrame:
    """Read the responses of the stage before and check them again.

    Raises:
        InputError: they are not there, or do not fit the codebook.
    """
    path = places.data_in(FILE) / FILE
    if not path.exists():
        remedy = "先に 13_clean_survey を実行してください"
        raise InputError(Problem(str(path), "回答データがありません", remedy=remedy))
    return checked(pd.read_parquet(path), responses_schema(codebook), "responses")
