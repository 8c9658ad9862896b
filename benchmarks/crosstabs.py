"""How long cross tables of a large survey take. Run: python benchmarks/crosstabs.py.

60 questions of five answers by 8 breakdowns of five groups, 3,000 respondents, weights raked:
estimates with intervals, design effects and comparisons with everybody else, then the book.
Processor seconds; issue 23 asks for 15 s.
"""

import io
import time

import numpy as np
import pandas as pd
from xlsxwriter.workbook import Workbook

from helpers.edition import Edition
from helpers.indicators.estimated import estimated
from helpers.indicators.rows import indicator_row
from helpers.indicators.wanted import Wanted, percent
from helpers.report import crosstabs
from helpers.report.workbook.format import Formats, book_options
from helpers.survey.calibration import Margin
from helpers.survey.design import survey_design
from helpers.survey.weights import rake

PEOPLE, QUESTIONS, BREAKDOWNS, GROUPS = 3_000, 60, 8, 5
CATEGORIES = {"positive": [1, 2], "neutral": [3], "negative": [4, 5]}
CATEGORIES |= {str(answer): [answer] for answer in range(1, 6)}


def main() -> None:
    dice = np.random.default_rng(1)
    columns = {f"b{at}": dice.integers(0, GROUPS, PEOPLE) for at in range(BREAKDOWNS)}
    frame = pd.DataFrame(columns).astype(str).astype("category")
    for at in range(QUESTIONS):
        frame[f"q{at}"] = dice.integers(1, 6, PEOPLE)
    margins = [Margin(frame[f"b{at}"], {str(g): 1000.0 for g in range(GROUPS)}) for at in (0, 1)]
    design = rake(survey_design(np.ones(PEOPLE)), margins)
    wanted = [
        Wanted(f"q{at}", category, percent(frame[f"q{at}"], answers))
        for at in range(QUESTIONS)
        for category, answers in CATEGORIES.items()
    ]
    start = time.process_time()
    table = estimated(wanted, design, frame, [f"b{at}" for at in range(BREAKDOWNS)])
    counted = time.process_time()
    rows = [
        {name: str(cell) for name, cell in indicator_row(
            one["indicator"], one["estimate"], 1, n=one["n"], low=one["low"], high=one["high"],
            breakdown=one["breakdown"], group=one["group"], category=one["category"], unit="%",
            basis="microdata", definition="weighted", deff=one["deff"], rest=one["rest"],
            fiscal_year=2025,
        ).items()}
        for one in table.to_dict("records")
    ]  # fmt: skip
    made = time.process_time()
    book = Workbook(io.BytesIO(), book_options())
    formats = Formats(book)
    tables = crosstabs.cross_tables(rows, {f"q{at}": False for at in range(QUESTIONS)})
    crosstabs.written(book, formats, tables, rows, Edition.open("mihon", 2025), str, "ja")
    book.close()
    done = time.process_time()
    print(f"{len(rows):,} numbers: estimates {counted - start:.1f} s, rows {made - counted:.1f} s, "
          f"book {done - made:.1f} s, together {done - start:.1f} s (asked: 15 s)")  # fmt: skip


if __name__ == "__main__":
    main()
