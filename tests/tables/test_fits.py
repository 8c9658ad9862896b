"""The quick answer whether a table fits its schema is pandera's, and asks pandera only for why."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pandera.errors
import pytest

from helpers.problems import InputError
from helpers.tables import INDICATORS, checked, load_indicators
from helpers.tables.schemas import COUNT, NAME, OPTIONAL, Classes, Codes, Schema, fits

ROOT = Path(__file__).parents[2]
HISTORY = ROOT / "data" / "processed" / "mihon" / "2024"


@pytest.fixture
def rows() -> pd.DataFrame:
    return load_indicators(HISTORY).head(40)


def of_pandera(table: pd.DataFrame) -> bool:
    try:
        INDICATORS.pandera.validate(table, lazy=True)
    except pandera.errors.SchemaErrors:
        return False
    return True


def test_what_is_well_is_said_to_be_well(rows):
    assert fits(rows, INDICATORS)
    assert of_pandera(rows)
    assert checked(rows, INDICATORS, "x").equals(rows)


SPOILED = {
    "empty name": ("indicator", ""),
    "no text": ("unit", None),
    "no name": ("group", None),
    "no choice": ("basis", None),
    "another choice": ("basis", "guessed"),
    "another flag": ("flag", "doubtful"),
    "year before": ("fiscal_year", 1949),
    "year after": ("fiscal_year", 2101),
}


@pytest.mark.parametrize("how", SPOILED)
def test_one_wrong_cell_is_seen_as_pandera_sees_it(how, rows):
    column, value = SPOILED[how]
    rows.loc[7, column] = value
    assert not of_pandera(rows)
    assert not fits(rows, INDICATORS)
    with pytest.raises(InputError, match=column):
        checked(rows, INDICATORS, "x")


@pytest.mark.parametrize(
    ("column", "kind"),
    [("value", "str"), ("value", "int64"), ("n", "float32"), ("fiscal_year", "float64"),
     ("fiscal_year", "Int64"), ("printed", "category"), ("source", "bytes")],
)  # fmt: skip
def test_a_column_of_another_type_is_no_fit(column, kind, rows):
    if kind == "int64":
        rows[column] = 1
    spoiled = rows.astype({column: "object" if kind == "bytes" else kind})
    if kind == "bytes":
        spoiled[column] = [text.encode() for text in rows[column]]
    assert not fits(spoiled, INDICATORS)
    assert of_pandera(spoiled) == (kind == "Int64")  # in doubt pandera is asked


def test_two_rows_of_one_key_are_seen(rows):
    twice = pd.concat([rows, rows.head(1)], ignore_index=True)
    assert not of_pandera(twice)
    assert not fits(twice, INDICATORS)


def test_edges_fit(rows):
    rows.loc[[0, 1], "fiscal_year"] = [1950, 2100]
    rows.loc[2, "category"] = ""
    rows.loc[3, ["value", "n", "low", "high"]] = float("nan")
    assert of_pandera(rows)
    assert fits(rows, INDICATORS)


def test_well_made_rows_are_read_without_pandera():
    code = (
        "import sys, pathlib; from helpers.tables import load_indicators;"
        "assert len(load_indicators(pathlib.Path(sys.argv[1])));"
        "assert not [name for name in sys.modules if name.split('.')[0] in ('pandera', 'scipy')]"
    )
    subprocess.run([sys.executable, "-c", code, str(HISTORY)], check=True)


PEOPLE = Schema(
    {
        "person": NAME,
        "source": Classes(("post", "web"), needed=True),
        "age": Classes(("young", "old")),
        "like": Codes((1, 2, 3)),
        "cluster": OPTIONAL,
        "persons": COUNT,
    },
    ("person",),
)


def people(**spoiled: list[object]) -> pd.DataFrame:
    cells: dict[str, list[object]] = {
        "person": ["p1", "p2"],
        "source": ["post", "web"],
        "age": ["old", None],
        "like": [3, None],
        "cluster": ["north", None],
        "persons": [0, 5],
    }
    columns = (cells | spoiled).items()
    return pd.DataFrame({n: pd.Series(c).astype(PEOPLE.types[n]) for n, c in columns})


def test_answers_that_are_well_need_no_pandera():
    assert fits(people(), PEOPLE)
    PEOPLE.pandera.validate(people(), lazy=True)


@pytest.mark.parametrize(
    "spoiled",
    [
        {"person": ["p1", "p1"]},
        {"person": ["p1", ""]},
        {"source": ["post", None]},
        {"like": [3, 4]},
        {"persons": [0, -1]},
    ],
    ids=str,
)
def test_a_wrong_answer_is_seen_as_pandera_sees_it_and_not_repeated(spoiled):
    table = people(**spoiled)
    assert not fits(table, PEOPLE)
    with pytest.raises(pandera.errors.SchemaErrors):
        PEOPLE.pandera.validate(table, lazy=True)
    with pytest.raises(InputError, match=next(iter(spoiled))) as error:
        checked(table, PEOPLE, "x")
    assert "p1" not in str(error.value)


def test_classes_in_another_order_are_no_fit():
    table = people().assign(age=pd.Categorical(["old", None], ["old", "young"], ordered=True))
    assert not fits(table, PEOPLE)
