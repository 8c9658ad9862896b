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

# What a column holds: texts (a name is never empty, an optional one may be missing), numbers
# (none is NaN), a year, a count.
TEXT, NAME, OPTIONAL, NUMBER, YEAR, COUNT = "text", "name", "optional", "number", "year", "count"
_KEYS = {"indicator": NAME, "breakdown": NAME, "group": NAME, "category": TEXT}

NO_COLUMNS = Message("列 {names} がありません", en="no columns {names}")
MISFIT = Message(
    "{column} の {found} が {rule} に合いません", en="“{found}” in {column} does not fit {rule}"
)


@dataclass(frozen=True)
class Classes:
    """What a column of people's groups holds: one of some names, in their order, or nothing.

    Attributes:
        names: the names.
        needed: whether a cell must hold one of them.
    """

    names: tuple[str, ...]
    needed: bool = False


@dataclass(frozen=True)
class Codes:
    """What a column of answers holds: one of some whole numbers, or nothing."""

    valid: tuple[int, ...]


Kind = str | tuple[str, ...] | Classes | Codes
_TYPES = {
    TEXT: "str",
    NAME: "str",
    OPTIONAL: "str",
    NUMBER: "float64",
    YEAR: "int64",
    COUNT: "int64",
}


@dataclass(frozen=True)
class Schema:
    """The columns of a table in their order, and what together names a row.

    Attributes:
        columns: column → ``TEXT``, ``NAME``, ``OPTIONAL``, ``NUMBER``, ``YEAR``, ``COUNT``, the
            texts it may hold, or ``Classes`` or ``Codes`` of people.
        unique: the columns that no two rows have in common.
    """

    columns: Mapping[str, Kind]
    unique: tuple[str, ...]

    @property
    def types(self) -> "dict[str, str | pd.CategoricalDtype]":
        """The pandas type of each column."""
        return {name: _type(kind) for name, kind in self.columns.items()}

    @property
    def of_people(self) -> bool:
        """Whether it holds people or how many they are: no cell of it is repeated."""
        kinds = self.columns.values()
        return any(isinstance(kind, Classes | Codes) or kind == COUNT for kind in kinds)

    @cached_property
    def pandera(self) -> "pa.DataFrameSchema":
        """The same for pandera, which takes half a second to import."""
        import pandera.pandas as pa

        checks: dict[object, pa.Check] = {
            NAME: pa.Check.str_length(min_value=1),
            YEAR: pa.Check.in_range(1950, 2100),
            COUNT: pa.Check.ge(0),
        }
        types: dict[str, object] = {"str": str, "float64": float, "int64": int}

        def column(kind: Kind) -> pa.Column:
            of_type = _type(kind)
            wanted = types.get(of_type, of_type) if isinstance(of_type, str) else of_type
            if isinstance(kind, Classes):
                return pa.Column(wanted, nullable=not kind.needed)
            if isinstance(kind, Codes):
                return pa.Column(wanted, pa.Check.isin(kind.valid), nullable=True)
            if isinstance(kind, tuple):
                return pa.Column(wanted, pa.Check.isin(kind))
            return pa.Column(wanted, checks.get(kind), nullable=kind in (NUMBER, OPTIONAL))

        columns = {name: column(kind) for name, kind in self.columns.items()}
        return pa.DataFrameSchema(columns, unique=list(self.unique), strict=True, ordered=True)


def _type(kind: Kind) -> "str | pd.CategoricalDtype":
    import pandas as pd

    if isinstance(kind, Classes):
        return pd.CategoricalDtype(list(kind.names), ordered=True)
    if isinstance(kind, Codes):
        return "Int64"
    return _TYPES[kind] if isinstance(kind, str) else "str"


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

# What a row from answers may tell besides, in the file alone: its design effect, and whether its
# group is higher or lower than everybody else beyond sampling error.
BESIDE: Mapping[str, Kind] = {"deff": NUMBER, "rest": ("", "higher", "lower")}

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

    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in schema.types.items()})


def fits(table: "pd.DataFrame", schema: Schema) -> bool:
    """Whether a table plainly fits a schema, its columns being there; where in doubt, it does not.

    What pandera would say too, without the half second of its import; only it can say why not.
    """
    types = schema.types
    if not all(table[name].dtype == types[name] and _fits(table[name], kind)
               for name, kind in schema.columns.items()):  # fmt: skip
        return False
    return not table.duplicated(list(schema.unique)).any()


def _fits(column: "pd.Series", kind: Kind) -> bool:
    """Whether a column of the right type holds what it may."""
    if isinstance(kind, Classes):
        return not kind.needed or bool(column.notna().all())
    if isinstance(kind, Codes):
        return bool(column.dropna().isin(kind.valid).all())
    if kind in (NUMBER, OPTIONAL):
        return True
    if kind in (YEAR, COUNT):
        return bool(column.between(1950, 2100).all() if kind == YEAR else column.ge(0).all())
    if isinstance(kind, tuple):
        return bool(column.isin(kind).all())
    return bool(column.notna().all() and (kind != NAME or (column != "").all()))


def checked(frame: "pd.DataFrame", schema: Schema, where: str) -> "pd.DataFrame":
    """The frame if it fits the schema, columns in the schema's order.

    Raises:
        InputError: every misfit, one sentence each.
    """
    missing = [name for name in schema.columns if name not in frame.columns]
    if missing:
        raise InputError(NO_COLUMNS.at(where, names=listed(missing)))
    table = frame[list(schema.columns)].reset_index(drop=True)
    if frame.empty and not schema.of_people:
        return empty(schema)  # a frame without rows has no types to check
    if fits(table, schema):
        return table
    import pandera.errors  # it names every misfit, and takes half a second to import

    try:
        return schema.pandera.validate(table, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases.head(20).itertuples()
        # Of a table of people, only the kind of what was found: a cell may be an answer.
        ours = not schema.of_people
        raise InputError(
            MISFIT.at(
                where,
                column=case.column or "行",
                found=str(case.failure_case) if ours else described(str(case.failure_case)),
                rule=case.check if ours else str(case.check).partition("(")[0],
            )
            for case in cases
        ) from None
