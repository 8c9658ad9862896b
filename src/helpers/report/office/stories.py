"""The parts of a file in which people write: body, headers, notes; slides, layouts, masters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.report.office.names import NAMESPACES, name
from helpers.report.office.package import CONTENT_TYPES, Package
from helpers.report.office.relationships import relationships_of, target
from helpers.report.office.xml_part import Element, XmlPart

_KINDS = {
    "main": ("本文", "body"),
    "header": ("ヘッダー", "header"),
    "footer": ("フッター", "footer"),
    "footnotes": ("脚注", "footnotes"),
    "endnotes": ("文末脚注", "endnotes"),
    "comments": ("コメント", "comments"),
    "slide": ("スライド", "slide "),
    "slideLayout": ("レイアウト", "layout "),
    "slideMaster": ("スライドマスター", "slide master "),
    "notesSlide": ("ノート", "notes "),
}
# What people write beside the text or once for every page, not in it.
_BESIDE = ("comments", "slideLayout", "slideMaster")
_TYPE = re.compile(r"\.(?:macroEnabled\.)?(\w+)\+xml$")


@dataclass(frozen=True)
class Story:
    """A part that is looked through.

    Attributes:
        part: its name in the zip.
        place: how a person calls it, in Japanese and English.
        in_text: whether it is of the text itself: no comment, layout or master.
    """

    part: str
    place: tuple[str, str]
    in_text: bool


def stories(package: Package) -> list[Story]:
    """What is looked through, in the order of reading; slides by their number."""
    found = []
    slides = {part: number for number, part in enumerate(_slides(package), start=1)}
    for part, kind in _overrides(package):
        if kind in _KINDS and part in package.parts:
            ja, en = _KINDS[kind]
            number = slides.get(part) or _number(part)
            counted = number if package.kind == "powerpoint" and kind != "main" else ""
            order = (list(_KINDS).index(kind), number, part)
            place = (f"{ja}{counted}", f"{en}{counted}")
            found.append((order, Story(part, place, kind not in _BESIDE)))
    return [story for _, story in sorted(found, key=lambda pair: pair[0])]


def _overrides(package: Package) -> Iterator[tuple[str, str]]:
    types = XmlPart(package.parts[CONTENT_TYPES]).root
    for override in types.iter(f"{{{NAMESPACES['ct']}}}Override"):
        match = _TYPE.search(override.get("ContentType", ""))
        yield override.get("PartName", "").lstrip("/"), match[1] if match else ""


def _slides(package: Package) -> list[str]:
    """Names of the slides in the order of the show."""
    main = next((part for part, kind in _overrides(package) if kind == "main"), "")
    rels = package.parts.get(relationships_of(main))
    if package.kind != "powerpoint" or rels is None:
        return []
    ids = {each.get("Id", ""): each for each in XmlPart(rels).root}
    order = XmlPart(package.parts[main]).root.iter(name("p:sldId"))
    shown = [slide.get(name("r:id"), "") for slide in order]
    return [target(main, ids[id_]) for id_ in shown if id_ in ids]


def _number(part: str) -> int:
    match = re.search(r"(\d+)\.xml$", part)
    return int(match[1]) if match else 0


def style_of(paragraph: Element) -> str:
    """The style of a paragraph of Word; empty where it has none of its own."""
    style = paragraph.find(f"{name('w:pPr')}/{name('w:pStyle')}")
    return "" if style is None else str(style.get(name("w:val"), ""))
