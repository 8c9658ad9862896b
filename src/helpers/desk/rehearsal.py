"""What libraries do only at their first use, done before the first notebook of a kernel."""

import pandas as pd
import pyarrow.pandas_compat
import pyarrow.parquet  # noqa: F401  # what pandas imports to read a cleaned table

from helpers.drawing import Context
from helpers.drawing.chart import FORMATS
from helpers.drawing.page import Page
from helpers.tables import INDICATORS, checked

_ROW = dict.fromkeys(INDICATORS.columns, "-") | {"fiscal_year": 2000, "basis": "derived"}
_ROW |= {"flag": "", "value": 1.0, "n": 1.0, "low": 1.0, "high": 1.0}


def rehearse() -> None:
    """Check a table and draw a page in all formats; only what libraries remember is left."""
    table = checked(pd.DataFrame([_ROW]), INDICATORS, "rehearsal")
    context = Context(city="", edition="", source="")
    page = Page(context, title="架空", subtitle="%", plot_mm=10.0)
    page.text(10.0, 5.0, "0", size=8.0)
    chart = page.chart("rehearsal", unit="%", alt="", data=table)
    for export in FORMATS.values():
        export(chart)
