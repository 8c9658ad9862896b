"""What the PDF says, as plain data that the Typst template lays out."""

import re
from typing import Any

from helpers.audit.finding import Audit, Finding
from helpers.report.methods import methods
from helpers.report.numbers import ReaderTable, reader_table
from helpers.report.pdf.words import words
from helpers.report.plan import Plan, Sheet
from helpers.report.reported import Figure, Reported
from helpers.sentences.verdict import VERDICTS

_WHERE = re.compile(r"(数値の表は同名のCSVにある。|The numbers are in the CSV of the same name\.)$")


def content(reported: Reported, audit: Audit | None, lang: str) -> dict[str, Any]:
    """Texts of the whole document; a text is never read as markup."""
    edition = reported.edition
    sheets = {s.key: _sheet(s, lang) for s in Plan(reported).sheets(audit)} if edition.plan else {}
    numbers = {figure.stem: number for number, figure in enumerate(reported.figures, 1)}
    return {
        "lang": lang,
        "words": words(lang),
        "title": f"{getattr(edition.name, lang)} {edition.year_label(lang)}",
        "report": getattr(edition.report, lang),
        "fictional": edition.fictional,
        "year": edition.fiscal_year,
        "sections": [
            {
                "name": name,
                "figures": [
                    _figure(reported.in_language(f, lang), numbers[f.stem], lang)
                    | {"sheet": sheets.get(f.stem)}
                    for f in figures
                ],
            }
            for name, figures in reported.sections
        ],
        "methods": [[getattr(s, lang) for s in pair] for pair in methods(reported)],
        "left_out": list(edition.left_out.items()),
        "sources": [[getattr(s, lang), s.note_in(lang)] for s in edition.sources.values()],
        "audit": _audit(audit, lang) if audit else [],
    }


def _sheet(sheet: Sheet, lang: str) -> dict[str, Any]:
    """A 施策 in the order of its sheet: what it is, table, (figure,) grade, reasons."""
    policy = sheet.policy
    about = "　".join(filter(None, (policy.field, policy.department, sheet.cost)))
    verdicts = words(lang)
    return {
        "name": f"{policy.number} {getattr(policy.name, lang)}".strip(),
        "about": about,
        "heads": sheet.heads,
        "rows": sheet.rows,
        "numeric": [False, False, *[True] * (len(sheet.heads) - 2)],
        "evaluation": policy.evaluation,
        "reasons": [
            [getattr(f.sentence, lang), verdicts[f.verdict], getattr(f.said, lang)]
            for f in sheet.findings
        ],
    }


def _figure(figure: Figure, number: int, lang: str) -> dict[str, Any]:
    where = f"数値は表{number}にある。" if lang == "ja" else f"The numbers are in table {number}."
    return {
        "key": figure.stem,
        "title": figure.title.rstrip("。"),
        "caption": figure.subject,
        "alt": _WHERE.sub(where, figure.alt),
        "table": _table(reader_table(figure.rows, lang)),
    }


def _table(table: ReaderTable) -> dict[str, Any]:
    return {"heads": table.heads, "rows": table.rows, "numeric": table.numeric}


def _audit(audit: Audit, lang: str) -> list[tuple[str, list[list[str]]]]:
    """Findings by verdict, what an author looks at first before the rest."""
    by_verdict = [(verdict, audit.of(verdict)) for verdict in VERDICTS]
    return [(v, [_finding(f, lang) for f in found]) for v, found in by_verdict if found]


def _finding(finding: Finding, lang: str) -> list[str]:
    texts = [getattr(said, lang) for said in (finding.sentence, finding.said, finding.right)]
    page = f"（{finding.page}）" if finding.page else ""
    return [f"〔{finding.claimed}〕{texts[0]}{page}", *texts[1:]]
