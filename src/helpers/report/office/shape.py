"""A picture's height on the page after its image has another shape; its width stays."""

import re

from helpers.report.office.names import name
from helpers.report.office.pictures import Picture
from helpers.report.office.xml_part import Element, XmlPart

# Less than this share of the height is the rounding of pixels, not another shape.
TOLERANCE = 0.002
_LENGTH = r"(?<![-\w]){side}:\s*([\d.]+)\s*(pt|in|cm|mm|px|)(?=\s*(?:;|$))"


def fit(part: XmlPart, picture: Picture, pixels: tuple[int, int]) -> None:
    """Set the height that an image of so many pixels has at the width that is there.

    The crop that an author has set stays. In a group the group grows or shrinks with the picture
    where the picture reaches its lower edge.
    """
    if picture.element.tag == name("v:imagedata"):
        _fit_vml(part, picture, pixels)
    elif picture.size is not None:
        size = picture.size
        wide, old = int(size.get("cx", "0")), int(size.get("cy", "0"))
        new = round(wide * _ratio(picture, pixels))
        if old and abs(new - old) > TOLERANCE * old:
            part.set(size, "cy", str(new))
            if picture.frame is not None:
                extent = picture.frame.find(name("wp:extent"))
                if extent is not None:
                    part.set(extent, "cy", str(new))
            _grow(part, picture, new - old)


def _ratio(picture: Picture, pixels: tuple[int, int]) -> float:
    """Height by width of what is seen of the image (``a:srcRect`` in 1/1000 %)."""
    crop = picture.element.find(f"*/{name('a:srcRect')}")
    cut = {side: 0 if crop is None else int(crop.get(side, "0")) / 100_000 for side in "ltrb"}
    wide, high = pixels
    return (high * (1 - cut["t"] - cut["b"])) / (wide * (1 - cut["l"] - cut["r"]))


def _grow(part: XmlPart, picture: Picture, change: int) -> None:
    """Carry a changed height to the groups around: their frames reach to their lowest child."""
    child: Element = picture.element
    grown: dict[Element, int] = {child: change}
    for group in picture.groups:
        transform = group.find(f"*/{name('a:xfrm')}")
        inner = None if transform is None else transform.find(name("a:chExt"))
        outer = None if transform is None else transform.find(name("a:ext"))
        if inner is None or outer is None:
            return
        before = max(_bottom(each, 0) for each in group)
        after = max(_bottom(each, grown.get(each, 0)) for each in group)
        old, scale = int(outer.get("cy", "0")), _scale(outer, inner)
        if after == before or not old:
            return
        part.set(inner, "cy", str(int(inner.get("cy", "0")) + after - before))
        new = old + round((after - before) * scale)
        part.set(outer, "cy", str(new))
        grown = {group: new - old}
        child = group
    frame = next(child.iterancestors(name("wp:inline"), name("wp:anchor")), None)
    extent = None if frame is None else frame.find(name("wp:extent"))
    if extent is not None and picture.groups:
        part.set(extent, "cy", str(int(extent.get("cy", "0")) + grown[child]))


def _scale(outer: Element, inner: Element) -> float:
    return int(outer.get("cy", "0")) / max(int(inner.get("cy", "0")), 1)


def _bottom(child: Element, change: int) -> int:
    """The lower edge of a child, in the coordinates of its group."""
    transform = child.find(f"*/{name('a:xfrm')}")
    place = None if transform is None else transform.find(name("a:off"))
    size = None if transform is None else transform.find(name("a:ext"))
    if place is None or size is None:
        return 0
    return int(place.get("y", "0")) + int(size.get("cy", "0")) + change


def _fit_vml(part: XmlPart, picture: Picture, pixels: tuple[int, int]) -> None:
    """The height in the style of a VML shape; not inside a group, whose units are its own."""
    shape = picture.element.getparent()
    if shape is None or next(shape.iterancestors(name("v:group")), None) is not None:
        return
    style = shape.get("style", "")
    wide = re.search(_LENGTH.format(side="width"), style)
    high = re.search(_LENGTH.format(side="height"), style)
    if wide and high and wide[2] == high[2]:
        new = float(wide[1]) * pixels[1] / pixels[0]
        if abs(new - float(high[1])) > TOLERANCE * new:
            part.set(shape, "style", f"{style[: high.start(1)]}{new:.2f}{style[high.end(1) :]}")
