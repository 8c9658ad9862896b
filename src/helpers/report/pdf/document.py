"""The PDF as bytes, by Typst: the same on every run."""

import json
from importlib.resources import files

import typst

from helpers.audit.finding import Audit
from helpers.report.pdf.content import content
from helpers.report.reported import Reported

# Archive and accessibility in one file: the text can be read aloud, and kept.
STANDARDS = ["a-2a", "ua-1"]


def pdf(reported: Reported, audit: Audit | None = None, lang: str = "ja") -> bytes:
    """``report.pdf`` of an edition.

    Args:
        reported: the report.
        audit: what is said of its published sentences; without it there is no such chapter.
        lang: language of the document; a figure without an English drawing stays Japanese.
    """
    template = files(__package__).joinpath("report.typ").read_bytes()
    told = json.dumps(content(reported, audit, lang), ensure_ascii=False).encode()
    sources = {"main.typ": template, "report.json": told}
    for figure in reported.figures:
        shown = reported.in_language(figure, lang)
        sources[f"{shown.stem}.svg"] = shown.file("svg").read_bytes()
    made: bytes = typst.compile(  # type: ignore[call-overload]  # its stub knows no dict
        sources,
        font_paths=[str(files("helpers") / "fonts")],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=STANDARDS,
    )
    return made
