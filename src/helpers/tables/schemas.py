"""The schemas of the tables that pass between the stages; what is not named does not get in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from helpers.problems import InputError, Message, described, listed

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

BASES = ("microdata", "published", "register", "census", "derived")
FLAGS = ("", "small_base", "suppressed", "series_break", "rounded_inputs")
KEY = ("indicator", "breakdown", "group", "category")

# What a column holds: texts (a name is never empty), numbers (none is NaN), a year, a choice.
TEXT, NAME, NUMBER, YEAR = "text", "name", "number", "year"
_KEYS = {"indicator": NAME, "breakdown": NAME, "group": NAME, "category": TEXT}

NO_COLUMNS = Message("列 {names} がありません", en="no columns {names}")
MISFIT = Message(
    "{column} の {found} が {rule} に合いません", en="“{found}” in {column} does not fit {rule}"
)


@dataclass(frozen=True)
class Schema:
    """The columns of a table in their order, and what together names a row.

    Attributes:
        columns: column → ``TEXT``, ``NAME``, ``NUMBER``, ``YEAR``, or the texts it may hold.
        unique: the columns that no two rows have in common.
    """

    columns: Mapping[str, str | tuple[str, ...]]
    unique: tuple[str, ...]

    @cached_property
    def pandera(self) -> "pa.DataFrameSchema":
        """The same for pandera, which takes half a second to import."""
        import pandera.pandas as pa

        kinds: dict[object, pa.Column] = {
            TEXT: pa.Column(str),
            NAME: pa.Column(str, pa.Check.str_length(min_value=1)),
            NUMBER: pa.Column(float, nullable=True),
            YEAR: pa.Column(int, pa.Check.in_range(1950, 2100)),
        }
        columns = {
            name: pa.Column(str, pa.Check.isin(kind)) if isinstance(kind, tuple) else kinds[kind]
            for name, kind in self.columns.items()
        }
        return pa.DataFrameSchema(columns, unique=list(self.unique), strict=True, ordered=True)


INDICATORS = Schema(
    {
        "city": NAME,
        "fiscal_year": YEAR,
        **_KEYS,
        "value": NUMBER,
        "printed": TEXT,
        "unit": TEXT,
        "n": NUMBER,
        "low": NUMBER,
        "high": NUMBER,
        "basis": BASES,
        "definition": TEXT,
        "flag": FLAGS,
        "source": TEXT,
    },
    ("city", "fiscal_year", *KEY, "definition"),
)

PRINTED = Schema(
    {
        "page": TEXT,
        "table": NAME,
        "row": TEXT,
        "column": TEXT,
        "text": NAME,
        "fiscal_year": YEAR,
        **_KEYS,
        "value": NUMBER,
        "printed": NAME,
        "unit": TEXT,
        "definition": TEXT,
        "source": NAME,
    },
    ("fiscal_year", *KEY, "definition", "table"),
)

STATISTICS = Schema(
    {
        "table": NAME,
        "fiscal_year": YEAR,
        "group": NAME,
        "item": NAME,
        "value": NUMBER,
        "text": TEXT,
        "definition": TEXT,
        "source": NAME,
    },
    ("table", "fiscal_year", "group", "item"),
)

SCHEMAS: Mapping[str, Schema] = {"printed": PRINTED, "statistics": STATISTICS}


def empty(schema: Schema) -> "pd.DataFrame":
    """No row, every column of the type that the schema asks for."""
    import pandas as pd

    return pd.DataFrame(
        {
            name: pd.Series(dtype=column.dtype.type)
            for name, column in schema.pandera.columns.items()
        }
    )


def fits(table: "pd.DataFrame", schema: Schema) -> bool:
    """Whether a table plainly fits a schema, its columns being there; where in doubt, it does not.

    What pandera would say too, without the half second of its import; only it can say why not.
    """
    for name, kind in schema.columns.items():
        column = table[name]
        if kind == NUMBER:
            well = column.dtype == "float64"
        elif kind == YEAR:
            well = column.dtype == "int64" and column.between(1950, 2100).all()
        else:
            well = column.dtype == "str" and column.notna().all()
            if well and kind == NAME:
                well = (column != "").all()
            elif well and isinstance(kind, tuple):
                well = column.isin(kind).all()
        if not well:
            return False
    return not table.duplicated(list(schema.unique)).any()


def checked(
    frame: "pd.DataFrame", schema: "Schema | pa.DataFrameSchema", where: str
) -> "pd.DataFrame":
    """The frame if it fits the schema, columns in the schema's order.

    Raises:
        InputError: every misfit, one sentence each.
    """
    missing = [name for name in schema.columns if name not in frame.columns]
    if missing:
        raise InputError(NO_COLUMNS.at(where, names=listed(missing)))
    table = frame[list(schema.columns)].reset_index(drop=True)
    if isinstance(schema, Schema):
        if frame.empty:
            return empty(schema)  # a frame without rows has no types to check
        if fits(table, schema):
            return table
    import pandera.errors  # it names every misfit, and takes half a second to import

    pandera_schema = schema.pandera if isinstance(schema, Schema) else schema
    try:
        return pandera_schema.validate(table, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases.head(20).itertuples()
        # Of a table of people, only the kind of what was found: a cell may be an answer.
        ours = isinstance(schema, Schema)
        raise InputError(
            MISFIT.at(
                where,
                column=case.column or "行",
                found=str(case.failure_case) if ours else described(str(case.failure_case)),
                rule=case.check if ours else str(case.check).partition("(")[0],
            )
            for case in cases
        ) from None
