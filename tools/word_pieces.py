"""Pieces of a Word document that python-docx does not make: floating, boxed and grouped pictures.

Written as Word writes them, with the copy for old programs (``mc:Fallback``) where Word has one.
"""

from typing import Any
from xml.sax.saxutils import quoteattr

from docx.oxml import parse_xml

from helpers.report.office.names import NAMESPACES

_SHOWN = ("w", "r", "wp", "a", "pic", "mc", "wps", "wpg", "v", "o", "asvg")
XMLNS = " ".join(f'xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in _SHOWN)
EMU = 36_000  # in a millimetre
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


def drawn(id_: int, image: str, mm: tuple[float, float], alt: str = "", y: int = 0) -> str:
    """``pic:pic`` of an image with a thin border."""
    wide, high = round(mm[0] * EMU), round(mm[1] * EMU)
    said = f'id="{id_}" name="図 {id_}" descr={quoteattr(alt)}'
    return (
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {said}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
        f'<a:blip r:embed="{image}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="{y}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="6350"><a:solidFill>'
        '<a:srgbClr val="A6A6A6"/></a:solidFill></a:ln></pic:spPr></pic:pic>'
    )


def inline(id_: int, image: str, mm: tuple[float, float], alt: str = "") -> str:
    """A run with a picture in the line."""
    return (
        f"<w:r><w:drawing><wp:inline>{_frame(id_, mm, alt)}"
        f"{_graphic('pic', drawn(id_, image, mm, alt))}</wp:inline></w:drawing></w:r>"
    )


def floating(id_: int, image: str, mm: tuple[float, float], alt: str = "") -> str:
    """A run with a picture at the right margin, text flowing around it."""
    size, rest = _frame(id_, mm, alt).split("/>", 1)
    return (
        f"<w:r><w:drawing>{_anchor('right')}{size}/>"
        '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapSquare wrapText="bothSides"/>'
        f"{rest}{_graphic('pic', drawn(id_, image, mm, alt))}</wp:anchor></w:drawing></w:r>"
    )


def text_box(id_: int, inner: str, mm: tuple[float, float]) -> str:
    """A run with a text box around paragraphs, and its copy in VML for old programs."""
    wide, high = round(mm[0] * EMU), round(mm[1] * EMU)
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    shape = (
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}"'
        f' cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="6350">'
        '<a:solidFill><a:srgbClr val="00428C"/></a:solidFill></a:ln></wps:spPr>'
        f'<wps:txbx>{content}</wps:txbx><wps:bodyPr lIns="36000" tIns="36000" rIns="36000"'
        ' bIns="36000"><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )
    style = f"width:{mm[0] / 25.4 * 72:.1f}pt;height:{mm[1] / 25.4 * 72:.1f}pt"
    old = f'<v:rect style="{style}"><v:textbox>{content}</v:textbox></v:rect>'
    return _alternate(
        "wps", f"<wp:inline>{_frame(id_, mm)}{_graphic('wps', shape)}</wp:inline>", old
    )


def group(id_: int, image: str, mm: tuple[float, float], words: str) -> str:
    """A run with a picture and a line of text below it, grouped; its copy in VML."""
    line = 8  # mm
    wide, high = round(mm[0] * EMU), round((mm[1] + line) * EMU)
    label = (
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{wide}" cy="{line * EMU}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></wps:spPr><wps:txbx><w:txbxContent><w:p><w:r><w:t>"
        f"{words}</w:t></w:r></w:p></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    )
    shape = (
        f'<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}"'
        f' cy="{high}"/><a:chOff x="0" y="0"/><a:chExt cx="{wide}" cy="{high}"/></a:xfrm>'
        f"</wpg:grpSpPr>{label}{drawn(id_ + 1, image, mm, y=line * EMU)}</wpg:wgp>"
    )
    style = f"width:{mm[0] / 25.4 * 72:.1f}pt;height:{(mm[1] + line) / 25.4 * 72:.1f}pt"
    old = (
        f'<v:group style="{style}" coordsize="{wide},{high}"><v:shape style="position:absolute;'
        f'top:{line * EMU};width:{wide};height:{high - line * EMU}"><v:imagedata r:id="{image}"/>'
        "</v:shape></v:group>"
    )
    box = (mm[0], mm[1] + line)
    return _alternate(
        "wpg", f"<wp:inline>{_frame(id_, box)}{_graphic('wpg', shape)}</wp:inline>", old
    )


def control(id_: int, tag: str, content: str, kind: str = "text") -> str:
    """A content control around runs."""
    properties = f'<w:tag w:val={quoteattr(tag)}/><w:id w:val="{id_}"/><w:{kind}/>'
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def bookmark(id_: int, name: str, content: str) -> str:
    """Runs within a bookmark."""
    start = f'<w:bookmarkStart w:id="{id_}" w:name={quoteattr(name)}/>'
    return f'{start}{content}<w:bookmarkEnd w:id="{id_}"/>'


def run(text: str, bold: bool = False) -> str:
    """A run of text."""
    properties = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def put(paragraph: Any, *runs: str) -> None:
    """Append runs to a paragraph of python-docx."""
    for element in parse_xml(f"<w:p {XMLNS}>{''.join(runs)}</w:p>"):
        paragraph._p.append(element)


def _frame(id_: int, mm: tuple[float, float], alt: str = "") -> str:
    size = f'<wp:extent cx="{round(mm[0] * EMU)}" cy="{round(mm[1] * EMU)}"/>'
    return f'{size}<wp:docPr id="{id_}" name="図 {id_}" descr={quoteattr(alt)}/>'


def _graphic(kind: str, content: str) -> str:
    data = f'<a:graphicData uri="{NAMESPACES[kind]}">{content}</a:graphicData>'
    return f"<a:graphic>{data}</a:graphic>"


def _anchor(side: str) -> str:
    return (
        '<wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0"'
        ' relativeHeight="251658240" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin">'
        f'<wp:align>{side}</wp:align></wp:positionH><wp:positionV relativeFrom="paragraph">'
        "<wp:posOffset>0</wp:posOffset></wp:positionV>"
    )


def _alternate(needs: str, drawing: str, old: str) -> str:
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="{needs}"><w:drawing>{drawing}</w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict>{old}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
