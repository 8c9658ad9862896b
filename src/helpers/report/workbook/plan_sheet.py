"""The plan's table as the city keeps it, with what was computed: it can be pasted back."""

import re

from xlsxwriter.workbook import Workbook

from helpers.problems import Problems
from helpers.reading.plan import read_plan
from helpers.report.plan import RATES, Plan
from helpers.report.reported import Reported
from helpers.report.workbook.format import Formats

NAME = ("計画の表", "Table of the plan")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_WIDE = {"measure": 34, "reason": 60, "policy": 18, "definition": 30}


def write_plan(book: Workbook, formats: Formats, reported: Reported) -> None:
    """Add a sheet with the columns of the raw table in their order, a row a measure.

    The grade stands in the table's own column where it has one (a grade that is typed there
    stays), else in one more; the rates follow. Headings stay in Japanese, as the table has them.
    """
    table, plan = read_plan(reported.edition, Problems()), Plan(reported)
    if not table.lines:
        return
    sheet = book.add_worksheet(reported.say(*NAME))
    kinds = [kind for kind, _ in table.kinds]
    rates = [name for name in RATES if any(plan.number(name, one) for one in table.lines)]
    graded = any(plan.number("kpi_grade", one) for one in table.lines)
    added = ["評価"] if graded and "grade" not in kinds else []
    heads = [*table.columns, *(RATES[name][0] for name in rates), *added]
    for column, (head, kind) in enumerate(
        zip(heads, [*kinds, *[""] * (len(rates) + len(added))], strict=True)
    ):
        sheet.set_column(column, column, _WIDE.get(kind, 11), formats.text)
        sheet.write_string(0, column, head, formats.head_wrapped)
    for line, (ident, cells) in enumerate(table.lines.items(), 1):
        grade = plan.number("kpi_grade", ident)
        own = [text or (grade if kind == "grade" else "")
               for text, kind in zip(cells, kinds, strict=True)]  # fmt: skip
        more = [plan.number(name, ident) for name in rates]
        for column, text in enumerate([*own, *more, *([grade] if added else [])]):
            if _NUMBER.fullmatch(text):
                sheet.write_number(line, column, float(text), formats.number(text, float(text)))
            elif text:
                sheet.write_string(line, column, text, formats.text)
    sheet.freeze_panes(1, kinds.index("measure") + 1)
