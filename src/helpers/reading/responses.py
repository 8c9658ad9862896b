"""The table of responses: its columns follow from the codebook, and it never leaves the machine."""

from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from helpers.problems import InputError, Problem
from helpers.reading.codebook import MISSING, Codebook, Group
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


def save_responses(frame: pd.DataFrame, codebook: Codebook, folder: Path) -> pd.DataFrame:
    """Check the responses and write ``responses.parquet``, which git ignores."""
    table = checked(frame, responses_schema(codebook), "responses")
    folder.mkdir(parents=True, exist_ok=True)
    table.to_parquet(folder / FILE, index=False)
    return table


def load_responses(codebook: Codebook, folder: Path) -> pd.DataFrame:
    """Read the responses and check them again.

    Raises:
        InputError: they are not there, or do not fit the codebook.
    """
    path = folder / FILE
    if not path.exists():
        remedy = "先に 13_clean_survey を実行してください"
        raise InputError(Problem(str(path), "回答データがありません", remedy=remedy))
    return checked(pd.read_parquet(path), responses_schema(codebook), "responses")
