"""Writing and reading the tables between the stages; each is checked by its schema both times.

Cleaned tables are parquet; indicators are CSV with a byte-order mark, because they are committed
as history and opened in Excel.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from helpers import recorder
from helpers.places import Places
from helpers.problems import InputError, Message
from helpers.spreadsheet import guarded, unguarded
from helpers.tables.schemas import INDICATORS, NUMBER, SCHEMAS, YEAR, checked, empty

if TYPE_CHECKING:
    import pandas as pd

_TEXTS = [name for name, kind in INDICATORS.columns.items() if kind not in (NUMBER, YEAR)]
_NUMBERS = [name for name, kind in INDICATORS.columns.items() if kind == NUMBER]

NO_TABLE = Message(
    "前の段階の表「{name}」がありません",
    remedy="先に 1 番台（cleaning）のノートブックを実行してください",
    en="no table {name} of the stage before. → run the notebooks 1… (cleaning) first",
)


def save_table(frame: "pd.DataFrame", name: str, folder: Path) -> "pd.DataFrame":
    """Check a cleaned table by its schema and write ``<name>.parquet``."""
    table = checked(frame, SCHEMAS[name], name)
    folder.mkdir(parents=True, exist_ok=True)
    table.to_parquet(folder / f"{name}.parquet", index=False)
    return table


def load_table(name: str, folder: Path) -> "pd.DataFrame":
    """Read a cleaned table and check it again.

    Raises:
        InputError: it is not there: the notebook of the stage before has not run.
    """
    path = folder / f"{name}.parquet"
    if not recorder.exists(path):
        raise InputError(NO_TABLE.at(str(path), name=name))
    import pandas as pd

    return checked(pd.read_parquet(recorder.reading(path)), SCHEMAS[name], name)


def save_indicators(rows: "pd.DataFrame", name: str, folder: Path) -> "pd.DataFrame":
    """Check indicator rows and write ``indicators/<name>.csv``, sorted, UTF-8 with BOM."""
    table = checked(rows, INDICATORS, f"indicators/{name}.csv")
    folder = folder / "indicators"
    folder.mkdir(parents=True, exist_ok=True)
    safe = table.assign(**{column: table[column].map(guarded) for column in _TEXTS})
    safe = safe.assign(**{column: safe[column].map(_written) for column in _NUMBERS})
    safe.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8-sig", lineterminator="\n")
    return table


def _written(value: float) -> float:
    """Ten significant digits: the eleventh differs from one machine's libraries to another's."""
    return float(f"{value:.10g}")


def load_indicators(folder: Path, *names: str) -> "pd.DataFrame":
    """Indicator rows of one edition, or none where the folder is not there yet.

    Args:
        folder: the edition's data.
        names: the wanted indicators, of which alone the rows are read; all of them without.
    """
    import pandas as pd

    folder = folder / "indicators"
    for name in names:
        recorder.rows(folder, name)
    if names:
        with recorder.by_parts():
            frames = [_read_indicators(path) for path in sorted(folder.glob("*.csv"))]
    else:
        frames = [
            _read_indicators(recorder.reading(path)) for path in recorder.listing(folder, "*.csv")
        ]
    if not frames:
        return empty(INDICATORS)
    rows = pd.concat(frames, ignore_index=True)
    wanted = rows[rows["indicator"].isin(names)] if names else rows
    return checked(wanted, INDICATORS, str(folder))


def earlier_data(places: Places) -> list[Path]:
    """The published data of the city's earlier editions, oldest first."""
    folders = recorder.listing(places.published_data.parent, "[0-9]*")
    earlier = [f for f in folders if f.name.isdigit() and int(f.name) < places.fiscal_year]
    return sorted(earlier, key=lambda folder: int(folder.name))


def _read_indicators(path: Path) -> "pd.DataFrame":
    import pandas as pd

    numbers = {"value": float, "n": float, "low": float, "high": float, "fiscal_year": int}
    frame = pd.read_csv(
        path, dtype=dict.fromkeys(_TEXTS, str), keep_default_na=False, encoding="utf-8-sig"
    )
    for name in _TEXTS:
        frame[name] = frame[name].map(unguarded)
    for name, kind in numbers.items():
        frame[name] = pd.to_numeric(frame[name]).astype(kind)
    return frame
