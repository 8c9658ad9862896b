"""Pieces of WordprocessingML: paragraphs, runs, content controls, a picture, a table."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from helpers.report.office.names import NAMESPACES as _ALL
from helpers.report.office.pictures import EMU_PER_MM

NAMESPACES = " ".join(f'xmlns:{p}="{_ALL[p]}"' for p in ("w", "r", "wp", "a", "pic"))
# Word cuts the tag of a content control here.
TAG_LENGTH = 64


def run(text: str, bold: bool = False) -> str:
    """A run of text."""
    properties = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, style: str, keep: bool = False) -> str:
    """A paragraph of runs; ``keep`` holds it on the page of the next one."""
    kept = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}</w:pPr>{content}</w:p>'


def field(instruction: str, shown: str) -> str:
    """A field of Word that counts by itself: page, number of a figure."""
    return f'<w:fldSimple w:instr=" {escape(instruction)} ">{run(shown)}</w:fldSimple>'


def control(id_: int, tag: str, name: str, content: str, kind: str = "text") -> str:
    """A content control around runs.

    Args:
        id_: a number that no other control has.
        tag: what ``word refresh`` knows it by, at most 64 characters.
        name: what Word shows above it.
        content: runs.
        kind: ``text`` or ``picture``.
    """
    properties = (
        f"<w:alias w:val={quoteattr(name[:TAG_LENGTH])}/><w:tag w:val={quoteattr(tag)}/>"
        f'<w:id w:val="{id_}"/><w:{kind}/>'
    )
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def picture(id_: int, image: str, name: str, alt: str, mm: tuple[float, float]) -> str:
    """A run with a picture in the line.

    Args:
        id_: a number that no other drawing has.
        image: id of the image's relationship.
        name: the figure's key, kept as the picture's title.
        alt: alternative text.
        mm: width and height on the page.
    """
    wide, high = (round(length * EMU_PER_MM) for length in mm)
    said = f"name={quoteattr(name)} descr={quoteattr(alt)} title={quoteattr(f'fig:{name}')}"
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="{id_}" {said}/>'
        "<wp:cNvGraphicFramePr>"
        '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{_ALL["pic"]}"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{id_}" {said}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{image}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def table(heading: Sequence[str], rows: Sequence[Sequence[str]], widths_mm: Sequence[int]) -> str:
    """A table that stays on one page if it can; its last column is set to the right.

    Args:
        heading: texts.
        rows: runs of each cell.
        widths_mm: of the columns.
    """
    twips = [round(mm / 25.4 * 1440) for mm in widths_mm]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    titles = _cells([run(text, bold=True) for text in heading], twips, keep=True)
    head = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{titles}</w:tr>"
    bodies = [_cells(row, twips, keep=row is not rows[-1]) for row in rows]
    lines = "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{body}</w:tr>" for body in bodies)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Numbers"/>'
        f'<w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{lines}</w:tbl>"
    )


def _cells(contents: Sequence[str], twips: Sequence[int], keep: bool) -> str:
    last = len(contents) - 1
    return "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{paragraph(content, 'TableNumber' if i == last else 'TableText', keep)}</w:tc>"
        for i, (content, width) in enumerate(zip(contents, twips, strict=True))
    )
