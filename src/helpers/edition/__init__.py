"""An edition: one city's report of one fiscal year, and the shapes of its raw tables."""

from helpers.edition.edition import Edition, Name, Population, Source, editions
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
    "Population",
    "PrintedTable",
    "RawFile",
    "Source",
    "Table",
    "Year",
    "editions",
    "read_year",
    "refuse_links_out",
]
