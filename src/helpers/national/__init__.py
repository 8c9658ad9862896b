"""National statistics in the box: every municipality of Japan by its name, and its numbers."""

from helpers.national.municipality import (
    CENSUS,
    MOVEMENT,
    Ambiguous,
    Municipality,
    everyone,
    municipalities,
    named,
    peers,
    prefecture_of,
    rows,
)

__all__ = [
    "CENSUS",
    "MOVEMENT",
    "Ambiguous",
    "Municipality",
    "everyone",
    "municipalities",
    "named",
    "peers",
    "prefecture_of",
    "rows",
]
