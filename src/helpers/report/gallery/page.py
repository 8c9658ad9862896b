"""The gallery as one HTML page: self-contained, readable by screen readers, asking no server."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from helpers.audit.finding import Audit
from helpers.report.gallery.article import Shown, article
from helpers.report.gallery.words import WORDS, both, option, pair
from helpers.report.numbers import KEY
from helpers.report.reported import Reported
from helpers.report.status import Status, statuses


def gallery(
    reported: Reported,
    previous: Reported | None = None,
    audit: Audit | None = None,
    beside: Sequence[str] = (),
    lang: str = "ja",
) -> str:
    """The page of one edition.

    Args:
        reported: the report; its ``figures/`` lie beside the page.
        previous: last year's, to tell what is new, changed or the same.
        audit: what is said of the sentences that state a figure's numbers.
        beside: names of the other deliverables, to be linked.
        lang: language of the interface when the page opens.
    """
    edition = reported.edition
    style, script = _part("style.css"), _part("script.js")
    told = statuses(reported, previous)
    ja = f"{edition.name.ja} {edition.year_label()} 図と数値"
    en = f"{edition.name.en} {edition.year_label('en')}: figures and numbers"
    values = {f"word_{name}": both(name) for name in WORDS} | {
        "lang": lang,
        "policy": _policy(style, script),
        "style": style,
        "script": script,
        "title": escape(ja if lang == "ja" else en),
        "heading": pair(ja, en),
        "report": pair(edition.report.ja, edition.report.en),
        "banner": f'<p class="fictional">{both("fictional")}</p>' if edition.fictional else "",
        "count": str(len(reported.figures)),
        "sections": _options({str(i): name for i, (name, _) in enumerate(reported.sections)}),
        "statuses": _options({status.kind: option(status.kind) for status in told.values()}),
        "index": _index(reported),
        "figures": _sections(reported, told, audit),
        "left_out": _left_out(reported),
        "sources": _sources(reported),
        "files": _list([f'<a href="{escape(name)}">{escape(name)}</a>' for name in beside]),
    }
    return Template(_part("page.html")).substitute(values)


@cache
def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Nothing is loaded from anywhere; only this style and this script are obeyed."""
    digests = [hashlib.sha256(text.encode()).digest() for text in (style, script)]
    of_style, of_script = (base64.b64encode(digest).decode() for digest in digests)
    return (
        f"default-src 'none'; img-src data: blob:; style-src 'sha256-{of_style}'; "
        f"script-src 'sha256-{of_script}'; base-uri 'none'; form-action 'none'"
    )


def _options(choices: Mapping[str, str]) -> str:
    every = {"": "すべて / All", **choices}
    return "".join(f'<option value="{key}">{escape(text)}</option>' for key, text in every.items())


def _list(items: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else ""


def _index(reported: Reported) -> str:
    lines = (
        f'<li><a href="#fig-{escape(figure.stem)}" lang="{figure.lang}">'
        f"{escape(figure.title)}</a></li>"
        for figure in reported.figures
    )
    return f"<ol>{''.join(lines)}</ol>"


_MANY = 36
"""So many figures are in the page as PNG, too; a page of more would be too heavy to open."""


def _sections(reported: Reported, told: Mapping[str, Status], audit: Audit | None) -> str:
    numbers = {figure.stem: number for number, figure in enumerate(reported.figures, 1)}
    parts = []
    for index, (name, figures) in enumerate(reported.sections):
        articles = [
            article(
                Shown(
                    figure,
                    numbers[figure.stem],
                    index,
                    told[figure.stem],
                    reported.variants(figure),
                    audit.findings_for(row[KEY] for row in figure.rows) if audit else (),
                    whole=len(reported.figures) <= _MANY,
                )
            )
            for figure in figures
        ]
        head = f'<h2 id="section-{index}" lang="{reported.lang}">{escape(name)}</h2>'
        body = "\n".join([head, *articles])
        parts.append(f'<section class="figures" aria-labelledby="section-{index}">{body}</section>')
    return "\n".join(parts)


def _left_out(reported: Reported) -> str:
    reasons = reported.edition.left_out
    if not reasons:
        return f"<p>{both('none_left_out')}</p>"
    rows = (f"<dt>{escape(name)}</dt><dd>{escape(why)}</dd>" for name, why in reasons.items())
    return f'<dl lang="ja">{"".join(rows)}</dl>'


def _sources(reported: Reported) -> str:
    lines = []
    for source in reported.edition.sources.values():
        note = f" {pair(source.note, source.note_in('en'))}" if source.note else ""
        lines.append(pair(source.ja, source.en) + note)
    return _list(lines)
