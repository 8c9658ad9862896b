"""The tables that pass between the stages, and their checks on entering and leaving."""

from helpers.tables.door import HIDDEN, RULES, Disclosure, disclosing, key_of, one_of_each
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
    read_indicators,
    save_indicators,
    save_table,
    unrounded,
)

__all__ = [
    "BASES",
    "FLAGS",
    "HIDDEN",
    "INDICATORS",
    "KEY",
    "PRINTED",
    "RULES",
    "SCHEMAS",
    "STATISTICS",
    "Disclosure",
    "Schema",
    "checked",
    "disclosing",
    "earlier_data",
    "key_of",
    "load_indicators",
    "load_table",
    "one_of_each",
    "read_indicators",
    "save_indicators",
    "save_table",
    "unrounded",
]
