"""The table of a plan for the next year: targets stay, the new year's actuals wait for numbers."""

import io
import re

from xlsxwriter.workbook import Workbook

from helpers.edition import Edition
from helpers.problems import Problems
from helpers.reading.plan import read_plan
from helpers.scaffold.year_text import move_year

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_OF_THE_YEAR = ("grade", "policy_grade", "reason", "cost", "own_funds", "n")
"""What is said anew each year: the columns stay, their cells are empty."""


def plan_forward(edition: Edition, new: int) -> bytes | None:
    """The table as an Excel file for another year; None where it cannot be read.

    Beside the newest actuals stands a column for the new year's, empty. Measures, baselines,
    targets of all years and what the 施策 are stay as they were.
    """
    problems, old = Problems(), edition.fiscal_year
    table = read_plan(edition, problems)
    if edition.plan is None or not table.lines:
        return None
    heads, kinds = list(table.columns), list(table.kinds)
    lines = [list(cells) for cells in table.lines.values()]
    for column, (kind, _) in enumerate(kinds):
        if kind in _OF_THE_YEAR:
            heads[column] = move_year(heads[column], old, new)
            for cells in lines:
                cells[column] = ""
    if ("actual", old) in kinds and ("actual", new) not in kinds:
        at = kinds.index(("actual", old)) + 1
        heads.insert(at, move_year(heads[at - 1], old, new))
        for cells in lines:
            cells.insert(at, "")
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False,
                             "strings_to_urls": False, "strings_to_numbers": False})  # fmt: skip
    sheet = book.add_worksheet(next(iter(edition.plan.sheet), ""))
    for row, texts in enumerate([heads, *lines]):
        for column, text in enumerate(texts):
            if row and _NUMBER.fullmatch(text):
                places = len(text.partition(".")[2])
                shape = {"num_format": "0" + ("." + "0" * places if places else "")}
                sheet.write_number(row, column, float(text), book.add_format(shape))
            elif text:
                sheet.write_string(row, column, text)
    book.close()
    return buffer.getvalue()
