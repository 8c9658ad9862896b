"""All deliverables of an edition, written beside its figures."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from helpers.audit.auditing import audit_rows
from helpers.audit.finding import Audit
from helpers.audit.history import read_rows
from helpers.audit.page import as_html
from helpers.report.gallery import gallery
from helpers.report.pdf import pdf
from helpers.report.reported import Reported
from helpers.report.word import document
from helpers.report.workbook import workbook

# What edition.yml calls a deliverable, and the file that it is.
FILES = {
    "gallery": "index.html",
    "pdf": "report.pdf",
    "word": "report.docx",
    "workbook": "indicators.xlsx",
    "audit": "audit.html",
}


def deliver(reported: Reported, previous: Reported | None) -> list[Path]:
    """Write the deliverables that ``edition.yml`` names into ``reported.folder``.

    Args:
        reported: the report, its figures verified.
        previous: last year's published report, or None.

    Returns:
        The files written.

    Raises:
        InputError: ``claims.yml`` cannot be read, or names an indicator that is not there.
    """
    wanted = [name for name in FILES if name in reported.edition.deliverables]
    if not wanted:
        return []
    audit = _audit(reported)
    beside = [FILES[name] for name in wanted if name != "gallery"]
    makers: dict[str, Callable[[], bytes]] = {
        "gallery": lambda: gallery(reported, previous, audit, beside).encode(),
        "pdf": lambda: pdf(reported, audit),
        "word": lambda: document(reported),
        "workbook": lambda: workbook(reported),
        "audit": lambda: as_html(audit).encode(),
    }
    written = [reported.folder / FILES[name] for name in wanted]
    # Typst lets go of the interpreter while it sets the PDF: the others are made meanwhile.
    with ThreadPoolExecutor(max_workers=1) as beside_us:
        typeset = beside_us.submit(makers["pdf"]) if "pdf" in wanted else None
        made: dict[str, bytes] = {name: makers[name]() for name in wanted if name != "pdf"}
    if typeset:
        made["pdf"] = typeset.result()
    for name, path in zip(wanted, written, strict=True):
        path.write_bytes(made[name])
    return written


def _audit(reported: Reported) -> Audit:
    """The published sentences held against this report's numbers and earlier editions'."""
    edition, published = reported.edition, reported.edition.places.published_data
    rows = list(reported.rows)
    years = (int(f.name) for f in published.parent.glob("[0-9]*") if f.name.isdigit())
    for year in sorted((y for y in years if y < edition.fiscal_year), reverse=True):
        rows += read_rows(published.with_name(str(year)))
    return audit_rows(edition, rows)
