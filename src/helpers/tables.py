"""The tables that pass between the stages, and their checks on entering and leaving.

A table that is not named here does not get in. Cleaned tables are parquet; indicators are CSV
with a byte-order mark, because they are committed as history and opened in Excel.
"""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from helpers.problems import InputError, Problem

BASES = ("microdata", "published", "register", "census", "derived")
FLAGS = ("", "small_base", "suppressed", "series_break", "rounded_inputs")
KEY = ("indicator", "breakdown", "group", "category")

_TEXT = pa.Column(str)
_NAME = pa.Column(str, pa.Check.str_length(min_value=1))
_NUMBER = pa.Column(float, nullable=True)
_YEAR = pa.Column(int, pa.Check.in_range(1950, 2100))
_KEYS = {"indicator": _NAME, "breakdown": _NAME, "group": _NAME, "category": _TEXT}

INDICATORS = pa.DataFrameSchema(
    {
        "city": _NAME,
        "fiscal_year": _YEAR,
        **_KEYS,
        "value": _NUMBER,
        "printed": _TEXT,
        "unit": _TEXT,
        "n": _NUMBER,
        "low": _NUMBER,
        "high": _NUMBER,
        "basis": pa.Column(str, pa.Check.isin(BASES)),
        "definition": _TEXT,
        "flag": pa.Column(str, pa.Check.isin(FLAGS)),
        "source": _TEXT,
    },
    unique=["city", "fiscal_year", *KEY, "definition"],
    strict=True,
    ordered=True,
)

PRINTED = pa.DataFrameSchema(
    {
        "page": _TEXT,
        "table": _NAME,
        "row": _TEXT,
        "column": _TEXT,
        "text": _NAME,
        "fiscal_year": _YEAR,
        **_KEYS,
        "value": _NUMBER,
        "printed": _NAME,
        "unit": _TEXT,
        "definition": _TEXT,
        "source": _NAME,
    },
    unique=["fiscal_year", *KEY, "definition", "table"],
    strict=True,
    ordered=True,
)

STATISTICS = pa.DataFrameSchema(
    {
        "table": _NAME,
        "fiscal_year": _YEAR,
        "group": _NAME,
        "item": _NAME,
        "value": _NUMBER,
        "text": _TEXT,
        "definition": _TEXT,
        "source": _NAME,
    },
    unique=["table", "fiscal_year", "group", "item"],
    strict=True,
    ordered=True,
)

SCHEMAS: Mapping[str, pa.DataFrameSchema] = {"printed": PRINTED, "statistics": STATISTICS}


def checked(frame: pd.DataFrame, schema: pa.DataFrameSchema, where: str) -> pd.DataFrame:
    """The frame if it fits the schema, columns in the schema's order.

    Raises:
        InputError: every misfit, one sentence each.
    """
    missing = [name for name in schema.columns if name not in frame.columns]
    if missing:
        raise InputError(Problem(where, f"列 {'、'.join(missing)} がありません"))
    try:
        return schema.validate(frame[list(schema.columns)].reset_index(drop=True), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases.head(20).itertuples()
        raise InputError(
            Problem(
                where, f"{case.column or '行'} の {case.failure_case} が {case.check} に合いません"
            )
            for case in cases
        ) from None


def save_table(frame: pd.DataFrame, name: str, folder: Path) -> pd.DataFrame:
    """Check a cleaned table by its schema and write ``<name>.parquet``."""
    table = checked(frame, SCHEMAS[name], name)
    folder.mkdir(parents=True, exist_ok=True)
    table.to_parquet(folder / f"{name}.parquet", index=False)
    return table


def load_table(name: str, folder: Path) -> pd.DataFrame:
    """Read a cleaned table and check it again.

    Raises:
        InputError: it is not there: the notebook of the stage before has not run.
    """
    path = folder / f"{name}.parquet"
    if not path.exists():
        raise InputError(
            Problem(
                str(path),
                f"前の段階の表「{name}」がありません",
                remedy="先に 1 番台（cleaning）のノートブックを実行してください",
            )
        )
    return checked(pd.read_parquet(path), SCHEMAS[name], name)


def save_indicators(rows: pd.DataFrame, name: str, folder: Path) -> pd.DataFrame:
    """Check indicator rows and write ``indicators/<name>.csv``, sorted, UTF-8 with BOM."""
    table = checked(rows, INDICATORS, f"indicators/{name}.csv")
    folder = folder / "indicators"
    folder.mkdir(parents=True, exist_ok=True)
    table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8-sig", lineterminator="\n")
    return table


def load_indicators(folder: Path) -> pd.DataFrame:
    """All indicator rows of one edition, or none where the folder is not there yet."""
    paths = sorted((folder / "indicators").glob("*.csv"))
    frames = [_read_indicators(path) for path in paths]
    if not frames:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in INDICATORS.columns})
    return checked(pd.concat(frames, ignore_index=True), INDICATORS, str(folder / "indicators"))


def _read_indicators(path: Path) -> pd.DataFrame:
    numbers = {"value": float, "n": float, "low": float, "high": float, "fiscal_year": int}
    texts = {name: str for name in INDICATORS.columns if name not in numbers}
    frame = pd.read_csv(
        path, dtype=texts, keep_default_na=False, encoding="utf-8-sig", float_precision="round_trip"
    )
    for name, kind in numbers.items():
        frame[name] = pd.to_numeric(frame[name]).astype(kind)
    return frame
