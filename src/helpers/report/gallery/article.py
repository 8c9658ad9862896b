"""One figure of the gallery: picture, words, downloads, table, what the text says of it."""

import base64
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from helpers.audit.finding import Finding
from helpers.report.gallery.words import both, pair
from helpers.report.numbers import ReaderTable, reader_table
from helpers.report.reported import Figure
from helpers.report.status import Status
from helpers.sentences.verdict import WRONG

_TYPES = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv"}
_SIZE = re.compile(r'<svg\b[^>]*?\bwidth="([\d.]+)pt" height="([\d.]+)pt"', re.DOTALL)


@dataclass(frozen=True)
class Shown:
    """A figure with all that the gallery says of it.

    Attributes:
        whole: whether its PNG is inside the page; of very many it lies beside.
    """

    figure: Figure
    number: int
    section: int
    status: Status
    variants: Sequence[Figure]
    claims: Sequence[Finding]
    whole: bool = True


def article(shown: Shown) -> str:
    """The figure as an ``<article>``."""
    figure, stem = shown.figure, escape(shown.figure.stem)
    return f"""<article id="fig-{stem}" aria-labelledby="name-{stem}" \
data-section="{shown.section}" data-status="{shown.status.kind}">
<h3 id="name-{stem}">{both("figure")}{shown.number} \
<span lang="{figure.lang}">{escape(figure.title)}</span></h3>
<p class="marks">{_marks(shown.status)} <code>{stem}</code></p>
<p class="picture" lang="{figure.lang}">{_picture(figure, shown.variants)}</p>
<ul class="saves">{_saves(figure, shown.whole)}</ul>
{_beside(figure, shown.variants)}
<output class="said"></output>
<details><summary>{both("alt")}</summary><p lang="{figure.lang}">{escape(figure.alt)}</p></details>
{_table(figure, shown.number)}
{_claims(shown.claims)}
</article>"""


def _picture(figure: Figure, variants: Sequence[Figure]) -> str:
    """The drawing, and packed beside it the narrow one that the script shows on a phone."""
    packed = ""
    several = any("_part2_" in v.stem for v in variants)  # a phone shows the whole, if small
    narrow = next((v for v in variants if v.stem == figure.at_width(80)), None)
    if narrow and not several:
        svg = narrow.file("svg").read_bytes()
        content = base64.b64encode(zlib.compress(svg)).decode()
        packed = f' data-narrow="{content}" data-size="{" ".join(_size(narrow))}"'
    size = 'width="{}" height="{}"'.format(*_size(figure))
    alt = escape(figure.alt, quote=True)
    return f'<picture{packed}><img src="{_inside(figure, "svg")}" {size} alt="{alt}"></picture>'


def _size(figure: Figure) -> tuple[str, str]:
    """Width and height in CSS pixels, so that nothing jumps while the page is laid out."""
    match = _SIZE.search(figure.file("svg").read_text(encoding="utf-8"))
    points = match.groups() if match else ("0", "0")
    wide, high = (str(round(float(length) * 96 / 72)) for length in points)
    return wide, high


def _inside(figure: Figure, ending: str) -> str:
    """A file as an address that holds it."""
    content = base64.b64encode(figure.file(ending).read_bytes()).decode()
    return f"data:{_TYPES[ending]};base64,{content}"


def _marks(status: Status) -> str:
    mark = f'<span class="mark {status.kind}">{both(status.kind)}</span>'
    return mark + (f"{both('revised')}: {status.revised}" if status.revised else "")


def _saves(figure: Figure, whole: bool) -> str:
    """What is inside the page; the SVG's address is the picture's own, set by the script."""
    stem = escape(figure.stem)
    described = f'aria-describedby="name-{stem}"'
    links = {
        "png": _inside(figure, "png") if whole else f"figures/{stem}.png",
        "svg": f"figures/{stem}.svg",
        "csv": _inside(figure, "csv"),
    }
    items = [
        f'<li><a class="save {ending}" href="{address}" download="{stem}.{ending}" {described}>'
        f"{both(ending)}</a></li>"
        for ending, address in links.items()
    ]
    items += [
        f'<li hidden class="script"><button type="button" data-copy="{what}" {described}>'
        f"{both(word)}</button></li>"
        for what, word in (("png", "copy"), ("alt", "copy_alt"))
        if whole or what == "alt"  # only what is inside can be copied
    ]
    return "".join(items)


def _beside(figure: Figure, variants: Sequence[Figure]) -> str:
    """What lies in the folder beside the page."""
    paths = [figure.file("pdf")]
    paths += [variant.file(ending) for variant in variants for ending in ("png", "svg", "pdf")]
    links = (f'<a href="figures/{escape(p.name)}">{escape(p.name)}</a>' for p in paths)
    return f'<p class="beside">{both("beside")} {" ".join(links)}</p>'


def _table(figure: Figure, number: int) -> str:
    """The plotted numbers; heads and remarks in both languages."""
    ja, en = (reader_table(figure.rows, lang) for lang in ("ja", "en"))
    name = f"table-{escape(figure.stem)}"
    heads = [_either(*texts) for texts in zip(ja.heads, en.heads, strict=True)]
    head = "".join(map(_head, [*heads, both("key")], [*ja.numeric, False]))
    return (
        f"<details><summary>{both('table')} ({len(ja.rows)}{both('rows')})</summary>"
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{name}"><table>'
        f'<caption id="{name}">{both("figure")}{number} {both("table")}</caption>'
        f"<thead><tr>{head}</tr></thead>"
        f'<tbody lang="{figure.lang}">{_rows(ja, en)}</tbody></table></div></details>'
    )


def _head(text: str, numeric: bool) -> str:
    return f'<th scope="col"{_flush(numeric)}>{text}</th>'


def _flush(numeric: bool) -> str:
    return ' class="n"' if numeric else ""


def _rows(ja: ReaderTable, en: ReaderTable) -> str:
    rows = []
    for texts, others, key in zip(ja.rows, en.rows, ja.keys, strict=True):
        cells = [
            f"<td{_flush(numeric)}>{_either(text, other)}</td>"
            for text, other, numeric in zip(texts, others, ja.numeric, strict=True)
        ]
        key_cell = f'<th scope="row"><code>{escape(key)}</code></th>'
        rows.append(f"<tr>{''.join(cells)}{key_cell}</tr>")
    return "\n".join(rows)


def _either(ja: str, en: str) -> str:
    return escape(ja) if ja == en else pair(ja, en)


def _claims(claims: Sequence[Finding]) -> str:
    """Sentences of the published text about these numbers, judged; open where one is wrong."""
    if not claims:
        return ""
    items = "".join(f"<li>{_claim(finding)}</li>" for finding in claims)
    is_open = " open" if any(f.verdict in WRONG for f in claims) else ""
    summary = f"<summary>{both('claims')} ({len(claims)})</summary>"
    return f'<details class="claims"{is_open}>{summary}<ul>{items}</ul></details>'


def _claim(finding: Finding) -> str:
    verdict = f'<span class="verdict">{both(f"verdict_{finding.verdict}")}</span>'
    sentence = f'<q lang="ja">{escape(finding.sentence.ja)}</q>'
    right = f" → {pair(finding.right.ja, finding.right.en)}" if finding.right.ja else ""
    page = f"（{escape(finding.page)}）" if finding.page else ""
    return f"{verdict}〔{escape(finding.claimed)}〕{sentence}{page}{right}"
