"""The resident register that weights are made with: people by district, age and sex."""

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from helpers import recorder
from helpers.edition import Edition
from helpers.places import Places
from helpers.problems import InputError, Problems, listed
from helpers.reading.answers import read_cell
from helpers.reading.cell import plain
from helpers.reading.codebook import Codebook, Register
from helpers.reading.files import Cells, read_cells
from helpers.reading.messages.survey import (
    MERGED_PERSONS,
    NO_CLASS,
    NO_REGISTER,
    NO_REGISTER_COLUMN,
    NO_REGISTER_TABLE,
    NOT_PERSONS,
)
from helpers.tables import COUNT, TEXT, Schema, checked

if TYPE_CHECKING:  # slow to import: ``check`` reads the register without it
    import pandas as pd

NOW = "register"


def register_schema(groups: list[str]) -> Schema:
    """One row a cell of the register."""
    return Schema({**dict.fromkeys(groups, TEXT), "persons": COUNT}, tuple(groups))


def read_register(edition: Edition, codebook: Codebook) -> "pd.DataFrame":
    """The register's counts as a frame: a column a group, and persons.

    Raises:
        InputError: no register in the codebook, or everything wrong in its file, by cell.
    """
    import pandas as pd

    counts = register_counts(edition, codebook)
    groups = list(codebook.residents.groups) if codebook.residents else []
    rows = [[*classes, persons] for classes, persons in counts.items()]
    table = pd.DataFrame(rows, columns=[*groups, "persons"])
    return checked(table, register_schema(groups), "register")


def register_counts(edition: Edition, codebook: Codebook) -> Counter[tuple[str, ...]]:
    """Persons by the classes of the codebook, in the order of its groups.

    Raises:
        InputError: no register in the codebook, or everything wrong in its file, by cell.
    """
    register = codebook.residents
    path = edition.places.raw / "codebook.yml"
    if register is None:
        raise InputError(NO_REGISTER.at(f"{path} residents"))
    cells = read_cells(edition.places.raw / register.file, register.sheet)
    problems = Problems()
    columns = _columns(cells, register, problems)
    problems.stop_if_any()
    counts: Counter[tuple[str, ...]] = Counter()
    for row in range(register.skip_rows + 1, len(cells.values)):
        if any(cells.values[row]):
            classes, persons = _row(cells, row, columns, codebook, problems)
            counts[classes] += persons
    problems.stop_if_any()
    return counts


def _columns(cells: Cells, register: Register, problems: Problems) -> dict[str, int]:
    heading = [plain(text) for text in cells.values[register.skip_rows]]
    found = {}
    for name, text in {**register.groups, "persons": register.persons}.items():
        if plain(text) in heading:
            found[name] = heading.index(plain(text))
        else:
            words = {"text": text, "headings": listed(cells.values[register.skip_rows])}
            problems.note(NO_REGISTER_COLUMN.at(cells.path.name, **words))
    return found


def _row(
    cells: Cells, row: int, columns: dict[str, int], codebook: Codebook, problems: Problems
) -> tuple[tuple[str, ...], int]:
    """One cell of the register; classes are read as in the survey."""
    classes, persons = [], 0
    for name, column in columns.items():
        text, where = cells.values[row][column], cells.where(row, column)
        if name != "persons":
            reading = read_cell(text, codebook.groups[name])
            classes.append(str(reading.value or ""))
            if reading.value is None:
                wrong = replace(reading.wrong, where=where) if reading.wrong else NO_CLASS.at(where)
                problems.note(wrong)
        elif area := cells.area(row, column):
            problems.note(MERGED_PERSONS.at(where, area=area))
        elif (number := plain(text).replace(",", "")).isdigit():
            persons = int(number)
        else:
            problems.note(NOT_PERSONS.at(where, text=text))
    return tuple(classes), persons


def save_register(frame: "pd.DataFrame", places: Places, name: str = NOW) -> "pd.DataFrame":
    """Check the register and write ``<name>.parquet``."""
    groups = [name for name in frame.columns if name != "persons"]
    table = checked(frame, register_schema(groups), "register")
    places.data_out.mkdir(parents=True, exist_ok=True)
    table.to_parquet(places.data_out / f"{name}.parquet", index=False)
    return table


def load_register(places: Places, name: str = NOW) -> "pd.DataFrame":
    """Read the cleaned register.

    Raises:
        InputError: it is not there.
    """
    import pandas as pd

    file = f"{name}.parquet"
    path = places.data_in(file) / file
    if not recorder.exists(path):
        raise InputError(NO_REGISTER_TABLE.at(str(path)))
    frame = pd.read_parquet(recorder.reading(path))
    groups = [name for name in frame.columns if name != "persons"]
    return checked(frame, register_schema(groups), "register")
