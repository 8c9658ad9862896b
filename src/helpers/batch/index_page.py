"""The page of a batch on which one finds one's city: by prefecture, then by name."""

import os.path
from collections.abc import Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from helpers.batch.outcome import Outcome
from helpers.edition import Edition
from helpers.national import prefecture_of
from helpers.page import page
from helpers.problems import InputError, Said

_STYLE = (
    "ul{columns:16em;list-style:none;padding:0}li{break-inside:avoid;padding:.15em 0}"
    ".why{color:#7a2c00}"
)
_TITLE = Said("市区町村の報告書", "Reports of municipalities")
_COUNT = Said(
    "{done} の報告書があります。名前はページ内の検索で探せます。",
    "{done} reports. Find a name with the browser's search.",
)
_OTHERS = Said("その他", "Others")


def index_page(outcomes: Sequence[Outcome], root: Path, folder: Path, lang: str = "ja") -> Path:
    """Write ``index.html``: a link to each report, the sentence of each that failed.

    Args:
        outcomes: of the batch.
        root: the project.
        folder: where to; links are relative to it.
        lang: of the page.
    """
    lines = []
    for outcome in outcomes:
        try:
            edition = Edition.open(*outcome.edition)
        except InputError:  # taken away meanwhile
            continue
        name = f"{getattr(edition.name, lang)} {edition.year_label(lang)}"
        target = root / "reports" / outcome.city / str(outcome.year) / "index.html"
        link = Path(os.path.relpath(target, folder)).as_posix()
        shown = f'<a href="{escape(link)}">{escape(name)}</a>'
        if not outcome.well:
            shown = f'{escape(name)} <span class="why">{escape(outcome.sentence(lang))}</span>'
        code = edition.code or "99"
        lines.append((code[:2], code, outcome.year, shown))
    parts = [f"<p>{_COUNT.of(lang).format(done=f'{sum(o.well for o in outcomes):,}')}</p>"]
    for prefecture, group in groupby(sorted(lines), key=lambda line: line[0]):
        items = "".join(f"<li>{shown}</li>" for *_, shown in group)
        heading = escape(prefecture_of(prefecture, lang) or _OTHERS.of(lang))
        parts.append(f"<h2>{heading}</h2><ul>{items}</ul>")
    path = folder / "index.html"
    path.write_text(page(_TITLE.of(lang), lang, parts, _STYLE), encoding="utf-8", newline="\n")
    return path
