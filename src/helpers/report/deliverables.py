"""All deliverables of an edition, written beside its figures."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from helpers.audit.auditing import audit_rows
from helpers.audit.finding import Audit
from helpers.audit.history import read_rows
from helpers.audit.page import as_html
from helpers.report.crosstabs import crosstabs, crosstabs_csv, has_crosstabs
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
    "crosstabs": "crosstabs.xlsx",
    "crosstabs_csv": "crosstabs.csv",
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
    wanted = [
        name
        for name in FILES
        if name in reported.edition.deliverables
        and (not name.startswith("crosstabs") or has_crosstabs(reported))
    ]
    if not wanted:
        return []
    audit = _audit(reported)
    made: dict[str, bytes] = {}
    # Typst lets go of the interpreter while it sets a PDF: the others are made meanwhile.
    with ThreadPoolExecutor(max_workers=1) as beside_us:
        typeset = {}
        for lang in reported.edition.languages:
            spoken = replace(reported, lang=lang)
            makers = _makers(spoken, previous, audit, [n for n in wanted if n != "gallery"])
            for name in wanted:
                if name == "pdf":
                    typeset[file_name(name, lang)] = beside_us.submit(makers[name])
                elif name != "audit" or lang == "ja":  # its page has both languages
                    made[file_name(name, lang)] = makers[name]()
        made |= {name: future.result() for name, future in typeset.items()}
    names = [file_name(each, lang) for lang in reported.edition.languages for each in wanted]
    written = [file for file in names if file in made]
    for file in written:
        (reported.folder / file).write_bytes(made[file])
    return [reported.folder / file for file in written]


def file_name(deliverable: str, lang: str) -> str:
    """``report.pdf``, ``report_en.pdf``."""
    stem, _, ending = FILES[deliverable].partition(".")
    return f"{stem}.{ending}" if lang == "ja" else f"{stem}_{lang}.{ending}"


def _makers(
    reported: Reported, previous: Reported | None, audit: Audit, others: Sequence[str]
) -> dict[str, Callable[[], bytes]]:
    """What makes each deliverable in the report's language."""
    lang = reported.lang
    beside = [file_name(name, "ja" if name == "audit" else lang) for name in others]
    beside += [FILES["gallery"] if lang != "ja" else file_name("gallery", other)
               for other in reported.edition.languages if other != lang]  # fmt: skip
    return {
        "gallery": lambda: gallery(reported, previous, audit, beside, lang).encode(),
        "pdf": lambda: pdf(reported, audit, lang),
        "word": lambda: document(reported),
        "workbook": lambda: workbook(reported),
        "crosstabs": lambda: crosstabs(reported),
        "crosstabs_csv": lambda: crosstabs_csv(reported),
        "audit": lambda: as_html(audit).encode(),
    }


def _audit(reported: Reported) -> Audit:
    """The published sentences held against this report's numbers and earlier editions'."""
    edition, published = reported.edition, reported.edition.places.published_data
    rows = list(reported.rows)
    years = (int(f.name) for f in published.parent.glob("[0-9]*") if f.name.isdigit())
    for year in sorted((y for y in years if y < edition.fiscal_year), reverse=True):
        rows += read_rows(published.with_name(str(year)))
    return audit_rows(edition, rows)
