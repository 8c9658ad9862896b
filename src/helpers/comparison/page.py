"""A comparison as one HTML page: self-contained, readable by screen readers, asking no server."""

import base64
import io
from html import escape
from pathlib import Path

from PIL import Image

from helpers.comparison.change import BEYOND, WITHIN, Change
from helpers.comparison.comparison import Comparison, Figure
from helpers.comparison.words import (
    SECTIONS,
    WORDS,
    chance,
    difference,
    heading,
    margin,
    other,
    section_title,
    side,
)
from helpers.page import page

_PIXELS = 1000
_STYLE = (
    "td.n{text-align:right;white-space:nowrap}.pair{display:flex;flex-wrap:wrap;gap:1em}"
    ".pair figure{flex:1 1 24em;margin:0}img{max-width:100%;height:auto;border:1px solid #ccc}"
    "summary{cursor:pointer}"
)


def as_page(comparison: Comparison, lang: str = "ja") -> str:
    """The page; its pictures are inside, and its policy allows nothing from outside."""
    words = WORDS[lang]
    if comparison.empty:
        parts = [f"<p>{words['empty']}</p>"]
    else:
        parts = [_section(comparison, *each, lang) for each in SECTIONS]
        parts += _figures(comparison, lang)
    return page(heading(comparison, lang), lang, parts, _STYLE, images=True)


def _section(comparison: Comparison, kind: str, judgement: str, lang: str) -> str:
    """A heading with a table below; long lists within the error are folded."""
    found = comparison.kind(kind, judgement)
    said = comparison.method if kind == "method" else []
    if not found and not said:
        return ""
    title = escape(section_title(kind, judgement, lang))
    name = comparison.namer(lang)
    heads = "".join(f'<th scope="col">{h}</th>' for h in WORDS[lang]["heads"].split("|"))
    rows = [_cells(what, "", old, new, "", "") for what, old, new in said]
    rows += [_row(each, name(each), lang) for each in found]
    table = (
        f"<table><caption>{title}（{len(rows)}）</caption><thead><tr>{heads}</tr></thead><tbody>"
        + "\n".join(rows)
        + "</tbody></table>"
    )
    note = f"<p>{escape(chance(comparison, lang))}</p>" if judgement == BEYOND else ""
    if judgement == WITHIN or len(rows) > 60:
        table = f"<details><summary>{title}: {len(rows)}</summary>{table}</details>"
    return (
        f"<section>\n<h2>{title}</h2>\n{note if judgement == 'beyond' else ''}{table}\n</section>"
    )


def _row(change: Change, name: str, lang: str) -> str:
    rows = [row for row in (change.before, change.after) if row]
    definition = " → ".join(dict.fromkeys(str(row["definition"]) for row in rows))
    numbers = (side(change, "before", lang), side(change, "after", lang))
    said = " ".join(filter(None, (difference(change, lang), other(change, lang))))
    return _cells(name, definition, *numbers, said, margin(change, lang))


def _cells(name: str, definition: str, *numbers: str) -> str:
    cells = "".join(f'<td class="n">{escape(text)}</td>' for text in numbers)
    return f'<tr><th scope="row">{escape(name)}</th><td>{escape(definition)}</td>{cells}</tr>'


def _figures(comparison: Comparison, lang: str) -> list[str]:
    """Each figure of both editions side by side, with its alternative text."""
    if not comparison.figures:
        return []
    words = WORDS[lang]
    parts = [f"<section>\n<h2>{words['figures']}</h2>"]
    for figure in comparison.figures:
        parts.append(f"<h3>{escape(figure.stem)}</h3>")
        if figure.same:
            parts.append(f"<p>{words['same']}</p>")
            continue
        parts.append(f'<div class="pair">{_pair(comparison, figure, lang)}</div>')
    return [*parts, "</section>"]


def _pair(comparison: Comparison, figure: Figure, lang: str) -> str:
    sides = ((figure.before, comparison.before), (figure.after, comparison.after))
    return "".join(
        f"<figure>{_picture(path) if path else WORDS[lang]['none']}"
        f"<figcaption>{escape(which.name)}</figcaption></figure>"
        for path, which in sides
    )


def _picture(path: Path) -> str:
    text = path.with_suffix(".txt")
    alt = text.read_text(encoding="utf-8").strip() if text.exists() else path.stem
    data = base64.b64encode(_small(path)).decode()
    return f'<img src="data:image/png;base64,{data}" alt="{escape(alt, quote=True)}">'


def _small(path: Path) -> bytes:
    """The picture at screen size: thirty of them must still open at once."""
    buffer = io.BytesIO()
    with Image.open(path) as picture:
        shown = picture.convert("RGB")
        shown.thumbnail((_PIXELS, 10 * _PIXELS))
        shown.quantize(128).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
