"""The resident register that weights are made with: people by district, age and sex."""

import pandas as pd
import pandera.pandas as pa

from helpers.edition import Edition
from helpers.places import Places
from helpers.problems import InputError, Problem, Problems
from helpers.reading.answers import plain, read_cell
from helpers.reading.codebook import Codebook, Register
from helpers.reading.files import Cells, read_cells
from helpers.tables import checked

FILE = "register.parquet"


def register_schema(groups: list[str]) -> pa.DataFrameSchema:
    """One row a cell of the register."""
    classes = {name: pa.Column(str) for name in groups}
    persons = pa.Column(int, pa.Check.ge(0))
    return pa.DataFrameSchema(
        {**classes, "persons": persons}, unique=groups, strict=True, ordered=True
    )


def read_register(edition: Edition, codebook: Codebook) -> pd.DataFrame:
    """Read the register's counts in the classes of the codebook.

    Raises:
        InputError: no register in the codebook, or everything wrong in its file, by cell.
    """
    register = codebook.residents
    path = edition.places.raw / "codebook.yml"
    if register is None:
        raise InputError(Problem(f"{path} residents", "住民基本台帳の表が書かれていません"))
    cells = read_cells(edition.places.raw / register.file, register.sheet)
    problems = Problems()
    columns = _columns(cells, register, problems)
    problems.stop_if_any()
    rows = []
    for row in range(register.skip_rows + 1, len(cells.values)):
        texts = cells.values[row]
        if any(texts):
            rows.append(_row(cells, row, columns, codebook, problems))
    problems.stop_if_any()
    groups = list(register.groups)
    counts = pd.DataFrame(rows).groupby(groups, sort=False)["persons"].sum()
    table = counts.reset_index()
    return checked(table, register_schema(groups), path.parent.name + "/" + register.file)


def _columns(cells: Cells, register: Register, problems: Problems) -> dict[str, int]:
    heading = [plain(text) for text in cells.values[register.skip_rows]]
    found = {}
    for name, text in {**register.groups, "persons": register.persons}.items():
        if plain(text) in heading:
            found[name] = heading.index(plain(text))
        else:
            shown = "、".join(cells.values[register.skip_rows])
            problems.add(cells.path.name, f"「{text}」の列がありません", remedy=f"あるのは {shown}")
    return found


def _row(
    cells: Cells, row: int, columns: dict[str, int], codebook: Codebook, problems: Problems
) -> dict[str, object]:
    """One cell of the register; classes are read as in the survey."""
    out: dict[str, object] = {}
    for name, column in columns.items():
        text, where = cells.values[row][column], cells.where(row, column)
        if name != "persons":
            reading = read_cell(text, codebook.groups[name])
            out[name] = reading.value or ""
            if reading.value is None:
                found = reading.wrong or "区分が空です"
                problems.add(where, found, reading.expected, reading.remedy)
        elif (number := plain(text).replace(",", "")).isdigit():
            out[name] = int(number)
        else:
            problems.add(where, f"「{text}」は人数ではありません", "0 以上の整数")
            out[name] = 0
    return out


def save_register(frame: pd.DataFrame, places: Places) -> pd.DataFrame:
    """Check the register and write ``register.parquet``."""
    groups = [name for name in frame.columns if name != "persons"]
    table = checked(frame, register_schema(groups), "register")
    places.data_out.mkdir(parents=True, exist_ok=True)
    table.to_parquet(places.data_out / FILE, index=False)
    return table


def load_register(places: Places) -> pd.DataFrame:
    """Read the cleaned register.

    Raises:
        InputError: it is not there.
    """
    path = places.data_in(FILE) / FILE
    if not path.exists():
        remedy = "先に 13_clean_survey を実行してください"
        raise InputError(Problem(str(path), "住民基本台帳の表がありません", remedy=remedy))
    frame = pd.read_parquet(path)
    groups = [name for name in frame.columns if name != "persons"]
    return checked(frame, register_schema(groups), "register")
