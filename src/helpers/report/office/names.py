"""XML names of Office files, as lxml writes them (``{namespace}name``)."""

_OFFICE = "http://schemas.openxmlformats.org"
_MICROSOFT = "http://schemas.microsoft.com/office"

NAMESPACES = {
    "a": f"{_OFFICE}/drawingml/2006/main",
    "asvg": f"{_MICROSOFT}/drawing/2016/SVG/main",
    "ct": f"{_OFFICE}/package/2006/content-types",
    "mc": f"{_OFFICE}/markup-compatibility/2006",
    "o": "urn:schemas-microsoft-com:office:office",
    "p": f"{_OFFICE}/presentationml/2006/main",
    "pic": f"{_OFFICE}/drawingml/2006/picture",
    "r": f"{_OFFICE}/officeDocument/2006/relationships",
    "rel": f"{_OFFICE}/package/2006/relationships",
    "v": "urn:schemas-microsoft-com:vml",
    "w": f"{_OFFICE}/wordprocessingml/2006/main",
    "w14": f"{_MICROSOFT}/word/2010/wordml",
    "w15": f"{_MICROSOFT}/word/2012/wordml",
    "wp": f"{_OFFICE}/drawingml/2006/wordprocessingDrawing",
    "wpc": f"{_MICROSOFT}/word/2010/wordprocessingCanvas",
    "wpg": f"{_MICROSOFT}/word/2010/wordprocessingGroup",
    "wps": f"{_MICROSOFT}/word/2010/wordprocessingShape",
}
IMAGE = f"{NAMESPACES['r']}/image"


def name(prefixed: str) -> str:
    """``w:sdt`` → ``{http://…/wordprocessingml/2006/main}sdt``."""
    prefix, _, local = prefixed.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"
