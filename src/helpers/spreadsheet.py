"""Cells for a spreadsheet: text that it would run as a formula is kept from running.

A name such as ``=HYPERLINK(…)`` in a raw file would otherwise be at work in every CSV made from
it. An apostrophe before it makes it text; our own readers take the apostrophe off again.
"""

import re

# Full-width signs too: Japanese Excel takes ＝ for =.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\n]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; plain numbers stay numbers.

    A carriage return becomes a space: where it is not quoted, it would begin a new row.
    """
    cell = cell.replace("\r", " ")
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unguarded(cell: str) -> str:
    """The text that ``guarded`` was given."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell[1:]) else cell
