"""A document held against a report: every picture and number found, and what is old replaced."""

from dataclasses import dataclass

from helpers.problems import InputError
from helpers.report.office import messages
from helpers.report.office.catalogue import Catalogue
from helpers.report.office.compression import compresses_pictures
from helpers.report.office.fields import fields
from helpers.report.office.figure_mark import base_of
from helpers.report.office.finding import Finding
from helpers.report.office.package import Package
from helpers.report.office.pictures import pictures
from helpers.report.office.placing import near
from helpers.report.office.relationships import Images
from helpers.report.office.replacing import Replacing
from helpers.report.office.stories import Story, stories
from helpers.report.office.texts import replaced
from helpers.report.office.typed_numbers import typed_numbers
from helpers.report.office.xml_part import Element, XmlPart

_HINTS = (b"blip", b"imagedata", b"v:fill", b"w:sdt", b"p:sp>", b"w:t", b"a:t>")


@dataclass(frozen=True)
class Refreshed:
    """What a refresh found and made.

    Attributes:
        findings: every picture and text, in the order of reading.
        content: the bytes of the new file; None where nothing is to be changed.
        unused: figures of the report that the document does not show.
        compressed: whether Word will compress the figures in it when it saves the document.
    """

    findings: tuple[Finding, ...]
    content: bytes | None
    unused: tuple[str, ...]
    compressed: bool = False


def refresh(package: Package, catalogue: Catalogue) -> Refreshed:
    """Replace what is old; the package itself stays as it is.

    Raises:
        InputError: a part is damaged.
    """
    try:
        return _refresh(package, catalogue)
    except ValueError as error:
        message = messages.DAMAGED.at(str(package.path), why=str(error))
        raise InputError(message) from None


def _refresh(package: Package, catalogue: Catalogue) -> Refreshed:
    images = Images(package)
    findings: list[Finding] = []
    for story in stories(package):
        content = package.parts[story.part]
        if any(hint in content for hint in _HINTS):
            findings += _refresh_story(story, XmlPart(content), images, catalogue)
    shown = {base_of(each.key) for each in findings if each.kind == "picture" and each.key}
    unused = sorted({base_of(stem) for stem in catalogue.figures} - shown)
    compressed = bool(shown) and compresses_pictures(package)
    new: bytes | None = None
    if images.changed:
        images.tidy()
        new = package.with_parts(images.changed)
    return Refreshed(tuple(findings), new, tuple(unused), compressed)


def _refresh_story(
    story: Story, part: XmlPart, images: Images, catalogue: Catalogue
) -> list[Finding]:
    """The findings of one part; its changes go to ``images.changed``."""
    findings = []
    replacing = Replacing(story, part, images, catalogue)
    number = 0
    for picture in pictures(part.root):
        finding = replacing.replace(picture, _place(story, number + 1, near(picture.element)))
        if finding is not None:
            findings.append(finding)
            number += 1
    known = list(fields(part.root))
    if story.in_text:
        for paragraph, numbers in typed_numbers(part.root, known):
            place = _near_place(story, paragraph)
            findings.append(Finding(place, "typed", "typed", old="、".join(numbers)))
    for field in known:
        finding = replaced(part, field, catalogue, _near_place(story, field.element))
        if not field.in_shadow:
            findings.append(finding)
    content = part.content
    if content is not part.original:
        images.changed[story.part] = content
    if replacing.added:
        images.relate(story.part, replacing.added, content)
    return findings


def _place(story: Story, number: int, near_text: str) -> tuple[str, str]:
    ja, en = story.place
    said = f"「{near_text}」" if near_text else ""
    return f"{ja} 画像{number}{said}", f"{en}, picture {number}{said}"


def _near_place(story: Story, element: Element) -> tuple[str, str]:
    ja, en = story.place
    near_text = near(element)
    said = f"「{near_text}」" if near_text else ""
    return f"{ja}{said}", f"{en}{said}"
