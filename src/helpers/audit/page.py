"""An audit as one HTML page: self-contained, readable by screen readers, asking no server."""

from html import escape

from helpers.audit.finding import Audit, Finding
from helpers.audit.verdict import UNKNOWN, VERDICTS
from helpers.audit.words import WORDS, counts, title
from helpers.page import page

_STYLE = (
    "table{table-layout:fixed}.page{width:3em}.sentence{width:25%}.claim{width:7em}"
    "td.right{font-weight:bold}.right{width:21%}td p{margin:.4em 0 0;font-size:.9em;color:#555}"
    ".wide{overflow-x:auto}@media screen{table{min-width:46em}}"
    "@media print{body{margin:0;max-width:none;font-size:9pt}tr{break-inside:avoid}}"
)
_COLUMNS = ("page", "sentence", "claim", "data", "right")


def as_html(audit: Audit, lang: str = "ja") -> str:
    """The page; its policy allows nothing from outside."""
    words = WORDS[lang]
    report = words["report"].format(report=getattr(audit.edition.report, lang))
    parts = [
        f"<p>{escape(report)}</p>",
        f"<p>{escape(counts(audit, lang) or words['none'])}</p>",
        f"<p>{escape(words['method'])}</p>",
        *(_section(audit, verdict, lang) for verdict in VERDICTS),
    ]
    return page(title(audit, lang), lang, parts, _STYLE)


def _section(audit: Audit, verdict: str, lang: str) -> str:
    """A heading and a table; without the column of wordings where there is nothing to mend."""
    found = audit.of(verdict)
    if not found:
        return ""
    words = WORDS[lang]
    heads = dict(zip(_COLUMNS, words["heads"].split("|"), strict=True))
    if verdict == UNKNOWN:
        heads["data"] = words["missing"]
    if not any(finding.right.ja for finding in found):
        del heads["right"]
    head = "".join(f'<th scope="col" class="{k}">{escape(t)}</th>' for k, t in heads.items())
    rows = "\n".join(_row(finding, tuple(heads), lang) for finding in found)
    return (
        f'<h2 id="{verdict}">{escape(words[verdict])}: {len(found)}</h2>\n'
        # Wider than a telephone: scrolled by touch, or by keys where it has the focus.
        f'<div class="wide" role="region" tabindex="0" aria-labelledby="{verdict}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table></div>"
    )


def _row(finding: Finding, columns: tuple[str, ...], lang: str) -> str:
    """A finding; its sentence heads the row, its remarks stand below the data."""
    texts = {
        "page": escape(finding.page),
        "sentence": escape(getattr(finding.sentence, lang)),
        "claim": escape(finding.claimed),
        "data": escape(getattr(finding.said, lang)).replace("。", "。<br>")
        + "".join(f"<p>{escape(getattr(remark, lang))}</p>" for remark in finding.remarks),
        "right": escape(getattr(finding.right, lang)),
    }
    cells = [
        f'<th scope="row" class="{name}">{texts[name]}</th>'
        if name == "sentence"
        else f'<td class="{name}">{texts[name]}</td>'
        for name in columns
    ]
    return f"<tr>{''.join(cells)}</tr>"
