"""An audit as one HTML page: self-contained, readable by screen readers, asking no server."""

import base64
import hashlib
from html import escape

from helpers.audit.finding import Audit, Finding
from helpers.audit.verdict import VERDICTS
from helpers.audit.words import WORDS, counts, title

_STYLE = (
    "body{font-family:'BIZ UDPGothic',sans-serif;margin:2em auto;max-width:76em;padding:0 1em;"
    "line-height:1.7;color:#222;background:#fff}table{border-collapse:collapse;width:100%}"
    "caption{text-align:left;font-weight:bold;padding:.3em 0}"
    "td,th{border-bottom:1px solid #ccc;padding:.4em .6em;text-align:left;vertical-align:top}"
    "thead th{background:#f0f0f0}tbody th{font-weight:normal;width:26%}"
    "td.page{white-space:nowrap}td.claim{width:9%}td.data{width:27%}td.right{font-weight:bold}"
    "@media(max-width:45em){thead{position:absolute;left:-999em}tr,td,tbody th{display:block;"
    "width:auto}tr{border-bottom:2px solid #888}td:empty{display:none}}"
    "@media print{body{margin:0;max-width:none;font-size:9pt}tr{break-inside:avoid}}"
)


def as_html(audit: Audit, lang: str = "ja") -> str:
    """The page; its policy allows nothing from outside."""
    words, name = WORDS[lang], escape(title(audit, lang))
    report = words["report"].format(report=getattr(audit.edition.report, lang))
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    parts = [
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{name}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{name}</h1>",
        f"<p>{escape(report)}</p>",
        f"<p>{escape(counts(audit, lang) or words['none'])}</p>",
        f"<p>{escape(words['method'])}</p>",
        *(_section(audit, verdict, lang) for verdict in VERDICTS),
    ]
    return "\n".join([*filter(None, parts), "</main>\n</body>\n</html>\n"])


def _section(audit: Audit, verdict: str, lang: str) -> str:
    """A heading and a table; columns that nothing stands in are left out."""
    found = audit.of(verdict)
    if not found:
        return ""
    name = escape(WORDS[lang][verdict])
    cells = [_cells(finding, lang) for finding in found]
    heads = WORDS[lang]["heads"].split("|")
    used = [i for i in range(len(heads)) if any(row[i][1] for row in cells)]
    head = "".join(f'<th scope="col">{escape(heads[i])}</th>' for i in used)
    rows = "\n".join("<tr>" + "".join(_cell(*row[i]) for i in used) + "</tr>" for row in cells)
    return (
        f'<section aria-labelledby="{verdict}">\n<h2 id="{verdict}">{name}（{len(found)}）</h2>\n'
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table>\n</section>"
    )


def _cells(finding: Finding, lang: str) -> list[tuple[str, str]]:
    """What stands in each column, with the column's class; the sentence heads its row."""
    remarks = " ".join(getattr(remark, lang) for remark in finding.remarks)
    return [
        ("page", finding.page),
        ("", getattr(finding.sentence, lang)),
        ("claim", finding.claimed),
        ("data", getattr(finding.said, lang)),
        ("right", getattr(finding.right, lang)),
        ("remark", remarks),
    ]


def _cell(kind: str, text: str) -> str:
    if not kind:
        return f'<th scope="row">{escape(text)}</th>'
    return f'<td class="{kind}">{escape(text)}</td>'
