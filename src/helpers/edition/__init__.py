"""An edition: one city's report of one fiscal year, and the shapes of its raw tables."""

from helpers.edition.description import Name
from helpers.edition.edition import Edition, Plan, Population, Source, editions, using
from helpers.edition.tables import (
    Identifier,
    KeyPart,
    Names,
    PrintedTable,
    RawFile,
    Table,
    Year,
    read_year,
    refuse_links_out,
)

__all__ = [
    "Edition",
    "Identifier",
    "KeyPart",
    "Name",
    "Names",
    "Plan",
    "Population",
    "PrintedTable",
    "RawFile",
    "Source",
    "Table",
    "Year",
    "editions",
    "read_year",
    "refuse_links_out",
    "using",
]
