"""Writing and reading the tables between the stages; each is checked by its schema both times.

Cleaned tables are parquet; indicators are CSV with a byte-order mark, because they are committed
as history and opened in Excel.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers import recorder
from helpers.places import Places
from helpers.problems import InputError, Message, Said, listed
from helpers.recorder import exists, listing, reading
from helpers.rounding import decimals_of
from helpers.spreadsheet import guarded, unguarded
from helpers.tables.door import RULES, Disclosure, admitted, as_published, one_of_each
from helpers.tables.schemas import BESIDE, INDICATORS, KEY, NUMBER, SCHEMAS, YEAR, checked, empty

if TYPE_CHECKING:
    import pandas as pd

_TEXTS = [name for name, kind in INDICATORS.columns.items() if kind not in (NUMBER, YEAR)]
_NAMES = ["city", "fiscal_year", *KEY, "definition"]
_UNROUNDED = ["value", "low", "high"]
_EXACT = ["unrounded", "unrounded_low", "unrounded_high"]
_NUMBERS = [name for name, kind in INDICATORS.columns.items() if kind == NUMBER]

NO_TABLE = Message(
    "前の段階の表「{name}」がありません",
    remedy="先に 1 番台（cleaning）のノートブックを実行してください",
    en="no table {name} of the stage before. → run the notebooks 1… (cleaning) first",
)
NO_ROWS_HERE = Message(
    "指標の表として読めません（{why}）",
    "保存された指標の CSV（UTF-8、列は {columns}）",
    "手で直さず、その年度版を citypromo run で作り直すか、git にある版に戻してください",
    "cannot be read as a table of indicators: {why}. → do not mend it by hand: make its edition "
    "again with citypromo run, or take back the version that git has",
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
    if not exists(path):
        raise InputError(NO_TABLE.at(str(path), name=name))
    import pandas as pd

    return checked(pd.read_parquet(reading(path)), SCHEMAS[name], name)


def save_indicators(
    rows: "pd.DataFrame",
    name: str,
    folder: Path,
    rules: Disclosure = RULES,
    own: Mapping[str, object] | None = None,
    scales: Mapping[str, tuple[float, float]] | None = None,
) -> "pd.DataFrame":
    """Hold indicator rows against the first door and write ``indicators/<name>.csv``.

    The CSV, sorted, UTF-8 with BOM, is committed and published: it has the digits that are
    printed. The same rows unrounded go to ``unrounded/<name>.parquet``, which stays on the
    machine; differences and titles are computed from these.

    Args:
        rows: indicator rows.
        name: of the file.
        folder: holds ``indicators``.
        rules: what is hidden.
        own: the edition's own words (``admitted``).
        scales: the ends of scores (``admitted``).

    Raises:
        InputError: a row does not fit the schema, or may not be saved.
    """
    where = f"indicators/{name}.csv"
    once = one_of_each(rows[list(INDICATORS.columns)], where) if len(rows) else rows
    exact = admitted(checked(once, INDICATORS, where), where, rules, own, scales)
    table = as_published(exact)
    (folder / "unrounded").mkdir(parents=True, exist_ok=True)
    exact[[*_NAMES, *_UNROUNDED]].to_parquet(folder / "unrounded" / f"{name}.parquet", index=False)
    folder = folder / "indicators"
    folder.mkdir(parents=True, exist_ok=True)
    safe = _with_beside(table, rows)
    safe = safe.assign(**{column: safe[column].map(guarded) for column in _TEXTS})
    safe = safe.assign(**{column: safe[column].map(_written) for column in _NUMBERS})
    safe.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8-sig", lineterminator="\n")
    return table


def _with_beside(table: "pd.DataFrame", rows: "pd.DataFrame") -> "pd.DataFrame":
    """The table with what its rows tell besides (``BESIDE``), of nothing that is hidden."""
    told = [name for name in BESIDE if name in rows.columns]
    if not told:
        return table
    known = rows.drop_duplicates(_NAMES)
    both = table.merge(known[[*_NAMES, *told]], on=_NAMES, how="left")
    hidden = both["flag"] == "suppressed"
    for name in told:
        texts = both[name].astype(object).where(both[name].notna() & ~hidden, "")
        number = BESIDE[name] == NUMBER
        both[name] = texts.map(lambda v: f"{v:.2f}" if v != "" else "") if number else texts
    return both


def _written(value: float) -> float:
    """Ten significant digits: the eleventh differs from one machine's libraries to another's."""
    return float(f"{value:.10g}")


def load_indicators(folder: Path, *names: str) -> "pd.DataFrame":
    """Indicator rows of one edition, as published; none where the folder is not there yet.

    Args:
        folder: the edition's data.
        names: the wanted indicators, of which alone the rows are read; all of them without.

    Raises:
        InputError: a row does not fit the schema, or two of one key differ.
    """
    import pandas as pd

    folder = folder / "indicators"
    for name in names:
        recorder.rows(folder, name)
    if names:
        with recorder.by_parts():
            frames = [read_indicators(path) for path in sorted(folder.glob("*.csv"))]
    else:
        frames = [read_indicators(path) for path in listing(folder, "*.csv")]
    if not frames:
        return empty(INDICATORS)
    rows = pd.concat(frames, ignore_index=True)
    wanted = rows[rows["indicator"].isin(names)].reset_index(drop=True) if names else rows
    return checked(one_of_each(wanted, str(folder)), INDICATORS, str(folder))


def earlier_data(places: Places) -> list[Path]:
    """The published data of the city's earlier editions, oldest first."""
    folders = listing(places.published_data.parent, "[0-9]*")
    earlier = [f for f in folders if f.name.isdigit() and int(f.name) < places.fiscal_year]
    return sorted(earlier, key=lambda folder: int(folder.name))


def unrounded(rows: "pd.DataFrame", folder: Path, *names: str) -> "pd.DataFrame":
    """The rows with columns ``unrounded``, ``unrounded_low``, ``unrounded_high`` beside.

    They hold the numbers before rounding where this machine has computed them, and they still
    round to what is published; else, and in a fresh clone, what is published.

    Args:
        rows: from ``load_indicators``.
        folder: the same.
        names: the same.
    """
    import pandas as pd

    folder = folder / "unrounded"
    for name in names:
        recorder.rows(folder, name)
    if names:
        with recorder.by_parts():
            frames = [pd.read_parquet(path) for path in sorted(folder.glob("*.parquet"))]
    else:
        frames = [pd.read_parquet(reading(path)) for path in listing(folder, "*.parquet")]
    beside = dict(zip(_EXACT, _UNROUNDED, strict=True))
    out = rows.assign(**{exact: rows[name] for exact, name in beside.items()})
    if not frames or rows.empty:
        return out
    known = pd.concat(frames, ignore_index=True)
    known = known.drop_duplicates(_NAMES).rename(columns={v: k for k, v in beside.items()})
    both = rows[_NAMES].merge(known, on=_NAMES, how="left").set_index(rows.index)
    for exact, name in beside.items():
        digits = rows["printed"].map(decimals_of)
        near = (both[exact] - rows[name]).abs() <= 0.5 * 10.0**-digits * (1 + 1e-6)
        out[exact] = both[exact].where(near, rows[name])
    return out


def read_indicators(path: Path) -> "pd.DataFrame":
    """One file of indicator rows, not held against its schema.

    Raises:
        InputError: it is no table of indicators: not UTF-8, empty, of other columns, its lines of
            other lengths, a text where a number belongs.
    """
    import pandas as pd

    texts = dict.fromkeys(_TEXTS, str)
    try:
        frame = pd.read_csv(reading(path), dtype=texts, keep_default_na=False, encoding="utf-8-sig")
    except UnicodeError:
        raise _not_rows(path, Said("文字コードが UTF-8 でない", "it is not UTF-8")) from None
    except (ValueError, OSError):  # empty, a quotation mark without its end, a folder
        raise _not_rows(path, Said("表になっていない", "it is no table")) from None
    if missing := [name for name in INDICATORS.columns if name not in frame.columns]:
        names = listed(missing)
        raise _not_rows(path, Said(f"列 {names.ja} がない", f"no columns {names.en}"))
    # Where every line is longer than the heading, pandas takes first cells for an index.
    if not isinstance(frame.index, pd.RangeIndex):
        raise _not_rows(path, Said("列の数がそろわない", "its lines differ in length"))
    for name in _TEXTS:
        frame[name] = frame[name].map(unguarded)
    for name in (*_NUMBERS, "fiscal_year"):
        frame[name] = _read_numbers(frame[name], path)
    return frame


def _read_numbers(column: "pd.Series[Any]", path: Path) -> "pd.Series[Any]":
    """A column as numbers: whole ones of a year, else none where a cell is empty."""
    import pandas as pd

    kind = int if INDICATORS.columns[str(column.name)] == YEAR else float
    number = pd.to_numeric(column, errors="coerce").astype(float)
    well = (number.abs() < float("inf")) & (column.dtype != bool)  # True is no 1
    well = well & (number % 1 == 0) if kind is int else well | (column == "")
    if not well.all():
        line, cell = int(well.argmin()) + 2, str(column[~well].iloc[0])
        ja = f"{line} 行目の {column.name} が「{cell}」で、数値でない"
        en = f"{column.name} in line {line} is “{cell}”, no number"
        raise _not_rows(path, Said(ja, en))
    return number.astype(kind)


def _not_rows(path: Path, why: Said) -> InputError:
    return InputError(NO_ROWS_HERE.at(str(path), why=why, columns="、".join(INDICATORS.columns)))
