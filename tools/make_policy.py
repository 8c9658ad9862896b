"""Make the sample city's policy document as its authors left it a year ago.

It carries typed numbers, and the figures of the published report of mihon 2024 in every way that
a picture can stand in a document, to try ``citypromo word check`` and ``refresh`` on.

    citypromo run mihon 2024 && python tools/make_policy.py
"""

import io
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from PIL import Image, ImageDraw

from word_pieces import (
    SVG_EXTENSION,
    XMLNS,
    bookmark,
    control,
    floating,
    group,
    inline,
    put,
    run,
    text_box,
)

FONT = "BIZ UDPゴシック"
WORDS = (
    "本市では、市民意識調査の結果を踏まえ、地域への愛着と居住継続意向を高める取組を進めています。"
    "この文書は見本であり、数値も地名もすべて架空のデータです。"
)
# Where a figure stands in the document, and which one; the tests put other figures there.
FIGURES = {
    "inline": "attachment_age",
    "control": "progress",
    "floating": "mgap_80mm",
    "bookmark": "brand_rank_80mm",
    "box": "associations_80mm",
    "group": "living_district_80mm",
    "header": "progress",
    "shared": "attachment_tenure_80mm",
}
# Key and text of each number: as it was typed last year, one of them under a key with a slip.
NUMBERS = {
    "愛着を感じている人は": ("attachment.total.total.positive", "74.6％"),
    "、住み続けたい人は": ("residence_intention.total.total.positive", "82.0％"),
    "でした。SNSの登録者数は": ("kpi.kpi.sns_followers.actual", "19,305"),
    "人、mGAPは": ("mgap.total.total.total", "▲135.2"),
    "、自治会の加入率は": ("asociation_rate.total.total", "30.6"),
}


def policy(
    pictures: Mapping[str, bytes], alt: str, svg: bytes, numbers: Mapping[str, tuple[str, str]]
) -> bytes:
    """The document.

    Args:
        pictures: PNG by the places of ``FIGURES``; ``floating`` and ``group`` lose their keys.
        alt: key of the floating figure, which only its alternative text names.
        svg: the twin of the inline figure that new programs show.
        numbers: words before a number, its key and its text.
    """
    document = Document()
    _typography(document)
    ids = {place: _relate(document.part, png) for place, png in pictures.items()}
    size = {
        place: _size(png, 160 if place in ("inline", "control") else 74)
        for place, png in pictures.items()
    }
    header = document.sections[0].header
    put(header.paragraphs[0], run("見本市シティプロモーション推進方針（架空データ）　"))
    small = _size(pictures["header"], 36)
    put(header.paragraphs[0], inline(90, _relate(header.part, pictures["header"]), small))

    document.add_heading("１　現状と課題", 1)
    put(document.add_paragraph(), *_sentence(numbers))
    put(document.add_paragraph(), inline(1, ids["inline"], size["inline"], "前の年に書いた説明"))
    _add_svg(document, svg)
    document.add_paragraph("図表1　年齢別の愛着と居住継続意向（架空データ）")
    ids["floating"] = _relate(document.part, _without_key(pictures["floating"], "PNG"))
    paragraph = document.add_paragraph()
    put(paragraph, floating(2, ids["floating"], size["floating"], f"fig:{alt}"), run(WORDS * 5))

    document.add_heading("２　取組の進み具合", 1)
    shown = inline(3, ids["control"], size["control"])
    put(
        document.add_paragraph(), control(301, f"fig:{_key(pictures['control'])}", shown, "picture")
    )
    table = document.add_table(rows=2, cols=2, style="Table Grid")
    for cell, id_ in zip(table.rows[0].cells, (4, 5), strict=True):
        put(cell.paragraphs[0], inline(id_, ids["shared"], size["shared"]))
    photo = _relate(document.part, _without_key(pictures["bookmark"], "JPEG"))
    marked = inline(6, photo, size["bookmark"])
    put(table.cell(1, 0).paragraphs[0], bookmark(1, f"fig_{_key(pictures['bookmark'])}", marked))
    put(table.cell(1, 1).paragraphs[0], inline(7, _relate(document.part, _crest()), (30, 30)))
    document.add_paragraph(WORDS)
    boxed = f"<w:p>{inline(9, ids['box'], size['box'])}</w:p>"
    put(document.add_paragraph(), text_box(8, boxed, (80, size["box"][1] + 12)))
    put(document.add_paragraph(), group(10, ids["group"], size["group"], "地区別（架空データ）"))
    return _saved(document)


def _sentence(numbers: Mapping[str, tuple[str, str]]) -> list[str]:
    runs = []
    for id_, (words, (key, text)) in enumerate(numbers.items(), start=201):
        # Word parts a text at will: the first digit is a run of its own.
        runs += [run(words), control(id_, key, run(text[0], bold=True) + run(text[1:], bold=True))]
    return [*runs, run("でした。")]


def _typography(document: Any) -> None:
    """A4, text 160 mm wide, the font that Japanese Windows has."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    for style in (document.styles["Normal"], document.styles["Heading 1"]):
        style.font.name = FONT
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), FONT)
    document.styles["Normal"].font.size = Pt(10.5)


def _relate(part: Any, picture: bytes) -> str:
    """Id of an image's relationship; python-docx keeps one part for equal images."""
    return str(part.get_or_add_image(io.BytesIO(picture))[0])


def _add_svg(document: Any, svg: bytes) -> None:
    """Give the last picture a drawing for new programs."""
    part = Part(PackURI("/word/media/figure.svg"), "image/svg+xml", svg, document.part.package)
    id_ = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    blip = document.paragraphs[-1]._p.findall(f".//{qn('a:blip')}")[-1]
    twin = f'<a:ext uri="{SVG_EXTENSION}"><asvg:svgBlip r:embed="{id_}"/></a:ext>'
    blip.append(parse_xml(f"<a:extLst {XMLNS}>{twin}</a:extLst>"))


def _size(picture: bytes, wide: float) -> tuple[float, float]:
    pixels = Image.open(io.BytesIO(picture)).size
    return wide, wide * pixels[1] / pixels[0]


def _key(picture: bytes) -> str:
    return str(Image.open(io.BytesIO(picture)).info["X-Figure-Key"])


def _without_key(picture: bytes, kind: str) -> bytes:
    """The picture as a program that compresses pictures leaves it: fewer colours, no texts."""
    buffer = io.BytesIO()
    plain = Image.open(io.BytesIO(picture)).convert("RGB")
    (plain.quantize(32) if kind == "PNG" else plain).save(buffer, kind)
    return buffer.getvalue()


def _crest() -> bytes:
    """A picture that is not ours."""
    image = Image.new("RGB", (240, 240), "white")
    ImageDraw.Draw(image).ellipse((20, 20, 220, 220), outline="#00428c", width=16)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def main(root: Path) -> None:
    """Write ``data/documents/mihon/2025/policy.docx`` from the report of 2024."""
    figures = root / "reports" / "mihon" / "2024" / "figures"
    pictures = {place: (figures / f"{stem}.png").read_bytes() for place, stem in FIGURES.items()}
    svg = (figures / f"{FIGURES['inline']}.svg").read_bytes()
    target = root / "data" / "documents" / "mihon" / "2025" / "policy.docx"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(policy(pictures, FIGURES["floating"], svg, NUMBERS))
    print(f"{target}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1])
