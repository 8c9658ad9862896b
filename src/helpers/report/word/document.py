"""The document as a zip of its parts: the same report gives the same bytes."""

import io
import zipfile
from xml.sax.saxutils import escape

from helpers.report.office.package import CONTENT_TYPES, new_entry
from helpers.report.reported import Reported
from helpers.report.word.body import Body
from helpers.report.word.markup import NAMESPACES, field, paragraph
from helpers.report.word.settings import settings
from helpers.report.word.styles import styles

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_PARTS = {"styles": "styles", "settings": "settings", "footer1": "footer"}


def document(reported: Reported) -> bytes:
    """A Word document with every figure of a report at full width.

    Each figure stands in a picture content control, each number in one tagged with its key, each
    caption in one that follows the figure's subject: ``citypromo word refresh`` finds them again.
    """
    body = Body(reported)
    texts = {
        CONTENT_TYPES: _content_types(),
        "_rels/.rels": _relationships(
            [
                ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
                ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
        "docProps/core.xml": _core(reported),
        "word/document.xml": f"<w:document {NAMESPACES}>{body.xml()}</w:document>",
        "word/styles.xml": styles(),
        "word/settings.xml": settings(),
        "word/footer1.xml": _footer(),
        "word/_rels/document.xml.rels": _relationships(
            [(part, f"{_OFFICE}/{kind}", f"{part}.xml") for part, kind in _PARTS.items()]
            + [(id_, f"{_OFFICE}/image", f"media/{id_}.png") for id_ in body.images]
        ),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in texts.items():
            entry = new_entry(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _DECLARATION + text)
        for id_, picture in body.images.items():
            archive.writestr(new_entry(f"word/media/{id_}.png"), picture)
    return buffer.getvalue()


def _content_types() -> str:
    parts = [("/word/document.xml", f"{_WORD}.document.main+xml"), ("/docProps/core.xml", _CORE)]
    parts += [(f"/word/{part}.xml", f"{_WORD}.{kind}+xml") for part, kind in _PARTS.items()]
    overrides = "".join(f'<Override PartName="{p}" ContentType="{kind}"/>' for p, kind in parts)
    relationships = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{relationships}"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{overrides}</Types>'
    )


def _relationships(targets: list[tuple[str, str, str]]) -> str:
    each = (f'<Relationship Id="{i}" Type="{kind}" Target="{to}"/>' for i, kind, to in targets)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(each)}</Relationships>'


def _core(reported: Reported) -> str:
    """Title, author and language; the date is the edition's, for the clock is not to be seen."""
    edition = reported.edition
    date = f'xsi:type="dcterms:W3CDTF">{reported.date:%Y-%m-%dT%H:%M:%SZ}</dcterms:'
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(getattr(edition.report, reported.lang))}</dc:title>"
        f"<dc:creator>{escape(getattr(edition.name, reported.lang))}</dc:creator>"
        f"<dcterms:created {date}created><dcterms:modified {date}modified>"
        f"<dc:language>{reported.say('ja-JP', 'en-US')}</dc:language></cp:coreProperties>"
    )


def _footer() -> str:
    return f"<w:ftr {NAMESPACES}>{paragraph(field('PAGE', '1'), 'Footer')}</w:ftr>"
