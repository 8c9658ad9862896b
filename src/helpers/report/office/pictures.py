"""The pictures of a part: where each stands, what names it, which image it shows."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from helpers.report.office.figure_mark import bookmarked, is_figure_key, named
from helpers.report.office.names import name
from helpers.report.office.xml_part import Element

EMU_PER_MM = 36_000
_PICTURES = (name("pic:pic"), name("p:pic"), name("v:imagedata"))
# What a shape is filled with: a picture that Word and PowerPoint stretch over it.
_FILLED = (name("wps:spPr"), name("p:spPr"))
_VML = (name("v:imagedata"), name("v:fill"))
_NAMES = ("pic:nvPicPr/pic:cNvPr", "p:nvPicPr/p:cNvPr", "p:nvSpPr/p:cNvPr", "wps:cNvPr")
_TRACKED = tuple(name(f"w:{kind}") for kind in ("ins", "del", "moveFrom", "moveTo"))
_GROUPS = (name("wpg:wgp"), name("wpg:grpSp"), name("p:grpSp"))


@dataclass(frozen=True)
class Picture:
    """A picture in a part.

    Attributes:
        element: ``pic:pic``, ``p:pic`` or ``v:imagedata``; a shape that a picture fills
            (``wps:wsp``, ``p:sp``, ``v:fill``).
        holder: ``a:blip``, ``v:imagedata`` or ``v:fill``: what names the image by relationship.
        keys: figure keys that name it, by the layer that does (charts.md, section 5a).
    """

    element: Element
    holder: Element
    keys: dict[str, str]

    @property
    def attribute(self) -> str:
        """The attribute with the image's relationship."""
        return name("r:id") if self.element.tag in _VML else name("r:embed")

    @property
    def relationship(self) -> str:
        """Id of the image's relationship; empty for a linked picture."""
        return str(self.holder.get(self.attribute, ""))

    @property
    def linked(self) -> bool:
        """Whether the image lies in another file."""
        return self.holder.get(name("r:link")) is not None

    @property
    def tracked(self) -> bool:
        """Whether it is part of a recorded change that nobody has accepted yet."""
        return is_tracked(self.element)

    @property
    def fills(self) -> bool:
        """Whether it fills a shape."""
        return self.element.tag in (name("wps:wsp"), name("p:sp"), name("v:fill"))

    @property
    def in_vml_group(self) -> bool:
        """Whether it is of old Word and in a group, whose units are its own."""
        group = next(self.element.iterancestors(name("v:group")), None)
        return self.element.tag == name("v:imagedata") and group is not None

    @property
    def groups(self) -> list[Element]:
        """The groups that it stands in, innermost first."""
        return [above for above in self.element.iterancestors() if above.tag in _GROUPS]

    @property
    def frame(self) -> Element | None:
        """``wp:inline`` or ``wp:anchor`` of a picture that stands alone, else None."""
        if self.groups or self.element.tag not in (name("pic:pic"), name("wps:wsp")):
            return None
        frames = self.element.iterancestors(name("wp:inline"), name("wp:anchor"))
        found = next(frames, None)
        inside = self.element.iterancestors(name("wpc:wpc"), name("wps:wsp"))
        between = next(inside, None)
        own = between is None or found is None or between not in found.iterdescendants()
        return found if own else None

    @property
    def size(self) -> Element | None:
        """``a:ext`` of its own shape; None in VML and in a placeholder of a slide."""
        return self.element.find(f"*/{name('a:xfrm')}/{name('a:ext')}")

    @property
    def properties(self) -> Element | None:
        """``pic:cNvPr``, ``p:cNvPr`` or ``wps:cNvPr``: its name and alternative text."""
        paths = ("/".join(map(name, path.split("/"))) for path in _NAMES)
        return next((f for path in paths if (f := self.element.find(path)) is not None), None)

    @property
    def outer(self) -> Element | None:
        """``wp:docPr``: the alternative text that Word shows."""
        return None if self.frame is None else self.frame.find(name("wp:docPr"))

    @property
    def shown_mm(self) -> float | None:
        """Its width on the page, in mm, where it tells it outright."""
        if self.groups or self.size is None:
            return None
        return int(self.size.get("cx", "0")) / EMU_PER_MM

    @property
    def shadow(self) -> Element | None:
        """The ``mc:AlternateContent`` whose fallback it stands in: drawn by old programs only."""
        return shadow_of(self.element)


def pictures(root: Element) -> Iterator[Picture]:
    """All pictures below an element, in their order."""
    bookmarks: dict[str, str] = {}
    for element in root.iter(etree.Element):
        if element.tag == name("w:bookmarkStart"):
            key = bookmarked(element.get(name("w:name"), ""))
            bookmarks[element.get(name("w:id"), "")] = key
        elif element.tag == name("w:bookmarkEnd"):
            bookmarks.pop(element.get(name("w:id"), ""), None)
        else:
            holder = _holder(element)
            if holder is not None:
                around = [key for key in bookmarks.values() if key] or _beside(element)
                picture = Picture(element, holder, {})
                layers = {
                    "control": _control(element),
                    "text": _text(picture),
                    "bookmark": around[-1] if around else "",
                }
                picture.keys.update({layer: key for layer, key in layers.items() if key})
                yield picture


def _holder(element: Element) -> Element | None:
    """What names the image of an element that is a picture or is filled with one, else None."""
    if element.tag in _PICTURES:
        vml = element.tag == name("v:imagedata")
        return element if vml else element.find(f"*/{name('a:blip')}")
    if element.tag == name("v:fill"):
        return element if element.get(name("r:id")) else None
    if element.tag in (name("wps:wsp"), name("p:sp")):
        fills = (element.find(f"{kind}/{name('a:blipFill')}/{name('a:blip')}") for kind in _FILLED)
        return next((blip for blip in fills if blip is not None), None)
    return None


def is_tracked(element: Element) -> bool:
    """Whether an element is part of a recorded change."""
    return next(element.iterancestors(*_TRACKED), None) is not None


def shadow_of(element: Element) -> Element | None:
    """The ``mc:AlternateContent`` in whose fallback an element stands, or None."""
    fallback = next(element.iterancestors(name("mc:Fallback")), None)
    return None if fallback is None else fallback.getparent()


def _control(element: Element) -> str:
    """The key in the tag of the nearest content control that is meant for a figure."""
    for control in element.iterancestors(name("w:sdt")):
        properties = control.find(name("w:sdtPr"))
        tag = None if properties is None else properties.find(name("w:tag"))
        text = "" if tag is None else tag.get(name("w:val"), "")
        if key := named(text):
            return key
        is_picture = properties is not None and properties.find(name("w:picture")) is not None
        if is_picture and is_figure_key(text):
            return text
    return ""


def _text(picture: Picture) -> str:
    """The key in alternative text, title or name of the picture itself."""
    owners = [picture.outer, picture.properties]
    texts = [o.get(a, "") for o in owners if o is not None for a in ("descr", "title", "name")]
    if picture.element.tag in _VML:
        shape = picture.element.getparent()
        texts += [picture.element.get(name("o:title"), "")]
        texts += [shape.get("alt", "")] if shape is not None else []
    return next(filter(None, map(named, texts)), "")


def _beside(element: Element) -> list[str]:
    """Keys of bookmarks in the same paragraph, where the picture is the only one in it."""
    paragraph = next(element.iterancestors(name("w:p")), None)
    if paragraph is None or sum(1 for _ in paragraph.iter(*_PICTURES)) != 1:
        return []
    starts = paragraph.iter(name("w:bookmarkStart"))
    return [key for start in starts if (key := bookmarked(start.get(name("w:name"), "")))]
