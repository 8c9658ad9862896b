"""An audit as one HTML page: self-contained, readable by screen readers, asking no server."""

from collections.abc import Mapping, Sequence
from html import escape

from helpers.audit.document_text import SAID, share
from helpers.audit.documents import (
    CLASSES,
    CONTRADICTED,
    FOUND,
    UNCHECKED,
    VERIFIED,
    Checked,
    DocumentAudit,
)
from helpers.audit.finding import Audit, Finding
from helpers.audit.words import WORDS, counts, title
from helpers.page import page
from helpers.sentences.verdict import (
    FALSE,
    MISLEADING,
    OVERSTATED,
    ROUNDING,
    TRUE,
    UNKNOWN,
    VERDICTS,
)

_STYLE = (
    "table{table-layout:fixed}.page{width:3em}.sentence{width:25%}.claim{width:7em}"
    "td.right{font-weight:bold}.right{width:21%}.said{width:38%}"
    "td p{margin:.4em 0 0;font-size:.9em;color:#555}"
    ".wide{overflow-x:auto}@media screen{table{min-width:46em}}"
    "@media print{body{margin:0;max-width:none;font-size:9pt}tr{break-inside:avoid}}"
)
# A mark and a colour each (Okabe and Ito 2008, darkened to 4.5 : 1 on white): never colour alone.
_MARKS = {
    FALSE: ("✕", "#a63c00"),
    MISLEADING: ("▲", "#8a5a00"),
    OVERSTATED: ("△", "#8a5a00"),
    UNKNOWN: ("？", "#555555"),
    ROUNDING: ("≒", "#00609c"),
    TRUE: ("○", "#00609c"),
    CONTRADICTED: ("✕", "#a63c00"),
    UNCHECKED: ("？", "#555555"),
    FOUND: ("◇", "#00609c"),
    VERIFIED: ("○", "#00609c"),
}
_STYLE += "".join(
    f"#{name},.{name}{{color:{colour}}}h2#{name}{{border-left:.4em solid;padding-left:.5em}}"
    for name, (_, colour) in _MARKS.items()
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
    rows = [_row(finding, tuple(heads), lang) for finding in found]
    return _headed(verdict, words[verdict], heads, rows)


def _headed(state: str, name: str, heads: Mapping[str, str], rows: Sequence[str]) -> str:
    """A heading with its mark and count, and a table under it."""
    head = "".join(f'<th scope="col" class="{k}">{escape(t)}</th>' for k, t in heads.items())
    body = "\n".join(rows)
    return (
        f'<h2 id="{state}">{_MARKS[state][0]} {escape(name)}: {len(rows)}</h2>\n'
        # Wider than a telephone: scrolled by touch, or by keys where it has the focus.
        f'<div class="wide" role="region" tabindex="0" aria-labelledby="{state}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></div>"
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


def document_as_html(audit: DocumentAudit, lang: str = "ja") -> str:
    """The audit of a document: the share that is checked, then a table a class."""
    words = SAID[lang]
    name = getattr(audit.edition.name, lang)
    parts = [f"<p><strong>{escape(share(audit, lang))}</strong></p>"]
    heads = dict(zip(("page", "said", "data", "right"), words["columns"].split("|"), strict=True))
    for state in CLASSES:
        if found := audit.of(state):
            rows = [_passage(each, lang) for each in found]
            parts.append(_headed(state, words[state], heads, rows))
    title_ = words["title"].format(city=name, year=audit.edition.year_label(lang))
    return page(title_, lang, parts, _STYLE)


def _passage(each: Checked, lang: str) -> str:
    """Page, sentence, verdict and what the data say, a wording or the keys."""
    said = escape(each.said.of(lang))
    if each.verdict:
        verdict = f"{_MARKS[each.verdict][0]} {escape(WORDS[lang][each.verdict])}"
        said = f'<span class="{each.verdict}">{verdict}</span><br>{said}'
    if each.open and each.state != UNCHECKED:
        said += f"<p>{escape(SAID[lang]['open'])}{escape('、'.join(each.open))}</p>"
    keys = [f"{s.claimed} = {'、'.join(s.what)}" for s in each.statements]
    right = "<br>".join(map(escape, keys)) or escape(each.right.of(lang))
    return (
        f'<tr><td>{escape(each.passage.page)}</td><th scope="row">{escape(each.passage.quoted)}'
        f"</th><td>{said}</td><td>{right}</td></tr>"
    )
