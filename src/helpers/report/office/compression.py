"""Whether Word takes pictures down to fewer pixels when it saves the document."""

from helpers.report.office.names import name
from helpers.report.office.package import Package
from helpers.report.office.xml_part import XmlPart

_SETTINGS = "word/settings.xml"
FIGURE_DPI = 300  # of our PNG at their printed width
_OFF = ("0", "false", "off")


def compresses_pictures(package: Package) -> bool:
    """Whether the document's settings let Word compress our figures on saving.

    It does unless ``w:doNotAutoCompressPictures`` is there (ECMA-376, 17.15.1.33) or the document
    keeps at least as many dots per inch as our figures have (``w14:defaultImageDpi``, MS-DOCX
    2.6.1.12). The mark inside a figure does not survive it.
    """
    if package.kind != "word":
        return False
    content = package.parts.get(_SETTINGS)
    if content is None:
        return True
    root = XmlPart(content).root
    kept = root.find(name("w:doNotAutoCompressPictures"))
    if kept is not None and kept.get(name("w:val"), "true").lower() not in _OFF:
        return False
    dots = root.find(name("w14:defaultImageDpi"))
    told = "" if dots is None else dots.get(name("w14:val"), "")
    return not (told.isdecimal() and int(told) >= FIGURE_DPI)
