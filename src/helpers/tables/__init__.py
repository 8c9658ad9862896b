"""The tables that pass between the stages, and their checks on entering and leaving."""

from helpers.tables.schemas import (
    BASES,
    FLAGS,
    INDICATORS,
    KEY,
    PRINTED,
    SCHEMAS,
    STATISTICS,
    Schema,
    checked,
)
from helpers.tables.store import (
    earlier_data,
    load_indicators,
    load_table,
    save_indicators,
    save_table,
)

__all__ = [
    "BASES",
    "FLAGS",
    "INDICATORS",
    "KEY",
    "PRINTED",
    "SCHEMAS",
    "STATISTICS",
    "Schema",
    "checked",
    "earlier_data",
    "load_indicators",
    "load_table",
    "save_indicators",
    "save_table",
]
